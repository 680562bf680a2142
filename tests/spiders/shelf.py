"""An intake in memory, with the counting rules of the real one: what is known and unchanged writes nothing."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from crawler.items import Page, Post, Received, Target


class Shelf:
    """Keeps posts by id and the source's cursor. Set `error` to make storing fail."""

    def __init__(self) -> None:
        self.posts: dict[str, Post] = {}
        self.cursor: dict[str, Any] = {}
        self.pages: list[Page] = []
        self.error: Exception | None = None

    def receive(self, page: Page) -> Received:
        if self.error is not None:
            raise self.error
        self.pages.append(page)
        received = Received(seen=len(page.posts))
        numbers = {external_id: number for number, external_id in enumerate(self.posts, 1)}
        for post in page.posts:
            before = received.rows_written
            self._take(post, received)
            received.standing.append(numbers.get(post.external_id, 0) if received.rows_written == before else 0)
        received.rows_written += page.cursor != self.cursor
        self.cursor = page.cursor
        return received

    def _take(self, post: Post, received: Received) -> None:
        known = self.posts.get(post.external_id)
        if known is not None and post.answers_unknown:
            post = replace(post, owner_replies=known.owner_replies, answers_unknown=known.answers_unknown)
        if post.deleted and known is not None and known.deleted:
            return
        if post.deleted:
            received.deleted += 1
        elif known is None:
            received.new += 1
        elif asdict(known) != asdict(post):
            received.changed += 1
        else:
            return
        received.rows_written += 1
        self.posts[post.external_id] = post

    def target(self, target: Target, **changes: Any) -> Target:
        """The target as the store would hand it out for the next look."""
        return replace(target, **({"cursor": self.cursor, "newest": len(self.posts)} | changes))
