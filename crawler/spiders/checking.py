"""How spiders make sure that a post is gone: by asking for it by itself, never because a list omits it.

Asked for are posts that have gone from among others on the first page of a list, and once a day, in turn, those that
wait for an answer and were not listed. What cannot be answered now is owed to the next look.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import BESIDE, Cursor, Look
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.spiders.source import SourceSpider

GONE = {404, 410}

CHECKED = "checked"
"""Where the cursor keeps the number of the post that was asked for last, if they are too many for one look."""

OWED, DOUBTED = "owed", "doubted"
"""Where it keeps, by id with their handles, posts that the next look has to ask for, and those that were not found
without any proof that this means something: these are asked for again once a day."""


@dataclass(slots=True)
class Again:
    """What became of posts that were asked for by themselves.

    `posts` are posts as they are now, or with the platform's mark that they are deleted. `there` are the ids of those
    that were found, `missing` of those that the platform does not know, `unclear` of those that nobody can tell now.
    """

    posts: list[Post] = field(default_factory=list)
    there: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)


class CheckingSpider(SourceSpider):
    """Asks for posts at their own addresses, where a kind has such addresses.

    "Not found" is believed only if a post that lives is found when it is asked for in the same way: addresses in markup
    are not always meant to be visited, an interface may have moved, and a login may have ended. Where a source
    `follows_front`, what goes from the first page is asked for in the next look, and not only once a day.
    """

    follows_front: ClassVar[bool] = False
    max_checks: ClassVar[int] = 10
    """So many posts of each sort are asked for by themselves in one look."""

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.living: dict[str, Watched] = {}
        self.totals: list[int | None] = []

    def item_url(self, post: Watched) -> str:
        """Where the platform says about this very post whether it is still public; empty if nowhere."""
        return ""

    def handle(self, post: Post) -> str:
        """What `item_url` needs as the address of a post beside its id."""
        return ""

    async def item(self, url: str) -> Response | None:
        """The answer of a post's own address."""
        return await self.answer(url, redirect=False)

    def is_gone(self, response: Response) -> bool:
        """Whether the answer of a post's own address says that it is not public any more."""
        return response.status in GONE

    def is_there(self, response: Response) -> bool:
        """Whether the answer of a post's own address says that it is public, if it is not gone."""
        return response.status == 200

    async def item_posts(self, response: Response) -> list[Post]:
        """The post that its own address shows, where it shows it like a list does."""
        return []

    async def again(self, posts: Sequence[Watched]) -> Again:
        """Ask for these posts by themselves, one after another."""
        found = Again()
        for post in posts:
            response = await self.item_quietly(self.item_url(post))
            if response is None or response.status == 429 or response.status >= 500:
                found.unclear.append(post.external_id)
            elif self.is_gone(response):
                found.missing.append(post.external_id)
            elif self.is_there(response):
                found.there.append(post.external_id)
                found.posts += await self.item_posts(response)
        return found

    def watch_front(self, part: Part, read: PageRead) -> Cursor:
        """What to keep of a first page so that the next look sees what has gone from it; that is owed a question."""
        alive = [post for post in read.posts if not post.deleted]
        here = [post for post in alive if post.external_id not in read.own]
        self.living |= {post.external_id: Watched(0, post.external_id, self.handle(post) or post.url) for post in alive}
        self.living |= {identity: Watched(0, identity, "") for identity in read.passed}
        self.totals.append(read.published_total)
        if not self.follows_front:
            return {}
        front = {post.external_id: self.handle(post) for post in here}
        shown = {post.external_id for post in read.posts}
        gone = vanished(part.before.get("front", {}), front, whole=not read.next_url)
        self.owe({identity: handle for identity, handle in gone.items() if identity not in shown})
        return {"front": front}

    def owe(self, posts: dict[str, str], key: str = OWED) -> None:
        """Ask for these posts, given by id with their handles, in this look or as soon as possible."""
        self._set(key, self.look.beside.get(key, {}) | posts)

    def settle(self, *identities: str) -> None:
        """Nothing more has to be asked about these posts."""
        for key in (OWED, DOUBTED):
            kept = self.look.beside.get(key, {})
            self._set(key, {other: handle for other, handle in kept.items() if other not in identities})

    def waiting(self) -> list[Watched]:
        """Posts to be asked for although nothing happened: once a day those that wait and were not listed, in turn."""
        if self.look.partial:
            return []
        unlisted = [post for post in self.look.target.watched if post.external_id not in self.look.listed]
        return self._in_turn([post for post in unlisted if self.item_url(post)])

    async def check(self) -> None:
        """Ask for posts that may be gone or changed, and hand over what became of them."""
        self.settle(*(post.external_id for post in self._owed() if not self.item_url(post)))
        owed = {post.external_id: post for post in self._owed()}
        now = [post for identity, post in owed.items() if identity not in self.look.listed][: self.max_checks]
        chosen = list({post.external_id: post for post in [*now, *self.waiting()]}.values())
        self.settle(*(post.external_id for post in chosen))
        found = await self.again(chosen) if chosen else Again()
        gone = found.missing if found.missing and await self._is_proven(found) else []
        for key, left in ((OWED, found.unclear), (DOUBTED, set(found.missing) - set(gone))):
            self.owe({identity: owed[identity].url for identity in left if identity in owed}, key)
        posts = [*found.posts, *(Post(identity, deleted=True) for identity in gone)]
        if posts:
            kept = {key: value for key, value in self.look.cursor.items() if key != BESIDE}
            await self.look.store(self.look.target.address, PageRead(posts), self.look.beside_with(kept))
        else:
            await self.look.keep_beside()

    def _owed(self) -> list[Watched]:
        """Posts that are owed a question; in a full look also those whose end was doubted."""
        doubted = {} if self.look.partial else self.look.beside.get(DOUBTED, {})
        owed = self.look.beside.get(OWED, {}) | doubted
        return [Watched(0, identity, handle) for identity, handle in owed.items()]

    async def _is_proven(self, found: Again) -> bool:
        """Whether "not found" means something: a post that lives was found in the same way.

        Where the platform itself counts none any more, there is no witness. If the witness cannot be asked now, what
        was missing is unclear.
        """
        alive = [post for post in self.witnesses() if post.external_id not in found.missing and self.item_url(post)]
        witness = found if found.there else await self.again(alive[:1]) if alive else Again()
        found.posts += witness.posts if witness is not found else []
        if witness.unclear:
            found.unclear += found.missing
            found.missing = []
        return bool(witness.there) or (bool(self.totals) and all(total == 0 for total in self.totals))

    def witnesses(self) -> Sequence[Watched]:
        """Posts that are found if the platform hands out any, the surest first: those that it listed in this look."""
        return list(self.living.values())

    def _in_turn(self, waiting: Sequence[Watched]) -> list[Watched]:
        """The posts to ask for in this look; where the turn stands is remembered if they are too many."""
        checked = self.look.beside.get(CHECKED, 0)
        if len(waiting) <= self.max_checks:
            self._set(CHECKED, 0)
            return list(waiting)
        turn = sorted(waiting, key=lambda post: (post.number <= checked, post.number))[: self.max_checks]
        self._set(CHECKED, turn[-1].number)
        return turn

    def _set(self, key: str, value: Any) -> None:
        others = {name: kept for name, kept in self.look.beside.items() if name != key}
        self.look.beside = others | ({key: value} if value else {})

    async def item_quietly(self, url: str) -> Response | None:
        """The answer of a post's own address; that none came is no trouble of the source."""
        troubles = self.look.told()
        response = await self.item(url)
        self.look.forget(troubles)
        return response


def vanished(before: dict[str, str], now: Collection[str], *, whole: bool) -> dict[str, str]:
    """Posts of an earlier first page that should still stand on this one and do not: those above one that does.

    A `whole` page is all there is.
    """
    order = list(before)
    deepest = max((order.index(identity) for identity in now if identity in before), default=-1)
    ends = len(order) if whole or (deepest >= 0 and list(now)[-1] not in before) else max(deepest, 0)
    return {identity: before[identity] for identity in order[:ends] if identity not in now}
