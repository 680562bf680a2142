"""One look at one source: hands pages to intake in order, keeps the cursor honest, fills the report.

Every page carries the cursor that is right if the look ends with it. Lists of pages say in it what part of the list has
still to be read (see `crawler.rest`). Kinds that read in another way store their cursor with the last page of a look
only; until then it carries `unfinished`, so that a look broken off half-way is taken up in full.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from math import inf
from typing import TYPE_CHECKING, Any

from crawler.bounds import bound
from crawler.hosts import Hosts
from crawler.items import CrawlReport, Page, Received, Target
from crawler.pages.result import PageRead
from crawler.sessions import InMemory, Sessions

if TYPE_CHECKING:
    from scrapy.robotstxt import RobotParser
    from twisted.web.client import HTTPConnectionPool

    from crawler.patience import Patience
    from crawler.robots import Robots

Receive = Callable[[Page], Received]
Cursor = dict[str, Any]


class Look:
    """The state of one pass over `target`; `report` is its outcome. `failure` is what intake raised, if it did.

    `before` is the cursor at its beginning, `cursor` the one stored by now, `listed` the addresses of the posts handed
    over, by id. `sessions` keeps logins between looks, `hosts` the manners toward hosts. `robots` is what is remembered
    of their robots.txt, `rules` those that this look goes by; `patience` and `connections` serve its requests alone,
    and whoever runs the look gives them. `seconds` is how long the look may take until it is broken off. `on_work`
    hears whenever an answer has come that is worked on next; `asked` tells whether any request was sent. `learned` are
    settings that the look found out by itself, such as the ids of the business's own account; they are kept when a
    source is added. `wants_credential` is set where a platform shows more to somebody with a credential, and none was
    given.
    """

    robots: Robots
    patience: Patience
    connections: HTTPConnectionPool

    def __init__(
        self,
        target: Target,
        receive: Receive,
        on_progress: Callable[[str], None] | None = None,
        sessions: Sessions | None = None,
        seconds: float = inf,
    ) -> None:
        self.target = target
        self.sessions: Sessions = sessions or InMemory()
        self.report = CrawlReport(target.name, target.kind)
        self.failure: Exception | None = None
        self.learned: dict[str, Any] = {}
        self.wants_credential = False
        self.before: Cursor = target.cursor
        self.cursor: Cursor = target.cursor
        self.partial = target.conditional and not target.cursor.get("unfinished")
        self.hosts = Hosts()
        self.rules: dict[str, RobotParser | None] = {}
        self.on_work: Callable[[], None] = lambda: None
        self.asked = False
        self.listed: dict[str, str] = {}
        self._receive = receive
        self._on_progress = on_progress
        self._half = time.monotonic() + seconds / 2

    @property
    def has_time(self) -> bool:
        """Whether less than half of the time is gone: then one more page can be asked for without haste."""
        return time.monotonic() < self._half

    def fetched(self, url: str) -> None:
        """A page has arrived (a heartbeat for whoever watches)."""
        self.report.pages += 1
        self.worked()
        if self._on_progress:
            self._on_progress(f"{self.target.name}: {url}")

    def worked(self) -> None:
        """An answer of any kind has arrived; whatever comes next is the work of this look."""
        self.on_work()

    def postpone(self, until: datetime) -> None:
        """A host of this source wants to be left alone until then."""
        self.report.not_before = max(until, self.report.not_before or until)

    def trouble(self, sentence: str) -> None:
        """Something keeps this source from being read as it should be."""
        self.report.errors.append(sentence)
        self.report.health = "degraded"

    def note(self, sentence: str) -> None:
        """Something that is no trouble, but worth knowing."""
        self.report.notes.append(sentence)

    def front(self, read: PageRead, *, comparable: bool = False, elastic: bool = False) -> None:
        """Remember for the judgement of the source what its first page shows (see `crawler.items.Saw`)."""
        saw = self.report.saw
        saw.listed, saw.unread = len(read.posts), max(read.unread, len(read.errors))
        saw.wordless = sum(not (post.text or post.title) for post in read.posts)
        saw.elastic = elastic
        saw.total, saw.comparable = read.published_total, comparable

    def walled(self, word: str, sentence: str) -> None:
        """Something else stands where the posts should be; what was found wrong with it does not matter."""
        self.report.errors.clear()
        self.report.saw.wall = word
        self.trouble(sentence)

    def told(self) -> tuple[list[str], str]:
        """The troubles so far, to be given to `forget` when something was tried that need not succeed."""
        return list(self.report.errors), self.report.health

    def forget(self, told: tuple[list[str], str]) -> None:
        """Take back every trouble that came after `told`."""
        self.report.errors, self.report.health = told

    def is_unchanged(self, cursor: Cursor) -> bool:
        """Whether nothing needs to be read: the first page holds the same posts as at the last complete look."""
        return self.partial and self.is_same(cursor)

    def is_same(self, cursor: Cursor) -> bool:
        """Whether the first page holds the same posts as before, whatever kind of look this is."""
        return bool(cursor.get("digest") == self.before.get("digest"))

    def hand_over(self, url: str, read: PageRead, cursor: Cursor | None) -> bool:
        """Give one page to intake; `cursor` None means that more pages follow. Returns whether it brought news."""
        fresh = any(post.external_id not in self.listed for post in read.posts)
        received = self.store(url, read, self._unfinished() if cursor is None else cursor)
        return received is not None and (received.new > 0 if self.partial else fresh)

    def store(self, url: str, read: PageRead, cursor: Cursor) -> Received | None:
        """Give one page to intake, with the cursor to store in the same transaction; returns what that did.

        What intake raises is kept in `failure` and ends the look: then None, and nothing of this page is stored.
        """
        bound(read.posts)
        page = Page(
            source_id=self.target.source_id,
            url=url,
            fetched_at=datetime.now(UTC),
            posts=read.posts,
            cursor=cursor,
            errors=read.errors,
            published_total=read.published_total,
        )
        try:
            received = self._receive(page)
        except Exception as error:  # noqa: BLE001 - kept and raised again by the caller of the look
            self.failure = error
            self.trouble(f"The posts of {url} could not be stored: {error}")
            return None
        self.cursor = cursor
        self.listed |= {post.external_id: post.url for post in read.posts}
        self._count(received)
        self.report.saw.times.extend(post.created_at for post in read.posts if post.created_at is not None)
        self.report.saw.new = self.report.new
        return received

    def keep(self, cursor: Cursor) -> bool:
        """Store a cursor without a page, if it is another one; returns whether that went well."""
        return cursor == self.cursor or self.store(self.target.address, PageRead(), cursor) is not None

    def _unfinished(self) -> Cursor:
        return {**self.before, "unfinished": True} if self.partial or not self.before else self.before

    def _count(self, received: Received) -> None:
        for name in ("seen", "new", "changed", "deleted", "rows_written"):
            setattr(self.report, name, getattr(self.report, name) + getattr(received, name))


def digest(*content: object) -> str:
    """A hash of what a page says that matters to us, indifferent to the rest of its markup."""
    return sha256(repr(content).encode()).hexdigest()
