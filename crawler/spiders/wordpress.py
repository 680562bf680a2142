"""Spider for the comments of a WordPress site, through its REST API.

The API knows no conditional requests, and neither its `after=` filter nor the comments feed shows an edit. So every
look reads the newest hundred comments, one request, and compares. A comment that has gone from the middle of that
window is asked for by itself; only the site's own word that it is not public any more makes it deleted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urljoin

from scrapy.http import Response, TextResponse

from crawler.items import Post
from crawler.look import Cursor, Look, digest
from crawler.pages import wordpress
from crawler.pages.paging import link_targets
from crawler.pages.result import PageRead
from crawler.pages.values import count
from crawler.spiders.source import SourceSpider, header

PER_PAGE = 100
MAX_CHECKS = 20
API_RELATION = re.compile(r'rel="?https://api\.w\.org/')
GONE = {(404, "rest_comment_invalid_id"), (401, "rest_cannot_read"), (403, "rest_cannot_read"), (410, "")}


@dataclass(slots=True)
class Listing:
    """One page of the list of comments; `more` tells whether another one follows."""

    url: str
    comments: list[wordpress.Comment]
    total: int | None
    more: bool


class WordPressSpider(SourceSpider):
    """Reads all comments of a site, or those of one post if `settings["post"]` names it."""

    name = "wordpress"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.own = wordpress.Own.of(look.target.settings.get("own_ids", ()), look.target.own_names)
        self.root = str(look.target.settings.get("api", ""))

    async def read_source(self) -> None:
        """The newest hundred comments; older ones as long as they bring news."""
        self.root = self.root or await self._discover()
        first = await self._list(1) if self.root else None
        if first is None:
            return
        shown = [comment.post for comment in first.comments]
        self.look.front(PageRead(shown, published_total=first.total), elastic=first.more)
        window = [comment.id for comment in first.comments if not self.own.wrote(comment)]
        cursor: Cursor = {"digest": digest(first.comments, first.total), "ids": window}
        vanished = self._vanished(window, first.more)
        if vanished or not self.look.is_unchanged(cursor):
            await self._follow(first, cursor, vanished)

    async def _follow(self, listing: Listing, cursor: Cursor, vanished: list[int]) -> None:
        read = await self._read(listing)
        for page in range(2, self.look.target.max_pages + 1):
            if not listing.more:
                break
            if not self.look.hand_over(listing.url, read, None):
                read = PageRead()
                break
            following = await self._list(page)
            if following is None:
                return
            listing, read = following, await self._read(following)
        if self.look.failure:
            return
        read.posts.extend(await self._gone(vanished))
        cursor["ids"] += vanished[MAX_CHECKS:]
        self.look.hand_over(listing.url, read, cursor)

    async def _list(self, page: int) -> Listing | None:
        response = await self.fetch(self._url(page=page))
        comments = self._comments(response)
        if response is None or comments is None:
            return None
        pages = count(header(response, "X-WP-TotalPages")) or 0
        return Listing(response.url, comments, count(header(response, "X-WP-Total")), page < pages)

    async def _read(self, listing: Listing) -> PageRead:
        arranged = wordpress.arrange(listing.comments, self.own)
        if arranged.missing:
            arranged.posts.extend(await self._parents(listing.comments, arranged.missing))
        return PageRead(arranged.posts, published_total=listing.total)

    async def _parents(self, comments: Sequence[wordpress.Comment], missing: list[str]) -> list[Post]:
        """Older comments that an answer on this page belongs to, with that answer."""
        wanted = ",".join(sorted(set(missing)))
        older = self._comments(await self.fetch(self._url(include=wanted))) or []
        own = [comment for comment in comments if self.own.wrote(comment)]
        return [post for post in wordpress.arrange([*older, *own], self.own).posts if post.owner_replies]

    def _comments(self, response: Response | None) -> list[wordpress.Comment] | None:
        if response is None:
            return None
        try:
            return wordpress.comments(response.body)
        except wordpress.NotComments as error:
            if not self.meets_wall(response, response.request.url if response.request else response.url):
                self.look.trouble(f"{response.url}: {error}")
            return None

    def _vanished(self, window: list[int], more: bool) -> list[int]:
        """Comments of the last look that should still be in the window but are not."""
        oldest = min(window, default=0) if more else 0
        return [known for known in self.look.before.get("ids", []) if known > oldest and known not in window]

    async def _gone(self, vanished: list[int]) -> list[Post]:
        """Posts that the site itself says are not public any more."""
        gone: list[Post] = []
        for known in vanished[:MAX_CHECKS]:
            response = await self.answer(self._url(f"/{known}"))
            if response is not None and (response.status, _code(response)) in GONE:
                gone.append(Post(str(known), deleted=True))
        return gone

    def _url(self, tail: str = "", **query: Any) -> str:
        post = self.look.target.settings.get("post")
        if "page" in query:
            query |= {"per_page": PER_PAGE, "orderby": "date_gmt", "order": "desc"} | ({"post": post} if post else {})
        encoded = urlencode(query | {"_fields": wordpress.FIELDS}, safe=",")
        return f"{self.root.rstrip('/')}/wp/v2/comments{tail}{'&' if '?' in self.root else '?'}{encoded}"

    async def _discover(self) -> str:
        response = await self.fetch(self.look.target.address)
        root = api_root(response) if response else ""
        if response and not root:
            self.look.trouble(f"{response.url} does not show that it is a WordPress site with an open REST API.")
        return root


def api_root(response: Response) -> str:
    """The address of a WordPress site's REST API as the site names it, empty if it names none."""
    declared = list(link_targets(header(response, "Link"), API_RELATION))
    if not declared and isinstance(response, TextResponse):
        declared = response.xpath("//link[@rel='https://api.w.org/']/@href").getall()
    return urljoin(response.url, declared[0]) if declared else ""


def _code(response: Response) -> str:
    try:
        return str(json.loads(response.body).get("code", ""))
    except (ValueError, AttributeError):
        return ""
