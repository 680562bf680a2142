"""How spiders read consecutive pages of a list and store each of them before they ask for the next."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.look import Cursor, digest
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.rest import End, Stretch
from crawler.spiders.source import SourceSpider

EXPIRED = {400, 404, 410, 422}
"""What a platform answers to a page address that is no longer good."""


class StretchSpider(SourceSpider):
    """Knows pages of a list: how they are asked for, read and stored one after another.

    `from_front` says that everything above the page at hand was read in this look.
    """

    from_front: bool = True

    def read(self, response: Response) -> PageRead:
        """What the page says, its posts in the order of the list, newest first.

        The address of the following page is kept in the cursor, so a credential must never be part of it.
        """
        raise NotImplementedError

    def digest_of(self, read: PageRead) -> str:
        """A hash of what matters to us on a page as it was read, before it is completed."""
        return digest(read.posts, read.published_total, read.mark)

    def met(self, read: PageRead) -> None:
        """A page has been read; whether it will be stored is not known yet."""

    async def complete(self, read: PageRead) -> PageRead:
        """Add what a page leaves out and must be asked for by itself; not called for a page that did not change."""
        return read

    async def store(self, part: Part, url: str, read: PageRead, kept: Cursor) -> Sequence[int] | None:
        """Hand over a page, with what to keep of its list; returns how its posts stand in the store, None if it failed.

        See `crawler.items.Received.standing`.
        """
        received = await part.store(url, read, kept)
        return None if received is None else received.standing

    async def take_up(self, part: Part, way: Stretch, url: str, done: Cursor) -> End:
        """Go on with a page that was read in an earlier look; `url` is empty for the first one.

        A page on another host belongs to an address that the source had before. Some platforms answer an address that
        is no longer good with the first page.
        """
        if url and urlsplit(url).netloc != urlsplit(part.url).netloc:
            return End.LOST
        self.from_front = not url
        response = await self.fetch(url or part.url)
        if response is None:
            return End.LOST if url and self.status in EXPIRED else End.BROKEN
        read = await self._read(response)
        if url and (read.is_empty or self.digest_of(read) == part.cursor.get("digest")):
            return End.LOST
        if read.is_empty:
            return End.BROKEN
        return await self.follow(part, way, url, response, read, done)

    async def follow(self, part: Part, way: Stretch, url: str, response: Response, read: PageRead, done: Cursor) -> End:
        """Store page after page, from the one that has arrived; `done` is what to keep when the list has ended."""
        self.from_front = not url
        while True:
            way.arrive(url, read.posts, [*read.passed, *read.lists])
            following = way.following(url or part.url, response.url, to=read.next_url)
            read = await self.complete(read)
            kept = way.cursor(part.cursor) if following or way.is_tied else done
            standing = await self.store(part, response.url, read, kept)
            if standing is None:
                return End.BROKEN
            way.stored(standing)
            if not (following or way.lost):
                return End.LIST if await part.keep(done) else End.BROKEN
            if end := way.end(has_time=self.look.has_time):
                return end
            url, arrived = following, await self._page_at(following)
            if arrived is None:
                return End.BROKEN
            response, read = arrived

    async def read_found(self, response: Response | None) -> PageRead | None:
        """What an answer says; None unless something was found. Of its errors nobody is told."""
        if response is None or response.status != 200:
            return None
        return await self.read_aside(response, self.read, response)

    async def _read(self, response: Response) -> PageRead:
        """What the page says; what could not be read stands in the report."""
        read = await self.read_aside(response, self.read, response)
        self.look.report.errors.extend(read.errors)
        self.look.report.lines.extend(read.report)
        self.met(read)
        return read

    async def _page_at(self, url: str) -> tuple[Response, PageRead] | None:
        """A following page; None if it cannot be had, or nothing in it can be read."""
        response = await self.fetch(url)
        if response is None:
            return None
        read = await self._read(response)
        if not (read.is_empty and read.errors):
            return response, read
        self.look.report.health = "degraded"
        return None
