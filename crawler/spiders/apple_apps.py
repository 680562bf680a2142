"""Spider that lists the apps that a key of App Store Connect can see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlencode

from crawler.pages import app_store_connect
from crawler.pages.places import Place
from crawler.spiders.app_store_connect import AppStoreConnectSpider
from crawler.spiders.places import PlacesSpider

APPS = {"fields[apps]": "name,bundleId", "limit": 200}


class AppleAppsSpider(PlacesSpider, AppStoreConnectSpider):
    """All apps of the team, page by page."""

    async def found(self) -> AsyncIterator[Sequence[Place]]:
        url = f"{self.base}/v1/apps?{urlencode(APPS)}"
        while response := await self.page(url):
            read = app_store_connect.apps(response.body, url)
            yield read.places
            url = read.next_url
