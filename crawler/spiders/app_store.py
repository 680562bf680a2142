"""Spider for the public feed of an app's reviews in the App Store, one list for each country.

A list has ten pages of fifty. Empty pages occur between full ones, and of the two forms of an address one may be empty
while the other is full. So an empty page is asked for in the other form, two in a row are the end, and a list that
suddenly holds nothing is reported instead of believed. Single reviews have no address, so none is ever found deleted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.look import Look
from crawler.pages import app_store
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.spiders.paged import PagedSpider

COUNTRIES = ("de", "at", "ch")
PAGES = 10
EMPTY = "Apple's list for the country “{country}” is empty, which happens; the next look will try again."
FORMS = ("page={page}/id={app}/sortby=mostrecent/json", "id={app}/page={page}/sortBy=mostRecent/json")
PLACE = re.compile(r"/(?P<country>[^/]+)/rss/customerreviews/.*?page=(?P<page>\d+)")


class AppStoreSpider(PagedSpider):
    """Reads the reviews of the app `settings["app"]` in `settings["countries"]`.

    By themselves these are the country of the pasted link, Germany, Austria and Switzerland.
    """

    name = "app_store"
    default_base: ClassVar[str] = "https://itunes.apple.com"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        settings = look.target.settings
        self.base = str(settings.get("api", self.default_base)).rstrip("/")
        self.app = str(settings.get("app", ""))
        named = settings.get("countries") or (settings.get("country", ""), *COUNTRIES)
        self.countries = list(dict.fromkeys(str(country).lower() for country in named if country))

    async def lists(self) -> Sequence[Sequence[str]]:
        """One that cannot be read costs only itself."""
        return [[self._page(country, 1)] for country in self.countries]

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Response | None:
        """The page in the first form that shows reviews."""
        response = await super().fetch(url, headers)
        read = await self.read_found(response)
        if read is None or read.posts or read.errors:
            return response
        return await super().fetch(self._page(*_place(url), form=1), headers)

    def read(self, response: Response) -> PageRead:
        read = app_store.read(response.body)
        country, page = _place(response.url)
        read.next_url = self._page(country, page + 1) if page < PAGES else ""
        return read

    def why_lost(self, part: Part) -> str:
        return EMPTY.format(country=_place(part.url)[0])

    def _page(self, country: str, page: int, form: int = 0) -> str:
        return f"{self.base}/{country}/rss/customerreviews/{FORMS[form].format(page=page, app=self.app)}"


def _place(url: str) -> tuple[str, int]:
    """The country and the number of a page, by its address in either form."""
    found = PLACE.search(url)
    return (found["country"], int(found["page"])) if found else ("", PAGES)
