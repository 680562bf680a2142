"""A place where everything is in order, lived through look by look: new posts, edits, deletions, moved pages, 304s.

Seeded, so that a false alarm can be lived through again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from crawler.items import Saw

START = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
CADENCE = timedelta(minutes=15)


@dataclass
class Place:
    """`pause` is the mean time between posts; `size` posts stand on the first page, None lists them all.

    `shy` of the posts are counted but never shown (stars alone), `counts` says whether the page tells a number at all,
    `lag` that the number is renewed once a day only. `closed` days a year nobody writes, from June on.
    """

    random: Random
    pause: timedelta
    size: int | None = 10
    counts: bool = True
    shy: float = 0.0
    lag: bool = False
    goes_on: bool = False
    dated: bool = True
    closed: int = 0
    wavering: bool = False
    posts: list[datetime] = field(default_factory=list)
    known: int = 0
    hidden: int = 0
    told: int = 0
    told_at: datetime = START - timedelta(days=2)
    next_at: datetime = START

    def __post_init__(self) -> None:
        at = START - 60 * self.pause
        while at < START:
            at = self._after(at)
            self._write(at)
        self.next_at = at

    def look(self, now: datetime) -> Saw:
        """What a look sees at `now`; whatever was written since the last one is new."""
        before = len(self.posts)
        while self.next_at <= now:
            self._write(self.next_at)
            self.next_at = self._after(self.next_at)
        new = len(self.posts) - before if self.known else len(self.posts)
        self.known += new
        changed = bool(new)
        if self.random.random() < 0.002 and len(self.posts) > 20:
            self.posts.pop(self.random.randrange(len(self.posts)))
            changed = True
        if now - self.told_at > timedelta(days=1) or not self.lag:
            self.told, self.told_at = len(self.posts) + self.hidden, now
        if not changed and self.random.random() < 0.5:
            return Saw()
        return self._page(new)

    def _page(self, new: int) -> Saw:
        size = self.size if self.size is not None else len(self.posts)
        if self.wavering:
            size = max(1, size + self.random.randint(-size // 5, size // 5))
        listed = min(size, len(self.posts))
        return Saw(
            listed=listed,
            unread=self.random.random() < 0.02,
            elastic=self.goes_on and listed < len(self.posts),
            total=self.told if self.counts else None,
            comparable=self.counts,
            known=self.known if self.counts else None,
            times=self.posts[-listed:] if self.dated else [],
            new=new,
        )

    def _write(self, at: datetime) -> None:
        if self.random.random() < self.shy:
            self.hidden += 1
        else:
            self.posts.append(at)

    def _after(self, at: datetime) -> datetime:
        at += timedelta(seconds=self.random.expovariate(1 / self.pause.total_seconds()))
        while self._is_closed(at):
            at += timedelta(days=1)
        return at

    def _is_closed(self, at: datetime) -> bool:
        return 0 <= at.timetuple().tm_yday - 152 < self.closed


def some_place(random: Random) -> Place:
    """Any place: several posts a day up to one in two months, of any habit."""
    return Place(
        random,
        pause=timedelta(hours=random.choice([4, 10, 24, 72, 200, 500, 1440])),
        size=random.choice([None, 5, 10, 20, 50]),
        counts=random.random() < 0.6,
        shy=random.choice([0.0, 0.0, 0.2, 0.5]),
        lag=random.random() < 0.3,
        goes_on=random.random() < 0.5,
        dated=random.random() < 0.8,
        closed=random.choice([0, 0, 14, 30]),
        wavering=random.random() < 0.3,
    )
