"""Spider for the public feed of an app's reviews in the App Store, one list for each country.

A list has ten pages of fifty. Empty pages occur between full ones, and of the two forms of an address one may be empty
while the other is full. So an empty page is asked for in the other form, two in a row are the end, and a list that
suddenly holds nothing is reported instead of believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from crawler.look import Cursor, Look, digest
from crawler.pages import app_store
from crawler.pages.result import PageRead
from crawler.spiders.source import SourceSpider

COUNTRIES = ("de", "at", "ch")
PAGES = 10
ENOUGH_EMPTY = 2
EMPTY = "Apple's list for the country “{country}” is empty, which happens; the next look will try again."
FORMS = ("page={page}/id={app}/sortby=mostrecent/json", "id={app}/page={page}/sortBy=mostRecent/json")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page that arrived, in the form that showed more."""

    url: str
    read: PageRead


class AppStoreSpider(SourceSpider):
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
        self.pages = range(1, min(PAGES, look.target.max_pages) + 1)
        self.before: Cursor = look.before.get("stores", {})

    async def read_source(self) -> None:
        """All countries; one that cannot be read keeps its place in the cursor, one broken off starts anew."""
        stores: Cursor = {}
        for country in self.countries:
            seen = await self._country(country)
            if self.look.failure:
                return
            stores |= {country: seen} if seen else {}
        cursor = {"stores": stores}
        if stores and cursor != self.look.before:
            await self.look.hand_over(self.look.target.address, PageRead(), cursor)

    async def _country(self, country: str) -> Cursor:
        """What the cursor keeps of this country, empty if it must be read in full next time."""
        before: Cursor = self.before.get(country, {})
        seen: Cursor = {}
        empty = 0
        for page in self.pages:
            sheet = await self._sheet(country, page)
            if sheet is None:
                return {} if seen else before
            empty = 0 if sheet.read.posts else empty + 1
            if empty == ENOUGH_EMPTY:
                break
            if sheet.read.posts:
                seen = seen or {"digest": digest(sheet.read.posts), "count": len(sheet.read.posts)}
                if not await self._hand_over(sheet, seen, before):
                    break
        return seen or self._nothing(country, before)

    async def _hand_over(self, sheet: Sheet, seen: Cursor, before: Cursor) -> bool:
        """Give a page to intake unless this country is unchanged; whether the next page is worth asking for."""
        if self.look.partial and seen == before:
            return False
        news = await self.look.hand_over(sheet.url, sheet.read, None)
        first_time = self.look.partial and not before
        return not self.look.failure and (news or first_time)

    def _nothing(self, country: str, before: Cursor) -> Cursor:
        """No reviews at all: usual in a small country, but not where some stood."""
        had = before.get("count", 0)
        if not had:
            return {"digest": "", "count": 0}
        told = EMPTY.format(country=country)
        self.look.trouble(f"{had} posts stood here at the last look, now none can be found. {told}")
        return before

    async def _sheet(self, country: str, page: int) -> Sheet | None:
        """A page in the first form that shows reviews; None after telling why there is none."""
        read = PageRead()
        for form in FORMS:
            url = f"{self.base}/{country}/rss/customerreviews/{form.format(page=page, app=self.app)}"
            response = await self.fetch(url)
            if response is None:
                return None
            read = await self.read_aside(response, app_store.read, response.body)
            if read.posts:
                self.look.report.errors.extend(read.errors)
                return Sheet(url, read)
        if read.errors:
            self.look.trouble(read.errors[0])
            return None
        return Sheet("", read)
