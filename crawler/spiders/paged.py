"""What spiders for lists of pages have in common: conditional first request, paging, stop rules."""

from __future__ import annotations

from typing import ClassVar

from scrapy.http import Response

from crawler.look import Cursor, digest
from crawler.pages.result import PageRead
from crawler.spiders.source import SourceSpider, header

VALIDATORS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}


class PagedSpider(SourceSpider):
    """Reads a list page by page. Subclasses say how a page is read and what an empty one means.

    `counts_posts` says that the platform's own count counts exactly what is listed here as posts. Posts leave a
    `passing` list by themselves after a while, so that an empty or short one is no loss.
    """

    nothing_found: ClassVar[str] = ""
    counts_posts: ClassVar[bool] = False
    passing: ClassVar[bool] = False

    def first_url(self) -> str:
        """Where the list begins."""
        return self.look.target.address

    def read(self, response: Response) -> PageRead:
        """What the page says."""
        raise NotImplementedError

    async def complete(self, read: PageRead) -> PageRead:
        """Add what a page leaves out and must be asked for by itself; not called for a page that did not change."""
        return read

    async def read_source(self) -> None:
        """The first page conditionally, then on and on as long as the list and the news last."""
        response = await self.fetch(self.first_url(), self._validators())
        if response is None or response.status == 304:
            return
        read = self._read(response)
        self.look.front(read, comparable=self.counts_posts, elastic=self.passing or bool(read.next_url))
        if self._is_lost(read, response):
            return
        cursor = _cursor(response, read)
        if self.look.is_unchanged(cursor):
            if cursor != self.look.before:
                self.look.hand_over(response.url, PageRead(), cursor)
            return
        await self._follow(response, read, cursor)

    async def _follow(self, response: Response, read: PageRead, cursor: Cursor) -> None:
        visited = {self.first_url(), response.url}
        read = await self.complete(read)
        for _ in range(self.look.target.max_pages - 1):
            if not read.next_url or read.next_url in visited:
                break
            if not self.look.hand_over(response.url, read, None):
                read = PageRead()
                break
            visited.add(read.next_url)
            following = await self.fetch(read.next_url)
            if following is None:
                return
            response, read = following, await self.complete(self._read(following))
        if not self.look.failure:
            self.look.hand_over(response.url, read, cursor)

    def _read(self, response: Response) -> PageRead:
        read = self.read(response)
        self.look.report.errors.extend(read.errors)
        return read

    def _validators(self) -> dict[str, str]:
        before = self.look.before if self.look.partial else {}
        return {request: before[key] for key, (_, request) in VALIDATORS.items() if key in before}

    def _is_lost(self, read: PageRead, response: Response | None = None) -> bool:
        """Whether the page says nothing where it should: then nothing is stored, and the look has gone wrong.

        Something that stands in the way is told as such; whether a page has lost its posts for good, later looks show.
        """
        had = 0 if self.passing or read.published_total == 0 else self.look.before.get("count", 0)
        if read.posts or not (had or read.errors or (self.nothing_found and read.published_total != 0)):
            return False
        if response is not None and self.meets_wall(response, self.first_url()):
            return True
        self.look.report.health = "degraded"
        if had:
            lost = f"{had} posts stood here at the last look, now none can be found. {self.nothing_found}".strip()
            self.look.report.saw.lost = lost
            self.look.trouble(lost)
        elif not read.errors:
            self.look.trouble(f"No posts were found on {self.look.target.address}. {self.nothing_found}")
        return True


def _cursor(response: Response, read: PageRead) -> Cursor:
    """What the next look needs to ask conditionally, and to see without the server's help that nothing changed."""
    cursor: Cursor = {"digest": digest(read.posts, read.published_total, read.mark), "count": len(read.posts)}
    validators = {key: header(response, name) for key, (name, _) in VALIDATORS.items()}
    return cursor | {key: value for key, value in validators.items() if value}
