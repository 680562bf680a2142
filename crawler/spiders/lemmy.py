"""Spider for a community or a single post on a Lemmy instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scrapy.http import Response

from crawler.explain import explain_status
from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import lemmy
from crawler.pages.result import PageRead
from crawler.spiders.api import site_of
from crawler.spiders.threads import ThreadSpider, customers, single

PER_PAGE = 50
V3, V4 = "v3", "v4"
VERSION = "version"
NOT_FOUND = {"couldnt_find_comment", "couldnt_find_post", "couldnt_find_object", "not_found"}


class LemmySpider(ThreadSpider):
    """`settings["community"]` or `settings["post"]` says what is read.

    Which version of the interface the instance has is found out once. Our accounts are those whose handles
    (`name@instance`) stand in `own_names` or whose federation addresses stand in `settings["own_ids"]`.
    """

    name = "lemmy"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        address = urlsplit(look.target.address)
        self.base = self.base or f"{address.scheme}://{address.netloc}"
        self.version = str(look.beside.get(VERSION, ""))

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        secret = self.look.target.secret
        return {"Authorization": f"Bearer {secret}"} if secret else {}

    async def lists(self) -> Sequence[Sequence[str]]:
        self.version = self.version or await self._find_version()
        if not self.version:
            return []
        self.look.beside = self.look.beside | {VERSION: self.version}
        post = self.look.target.settings.get("post")
        if post:
            return [[self._list("comment", post_id=post), self._url("post", id=post)]]
        community = str(self.look.target.settings.get("community", ""))
        return [[self._list(kind, community_name=community) for kind in ("comment", "post")]]

    async def _find_version(self) -> str:
        """The newest version the instance answers in; empty after telling why it cannot be known."""
        response = await self.answer(f"{self.base}/api/{V4}/site", await self.login(fresh=False))
        if response is not None and response.status not in (200, 404):
            self.look.trouble(self.explain(response))
        return {200: V4, 404: V3}.get(response.status, "") if response is not None else ""

    def read(self, response: Response) -> PageRead:
        read = lemmy.read(response.body, self.base, self.own)
        read.next_url = self._next(response.url, len(read.posts), read.next_url)
        return read

    def explain(self, response: Response) -> str:
        """Lemmy says "too often" with a 400 of its own."""
        if lemmy.error_code(response.body) == "rate_limit_error":
            return explain_status(site_of(response), response.replace(status=429))
        return super().explain(response)

    def handle(self, post: Post) -> str:
        """The post's address on the instance, which has the number the instance knows it by."""
        return post.url

    def item_url(self, post: Watched) -> str:
        kind, _, number = urlsplit(post.url).path.strip("/").partition("/")
        return self._url(kind, id=number) if kind in ("post", "comment") and number.isdigit() else ""

    def is_gone(self, response: Response) -> bool:
        return response.status in (400, 404, 410) and lemmy.error_code(response.body) in NOT_FOUND

    async def item_posts(self, response: Response) -> list[Post]:
        return single(await self.read_aside(response, self.read, response))

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        found: dict[str, Post] = {}
        for address in wanted:
            url = self.item_url(Watched(0, address, address))
            response = await self.item(url) if url else None
            read = await self.read_found(response)
            found.update((address, post) for post in customers(read))
        return found

    def _list(self, kind: str, **query: Any) -> str:
        sort = "new" if self.version == V4 else "New"
        whole = {} if self.version == V4 else {"type_": "All"}
        return self._url(f"{kind}/list", **query, sort=sort, **whole, limit=PER_PAGE)

    def _url(self, path: str, **query: Any) -> str:
        return f"{self.base}/api/{self.version}/{path}?{urlencode(query, safe='@')}"

    def _next(self, url: str, shown: int, cursor: str) -> str:
        """Where a list goes on: at the cursor it names, else, in version 3, at the page of the next number."""
        parts = urlsplit(url)
        if not parts.path.endswith("/list") or not (cursor or (self.version == V3 and shown >= PER_PAGE)):
            return ""
        query = dict(parse_qsl(parts.query))
        query |= {"page_cursor": cursor} if cursor else {"page": str(int(query.get("page", 1)) + 1)}
        return f"{self.base}{parts.path}?{urlencode(query, safe='@')}"
