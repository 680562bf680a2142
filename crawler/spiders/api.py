"""What spiders for a platform's own interface share: its address, a login that is renewed once, errors in words."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, ClassVar
from urllib.parse import urlencode, urlsplit

from scrapy.http import Response

from crawler.explain import explain_status
from crawler.look import Look
from crawler.spiders.paged import PagedSpider

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MARGIN = timedelta(seconds=60)
"""A token is renewed so long before it ends, so that it does not run out on the way."""

STATUS = {
    401: "does not accept the credential of this source (401). Renew it where Gelassen finds it.",
    403: "does not let the credential of this source read that (403). Check its rights on the platform.",
    404: "knows nothing by this name (404). Check the address of the source.",
}


class ApiSpider(PagedSpider):
    """A list that a platform hands out by its own interface, page by page, newest first.

    `default_base` is where the interface lives; a source may name another place in `settings["api"]`.
    """

    contract = True
    default_base: ClassVar[str] = ""

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.base = str(look.target.settings.get("api", self.default_base)).rstrip("/")

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        """The headers that show who asks; `fresh` means that the kept login was refused. None after telling why."""
        return {}

    async def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Response | None:
        """The answer (200 or 304) to a request with the login, which is renewed once if the platform refuses it."""
        response: Response | None = None
        for fresh in (False, True):
            login = await self.login(fresh=fresh)
            response = None if login is None else await self.answer(url, {**login, **(headers or {})})
            if response is None or response.status in (200, 304):
                return response
            if response.status != 401:
                break
        assert response is not None
        self.look.trouble(self.explain(response))
        return None

    async def item(self, url: str) -> Response | None:
        """The answer of a post's own address, asked for with the login."""
        login = await self.login(fresh=False)
        return None if login is None else await self.answer(url, login)

    def explain(self, response: Response) -> str:
        """A sentence about an answer that is not what was asked for; never with the address, which may hold a key."""
        place = site_of(response)
        told = STATUS.get(response.status)
        return f"{place} {told}" if told else explain_status(place, response)

    async def token(self, url: str, form: Mapping[str, str], headers: Mapping[str, str], *, fresh: bool) -> str | None:
        """An OAuth 2 access token by posting `form` to `url`; the kept one while it is valid and not refused."""
        kept = {} if fresh else self.look.sessions.get(self.session_key)
        if kept and datetime.fromisoformat(kept["until"]) > datetime.now(UTC) + MARGIN:
            return str(kept["token"])
        response = await self.answer(url, {**FORM, **headers}, method="POST", body=urlencode(form).encode())
        given = self._granted(response)
        if given is None:
            return None
        until = datetime.now(UTC) + timedelta(seconds=int(given.get("expires_in") or 3600))
        self.look.sessions.put(self.session_key, {"token": given["access_token"], "until": until.isoformat()})
        return str(given["access_token"])

    @property
    def session_key(self) -> str:
        """Where the login of this source is kept; another credential means another login."""
        secret = sha256(self.look.target.secret.encode()).hexdigest()[:16]
        return f"{self.name}/{self.base}/{secret}"

    def _granted(self, response: Response | None) -> dict[str, Any] | None:
        if response is None:
            return None
        try:
            given = json.loads(response.body)
        except (ValueError, RecursionError):
            given = {}
        if response.status == 200 and isinstance(given, dict) and given.get("access_token"):
            return given
        self.look.trouble(f"{site_of(response)} {STATUS[401]}")
        return None


def site_of(response: Response) -> str:
    """Where an answer came from, without the path and query, which may hold a key."""
    parts = urlsplit(response.url)
    return f"{parts.scheme}://{parts.netloc}"
