"""Spider that looks at an address once and lists, best first, the ways in which it could be watched.

A page that marks up reviews is read as such even on a WordPress site. Comments that are marked up come after the
interface of the program that keeps them, which names them better, and before feeds.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response, TextResponse

from crawler.barred import INSTEAD
from crawler.items import Line, Post
from crawler.kind import Claim
from crawler.kinds import traced
from crawler.look import Look
from crawler.pages import feed, schema_org
from crawler.pages.paging import link_targets
from crawler.pages.places import Place
from crawler.pages.values import join
from crawler.spiders.source import SourceSpider, header
from crawler.spiders.wordpress import api_root

REST_COMMENTS = re.compile(r"^(.*?[/=])wp/v2/comments\b")
JSON_ALTERNATE = re.compile(r'rel="?alternate"?.{0,200}application/json')
SINGLE_POST = re.compile(r"/wp/v2/(?:posts|pages)/(\d+)$")
MAX_FEEDS = 3
CLOSED = (401, 403)
"""Statuses of a place that is shown to some people only."""


@dataclass(slots=True)
class Found:
    """How to watch `address`: put `kind`, `address` and `settings` into the source. `notes` explain the choice.

    `problem` says why it cannot be watched like that, empty if it can; `choices` are places that can. `lines` say part
    by part what was read there and what was left. `wants_credential` is set if one is missing.
    """

    kind: str
    address: str
    settings: dict[str, Any] = field(default_factory=dict)
    sample: list[Post] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problem: str = ""
    lines: list[Line] = field(default_factory=list)
    wants_credential: bool = False
    choices: list[Place] = field(default_factory=list)

    @classmethod
    def of(cls, claim: Claim) -> Found:
        """A claim, still without a sample."""
        return cls(claim.kind, claim.address, dict(claim.settings), notes=list(claim.notes))


class ScoutSpider(SourceSpider):
    """Fills `candidates`, and `unread` with what of the page could not be read."""

    name = "scout"

    def __init__(self, look: Look, candidates: list[Found], unread: list[str], **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.candidates, self.unread = candidates, unread

    async def read_source(self) -> None:
        response = await self.fetch(self.look.target.address)
        if response is None:
            if self.status in CLOSED:
                self.look.note(INSTEAD)
            return
        rest = REST_COMMENTS.match(response.url)
        if rest:
            self.candidates.append(await self._wordpress(response, rest.group(1)))
        elif feed.is_feed(response.body):
            self.candidates.append(_feed(response))
        elif isinstance(response, TextResponse):
            await self._page(response)

    async def _page(self, response: TextResponse) -> None:
        read = schema_org.read(response.body, response.url, content_type=header(response, "Content-Type"))
        self.unread.extend(read.errors)
        if not read.posts:
            self.look.report.lines.extend(read.report)
        marked_up = [Found("schema_org", self.look.target.address)] if read.posts else []
        if read.unsafe:
            return
        root = api_root(response)
        interfaces = [await self._wordpress(response, root)] if root else []
        claims = (kind.find(response.text, response.url) for kind in traced())
        interfaces += [Found.of(claim) for claim in claims if claim]
        if not (read.posts or interfaces) and await self.meets_wall(response, self.look.target.address):
            self.look.note(INSTEAD)
        rated = any(post.rating is not None for post in read.posts)
        self.candidates.extend(marked_up + interfaces if rated else interfaces + marked_up)
        self.candidates.extend(Found("feed", url) for url in _feeds(response))

    async def _wordpress(self, response: Response, root: str) -> Found:
        found = Found("wordpress", self.look.target.address, {"api": root})
        single = [
            SINGLE_POST.search(urlsplit(url).path) for url in link_targets(header(response, "Link"), JSON_ALTERNATE)
        ]
        if urlsplit(response.url).path.strip("/") and single and single[0]:
            found.settings["post"] = int(single[0].group(1))
            found.notes.append("Only the comments under this one post are watched; give the site's address for all.")
        await self._own_people(found, root)
        return found

    async def _own_people(self, found: Found, root: str) -> None:
        """The people who publish on the site are the business; WordPress names them publicly."""
        mark = "&" if "?" in root else "?"
        response = await self.answer(f"{root.rstrip('/')}/wp/v2/users{mark}per_page=100&_fields=id,name")
        people = _people(response) if response is not None and response.status == 200 else {}
        if people:
            found.settings["own_ids"] = list(people)
            found.notes.append(f"Comments by {', '.join(people.values())} count as answers of the business.")


def _people(response: Response) -> dict[int, str]:
    try:
        listed = json.loads(response.body)
    except (ValueError, RecursionError):
        return {}
    people = [person for person in listed if isinstance(person, dict)] if isinstance(listed, list) else []
    return {person["id"]: str(person.get("name")) for person in people if isinstance(person.get("id"), int)}


def _feed(response: Response) -> Found:
    read = feed.read(response.body, response.url, content_type=header(response, "Content-Type"))
    return Found("feed", response.url, notes=read.errors)


def _feeds(response: TextResponse) -> Iterator[str]:
    """Feeds that the page offers, those of comments first."""
    links = response.xpath("//link[@rel='alternate'][@href]")
    kinds = ("application/rss+xml", "application/atom+xml", "application/feed+json")
    found = [
        (join(response.url, link.attrib["href"]), link.attrib.get("title", ""))
        for link in links
        if link.attrib.get("type", "").lower() in kinds
    ]
    found.sort(key=lambda pair: not re.search(r"comment|kommentar", pair[0] + pair[1], re.IGNORECASE))
    yield from dict(found[:MAX_FEEDS])
