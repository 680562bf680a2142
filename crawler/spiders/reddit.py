"""Spider for a subreddit, a thread, a search or the mentions of an account on Reddit.

With the credential of an app it asks the interface, and for each comment that a long thread names without showing it;
without one there are only the feeds, as far as Reddit's robots.txt leaves them open.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from urllib.parse import quote_plus, unquote_plus

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import reddit
from crawler.pages.result import PageRead
from crawler.spiders.checking import Again
from crawler.spiders.source import header
from crawler.spiders.threads import ThreadSpider, customers, single

PARTS = ("client_id", "client_secret", "refresh_token")
MOST_OF_THREAD = 500
"""So many comments of a thread are shown at once; it names the others."""

NO_JSON = "The credential of this source is not the JSON it should be, with {parts}. Write it anew."
ONLY_ITSELF = "Reddit shows mentions to the account alone that was mentioned. Give the credential of its app."


class RedditSpider(ThreadSpider):
    """`settings` name what is read: `sub`, `query` (in `sub` or everywhere), `post`, or `mentions`.

    Our accounts are the user names in `own_names` and the ids (`t2_…`) in `settings["own_ids"]`.
    """

    name = "reddit"
    default_base: ClassVar[str] = "https://oauth.reddit.com"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.site = str(look.target.settings.get("api", reddit.SITE)).rstrip("/")

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        if not self.look.target.secret:
            return {}
        parts = _parts(self.look.target.secret)
        if parts is None:
            self.look.trouble(NO_JSON.format(parts=", ".join(PARTS)))
            return None
        app = base64.b64encode(f"{parts['client_id']}:{parts['client_secret']}".encode()).decode()
        form = {"grant_type": "refresh_token", "refresh_token": parts["refresh_token"]}
        headers = {"Authorization": f"Basic {app}"}
        token = await self.token(f"{self.site}/api/v1/access_token", form, headers, fresh=fresh)
        return None if token is None else {"Authorization": f"bearer {token}"}

    async def lists(self) -> Sequence[Sequence[str]]:
        settings = self.look.target.settings
        sub, query, post = (unquote_plus(str(settings.get(key, ""))) for key in ("sub", "query", "post"))
        folder = f"/r/{sub}" if sub else ""
        if settings.get("mentions"):
            return self._mentions()
        if post:
            return [[self._url(f"/comments/{post}", most=MOST_OF_THREAD, sort="new")]]
        if query:
            where = f"{folder}/search"
            here = self._url(where, q=query, sort="new", restrict_sr="1")
            return [[here if sub else self._url(where, q=query, sort="new")]]
        return [[self._url(f"{folder}/comments"), self._url(f"{folder}/new")]]

    def _mentions(self) -> Sequence[Sequence[str]]:
        if not self.look.target.secret:
            self.look.trouble(ONLY_ITSELF)
            return []
        return [[self._url("/message/mentions")]]

    def read(self, response: Response) -> PageRead:
        if self.look.target.secret:
            return reddit.read(response.body, response.url, self.own)
        return reddit.feed(response.body, response.url, self.own, content_type=header(response, "Content-Type"))

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        return {post.external_id: post for post in customers(await self._by_id(wanted))}

    def item_url(self, post: Watched) -> str:
        """The feeds cannot be asked for single posts."""
        return self._info([post.external_id]) if self.look.target.secret else ""

    async def again(self, posts: Sequence[Watched]) -> Again:
        """All in one request. What is gone is still shown, with a mark; what is not shown, nobody can tell."""
        ids = [post.external_id for post in posts]
        read = await self._by_id(ids)
        if read is None:
            return Again(unclear=ids)
        shown = single(read)
        return Again(shown, there=[post.external_id for post in shown])

    async def _by_id(self, ids: Sequence[str]) -> PageRead | None:
        """These posts and comments as they are now; None if nobody can tell."""
        response = await self.item_quietly(self._info(ids)) if ids and self.look.target.secret else None
        return await self.read_found(response)

    def _info(self, ids: Sequence[str]) -> str:
        return f"{self.base}/api/info?id={','.join(ids)}&raw_json=1"

    def _url(self, path: str, *, most: int = 100, **query: str) -> str:
        pairs = [f"{key}={quote_plus(value)}" for key, value in query.items()]
        if self.look.target.secret:
            return f"{self.base}{path}?{'&'.join([*pairs, f'limit={most}', 'raw_json=1'])}"
        end = ".rss" if "q" in query else "/.rss"
        return f"{self.site}{path}{end}?{'&'.join([*pairs, 'limit=100'])}"


def _parts(secret: str) -> dict[str, str] | None:
    try:
        parts = json.loads(secret)
    except (ValueError, RecursionError):
        return None
    return {key: str(parts[key]) for key in PARTS} if isinstance(parts, dict) and set(PARTS) <= set(parts) else None
