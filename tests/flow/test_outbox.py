"""From planned to confirmed exactly once, whatever the outlet answers and wherever the process ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlmodel import Session

from db import invariants, lease
from db.engine import Database, StoreFull
from db.models import Channel, Draft, Obligation, Post, Reply, Source, Transition
from db.queries_settings import put_setting
from db.queries_sources import set_channel_state
from db.states import ChannelState
from responder import outbox
from responder.intake import receive
from responder.publishers.base import Outcome, Publisher, Result, Standing, Trouble
from tests.flow.outlets import CALM, House, Killed
from tests.flow.people import COLD_FOOD, LONG_WAIT, answer, page, review, rows

SORRY = (
    "Guten Tag Frau Huber, das Schnitzel kam kalt zu Ihnen, und das tut uns leid. Wir sprechen heute mit Küche und "
    "Service und melden uns bis Mittwoch, 25. November, hier bei Ihnen.\n\nRosi Beck"
)


@pytest.fixture
def house(sqlite_database: Database, now: datetime) -> House:
    house = House.open(sqlite_database, now)
    house.approve()
    return house


def sound(house: House) -> list[str]:
    with house.database.read() as session:
        return invariants.check(session, house.now)


def test_an_approved_reply_is_sent_once_and_counts_as_replied(database: Database, now: datetime) -> None:
    house = House.open(database, now)
    house.approve()
    assert house.send() == 1
    assert house.send() == 0
    assert house.outlet.posted == [CALM]
    assert (house.reply.state, house.reply.external_id, house.reply.attempts) == ("confirmed", "a1", 1)
    assert (house.duty.state, house.duty.replied_at, house.duty.first_word_at) == ("replied", now, now)
    assert rows(database, Source)[0].full_look_wanted
    assert sound(house) == []


def test_nothing_leaves_inside_the_undo_window(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    house.approve(undo_seconds=60)
    house.wait(seconds=59)
    assert house.send() == 0
    house.wait(seconds=1)
    assert house.send() == 1


def test_the_pause_switch_stops_all_posting(house: House) -> None:
    with house.database.write() as session:
        put_setting(session, "posting_paused", True, house.now)
    assert house.send() == 0
    assert (house.reply.state, house.outlet.posted) == ("planned", [])


def test_a_rehearsing_channel_shows_the_reply_and_sends_nothing(database: Database, now: datetime) -> None:
    house = House.open(database, now, channel="dry_run")
    house.approve()
    assert house.send() == 0
    assert (house.reply.state, house.reply.outcome, house.outlet.posted) == ("planned", "dry_run", [])


def test_a_reply_that_was_rehearsed_leaves_once_the_channel_is_armed(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now, channel="dry_run")
    house.approve()
    house.send()
    with house.database.write() as session:
        set_channel_state(session, 1, ChannelState.ARMED, actor="cli", why="", now=now)
    assert house.send() == 1
    assert house.outlet.posted == [CALM]


@pytest.mark.parametrize("state", ["paused", "failed"])
def test_a_stopped_channel_sends_nothing(sqlite_database: Database, now: datetime, state: str) -> None:
    house = House.open(sqlite_database, now, channel=state)
    house.approve()
    assert house.send() == 0
    assert house.outlet.posted == []


@pytest.mark.parametrize(
    "tampered",
    [
        "UPDATE approval SET text = text || ' und Freibier'",
        "UPDATE approval SET target = 'r2'",
        "UPDATE approval SET kind = 'holding'",
        "UPDATE approval SET approver_id = approver_id + 0, approved_at = '2026-11-23 08:00:01.000000'",
        "UPDATE approval SET sha256 = 'x'",
        "UPDATE approval SET channel_id = NULL",
        "UPDATE channel SET account = 'fremd'",
        "UPDATE channel SET address = 'https://fremd.example/'",
        "UPDATE post SET external_id = 'r2'",
        "UPDATE post_version SET text = 'Alles bestens.'",
        "UPDATE reply SET idempotency_key = 'x'",
        "UPDATE reply SET kind = 'holding'",
        "UPDATE source SET channel_id = NULL",
    ],
)
def test_whatever_was_changed_behind_the_signature_stops_the_reply(house: House, tampered: str) -> None:
    with house.database.write() as session:
        session.connection().execute(sql(tampered))
    house.send()
    assert (house.reply.state, house.reply.outcome, house.outlet.posted) == ("refused", "signature", [])
    waiting = [draft for draft in rows(house.database, Draft) if draft.state == "waiting"]
    assert len(waiting) == 1
    assert "approved" in waiting[0].note


@pytest.mark.parametrize(
    "now_stands",
    [
        Standing(True, text=COLD_FOOD),
        Standing(True, text=LONG_WAIT, rating=5.0),
        Standing(True, title="Nachtrag", text=LONG_WAIT),
    ],
)
def test_a_post_that_was_changed_since_gets_no_stale_answer(house: House, now_stands: Standing) -> None:
    house.outlet.stands = now_stands
    house.send()
    assert (house.reply.state, house.reply.outcome, house.outlet.posted) == ("refused", "changed", [])
    [old, new] = rows(house.database, Draft)
    assert (old.state, new.state, new.origin, new.text) == ("superseded", "waiting", "person", CALM)
    assert rows(house.database, Source)[0].full_look_wanted
    assert sound(house) == []


def test_other_quotes_and_blanks_on_the_page_are_no_change(house: House) -> None:
    house.outlet.stands = Standing(True, text=LONG_WAIT.replace(", ", ",\n\n"))
    house.send()
    assert house.outlet.posted == [CALM]


def test_a_post_that_is_gone_ends_the_duty_with_that_reason(house: House) -> None:
    house.outlet.stands = Standing(exists=False)
    house.send()
    assert (house.reply.state, house.outlet.posted) == ("gone", [])
    assert (house.duty.state, house.duty.reason) == ("closed", "deleted_before_answer")
    assert rows(house.database, Post)[0].state == "deleted"
    assert sound(house) == []


def test_a_post_that_is_gone_ends_the_duties_of_all_its_wordings(house: House) -> None:
    house.send()
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    house.approve(house.draft(SORRY, obligation_id=2))
    house.outlet.stands = Standing(exists=False)
    house.send()
    assert [(duty.state, duty.reason) for duty in rows(house.database, Obligation)] == [
        ("closed", "not_answerable"),
        ("closed", "deleted_before_answer"),
    ]
    assert sound(house) == []


def test_a_lost_reply_whose_post_is_gone_takes_the_newer_answer_with_it(house: House) -> None:
    house.outlet.first, house.outlet.finds = [TimeoutError()], [Outcome(Result.GONE)]
    house.send()
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    house.approve(house.draft(SORRY, obligation_id=2), undo_seconds=3600)
    house.wait(minutes=2)
    house.send()
    assert [reply.state for reply in rows(house.database, Reply)] == ["gone", "cancelled"]
    assert [duty.reason for duty in rows(house.database, Obligation)] == ["superseded", "deleted_before_answer"]
    assert sound(house) == []


def test_a_refused_password_stops_the_channel_and_keeps_the_approval(house: House) -> None:
    house.outlet.first = [Outcome(Result.AUTH, detail="Password not accepted.")]
    house.send()
    [channel] = rows(house.database, Channel)
    assert (channel.state, channel.state_reason) == ("failed", "Password not accepted.")
    assert (house.reply.state, house.duty.state) == ("planned", "open")
    house.wait(hours=2)
    assert house.send() == 0


def test_a_channel_without_its_secret_is_stopped_with_the_reason(house: House) -> None:
    def nowhere(_channel: Channel) -> Publisher:
        raise RuntimeError("The secret 'wp' is nowhere.")

    house.send(nowhere)
    [channel] = rows(house.database, Channel)
    assert (channel.state, channel.state_reason) == ("failed", "The secret 'wp' is nowhere.")
    assert house.reply.state == "planned"


def test_a_refusal_gives_the_text_back_to_a_person_with_the_reason(house: House) -> None:
    house.outlet.first = [Outcome(Result.REFUSED, detail="Comments are closed.")]
    house.send()
    waiting = rows(house.database, Draft)[1]
    assert (house.reply.state, house.duty.state) == ("refused", "open")
    assert (waiting.state, waiting.text, waiting.note, waiting.origin) == (
        "waiting",
        CALM,
        "Comments are closed.",
        "person",
    )


def test_a_busy_platform_is_asked_again_when_it_says(house: House) -> None:
    house.outlet.first = [Outcome(Result.RETRY_LATER, wait_seconds=90)]
    house.send()
    assert (house.reply.state, house.reply.next_try_at) == ("planned", house.now + timedelta(seconds=90))
    house.wait(seconds=89)
    assert house.send() == 0
    house.wait(seconds=1)
    house.send()
    assert house.outlet.posted == [CALM]


def test_waiting_times_grow_up_to_an_hour_with_a_little_spread(house: House) -> None:
    waits = []
    for _ in range(5):
        house.outlet.first = [Outcome(Result.RETRY_LATER)]
        house.send()
        waits.append((house.reply.next_try_at - house.now).total_seconds())
        house.now = house.reply.next_try_at
    for waited, step in zip(waits, (30, 120, 600, 3600, 3600), strict=True):
        assert step <= waited <= 1.1 * step


def test_after_ten_attempts_a_person_decides(house: House) -> None:
    for _ in range(10):
        house.outlet.first = [Outcome(Result.RETRY_LATER, wait_seconds=1)]
        house.send()
        house.wait(seconds=1)
    assert (house.reply.state, house.reply.outcome, house.reply.attempts) == ("refused", "given_up", 10)
    assert rows(house.database, Draft)[1].state == "waiting"


def test_a_post_that_cannot_be_looked_at_is_not_answered_blindly(house: House) -> None:
    def unreachable(_outgoing: object) -> Standing:
        raise Trouble(Outcome(Result.RETRY_LATER, detail="busy"))

    house.outlet.standing = unreachable  # type: ignore[method-assign]
    house.send()
    assert (house.reply.state, house.reply.detail, house.outlet.posted) == ("planned", "busy", [])
    assert house.reply.next_try_at > house.now


def test_an_answer_lost_on_the_way_is_looked_up_after_the_quiet_time_and_not_sent_twice(house: House) -> None:
    house.outlet.then = [TimeoutError()]
    house.send()
    assert house.reply.state == "unknown"
    house.wait(seconds=64)
    house.send()
    assert house.reply.state == "unknown"
    house.wait(seconds=1)
    house.send()
    assert (house.reply.state, house.outlet.posted) == ("confirmed", [CALM])
    assert sound(house) == []


def test_a_text_that_is_certainly_not_there_is_sent_again(house: House) -> None:
    house.outlet.first = [ConnectionError()]
    house.send()
    house.wait(seconds=65)
    house.send()
    house.wait(minutes=1)
    house.send()
    assert (house.reply.state, house.reply.attempts, house.outlet.posted) == ("confirmed", 2, [CALM])


def test_while_the_look_up_fails_nothing_is_sent(house: House) -> None:
    house.outlet.first = [ConnectionError()]
    house.outlet.finds = [Outcome(Result.RETRY_LATER), ConnectionError()]
    house.send()
    for _ in range(2):
        house.wait(hours=1)
        house.send()
        assert (house.reply.state, house.outlet.posted) == ("unknown", [])


def test_a_doubt_is_settled_even_while_posting_is_paused(house: House) -> None:
    house.outlet.then = [TimeoutError()]
    house.send()
    with house.database.write() as session:
        put_setting(session, "posting_paused", True, house.now)
    house.wait(minutes=2)
    house.send()
    assert house.reply.state == "confirmed"


def test_a_reply_in_the_platforms_moderation_is_asked_after_until_it_is_public(house: House) -> None:
    house.outlet.then = [Outcome(Result.PENDING, "a1")]
    house.outlet.finds = [Outcome(Result.PENDING, "a1")]
    house.send()
    assert (house.reply.state, house.duty.state) == ("pending", "open")
    house.wait(minutes=15)
    house.send()
    assert house.reply.state == "pending"
    house.wait(minutes=15)
    house.send()
    assert (house.reply.state, house.duty.state, house.outlet.posted) == ("confirmed", "replied", [CALM])


def test_a_reply_that_moderation_rejects_comes_back_to_a_person(house: House) -> None:
    house.outlet.then = [Outcome(Result.PENDING, "a1")]
    house.outlet.finds = [Outcome(Result.REFUSED, detail="Rejected.")]
    house.send()
    house.wait(minutes=15)
    house.send()
    assert (house.reply.state, house.duty.state) == ("refused", "open")
    assert rows(house.database, Draft)[1].note == "Rejected."


def test_a_poster_that_was_overtaken_sends_nothing(house: House) -> None:
    old = house.epoch
    house.take_lease("poster-2")
    with pytest.raises(lease.LeaseLost):
        house.send()
    assert (house.epoch, house.reply.state, house.outlet.posted) == (old, "planned", [])


def test_a_poster_overtaken_during_the_call_records_nothing_and_the_next_one_finds_it(house: House) -> None:
    send = house.outlet.send

    def slow(outgoing: object) -> Outcome:
        outcome = send(outgoing)  # type: ignore[arg-type]
        house.take_lease("poster-2")
        return outcome

    house.outlet.send = slow  # type: ignore[method-assign]
    with pytest.raises(lease.LeaseLost):
        house.send()
    house.epoch = house.take_lease("poster-3")
    house.outlet.send = send  # type: ignore[method-assign]
    house.wait(minutes=2)
    house.send()
    assert (house.reply.state, house.outlet.posted) == ("confirmed", [CALM])


def test_a_process_that_was_stopped_before_its_attempt_does_not_start_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = outbox._claim

    def stopped_after_the_claim(*given: Any) -> datetime | None:
        since = claim(*given)
        house.wait(hours=1)
        return since

    monkeypatch.setattr(outbox, "_claim", stopped_after_the_claim)
    house.send()
    assert (house.reply.state, house.reply.outcome, house.outlet.posted) == ("planned", "retry_later", [])


def test_without_room_for_the_intent_nothing_is_sent(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def full(_self: Database) -> Iterator[Session]:
        raise StoreFull("no room")
        yield

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", full)
        with pytest.raises(StoreFull):
            house.send()
    assert (house.reply.state, house.outlet.posted) == ("planned", [])


def test_without_room_for_the_result_posting_stops_and_the_reply_is_found_later(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, send = Database.write, house.outlet.send

    @contextmanager
    def full_after_sending(self: Database) -> Iterator[Session]:
        if house.outlet.posted:
            raise StoreFull("no room")
        with write(self) as session:
            yield session

    with monkeypatch.context() as patch:
        patch.setattr(Database, "write", full_after_sending)
        with pytest.raises(StoreFull):
            house.send()
    assert (house.reply.state, send) == ("sending", house.outlet.send)
    house.wait(minutes=2)
    house.send()
    assert (house.reply.state, house.outlet.posted) == ("confirmed", [CALM])


def test_a_reply_seen_in_public_while_its_result_is_missing_is_confirmed_by_the_look(house: House) -> None:
    house.outlet.then = [TimeoutError()]
    house.send()
    crawled = page(house.source, house.now, review(owner_replies=[answer(CALM)]))
    receive(house.database, crawled, now=house.now)
    assert (house.reply.state, house.duty.state) == ("confirmed", "answered")
    house.wait(minutes=5)
    assert house.send() == 0
    assert house.outlet.posted == [CALM]


def test_a_planned_reply_is_stopped_when_the_customer_edits_his_post(house: House) -> None:
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    assert house.send() == 0
    assert (house.reply.state, house.outlet.posted) == ("cancelled", [])
    assert sound(house) == []


KILLS = 14
"""More than the steps of one pass, so that the last runs end by themselves."""


@pytest.mark.parametrize("answer_arrives", [True, False])
@pytest.mark.parametrize("step", range(KILLS))
def test_killed_at_any_step_the_reply_stands_in_public_exactly_once(
    sqlite_database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch, step: int, answer_arrives: bool
) -> None:
    house = House.open(sqlite_database, now)
    house.approve()
    house.outlet.then = [] if answer_arrives else [TimeoutError()]
    with monkeypatch.context() as patch:
        kill_at(patch, house, step)
        killed = _killed(house)
    for _ in range(6):
        house.wait(minutes=3)
        house.send()
    assert (house.outlet.posted, house.reply.state, house.duty.state) == ([CALM], "confirmed", "replied")
    assert sound(house) == []
    assert killed or step > 4


def kill_at(patch: pytest.MonkeyPatch, house: House, step: int) -> None:
    """End the process at the n-th of: a transaction begun, written, committed; an outward call begun, ended."""
    left = iter(range(step + 1))

    def strike() -> None:
        if next(left, None) == step:
            raise Killed

    write, send, standing = Database.write, house.outlet.send, house.outlet.standing

    @contextmanager
    def striking(self: Database) -> Iterator[Session]:
        strike()
        with write(self) as session:
            yield session
            strike()
        strike()

    def around(call: object) -> object:
        def called(outgoing: object) -> object:
            strike()
            result = call(outgoing)  # type: ignore[operator]
            strike()
            return result

        return called

    patch.setattr(Database, "write", striking)
    patch.setattr(house.outlet, "send", around(send))
    patch.setattr(house.outlet, "standing", around(standing))


def _killed(house: House) -> bool:
    try:
        house.send()
    except Killed:
        return True
    return False


def test_the_transitions_of_a_reply_tell_its_whole_way(house: House) -> None:
    house.send()
    way = [(line.before, line.after) for line in rows(house.database, Transition) if line.entity == "reply"]
    assert way == [("", "planned"), ("planned", "sending"), ("sending", "confirmed")]
    assert [type(row) for row in rows(house.database, Reply)] == [Reply]
    assert rows(house.database, Obligation)[0].state == "replied"
