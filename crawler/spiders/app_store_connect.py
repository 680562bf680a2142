"""Spider for the reviews of an app in the App Store, through App Store Connect of its owner.

The list is sorted by the day of writing and knows no time of change: edits of older reviews are found by the full look.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from scrapy.http import Response

from crawler.credentials import BadCredential, apple
from crawler.items import Watched
from crawler.pages import app_store_connect
from crawler.pages.result import PageRead
from crawler.spiders.api import ApiSpider, site_of

AGREEMENT = (
    "shows nothing until the account holder has agreed to Apple's new terms. Sign in to App Store Connect and agree."
)


class AppStoreConnectSpider(ApiSpider):
    """Reads the reviews of the app that `settings["app"]` names by its number."""

    name = "app_store_connect"
    default_base = "https://api.appstoreconnect.apple.com"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        token = None if fresh else self.kept_token()
        try:
            token = token or self.keep_token(*apple(self.look.target.secret).token(datetime.now(UTC)))
        except BadCredential as error:
            self.look.trouble(str(error))
            return None
        return {"Authorization": f"Bearer {token}"}

    def first_url(self) -> str:
        app = quote(str(self.look.target.settings.get("app", "")), safe="")
        query = urlencode({"sort": "-createdDate", "limit": 200, "include": "response"})
        return f"{self.base}/v1/apps/{app}/customerReviews?{query}"

    def item_url(self, post: Watched) -> str:
        return f"{self.base}/v1/customerReviews/{quote(post.external_id, safe='')}"

    def read(self, response: Response) -> PageRead:
        return app_store_connect.read(response.body, response.url, self.look.target.address)

    def explain(self, response: Response) -> str:
        if app_store_connect.AGREEMENT in app_store_connect.codes(response.body):
            return f"{site_of(response)} {AGREEMENT}"
        return super().explain(response)
