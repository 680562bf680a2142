"""The worker process: looks at due sources, reads and drafts what is new, and leaves when nothing is left to do.

Crawling runs in the reactor, several sources side by side, one per host; drafting in one thread beside it, so that a
slow site does not hold up the drafts and the language libraries load while the first page is fetched. Big documents are
read in another one. The heartbeat comes from the reactor, so that it stops when the reactor does, and names the source
that is being read, else the one whose answer came last: if the process hangs, it hangs on that one.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from typing import Any

from crawler.items import CrawlReport, Page, Received
from crawler.line import Crowd
from crawler.run import Crawler, run_reactor
from db.engine import StoreBusy, StoreFull
from db.models import Source
from db.queries_sources import claim_source, due_sources
from gelassen.bridge import profile_of
from gelassen.home import Home
from gelassen.language_model import model_of
from gelassen.lifeline import limit
from gelassen.logs import log
from gelassen.look_once import in_line, look, make_crawler, note, receiver
from gelassen.own_mood import OwnMood
from gelassen.pulse import Pulse, begin, listen
from responder.playbook import Playbook
from responder.profile import Profile
from responder.suggesting import Ask

BEAT_EVERY = 2.0
IDLE_SECONDS = 60.0
DRAFT_PATIENCE = 60.0
READ_PATIENCE = 60.0
"""A single draft or document that takes longer than this has hung: the heartbeat stops, and the daemon replaces the
process."""

UNREADABLE = "What stood there could not be stored; nothing of it was taken over. The log of the daemon says why."

CPU_SECONDS = 7200
MEMORY_BYTES = 2 * 1024**3
OPEN_FILES = 512


class Worker:
    """The loops of the process. `idle` is how many seconds without work end it."""

    def __init__(self, home: Home, pulse: Pulse, crawler: Crawler, *, idle: float = IDLE_SECONDS) -> None:
        self.home, self.pulse, self.crawler, self.idle = home, pulse, crawler, idle
        self.database = home.open()
        self.thread = ThreadPoolExecutor(1, "drafting")
        self.loop = asyncio.get_running_loop()
        self.poked, self.fresh, self.ending = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.busy_since = time.monotonic()
        self.draft_since: float | None = None
        self.playbook: Playbook | None = None
        self.ask: Ask | None = None
        self.mood = OwnMood(home.mood_model, lambda why: log().warning("own_mood_unusable", why=why))
        self.crowd: Crowd[Source] = Crowd(self._look)
        crawler.on_work = self._working

    async def run(self) -> None:
        """Work until stdin ends or nothing was to do for `idle` seconds."""
        call = self.loop.call_soon_threadsafe
        listen(partial(call, self._poke), partial(call, self.ending.set))
        loops: list[asyncio.Task[Any]] = [
            asyncio.create_task(part) for part in (self._beat(), self._crawl(), self._draft())
        ]
        ending: asyncio.Task[Any] = asyncio.create_task(self.ending.wait())
        done, _ = await asyncio.wait([*loops, ending], return_when=asyncio.FIRST_COMPLETED)
        for task in loops:
            task.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        self.thread.shutdown(wait=False, cancel_futures=True)
        for task in done:
            task.result()

    def _poke(self) -> None:
        self.poked.set()
        self.fresh.set()

    async def _beat(self) -> None:
        while self.crowd.busy or time.monotonic() - self.busy_since < self.idle:
            self._say(self.pulse.doing)
            await asyncio.sleep(BEAT_EVERY)
        self.ending.set()
        await asyncio.Event().wait()

    def _say(self, doing: str) -> None:
        """A heartbeat, unless one of the threads hangs: what it hangs on is named once, and then silence."""
        hanging = self._hanging()
        if not hanging:
            self.pulse.beat(doing)
        elif self.pulse.doing != hanging:
            self.pulse.beat(hanging)

    def _hanging(self) -> str:
        """What a thread has been at for longer than is believable; empty if nothing."""
        now, reading = time.monotonic(), self.crawler.desk.reading
        if self.draft_since is not None and now - self.draft_since > DRAFT_PATIENCE:
            return "draft"
        return f"crawl:{reading.source_id}" if reading and now - reading.since > READ_PATIENCE else ""

    def _working(self, source_id: int) -> None:
        """A look begins to work, in the reactor or at the desk."""
        self._say(f"crawl:{source_id}")
        reading = self.crawler.desk.reading
        if reading and reading.source_id != source_id:
            self.loop.call_soon_threadsafe(self._back_to_reading)

    def _back_to_reading(self) -> None:
        """What was done in the reactor meanwhile is done: if the process hangs now, it hangs on the document."""
        reading = self.crawler.desk.reading
        if reading:
            self._say(f"crawl:{reading.source_id}")

    async def _crawl(self) -> None:
        poke = asyncio.ensure_future(self.poked.wait())
        try:
            while True:
                await self.crowd.step(poke)
                if poke.done():
                    self.poked.clear()
                    self.crowd.line.fill(self._due())
                    poke = asyncio.ensure_future(self.poked.wait())
                if not (self.crowd.busy or self.crowd.line.waiting):
                    self._say("waiting")
        finally:
            await self.crowd.stop()

    def _due(self) -> list[tuple[str, Source]]:
        with self.database.read() as session:
            return in_line(due_sources(session, utc_now()))

    async def _look(self, due: Source) -> None:
        """Claimed only now: if this process dies, no look but those under way has to wait for its next turn."""
        assert due.id is not None
        with self.database.write() as session:
            source = claim_source(session, due.id, utc_now())
        if source is None:
            return
        self._working(due.id)
        try:
            report = await look(self.crawler, self.database, source, self.home.settings, self._receive())
        except (StoreFull, StoreBusy):
            raise  # not the source's fault: this process ends, and the daemon tries again later
        except Exception as error:  # noqa: BLE001  one page nobody foresaw must not stop the other sources
            report = CrawlReport(source.name, source.kind, errors=[UNREADABLE], health="degraded")
            log().exception("look_failed", source=due.id, error=type(error).__name__)
        note(self.database, source, report, utc_now(), by_clock=True)
        if self.pulse.doing == f"crawl:{due.id}":
            self._say("crawl")  # the others wait for their hosts
        self.busy_since = time.monotonic()
        log().info("looked", source=due.id, new=report.new, changed=report.changed, health=report.health)

    def _receive(self) -> Callable[[Page], Received]:
        store = receiver(self.database, utc_now, "worker")

        def receive(page: Page) -> Received:
            received = store(page)
            self.fresh.set()
            return received

        return receive

    async def _draft(self) -> None:
        draft_next = await self.loop.run_in_executor(self.thread, self._prepare)
        gc.freeze()  # what the libraries made stays for good
        gc.enable()
        while True:
            await self.fresh.wait()
            self.fresh.clear()
            while await self.loop.run_in_executor(self.thread, self._draft_one, draft_next) is not None:
                self.busy_since = time.monotonic()

    def _prepare(self) -> Callable[..., int | None]:
        """Load what drafting needs, which takes seconds; returns what makes one draft."""
        from responder.drafts import draft_next
        from responder.playbook import load_playbook
        from responder.reading import warm_up

        self.playbook = load_playbook(self.home.playbook)
        self.ask = model_of(self.home.settings)
        warm_up()
        return draft_next

    def _draft_one(self, draft_next: Callable[..., int | None]) -> int | None:
        self.draft_since = time.monotonic()
        try:
            return draft_next(
                self.database,
                now=utc_now(),
                make_profile=self._profile,
                playbook=self.playbook,
                ask=self.ask,
                mood=self.mood.model(),
            )
        finally:
            self.draft_since = None

    def _profile(self, source: Source) -> Profile:
        return profile_of(source, self.home.settings, utc_now())


def utc_now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)


def main(home: Home, *, idle: float = IDLE_SECONDS) -> None:
    """Run the worker in this process until there is nothing to do or the daemon is gone."""
    begin("worker")
    limit(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES, files=OPEN_FILES)
    pulse = Pulse()
    crawler = make_crawler(home)

    async def work(running: Crawler) -> None:
        worker = Worker(home, pulse, running, idle=idle)
        try:
            await worker.run()
        finally:
            worker.database.close()

    run_reactor(work, crawler)
    sys.stderr.flush()
    os._exit(0)  # a draft still being made in the thread is made again by the next worker
