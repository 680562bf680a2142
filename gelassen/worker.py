"""The worker process: looks at due sources, reads and drafts what is new, and leaves when nothing is left to do.

Crawling runs in the reactor; drafting in one thread beside it, so that a slow site does not hold up the drafts and the
language libraries load while the first page is fetched.
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
from crawler.run import Crawler, run_reactor
from db.engine import StoreBusy, StoreFull
from db.models import Source
from db.queries_sources import claim_due_sources
from gelassen.bridge import profile_of
from gelassen.home import Home
from gelassen.lifeline import limit
from gelassen.logs import log
from gelassen.look_once import look, make_crawler, note, receiver
from gelassen.pulse import Pulse, begin, listen
from responder.playbook import Playbook
from responder.profile import Profile

BEAT_EVERY = 2.0
IDLE_SECONDS = 60.0
DRAFT_PATIENCE = 60.0
"""A single draft that takes longer than this has hung: the heartbeat stops, and the daemon replaces the process."""

UNREADABLE = "What stood there could not be stored; nothing of it was taken over. The log of the daemon says why."

CPU_SECONDS = 7200
MEMORY_BYTES = 2 * 1024**3
OPEN_FILES = 512


class Worker:
    """The loops of the process. `idle` is how many seconds without work end it."""

    def __init__(self, home: Home, pulse: Pulse, *, idle: float = IDLE_SECONDS) -> None:
        self.home, self.pulse, self.idle = home, pulse, idle
        self.database = home.open()
        self.thread = ThreadPoolExecutor(1, "drafting")
        self.poked, self.fresh, self.ending = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.busy_since = time.monotonic()
        self.draft_since: float | None = None
        self.playbook: Playbook | None = None

    async def run(self, crawler: Crawler) -> None:
        """Work until stdin ends or nothing was to do for `idle` seconds."""
        loop = asyncio.get_running_loop()
        call = loop.call_soon_threadsafe
        listen(partial(call, self._poke), partial(call, self.ending.set))
        loops: list[asyncio.Task[Any]] = [
            asyncio.create_task(part) for part in (self._beat(), self._crawl(crawler), self._draft())
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
        while time.monotonic() - self.busy_since < self.idle:
            since = self.draft_since
            if since is None or time.monotonic() - since < DRAFT_PATIENCE:
                self.pulse.beat()
            await asyncio.sleep(BEAT_EVERY)
        self.ending.set()
        await asyncio.Event().wait()

    async def _crawl(self, crawler: Crawler) -> None:
        while True:
            await self.poked.wait()
            self.poked.clear()
            while sources := self._claim():
                for source in sources:
                    await self._look(crawler, source)
            self.pulse.beat("waiting")

    def _claim(self) -> list[Source]:
        """One at a time: if this process dies, only one look has to wait for its next turn."""
        with self.database.write() as session:
            return claim_due_sources(session, utc_now(), limit=1)

    async def _look(self, crawler: Crawler, source: Source) -> None:
        assert source.id is not None
        self.pulse.beat(f"crawl:{source.id}")
        try:
            report = await look(crawler, self.database, source, self.home.settings, self._receive())
        except (StoreFull, StoreBusy):
            raise  # not the source's fault: this process ends, and the daemon tries again later
        except Exception as error:  # noqa: BLE001  one page nobody foresaw must not stop the other sources
            report = CrawlReport(source.name, source.kind, errors=[UNREADABLE], health="degraded")
            log().exception("look_failed", source=source.id, error=type(error).__name__)
        note(self.database, source.id, report, utc_now(), by_clock=True)
        self.busy_since = time.monotonic()
        log().info("looked", source=source.id, new=report.new, changed=report.changed, health=report.health)

    def _receive(self) -> Callable[[Page], Received]:
        store = receiver(self.database, utc_now, "worker")

        def receive(page: Page) -> Received:
            received = store(page)
            self.fresh.set()
            return received

        return receive

    async def _draft(self) -> None:
        loop = asyncio.get_running_loop()
        from responder.drafts import draft_next
        from responder.playbook import load_playbook
        from responder.reading import warm_up

        self.playbook = load_playbook(self.home.playbook)
        await loop.run_in_executor(self.thread, warm_up)
        gc.freeze()  # what the libraries made stays for good
        gc.enable()
        while True:
            await self.fresh.wait()
            self.fresh.clear()
            while await loop.run_in_executor(self.thread, self._draft_one, draft_next) is not None:
                self.busy_since = time.monotonic()

    def _draft_one(self, draft_next: Callable[..., int | None]) -> int | None:
        self.draft_since = time.monotonic()
        try:
            return draft_next(self.database, now=utc_now(), make_profile=self._profile, playbook=self.playbook)
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
    pulse.beat("starting")
    crawler = make_crawler(home)

    async def work(running: Crawler) -> None:
        worker = Worker(home, pulse, idle=idle)
        try:
            await worker.run(running)
        finally:
            worker.database.close()

    run_reactor(work, crawler)
    sys.stderr.flush()
    os._exit(0)  # a draft still being made in the thread is made again by the next worker
