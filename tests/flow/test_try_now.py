"""A person who knows that the trouble is over need not wait for the next planned attempt."""

from __future__ import annotations

from datetime import datetime

import pytest

from db import invariants
from db.engine import Database
from db.models import Transition
from db.moves import Conflict
from responder.approval import NotAllowed, try_now
from responder.publishers.base import Outcome, Result
from tests.flow.outlets import CALM, House
from tests.flow.people import add_user, rows

BUSY = Outcome(Result.RETRY_LATER, detail="The platform answered 503.")


@pytest.fixture
def house(sqlite_database: Database, now: datetime) -> House:
    """An approved answer whose first attempt met a platform in trouble."""
    house = House.open(sqlite_database, now)
    house.approve()
    house.outlet.first.append(BUSY)
    house.send()
    assert house.send() == 0
    return house


def go_on(house: House) -> None:
    try_now(house.database, house.reply.id or 0, house.anna, house.now)


def test_a_reply_that_waits_for_its_next_attempt_leaves_at_once(house: House) -> None:
    go_on(house)
    assert house.send() == 1
    assert (house.reply.state, house.reply.attempts, house.outlet.posted) == ("confirmed", 2, [CALM])


def test_it_stands_in_the_audit_trail_who_asked(house: House) -> None:
    go_on(house)
    newest = rows(house.database, Transition)[-1]
    assert (newest.entity, newest.actor, newest.why) == ("reply", f"user:{house.anna.id}", "try now")
    with house.database.read() as session:
        assert invariants.check(session, house.now) == []


def test_a_viewer_cannot_ask(house: House) -> None:
    vera = add_user(house.database, "vera", ["viewer"], house.now)
    with pytest.raises(NotAllowed):
        try_now(house.database, house.reply.id or 0, vera, house.now)


def test_the_undo_window_is_not_shortened(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.approve(undo_seconds=60)
    with pytest.raises(Conflict):
        go_on(house)
    assert house.send() == 0


def test_the_quiet_time_of_an_attempt_in_doubt_is_not_shortened(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.approve()
    house.outlet.first.append(Outcome(Result.UNKNOWN, detail="The platform could not be reached properly."))
    house.send()
    assert house.reply.state == "unknown"
    with pytest.raises(Conflict):
        go_on(house)


def test_a_failed_look_for_a_reply_in_doubt_can_be_repeated_at_once(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.approve()
    house.outlet.first.append(Outcome(Result.UNKNOWN))
    house.send()
    house.wait(minutes=10)
    house.outlet.finds.append(BUSY)
    house.send()
    house.outlet.finds.append(Outcome(Result.OK, external_id="a9"))
    assert house.send() == 0
    go_on(house)
    assert house.send() == 1
    assert (house.reply.state, house.reply.external_id) == ("confirmed", "a9")


def test_what_has_arrived_waits_for_nothing(house: House) -> None:
    go_on(house)
    house.send()
    with pytest.raises(Conflict):
        go_on(house)


def test_a_stopped_channel_is_not_outwitted(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.approve()
    house.outlet.first.append(Outcome(Result.AUTH, detail="The platform answered 401."))
    house.send()
    with pytest.raises(Conflict):
        go_on(house)
