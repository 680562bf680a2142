"""The address of a folder in a mailbox, and what the guard says to it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from crawler.guard import LOCAL, Refused, check_url

PORTS = {"imaps": 993, "imap": 143}


@dataclass(frozen=True, slots=True)
class MailAddress:
    """`imaps://user@host[:port]/Folder`; the user may contain an @, user and folder may be percent-encoded.

    `imap://` means the same with encryption that is asked for (STARTTLS).
    """

    scheme: str
    user: str
    host: str
    port: int
    folder: str

    @classmethod
    def of(cls, address: str, *, allow_private: bool) -> MailAddress:
        """Take an address apart. Raises `Refused`."""
        parts = urlsplit(address)
        place = f"{parts.scheme}://{_named(parts.hostname or '')}"
        if parts.password is not None:
            raise Refused(f"{place} carries a password in its address. Take it out and name the credential instead.")
        host = parts.hostname or ""
        check_url(f"https://{_named(host)}/", allow_private=allow_private)
        usual = PORTS[parts.scheme]
        try:
            port = parts.port or usual
        except ValueError as error:
            raise Refused(f"{place} has an impossible port.") from error
        if port != usual and not allow_private:
            raise Refused(f"Port {port} of {host} is not that of {parts.scheme}://; only {usual} is used.{LOCAL}")
        user, folder = unquote(parts.username or ""), unquote(parts.path).strip("/") or "INBOX"
        if not user or not (user + folder).isprintable():
            raise Refused(f"{place} needs a user: imaps://user@host/folder.")
        return cls(parts.scheme, user, host, port, folder)

    @property
    def place(self) -> str:
        """The mailbox as it is named to people, without its user."""
        return f"{self.scheme}://{_named(self.host)}/{self.folder.replace(' ', '%20')}"


def _named(host: str) -> str:
    """A host as addresses write it."""
    return f"[{host}]" if ":" in host else host
