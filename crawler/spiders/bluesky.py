"""Spider for Bluesky: mentions, replies and quotes of the business's account, and searches.

Everything is asked of the server that keeps the account, with a session that is refreshed as long as possible: logging
in is limited. Notifications say nothing about replies, so new and unanswered posts are asked for again, 25 at a time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
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
from crawler.spiders.api import STATUS, site_of
from crawler.spiders.checking import Again
from crawler.spiders.talk import Gone, Heard, TalkSpider

Session = dict[str, Any]
PAGE = 50
AT_ONCE = 25
"""So many posts can be asked for in one request."""

OPEN = "open"
"""Where the cursor keeps the newest posts that the business has not answered."""

REFUSED = ("ExpiredToken", "InvalidToken")
REASONS = ("mention", "reply", "quote")
SERVER = "com.atproto.server"
DEPTH = 6


class BlueskySpider(TalkSpider):
    """Reads what is said to the account of the credential, or what `settings["query"]` finds."""

    name = "bluesky"
    default_base = "https://bsky.social"
    max_checks: ClassVar[int] = 4 * AT_ONCE

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.query = unquote_plus(str(look.target.settings.get("query", "")))
        self.host = self.base
        self.asked: set[str] = set()

    async def ready(self) -> bool:
        session = await self._session(fresh=False)
        if session is None:
            return False
        self.host = session["host"]
        return self.belongs(session["did"], session["handle"])

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        session = await self._session(fresh=fresh)
        return None if session is None else {"Authorization": f"Bearer {session['access']}"}

    def refuses(self, response: Response) -> bool:
        """An ended session is a 400 here."""
        return super().refuses(response) or (response.status == 400 and bluesky.error_code(response.body) in REFUSED)

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
            listing = None if response is None else bluesky.listing(response.body, "posts")
            if listing is None or (listing.errors and not listing.said):
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
            said = bluesky.thread(response.body)
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
        return f"{self.host}/xrpc/{method}?{urlencode(asked)}"

    async def _session(self, *, fresh: bool) -> Session | None:
        """The kept session, refreshed if it was refused; a new one if there is no other way."""
        kept = self.look.sessions.get(self.session_key)
        if kept and not fresh:
            return kept
        if kept:
            response = await self._call(kept["host"], f"{SERVER}.refreshSession", token=kept["refresh"])
            if response is None or not self.refuses(response):
                return self._keep(response, kept["host"])
        identifier, _, password = self.look.target.secret.lstrip("@").rpartition(":")
        response = await self._call(
            self.base, f"{SERVER}.createSession", {"identifier": identifier, "password": password}
        )
        return self._keep(response, self.base)

    async def _call(self, host: str, method: str, given: Any = None, *, token: str = "") -> Response | None:
        headers = {"Authorization": f"Bearer {token}"} if token else {"Content-Type": "application/json"}
        body = json.dumps(given).encode() if given else b""
        return await self.answer(f"{host}/xrpc/{method}", headers, method="POST", body=body)

    def _keep(self, response: Response | None, host: str) -> Session | None:
        if response is None or response.status != 200:
            self.trouble_with(response)
            return None
        given = bluesky.session(response.body, host)
        if given is None:
            self.look.trouble(f"{site_of(response)} {STATUS[401]}")
            return None
        self.look.sessions.put(self.session_key, given)
        return given
