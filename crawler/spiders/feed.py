"""Spider for RSS and Atom feeds."""

from __future__ import annotations

from scrapy.http import Response

from crawler.pages import feed
from crawler.pages.result import PageRead
from crawler.spiders.paged import PagedSpider
from crawler.spiders.source import header


class FeedSpider(PagedSpider):
    """A feed of comments or posts. An empty feed is fine as long as it never had anything."""

    name = "feed"

    def read(self, response: Response) -> PageRead:
        return feed.read(
            response.body,
            response.url,
            content_type=header(response, "Content-Type"),
            own_names=self.look.target.own_names,
        )
