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
from crawler.kinds import KINDS
from crawler.look import Look
from crawler.pages.values import count
from crawler.spiders.paged import PagedSpider

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MARGIN = timedelta(seconds=60)
"""A token is renewed so long before it ends, so that it does not run out on the way."""

REFUSED = (200, 400, 401, 403)
"""How a place that gives tokens says that it gives none; anything else is a trouble of its own."""

STATUS = {
    401: "does not accept the credential of this source (401). Renew it where Gelassen finds it.",
    403: "does not let the credential of this source read that (403). Check its rights on the platform.",
    404: "knows nothing by this name (404). Check the address of the source.",
}

NEEDS_CREDENTIAL = "shows this only with a credential. Give the source one (--secret)."


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
        """The answer (200 or 304) to a request with the login; None after telling the look why there is none."""
        response = await self.ask(url, headers)
        if response is None or response.status in (200, 304):
            return response
        self.look.trouble(self.explain(response))
        return None

    async def ask(self, url: str, headers: Mapping[str, str] | None = None) -> Response | None:
        """The answer whatever its status to a request with the login, which is renewed once if the platform refuses it.

        None after telling the look that no answer came, or that there is no login.
        """
        response: Response | None = None
        for fresh in (False, True):
            login = await self.login(fresh=fresh)
            response = None if login is None else await self.answer(url, {**login, **(headers or {})})
            if response is None or not self.refuses(response):
                break
        return response

    def refuses(self, response: Response) -> bool:
        """Whether the platform does not accept the login."""
        return response.status == 401

    def called(self, response: Response, _asked: str) -> str:
        """Never with the whole address, which may hold a key."""
        return site_of(response)

    async def item(self, url: str) -> Response | None:
        """The answer of a post's own address, asked for with the login."""
        login = await self.login(fresh=False)
        return None if login is None else await self.answer(url, login)

    def explain(self, response: Response) -> str:
        """A sentence about an answer that is not what was asked for; never with the address, which may hold a key."""
        place = site_of(response)
        told = STATUS[401] if self.refuses(response) else STATUS.get(response.status)
        if not self.look.target.secret and response.status != 404:
            told = None
            if self.takes_credential and (self.refuses(response) or response.status == 401):
                return self.ask_for_credential(place)
            self.look.wants_credential |= self.takes_credential and response.status == 403  # it might be of help
        return f"{place} {told}" if told else explain_status(place, response)

    @property
    def takes_credential(self) -> bool:
        """Whether there is a credential for this kind of source."""
        kind = KINDS.get(self.look.target.kind)
        return kind is not None and bool(kind.credential)

    def ask_for_credential(self, place: str) -> str:
        """The sentence that `place` wants a credential; the look remembers that it does."""
        self.look.wants_credential = True
        return f"{place} {NEEDS_CREDENTIAL}"

    async def token(self, url: str, form: Mapping[str, str], headers: Mapping[str, str], *, fresh: bool) -> str | None:
        """An OAuth 2 access token by posting `form` to `url`; the kept one while it is valid and not refused."""
        kept = None if fresh else self.kept_token()
        if kept:
            return kept
        response = await self.answer(url, {**FORM, **headers}, method="POST", body=urlencode(form).encode())
        given = self._granted(response)
        if given is None:
            return None
        lifetime = timedelta(seconds=count(given.get("expires_in")) or 3600)
        return self.keep_token(given["access_token"], datetime.now(UTC) + lifetime)

    def kept_token(self) -> str | None:
        """The token of an earlier look while it is valid."""
        kept = self.look.sessions.get(self.session_key)
        valid = kept and datetime.fromisoformat(kept["until"]) > datetime.now(UTC) + MARGIN
        return str(kept["token"]) if valid else None

    def keep_token(self, token: str, until: datetime) -> str:
        """Keep a token for later looks; returns it."""
        self.look.sessions.put(self.session_key, {"token": token, "until": until.isoformat()})
        return token

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
        if response.status == 200 and isinstance(given, dict) and isinstance(given.get("access_token"), str):
            return given
        refused = response.status in REFUSED
        place = site_of(response)
        self.look.trouble(f"{place} {STATUS[401]}" if refused else explain_status(place, response))
        return None


def site_of(response: Response) -> str:
    """Where an answer came from, without the path and query, which may hold a key."""
    parts = urlsplit(response.url)
    return f"{parts.scheme}://{parts.netloc}"
