"""Changing and removing sources: nothing that was collected is lost, and what changed is read anew."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from db import queries_source_changes as changes
from db.audit import verify
from db.engine import Database
from db.models import Post, Source, Transition
from db.queries_sources import add_source, get_source, resume_source, set_health
from tests.store import rows

LATER = timedelta(hours=5)


@pytest.fixture
def shop(database: Database, now: datetime) -> str:
    """A source that was read completely a while ago."""
    with database.write() as session:
        rows.source(session, now, name="shop", next_look_at=now + LATER, last_full_look_at=now, settings={"a": 1})
    return "shop"


def change(database: Database, now: datetime, **values: Any) -> list[str]:
    with database.write() as session:
        source = changes.lock_source(session, "shop")
        assert source is not None
        return changes.change_source(session, source, actor="cli", now=now, **values)


def remove(database: Database, now: datetime) -> int:
    with database.write() as session:
        source = changes.lock_source(session, "shop")
        assert source is not None
        return changes.remove_source(session, source, actor="cli", now=now)


def add_post(database: Database, now: datetime, state: str) -> None:
    """A collected post whose duty is in `state`."""
    with database.write() as session:
        source = get_source(session, "shop")
        assert source is not None
        post = rows.post(session, now, source_id=source.id)
        why = {"reason": "by_person", "closed_by": "user:1"} if state == "closed" else {}
        rows.obligation(session, now, rows.version(session, now, post), state=state, **why)


def stored(database: Database) -> Source | None:
    with database.read() as session:
        return get_source(session, "shop")


def trail(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        assert verify(session) == []
        return [(row.before, row.after, row.why) for row in session.exec(select(Transition))]


def test_a_change_is_stored_recorded_and_followed_by_a_full_look(database: Database, now: datetime, shop: str) -> None:
    assert change(database, now, settings={"a": 2}, locale="de-AT") == ["locale", "settings"]
    found = stored(database)
    assert found is not None
    assert (found.settings, found.locale) == ({"a": 2}, "de-AT")
    assert (found.full_look_wanted, found.next_look_at) == (True, now)
    assert trail(database) == [("active", "active", "changed: locale, settings")]


def test_the_same_values_change_nothing(database: Database, now: datetime, shop: str) -> None:
    assert change(database, now, settings={"a": 1}) == []
    found = stored(database)
    assert found is not None
    assert (found.full_look_wanted, found.next_look_at, trail(database)) == (False, now + LATER, [])


def test_a_source_without_posts_is_deleted_with_a_line_in_the_trail(
    database: Database, now: datetime, shop: str
) -> None:
    assert remove(database, now) == 0
    assert stored(database) is None
    assert trail(database) == [("active", "removed", "removed")]


def test_its_name_can_be_used_again(database: Database, now: datetime, shop: str) -> None:
    remove(database, now)
    with database.write() as session:
        add_source(session, "shop", "feed", "https://neu.example", now=now)
    assert stored(database) is not None


def test_a_source_where_customers_wait_stays_as_it_is(database: Database, now: datetime, shop: str) -> None:
    add_post(database, now, "open")
    with pytest.raises(changes.SourceInUse, match=r"1 posts from there wait .* gelassen source pause shop"):
        remove(database, now)
    found = stored(database)
    assert found is not None
    assert (found.state, trail(database)) == ("active", [])


@pytest.mark.parametrize("state", ["replied", "answered", "closed"])
def test_a_source_whose_posts_are_settled_keeps_them_and_is_watched_no_more(
    database: Database, now: datetime, shop: str, state: str
) -> None:
    add_post(database, now, state)
    assert remove(database, now) == 1
    found = stored(database)
    assert found is not None
    assert (found.state, found.state_reason) == ("paused", changes.REMOVED)
    with database.read() as session:
        assert len(session.exec(select(Post)).all()) == 1


def test_a_removed_source_can_be_taken_up_again(database: Database, now: datetime, shop: str) -> None:
    add_post(database, now, "closed")
    remove(database, now)
    with database.write() as session:
        source = get_source(session, "shop")
        assert source is not None
        resume_source(session, source.id or 0, actor="cli", why="command line", now=now)
    found = stored(database)
    assert found is not None
    assert found.state == "active"


def test_an_imported_source_can_be_removed_as_well(database: Database, now: datetime, shop: str) -> None:
    change(database, now, address="", state="paused")
    add_post(database, now, "closed")
    assert remove(database, now) == 1


def test_a_look_that_ends_after_its_source_was_removed_is_forgotten(
    database: Database, now: datetime, shop: str
) -> None:
    found = stored(database)
    assert found is not None
    remove(database, now)
    with database.write() as session:
        set_health(session, found.id or 0, False, "Die Seite antwortet nicht.", now)
    assert stored(database) is None
