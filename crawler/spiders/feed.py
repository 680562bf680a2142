"""Spider for RSS and Atom feeds."""

from __future__ import annotations

from scrapy.http import Response

from crawler.items import Watched
from crawler.pages import feed
from crawler.pages.result import PageRead
from crawler.spiders.permalink import PermalinkSpider
from crawler.spiders.source import header


class FeedSpider(PermalinkSpider):
    """A feed of comments or posts. An empty feed is fine as long as it never had anything."""

    name = "feed"

    def read(self, response: Response) -> PageRead:
        return feed.read(
            response.body,
            response.url,
            content_type=header(response, "Content-Type"),
            own_names=self.look.target.own_names,
        )

    def item_url(self, post: Watched) -> str:
        return self.permalink(post.url)
