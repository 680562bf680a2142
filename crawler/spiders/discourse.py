"""Spider for a Discourse forum: one topic, the topics of a category or tag, or all newest posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.pages import discourse
from crawler.pages.result import PageRead
from crawler.spiders.threads import ThreadSpider, customers, single

END = 1_000_000
"""Asked for a post of a number that no topic reaches, the forum shows the newest ones."""


class DiscourseSpider(ThreadSpider):
    """`settings["topic"]` is a topic's number, `settings["list"]` the path of a category or tag; neither: everything.

    Our accounts are those whose user names stand in `own_names` (`@staff` for all administrators and moderators) or
    whose ids stand in `settings["own_ids"]`.
    """

    name = "discourse"

    def first_url(self) -> str:
        topic, place = (self.look.target.settings.get(key) for key in ("topic", "list"))
        if topic:
            return self._topic(str(topic))
        return f"{self.base}/{place}/l/latest.json" if place else f"{self.base}/posts.json"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        user, _, key = self.look.target.secret.rpartition(":")
        return {"Api-Key": key, "Api-Username": user or "system"} if key else {}

    def read(self, response: Response) -> PageRead:
        """A list of topics or of posts; a stretch of a topic is shown oldest first."""
        if self._is_list(response.url):
            return discourse.topics(response.body, response.url, self._topic)
        read = discourse.read(response.body, self.base, self.own)
        if "/t/" in urlsplit(response.url).path:
            read.posts.reverse()
        return read

    def item_url(self, post: Watched) -> str:
        return f"{self.base}/posts/{post.external_id}.json"

    async def item_posts(self, response: Response) -> list[Post]:
        """The first post of a topic has a title that is not shown here."""
        posts = single(await self.read_aside(response, self.read, response))
        return [post for post in posts if post.deleted or post.parent_external_id]

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        found: dict[str, Post] = {}
        for place in (one for one in wanted if "/" in one):  # another one is the id of a post that is hidden
            response = await self.item(f"{self.base}/t/{place}.json")  # asked for alone, a post shows no title
            read = await self.read_found(response)
            found.update((place, post) for post in customers(read) if post.url.endswith(f"/{place}"))
        return found

    def _is_list(self, url: str) -> bool:
        return url.partition("?")[0].endswith("/l/latest.json")

    def _topic(self, topic: str) -> str:
        return f"{self.base}/t/{topic}/{END}.json"
