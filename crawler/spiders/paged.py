"""What spiders for lists of pages have in common: conditional first request, paging, stop rules."""

from __future__ import annotations

from typing import ClassVar

from scrapy.http import Response

from crawler.look import Cursor, digest
from crawler.pages.result import PageRead
from crawler.spiders.source import SourceSpider, header

VALIDATORS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}
LONGEST_VALIDATOR = 1_000
"""Characters; a longer one would be stored and sent back with every look."""


class PagedSpider(SourceSpider):
    """Reads a list page by page. Subclasses say how a page is read and what an empty one means."""

    nothing_found: ClassVar[str] = ""

    def first_url(self) -> str:
        """Where the list begins."""
        return self.look.target.address

    def read(self, response: Response) -> PageRead:
        """What the page says."""
        raise NotImplementedError

    async def read_source(self) -> None:
        """The first page conditionally, then on and on as long as the list and the news last."""
        response = await self.fetch(self.first_url(), self._validators())
        if response is None or response.status == 304:
            return
        read = self._read(response)
        if self._is_lost(read):
            return
        cursor = _cursor(response, read)
        if self.look.is_unchanged(cursor):
            if cursor != self.look.before:
                self.look.hand_over(response.url, PageRead(), cursor)
            return
        await self._follow(response, read, cursor)

    async def _follow(self, response: Response, read: PageRead, cursor: Cursor) -> None:
        visited = {self.first_url(), response.url}
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
            response, read = following, self._read(following)
        if not self.look.failure:
            self.look.hand_over(response.url, read, cursor)

    def _read(self, response: Response) -> PageRead:
        read = self.read(response)
        self.look.report.errors.extend(read.errors)
        self.look.report.lines.extend(read.report)
        return read

    def _validators(self) -> dict[str, str]:
        before = self.look.before if self.look.partial else {}
        return {request: before[key] for key, (_, request) in VALIDATORS.items() if key in before}

    def _is_lost(self, read: PageRead) -> bool:
        """Whether the page says nothing where it should: then nothing is stored and the operator is told."""
        had = self.look.before.get("count", 0)
        if read.posts or not (had or read.errors or (self.nothing_found and read.published_total != 0)):
            return False
        self.look.report.health = "degraded"
        if had:
            self.look.trouble(f"{had} posts stood here at the last look, now none can be found. {self.nothing_found}")
        elif not read.errors:
            self.look.trouble(f"No posts were found on {self.look.target.address}. {self.nothing_found}")
        return True


def _cursor(response: Response, read: PageRead) -> Cursor:
    """What the next look needs to ask conditionally, and to see without the server's help that nothing changed."""
    cursor: Cursor = {"digest": digest(read.posts, read.published_total), "count": len(read.posts)}
    validators = {key: header(response, name) for key, (name, _) in VALIDATORS.items()}
    return cursor | {key: value for key, value in validators.items() if 0 < len(value) <= LONGEST_VALIDATOR}
