"""Spider for the reviews of a company at Trustpilot, through its interface; the pages themselves are never fetched."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from scrapy.http import Response

from crawler.items import Watched
from crawler.look import Look
from crawler.pages import trustpilot
from crawler.pages.answer import NotAsExpected
from crawler.pages.result import PageRead
from crawler.spiders.api import ApiSpider, site_of


class TrustpilotSpider(ApiSpider):
    """The newest reviews of the company whose domain the source names. The credential is an API key.

    The key travels in a header, so that it stands in no address. What Trustpilot calls the company is asked once and
    kept with the logins.
    """

    name = "trustpilot"
    default_base = "https://api.trustpilot.com/v1"

    def __init__(self, look: Look, **kwargs: object) -> None:
        super().__init__(look, **kwargs)
        self.unit = ""

    async def read_source(self) -> None:
        """Find out which company it is, then read its list."""
        self.unit = str(self.look.sessions.get(self.session_key).get("unit", "")) or await self._find()
        if self.unit:
            await super().read_source()

    def first_url(self) -> str:
        return self._list(1)

    def read(self, response: Response) -> PageRead:
        read = trustpilot.read(response.body)
        if trustpilot.is_full(response.body):
            number = int(parse_qs(urlsplit(response.url).query)["page"][0])
            read.next_url = self._list(number + 1)
        return read

    def item_url(self, post: Watched) -> str:
        return f"{self.base}/reviews/{quote(post.external_id, safe='')}"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        return {"apikey": self.look.target.secret}

    @property
    def session_key(self) -> str:
        """One entry for each company and key."""
        return f"{super().session_key}/{self._domain}"

    @property
    def _domain(self) -> str:
        return str(self.look.target.settings.get("domain", ""))

    async def _find(self) -> str:
        response = await self.fetch(f"{self.base}/business-units/find?{urlencode({'name': self._domain})}")
        if response is None:
            return ""
        try:
            unit = trustpilot.unit(response.body)
        except NotAsExpected as error:
            self.look.trouble(f"{site_of(response)}: {error}")
            return ""
        self.look.sessions.put(self.session_key, {"unit": unit})
        return unit

    def _list(self, page: int) -> str:
        query = {"orderBy": "createdat.desc", "perPage": trustpilot.PER_PAGE, "page": page}
        return f"{self.base}/business-units/{self.unit}/reviews?{urlencode(query)}"
