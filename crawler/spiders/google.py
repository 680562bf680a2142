"""What spiders for Google's interfaces share: a token bought with the credential, reasons in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import ClassVar

from scrapy.http import Response

from crawler.credentials import GOOGLE_TOKENS, BadCredential, google
from crawler.pages.google import why
from crawler.spiders.api import ApiSpider, site_of


class GoogleSpider(ApiSpider):
    """A list of one of Google's interfaces, read under `scope`."""

    scope: ClassVar[str] = ""

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        kept = None if fresh else self.kept_token()
        token = kept or await self._bought()
        return None if token is None else {"Authorization": f"Bearer {token}"}

    def explain(self, response: Response) -> str:
        told = why(response.body)
        return f"{site_of(response)} {told}" if told else super().explain(response)

    async def _bought(self) -> str | None:
        address = str(self.look.target.settings.get("token_uri", GOOGLE_TOKENS))
        try:
            form = google(self.look.target.secret).form(self.scope, address, datetime.now(UTC))
        except BadCredential as error:
            self.look.trouble(str(error))
            return None
        return await self.token(address, form, {}, fresh=True)
