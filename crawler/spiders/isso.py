"""Spider for the comments under one page that are kept by an Isso server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote, urlencode, urlsplit

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import isso
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts
from crawler.spiders.checking import Again
from crawler.spiders.threads import MAX_ABOVE, ThreadSpider

REPLIES = 50


class IssoSpider(ThreadSpider):
    """The whole thread in one request. Its authors are known by a hash; `settings["own_ids"]` holds ours.

    Names prove nothing here: anybody may write under any.
    """

    name = "isso"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.own = Accounts.of(look.target.settings.get("own_ids", ()))
        parts = urlsplit(look.target.address)
        self.base = self.base or f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}"
        # the thread as the server has it, or as it was asked for in the address, where it is encoded once more
        asked = unquote(str(look.target.settings.get("asked", "/")))
        self.thread = str(look.target.settings.get("uri", asked))
        self.numbers: dict[str, str] = {}

    def first_url(self) -> str:
        return self._url(nested_limit=REPLIES)

    def read(self, response: Response) -> PageRead:
        return isso.read(response.body, self.look.target.address, self.own)

    async def complete(self, read: PageRead) -> PageRead:
        """With the replies that stand behind "show more"."""
        for number, identity in list(read.hidden.items())[:MAX_ABOVE] if isinstance(read, isso.Tree) else ():
            response = await self.fetch(self._url(parent=number))
            if response is not None:
                below = await self.read_aside(
                    response, isso.read, response.body, self.look.target.address, self.own, above=identity
                )
                known = {post.external_id for post in read.posts}
                read.posts += [post for post in below.posts if post.external_id not in known]
                read.own |= below.own
                self.look.report.errors.extend(below.errors)
                self.met(read)
        return await super().complete(read)

    def met(self, read: PageRead) -> None:
        super().met(read)
        self.numbers |= {isso.number_of(post.external_id): post.external_id for post in read.posts}

    def item_url(self, post: Watched) -> str:
        return f"{self.base}/id/{isso.number_of(post.external_id)}"

    def is_there(self, response: Response) -> bool:
        """The server keeps a comment from strangers (403) as long as it exists, and knows nothing of it afterwards."""
        return response.status == 403

    async def again(self, posts: Sequence[Watched]) -> Again:
        """The number of a comment that is gone may have been given to another one."""
        given = [post for post in posts if self._holder(post) not in ("", post.external_id)]
        found = await super().again([post for post in posts if post not in given])
        found.posts += [Post(post.external_id, deleted=True) for post in given]
        return found

    def _holder(self, post: Watched) -> str:
        return self.numbers.get(isso.number_of(post.external_id), "")

    def _url(self, **query: int) -> str:
        return f"{self.base}/?{urlencode({'uri': self.thread, 'plain': 1, **query}, safe='/')}"
