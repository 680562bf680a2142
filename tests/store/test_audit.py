"""The trail of transitions: append-only in the database, and any change behind its back shows."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from db.audit import head, verify
from db.engine import Database
from db.moves import Change, link_hash, record, stamp

TAMPERED = {
    "at": "'2026-11-22 08:00:00'",
    "entity": "'post'",
    "entity_id": "99",
    "before": "'answered'",
    "after": "'open'",
    "actor": "'user:2'",
    "why": "'because'",
    "hash": "'0000'",
}


@pytest.fixture
def trail(database: Database, now: datetime) -> Database:
    """Ten transitions in two transactions."""
    for start in (1, 6):
        with database.write() as session:
            changes = [Change("reply", start + i, "planned", "sending", "poster", "due") for i in range(5)]
            record(session, changes, now=now + timedelta(seconds=start))
    return database


def tamper(database: Database, *statements: str) -> list[str]:
    """What `verify` says after somebody with full rights has changed the tables."""
    with database.write() as session:
        disarm(session, database)
        for statement in statements:
            session.connection().execute(text(statement))
        session.flush()
        return verify(session)


def disarm(session: Session, database: Database) -> None:
    drops = ("DROP TRIGGER transition_no_update", "DROP TRIGGER transition_no_delete")
    for statement in drops if database.is_sqlite else ("ALTER TABLE transition DISABLE TRIGGER ALL",):
        session.connection().execute(text(statement))


def test_an_untouched_trail_has_no_problems(trail: Database) -> None:
    with trail.read() as session:
        assert verify(session) == []


def test_an_empty_trail_has_no_problems(database: Database) -> None:
    with database.read() as session:
        assert (verify(session), head(session)) == ([], (0, ""))


@pytest.mark.parametrize("column", TAMPERED)
def test_a_change_of_any_column_shows(trail: Database, column: str) -> None:
    problems = tamper(trail, f"UPDATE transition SET {column} = {TAMPERED[column]} WHERE id = 4")
    assert any("Transition 4 (" in problem for problem in problems)


def test_a_removed_row_shows(trail: Database) -> None:
    problems = tamper(trail, "DELETE FROM transition WHERE id = 4")
    assert problems[0].startswith("Transition 5 ")
    assert "10" in problems[-1]


def test_a_cut_off_end_shows(trail: Database) -> None:
    problems = tamper(trail, "DELETE FROM transition WHERE id > 7")
    assert problems == ["The audit trail has 7 rows where its head says 10: rows were removed or added at its end."]


def test_an_emptied_trail_shows(trail: Database) -> None:
    assert len(tamper(trail, "DELETE FROM transition")) == 1


def test_rows_in_another_order_show(trail: Database) -> None:
    swap = ["UPDATE transition SET id = -3 WHERE id = 3", "UPDATE transition SET id = 3 WHERE id = 4"]
    assert tamper(trail, *swap, "UPDATE transition SET id = 4 WHERE id = -3")


@pytest.mark.parametrize("row_id", [-5, 0, 11])
def test_an_added_row_shows(trail: Database, row_id: int) -> None:
    columns = "id, at, entity, entity_id, before, after, actor, why, hash"
    assert tamper(
        trail, f"INSERT INTO transition ({columns}) SELECT {row_id}, {columns[4:]} FROM transition WHERE id = 1"
    )


def test_a_rewound_head_shows(trail: Database) -> None:
    assert tamper(trail, "UPDATE chain_head SET count = 9")


def test_a_missing_head_shows(trail: Database) -> None:
    assert "head of the audit trail is missing" in tamper(trail, "DELETE FROM chain_head")[0]


def test_one_changed_row_does_not_hide_a_second(trail: Database) -> None:
    problems = tamper(trail, "UPDATE transition SET why = 'x' WHERE id IN (3, 8)")
    assert [problem.split(" (")[0] for problem in problems] == ["Transition 3", "Transition 8"]


@pytest.mark.parametrize(
    "statement",
    ["UPDATE transition SET why = 'x'", "DELETE FROM transition", "DELETE FROM transition WHERE id = 1"],
)
def test_the_database_refuses_to_change_the_trail(trail: Database, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"), trail.write() as session:
        session.connection().execute(text(statement))


def test_replacing_a_row_is_refused_too(sqlite_database: Database, now: datetime) -> None:
    with sqlite_database.write() as session:
        record(session, [Change("post", 1, "", "live", "worker")], now=now)
    replace = text("REPLACE INTO transition SELECT id, at, entity, 2, before, after, actor, why, hash FROM transition")
    with pytest.raises(DBAPIError, match="append-only"), sqlite_database.write() as session:
        session.connection().execute(replace)


def test_truncating_the_table_is_refused_too(postgresql_database: Database) -> None:
    with pytest.raises(DBAPIError, match="append-only"), postgresql_database.write() as session:
        session.connection().execute(text("TRUNCATE transition"))


def test_the_head_names_the_newest_link(trail: Database) -> None:
    with trail.read() as session:
        count, link = head(session)
        stored = session.connection().execute(text("SELECT hash FROM transition WHERE id = 10")).scalar()
    assert (count, link) == (10, stored)


words = st.text(max_size=8)
changes = st.builds(Change, words, st.integers(0, 2**31 - 1), words, words, words, words)
moments = st.datetimes(datetime(1900, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@given(changes, changes, moments)
def test_different_changes_have_different_hashes(one: Change, other: Change, at: datetime) -> None:
    assert (link_hash("", one, at) == link_hash("", other, at)) == (one == other)


@given(changes, moments, moments)
def test_different_moments_have_different_hashes(change: Change, one: datetime, other: datetime) -> None:
    assert (link_hash("", change, one) == link_hash("", change, other)) == (one == other)


@given(moments, st.integers(-12, 14))
def test_a_stamp_does_not_depend_on_the_time_zone(at: datetime, hours: int) -> None:
    assert stamp(at.astimezone(timezone(timedelta(hours=hours)))) == stamp(at)
