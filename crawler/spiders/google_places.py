"""Spider that lists the locations of the Business Profiles that a Google credential can see."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from urllib.parse import urlencode

from crawler.pages import google_places
from crawler.pages.places import Place
from crawler.spiders.google import GoogleSpider
from crawler.spiders.places import PlacesSpider

ACCOUNTS = {"pageSize": 20}
LOCATIONS = {"readMask": "name,title,storefrontAddress,metadata", "pageSize": 100}


class GooglePlacesSpider(PlacesSpider, GoogleSpider):
    """Accounts first, then the locations of each. One that several accounts hold is taken from the first of them."""

    name = "google_business"
    default_base = "https://mybusinessaccountmanagement.googleapis.com"
    locations_base = "https://mybusinessbusinessinformation.googleapis.com"
    scope = "https://www.googleapis.com/auth/business.manage"

    async def found(self) -> AsyncIterator[Sequence[Place]]:
        held: set[str] = set()
        async for account in self._accounts():
            url = f"{self.look.target.settings.get('api', self.locations_base)}/v1/{account}/locations"
            url = f"{url}?{urlencode(LOCATIONS)}"
            while response := await self.page(url):
                read = google_places.locations(response.body, url, account)
                yield [place for place in read.places if _location(place) not in held]
                held.update(map(_location, read.places))
                url = read.next_url

    async def _accounts(self) -> AsyncIterator[str]:
        url = f"{self.base}/v1/accounts?{urlencode(ACCOUNTS)}"
        while response := await self.page(url):
            names, following = google_places.accounts(response.body, url)
            for name in names:
                yield name
            url = following

    @staticmethod
    def meant(pasted: str, places: Sequence[Place]) -> Sequence[Place]:
        marks = google_places.marks(pasted)
        return [place for place in places if place.marks & marks] if marks else places


def _location(place: Place) -> str:
    return place.address.rpartition("/")[2]
