"""The coverage equation, the sources' rows and the counts behind the health check."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from db.engine import Database
from db.queries_settings import POSTING_PAUSED, note_tick, put_setting
from db.queries_status import Coverage, coverage, health, source_statuses, troubled
from tests.store import rows

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CLOSED = {"state": "closed", "reason": "spam", "closed_by": "user:1"}


def covered(database: Database, now: datetime) -> Coverage:
    with database.read() as session:
        return coverage(session, now)


def test_nothing_collected_is_balanced(database: Database, now: datetime) -> None:
    assert covered(database, now) == Coverage(0, 0, 0, 0, 0, 0, balanced=True)


def test_every_post_version_is_counted_where_it_stands(database: Database, now: datetime) -> None:
    with database.write() as session:
        for state, times in {"open": 4, "replied": 3, "answered": 2}.items():
            for _ in range(times):
                rows.obligation(session, now, state=state)
        rows.obligation(session, now, **CLOSED)
    assert covered(database, now) == Coverage(
        collected=10, answered=2, replied=3, open=4, closed=1, overdue=0, balanced=True
    )


def test_a_post_version_without_obligation_is_out_of_balance(database: Database, now: datetime) -> None:
    with database.write() as session:
        rows.obligation(session, now)
        rows.version(session, now, rows.post(session, now))
    assert not covered(database, now).balanced


def test_only_open_obligations_past_their_deadline_are_overdue(database: Database, now: datetime) -> None:
    with database.write() as session:
        for late in (-HOUR, timedelta(0), HOUR):
            rows.obligation(session, now, due_at=now + late)
        rows.obligation(session, now, due_at=now - HOUR, **CLOSED)
    assert covered(database, now).overdue == 1


def test_every_source_has_a_row_with_its_counts(database: Database, now: datetime) -> None:
    with database.write() as session:
        shop = rows.source(session, now, name="shop", last_good_at=now, next_look_at=now + HOUR, published_total=128)
        rows.source(session, now, name="hotel", kind="schema_org", state="degraded", state_reason="timeout")
        for due in (now - HOUR, now + HOUR):
            version = rows.version(session, now, rows.post(session, now, source_id=rows.key(shop)))
            rows.obligation(session, now, version, due_at=due)
        rows.post(session, now, source_id=rows.key(shop))
    with database.read() as session:
        hotel, found = source_statuses(session, now)
    assert (hotel.name, hotel.kind, hotel.health, hotel.why) == ("hotel", "schema_org", "degraded", "timeout")
    assert (hotel.last_good, hotel.posts, hotel.open, hotel.overdue) == (None, 0, 0, 0)
    assert (found.health, found.last_good, found.next_look) == ("active", now, now + HOUR)
    assert (found.published_total, found.posts, found.open, found.overdue) == (128, 3, 2, 1)


def test_health_of_an_empty_database(database: Database, now: datetime) -> None:
    with database.read() as session:
        found = health(session, now)
    assert (found.last_tick, found.open, found.posting_paused) == (None, 0, False)


def test_health_knows_the_last_tick_of_all(database: Database, now: datetime) -> None:
    with database.write() as session:
        note_tick(session, "crawl", now)
        note_tick(session, "post", now - HOUR)
    with database.read() as session:
        found = health(session, now)
    assert (found.ticks, found.last_tick) == ({"crawl": now, "post": now - HOUR}, now)


def test_health_counts_what_waits_and_what_is_wrong(database: Database, now: datetime) -> None:
    with database.write() as session:
        for state in ("planned", "sending", "unknown", "confirmed"):
            draft = rows.draft(session, now, rows.obligation(session, now))
            rows.reply(session, now, rows.approval(session, now, draft), state=state)
        rows.obligation(session, now, due_at=now - HOUR)
        rows.source(session, now, state="degraded")
        rows.channel(session, now, state="failed")
        put_setting(session, POSTING_PAUSED, True, now)
    with database.read() as session:
        found = health(session, now)
    assert (found.open, found.overdue, found.undrafted) == (5, 1, 1)
    assert (found.to_send, found.in_doubt) == (1, 2)
    assert (found.degraded_sources, found.failed_channels, found.posting_paused) == (1, 1, True)


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("SELECT count(*) FROM obligation WHERE state = 'open' AND due_at < '2026'", "ix_obligation_open_due"),
        ("SELECT count(*) FROM obligation WHERE state = 'open' AND drafted = false", "ix_obligation_undrafted"),
        ("SELECT count(*) FROM obligation WHERE state = 'closed'", "ix_obligation_closed"),
        (
            "SELECT state, count(*) FROM obligation WHERE state IN ('answered', 'replied') GROUP BY state",
            "ix_obligation_answered",
        ),
    ],
)
def test_counting_reads_a_partial_index_only(sqlite_database: Database, query: str, index: str) -> None:
    with sqlite_database.read() as session:
        plan = session.connection().execute(text(f"EXPLAIN QUERY PLAN {query}")).all()
    assert re.search(rf"USING (COVERING )?INDEX {index}\b", plan[0].detail)


@pytest.mark.parametrize(
    ("good", "planned", "cadence", "stale"),
    [
        (3 * DAY, -HOUR, 900, True),
        (DAY, -HOUR, 900, False),
        (3 * DAY, HOUR, 900, False),
        (3 * DAY, -HOUR, 86400, False),
        (11 * DAY, -HOUR, 86400, True),
    ],
    ids=["three days", "one day", "nobody looks", "looked at daily", "looked at daily, eleven days"],
)
def test_a_source_without_a_good_look_for_long_is_in_trouble(
    database: Database, now: datetime, good: timedelta, planned: timedelta, cadence: int, stale: bool
) -> None:
    with database.write() as session:
        rows.source(session, now, last_good_at=now - good, next_look_at=now - planned, cadence_seconds=cadence)
    with database.read() as session:
        (found,) = source_statuses(session, now)
        assert troubled(session, now) == health(session, now).degraded_sources == stale
    assert (found.health, found.why) == (
        ("degraded", f"No look has gone well for {good.days} days.") if stale else ("active", "")
    )


def test_a_new_source_is_given_time_for_its_first_good_look(database: Database, now: datetime) -> None:
    with database.write() as session:
        rows.source(session, now, next_look_at=now + 4 * DAY)
    with database.read() as session:
        assert (troubled(session, now), troubled(session, now + 3 * DAY)) == (0, 1)


def test_paused_sources_need_nobody_and_degraded_ones_do(database: Database, now: datetime) -> None:
    with database.write() as session:
        rows.source(session, now - 9 * DAY, state="paused", next_look_at=now + HOUR)
        for _ in range(2):
            rows.source(session, now, state="degraded")
    with database.read() as session:
        assert troubled(session, now) == 2
