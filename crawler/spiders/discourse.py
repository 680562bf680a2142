"""Spider for a Discourse forum: one topic, the topics of a category or tag, or all newest posts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scrapy.http import Response

from crawler.items import Post
from crawler.pages import discourse
from crawler.pages.answer import NotAsExpected
from crawler.pages.result import PageRead
from crawler.spiders.threads import ThreadSpider, Window, customers

END = 1_000_000
"""Asked for a post of a number that no topic reaches, the forum shows the newest ones."""

TOPICS = 20
"""So many topics of a category are read in one look; the others wait for the next."""


class DiscourseSpider(ThreadSpider):
    """`settings["topic"]` is a topic's number, `settings["list"]` the path of a category or tag; neither: everything.

    Our accounts are those whose user names stand in `own_names` (`@staff` for all administrators and moderators) or
    whose ids stand in `settings["own_ids"]`.
    """

    name = "discourse"

    def first_url(self) -> str:
        topic = self.look.target.settings.get("topic")
        return self._topic(str(topic)) if topic else f"{self.base}/posts.json"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        user, _, key = self.look.target.secret.rpartition(":")
        return {"Api-Key": key, "Api-Username": user or "system"} if key else {}

    async def lists(self) -> Sequence[str]:
        place = self.look.target.settings.get("list")
        if not place:
            return [self.first_url()]
        response = await self.fetch(f"{self.base}/{place}/l/latest.json")
        return await self._changed(response) if response else []

    async def _changed(self, response: Response) -> list[str]:
        """The topics of a list in which something happened since the last look."""
        try:
            topics = await self.read_aside(response, discourse.topics, response.body)
        except NotAsExpected as error:
            self.look.trouble(str(error))
            return []
        before = self.look.before.get("topics", {}) if self.look.partial else {}
        changed = [topic for topic, mark in topics.items() if before.get(topic) != mark]
        late = changed[TOPICS:]
        self.remembered["topics"] = {
            topic: before.get(topic, "") if topic in late else mark for topic, mark in topics.items()
        }
        return [self._topic(topic) for topic in changed[:TOPICS]]

    def _kept_windows(self) -> dict[str, Window]:
        before: dict[str, Window] = self.look.before.get("windows", {})
        topics = {self._topic(topic) for topic in self.remembered.get("topics", ())}
        return {url: window for url, window in before.items() if url in topics}

    def read(self, response: Response) -> PageRead:
        return discourse.read(response.body, self.base, self.own)

    async def above(self, wanted: Sequence[str]) -> Mapping[str, Post]:
        found: dict[str, Post] = {}
        for place in wanted:
            response = await self._one(f"by_number/{place}")
            if response is not None and response.status == 200:
                read = await self.read_aside(response, self.read, response)
                found.update((place, post) for post in customers(read))
        return found

    async def gone(self, handles: Mapping[str, str]) -> list[str]:
        return [identity for identity in handles if await self._is_gone(identity)]

    async def _is_gone(self, identity: str) -> bool:
        response = await self._one(identity)
        if response is None:
            return False
        return response.status in (404, 410) or (response.status == 200 and discourse.is_withdrawn(response.body))

    async def _one(self, post: str) -> Response | None:
        return await self.answer(f"{self.base}/posts/{post}.json", await self.login(fresh=False))

    def _topic(self, topic: str) -> str:
        return f"{self.base}/t/{topic}/{END}.json"
