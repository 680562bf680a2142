"""How far every spider reads: the one mechanism for lists of pages, what is left for later looks, and deletions.

A look reads the news at the front of each list until it meets posts the store had before. Where it had to stop sooner,
the cursor keeps the place, and the next looks go on there. Once a day a full look reads deeper without stopping at
known posts and takes one further stretch of what lies below, so that in time every page is read again.

What a page is and what has to be asked for beside it, the kinds of sources say. Which pages are read, and when that is
enough, is decided here and in `crawler.rest` alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from scrapy.http import Response

from crawler.look import Cursor
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.rest import FULL_LOOK, REST, SWEEP, WHOLE_PAGES, End, Rest, Stretch
from crawler.spiders.branching import BranchingSpider
from crawler.spiders.checking import CheckingSpider
from crawler.spiders.source import header

VALIDATORS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}
LONGEST_VALIDATOR = 1_000
"""Characters; a longer one would be stored and sent back with every look."""


@dataclass(frozen=True, slots=True)
class Front:
    """The first page of a list and what to keep of it; `read` is None where the server says that nothing changed."""

    part: Part
    response: Response
    read: PageRead | None
    head: Cursor


class PagedSpider(BranchingSpider, CheckingSpider):
    """Reads lists page by page, newest first. Subclasses say how a page is read and what an empty one means.

    The addresses of pages may be numbered, or tokens that expire: a page that is no longer there, or holds nothing
    familiar where it should, makes the reading start over from the front. `counts_posts` says that the platform's own
    count counts exactly what is listed here as posts. Posts leave a `passing` list by themselves after a while, so that
    an empty or short one is no loss.
    """

    nothing_found: ClassVar[str] = ""
    counts_posts: ClassVar[bool] = False
    passing: ClassVar[bool] = False

    def first_url(self) -> str:
        """Where the list begins."""
        return self.look.target.address

    def why_lost(self, part: Part) -> str:
        """What may be the reason that posts of a list cannot be found any more."""
        return self.nothing_found

    async def lists(self) -> Sequence[Sequence[str]]:
        """Where the lists begin, always in the same order; nothing after telling the look why there is none.

        Those of one group are read together: what one shows is needed for another, so if one cannot be read, none is.
        """
        return [[self.first_url()]]

    async def read_source(self) -> None:
        """The news and the rests of all lists, then posts that may be gone."""
        groups = await self.lists()
        mains = [url for group in groups for url in group]
        done = [await self._read_group(group, mains[0]) for group in groups if not self.look.failure]
        if mains and all(done) and not self.look.failure and await self._read_branches(set(mains)):
            await self.check()

    async def _read_group(self, urls: Sequence[str], first: str) -> bool:
        """The first page of each list, then what follows; False if something was in the way."""
        fronts: list[Front] = []
        for url in urls:
            front = await self._front(Part(self.look, url, first=url == first))
            if front is None:
                return False
            fronts.append(front)
        if await self._are_lost(fronts):
            return False
        for front in fronts:
            if not await self._read_from(front, deep=not self.look.partial):
                return False
        return True

    async def read_branch(self, part: Part) -> bool:
        front = await self._front(part)
        return front is not None and not await self._are_lost([front]) and await self._read_from(front, deep=False)

    async def _front(self, part: Part) -> Front | None:
        """The first page of a list; None after telling the look why there is none."""
        response = await self.fetch(part.url, self._validators(part))
        if response is None:
            return None
        if response.status == 304:
            self.totals.append(None)
            return Front(part, response, None, part.before)
        self.from_front = True
        read = await self._read(response)
        elastic = self.passing or bool(read.next_url or read.lists) or not part.first
        self.look.front(read, comparable=self.counts_posts, elastic=elastic)
        front = Front(part, response, read, self._head(part, response, read))
        return None if read.errors and await self._are_lost([front]) else front

    def _head(self, part: Part, response: Response, read: PageRead) -> Cursor:
        """What the next look needs to ask conditionally, and to see without the server's help that nothing changed."""
        head: Cursor = {"digest": self.digest_of(read), "count": len(read.posts)} | self.watch_front(part, read)
        validators = {key: header(response, name) for key, (name, _) in VALIDATORS.items()}
        return head | {key: value for key, value in validators.items() if 0 < len(value) <= LONGEST_VALIDATOR}

    async def _read_from(self, front: Front, *, deep: bool) -> bool:
        """From the first page on; False if the look has come to an end."""
        part, read = front.part, front.read
        if read is None:
            return await self._read_rest(part)
        if part.is_unchanged(front.head):
            return await part.keep(front.head | _kept(part.before, REST, SWEEP)) and await self._read_rest(part)
        return await self._read_news(front, read, deep=deep)

    async def _read_news(self, front: Front, read: PageRead, *, deep: bool) -> bool:
        """From the front until the news end, then what was left; a deep look reads further. False as above."""
        target, part, head = self.look.target, front.part, front.head
        gap = Rest.of(part.before, REST)
        known = target.newest if self.look.before else 0
        pages = max(target.max_pages, 1 + WHOLE_PAGES) if known else target.max_pages
        limit = target.max_pages * FULL_LOOK if deep else pages
        kept = head | _kept(part.before, REST, SWEEP)
        base = None if part.is_same(head) else kept
        way = Stretch(known, limit, gap.known if gap else known, base, target.since, thorough=deep)
        end = await self.follow(part, way, "", front.response, read, head)
        if end in (End.LIST, End.BROKEN):
            return end is End.LIST
        if not way.connected:
            return await part.keep(kept | {REST: way.left.kept()})
        if gap or not deep:
            return await part.keep(kept) and await self._read_rest(part)
        return await part.keep(kept) and await self._sweep(part, way.left)

    async def _read_rest(self, part: Part) -> bool:
        """Go on where earlier looks had to stop; from the front if that place is not there any more."""
        rest = Rest.of(part.cursor, REST)
        if rest is None or self.has_many_branches:
            return True
        base, troubles = _without(part.cursor, REST), self.look.told()
        way = self._below(rest, base)
        end = await self.take_up(part, way, rest.url, base)
        if end is End.LOST:
            self.look.forget(troubles)
            way = self._below(replace(rest, url=""), base)
            end = await self.take_up(part, way, "", base)
            if end is End.LIMIT and way.left.pages <= rest.pages:  # no look gets that far: try it once a day
                return await part.keep(base | {SWEEP: way.left.kept()})
        return end is not End.BROKEN and (end is not End.KNOWN or await part.keep(base))

    async def _sweep(self, part: Part, front: Rest) -> bool:
        """One further stretch of what lies deeper than a full look reads; it is tried, and need not succeed."""
        base, troubles = _without(part.cursor, SWEEP), self.look.told()
        end, left, sweep = End.LIMIT, front, Rest.of(part.cursor, SWEEP)
        if sweep is not None:
            way = replace(self._below(sweep, None), tied=False, thorough=True)
            end, left = await self.take_up(part, way, sweep.url, base), way.left
        if self.look.failure:
            return False
        self.look.forget(troubles)
        return await part.keep(base | {SWEEP: left.kept()} if end is End.LIMIT else base)

    def _below(self, rest: Rest, base: Cursor | None) -> Stretch:
        """The stretch that goes on with `rest`: with its page once more, or down to there from the front."""
        limit = self.look.target.max_pages + (1 if rest.url else rest.pages)
        above, since = rest.pages - 1 if rest.url else 0, self.look.target.since
        return Stretch(rest.known, limit, rest.known, base, since, tied=bool(rest.url), above=above)

    def _validators(self, part: Part) -> dict[str, str]:
        before = part.before if self.look.partial else {}
        return {request: before[key] for key, (_, request) in VALIDATORS.items() if key in before}

    async def _are_lost(self, fronts: Sequence[Front]) -> bool:
        """Whether all lists say nothing where they should: then nothing is stored, and the look has gone wrong.

        Something that stands in the way is told as such; whether a page has lost its posts for good, later looks show.
        """
        empty = [front.read for front in fronts if front.read is not None and front.read.is_empty]
        if not fronts or len(empty) < len(fronts):
            return False
        counts_nothing = all(read.published_total == 0 for read in empty)
        had = 0 if self.passing or counts_nothing else sum(front.part.before.get("count", 0) for front in fronts)
        errors = any(read.errors for read in empty)
        if not (had or errors or (self.nothing_found and not counts_nothing)):
            return False
        for front in fronts:
            if await self.meets_wall(front.response, front.part.url):
                return True
        self.look.report.health = "degraded"
        if had:
            why = self.why_lost(fronts[0].part)
            lost = f"{had} posts stood here at the last look, now none can be found. {why}".strip()
            self.look.report.saw.lost = lost
            self.look.trouble(lost)
        elif not errors:
            self.look.trouble(f"No posts were found on {self.look.target.address}. {self.nothing_found}")
        return True


def _kept(cursor: Cursor, *keys: str) -> Cursor:
    """What a cursor says about more than the first page."""
    return {key: cursor[key] for key in keys if key in cursor}


def _without(cursor: Cursor, key: str) -> Cursor:
    return {name: value for name, value in cursor.items() if name != key}
