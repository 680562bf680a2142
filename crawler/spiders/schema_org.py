"""Spider for pages with schema.org reviews."""

from __future__ import annotations

from scrapy.http import Response

from crawler.items import Watched
from crawler.pages import schema_org
from crawler.pages.result import PageRead
from crawler.spiders.permalink import PermalinkSpider
from crawler.spiders.source import header


class SchemaOrgSpider(PermalinkSpider):
    """Any page that marks up its reviews."""

    name = "schema_org"
    nothing_found = "The page may have a new layout, ask for a login, or mark up no reviews; look at it in a browser."
    counts_posts = True

    def read(self, response: Response) -> PageRead:
        return schema_org.read(
            response.body,
            response.url,
            address=self.look.target.address,
            content_type=header(response, "Content-Type"),
            link=header(response, "Link"),
            own_names=self.look.target.own_names,
        )

    def item_url(self, post: Watched) -> str:
        """A review's page, if its address is its identity; without one it was stored with the page it stood on."""
        return self.permalink(post.url) if post.external_id == post.url else ""
