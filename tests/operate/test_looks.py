"""What a look leaves behind: health, the plan of the next look, and nothing at all where nothing was found by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from crawler.items import CrawlReport
from db.engine import Database
from db.models import Source, Transition
from db.queries_sources import claim_source
from gelassen.cli.work import InTurn
from gelassen.look_once import in_line, note
from tests.store import rows

CADENCE = timedelta(seconds=900)
HOUR = timedelta(hours=1)
NEXT_YEAR = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def claimed(sqlite_database: Database, now: datetime) -> Source:
    """A source whose turn it is."""
    with sqlite_database.write() as session:
        source_id = rows.key(rows.source(session, now, cadence_seconds=900, last_full_look_at=now, next_look_at=now))
    with sqlite_database.write() as session:
        source = claim_source(session, source_id, now)
    assert source is not None
    return source


def stored(database: Database) -> dict[str, Any]:
    with database.read() as session:
        return session.exec(select(Source)).one().model_dump()


def report(**values: Any) -> CrawlReport:
    return CrawlReport("Laden", "feed", **values)


def degraded(**values: Any) -> CrawlReport:
    return report(health="degraded", errors=["https://shop.example accepts no connection. Is the site up?"], **values)


def test_a_good_look_by_the_clock_is_remembered_and_keeps_the_plan(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    before = stored(sqlite_database)
    note(sqlite_database, claimed, report(), now, by_clock=True)
    after = stored(sqlite_database)
    assert after == before | {"last_good_at": now, "last_full_look_at": now, "vitals": after["vitals"]}


def test_a_good_look_that_used_up_a_limit_puts_the_next_one_off(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    note(sqlite_database, claimed, report(not_before=now + 2 * HOUR), now, by_clock=True)
    after = stored(sqlite_database)
    assert (after["next_look_at"], after["failures"], after["state"]) == (now + 2 * HOUR, 0, "active")


def test_a_limit_that_ends_before_the_cadence_does_changes_nothing(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    note(sqlite_database, claimed, report(not_before=now + CADENCE / 2), now, by_clock=True)
    assert stored(sqlite_database)["next_look_at"] == claimed.next_look_at


def test_a_look_that_went_wrong_is_counted_and_comes_as_late_as_the_host_wants(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    note(sqlite_database, claimed, degraded(not_before=now + 2 * HOUR), now, by_clock=True)
    after = stored(sqlite_database)
    assert (after["next_look_at"], after["failures"], after["state"]) == (now + 2 * HOUR, 1, "degraded")
    assert "accepts no connection" in after["state_reason"]


def test_a_look_that_met_a_closed_door_says_nothing_about_the_source(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    before = stored(sqlite_database)
    waiting = report(health="waiting", errors=["was not asked"], not_before=now + HOUR)
    note(sqlite_database, claimed, waiting, now, by_clock=True)
    assert stored(sqlite_database) == before | {"next_look_at": now + HOUR}


@pytest.mark.parametrize("found", [report(), report(seen=50), report(health="waiting", not_before=NEXT_YEAR)])
def test_a_look_by_hand_that_finds_nothing_new_leaves_no_trace(
    sqlite_database: Database, claimed: Source, now: datetime, found: CrawlReport
) -> None:
    before = stored(sqlite_database)
    note(sqlite_database, claimed, found, now, by_clock=False)
    assert stored(sqlite_database) == before
    with sqlite_database.read() as session:
        assert session.exec(select(Transition)).all() == []


def test_trouble_seen_by_hand_is_shown_but_changes_no_plan(
    sqlite_database: Database, claimed: Source, now: datetime
) -> None:
    before = stored(sqlite_database)
    note(sqlite_database, claimed, degraded(not_before=now + 2 * HOUR), now, by_clock=False)
    after = stored(sqlite_database)
    assert after["state"] == "degraded"
    assert (after["next_look_at"], after["failures"]) == (before["next_look_at"], 0)


def test_a_good_look_by_hand_ends_a_long_pause(sqlite_database: Database, claimed: Source, now: datetime) -> None:
    for _ in range(8):
        note(sqlite_database, claimed, degraded(), now, by_clock=True)
        claimed.next_look_at = stored(sqlite_database)["next_look_at"]
    assert stored(sqlite_database)["next_look_at"] > now + 12 * HOUR
    note(sqlite_database, claimed, report(), now, by_clock=False)
    after = stored(sqlite_database)
    assert (after["failures"], after["state"]) == (0, "active")
    assert after["next_look_at"] < now + 2 * CADENCE


def test_the_moment_before_which_no_look_makes_sense_is_not_printed(now: datetime) -> None:
    assert "not_before" not in report(not_before=now).printed()


def test_sources_stand_in_line_by_the_host_they_are_read_from(now: datetime) -> None:
    one = Source(name="a", kind="feed", address="https://a.example/x", created_at=now)
    two = Source(name="b", kind="wordpress", address="https://b.example", settings={"api": "https://a.example/api"},
        created_at=now)  # fmt: skip
    assert [host for host, _ in in_line([one, two])] == ["a.example", "a.example"]


def test_reports_are_shown_in_order_each_as_soon_as_it_can_be() -> None:
    shown: list[str] = []
    told = InTurn([1, 2, 3], lambda report: shown.append(report.source))
    after_each = []
    for number in (2, 1, 3):
        told.add(number, CrawlReport(f"source {number}", "feed"))
        after_each.append(len(shown))
    assert (after_each, shown) == ([0, 2, 3], ["source 1", "source 2", "source 3"])
