"""The clock: it asks, wakes and forgets; errors of one tick never stop the others."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from crawler.items import Page, Post
from db.engine import Database, StoreFull
from db.models import Source
from db.queries_settings import last_ticks
from db.queries_sources import add_source, claim_due_sources
from responder.intake import receive
from scheduler import NOTE_EVERY, Clock, Tick, crawl_due, draft_due, housekeeping, look_due, post_due, ticks


@pytest.fixture
def source(database: Database, now: datetime) -> Source:
    with database.write() as session:
        return add_source(session, "laden", "feed", "https://a.example", now=now)


def asked(database: Database, question: object, now: datetime) -> bool:
    with database.write() as session:
        return bool(question(session, now))  # type: ignore[operator]


def test_nothing_is_due_in_an_empty_house(database: Database, now: datetime) -> None:
    for question in (crawl_due, draft_due, post_due, look_due, housekeeping):
        assert not asked(database, question, now)


def test_a_source_is_due_until_it_is_claimed_and_again_after_its_cadence(
    database: Database, source: Source, now: datetime
) -> None:
    assert asked(database, crawl_due, now)
    with database.write() as session:
        claim_due_sources(session, now)
    assert not asked(database, crawl_due, now)
    assert asked(database, crawl_due, now + timedelta(hours=1))


def test_a_paused_source_is_never_due(database: Database, source: Source, now: datetime) -> None:
    with database.write() as session:
        found = session.get_one(Source, source.id)
        found.state = "paused"
        session.add(found)
    assert not asked(database, crawl_due, now + timedelta(days=9))


def test_a_new_post_is_due_for_its_draft(database: Database, source: Source, now: datetime) -> None:
    receive(database, Page(source.id or 0, "x", now, [Post("1", "Zu laut!", author_name="Anna Berg")]), now=now)
    assert asked(database, draft_due, now)


def test_every_tick_has_a_name_of_its_own_and_a_positive_interval() -> None:
    found = ticks(lambda: None, lambda: None)
    assert len({tick.name for tick in found}) == len(found)
    assert all(tick.every > 0 for tick in found)


class Watch:
    """A clock over ticks of the test's own."""

    def __init__(self, database: Database, *ticks: Tick, now: datetime) -> None:
        self.troubles: list[tuple[str, BaseException]] = []
        self.time = now
        trouble = lambda name, error: self.troubles.append((name, error))  # noqa: E731
        self.clock = Clock(database, list(ticks), now=lambda: self.time, on_trouble=trouble)


async def test_a_tick_that_finds_work_wakes_whoever_does_it(sqlite_database: Database, now: datetime) -> None:
    woken: list[str] = []
    idle = Tick("idle", 1, lambda _s, _n: False, lambda: woken.append("idle"))
    busy = Tick("busy", 1, lambda _s, _n: True, lambda: woken.append("busy"))
    watch = Watch(sqlite_database, idle, busy, now=now)
    for tick in watch.clock.ticks:
        await watch.clock.run(tick)
    assert woken == ["busy"]


async def test_a_tick_is_noted_now_and_then_but_not_every_time(sqlite_database: Database, now: datetime) -> None:
    tick = Tick("crawl", 1, lambda _s, _n: False, lambda: None)
    watch = Watch(sqlite_database, tick, now=now)
    noted = []
    for seconds in (0, 5, NOTE_EVERY.total_seconds()):
        watch.time = now + timedelta(seconds=seconds)
        await watch.clock.run(tick)
        with sqlite_database.read() as session:
            noted.append(last_ticks(session)["crawl"].last_run_at)
    assert noted == [now, now, now + NOTE_EVERY]


async def test_a_failing_tick_is_told_and_the_others_go_on(sqlite_database: Database, now: datetime) -> None:
    done = asyncio.Event()

    def full(_session: Session, _now: datetime) -> bool:
        raise StoreFull("no room")

    broken = Tick("broken", 60, full, lambda: None)
    good = Tick("good", 60, lambda _s, _n: True, done.set)
    watch = Watch(sqlite_database, broken, good, now=now)
    watch.clock.start()
    await asyncio.wait_for(done.wait(), 10)
    while not watch.troubles:
        await asyncio.sleep(0.01)
    watch.clock.stop()
    ((name, error),) = watch.troubles
    assert (name, type(error)) == ("broken", StoreFull)


async def test_waking_runs_every_tick_at_once_from_any_thread(sqlite_database: Database, now: datetime) -> None:
    runs: list[datetime] = []
    tick = Tick("slow", 3600, lambda _s, _n: True, lambda: runs.append(datetime.now(UTC)))
    watch = Watch(sqlite_database, tick, now=now)
    watch.clock.start()
    while len(runs) < 1:
        await asyncio.sleep(0.01)
    await asyncio.to_thread(watch.clock.wake)
    async with asyncio.timeout(10):
        while len(runs) < 2:
            await asyncio.sleep(0.01)
    watch.clock.stop()


def test_a_stopped_clock_may_be_woken_and_stopped_again(sqlite_database: Database, now: datetime) -> None:
    watch = Watch(sqlite_database, now=now)
    watch.clock.wake()
    watch.clock.stop()
    assert watch.troubles == []
