"""What spiders for conversations share: our answers stand among the posts and belong under what they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar

from crawler.items import Post
from crawler.look import Look, digest
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts, hang
from crawler.spiders.api import ApiSpider

EVER = datetime.min.replace(tzinfo=UTC)

MAX_ABOVE = 20
"""So many older posts are fetched for the answers on one page."""


class ThreadSpider(ApiSpider):
    """Reads conversations. Without a credential it is a visitor like any other and obeys robots.txt.

    `own` are the business's accounts. A page hands over customers' posts with those of our answers that this look has
    met, on whatever page of whatever list; older posts that an answer belongs to come with it.
    """

    follows_front: ClassVar[bool] = True

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.contract = bool(look.target.secret)
        self.own = Accounts.of(look.target.settings.get("own_ids", ()), look.target.own_names)
        self.answers: dict[str, Post] = {}
        self.seen: dict[str, Post] = {}
        self.covered: datetime | None = None
        self.leads_on = False

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        """Older posts that answers of the business belong to, by the id that the answers name."""
        return {}

    def digest_of(self, read: PageRead) -> str:
        """Also another one when another account counts as the business's."""
        return digest(super().digest_of(read), sorted(read.own))

    def met(self, read: PageRead) -> None:
        """Also note since when all answers were seen: answers stand on pages with posts that answer others.

        A page of posts that leads to further ones does not show all answers.
        """
        self.leads_on |= bool(read.posts and read.lists)
        if self.from_front and any(post.parent_external_id for post in read.posts):
            times = [time for time in (self.covered, *(post.created_at for post in read.posts)) if time is not None]
            self.covered = min(times, default=None) if read.next_url else EVER
        self.answers |= {post.external_id: post for post in read.posts if post.external_id in read.own}
        self.seen |= {post.external_id: post for post in customers(read)}

    async def complete(self, read: PageRead) -> PageRead:
        """The customers' posts of the page, with answers, behind older ones that answers on the page belong to."""
        here = {post.external_id for post in read.posts}
        elsewhere = [answer for identity, answer in self.answers.items() if identity not in here]
        hung = hang([*read.posts, *elsewhere], {*self.answers})
        missing = dict.fromkeys(wanted for answer, wanted in hung.missing.items() if answer in read.own)
        self.seen |= await self.above([wanted for wanted in missing if wanted not in self.seen][:MAX_ABOVE])
        older = {wanted: self.seen[wanted] for wanted in missing if wanted in self.seen}
        for post in hung.posts:
            post.answers_unknown = not (post.owner_replies or self._is_covered(post))
        read.posts = [*self._answered(older), *hung.posts]
        return read

    def _is_covered(self, post: Post) -> bool:
        """Whether answers to this post, which are younger, would have been seen."""
        if not self.from_front or self.leads_on or self.covered is None:
            return self.from_front and not self.leads_on
        return self.covered == EVER or (post.created_at is not None and post.created_at >= self.covered)

    def _answered(self, older: Mapping[str, Post]) -> list[Post]:
        """The older posts, by the id that answers name, with these answers."""
        for answer in self.answers.values():
            if answer.parent_external_id in older:
                answer.parent_external_id = older[answer.parent_external_id].external_id
        copies = [replace(post, owner_replies=[], answers_unknown=False) for post in older.values()]
        hung = hang([*copies, *self.answers.values()], {*self.answers})
        return [post for post in hung.posts if post.owner_replies]


def customers(read: PageRead | None) -> list[Post]:
    """The posts of a page that somebody else than the business wrote and that are still there."""
    return [post for post in read.posts if not post.deleted and post.external_id not in read.own] if read else []


def single(read: PageRead) -> list[Post]:
    """A post that was asked for by itself: it does not show who answered it."""
    for post in read.posts:
        post.answers_unknown = True
    return [post for post in read.posts if post.external_id not in read.own]
