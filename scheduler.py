"""The clock: ticks that ask the database "what is due?" and wake whoever does it. It remembers nothing itself.

Every tick may be lost, doubled or late: obligations live in rows with a due time, and the next tick finds them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from apscheduler.events import EVENT_JOB_ERROR, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlmodel import Session

from db import queries_clock as due
from db.engine import Database
from db.queries_people import end_stale_sessions
from db.queries_settings import note_tick
from db.queries_sources import want_full_look
from responder.sightings import looks_due

NOTE_EVERY = timedelta(seconds=20)
"""Ticks that found nothing leave a row this often: enough for the health check, and the disk may rest."""

DEFAULTS = {"coalesce": True, "misfire_grace_time": None, "max_instances": 1}


@dataclass(frozen=True, slots=True)
class Tick:
    """`ask` looks whether there is work, `wake` gets it done; both are repeatable at any time."""

    name: str
    every: float
    ask: Callable[[Session, datetime], bool]
    wake: Callable[[], None]
    writes: bool = False


def crawl_due(session: Session, now: datetime) -> bool:
    """A source is due for a look."""
    return due.source_due(session, now)


def draft_due(session: Session, _now: datetime) -> bool:
    """An open obligation has no draft yet."""
    return due.draft_due(session)


def post_due(session: Session, now: datetime) -> bool:
    """An approved reply may leave, or a doubtful one may be looked up."""
    return due.reply_due(session, now)


def look_due(session: Session, now: datetime) -> bool:
    """A reply of ours should be visible by now: ask for a full look at its page."""
    looks_due(session, now)  # counts looks that took place without listing the post, so that they end
    sources = due.sources_to_look_at(session, now)
    for source_id in sources:
        want_full_look(session, source_id, now)
    return bool(sources)


def housekeeping(session: Session, now: datetime) -> bool:
    """Old browser sessions end."""
    end_stale_sessions(session, now)
    return False


def ticks(wake_worker: Callable[[], None], wake_poster: Callable[[], None]) -> list[Tick]:
    """All ticks with their intervals in seconds."""
    return [
        Tick("crawl", 5, crawl_due, wake_worker),
        Tick("draft", 5, draft_due, wake_worker),
        Tick("post", 2, post_due, wake_poster),
        Tick("look", 10, look_due, wake_worker, writes=True),
        Tick("housekeeping", 3600, housekeeping, lambda: None, writes=True),
    ]


class Clock:
    """Runs the ticks in the running asyncio loop. `on_trouble` hears of every tick that failed (name, error)."""

    def __init__(
        self,
        database: Database,
        ticks: list[Tick],
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        on_trouble: Callable[[str, BaseException], None],
        on_good: Callable[[], None] = lambda: None,
    ) -> None:
        self.database, self.ticks, self.now = database, ticks, now
        self.on_trouble, self.on_good = on_trouble, on_good
        self.noted: dict[str, datetime] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self.scheduler: Any = AsyncIOScheduler(timezone=UTC, job_defaults=DEFAULTS)  # type: ignore[no-untyped-call]

    def start(self) -> None:
        """Start ticking; every tick runs once at once. Call it inside the running loop."""
        self.loop = asyncio.get_running_loop()
        self.scheduler.add_listener(self._failed, EVENT_JOB_ERROR)
        for tick in self.ticks:
            trigger = IntervalTrigger(seconds=tick.every, timezone=UTC)  # type: ignore[no-untyped-call]
            self.scheduler.add_job(self.run, trigger, [tick], id=tick.name, next_run_time=datetime.now(UTC))
        self.scheduler.start()

    def stop(self) -> None:
        """Stop ticking; running ticks are cancelled and lose nothing."""
        if self.scheduler.running:
            self.scheduler.shutdown(wait=False)

    def wake(self) -> None:
        """Run the ticks now. May be called from any thread."""
        if self.loop and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self._run_all_soon)

    async def run(self, tick: Tick) -> None:
        """One tick: ask in a thread, so that a busy database never stalls the page, then wake."""
        if await asyncio.to_thread(self._ask, tick):
            tick.wake()

    def _ask(self, tick: Tick) -> bool:
        now = self.now()
        noting = now - self.noted.get(tick.name, datetime.min.replace(tzinfo=UTC)) >= NOTE_EVERY
        if not (noting or tick.writes):
            with self.database.read() as session:
                return tick.ask(session, now)
        with self.database.write() as session:
            found = tick.ask(session, now)
            if noting:
                note_tick(session, tick.name, now, "due" if found else "")
        if noting:
            self.noted[tick.name] = now
            self.on_good()
        return found

    def _run_all_soon(self) -> None:
        for job in self.scheduler.get_jobs():
            job.modify(next_run_time=datetime.now(UTC))

    def _failed(self, event: JobExecutionEvent) -> None:
        self.on_trouble(event.job_id, event.exception)
