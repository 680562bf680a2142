"""Spider for Mastodon and servers that speak like it: mentions of the business's account, hashtags, searches."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote_plus, urlencode

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import mastodon
from crawler.pages.answer import NotAsExpected
from crawler.pages.paging import with_query
from crawler.pages.talk import Listing, Said
from crawler.spiders.api import STATUS
from crawler.spiders.checking import GONE
from crawler.spiders.talk import Gone, TalkSpider
from crawler.spiders.webfinger import server_of

FEEDS = "feeds"
"""Where the cursor keeps which posts of hashtags strangers may read."""

TAGGED = "/api/v1/timelines/tag/"


class MastodonSpider(TalkSpider):
    """Reads the mentions of `settings["account"]`, else the posts of `settings["tag"]` or about `settings["query"]`."""

    name = "mastodon"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.asked = look.target.settings
        self.base = self.base or f"https://{self.asked.get('server', '')}"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        """The token itself: there is nothing to renew."""
        secret = self.look.target.secret
        if fresh:
            self.look.trouble(f"{self.base} {STATUS[401]}" if secret else self.ask_for_credential(self.base))
            return None
        return {"Authorization": f"Bearer {secret}"} if secret else {}

    async def ready(self) -> bool:
        """With a token, whose it is; without one, whether the server shows hashtags to strangers."""
        if self.look.target.secret:
            return await self._know_account()
        if "tag" in self.asked:
            return await self._is_open()
        self.look.trouble(self.ask_for_credential(self.base))
        return False

    def first_url(self) -> str:
        path, query = self._list()
        return f"{self.base}{path}?{urlencode({**query, 'limit': mastodon.PAGE})}"

    def listing(self, response: Response) -> Listing:
        return mastodon.listing(response.body)

    def older(self, url: str, place: str) -> str:
        """Pages are found by the id above them: what comes or goes meanwhile moves nothing."""
        return with_query(url, "max_id", place)

    def item_url(self, post: Watched) -> str:
        return self._status(post.external_id)

    async def item_posts(self, response: Response) -> list[Post]:
        said = mastodon.status(response.body)
        return await self.with_answers(Listing([said]).posts(self.own)) if said is not None else []

    async def thread(self, post_id: str) -> list[Said] | None:
        response = await self.ask(f"{self._status(post_id)}/context")
        if response is not None and response.status in GONE:
            raise Gone
        if response is None or response.status != 200:
            self.trouble_with(response)
            return None
        try:
            return await self.read_aside(response, mastodon.thread, response.body)
        except NotAsExpected as error:
            self.misread(response, error)
            return None

    def _list(self) -> tuple[str, dict[str, str]]:
        if "tag" in self.asked:
            return TAGGED + quote(unquote_plus(self.asked["tag"]), safe=""), self._part()
        if "query" in self.asked:
            phrase = unquote_plus(self.asked["query"])
            return "/api/v2/search", {"q": phrase, "type": "statuses", "resolve": "false"}
        return "/api/v1/notifications", {"types[]": "mention"}

    def _part(self) -> dict[str, str]:
        """The part of a hashtag's posts that strangers may read, if not all."""
        feeds = self.look.beside.get(FEEDS, []) if not self.look.target.secret else []
        return {str(feeds[0]): "true"} if len(feeds) == 1 else {}

    def _status(self, post_id: str) -> str:
        return f"{self.base}/api/v1/statuses/{quote(post_id, safe='')}"

    async def _know_account(self) -> bool:
        """Ask once for each token whose it is, at the server that keeps the account."""
        key, named = self.session_key, self.base
        kept = self.look.sessions.get(key)
        self.base = kept.get("base", named) if kept else await self._home()
        if not kept:
            response = await self.fetch(f"{self.base}/api/v1/accounts/verify_credentials")
            account = self._account(response)
            if account is None:
                return False
            kept = {"id": account.id, "name": account.name, "base": self.base}
            self.look.sessions.put(key, kept)
        if self.base != named:
            self.look.learned["api"] = self.base
        return self.belongs(kept["id"], kept["name"])

    async def _home(self) -> str:
        """Where the account lives: names may stand under another address than their server."""
        if "api" in self.asked or not {"account", "server"} <= self.asked.keys():
            return self.base
        return await server_of(self, self.asked["account"], self.asked["server"]) or self.base

    def _account(self, response: Response | None) -> mastodon.Account | None:
        if response is None:
            return None
        try:
            return mastodon.account(response.body)
        except NotAsExpected as error:
            self.misread(response, error)
            return None

    async def _is_open(self) -> bool:
        """Ask once a day whether strangers may read hashtags; a server too old to say so is simply tried."""
        if FEEDS not in self.look.beside or not self.look.partial:
            response = await self.ask(f"{self.base}/api/v2/instance")
            if response is None or response.status not in (200, 404):
                self.trouble_with(response)
                return False
            self.look.beside = self.look.beside | {FEEDS: sorted(mastodon.open_feeds(response.body))}
        if not self.look.beside[FEEDS]:
            self.look.trouble(self.ask_for_credential(self.base))
            return False
        return True
