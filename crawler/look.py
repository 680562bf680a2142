"""One look at one source: hands pages to intake in order, keeps the cursor honest, fills the report.

Every page carries the cursor that is right if the look ends with it: it says what part of which list has still to be
read (see `crawler.rest` and `crawler.part`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from crawler.bounds import bound
from crawler.desk import SMALL, Desk
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
T = TypeVar("T")
PORTION = 200
"""So many posts are stored in one transaction."""

BREATH = 0.15
"""Seconds between two portions: a little longer than SQLite lets those sleep who wait for the store."""

BESIDE = "beside"
"""Where a cursor keeps what belongs to no list."""


class Look:
    """The state of one pass over `target`; `report` is its outcome. `failure` is what intake raised, if it did.

    `before` is the cursor at its beginning, `cursor` the one stored by now, `beside` what is to be kept in it beside
    the lists (its values are replaced, never changed), `listed` the ids of the posts handed over. `sessions` keeps
    logins between looks, `hosts` the manners toward hosts, `desk` is where big documents are read, `mail_rules` where
    the business may keep rules for mails. `robots` is what is remembered of the hosts' robots.txt, `rules` those that
    this look goes by; `patience` and `connections` serve its requests alone, and whoever runs the look gives them.
    `seconds` is how long the look may take until it is broken off. `on_work` hears whenever an answer has come that is
    worked on next, and once more from the desk; `asked` tells whether any request was sent. `learned` are settings that
    the look found out by itself, such as the ids of the business's own account; they are kept when a source is added.
    `wants_credential` is set where a platform shows more to somebody with a credential, and none was given.
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
        self.beside: Cursor = dict(target.cursor.get(BESIDE, {}))
        self.partial = target.conditional
        self.hosts = Hosts()
        self.mail_rules: Path | None = None
        self.desk = Desk()
        self.rules: dict[str, RobotParser | None] = {}
        self.on_work: Callable[[], None] = lambda: None
        self.asked = False
        self.listed: set[str] = set()
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

    async def read(self, size: int, work: Callable[[], T]) -> T:
        """What `work` makes of a document of `size` bytes, without holding up the other looks if it is a big one.

        `work` may run in another thread: it reads what it was given and leaves the look alone.
        """
        if size <= SMALL:
            return work()
        result = await self.desk.read(self.target.source_id, work, self.worked)
        self.worked()  # other looks were worked on meanwhile
        return result

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
        """Remember for the judgement of the source what its first page shows, or the first pages of all its lists.

        See `crawler.items.Saw`. Of several lists nobody says how many posts there are in all.
        """
        saw = self.report.saw
        only = saw.listed is None
        saw.listed = (saw.listed or 0) + len(read.posts)
        saw.unread += max(read.unread, len(read.errors))
        saw.wordless += sum(not (post.text or post.title) for post in read.posts)
        saw.elastic = saw.elastic or elastic
        saw.total, saw.comparable = (read.published_total, comparable) if only else (None, False)

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

    async def store(self, url: str, read: PageRead, cursor: Cursor) -> Received | None:
        """Give one page to intake, with the cursor to store in the same transaction; returns what that did.

        A page of very many posts is given in portions, the last of the list first, so that neither the store nor the
        other looks are held up; the cursor comes with the last portion. What intake raises is kept in `failure` and
        ends the look: then None, and nothing more of this page is stored.
        """
        bound(read.posts)
        done = Received()
        for start in reversed(range(0, max(len(read.posts), 1), PORTION)):
            portion = read.posts[start : start + PORTION]
            received = self._store(url, replace(read, posts=portion), cursor if start == 0 else self.cursor)
            if received is None:
                return None
            done = done.under(received)
            if start:
                await asyncio.sleep(BREATH)
        return done

    async def keep(self, cursor: Cursor) -> bool:
        """Store a cursor without a page, if it is another one; returns whether that went well."""
        return cursor == self.cursor or await self.store(self.target.address, PageRead(), cursor) is not None

    def _store(self, url: str, read: PageRead, cursor: Cursor) -> Received | None:
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
        self.listed |= {post.external_id for post in read.posts}
        self._count(received)
        self.report.saw.times.extend(post.created_at for post in read.posts if post.created_at is not None)
        self.report.saw.new = self.report.new
        return received

    def beside_with(self, kept: Cursor) -> Cursor:
        """A whole cursor: what is kept of the lists, and what beside them."""
        return {**kept, BESIDE: self.beside} if self.beside else kept

    async def keep_beside(self) -> bool:
        """Store what stands in `beside` by now, if it is something else; returns whether that went well."""
        return await self.keep(self.beside_with({key: kept for key, kept in self.cursor.items() if key != BESIDE}))

    def _count(self, received: Received) -> None:
        for name in ("seen", "new", "changed", "deleted", "rows_written"):
            setattr(self.report, name, getattr(self.report, name) + getattr(received, name))


def digest(*content: object) -> str:
    """A hash of what a page says that matters to us, indifferent to the rest of its markup."""
    return sha256(repr(content).encode()).hexdigest()
