"""A real IMAP server: Debian's Dovecot with a configuration of its own, on loopback."""

from __future__ import annotations

import imaplib
import os
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.peers.wordpress import free_port, process, wait_until

USER, PASSWORD = "bewertungen@lindner.example", "nur-zum-Prüfen"
PROGRAM = next((str(path) for path in map(Path, ("/usr/sbin/dovecot", "/usr/bin/dovecot")) if path.exists()), "")

CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {root}/run
state_dir = {root}/state
log_path = {root}/dovecot.log
{encryption}
auth_failure_delay = 0
first_valid_uid = 1
default_internal_user = {user}
default_login_user = {user}
default_internal_group = {group}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {sealed}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={root}/home
}}
mail_location = maildir:{root}/mail
"""
IN_CLEAR = "ssl = no\ndisable_plaintext_auth = no"
ENCRYPTED = "ssl = required\nssl_cert = <{certificate}\nssl_key = <{certificate}"


def missing() -> list[str]:
    """What this machine lacks to run Dovecot, by name."""
    lacking = [] if PROGRAM and Path("/usr/lib/dovecot/imap").exists() else ["dovecot-imapd"]
    return lacking + ([] if os.getuid() == 0 else ["root, as which Dovecot starts"])


@dataclass
class Dovecot:
    """The running server."""

    port: int
    sealed: int = 0
    certificate: Path | None = None

    def url(self, folder: str = "INBOX") -> str:
        """A folder's address, as it is written into a source."""
        return f"imap://{USER}@{'localhost' if self.certificate else '127.0.0.1'}:{self.port}/{folder}"

    @contextmanager
    def logged_in(self) -> Iterator[imaplib.IMAP4]:
        """A client of the mailbox's owner."""
        client = imaplib.IMAP4("127.0.0.1", self.port)
        if self.certificate:
            client.starttls(ssl._create_unverified_context())  # this one only fills the mailbox
        try:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client
        finally:
            client.logout()

    def file(self, raw: bytes, folder: str = "INBOX") -> None:
        """Put a mail into a folder."""
        with self.logged_in() as client:
            assert client.append(folder, "", "", raw)[0] == "OK"  # type: ignore[arg-type]

    def state(self, folder: str = "INBOX") -> list[bytes]:
        """Number, flags and size of every mail: what a reader must not change."""
        with self.logged_in() as client:
            client.select(folder, readonly=True)
            return [part for part in client.uid("FETCH", "1:*", "(FLAGS RFC822.SIZE)")[1] if isinstance(part, bytes)]

    def delete(self, uid: int, folder: str = "INBOX") -> None:
        """Remove a mail for good."""
        with self.logged_in() as client:
            client.select(folder)
            client.uid("STORE", str(uid), "+FLAGS", "(\\Deleted)")
            client.expunge()

    def number_anew(self, folder: str) -> None:
        """Make the folder again with the same mails under other numbers, as moving a mailbox to another server does."""
        with self.logged_in() as client:
            client.rename(folder, "Alt")
            client.create(folder)
            client.select("Alt")
            client.uid("COPY", "1:*", folder)


@contextmanager
def running_dovecot(root: Path, certificate: Path | None = None) -> Iterator[Dovecot]:
    """Start a server below `root`, which other users must be able to enter; less than a second.

    With a `certificate` (and its key, in one file) nobody can log in before the connection is encrypted: by STARTTLS,
    or from the first byte at the port `sealed`.
    """
    port, user = free_port(), "mail"
    sealed = free_port() if certificate else 0
    encryption = ENCRYPTED.format(certificate=certificate) if certificate else IN_CLEAR
    for name in ("run", "state", "home", "mail"):
        (root / name).mkdir(parents=True)
        shutil.chown(root / name, user, user)
    config = root / "dovecot.conf"
    values = {"root": root, "port": port, "user": user, "group": user, "password": PASSWORD}
    config.write_text(CONFIG.format(sealed=sealed, encryption=encryption, **values))
    with process([PROGRAM, "-F", "-c", str(config)], root / "out.log"):
        server = Dovecot(port, sealed, certificate)
        wait_until(lambda: _greets(port), "Dovecot", 20)
        yield server


def _greets(port: int) -> bool:
    with closing(socket.create_connection(("127.0.0.1", port), timeout=5)) as line:
        return line.recv(5) == b"* OK "
