"""What spiders for lists of pages have in common: conditional first request, paging, stop rules."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.explain import explain
from crawler.look import Cursor, Look, digest
from crawler.pages.result import PageRead

VALIDATORS = {"etag": ("ETag", "If-None-Match"), "modified": ("Last-Modified", "If-Modified-Since")}


class PagedSpider(Spider):
    """Reads one source page by page. Subclasses say how a page is read and what an empty one means."""

    name = "paged"
    nothing_found: ClassVar[str] = ""

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(self.name, **kwargs)
        self.look = look
        self.visited: set[str] = set()
        self.first: Cursor = look.before

    def read(self, response: Response) -> PageRead:
        """What the page says."""
        raise NotImplementedError

    async def start(self) -> AsyncIterator[Any]:
        headers = {
            request: self.look.before[key]
            for key, (_, request) in VALIDATORS.items()
            if self.look.partial and key in self.look.before
        }
        yield self.ask(self.look.target.address, headers)

    def ask(self, url: str, headers: dict[str, str] | None = None) -> Request:
        """A request whose answer, also "not modified", comes back to this spider."""
        self.visited.add(url)
        return Request(
            url,
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            dont_filter=True,
            meta={"handle_httpstatus_list": [304]},
        )

    def parse(self, response: Response, **_: Any) -> Iterator[Request]:
        """Hand the page over and follow the list as long as it brings news."""
        self.look.fetched(response.url)
        if response.status == 304:
            return
        read = self.read(response)
        cursor = self.cursor(response, read) if len(self.visited) == 1 else None
        if self.is_lost(read):
            return
        self.first = cursor or self.first
        if cursor and self.look.unchanged(cursor):
            if cursor != self.look.before:
                self.look.hand_over(response.url, PageRead(), cursor)
            return
        yield from self.go_on(response, read)

    def go_on(self, response: Response, read: PageRead) -> Iterator[Request]:
        """Store this page; ask for the next one unless this is where the list or the news ends."""
        self.look.report.errors.extend(read.errors)
        follow = read.next_url not in ("", *self.visited) and len(self.visited) < self.look.target.max_pages
        news = self.look.hand_over(response.url, read, None if follow else self.first)
        if self.look.failure:
            return
        if follow and news:
            yield self.ask(read.next_url)
        elif follow:
            self.look.hand_over(response.url, PageRead(), self.first)

    def is_lost(self, read: PageRead) -> bool:
        """Whether the page has lost what it had, or never had anything; then nothing is stored."""
        if read.posts or len(self.visited) > 1:
            return False
        had = self.look.before.get("count", 0)
        for error in read.errors:
            self.look.trouble(error)
        if had:
            self.look.trouble(f"{had} posts stood here at the last look, now none can be found. {self.nothing_found}")
        elif not read.errors and self.nothing_found and read.published_total != 0:
            self.look.trouble(f"No posts were found. {self.nothing_found}")
        return bool(had or read.errors)

    def cursor(self, response: Response, read: PageRead) -> Cursor:
        """What the next look needs in order to ask conditionally and to see that nothing has changed."""
        cursor: Cursor = {"digest": digest(read), "count": len(read.posts)}
        for key, (header, _) in VALIDATORS.items():
            if value := response.headers.get(header):
                cursor[key] = value.decode("latin-1")
        return cursor

    def failed(self, failure: Failure) -> None:
        """Tell what kept a request from bringing a page."""
        request: Request = failure.request  # type: ignore[attr-defined]
        came_from = request.meta.get("redirect_urls", [""])[-1]
        self.look.trouble(explain(request.url, failure.value or Exception("unknown"), came_from=came_from))
