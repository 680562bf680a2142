"""`gelassen run`: the page and the clock in one asyncio process, children for everything else.

Started and stopped in a fixed order: lock, database, lease, children, clock, page – and back. Imports neither Scrapy
nor the language libraries, so no spider and no text can freeze the page.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from db import lease
from db.engine import Database, StoreFull
from db.queries_sources import set_health
from gelassen.children import Child, Patience
from gelassen.errors import UserError
from gelassen.home import Home
from gelassen.locks import FolderLock
from gelassen.logs import log
from gelassen.secrets import without_secrets
from scheduler import Clock, ticks

LEASE = "daemon"
LEASE_TTL = timedelta(seconds=60)
RENEW_SECONDS = 15.0
RETRY_SECONDS = 0.5
POSTER_PATIENCE = Patience(silence=180, farewell=20)
Talk = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts run, and where the page listens."""

    host: str
    port: int
    web: bool = True
    clock: bool = True


class Daemon:
    """One run of the daemon. `talk` speaks to the person at the terminal, `ready` is called once everything runs."""

    def __init__(
        self, home: Home, parts: Parts, *, talk: Talk, ready: Callable[[], None] = lambda: None, commands: Any = None
    ) -> None:
        self.home, self.parts, self.talk, self.ready = home, parts, talk, ready
        self.commands = commands or child_command
        self.stopping = asyncio.Event()
        self.owner = f"{socket.gethostname()}:{home.folder}"
        self.store_full = False
        self.failure: UserError | None = None

    async def run(self) -> None:
        """Run until a signal or the loss of the lease. Raises `UserError` for what a person must mend first."""
        self._listen_to_signals()
        async with AsyncExitStack() as stack:
            lock = stack.enter_context(FolderLock(self.home.folder))
            if not await self._wait_for(
                lock.take, f"Another Gelassen (process {lock.holder()}) runs on this data folder"
            ):
                return
            database = stack.enter_context(closing(await asyncio.to_thread(self._open)))
            if not await self._lead(stack, database):
                return
            clock = await self._start_work(stack, database) if self.parts.clock else None
            if self.parts.web:
                await self._start_page(stack, database, clock)
            self.ready()
            log().info("running", web=self.parts.web, clock=self.parts.clock)
            await self.stopping.wait()
            log().info("stopping")
        if self.failure:
            raise self.failure

    def stop(self) -> None:
        """Ask for an orderly end."""
        self.stopping.set()

    def _open(self) -> Database:
        from db.migrate import upgrade

        database = self.home.open()
        upgrade(database)
        return database

    async def _wait_for(self, take: Callable[[], bool], why: str) -> bool:
        """Try until it succeeds, saying once that we wait; False when asked to stop before."""
        said = False
        while not self.stopping.is_set():
            if await asyncio.to_thread(take):
                return True
            if not said:
                self.talk(f"{why}. Waiting until it ends; Ctrl-C gives up.")
                log().info("waiting")
                said = True
            with suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), RETRY_SECONDS)
        return False

    async def _lead(self, stack: AsyncExitStack, database: Database) -> bool:
        """Take the lease of the database and keep renewing it."""
        epochs: list[int] = []

        def take() -> bool:
            with database.write() as session:
                epoch = lease.acquire(session, LEASE, self.owner, utc_now(), LEASE_TTL)
            epochs.extend([epoch] if epoch else [])
            return epoch is not None

        if not await self._wait_for(take, "A Gelassen on another machine works on this database"):
            return False
        task = asyncio.create_task(self._keep_leading(database, epochs[0]))
        stack.push_async_callback(_cancel, task)
        stack.callback(self._give_up_lease, database, epochs[0])
        return True

    async def _keep_leading(self, database: Database, epoch: int) -> None:
        def renew() -> bool:
            with database.write() as session:
                return lease.renew(session, LEASE, self.owner, epoch, utc_now(), LEASE_TTL)

        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                kept = await asyncio.to_thread(renew)
            except StoreFull as error:
                self._trouble("lease", error)
                continue
            if not kept:
                self.failure = UserError("Another Gelassen has taken over this database. This one has stopped.")
                self.stop()

    def _give_up_lease(self, database: Database, epoch: int) -> None:
        with suppress(StoreFull), database.write() as session:
            lease.release(session, LEASE, self.owner, epoch, utc_now())

    async def _start_work(self, stack: AsyncExitStack, database: Database) -> Clock:
        """Children and clock. The worker is poked at once: it loads its libraries while the page starts."""
        environ = dict(os.environ)
        worker = Child(
            "worker", self.commands("worker", self.home), without_secrets(environ), report=self._report(database)
        )
        poster = Child(
            "poster",
            self.commands("poster", self.home),
            environ,
            report=self._report(database),
            patience=POSTER_PATIENCE,
        )
        for child in (worker, poster):
            child.start()
            stack.push_async_callback(child.stop)
        worker.poke()
        chosen = ticks(worker.poke, lambda: None if self.store_full else poster.poke())
        clock = Clock(database, chosen, on_trouble=self._trouble, on_good=self._good)
        clock.start()
        stack.callback(clock.stop)
        return clock

    async def _start_page(self, stack: AsyncExitStack, database: Database, clock: Clock | None) -> None:
        from gelassen.page import Page

        page = Page(self.home, database, self.parts, wake=clock.wake if clock else lambda: None)
        page.bind()
        task = asyncio.create_task(page.serve())
        stack.push_async_callback(page.stop, task)
        await page.started()
        task.add_done_callback(lambda _: self.stop())

    def _report(self, database: Database) -> Callable[[str, Mapping[str, Any]], None]:
        def report(event: str, details: Mapping[str, Any]) -> None:
            log().log(30 if event in ("child_stuck", "child_died") else 20, event, **details)
            kind, _, number = str(details.get("doing", "")).partition(":")
            if event in ("child_stuck", "child_died") and kind == "crawl" and number.isdigit():
                _degrade(database, int(number))

        return report

    def _trouble(self, tick: str, error: BaseException) -> None:
        log().error("tick_failed", tick=tick, exc_info=error)
        if isinstance(error, StoreFull) and not self.store_full:
            self.store_full = True
            self.talk("The disk is full: nothing is posted until there is room again. The page keeps running.")

    def _good(self) -> None:
        if self.store_full:
            self.store_full = False
            self.talk("There is room on the disk again; posting goes on.")

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)


def child_command(name: str, home: Home) -> list[str]:
    """How a child of that name is started."""
    return [sys.executable, "-m", "gelassen", name, "--data", str(home.folder)]


def utc_now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)


def _degrade(database: Database, source_id: int) -> None:
    """A source at which the worker died or hung is shown to people; it stays due, one cadence later."""
    why = "The worker hung or died while reading this page and was replaced."
    with suppress(StoreFull), database.write() as session:
        set_health(session, source_id, False, why, utc_now())


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
