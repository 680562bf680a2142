"""A small IMAP server on loopback: one user, mails by UID, a memory for what it was told, bad manners on command."""

from __future__ import annotations

import base64
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

USER, PASSWORD = "bewertungen@lindner.example", "sehr geheim, auch mit ü"


class PostOffice:
    """`mails` maps UIDs to bytes. `instead` maps the beginning of a command to what is sent in its place.

    `tls` is what STARTTLS begins, None where the server knows nothing of it; `injected` is what somebody in between
    puts behind its answer, still in clear.

    `told` are the commands, without tags. `greeting` and `capabilities` are what the server says of itself. The command
    that begins with `drips` is answered byte by byte, without end, twenty `drops` a second at most.
    """

    def __init__(self, port: int) -> None:
        self.port = port
        self.mails: dict[int, bytes] = {}
        self.validity = 7
        self.next_uid: int | None = None
        self.instead: dict[str, bytes | Callable[[str], bytes]] = {}
        self.told: list[str] = []
        self.greeting = b"* OK bereit\r\n"
        self.capabilities = "IMAP4rev1 AUTH=PLAIN"
        self.drips = ""
        self.tls: ssl.SSLContext | None = None
        self.injected = b""
        self.drops = 0
        self.arrived = "23-Nov-2026 08:12:09 +0100"

    @property
    def url(self) -> str:
        """The mailbox's address, unencrypted."""
        return f"imap://{USER}@127.0.0.1:{self.port}/Bewertungen"

    def answer(self, tag: str, command: str) -> bytes:
        """What is sent back for one command."""
        self.told.append(command)
        for beginning, instead in self.instead.items():
            if command.startswith(beginning):
                return instead if isinstance(instead, bytes) else instead(tag)
        if command == "STARTTLS":
            return f"{tag} OK los\r\n".encode() + self.injected if self.tls else f"{tag} BAD was\r\n".encode()
        return self._well_behaved(command) + f"{tag} OK gut\r\n".encode()

    def _well_behaved(self, command: str) -> bytes:
        if command.startswith("CAPABILITY"):
            return f"* CAPABILITY {self.capabilities}\r\n".encode()
        if command.startswith("EXAMINE"):
            told = self.next_uid or max(self.mails, default=0) + 1
            return f"* OK [UIDVALIDITY {self.validity}] x\r\n* OK [UIDNEXT {told}] x\r\n".encode()
        if command.startswith("UID SEARCH"):
            return f"* SEARCH {' '.join(map(str, self._named(command)))}\r\n".encode()
        if command.startswith("UID FETCH"):
            return self.mail(int(command.split()[2]), limit=int(command.rpartition("<0.")[2].rstrip(">)")))
        return b""

    def _named(self, command: str) -> list[int]:
        """The range ends at the highest UID and is read backwards if it begins behind it, as the standard says."""
        *single, (first, _) = [part.split(":") for part in command.rpartition(" ")[2].split(",")]
        last = max(self.mails, default=0)
        low, high = sorted((int(first), last))
        wanted = {int(one) for (one,) in single}
        return [uid for uid in self.mails if low <= uid <= high or uid in wanted]

    def mail(self, uid: int, *, named: int | None = None, limit: int = 10**9) -> bytes:
        """The answer to a FETCH of at most `limit` bytes; `named` is a wrong UID to name."""
        raw = self.mails.get(uid)
        if raw is None:
            return b""
        head = f'* 1 FETCH (UID {named or uid} INTERNALDATE "{self.arrived}" RFC822.SIZE {len(raw)} BODY[]<0> '
        sent = raw[:limit]
        return head.encode() + b"{%d}\r\n%b)\r\n" % (len(sent), sent)


class _Talk(socketserver.StreamRequestHandler):
    server: Any

    def handle(self) -> None:
        office: PostOffice = self.server.office
        with suppress(OSError):
            self.wfile.write(office.greeting)
            while line := self.rfile.readline():
                tag, _, command = line.decode(errors="replace").strip().partition(" ")
                while office.drips and command.startswith(office.drips):
                    self.wfile.write(b"1")
                    office.drops += 1
                    threading.Event().wait(0.05)
                self.wfile.write(self._answer(office, tag, command))
                if command == "STARTTLS" and office.tls:
                    self._encrypt(office.tls)

    def finish(self) -> None:
        super().finish()
        self.connection.close()

    def _encrypt(self, context: ssl.SSLContext) -> None:
        self.connection = context.wrap_socket(self.connection, server_side=True)
        self.rfile, self.wfile = self.connection.makefile("rb"), self.connection.makefile("wb", buffering=0)

    def _answer(self, office: PostOffice, tag: str, command: str) -> bytes:
        if command.startswith("AUTHENTICATE PLAIN") and "AUTHENTICATE" not in office.instead:
            self.wfile.write(b"+ \r\n")
            given = base64.b64decode(self.rfile.readline()).decode().split("\0")
            office.told.append("AUTHENTICATE PLAIN")
            return (
                f"{tag} {'OK drin' if given == ['', USER, PASSWORD] else 'NO [AUTHENTICATIONFAILED] nein'}\r\n".encode()
            )
        return office.answer(tag, command)


@contextmanager
def running_post_office(tls: ssl.SSLContext | None = None) -> Iterator[PostOffice]:
    """Start a server on a free port; it stops with the block."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk)
    server.daemon_threads = True
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    office = PostOffice(server.server_address[1])
    server.office = office  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def notification(
    number: int, text: str = "Der Sessel knarzt.", *, signed: bool = True, author: str = "Jana Brandt"
) -> bytes:
    """A mail of Trustpilot about review `number`, as the own mail server files it."""
    result = "dkim=pass header.d=trustpilot.com" if signed else "dkim=none"
    identity = f"{number:024x}"
    return (
        f"Authentication-Results: mx.lindner.example; {result}\r\nReceived: from a by mx.lindner.example; x\r\n"
        f"From: Trustpilot <noreply@trustpilot.com>\r\nSubject: Neue 2-Sterne-Bewertung\r\n"
        f"Date: Mon, 23 Nov 2026 07:12:05 +0000\r\nMessage-ID: <{number}.{len(text)}@trustpilot.com>\r\n"
        f"Content-Type: text/plain; charset=utf-8\r\n\r\n"
        f"Von: {author}\r\nBewertung: ★★☆☆☆\r\nBewertungstext:\r\n{text}\r\n\r\nBewertung lesen\r\n"
        f"https://de.trustpilot.com/reviews/{identity}\r\n"
    ).encode()
