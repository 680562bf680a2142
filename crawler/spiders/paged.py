"""What spiders for lists of pages have in common: conditional first request, paging, what is left for later looks.

A look reads the news at the front until it meets posts the store had before. Where it had to stop sooner, the cursor
keeps the place, and the next looks go on there. Once a day a full look reads deeper without stopping at known posts and
takes one further stretch of what lies below, so that in time every page is read again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from scrapy.http import Response

from crawler.look import Cursor
from crawler.pages.result import PageRead
from crawler.rest import FULL_LOOK, REST, SWEEP, WHOLE_PAGES, End, Rest, Stretch
from crawler.spiders.checking import CHECKED, CheckingSpider
from crawler.spiders.source import header
from crawler.spiders.stretch import StretchSpider

VALIDATORS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}
LONGEST_VALIDATOR = 1_000
"""Characters; a longer one would be stored and sent back with every look."""


class PagedSpider(StretchSpider, CheckingSpider):
    """Reads a list page by page, newest first. Subclasses say how a page is read and what an empty one means.

    The addresses of pages may be numbered, or tokens that expire: a page that is no longer there, or holds nothing
    familiar where it should, makes the reading start over from the front. `counts_posts` says that the platform's own
    count counts exactly what is listed here as posts. Posts leave a `passing` list by themselves after a while, so that
    an empty or short one is no loss.
    """

    nothing_found: ClassVar[str] = ""
    counts_posts: ClassVar[bool] = False
    passing: ClassVar[bool] = False

    def cursor_of(self, response: Response, read: PageRead) -> Cursor:
        """What the next look needs to ask conditionally, and to see without the server's help that nothing changed."""
        cursor: Cursor = {"digest": self.digest_of(read), "count": len(read.posts)}
        validators = {key: header(response, name) for key, (name, _) in VALIDATORS.items()}
        return cursor | {key: value for key, value in validators.items() if 0 < len(value) <= LONGEST_VALIDATOR}

    async def read_source(self) -> None:
        """The news first, then what earlier looks left, then posts that may be gone."""
        response = await self.fetch(self.first_url(), self._validators())
        if response is None:
            return
        if response.status == 304:
            await self._read_rest()
            return
        read = await self._read(response)
        self.look.front(read, comparable=self.counts_posts, elastic=self.passing or bool(read.next_url))
        if not await self._is_lost(read, response) and await self._read_from(response, read):
            await self._check()

    async def _read_from(self, response: Response, read: PageRead) -> bool:
        """From the first page on; False if the look has come to an end."""
        head = self.cursor_of(response, read)
        if self.look.is_unchanged(head):
            return (
                await self.look.keep(head | _kept(self.look.before, REST, SWEEP, CHECKED)) and await self._read_rest()
            )
        return await self._read_news(response, read, head)

    async def _read_news(self, response: Response, read: PageRead, head: Cursor) -> bool:
        """From the front until the news end, then what was left; a full look reads further. False as above."""
        look, target, gap = self.look, self.look.target, Rest.of(self.look.before, REST)
        known = target.newest if "digest" in look.before else 0
        pages = max(target.max_pages, 1 + WHOLE_PAGES) if known else target.max_pages
        limit = pages if look.partial else target.max_pages * FULL_LOOK
        kept = head | _kept(look.before, REST, SWEEP, CHECKED)
        base = None if look.is_same(head) else kept
        floor = gap.known if gap else known
        way = Stretch(known, limit, floor, base, target.since, thorough=not look.partial)
        end = await self.follow(way, "", response, read, head | _kept(look.before, CHECKED))
        if end in (End.LIST, End.BROKEN):
            return end is End.LIST
        if not way.connected:
            return await look.keep(kept | {REST: way.left.kept()})
        if gap or look.partial:
            return await look.keep(kept) and await self._read_rest()
        return await look.keep(kept) and await self._sweep(way.left)

    async def _read_rest(self) -> bool:
        """Go on where earlier looks had to stop; from the front if that place is not there any more."""
        rest = Rest.of(self.look.cursor, REST)
        if rest is None:
            return True
        base, troubles = _without(self.look.cursor, REST), self.look.told()
        way = self._below(rest, base)
        end = await self.take_up(way, rest.url, base)
        if end is End.LOST:
            self.look.forget(troubles)
            way = self._below(replace(rest, url=""), base)
            end = await self.take_up(way, "", base)
            if end is End.LIMIT and way.left.pages <= rest.pages:  # no look gets that far: try it once a day
                return await self.look.keep(base | {SWEEP: way.left.kept()})
        return end is not End.BROKEN and (end is not End.KNOWN or await self.look.keep(base))

    async def _sweep(self, front: Rest) -> bool:
        """One further stretch of what lies deeper than a full look reads; it is tried, and need not succeed."""
        base, troubles = _without(self.look.cursor, SWEEP), self.look.told()
        end, left, sweep = End.LIMIT, front, Rest.of(self.look.cursor, SWEEP)
        if sweep is not None:
            way = replace(self._below(sweep, None), tied=False, thorough=True)
            end, left = await self.take_up(way, sweep.url, base), way.left
        if self.look.failure:
            return False
        self.look.forget(troubles)
        return await self.look.keep(base | {SWEEP: left.kept()} if end is End.LIMIT else base)

    def _below(self, rest: Rest, base: Cursor | None) -> Stretch:
        """The stretch that goes on with `rest`: with its page once more, or down to there from the front."""
        limit = self.look.target.max_pages + (1 if rest.url else rest.pages)
        above, since = rest.pages - 1 if rest.url else 0, self.look.target.since
        return Stretch(rest.known, limit, rest.known, base, since, tied=bool(rest.url), above=above)

    async def _check(self) -> None:
        cursor = dict(self.look.cursor)
        gone = await self.find_deleted(cursor)
        if gone:
            await self.look.store(self.look.target.address, PageRead(gone), cursor)
        else:
            await self.look.keep(cursor)

    def _validators(self) -> dict[str, str]:
        before = self.look.before if self.look.partial else {}
        return {request: before[key] for key, (_, request) in VALIDATORS.items() if key in before}

    async def _is_lost(self, read: PageRead, response: Response | None = None) -> bool:
        """Whether the page says nothing where it should: then nothing is stored, and the look has gone wrong.

        Something that stands in the way is told as such; whether a page has lost its posts for good, later looks show.
        """
        had = 0 if self.passing or read.published_total == 0 else self.look.before.get("count", 0)
        if read.posts or not (had or read.errors or (self.nothing_found and read.published_total != 0)):
            return False
        if response is not None and await self.meets_wall(response, self.first_url()):
            return True
        self.look.report.health = "degraded"
        if had:
            lost = f"{had} posts stood here at the last look, now none can be found. {self.nothing_found}".strip()
            self.look.report.saw.lost = lost
            self.look.trouble(lost)
        elif not read.errors:
            self.look.trouble(f"No posts were found on {self.look.target.address}. {self.nothing_found}")
        return True


def _kept(cursor: Cursor, *keys: str) -> Cursor:
    """What a cursor says about more than the first page."""
    return {key: cursor[key] for key in keys if key in cursor}


def _without(cursor: Cursor, key: str) -> Cursor:
    return {name: value for name, value in cursor.items() if name != key}
