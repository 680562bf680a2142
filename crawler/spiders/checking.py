"""How spiders make sure that a post is gone: by its own address, never because a list omits it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Cursor
from crawler.spiders.source import SourceSpider

MAX_CHECKS = 10
"""So many posts are asked for at their own addresses in one look."""

GONE = {404, 410}

CHECKED = "checked"
"""Where the cursor keeps the number of the post that was asked for last, if they are too many for one look."""


class CheckingSpider(SourceSpider):
    """Asks for posts at their own addresses, where a kind has such addresses.

    "Not found" is believed only if the address of a post that the list shows at this moment is found: addresses in
    markup are not always meant to be visited, and an interface may have moved. A `certain` platform says with a word
    of its own that a post is gone and needs no such witness.
    """

    certain: ClassVar[bool] = False

    def item_url(self, post: Watched) -> str:
        """Where the platform says about this very post whether it is still public; empty if nowhere."""
        return ""

    async def item(self, url: str) -> Response | None:
        """The answer of a post's own address."""
        return await self.answer(url, redirect=False)

    def is_gone(self, response: Response) -> bool:
        """Whether the answer of a post's own address says that it is not public any more."""
        return response.status in GONE

    async def find_deleted(self, cursor: Cursor) -> list[Post]:
        """Posts whose own addresses say that they are gone. What to remember for the next time goes into `cursor`.

        Once a day those are asked that wait for an answer and that the look did not list, the longest unchecked first.
        """
        if self.look.partial:
            return []
        chosen = _next_to_check(self._unlisted(), cursor)
        gone = [Post(watched.external_id, deleted=True) for watched in chosen if await self._says_gone(watched)]
        return gone if gone and (self.certain or await self._addresses_are_real()) else []

    def _unlisted(self) -> list[Watched]:
        """Posts that wait for an answer, were not listed in this look, and have an address of their own."""
        watched = (post for post in self.look.target.watched if post.external_id not in self.look.listed)
        return [post for post in watched if self.item_url(post)]

    async def _says_gone(self, post: Watched) -> bool:
        response = await self._item_quietly(self.item_url(post))
        return response is not None and self.is_gone(response)

    async def _addresses_are_real(self) -> bool:
        listed = (Watched(0, external_id, url) for external_id, url in self.look.listed.items())
        witness = next(filter(None, map(self.item_url, listed)), "")
        response = await self._item_quietly(witness) if witness else None
        return response is not None and response.status == 200 and not self.is_gone(response)

    async def _item_quietly(self, url: str) -> Response | None:
        """The answer of a post's own address; that none came is no trouble of the source."""
        troubles = self.look.told()
        response = await self.item(url)
        self.look.forget(troubles)
        return response


def _next_to_check(waiting: Sequence[Watched], cursor: Cursor) -> list[Watched]:
    """The posts to ask for in this look, in turn; the cursor keeps where the turn stands if they are too many."""
    checked = cursor.pop(CHECKED, 0)
    if len(waiting) <= MAX_CHECKS:
        return list(waiting)
    turn = sorted(waiting, key=lambda post: (post.number <= checked, post.number))
    cursor[CHECKED] = turn[MAX_CHECKS - 1].number
    return turn[:MAX_CHECKS]
