"""The inside of the daemon: database, lease, clock and page, in the order in which they start."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, closing, suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from db import lease
from db.engine import Database, StoreBusy, StoreFull
from db.migrate import upgrade
from db.models import Source
from db.queries_sources import back_off, set_health
from gelassen.children import Child
from gelassen.daemon import Daemon
from gelassen.errors import UserError
from gelassen.logs import log
from scheduler import Clock, ticks

if TYPE_CHECKING:
    from gelassen.page import Page

LEASE = "daemon"
LEASE_TTL = timedelta(seconds=60)
RENEW_SECONDS = 15.0
HUNG = "The worker hung or died while reading this page and was replaced."


class Service:
    """Works for `daemon`, which owns the lock, the signals and the children."""

    def __init__(self, daemon: Daemon, children: tuple[Child, Child] | None) -> None:
        self.daemon, self.children, self.home = daemon, children, daemon.home
        self.owner = f"{socket.gethostname()}:{self.home.folder}"  # the folder lock keeps it unique
        self.store_full = False
        self.clock: Clock | None = None

    async def start(self, stack: AsyncExitStack) -> bool:
        """Start everything; False when asked to stop before."""
        database = stack.enter_context(closing(await asyncio.to_thread(self._open)))
        if not await self._lead(stack, database):
            return False
        page = self._bind_page(database) if self.daemon.parts.web else None
        if self.children:
            self.clock = self._start_clock(stack, database)
        if page:
            await self._serve(stack, page)
        log().info("running", web=page is not None, clock=self.clock is not None)
        stack.callback(log().info, "stopping")
        return True

    def _open(self) -> Database:
        database = self.home.open()
        upgrade(database)
        if self.daemon.prepare:
            self.daemon.prepare(database)
        return database

    async def _lead(self, stack: AsyncExitStack, database: Database) -> bool:
        """Take the lease of the database and keep renewing it."""
        epochs: list[int] = []

        def take() -> bool:
            with database.write() as session:
                epoch = lease.acquire(session, LEASE, self.owner, utc_now(), LEASE_TTL)
            epochs.extend([epoch] if epoch else [])
            return epoch is not None

        if not await self.daemon.wait_for(take, "A Gelassen on another machine works on this database"):
            return False
        stack.callback(self._give_up_lease, database, epochs[0])
        task = asyncio.create_task(self._keep_leading(database, epochs[0]))
        stack.push_async_callback(_cancel, task)
        await asyncio.sleep(0)  # its time begins now, not when this process is done importing the page
        return True

    async def _keep_leading(self, database: Database, epoch: int) -> None:
        def renew() -> bool:
            with database.write() as session:
                return lease.renew(session, LEASE, self.owner, epoch, utc_now(), LEASE_TTL)

        while True:
            await asyncio.sleep(RENEW_SECONDS)
            try:
                kept = await asyncio.to_thread(renew)
            except (StoreFull, StoreBusy) as error:
                self._trouble("lease", error)
                continue
            if not kept:
                self.daemon.stop(UserError("Another Gelassen has taken over this database. This one has stopped."))

    def _give_up_lease(self, database: Database, epoch: int) -> None:
        with suppress(StoreFull, StoreBusy), database.write() as session:
            lease.release(session, LEASE, self.owner, epoch, utc_now())

    def _start_clock(self, stack: AsyncExitStack, database: Database) -> Clock:
        assert self.children
        worker, poster = self.children
        self.daemon.on_child.append(self._child_reporter(database))
        worker.poke()
        chosen = ticks(worker.poke, lambda: None if self.store_full else poster.poke())
        clock = Clock(database, chosen, on_trouble=self._trouble, on_good=self._good)
        clock.start()
        stack.callback(clock.stop)
        return clock

    def _bind_page(self, database: Database) -> Page:
        """The page with its port taken, before anything is set going that would have to be stopped again."""
        from gelassen.page import Page

        page = Page(self.home, database, self.daemon.parts, wake=self._wake, disk_full=lambda: self.store_full)
        page.bind()
        return page

    async def _serve(self, stack: AsyncExitStack, page: Page) -> None:
        task = asyncio.create_task(page.serve())
        stack.push_async_callback(page.stop, task)
        await page.started()
        task.add_done_callback(lambda _: self.daemon.stop())

    def _wake(self) -> None:
        if self.clock:
            self.clock.wake()

    def _child_reporter(self, database: Database) -> Callable[[str, Mapping[str, Any]], None]:
        def report(event: str, details: Mapping[str, Any]) -> None:
            bad = event in ("child_stuck", "child_died")
            log().log(logging.WARNING if bad else logging.INFO, event, **details)
            kind, _, number = str(details.get("doing", "")).partition(":")
            if bad and kind == "crawl" and number.isdigit():
                degrade(database, int(number), hung=event == "child_stuck")

        return report

    def _trouble(self, tick: str, error: BaseException) -> None:
        log().error("tick_failed", tick=tick, exc_info=error)
        if isinstance(error, StoreFull) and not self.store_full:
            self.store_full = True
            self.daemon.talk("The disk is full: nothing is posted until there is room. The page keeps running.")

    def _good(self) -> None:
        if self.store_full:
            self.store_full = False
            self.daemon.talk("There is room on the disk again; posting goes on.")


def degrade(database: Database, source_id: int, *, hung: bool) -> None:
    """A source at which the worker died or hung is shown to people; one that it hung on is looked at less often."""
    now = utc_now()
    with suppress(StoreFull, StoreBusy), database.write() as session:
        if hung:
            back_off(session, session.get_one(Source, source_id), now)
        set_health(session, source_id, False, HUNG, now)


def utc_now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)


async def _cancel(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
