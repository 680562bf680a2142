"""What is remembered of earlier looks at a source: a small memory of fixed size, kept as JSON in `source.vitals`.

Times are whole seconds since 1970, spans whole seconds.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from itertools import pairwise
from typing import Any

from crawler.items import Saw

KEPT_LOOKS = 12
KEPT_TIMES = 40
KEPT_STRAYS = 20
ENOUGH_FOR_A_RHYTHM = 4


@dataclass(slots=True)
class Doubt:
    """A sign of trouble that the last `looks` looks in a row saw, first at `since`; `why` is its sentence."""

    looks: int
    since: int
    why: str


@dataclass(slots=True)
class Vitals:
    """The memory, one per source.

    `since` is when it began. `listed`, `unread` and `wordless` are, for the newest lists that were in order, how many
    posts stood on the first page, how many more could not be read and how many had no text; `total` is what the
    platform counted then, `complete` whether the page showed them all. `read` of `met` posts could be read last time.
    `times` are when the newest posts were written, `oldest` and `longest` the oldest time and the longest pause ever
    seen, `rhythm` the mean pause of late. `covered` means that once we knew every post that is counted; else `anchor`
    is the count when the newest post came, and `strays` how far it had run ahead each time a new one came. `doubts`
    are open signs of trouble by their word.
    """

    since: int = 0
    listed: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    wordless: list[int] = field(default_factory=list)
    total: int | None = None
    complete: bool = False
    read: int = 0
    met: int = 0
    times: list[int] = field(default_factory=list)
    oldest: int | None = None
    longest: int = 0
    rhythm: int | None = None
    covered: bool = False
    anchor: int | None = None
    strays: list[int] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)

    @classmethod
    def of(cls, kept: dict[str, Any], now: datetime) -> Vitals:
        """The memory from its JSON; what an older version kept and this one does not know is dropped."""
        known = {name: kept[name] for name in (one.name for one in fields(cls)) if name in kept}
        doubts = {sign: Doubt(**doubt) for sign, doubt in known.get("doubts", {}).items()}
        copied = {name: list(value) if isinstance(value, list) else value for name, value in known.items()}
        return cls(**{"since": seconds(now)} | copied | {"doubts": doubts})

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return asdict(self)

    def note_list(self, saw: Saw) -> None:
        """The first page was in order: this is what it usually looks like."""
        if saw.listed is None:
            return
        self.listed = [*self.listed, saw.listed][-KEPT_LOOKS:]
        self.unread = [*self.unread, saw.unread][-KEPT_LOOKS:]
        self.wordless = [*self.wordless, saw.wordless][-KEPT_LOOKS:]
        self.complete = saw.total is not None and saw.listed >= saw.total
        if saw.total is not None:
            self.total = saw.total

    def note_share(self, saw: Saw) -> None:
        """How much of the first page could be read."""
        if saw.listed is not None:
            self.read, self.met = saw.listed, saw.listed + saw.unread

    def note_times(self, saw: Saw, now: datetime) -> None:
        """When posts were written; one that does not say is as old as our first sight of it."""
        seen = [min(seconds(at), seconds(now)) for at in saw.times] or ([seconds(now)] if saw.new else [])
        merged = sorted({*self.times, *seen})
        if not seen or merged == self.times:
            return
        self.longest = max([self.longest, *(after - before for before, after in pairwise(merged))])
        self.oldest = merged[0] if self.oldest is None else min(merged[0], self.oldest)
        self.times = merged[-KEPT_TIMES:]
        if len(self.times) >= ENOUGH_FOR_A_RHYTHM:
            self.rhythm = (self.times[-1] - self.times[0]) // (len(self.times) - 1)

    def note_count(self, saw: Saw) -> None:
        """How the platform's own count and our posts went along with each other."""
        if saw.total is None or saw.known is None:
            return
        self.covered = self.covered or saw.known >= saw.total > 0
        if saw.new and self.anchor is not None:
            self.strays = [*self.strays, max(0, saw.total - self.anchor - saw.new)][-KEPT_STRAYS:]
        if saw.new or self.anchor is None:
            self.anchor = saw.total


def seconds(at: datetime) -> int:
    """Whole seconds since 1970."""
    return int(at.timestamp())
