"""One mail taken apart: who, when, what, and the links in it. Nothing in a mail makes this raise.

Header fields are cut before the standard library looks at them, because some of its readers need minutes or a deep
stack for a field that is built to hurt.
"""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage, Message
from hashlib import sha256
from itertools import islice
from typing import Any

from crawler.pages.values import moment
from crawler.text import MAX_TEXT, html_to_text, tidy

MAX_FIELD = 4000
MAX_PARTS = 200
MAX_BORDERS = 2000
"""Lines that may divide parts; the library needs a quarter of a minute for a hundred times as many."""

HALVES = re.compile("[\ud800-\udfff]")
BORDER = re.compile(rb"^--", re.MULTILINE)
MAX_LINKS = 300
CHARSETS = re.compile(r"(?:us-?ascii|utf-?8|utf-?16|iso-?8859-?\d+|latin-?\d|windows-?12\d\d|cp\d+|koi8-?\w|mac\w*)")
AS_MEANT = {"iso-8859-1": "cp1252", "latin-1": "cp1252"}
"""Who declares Latin-1 and writes curly quotes means the Windows code page."""
HREF = re.compile(r"""\bhref\s*=\s*(?:"([^"<>]{8,2000})"|'([^'<>]{8,2000})')""", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s<>\"'\]]{4,2000}", re.IGNORECASE)
IMAGE = re.compile(r"""<img\b[^<>]*?\salt\s*=\s*(?:"([^"<>]{1,60})"|'([^'<>]{1,60})')[^<>]*>""", re.IGNORECASE)
TELLING = re.compile(r"[★☆⭐]|\d.{0,40}(?:stern|star|sonne|sun|punkt|point|von|of|/)", re.IGNORECASE)
HIDDEN = re.compile(r"<(div|span|p|td)\b[^<>]{0,500}?\bdisplay\s?:\s?none\b[^<>]{0,500}>[^<>]*</\1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mail:
    """`name` is the sender's display name, never an address; `local` and `domain` are empty unless there is exactly
    one sender. `identity` tells a copy of this mail from another mail. `bodies` are the readable texts, the plain one
    first; `results` (Authentication-Results) and `received` are in their order, topmost first.
    """

    subject: str
    name: str
    local: str
    domain: str
    date: datetime | None
    identity: str
    bodies: tuple[str, ...]
    links: tuple[str, ...]
    results: tuple[str, ...]
    received: tuple[str, ...]

    @property
    def text(self) -> str:
        """What a person reads first."""
        return self.bodies[0] if self.bodies else ""


class _Short(HeaderRegistry):
    """Makes header objects of the beginning of what stands there."""

    def __call__(self, name: str, value: str) -> Any:
        return super().__call__(name, value[:MAX_FIELD])


POLICY = policy.default.clone(header_factory=_Short())


def take_apart(raw: bytes) -> Mail:
    """The mail in `raw`; what cannot be read of it is empty."""
    try:
        message: Message[Any, Any] = message_from_bytes(_divisible(raw), policy=POLICY)
        plain, rich = _bodies(message)
    except Exception:  # noqa: BLE001 - the email package promises nothing about what it raises for a bent mail
        message, plain, rich = EmailMessage(POLICY), raw[:MAX_TEXT].decode("utf-8", "replace"), ""
    name, local, domain = _sender(message)
    date = _field(message, "Date")
    subject = " ".join(tidy(_field(message, "Subject")).split())
    marks = (_field(message, "Message-ID").strip(), _field(message, "From"), date, subject)
    texts = (tidy(plain.replace("\r\n", "\n")[:MAX_TEXT]), html_to_text(_speaking(rich)))
    return Mail(
        subject=subject,
        name=name,
        local=local,
        domain=domain,
        date=moment(date),
        identity=sha256(repr(marks).encode("utf-8", "replace") if marks[0] else raw).hexdigest()[:16],
        bodies=tuple(text for text in texts if text),
        links=tuple(_links(plain, rich)),
        results=tuple(_fields(message, "Authentication-Results")),
        received=tuple(_fields(message, "Received")),
    )


def _divisible(raw: bytes) -> bytes:
    """The mail up to where it has more borders of parts than any real one."""
    border = next(islice(BORDER.finditer(raw), MAX_BORDERS, None), None)
    return raw[: border.start()] if border else raw


def _sender(message: Message[Any, Any]) -> tuple[str, str, str]:
    """Display name, and the address if there is exactly one."""
    try:
        fields = message.get_all("From") or []
        people = [person for one in fields for person in one.addresses]
    except Exception:  # noqa: BLE001 - see `take_apart`
        return "", "", ""
    if not people:
        return "", "", ""
    name = " ".join(tidy(_whole(people[0].display_name)).split())
    name = "" if "@" in name else name
    if len(fields) != 1 or len(people) != 1:
        return name, "", ""
    return name, _whole(people[0].username), _whole(people[0].domain).lower()


def _whole(value: object) -> str:
    """Text without the halves of characters by which the library keeps bytes it could not read."""
    return HALVES.sub("\ufffd", str(value))


def _fields(message: Message[Any, Any], name: str) -> Iterator[str]:
    try:
        yield from (_whole(value) for value in message.get_all(name) or [])
    except Exception:  # noqa: BLE001 - see `take_apart`
        return


def _field(message: Message[Any, Any], name: str) -> str:
    return next(_fields(message, name), "")


def _bodies(message: Message[Any, Any]) -> tuple[str, str]:
    """The first plain and the first HTML text that are no attachments."""
    found: dict[str, str] = {}
    for number, part in enumerate(message.walk()):
        kind = part.get_content_type()
        if number >= MAX_PARTS or (number and kind == "message/rfc822"):
            break
        wanted = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
        if wanted and kind not in found and (text := _decoded(part)).strip():
            found[kind] = text
    return found.get("text/plain", ""), found.get("text/html", "")


def _decoded(part: Message[Any, Any]) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    declared = (part.get_content_charset() or "utf-8").lower()
    for charset in (AS_MEANT.get(declared, declared), "utf-8"):
        if CHARSETS.fullmatch(charset) and _exists(charset):
            try:
                return payload.decode(charset)
            except UnicodeDecodeError:
                continue
    return payload.decode("cp1252", "replace")


def _exists(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def _speaking(rich: str) -> str:
    """HTML whose pictures of stars are words, and without what no reader of the mail is shown."""
    rich = HIDDEN.sub(" ", rich[:MAX_TEXT])
    return IMAGE.sub(lambda tag: alt if TELLING.search(alt := tag.group(1) or tag.group(2)) else " ", rich)


def _links(plain: str, rich: str) -> Iterator[str]:
    """Addresses in the order in which they stand, those of the HTML first."""
    seen = 0
    for found in HREF.finditer(rich[:MAX_TEXT]):
        seen += 1
        if seen > MAX_LINKS:
            return
        yield html.unescape(found.group(1) or found.group(2)).strip()
    for found in ADDRESS.finditer(plain[:MAX_TEXT]):
        seen += 1
        if seen > MAX_LINKS:
            return
        yield found.group().rstrip(".,;:!?)")


def written_at(mail: Mail, arrived: datetime | None, *, trusted: bool) -> datetime | None:
    """When the mail was sent. Its own Date counts only if the sender is proven and it is not later than the arrival."""
    if mail.date is None or (arrived is not None and (not trusted or mail.date > arrived)):
        return arrived
    return mail.date.astimezone(UTC)
