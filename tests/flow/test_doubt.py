"""A reply in doubt that no program can look up: a person says whether it stands there."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import text as sql

from db import invariants
from db.engine import Database
from db.models import Channel, Draft, Obligation, Reply, Transition
from responder.approval import Conflict, NotAllowed, TooEarly, confirm_manual, deny_manual
from responder.intake import receive
from responder.publishers.base import Doubles, Outcome, Outgoing, Publisher, Result
from tests.flow.outlets import CALM, House
from tests.flow.people import COLD_FOOD, add_user, answer, page, review, rows

QUIET = timedelta(seconds=65)
"""Time limit and settling time of the fake outlet together."""


@pytest.fixture
def house(sqlite_database: Database, now: datetime) -> House:
    return lost(sqlite_database, now)


def lost(database: Database, now: datetime) -> House:
    """A house whose reply was sent and never acknowledged, through an outlet that cannot be read back."""
    house = House.open(database, now)
    house.outlet.doubles = Doubles.NO_READ_BACK
    house.outlet.first = [TimeoutError()]
    house.approve()
    house.send()
    assert house.reply.state == "unknown"
    return house


def deny(house: House) -> None:
    deny_manual(house.database, 1, house.anna, house.now)


def use(house: House, **columns: str) -> None:
    """Point the channel at another account, address or secret."""
    with house.database.write() as session:
        for column, value in columns.items():
            session.connection().execute(sql(f"UPDATE channel SET {column} = :value"), {"value": value})


def sound(house: House) -> list[str]:
    with house.database.read() as session:
        return invariants.check(session, house.now)


def test_a_denied_reply_is_refused_and_its_text_waits_for_a_person(database: Database, now: datetime) -> None:
    house = lost(database, now)
    house.now += QUIET
    deny(house)
    assert (house.reply.state, house.reply.outcome, house.duty.state) == ("refused", "not_there", "open")
    old, waiting = rows(database, Draft)
    assert (old.state, waiting.state, waiting.text, waiting.origin) == ("superseded", "waiting", CALM, "person")
    assert waiting.note == house.reply.detail
    assert "not there" in waiting.note
    lines = {(line.entity, line.after, line.actor) for line in rows(database, Transition)}
    assert ("reply", "refused", f"user:{house.anna.id}") in lines
    assert sound(house) == []


def test_a_denied_text_is_sent_again_only_by_a_new_approval(house: House) -> None:
    house.now += QUIET
    deny(house)
    house.wait(days=1)
    assert house.send() == 0
    house.approve(2)
    house.send()
    assert house.outlet.posted == [CALM]
    assert [reply.state for reply in rows(house.database, Reply)] == ["refused", "confirmed"]
    assert sound(house) == []


def test_before_the_quiet_time_is_over_nobody_can_deny_a_reply(house: House) -> None:
    house.now += QUIET - timedelta(seconds=1)
    with pytest.raises(TooEarly, match=r"may still arrive until 08:01 UTC"):
        deny(house)
    assert (house.reply.state, len(rows(house.database, Draft))) == ("unknown", 1)


@pytest.mark.parametrize("state", ["planned", "sending", "pending", "confirmed", "refused"])
def test_only_a_reply_in_doubt_can_be_denied(house: House, state: str) -> None:
    house.now += QUIET
    with house.database.write() as session:
        session.connection().execute(sql("UPDATE reply SET state = :state"), {"state": state})
    with pytest.raises(Conflict, match="not in doubt"):
        deny(house)
    assert house.reply.state == state


def test_what_was_confirmed_cannot_be_denied_any_more(house: House) -> None:
    house.now += QUIET
    confirm_manual(house.database, 1, "", house.anna, house.now)
    with pytest.raises(Conflict):
        deny(house)
    assert (house.reply.state, house.duty.state) == ("confirmed", "replied")


@pytest.mark.parametrize("roles", [["viewer"], ["admin"], []])
def test_only_who_writes_or_approves_may_deny(house: House, roles: list[str]) -> None:
    house.now += QUIET
    with pytest.raises(NotAllowed):
        deny_manual(house.database, 1, add_user(house.database, "vera", roles, house.now), house.now)
    assert house.reply.state == "unknown"


def test_a_drafter_may_deny_because_only_an_approver_sends_it_again(house: House) -> None:
    house.now += QUIET
    deny_manual(house.database, 1, add_user(house.database, "ben", ["drafter"], house.now), house.now)
    assert house.reply.state == "refused"


def test_a_denied_reply_to_an_older_wording_brings_nothing_back(house: House) -> None:
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    house.now += QUIET
    deny(house)
    assert [draft.state for draft in rows(house.database, Draft)] == ["superseded"]
    assert [duty.state for duty in rows(house.database, Obligation)] == ["closed", "open"]
    assert sound(house) == []


def test_a_denied_reply_that_shows_up_after_all_ends_the_duty_and_its_new_draft(house: House) -> None:
    house.now += QUIET
    deny(house)
    receive(house.database, page(house.source, house.now, review(owner_replies=[answer(CALM)])), now=house.now)
    assert (house.duty.state, [draft.state for draft in rows(house.database, Draft)]) == (
        "answered",
        ["superseded"] * 2,
    )


@pytest.mark.parametrize("looked", [Outcome(Result.UNKNOWN), Outcome(Result.RETRY_LATER), Outcome(Result.OK, "a1")])
def test_what_a_person_says_during_a_look_up_stands(house: House, looked: Outcome) -> None:
    def find(_outgoing: Outgoing) -> Outcome:
        deny(house)
        return looked

    house.outlet.doubles = Doubles.LIST_THEN_POST
    house.outlet.find = find  # type: ignore[method-assign]
    house.now += QUIET
    house.send()
    assert (house.reply.state, house.reply.outcome) == ("refused", "not_there")
    assert "not there" in house.reply.detail


# --- the account was changed meanwhile ----------------------------------------------------------------------------


def never(_channel: Channel) -> Publisher:
    raise AssertionError("the other account was asked")


@pytest.mark.parametrize("other", [{"account": "neu"}, {"address": "https://neu.example/"}, {"kind": "wordpress"}])
def test_a_reply_of_another_account_is_not_looked_up_but_asked_for(house: House, other: dict[str, str]) -> None:
    house.outlet.doubles = Doubles.LIST_THEN_POST
    use(house, **other)
    for _ in range(3):
        house.wait(hours=2)
        house.send(never)
        assert (house.reply.state, house.reply.outcome) == ("unknown", "unknown")
    assert "Please look at the page" in house.reply.detail
    assert rows(house.database, Channel)[0].state == "armed"
    assert sound(house) == []


def test_such_a_reply_is_settled_by_a_person_and_sent_through_the_new_account(house: House) -> None:
    use(house, account="neu")
    house.now += QUIET
    house.send(never)
    deny(house)
    house.approve(2)
    house.send()
    assert house.outlet.posted == [CALM]
    assert (house.reply.state, house.duty.state) == ("confirmed", "replied")


def test_with_its_own_account_back_a_reply_is_looked_up_again(house: House) -> None:
    house.outlet.doubles, house.outlet.posted = Doubles.LIST_THEN_POST, [CALM]
    use(house, account="neu")
    house.now += QUIET
    house.send(never)
    use(house, account="")
    house.wait(hours=2)
    house.send()
    assert (house.reply.state, house.outlet.posted) == ("confirmed", [CALM])


def test_a_new_secret_alone_is_still_the_same_account(house: House) -> None:
    house.outlet.doubles, house.outlet.posted = Doubles.LIST_THEN_POST, [CALM]
    use(house, secret="renewed")
    house.now += QUIET
    house.send()
    assert house.reply.state == "confirmed"


def test_a_reply_in_moderation_of_another_account_becomes_a_doubt(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.outlet.then = [Outcome(Result.PENDING, "a1")]
    house.approve()
    house.send()
    use(house, account="neu")
    house.wait(minutes=15)
    house.send(never)
    assert (house.reply.state, house.duty.state, len(rows(sqlite_database, Draft))) == ("unknown", "open", 1)
    assert "Please look at the page" in house.reply.detail
    assert sound(house) == []
    deny(house)
    assert house.reply.state == "refused"
