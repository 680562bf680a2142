"""The two doors: writers wait for each other, readers cannot write, and rows come back as they went in."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, StatementError
from sqlmodel import func, select

from db import engine
from db.engine import Database, StoreBusy, StoreFull, open_database, ping, sqlite_url
from db.models import PostVersion, Setting, Source
from db.queries_settings import get_setting, put_setting
from tests.store import rows

ROUNDS = 25


def count_up(url: str, now: datetime) -> list[str]:
    """Read, then write what was read plus one: the pattern that plain BEGIN answers with "database is locked"."""
    database, errors = open_database(url), []
    for _ in range(ROUNDS):
        try:
            with database.write() as session:
                put_setting(session, "n", get_setting(session, "n", 0) + 1, now)
        except Exception as error:  # noqa: BLE001
            errors.append(repr(error))
    database.close()
    return errors


def stored_number(database: Database) -> Any:
    with database.read() as session:
        return get_setting(session, "n")


def url_of(database: Database) -> str:
    return database.writer.url.render_as_string(hide_password=False)


@pytest.mark.heavy
def test_eight_threads_that_read_then_write_never_fail(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        errors = list(pool.map(lambda _: count_up(url_of(database), now), range(8)))
    assert (list(chain(*errors)), stored_number(database)) == ([], 8 * ROUNDS)


@pytest.mark.heavy
def test_eight_processes_that_read_then_write_never_fail(sqlite_database: Database, now: datetime) -> None:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with context.Pool(8) as pool:
        errors = pool.starmap(count_up, [(url_of(sqlite_database), now)] * 8)
        pool.close()
        pool.join()
    assert (list(chain(*errors)), stored_number(sqlite_database)) == ([], 8 * ROUNDS)


@pytest.mark.parametrize(
    ("pragma", "value"),
    [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 10_000)],
)
def test_sqlite_is_opened_with_safe_settings(sqlite_database: Database, pragma: str, value: object) -> None:
    for opened in (sqlite_database.writer, sqlite_database.reader):
        with opened.connect() as connection:
            assert connection.execute(text(f"PRAGMA {pragma}")).scalar() == value


def test_a_writer_holds_off_the_next_from_its_first_line(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = impatient(database, monkeypatch)
    with database.write() as session:
        session.connection()
        with pytest.raises(StoreBusy, match="kept busy by another process"), other.write() as second:
            put_setting(second, "n", 1, now)
    other.close()


def impatient(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The same database, opened by somebody who waits for 50 ms only."""
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_MS", 50)
    monkeypatch.setattr(engine, "POSTGRESQL_BEGIN", ("SET LOCAL lock_timeout = 50", engine.POSTGRESQL_BEGIN[-1]))
    return open_database(url_of(database))


def test_a_busy_store_takes_the_write_later(database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    test_a_writer_holds_off_the_next_from_its_first_line(database, now, monkeypatch)
    with database.write() as session:
        put_setting(session, "n", 1, now)
    assert stored_number(database) == 1


def test_readers_go_on_while_somebody_writes(database: Database, now: datetime) -> None:
    with database.write() as session:
        put_setting(session, "n", 1, now)
    with database.write() as session:
        put_setting(session, "n", 2, now)
        assert stored_number(database) == 1
    assert stored_number(database) == 2


def test_a_reader_sees_one_moment(database: Database, now: datetime) -> None:
    with database.read() as reading:
        before = reading.exec(select(func.count()).select_from(Setting)).one()
        with database.write() as session:
            put_setting(session, "n", 1, now)
        assert reading.exec(select(func.count()).select_from(Setting)).one() == before


@pytest.mark.parametrize(
    "statement",
    ["UPDATE chain_head SET count = 9", "DELETE FROM setting", "CREATE TABLE t (id integer)", "DROP TABLE setting"],
)
def test_a_read_session_cannot_write(database: Database, statement: str) -> None:
    with database.read() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        session.connection().execute(text(statement))


def test_a_row_added_to_a_read_session_is_refused(database: Database, now: datetime) -> None:
    with database.read() as session, pytest.raises(DBAPIError, match=r"read-?only"):
        rows.source(session, now)


def test_reading_does_not_stay_read_only_for_writers(database: Database, now: datetime) -> None:
    ping(database)
    with database.write() as session:
        put_setting(session, "n", 1, now)
    assert stored_number(database) == 1


def test_an_error_rolls_everything_back(database: Database, now: datetime) -> None:
    with pytest.raises(ZeroDivisionError), database.write() as session:  # noqa: PT012
        rows.obligation(session, now)
        session.flush()
        1 / 0  # noqa: B018
    with database.read() as session:
        assert session.exec(select(Source)).all() == []


def test_rows_can_be_used_after_the_block(database: Database, now: datetime) -> None:
    with database.write() as session:
        written = rows.source(session, now, name="shop")
    with database.read() as session:
        read = session.exec(select(Source)).one()
    assert (written.id, written.name, read.name, read.created_at) == (read.id, "shop", "shop", now)


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Zurich", "America/New_York", "Asia/Kathmandu"])
def test_a_moment_comes_back_in_utc(database: Database, now: datetime, zone: str) -> None:
    local = now.astimezone(ZoneInfo(zone)) + timedelta(microseconds=1)
    with database.write() as session:
        rows.source(session, now, last_good_at=local)
    with database.read() as session:
        stored = session.exec(select(Source.last_good_at)).one()
    assert stored == local
    assert stored is not None
    assert stored.tzinfo is UTC


def test_both_halves_of_the_doubled_hour_stay_apart(database: Database, now: datetime) -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    with database.write() as session:
        rows.source(session, now, next_look_at=first, last_good_at=first.replace(fold=1))
    with database.read() as session:
        source = session.exec(select(Source)).one()
    assert source.next_look_at is not None
    assert source.last_good_at is not None
    assert source.last_good_at - source.next_look_at == timedelta(hours=1)


def test_a_time_without_zone_is_refused(database: Database, now: datetime) -> None:
    with pytest.raises(StatementError, match="timezone"), database.write() as session:
        rows.source(session, now.replace(tzinfo=None))


def test_moments_compare_in_the_database(database: Database, now: datetime) -> None:
    with database.write() as session:
        rows.source(session, now, name="late", next_look_at=now + timedelta(seconds=1))
        rows.source(session, now, name="due", next_look_at=now)
    other_zone = now.astimezone(timezone(timedelta(hours=5, minutes=45)))
    with database.read() as session:
        due = session.exec(select(Source.name).where(Source.next_look_at <= other_zone))  # type: ignore[operator]
        assert due.all() == ["due"]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(exclude_categories=["Cs", "Cc"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("äöüß \"'", max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(value=json_values)
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_json_comes_back_as_it_went_in(database: Database, now: datetime, value: Any) -> None:
    with database.write() as session:
        put_setting(session, "value", value, now)
    with database.read() as session:
        assert get_setting(session, "value", "never stored") == value


def test_a_reading_that_is_missing_is_null_in_sql(database: Database, now: datetime) -> None:
    with database.write() as session:
        version = rows.version(session, now, rows.post(session, now))
        unread = select(PostVersion.id).where(text("reading IS NULL"))
        assert session.exec(unread).all() == [version.id]


@pytest.mark.parametrize("wording", ["Grüße 🙂 aus Zürich", "zweite\nZeile\t\"'\\", "‮verkehrt", "a" * 100_000])
def test_any_wording_is_stored_exactly(database: Database, now: datetime, wording: str) -> None:
    with database.write() as session:
        rows.version(session, now, rows.post(session, now), text=wording)
    with database.read() as session:
        assert session.exec(select(PostVersion.text)).one() == wording


def test_a_stopped_postgresql_connection_is_replaced(postgresql_database: Database) -> None:
    ping(postgresql_database)
    with postgresql_database.write() as session:
        others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
        session.connection().execute(text(f"{others} AND datname = current_database()"))
    ping(postgresql_database)


def test_a_read_only_postgresql_server_counts_as_full(postgresql_database: Database, now: datetime) -> None:
    with pytest.raises(StoreFull), postgresql_database.write() as session:  # noqa: PT012
        session.connection().execute(text("SET TRANSACTION READ ONLY"))
        put_setting(session, "n", 1, now)


def test_a_vanished_reader_does_not_hold_the_log_open(sqlite_database: Database, now: datetime) -> None:
    """Every read ends its transaction, so the write-ahead log can be emptied."""
    with sqlite_database.write() as session:
        put_setting(session, "n", 1, now)
    stored_number(sqlite_database)
    with sqlite_database.writer.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        assert driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() == (0, 0, 0)


def test_sqlite_urls_name_a_file(tmp_path: Any) -> None:
    assert sqlite_url(tmp_path / "x.db") == f"sqlite:///{tmp_path}/x.db"
