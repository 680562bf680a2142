"""Lists that lead to further lists, as the topics of a forum: remembered as soon as they are seen, read in turn.

A page that names lists is stored like any other: those in which something happened since are put in a queue in the
cursor, with the mark that says up to what they are known. So nothing is forgotten when a look ends at any moment.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from crawler.look import Cursor
from crawler.pages.result import PageRead
from crawler.part import Part, lists_of
from crawler.rest import REST
from crawler.spiders.stretch import StretchSpider

QUEUE, MARKS = "queue", "marks"
"""Where the cursor keeps addresses still to be read, and by address the mark and number each list was seen with.

The number orders marks among the posts of the store, as `Received.standing` does.
"""

BRANCHES = 20
"""So many lists that others led to are read in one look."""

KEEP = 150
"""So many marks are kept, those seen last; a list whose mark is forgotten is read again when it comes up."""

GONE = {404, 410}
"""What a list answers that is not there any more: it is left alone until its mark changes."""


class BranchingSpider(StretchSpider):
    """Stores pages that name lists, and reads those lists."""

    async def read_branch(self, part: Part) -> bool:
        """Read one of these lists from its front; False if something was in the way."""
        raise NotImplementedError

    @property
    def has_many_branches(self) -> bool:
        """Whether more lists wait than one look reads; until then no further ones are searched for far down."""
        return len(self.look.beside.get(QUEUE, [])) >= BRANCHES

    async def store(self, part: Part, url: str, read: PageRead, kept: Cursor) -> Sequence[int] | None:
        """Also remember the lists that the page names; a full look reads all those of the first page again."""
        known = self._note(read.lists, again=not self.look.partial and url == part.url) if read.lists else []
        standing = await super().store(part, url, read, kept)
        return None if standing is None else [*standing, *known]

    def _note(self, lists: dict[str, str], *, again: bool) -> list[int]:
        """The numbers that the lists had in this state, 0 for news."""
        marks, queue = dict(self.look.beside.get(MARKS, {})), self.look.beside.get(QUEUE, [])
        known = [_number(marks.pop(url, None), mark) for url, mark in lists.items()]
        news = [url for url, number in zip(lists, known, strict=True) if (again or not number) and url not in queue]
        number = self.look.target.newest + 1
        marks |= {url: [mark, was or number] for (url, mark), was in zip(lists.items(), known, strict=True)}
        kept = {url: marks[url] for url in list(marks)[-KEEP:]}
        self.look.beside = self.look.beside | {MARKS: kept, QUEUE: [*news, *queue]}
        return known

    async def _read_branches(self, mains: Set[str]) -> bool:
        """What waits in the queue, then what was left of lists read earlier; False if storing failed."""
        queue = self.look.beside.get(QUEUE, [])
        left = [url for url, kept in lists_of(self.look.cursor).items() if REST in kept and url not in mains]
        for number, url in enumerate(list(dict.fromkeys([*queue, *left]))[:BRANCHES]):
            if number and not self.look.has_time:
                break
            troubles = self.look.told()
            self._queue_without(url)
            if await self.read_branch(Part(self.look, url, first=False)):
                continue
            if self.look.failure:
                return False
            if self.status in GONE:
                self.look.forget(troubles)
            else:
                self._queue_without(url, then=[url])
        return await self.look.keep_beside()

    def _queue_without(self, url: str, then: Sequence[str] = ()) -> None:
        others = [other for other in self.look.beside.get(QUEUE, []) if other != url]
        if others != self.look.beside.get(QUEUE, []) or then:
            self.look.beside = self.look.beside | {QUEUE: [*others, *then]}


def _number(kept: Sequence[object] | None, mark: str) -> int:
    return int(str(kept[1])) if kept and kept[0] == mark else 0
