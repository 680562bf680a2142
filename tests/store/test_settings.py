"""Settings people change while the daemon runs, and the rows by which health is judged."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import Setting, Tick
from db.queries_settings import POSTING_PAUSED, get_setting, last_ticks, note_tick, put_setting


def test_a_setting_nobody_made_has_its_default(database: Database) -> None:
    with database.read() as session:
        assert get_setting(session, POSTING_PAUSED, False) is False
        assert get_setting(session, "profile") is None


@pytest.mark.parametrize("value", [True, 0, "", [], {"business": "Möbelhaus"}, None])
def test_a_setting_keeps_its_value(database: Database, now: datetime, value: Any) -> None:
    with database.write() as session:
        put_setting(session, "profile", value, now)
    with database.read() as session:
        assert get_setting(session, "profile", "default") == value


def test_the_newest_value_counts(database: Database, now: datetime) -> None:
    with database.write() as session:
        put_setting(session, POSTING_PAUSED, True, now)
        assert get_setting(session, POSTING_PAUSED) is True
        put_setting(session, POSTING_PAUSED, False, now + timedelta(hours=1))
        assert get_setting(session, POSTING_PAUSED) is False
    with database.read() as session:
        stored = session.exec(select(Setting)).one()
    assert (stored.key, stored.value, stored.updated_at) == (POSTING_PAUSED, False, now + timedelta(hours=1))


def test_no_tick_ran_yet(database: Database) -> None:
    with database.read() as session:
        assert last_ticks(session) == {}


def test_a_tick_remembers_its_last_completion_only(database: Database, now: datetime) -> None:
    with database.write() as session:
        note_tick(session, "crawl", now, "3 sources")
        note_tick(session, "post", now)
    with database.write() as session:
        note_tick(session, "crawl", now + timedelta(minutes=1), "nothing due")
    with database.read() as session:
        assert last_ticks(session) == {
            "crawl": Tick(name="crawl", last_run_at=now + timedelta(minutes=1), detail="nothing due"),
            "post": Tick(name="post", last_run_at=now, detail=""),
        }
