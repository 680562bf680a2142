"""One look at one source: hands pages to intake in order, keeps the cursor honest, fills the report.

The cursor that allows a conditional request is stored with the last page of a look only. Until then it carries
`unfinished`, so that a look broken off half-way is taken up in full instead of being mistaken for complete.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from crawler.items import CrawlReport, Page, Received, Target
from crawler.pages.result import PageRead
from crawler.sessions import InMemory, Sessions

Receive = Callable[[Page], Received]
Cursor = dict[str, Any]


class Look:
    """The state of one pass over `target`; `report` is its outcome. `failure` is what intake raised, if it did.

    `sessions` keeps logins between looks. `learned` are settings that the look found out by itself, such as the ids
    of the business's own account; they are kept when a source is added. `wants_credential` is set where a platform
    shows more to somebody with a credential, and none was given.
    """

    def __init__(
        self,
        target: Target,
        receive: Receive,
        on_progress: Callable[[str], None] | None = None,
        sessions: Sessions | None = None,
    ) -> None:
        self.target = target
        self.sessions: Sessions = sessions or InMemory()
        self.report = CrawlReport(target.name, target.kind)
        self.failure: Exception | None = None
        self.learned: dict[str, Any] = {}
        self.wants_credential = False
        self.before: Cursor = target.cursor
        self.partial = target.conditional and not target.cursor.get("unfinished")
        self._receive = receive
        self._on_progress = on_progress
        self._seen: set[str] = set()

    def fetched(self, url: str) -> None:
        """A page has arrived (a heartbeat for whoever watches)."""
        self.report.pages += 1
        if self._on_progress:
            self._on_progress(f"{self.target.name}: {url}")

    def trouble(self, sentence: str) -> None:
        """Something keeps this source from being read as it should be."""
        self.report.errors.append(sentence)
        self.report.health = "degraded"

    def is_unchanged(self, cursor: Cursor) -> bool:
        """Whether the first page holds the same posts as at the last complete look."""
        return self.partial and cursor.get("digest") == self.before.get("digest")

    def hand_over(self, url: str, read: PageRead, cursor: Cursor | None) -> bool:
        """Give one page to intake; `cursor` None means that more pages follow. Returns whether it brought news.

        What intake raises is kept in `failure` and ends the look; nothing of this page or its cursor is stored.
        """
        page = Page(
            source_id=self.target.source_id,
            url=url,
            fetched_at=datetime.now(UTC),
            posts=read.posts,
            cursor=self._unfinished() if cursor is None else cursor,
            errors=read.errors,
            published_total=read.published_total,
        )
        try:
            received = self._receive(page)
        except Exception as error:  # noqa: BLE001 - kept and raised again by the caller of the look
            self.failure = error
            self.trouble(f"The posts of {url} could not be stored: {error}")
            return False
        self._count(received)
        fresh = {post.external_id for post in read.posts} - self._seen
        self._seen |= fresh
        return received.new > 0 if self.partial else bool(fresh)

    def _unfinished(self) -> Cursor:
        return {**self.before, "unfinished": True} if self.partial or not self.before else self.before

    def _count(self, received: Received) -> None:
        for name in ("seen", "new", "changed", "deleted", "rows_written"):
            setattr(self.report, name, getattr(self.report, name) + getattr(received, name))


def digest(*content: object) -> str:
    """A hash of what a page says that matters to us, indifferent to the rest of its markup."""
    return sha256(repr(content).encode()).hexdigest()
