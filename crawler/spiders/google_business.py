"""Spider for the reviews of a Google Business Profile, through the interface for its owner (version 4).

The list is sorted by the time of the last change, so that edited reviews come up again by themselves.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from scrapy.http import Response

from crawler.items import Watched
from crawler.pages import google_business
from crawler.pages.result import PageRead
from crawler.spiders.google import GoogleSpider


class GoogleBusinessSpider(GoogleSpider):
    """Reads the reviews of one location; `settings` name its `account` and `location`."""

    name = "google_business"
    default_base = "https://mybusiness.googleapis.com"
    scope = "https://www.googleapis.com/auth/business.manage"
    counts_posts = True

    def first_url(self) -> str:
        query = urlencode({"pageSize": 50, "orderBy": "updateTime desc"})
        return f"{self._reviews()}?{query}"

    def item_url(self, post: Watched) -> str:
        return f"{self._reviews()}/{quote(post.external_id, safe='')}"

    def _reviews(self) -> str:
        account, location = (
            quote(str(self.look.target.settings.get(key, "")), safe="") for key in ("account", "location")
        )
        return f"{self.base}/v4/accounts/{account}/locations/{location}/reviews"

    def read(self, response: Response) -> PageRead:
        return google_business.read(response.body, response.url)
