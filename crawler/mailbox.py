"""A folder of a mailbox, read by IMAP and never changed: opened read-only, and fetched in the way that marks nothing as
read. Blocking; it runs in a thread beside the reactor.

What keeps a hostile server harmless: the guard judges the very address that is connected to, certificates are checked,
and one meter counts seconds and bytes of the whole visit. A line, a mail or an answer without end runs against it.

What keeps a hostile network harmless: `imaps` is encrypted from the first byte. `imap` asks for encryption (STARTTLS)
and without it goes on with this very machine only; nothing that was said before is believed inside.
"""

from __future__ import annotations

import base64
import imaplib
import ipaddress
import re
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from crawler.guard import Refused, check_address
from crawler.mail_address import MailAddress

MAX_LINE = 4 * 1024 * 1024
"""The longest line: the numbers of half a million mails."""

LINE_COST = 100
"""Bytes that a line counts on top of its own, so that millions of empty ones are a flood too."""

MAX_ADDRESSES = 4
HIGHEST = 2**32 - 1
GREETING = b"* OK\r\n"
"""What imaplib waits for at the beginning, and servers do not say again once the connection is encrypted."""

UID = re.compile(rb"\bUID (\d{1,10})\b")
DATE = re.compile(rb'\bINTERNALDATE "([^"]{20,30})"')
SIZE = re.compile(rb"\bRFC822\.SIZE (\d{1,12})\b")
CODE = re.compile(r"\[([A-Z-]{3,30})\]")
CREDENTIAL = {"", "AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED", "CLIENTBUG"}
"""Codes of a login that will not be accepted next time either; others, such as UNAVAILABLE, are the server's own."""


class Unread(Exception):
    """The mailbox could not be read; the message is a sentence for people, without its beginning (the mailbox)."""


class TooMuch(Exception):
    """The server sends more than can be taken in."""


@dataclass(slots=True)
class Meter:
    """What a visit may cost: seconds for one wait, seconds and bytes in all."""

    wait_seconds: float
    seconds: float
    bytes_left: int
    clock: Callable[[], float] = time.monotonic
    end: float = field(init=False)

    def __post_init__(self) -> None:
        self.end = self.clock() + self.seconds

    def wait(self) -> float:
        """Seconds that may be waited now. Raises `TimeoutError` when the visit has taken too long."""
        left = self.end - self.clock()
        if left <= 0:
            raise TimeoutError
        return min(left, self.wait_seconds)

    def has_room(self, size: int) -> bool:
        """Whether there is time, and room for twice `size` bytes, to begin with another mail."""
        return self.end - self.clock() > self.seconds / 2 and self.bytes_left > 2 * size

    def count(self, size: int) -> None:
        """Raises `TooMuch` when that was more than all that may come."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise TooMuch


@dataclass(frozen=True, slots=True)
class Fetched:
    """One mail. `arrived` is when the mailbox got it; `raw` is only its beginning if `cut`."""

    uid: int
    raw: bytes
    arrived: datetime | None
    cut: bool


class _Client(imaplib.IMAP4):
    """The standard library's client, reading by the meter from a socket that the guard has judged."""

    def __init__(self, address: MailAddress, meter: Meter, allow_private: bool) -> None:
        self._address, self._meter, self._allow_private = address, meter, allow_private
        self._pending = bytearray()
        super().__init__(address.host, address.port, timeout=meter.wait())

    def _create_socket(self, timeout: float | None) -> socket.socket:
        self.sock = _connect(self._address, self._meter, self._allow_private)
        try:
            return self._encrypted() if self._address.scheme == "imaps" else self._asked_to_encrypt()
        except BaseException:
            self.sock.close()
            raise

    def _encrypted(self) -> socket.socket:
        return ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._address.host)

    def _asked_to_encrypt(self) -> socket.socket:
        """STARTTLS, before imaplib hears a word: what an attacker may have said until then is forgotten or refused."""
        greeting = answer = self.readline()
        if not greeting.upper().startswith(b"* OK"):
            raise ConnectionError("the server does not greet as one that can be encrypted")
        self.sock.sendall(b"tls STARTTLS\r\n")
        while not answer.startswith(b"tls "):
            answer = self.readline()
        if not answer.upper().startswith(b"TLS OK"):
            self._pending[:0] = greeting
            return self._in_clear()
        if self._pending:
            raise ConnectionError("the server talks on before the connection is encrypted")
        self._pending += GREETING
        return self._encrypted()

    def _in_clear(self) -> socket.socket:
        """The connection as it is, if it leads nowhere but to this machine."""
        if not is_this_machine(self.sock.getpeername()[0]):
            raise Unread("offers no encryption, so the password was not sent there. Use imaps:// in its address.")
        return self.sock

    def readline(self) -> bytes:
        searched = 0
        while (end := self._pending.find(b"\n", searched)) < 0:
            searched = len(self._pending)
            if searched > MAX_LINE:
                raise TooMuch
            self._receive()
        self._meter.count(LINE_COST)
        return self._take(end + 1)

    def read(self, size: int) -> bytes:
        if size > self._meter.bytes_left + len(self._pending):
            raise TooMuch
        while len(self._pending) < size:
            self._receive()
        return self._take(size)

    def _receive(self) -> None:
        self.sock.settimeout(self._meter.wait())
        received = self.sock.recv(65536)
        if not received:
            raise ConnectionError("the server hung up")
        self._meter.count(len(received))
        self._pending += received

    def _take(self, size: int) -> bytes:
        taken = bytes(self._pending[:size])
        del self._pending[:size]
        return taken


class Mailbox:
    """An open folder. `validity` and `next_uid` are what the server says; `next_uid` is 0 if it does not."""

    def __init__(self, client: _Client) -> None:
        self._client = client
        self.validity = _number(client, "UIDVALIDITY")
        self.next_uid = _number(client, "UIDNEXT")

    @classmethod
    def open(cls, address: MailAddress, password: str, meter: Meter, *, allow_private: bool = False) -> Mailbox:
        """Connect, log in, open the folder for reading. Raises `Refused`, `Unread`, `OSError`, and imaplib's errors."""
        client = _Client(address, meter, allow_private)
        try:
            _log_in(client, address.user, password)
            answer, _ = client.select(_quoted(address.folder), readonly=True)
            if answer != "OK":
                raise Unread("has no folder of this name that can be read. Check the address of the source.")
            mailbox = cls(client)
        except BaseException:
            client.shutdown()
            raise
        if not mailbox.validity:
            client.shutdown()
            raise Unread("does not number its mails, so that new ones cannot be told from known ones.")
        return mailbox

    def close(self) -> None:
        """Say goodbye as far as the server listens."""
        with suppress(OSError, TooMuch, imaplib.IMAP4.error):
            self._client.logout()
        with suppress(OSError):  # closed already, if the server did say goodbye
            self._client.shutdown()

    def numbers(self, after: int, again: Sequence[int] = ()) -> list[int]:
        """UIDs above `after`, and those of `again` that still exist, in order.

        A range that begins behind the last mail is read backwards by the server, which then names an old one.
        """
        wanted = ",".join([*map(str, again), f"{after + 1}:*"])
        answer, found = self._client.uid("SEARCH", f"UID {wanted}")
        if answer != "OK":
            raise Unread("does not let its mails be listed; the next look will try again.")
        named = {int(word) for line in found or () if line for word in line.split() if word.isdigit()}
        top = min(self.next_uid or HIGHEST + 1, HIGHEST + 1)
        return sorted(uid for uid in named if (uid > after or uid in again) and uid < top)

    def fetch(self, uid: int, limit: int) -> Fetched | None:
        """A mail, cut behind `limit` bytes; None if the server does not hand it out."""
        wanted = ("UID", "INTERNALDATE", "RFC822.SIZE", f"BODY.PEEK[]<0.{limit}>")
        answer, parts = self._client.uid("FETCH", str(uid), f"({' '.join(wanted)})")
        return next((mail for mail in _mails(parts) if mail.uid == uid), None) if answer == "OK" else None


def _mails(parts: Sequence[Any]) -> Iterator[Fetched]:
    """The mails in an answer; what stands around a mail's bytes comes before and behind them."""
    for number, part in enumerate(parts):
        if not isinstance(part, tuple):
            continue
        behind = parts[number + 1] if number + 1 < len(parts) else b""
        around = b" ".join((part[0], behind if isinstance(behind, bytes) else b""))
        uid, size, date = UID.search(around), SIZE.search(around), DATE.search(around)
        if uid:
            cut = bool(size) and int(size.group(1)) > len(part[1]) if size else False
            yield Fetched(int(uid.group(1)), part[1], _arrival(date.group(1)) if date else None, cut)


def _arrival(date: bytes) -> datetime | None:
    try:
        return datetime.strptime(date.decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _connect(address: MailAddress, meter: Meter, allow_private: bool) -> socket.socket:
    """A connection to exactly one of the addresses that the guard permits."""
    refusal: Exception | None = None
    listed = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    for numeric in list(dict.fromkeys(str(entry[4][0]) for entry in listed))[:MAX_ADDRESSES]:
        try:
            check_address(numeric, allow_private=allow_private)
            return socket.create_connection((numeric, address.port), timeout=meter.wait())
        except (Refused, OSError) as error:
            refusal = error
    raise refusal or ConnectionRefusedError


def is_this_machine(numeric: str) -> bool:
    """Whether an address leads over no network."""
    return ipaddress.ip_address(numeric).is_loopback


def _log_in(client: _Client, user: str, password: str) -> None:
    try:
        if "AUTH=PLAIN" in client.capabilities:
            client.authenticate("PLAIN", lambda _: f"\0{user}\0{password}".encode())
        else:
            client.login(user, password)
    except (imaplib.IMAP4.abort, imaplib.IMAP4.readonly):
        raise
    except (imaplib.IMAP4.error, UnicodeError) as error:
        code = CODE.search(str(error))
        if code and code.group(1) not in CREDENTIAL:
            raise Unread(f"answers with the error {code.group(1)}; the next look will try again.") from error
        raise Unread("does not accept user name and password. Renew the credential where Gelassen finds it.") from None


def _number(client: _Client, name: str) -> int:
    """A number that the server told with the folder; 0 if it did not."""
    _, values = client.response(name)
    told = values[-1] if values else None
    return int(told) if isinstance(told, bytes) and told.isdigit() and int(told) <= HIGHEST else 0


def _quoted(folder: str) -> str:
    """A folder's name as IMAP writes it: modified UTF-7, in quotation marks."""
    name = re.sub(r"&|[^\x20-\x7e]+", lambda run: _shifted(run.group()), folder)
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _shifted(run: str) -> str:
    if run == "&":
        return "&-"
    coded = base64.b64encode(run.encode("utf-16-be")).decode("ascii")
    return f"&{coded.rstrip('=').replace('/', ',')}-"
