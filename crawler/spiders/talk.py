"""What spiders for social networks share: the newest page again and again, threads, deletions, what was missed.

Every look reads the newest page and compares it with what it remembers: new posts, edits and another number of replies
show there. Only then is a thread read, for the answers of the business. A known post is never handed over while replies
to it were not looked at, because that would say that the answer of the business has gone.
"""

from __future__ import annotations

from typing import Any, ClassVar

from scrapy.http import Response

from crawler.items import Post
from crawler.look import Look
from crawler.pages.answer import NotAsExpected
from crawler.pages.result import PageRead
from crawler.pages.talk import Again, Listing, Said, answers
from crawler.spiders.api import MORE, ApiSpider, site_of
from crawler.spiders.memory import Memory

MAX_THREADS = 30
"""So many threads are read in one look; the next look goes on with the others."""

PRIVATE = "Private messages to the account were left out, for they are no public posts ({number}). Answer them there."


class Gone(Exception):
    """The platform says that the post itself is not there any more."""


class TalkSpider(ApiSpider):
    """Reads what is said to an account or about something. `own` is the id of the business's account, if it has one.

    Subclasses say where the lists are and how their answers are read.
    """

    max_asked: ClassVar[int] = 20
    """So many posts are asked for again in one look."""

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.memory = Memory(look.before)
        self.own = ""
        self.threads_left = MAX_THREADS
        self.stored = look.before

    async def ready(self) -> bool:
        """Find out whose account it is and whether the list may be read; the look is told why not."""
        raise NotImplementedError

    async def page(self, **where: str) -> Listing | None:
        """A page of the list, the newest if nothing says which; None after telling the look."""
        raise NotImplementedError

    async def before(self, listing: Listing) -> Listing | None:
        """The page with the next older posts; None after telling the look."""
        raise NotImplementedError

    async def thread(self, post_id: str) -> list[Said] | None:
        """What stands below a post; None after telling the look. Raises `Gone`."""
        raise NotImplementedError

    async def again(self, post_ids: list[str]) -> Again:
        """These posts as they are now."""
        raise NotImplementedError

    def due(self, listing: Listing) -> list[str]:
        """Known posts to be asked for again, because the newest page does not show what became of them."""
        raise NotImplementedError

    async def read_source(self) -> None:
        """What was missed, oldest first, then the newest page, then what it does not show."""
        newest = await self.page() if await self.ready() else None
        if newest is None:
            return
        if self.memory.misses(newest) and not await self.between(newest):
            return
        await self.take(newest, self.due(newest))

    async def between(self, newest: Listing) -> bool:
        """Take the pages between what is known and the newest one; False if something was in the way."""
        pages: list[Listing] = []
        listing = newest
        while listing.older and len(pages) < self.look.target.max_pages - 1:
            following = await self.before(listing)
            if following is None:
                return False
            pages.append(listing := following)
            if not self.memory.misses(listing):
                break
        else:
            if listing.older and self.look.before:
                self.look.trouble(MORE)
        for page in reversed(pages):
            if not await self.take(page):
                return False
        return True

    async def take(self, listing: Listing, due: list[str] | None = None) -> bool:
        """Hand over what is new on a page and about the posts that are `due`; False if it could not be stored."""
        said = {one.post.external_id: one for one in listing.posts(self.own) if self._is_wanted(one)}
        due = list(dict.fromkeys([*(due or []), *(key for key, one in said.items() if one.replies is None)]))
        found = await self.again(due[: self.max_asked])
        said = {key: one for key, one in said.items() if key not in found.gone}
        said |= {one.post.external_id: one for one in found.there}
        completed = [await self._complete(one) for one in said.values() if self._is_wanted(one)]
        posts = [post for post in completed if post is not None] + [self._gone(post_id) for post_id in found.gone]
        errors = [*listing.errors, *self._told_of_private(listing)]
        unasked = [*found.unasked, *due[self.max_asked :]]
        self.memory.turn_to(listing, [post_id for post_id in unasked if post_id in self.memory.window])
        return await self._store(PageRead(posts, errors))

    def accepted(self, listing: Listing) -> Listing | None:
        """The page, unless nothing of it could be read."""
        if not listing.errors or listing.said:
            return listing
        self.look.trouble(listing.errors[0])
        return None

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

    def _is_wanted(self, said: Said) -> bool:
        return not self.look.partial or self.memory.is_news(said)

    async def _complete(self, said: Said) -> Post | None:
        """The post with the answers of the business under it; None for a known one whose replies were not looked at."""
        post, is_known = said.post, said.post.external_id in self.memory.known
        if not self.own or said.replies == 0:
            self.memory.note(said, replies=said.replies, answered=False)
            return post
        try:
            thread = await self._thread(said)
        except Gone:
            return self._gone(post.external_id)
        if thread is None and is_known:
            return None
        post.owner_replies = answers(post.external_id, thread or [], self.own)
        self.memory.note(said, replies=None if thread is None else said.replies, answered=bool(post.owner_replies))
        return post

    async def _thread(self, said: Said) -> list[Said] | None:
        if said.replies is None or not self.may_ask():
            return None
        return await self.thread(said.post.external_id)

    def _gone(self, post_id: str) -> Post:
        self.memory.known.pop(post_id, None)
        return Post(post_id, deleted=True)

    def _told_of_private(self, listing: Listing) -> list[str]:
        seen, private = self.memory.window, [one.post for one in listing.said if one.private]
        fresh = [post for post in private if post.external_id not in seen and post.author_id != self.own]
        return [PRIVATE.format(number=len(fresh))] if fresh else []

    async def _store(self, read: PageRead) -> bool:
        self.look.report.errors.extend(read.errors)
        cursor = self.memory.cursor()
        if read.posts or cursor != self.stored:
            await self.look.hand_over(self.look.target.address, read, cursor)
            self.stored = cursor
        return self.look.failure is None
