"""Spider for Bluesky: mentions, replies and quotes of the business's account, and searches.

Everything is asked of the server that keeps the account, with a session that is refreshed as long as possible: logging
in is limited. Notifications say nothing about replies, so new and unanswered posts are asked for again, 25 at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from urllib.parse import unquote_plus, urlencode

from scrapy.http import Response

from crawler.look import Look
from crawler.pages import bluesky
from crawler.pages.answer import NotAsExpected
from crawler.pages.talk import Again, Listing, Said
from crawler.spiders.bluesky_session import BlueskySession
from crawler.spiders.talk import Gone

PAGE = 50
AT_ONCE = 25
"""So many posts can be asked for in one request."""

REASONS = ("mention", "reply", "quote")
DEPTH = 6


class BlueskySpider(BlueskySession):
    """Reads what is said to the account of the credential, or what `settings["query"]` finds."""

    name = "bluesky"
    max_asked: ClassVar[int] = 4 * AT_ONCE

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.query = unquote_plus(str(look.target.settings.get("query", "")))

    async def ready(self) -> bool:
        session = await self.opened()
        return session is not None and self.belongs(session["did"], session["handle"])

    async def page(self, **where: str) -> Listing | None:
        if self.query:
            method, key, asked = "app.bsky.feed.searchPosts", "posts", [("q", self.query), ("sort", "latest")]
        else:
            method, key = "app.bsky.notification.listNotifications", "notifications"
            asked = [("reasons", reason) for reason in REASONS]
        response = await self.fetch(self._url(method, [*asked, ("limit", str(PAGE)), *where.items()]))
        return await self._listing(response, key)

    async def before(self, listing: Listing) -> Listing | None:
        return await self.page(cursor=listing.older)

    def due(self, listing: Listing) -> list[str]:
        """What vanished and what is unanswered; once a day everything that is known."""
        unanswered = self.memory.waiting()
        others = unanswered[:AT_ONCE] if self.look.partial else unanswered + list(self.memory.known)
        return list(dict.fromkeys(self.memory.vanished(listing) + others))

    async def again(self, post_ids: list[str]) -> Again:
        found = Again()
        missing: list[str] = []
        for start in range(0, len(post_ids), AT_ONCE):
            some = post_ids[start : start + AT_ONCE]
            response = await self.fetch(self._url("app.bsky.feed.getPosts", [("uris", uri) for uri in some]))
            listing = await self._listing(response, "posts")
            if listing is None:
                found.unasked = post_ids[start:]
                break
            found.there += listing.said
            missing += [uri for uri in some if uri not in listing.ids]
        found.gone = [uri for uri in missing if await self._is_gone(uri)]
        return found

    async def thread(self, post_id: str) -> list[Said] | None:
        asked = {"uri": post_id, "depth": str(DEPTH), "parentHeight": "0"}
        response = await self.ask(self._url("app.bsky.feed.getPostThread", list(asked.items())))
        if response is not None and response.status == 400 and bluesky.error_code(response.body) == "NotFound":
            raise Gone
        if response is None or response.status != 200:
            self.trouble_with(response)
            return None
        try:
            said = await self.read_aside(response, bluesky.thread, response.body)
        except NotAsExpected as error:
            self.misread(response, error)
            return None
        if said is None:
            raise Gone
        return said

    async def _listing(self, response: Response | None, key: str) -> Listing | None:
        if response is None:
            return None
        return self.accepted(await self.read_aside(response, bluesky.listing, response.body, key))

    async def _is_gone(self, uri: str) -> bool:
        """Whether a post that is not handed out is really gone; one of somebody who blocks us is only out of reach."""
        try:
            if self.may_ask() and await self.thread(uri) is not None:
                self.memory.settle(uri)
        except Gone:
            return True
        return False

    def _url(self, method: str, asked: Sequence[tuple[str, str]]) -> str:
        return f"{self.home}/xrpc/{method}?{urlencode(asked)}"
