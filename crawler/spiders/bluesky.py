"""Spider for Bluesky: mentions, replies and quotes of the business's account, and searches.

Everything is asked of the server that keeps the account, with a session that is refreshed as long as possible: logging
in is limited. Notifications say nothing about replies, so new and unanswered posts are asked for again, 25 at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar
from urllib.parse import unquote_plus, urlencode

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import bluesky
from crawler.pages.answer import NotAsExpected
from crawler.pages.paging import with_query
from crawler.pages.result import PageRead
from crawler.pages.talk import Listing, Said
from crawler.spiders.bluesky_session import BlueskySession
from crawler.spiders.checking import Again
from crawler.spiders.talk import Gone, Heard

PAGE = 50
AT_ONCE = 25
"""So many posts can be asked for in one request."""

OPEN = "open"
"""Where the cursor keeps the newest posts that the business has not answered."""

REASONS = ("mention", "reply", "quote")
DEPTH = 6


class BlueskySpider(BlueskySession):
    """Reads what is said to the account of the credential, or what `settings["query"]` finds."""

    name = "bluesky"
    max_checks: ClassVar[int] = 4 * AT_ONCE

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.query = unquote_plus(str(look.target.settings.get("query", "")))
        self.asked: set[str] = set()

    async def ready(self) -> bool:
        session = await self.opened()
        return session is not None and self.belongs(session["did"], session["handle"])

    def first_url(self) -> str:
        if self.query:
            method, asked = "app.bsky.feed.searchPosts", [("q", self.query), ("sort", "latest")]
        else:
            method, asked = "app.bsky.notification.listNotifications", [("reasons", reason) for reason in REASONS]
        return self._url(method, [*asked, ("limit", str(PAGE))])

    def listing(self, response: Response) -> Listing:
        return bluesky.listing(response.body, "posts" if self.query else "notifications")

    def older(self, url: str, place: str) -> str:
        return with_query(url, "cursor", place)

    async def complete(self, read: PageRead) -> PageRead:
        """Notifications say nothing about replies, so posts that may have news are looked up."""
        assert isinstance(read, Heard)
        fresh = [one.post.external_id for one in read.said if one.replies is None and self._may_have_news(one)]
        now = await self._now(fresh)
        self.owe({uri: "" for uri in fresh if uri not in now})
        read.said = [now.get(one.post.external_id, one) for one in read.said]
        return await super().complete(read)

    def _may_have_news(self, said: Said) -> bool:
        uri = said.post.external_id
        known = uri in self.look.before.get("front", {}) and uri not in self.look.beside.get(OPEN, [])
        return not (known and self.look.partial)

    async def with_answers(self, said: Iterable[Said]) -> list[Post]:
        """Also remember which posts the business has not answered."""
        posts = await super().with_answers(said)
        looked = {post.external_id: not post.owner_replies for post in posts if not post.answers_unknown}
        before = [uri for uri in self.look.beside.get(OPEN, []) if uri not in looked]
        self._wait_for([*before, *(uri for uri, is_open in looked.items() if is_open)])
        return posts

    def _wait_for(self, uris: Iterable[str]) -> None:
        """The keys of posts are in the order of their writing."""
        newest = sorted(uris, key=lambda uri: uri.rpartition("/")[2], reverse=True)
        self.look.beside = self.look.beside | {OPEN: newest[:AT_ONCE]}

    def waiting(self) -> list[Watched]:
        """The newest unanswered posts in every look, in one request; older ones once a day."""
        newest = [Watched(0, uri, "") for uri in self.look.beside.get(OPEN, []) if uri not in self.asked]
        return [*super().waiting(), *newest]

    def item_url(self, post: Watched) -> str:
        return self._url("app.bsky.feed.getPosts", [("uris", post.external_id)])

    async def again(self, posts: Sequence[Watched]) -> Again:
        """Many at once; one that is not handed out is asked for by itself, for it may only be out of reach."""
        uris = list(dict.fromkeys(post.external_id for post in posts))
        now = await self._now(uris)
        found = Again(await self.with_answers(Listing(list(now.values())).posts(self.own)), there=list(now))
        for uri in uris:
            if uri not in self.asked:
                found.unclear.append(uri)
            elif uri not in now:
                await self._find_out(uri, found)
        return found

    async def _now(self, uris: Sequence[str]) -> dict[str, Said]:
        """These posts as they are now, as far as they are handed out; `asked` grows by those that were asked for."""
        now: dict[str, Said] = {}
        for start in range(0, len(uris), AT_ONCE):
            some = uris[start : start + AT_ONCE]
            response = await self.fetch(self._url("app.bsky.feed.getPosts", [("uris", uri) for uri in some]))
            if response is None:
                break
            listing = await self.read_aside(response, bluesky.listing, response.body, "posts")
            if listing.errors and not listing.said:
                break
            self.asked |= set(some)
            now |= {one.post.external_id: one for one in listing.said}
        return now

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

    async def _find_out(self, uri: str, found: Again) -> None:
        """Whether a post that is not handed out is really gone; one of somebody who blocks us is only out of reach."""
        try:
            thread = await self.thread(uri) if self.may_ask() else None
        except Gone:
            found.missing.append(uri)
        else:
            if thread is None:
                found.unclear.append(uri)
                return
        self._wait_for(other for other in self.look.beside.get(OPEN, []) if other != uri)

    def _url(self, method: str, asked: Sequence[tuple[str, str]]) -> str:
        return f"{self.home}/xrpc/{method}?{urlencode(asked)}"
