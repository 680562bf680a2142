"""What spiders for social networks share: our answers stand in threads that have to be asked for, one by one.

A list says how many replies a post has, but not whose. A thread is read where that number is another one than when it
was read last, and in a full look, as far as a look may. A post whose thread was not read is handed over with the mark
that nobody knows who answered it; what is missing is owed to the next look.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look, digest
from crawler.pages.answer import NotAsExpected
from crawler.pages.result import PageRead
from crawler.pages.talk import Listing, Said, answers
from crawler.spiders.api import ApiSpider, site_of

MAX_THREADS = 30
"""So many threads are read in one look; the next look goes on with the others."""

KEEP = 300
"""So many numbers of replies and private messages are remembered, the newest."""

THREADS, TOLD = "threads", "private"
"""Where the cursor keeps by id how many replies a post had when its thread was read, and which private messages were
told of."""

PRIVATE = "Private messages to the account were left out, for they are no public posts ({number}). Answer them there."


class Gone(Exception):
    """The platform says that the post itself is not there any more."""


@dataclass(slots=True)
class Heard(PageRead):
    """A page of what customers `said`; `private` are the ids of messages to single people."""

    said: list[Said] = field(default_factory=list)
    private: list[str] = field(default_factory=list)


class TalkSpider(ApiSpider):
    """Reads what is said to an account or about something. `own` is the id of the business's account, if it has one.

    Entries of such lists come and go by themselves, when the account's owner clears them or the search changes.
    """

    passing: ClassVar[bool] = True
    follows_front: ClassVar[bool] = True

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.own = ""
        self.threads_left = MAX_THREADS

    async def ready(self) -> bool:
        """Find out whose account it is and whether the list may be read; the look is told why not."""
        raise NotImplementedError

    def listing(self, response: Response) -> Listing:
        """What a page of the list says."""
        raise NotImplementedError

    def older(self, url: str, place: str) -> str:
        """The address of the page that follows the one at `url`, which says that the list goes on at `place`."""
        raise NotImplementedError

    async def thread(self, post_id: str) -> list[Said] | None:
        """What stands below a post; None after telling the look. Raises `Gone`."""
        raise NotImplementedError

    async def lists(self) -> Sequence[Sequence[str]]:
        return [[self.first_url()]] if await self.ready() else []

    def read(self, response: Response) -> PageRead:
        listing = self.listing(response)
        said = listing.posts(self.own)
        private = [one.post.external_id for one in listing.said if one.private and one.post.author_id != self.own]
        customers = {one.post.external_id for one in said}
        return Heard(
            [one.post for one in said],
            listing.errors,
            next_url=self.older(response.url, listing.older) if listing.older else "",
            mark=digest([(one.version, one.replies) for one in said], private),
            passed=[identity for identity in listing.ids if identity not in customers],
            said=said,
            private=private,
        )

    async def complete(self, read: PageRead) -> PageRead:
        """The posts with the answers of the business, as far as they can be known now."""
        assert isinstance(read, Heard)
        read.posts = await self.with_answers(read.said)
        self._tell_of(read.private)
        return read

    async def with_answers(self, said: Iterable[Said]) -> list[Post]:
        """Posts of customers to be handed over."""
        return [await self._with_answers(one) for one in said]

    def witnesses(self) -> Sequence[Watched]:
        """Also posts that left the list by themselves: their threads were read, the latest first."""
        read = reversed(self.look.beside.get(THREADS, {}))
        return [*super().witnesses(), *(Watched(0, identity, "") for identity in read)]

    def belongs(self, own: str, *names: str) -> bool:
        """Take `own` as the business's account; False after telling the look that the address names another one."""
        settings = self.look.target.settings
        wanted = str(settings.get("account", "")).casefold()
        if wanted and own not in settings.get("own_ids", ()) and wanted not in (own, *map(str.casefold, names)):
            self.look.trouble(
                f"The credential of this source belongs to {names[0]}, not to {wanted}. Nothing was read."
            )
            return False
        self.own = own
        self.look.learned["own_ids"] = [own]
        return True

    def may_ask(self) -> bool:
        """Whether one more thread may be read in this look; counts it."""
        allowed = self.threads_left > 0
        self.threads_left -= allowed
        return allowed

    def trouble_with(self, response: Response | None) -> None:
        """Tell the look about an answer that is of no use; no more threads are asked of a platform in trouble."""
        if response is None or response.status == 429 or response.status >= 500:
            self.threads_left = 0
        if response is not None:
            self.look.trouble(self.explain(response))

    def misread(self, response: Response, error: NotAsExpected) -> None:
        """Tell the look about an answer that is something else."""
        self.look.trouble(f"{site_of(response)}: {error}")

    async def _with_answers(self, said: Said) -> Post:
        post, identity = said.post, said.post.external_id
        before = self.look.beside.get(THREADS, {}).get(identity, 0)
        if not self.own or said.replies == before == 0:
            return post
        is_news = said.replies is not None and said.replies != before
        thread = await self._thread(identity) if is_news or not self.look.partial else None
        post.answers_unknown = thread is None
        if thread is not None:
            post.owner_replies = answers(identity, thread, self.own)
            self.settle(identity)
            self._remember(identity, said.replies or 0)
        elif is_news:
            self.owe({identity: self.handle(post)})
        return post

    def _remember(self, post_id: str, replies: int) -> None:
        """Remember how many replies a post had when its thread was read; none is what nobody has to remember."""
        others = {other: kept for other, kept in self.look.beside.get(THREADS, {}).items() if other != post_id}
        noted = others | ({post_id: replies} if replies else {})
        self.look.beside = self.look.beside | {THREADS: {key: noted[key] for key in list(noted)[-KEEP:]}}

    async def _thread(self, post_id: str) -> list[Said] | None:
        """A thread, if one more may be read; None for a post that has just gone, which is asked for by itself then."""
        try:
            return await self.thread(post_id) if self.may_ask() else None
        except Gone:
            return None

    def _tell_of(self, private: Sequence[str]) -> None:
        told = self.look.beside.get(TOLD, [])
        fresh = [identity for identity in private if identity not in told]
        if fresh:
            self.look.report.errors.append(PRIVATE.format(number=len(fresh)))
            self.look.beside = self.look.beside | {TOLD: [*told, *fresh][-KEEP:]}
