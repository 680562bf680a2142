"""Spider for notification mails in a mailbox, by IMAP.

The cursor is what the mailbox itself counts by: its UIDVALIDITY and the last UID. It moves with every batch that was
stored, so a look that is broken off has lost nothing. Under another UIDVALIDITY all mails are new to us; those that
were read before are told by their identity, of which the newest are remembered. Mails never change, so a full look is
a look like any other.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from crawler.guard import Refused
from crawler.look import Cursor, Look
from crawler.mail_address import MailAddress
from crawler.mailbox import Fetched, Mailbox, Meter, TooMuch, Unread
from crawler.pages import mail
from crawler.pages.mail import MailRead
from crawler.pages.mail_rules import rules_with
from crawler.pages.result import PageRead
from crawler.spiders.source import SourceSpider

BATCH = 50
REMEMBERED = 500
"""Identities of mails kept in the cursor, for the day on which the mailbox is numbered anew."""

MAX_WITHHELD = 20
SHARE = 0.9
"""The part of a look's time that may go by before it ends itself, so that Scrapy need not."""

Taken = tuple[int, MailRead | None]
"""A UID and what its mail says; None if the server did not hand it out."""


@dataclass(slots=True)
class Place:
    """How far the mailbox has been read. `withheld` are UIDs that the server names but did not hand out."""

    validity: int = 0
    uid: int = 0
    seen: list[str] = field(default_factory=list)
    withheld: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, cursor: Cursor) -> Place:
        """From a stored cursor."""
        return cls(**{name: cursor[name] for name in ("validity", "uid", "seen", "withheld") if name in cursor})

    def cursor(self) -> Cursor:
        """As it is stored."""
        return {"validity": self.validity, "uid": self.uid, "seen": self.seen, "withheld": self.withheld}


class MailSpider(SourceSpider):
    """Reads what came into a folder since the last look, oldest first, a bounded number at a time."""

    name = "mail"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.at = Place.of(look.before)
        self.stored = look.before
        self.left: dict[str, list[str]] = {}
        self.rules = rules_with(look.mail_rules)

    async def read_source(self) -> None:
        """Open the mailbox, read batch by batch, close it."""
        if self.rules.trouble:
            self.look.note(self.rules.trouble)
        target, place = self.look.target, self.look.target.address.rpartition("@")[2]
        try:
            address = MailAddress.of(target.address, allow_private=target.allow_private)
            place, meter = address.place, self._meter()
            mailbox = await asyncio.to_thread(
                Mailbox.open, address, target.secret, meter, allow_private=target.allow_private
            )
            try:
                await self._read(mailbox, meter, place)
            finally:
                await asyncio.to_thread(mailbox.close)
        except Exception as error:  # noqa: BLE001 - imaplib raises whatever a bent answer leads it into
            self.look.trouble(explain(place, error))

    def _meter(self) -> Meter:
        seconds = self.settings.getfloat("LOOK_SECONDS") * SHARE
        return Meter(
            self.settings.getfloat("DOWNLOAD_TIMEOUT"), seconds, self._limit * (self.look.target.max_pages + 3)
        )

    @property
    def _limit(self) -> int:
        """Bytes of the longest mail."""
        return self.settings.getint("DOWNLOAD_MAXSIZE")

    async def _read(self, mailbox: Mailbox, meter: Meter, place: str) -> None:
        self._settle(mailbox, place)
        uids = await asyncio.to_thread(mailbox.numbers, self.at.uid, self.at.withheld)
        self.look.report.requests += 1
        self.look.fetched(place)
        tried = self.at.withheld
        self.at.withheld = [uid for uid in tried if uid in uids]
        for _ in range(self.look.target.max_pages):
            taken = await asyncio.to_thread(self._gather, mailbox, meter, uids[:BATCH])
            self._withhold(taken, tried)
            await self._take(taken, place)
            uids = uids[len(taken) :]
            if self.look.failure or not uids or not taken:
                break
        self._tell_what_was_left()

    def _settle(self, mailbox: Mailbox, place: str) -> None:
        """Begin anew where the numbers of the last look mean nothing any more."""
        known = self.at.validity == mailbox.validity
        if known and mailbox.next_uid and self.at.uid >= mailbox.next_uid:
            self.look.note(f"{place} has begun to number its mails anew; all of them were looked through again.")
            known = False
        if not known:
            self.at = Place(mailbox.validity, seen=self.at.seen)

    def _gather(self, mailbox: Mailbox, meter: Meter, uids: Sequence[int]) -> list[Taken]:
        """As many of these mails as there is time and room for, read."""
        taken: list[Taken] = []
        for uid in uids:
            if not meter.has_room(self._limit):
                break
            fetched = mailbox.fetch(uid, self._limit)
            taken.append((uid, self._read_mail(fetched) if fetched else None))
        return taken

    def _read_mail(self, fetched: Fetched) -> MailRead:
        authserv = str(self.look.target.settings.get("authserv", ""))
        read = mail.read(fetched.raw, arrived=fetched.arrived, authserv=authserv, rules=self.rules.rules)
        if fetched.cut:
            read.notes.append(f"The mail “{read.subject}” is too big; only its beginning was read.")
        return read

    def _withhold(self, taken: Sequence[Taken], tried: Sequence[int]) -> None:
        """Remember what the server names but does not hand out; it may have been deleted a moment ago.

        What is still named at the next look is a trouble, and stays one until it is handed out or gone.
        """
        missing = {uid for uid, read in taken if read is None}
        for uid in sorted(missing.intersection(tried)):
            self.look.trouble(f"The mail with the number {uid} cannot be fetched; look at it in the mailbox yourself.")
        arrived = {uid for uid, read in taken if read is not None}
        self.at.withheld = sorted(missing | (set(self.at.withheld) - arrived))
        if len(self.at.withheld) > MAX_WITHHELD:
            raise Unread("hands out none of its mails, or only some. The next look will try again.")

    async def _take(self, taken: Sequence[Taken], place: str) -> None:
        """Hand a batch over, with how far the mailbox has now been read."""
        page = PageRead()
        for uid, read in taken:
            self.at.uid = max(self.at.uid, uid)
            if read is None or read.identity in self.at.seen:
                continue
            self.at.seen = [*self.at.seen, read.identity][-REMEMBERED:]
            page.posts.extend(read.posts)
            self.look.report.notes.extend(read.notes)
            if read.left:
                self.left.setdefault(read.left, []).append(read.subject)
        if self.at.cursor() != self.stored:
            self.stored = self.at.cursor()
            await self.look.store(place, page, self.stored)

    def _tell_what_was_left(self) -> None:
        for platform, subjects in self.left.items():
            number, last = len(subjects), subjects[-1]
            self.look.note(
                f"Mails of {platform} that are no reviews and were left alone: {number}, the last one “{last}”."
            )


def explain(place: str, error: Exception) -> str:
    """One sentence about a mailbox that could not be read."""
    if isinstance(error, Refused):
        return str(error)
    if isinstance(error, Unread):
        return f"{place} {error}"
    return f"{place} {_trouble(error)}"


def _trouble(error: Exception) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"shows a certificate that is not valid ({error.verify_message}), so nothing was sent there."
    if isinstance(error, TimeoutError):
        return "did not answer in time. The next look will try again."
    if isinstance(error, socket.gaierror):
        return "cannot be found. Check the spelling of the address and whether this machine is online."
    if isinstance(error, ConnectionRefusedError):
        return "accepts no connection. Is the site up?"
    if isinstance(error, TooMuch):
        return "sends more than can be read safely; the rest was not read."
    return f"does not speak IMAP as it should ({type(error).__name__})."
