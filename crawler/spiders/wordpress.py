"""Spider for the comments of a WordPress site, through its REST API.

The API knows no conditional requests, and neither its `after=` filter nor the comments feed shows an edit. So every
look reads the newest hundred comments, one request, and compares.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

from scrapy.http import Response, TextResponse

from crawler.items import Watched
from crawler.look import Look, digest
from crawler.pages import wordpress
from crawler.pages.paging import link_targets
from crawler.pages.result import PageRead
from crawler.pages.values import count
from crawler.spiders.paged import PagedSpider
from crawler.spiders.source import header

PER_PAGE = 100
API_RELATION = re.compile(r'rel="?https://api\.w\.org/')
GONE = {(404, "rest_comment_invalid_id"), (401, "rest_cannot_read"), (403, "rest_cannot_read"), (410, "")}


@dataclass(slots=True)
class Listing(PageRead):
    """One page of the list of comments; `missing` are older ones that an answer on this page belongs to."""

    comments: list[wordpress.Comment] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class WordPressSpider(PagedSpider):
    """Reads all comments of a site, or those of one post if `settings["post"]` names it."""

    name = "wordpress"
    follows_front = True

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.own = wordpress.Own.of(look.target.settings.get("own_ids", ()), look.target.own_names)
        self.root = str(look.target.settings.get("api", ""))

    async def read_source(self) -> None:
        """Find the interface where the source does not name it, then read the list."""
        self.root = self.root or await self._discover()
        if self.root:
            await super().read_source()

    def first_url(self) -> str:
        return self._page(1)

    def read(self, response: Response) -> PageRead:
        try:
            comments = wordpress.comments(response.body)
        except wordpress.NotComments as error:
            return Listing(errors=[f"{response.url}: {error}"])
        arranged = wordpress.arrange(comments, self.own)
        pages, number = count(header(response, "X-WP-TotalPages")) or 0, _page_number(response.url)
        return Listing(
            posts=arranged.posts,
            published_total=count(header(response, "X-WP-Total")),
            next_url=self._page(number + 1) if number < pages else "",
            passed=[str(comment.id) for comment in comments if self.own.wrote(comment)],
            comments=comments,
            missing=list(arranged.missing.values()),
        )

    async def complete(self, read: PageRead) -> PageRead:
        """Older comments that an answer on this page belongs to, with that answer.

        Answers are younger than what they answer: where what stands above was not read, nobody knows of them.
        """
        for post in read.posts:
            post.answers_unknown = not (post.owner_replies or self.from_front)
        if not isinstance(read, Listing) or not read.missing:
            return read
        wanted = ",".join(sorted(set(read.missing)))
        response = await self.fetch(self._url(include=wanted))
        older = await self.read_aside(response, self.read, response) if response else Listing()
        assert isinstance(older, Listing)
        self.look.report.errors.extend(older.errors)
        own = [comment for comment in read.comments if self.own.wrote(comment)]
        arranged = wordpress.arrange([*older.comments, *own], self.own)
        read.posts[:0] = [post for post in arranged.posts if post.owner_replies]
        return read

    def digest_of(self, read: PageRead) -> str:
        return digest(read.comments if isinstance(read, Listing) else [], read.published_total)

    def item_url(self, post: Watched) -> str:
        return self._url(f"/{post.external_id}")

    def is_gone(self, response: Response) -> bool:
        return (response.status, _code(response)) in GONE

    def _page(self, number: int) -> str:
        post = self.look.target.settings.get("post")
        query: dict[str, Any] = {"page": number, "per_page": PER_PAGE, "orderby": "date_gmt", "order": "desc"}
        return self._url(**query | ({"post": post} if post else {}))

    def _url(self, tail: str = "", **query: Any) -> str:
        encoded = urlencode(query | {"_fields": wordpress.FIELDS}, safe=",")
        return f"{self.root.rstrip('/')}/wp/v2/comments{tail}{'&' if '?' in self.root else '?'}{encoded}"

    async def _discover(self) -> str:
        response = await self.fetch(self.look.target.address)
        root = await self.read_aside(response, api_root, response) if response else ""
        if response and not root:
            self.look.trouble(f"{response.url} does not show that it is a WordPress site with an open REST API.")
        return root


def api_root(response: Response) -> str:
    """The address of a WordPress site's REST API as the site names it, empty if it names none."""
    declared = list(link_targets(header(response, "Link"), API_RELATION))
    if not declared and isinstance(response, TextResponse):
        declared = response.xpath("//link[@rel='https://api.w.org/']/@href").getall()
    return urljoin(response.url, declared[0]) if declared else ""


def _page_number(url: str) -> int:
    return int(parse_qs(urlsplit(url).query).get("page", ["1"])[0])


def _code(response: Response) -> str:
    try:
        return str(json.loads(response.body).get("code", ""))
    except (ValueError, AttributeError):
        return ""
