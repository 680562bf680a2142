"""What spiders for conversations share: several lists of the newest posts, our answers among them, posts that vanish.

Such platforms sort by when something was written, so an edit or a deletion moves nothing to the front. Every look
reads the newest page of each list and compares. A post that has gone from the middle of that window is asked for by
itself; only the platform's own word makes it deleted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from scrapy.http import Response

from crawler.items import Post
from crawler.look import Cursor, Look, digest
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts, hang
from crawler.spiders.api import MORE, ApiSpider

MAX_CHECKS = 20
"""So many posts are asked for by themselves in one look."""

Window = dict[str, list[Any]]
"""By id: when it was written (seconds since 1970) and its handle."""


@dataclass(slots=True)
class Round:
    """One page of each list, read together. `windows` and `edges` belong to the lists by their first address."""

    url: str = ""
    read: PageRead = field(default_factory=PageRead)
    following: list[str] = field(default_factory=list)
    windows: dict[str, Window] = field(default_factory=dict)
    edges: dict[str, int] = field(default_factory=dict)


class ThreadSpider(ApiSpider):
    """Reads conversations. Without a credential it is a visitor like any other and obeys robots.txt.

    `remembered` is what a subclass wants to find again in `look.before`.
    """

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.contract = bool(look.target.secret)
        self.own = Accounts.of(look.target.settings.get("own_ids", ()), look.target.own_names)
        self.remembered: Cursor = {}
        self.visited: set[str] = set()

    async def lists(self) -> Sequence[str]:
        """Where the lists begin; nothing when there is nothing to read."""
        return [self.first_url()]

    async def completed(self, read: PageRead) -> PageRead:
        """The page with what the platform left out of it, if a second request can bring it."""
        return read

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        """Older posts that answers of the business belong to, by the id that the answers name."""
        return {}

    async def gone(self, handles: Mapping[str, str]) -> list[str]:
        """Which of these posts, given by id with their handles, the platform itself says are not public any more."""
        return []

    def handle(self, post: Post) -> str:
        """What `gone` needs beside the id to ask for a post."""
        return ""

    async def read_source(self) -> None:
        """The newest page of each list; older ones as long as they bring news."""
        urls = await self.lists()
        first = await self._round(urls) if urls else None
        if first is None:
            return
        self.look.front(first.read, elastic=self.passing or bool(first.following))
        cursor = self._cursor(first)
        vanished = self._vanished(first)
        if not vanished and self.look.is_unchanged(cursor):
            return
        handles = {identity: entry[1] for _, identity, entry in vanished[:MAX_CHECKS]}
        first.read.posts.extend(Post(identity, deleted=True) for identity in await self.gone(handles))
        for key, identity, entry in vanished[MAX_CHECKS:]:
            cursor["windows"][key][identity] = entry
        if not await self._is_lost(first.read):
            await self._go_back(first, cursor)

    async def _go_back(self, current: Round, cursor: Cursor) -> None:
        read, cut = await self._hung(current.read), False
        for number in range(1, self.look.target.max_pages + 1):
            following = [url for url in current.following if url not in self.visited]
            cut = bool(following) and number == self.look.target.max_pages
            if not following or cut:
                break
            if not await self.look.hand_over(current.url, read, None):
                read = PageRead()
                break
            older = await self._round(following)
            if older is None:
                return
            current, read = older, await self._hung(older.read)
        if self.look.failure:
            return
        if await self.look.hand_over(current.url, read, cursor) and cut and self.look.partial and self.look.before:
            self.look.trouble(MORE)

    async def _round(self, urls: Sequence[str]) -> Round | None:
        found = Round()
        for url in urls:
            self.visited.add(url)
            response = await self.fetch(url)
            if response is None:
                return None
            read = await self.completed(await self._read(response))
            if read.errors and not read.posts:
                self.look.report.health = "degraded"
                return None
            self._add(found, url, response, read)
        if len(urls) > 1:
            found.read.published_total = None  # nobody says how many there are in all lists together
        return found

    def _add(self, found: Round, url: str, response: Response, read: PageRead) -> None:
        found.url = found.url or response.url
        found.read.posts += read.posts
        found.read.errors += read.errors
        found.read.own |= read.own
        found.read.published_total = read.published_total
        found.windows[url] = {post.external_id: [_seconds(post), self.handle(post)] for post in customers(read)}
        if read.next_url:
            found.following.append(read.next_url)
            found.edges[url] = min(map(_seconds, read.posts), default=0)

    async def _hung(self, read: PageRead) -> PageRead:
        hung = hang(read.posts, read.own)
        if hung.missing:
            older = await self.above(sorted(set(hung.missing))[:MAX_CHECKS])
            hung.posts.extend(_answered(older, [post for post in read.posts if post.external_id in read.own]))
        return PageRead(hung.posts, read.errors, read.published_total)

    def _cursor(self, first: Round) -> Cursor:
        windows = {url: first.windows.get(url, window) for url, window in self._kept_windows().items()}
        content = digest(self.remembered, first.read.posts, sorted(first.read.own), first.read.published_total)
        return {
            **self.remembered, "digest": content, "count": len(first.read.posts), "windows": windows | first.windows,
        }  # fmt: skip

    def _kept_windows(self) -> dict[str, Window]:
        """Windows of the last look whose lists still matter."""
        return {}

    def _vanished(self, first: Round) -> list[tuple[str, str, list[Any]]]:
        """Posts of the last look (list, id, entry) that should still stand in the window of their list but do not."""
        before: dict[str, Window] = self.look.before.get("windows", {})
        shown = {post.external_id for post in first.read.posts}
        return [
            (url, identity, entry)
            for url in first.windows
            for identity, entry in before.get(url, {}).items()
            if identity not in shown and entry[0] > first.edges.get(url, -1)
        ]


def customers(read: PageRead | None) -> list[Post]:
    """The posts of a page that somebody else than the business wrote and that are still there."""
    return [post for post in read.posts if not post.deleted and post.external_id not in read.own] if read else []


def _answered(older: Mapping[str, Post], answers: Iterable[Post]) -> list[Post]:
    """The older posts with the answers that name them."""
    placed = [answer for answer in answers if answer.parent_external_id in older]
    for answer in placed:
        answer.parent_external_id = older[answer.parent_external_id].external_id
    hung = hang([*older.values(), *placed], {answer.external_id for answer in placed})
    return [post for post in hung.posts if post.owner_replies]


def _seconds(post: Post) -> int:
    return int(post.created_at.timestamp()) if post.created_at else 0
