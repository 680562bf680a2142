"""A cursor taken apart: what it keeps of each list of a source.

The first list has the cursor to itself; further ones stand under `lists`, each by the address where it begins.
"""

from __future__ import annotations

from crawler.items import Received
from crawler.look import BESIDE, Cursor, Look
from crawler.pages.result import PageRead
from crawler.rest import REST, SWEEP

LISTS = "lists"

KEEP = 60
"""So many further lists are remembered, those read last; one of which something is still to be read in any case."""


class Part:
    """What the cursor keeps of the list that begins at `url`; `first` is the first or only one of its source."""

    def __init__(self, look: Look, url: str, *, first: bool = True) -> None:
        self.look, self.url, self.first = look, url, first

    @property
    def before(self) -> Cursor:
        """What it kept before this look."""
        return self._of(self.look.before)

    @property
    def cursor(self) -> Cursor:
        """What it keeps by now."""
        return self._of(self.look.cursor)

    def is_unchanged(self, head: Cursor) -> bool:
        """Whether nothing needs to be read: the first page holds the same posts as at the last complete look."""
        return self.look.partial and self.is_same(head)

    def is_same(self, head: Cursor) -> bool:
        """Whether the first page holds the same posts as before, whatever kind of look this is."""
        return bool(head.get("digest") == self.before.get("digest"))

    async def store(self, url: str, read: PageRead, kept: Cursor) -> Received | None:
        """Give one page to intake with what to keep of this list from now on; None if that failed."""
        return await self.look.store(url, read, self._whole(kept))

    async def keep(self, kept: Cursor) -> bool:
        """Keep something else of this list, without a page; returns whether that went well."""
        return await self.look.keep(self._whole(kept))

    def _of(self, cursor: Cursor) -> Cursor:
        return _first(cursor) if self.first else lists_of(cursor).get(self.url, {})

    def _whole(self, kept: Cursor) -> Cursor:
        first, further = _first(self.look.cursor), lists_of(self.look.cursor)
        if self.first:
            first = kept
        else:
            further.pop(self.url, None)
            further = _bounded(further) | {self.url: kept}
        return self.look.beside_with({**first, LISTS: further} if further else first)


def lists_of(cursor: Cursor) -> dict[str, Cursor]:
    """What a cursor keeps of further lists, by their addresses, the one read last at the end."""
    return dict(cursor.get(LISTS, {}))


def _first(cursor: Cursor) -> Cursor:
    return {key: value for key, value in cursor.items() if key not in (LISTS, BESIDE)}


def _bounded(lists: dict[str, Cursor]) -> dict[str, Cursor]:
    newest = list(lists)[-KEEP + 1 :]
    return {url: part for url, part in lists.items() if url in newest or REST in part or SWEEP in part}
