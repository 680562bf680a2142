"""How far down a list has been read, and when that is enough. Nothing here fetches or stores.

The rules: a look reads until it meets posts that the store had before, many in a row; a look that may not read so far
leaves behind where it stopped, and later looks go on there. New posts push older ones down the list, therefore reading
goes on with the page that was read last, and a page on which nothing is familiar shows that the thread is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Any, Self

from crawler.items import Post

REST, SWEEP = "rest", "sweep"
"""Where the cursor keeps what nobody has read yet, and what full looks read again piece by piece."""

OVERLAP, WHOLE_PAGES = 20, 2
"""So many known posts, or pages of them, in a row end the reading of news: some that are stuck at the top do not."""

OLD_PAGES = 1
"""So many pages older than the start date are read although they are too old: one post may have been moved up."""

REPEATS = 2
"""So many pages in a row without any other post than before mean that the list leads nowhere.

One such page comes about when as many posts were written between two requests as a page holds.
"""

FULL_LOOK = 4
"""A full look reads so many times the pages of an ordinary one before it hands on to the next."""


class End(Enum):
    """Why a stretch ended: with the list (or its start date), at known posts, at a limit, without thread, broken."""

    LIST = auto()
    KNOWN = auto()
    LIMIT = auto()
    LOST = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Rest:
    """A part of a list that is still to be read, as the cursor keeps it.

    It goes on below the page at `url` (empty: the first one), the `pages`th of the list, and ends with the list or
    where the store's posts up to number `known` begin: those it had before this part was left out.
    """

    url: str
    pages: int
    known: int = 0

    @classmethod
    def of(cls, cursor: Mapping[str, Any], key: str) -> Self | None:
        """What `cursor` keeps under `key`, if it keeps anything."""
        kept = cursor.get(key)
        return cls(**kept) if kept else None

    def kept(self) -> dict[str, Any]:
        """For the cursor."""
        return asdict(self)


@dataclass(slots=True)
class Stretch:
    """Consecutive pages read without a break, judged one after another.

    Posts that the store numbers up to `known` are familiar ones; `limit` is how many pages may be read. What is left
    when it ends early reaches down to `floor` (see `Rest.known`). A `thorough` stretch does not end at familiar posts.
    `tied` means that the first page has to hold something the store knows. `above` pages lie before the stretch.
    `base` is the rest of the cursor while it lasts; None if a look that ends meanwhile leaves nothing new unread.
    """

    known: int
    limit: int
    floor: int
    base: dict[str, Any] | None = None
    since: datetime | None = None
    thorough: bool = False
    tied: bool = False
    above: int = 0
    connected: bool = False
    lost: bool = False
    left: Rest = Rest("", 0)
    _read: int = 0
    _in_a_row: int = 0
    _whole: int = 0
    _repeats: int = 0
    _past: int = 0
    _seen: set[str] = field(default_factory=set)
    _visited: set[str] = field(default_factory=set)

    def arrive(self, url: str, posts: Sequence[Post], others: Iterable[str] = ()) -> None:
        """One more page has been read, asked for at `url` (empty: the first one); it is not stored yet.

        `others` stood there beside the customers' posts.
        """
        fresh = {*(post.external_id for post in posts), *others} - self._seen
        self._seen |= fresh
        self._read += 1
        self._repeats = 0 if fresh else self._repeats + 1
        self._past = self._past + 1 if _is_past(posts, self.since) else 0
        self.left = Rest(url, self.above + self._read, self.floor)

    def following(self, *here: str, to: str) -> str:
        """Where the list goes on from the page at `here`; empty if it ends, repeats itself or has become too old."""
        self._visited.update(here)
        is_over = self._repeats >= REPEATS or self._past > OLD_PAGES
        return "" if is_over or to in self._visited else to

    def cursor(self, stored: dict[str, Any]) -> dict[str, Any]:
        """What to store with the page read last if more pages follow; `stored` is what the source has by now."""
        return stored if self.base is None or self.is_tied else self.base | {REST: self.left.kept()}

    @property
    def is_tied(self) -> bool:
        """Whether the page read last must show that the stretch begins where the one before ended."""
        return self.tied and self._read == 1

    def stored(self, standing: Sequence[int]) -> None:
        """The store says of each post of the page which number it has had in these words, 0 if it is news."""
        self.lost = self.is_tied and not any(standing)
        familiar = [0 < number <= self.known for number in standing]
        for known in familiar:
            self._in_a_row = self._in_a_row + 1 if known else 0
        self._whole = self._whole + 1 if familiar and all(familiar) else 0
        self.connected = self.connected or self._in_a_row >= OVERLAP or self._whole >= WHOLE_PAGES

    def end(self, *, has_time: bool) -> End | None:
        """Why to stop after the page just stored, if there is a reason; two pages are read even late in a look."""
        if self.lost:
            return End.LOST
        if self.connected and not self.thorough:
            return End.KNOWN
        return End.LIMIT if self._read >= self.limit or not (has_time or self._read < 2) else None


def _is_past(posts: Sequence[Post], since: datetime | None) -> bool:
    """Whether all posts of a page that say when they were written are older than the start date."""
    written = [max(post.created_at, post.updated_at or post.created_at) for post in posts if post.created_at]
    return since is not None and bool(written) and max(written) < since
