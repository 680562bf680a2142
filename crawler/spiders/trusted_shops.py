"""Spider for the reviews of a shop at Trusted Shops, through the eTrusted interface."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote, urlencode

from scrapy.http import Response

from crawler.items import Watched
from crawler.look import Look
from crawler.pages import trusted_shops
from crawler.pages.result import PageRead
from crawler.spiders.api import ApiSpider


class TrustedShopsSpider(ApiSpider):
    """All public reviews of the channel that the source names, or of every channel of the credential.

    The credential is `client id:client secret`. The list with fewer fields is asked for, because it holds nothing
    about the customers. Edits are found by the daily full look: the list is sorted by the day of the first wording.
    """

    name = "trusted_shops"
    default_base = "https://api.etrusted.com"
    login_base = "https://login.etrusted.com"

    def __init__(self, look: Look, **kwargs: object) -> None:
        super().__init__(look, **kwargs)
        self.login_url = f"{look.target.settings.get('login', self.login_base)}/oauth/token"

    def first_url(self) -> str:
        return self._list()

    def read(self, response: Response) -> PageRead:
        read = trusted_shops.read(response.body)
        read.next_url = self._list(read.next_url) if read.next_url else ""
        return read

    def item_url(self, post: Watched) -> str:
        return f"{self.base}/reviews/{quote(post.external_id, safe='')}"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        client, _, secret = self.look.target.secret.partition(":")
        form = {
            "grant_type": "client_credentials",
            "client_id": client,
            "client_secret": secret,
            "audience": self.default_base,
        }
        token = await self.token(self.login_url, form, {}, fresh=fresh)
        return None if token is None else {"Authorization": f"Bearer {token}"}

    def _list(self, after: str = "") -> str:
        channel = self.look.target.settings.get("channel")
        query = {"count": trusted_shops.PER_PAGE, "status": "APPROVED"}
        chosen = ({"channels": channel} if channel else {}) | ({"after": after} if after else {})
        return f"{self.base}/reviews-minimal?{urlencode(query | chosen)}"
