"""Is our reply visible? Only a look at the public page answers that."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from crawler.items import OwnerReply as SeenReply
from db import invariants
from db.engine import Database
from db.models import Case, Draft, Obligation, OwnerReply, PostVersion, Reply, Sighting, Transition
from db.queries_sources import claim_due_sources, note_good_look
from responder.approval import close, reject
from responder.intake import receive
from responder.sightings import due_looks
from tests.flow.outlets import CALM, House
from tests.flow.people import COLD_FOOD, LONG_WAIT, answer, page, review, rows


def replied(database: Database, now: datetime) -> House:
    """A house whose answer was sent and confirmed by the outlet, but not yet seen."""
    house = House.open(database, now)
    house.approve()
    house.send()
    return house


@pytest.fixture
def house(sqlite_database: Database, now: datetime) -> House:
    return replied(sqlite_database, now)


def look(house: House, *replies: SeenReply) -> None:
    """One crawled page that lists the review with these answers."""
    crawled = page(house.source, house.now, review(owner_replies=list(replies)))
    receive(house.database, crawled, now=house.now)


def sound(house: House) -> list[str]:
    with house.database.read() as session:
        return invariants.check(session, house.now)


def to(house: House, after: timedelta) -> None:
    assert house.reply.confirmed_at is not None
    house.now = house.reply.confirmed_at + after


def test_our_reply_seen_in_public_makes_the_obligation_answered(database: Database, now: datetime) -> None:
    house = replied(database, now)
    look(house, answer(CALM))
    [seen] = rows(database, OwnerReply)
    [sighting] = rows(database, Sighting)
    assert (house.duty.state, house.duty.answered_at) == ("answered", now)
    assert (seen.reply_id, sighting.state, sighting.evidence) == (1, "seen", {"external_id": "a1"})
    assert rows(database, Case)[0].state == "waiting_for_customer"


def test_a_confirmed_reply_is_looked_for_at_once_and_then_ever_more_rarely(house: House) -> None:
    assert due_looks(house.database, house.now) == [house.source]
    waits, start = [], house.now
    while (due := house.reply.next_look_at) is not None:
        waits.append(due - start)
        house.now = due
        look(house, answer(CALM))
    assert waits == [
        timedelta(0),
        timedelta(minutes=15),
        timedelta(hours=24),
        timedelta(days=7),
        timedelta(days=30),
    ]
    assert {sighting.state for sighting in rows(house.database, Sighting)} == {"seen"}


def test_between_the_looks_a_visible_reply_costs_no_row(house: House) -> None:
    look(house, answer(CALM))
    crawled = page(house.source, house.now, review(owner_replies=[answer(CALM)]))
    assert receive(house.database, crawled, now=house.now + timedelta(minutes=5)).rows_written == 0


def test_other_quotes_and_line_breaks_on_the_page_are_still_our_reply(house: House) -> None:
    look(house, answer(CALM.replace("\n\n", " ").replace(".", " …").upper()))
    assert house.duty.state == "answered"


def test_a_reply_touched_up_on_the_platform_is_still_ours(house: House) -> None:
    look(house, answer(CALM.replace("Rosi Beck", "Ihre Rosi Beck")))
    assert (house.duty.state, rows(house.database, OwnerReply)[0].reply_id) == ("answered", 1)


def test_an_answer_of_a_colleague_is_not_taken_for_ours(house: House) -> None:
    look(house, answer("Kommen Sie gern noch einmal vorbei."))
    assert (house.duty.state, rows(house.database, OwnerReply)[0].reply_id) == ("replied", None)


def test_right_after_sending_an_absent_reply_is_not_missing_yet(house: House) -> None:
    look(house)
    assert rows(house.database, Sighting) == []
    assert house.reply.next_look_at == house.now + timedelta(minutes=15)


def test_where_nobody_looked_for_answers_ours_is_not_missing(house: House) -> None:
    look(house, answer(CALM))
    due = house.reply.next_look_at
    for hours in (24, 26, 28):
        to(house, timedelta(hours=hours))
        crawled = page(house.source, house.now, review(answers_unknown=True))
        receive(house.database, crawled, now=house.now)
    assert (house.duty.state, house.reply.next_look_at) == ("answered", due)
    assert {sighting.state for sighting in rows(house.database, Sighting)} == {"seen"}


def test_a_reply_that_vanishes_for_two_looks_opens_the_obligation_again(database: Database, now: datetime) -> None:
    house = replied(database, now)
    look(house, answer(CALM))
    to(house, timedelta(hours=24))
    look(house)
    assert (house.duty.state, house.reply.next_look_at) == ("answered", house.now + timedelta(hours=1))
    house.wait(hours=1)
    look(house)
    waiting = rows(database, Draft)[-1]
    assert (house.duty.state, house.reply.state, house.reply.outcome) == ("open", "gone", "vanished")
    assert (waiting.state, waiting.text, waiting.origin) == ("waiting", CALM, "person")
    assert rows(database, Case)[0].state == "open"
    assert "vanished from the page" in {line.why for line in rows(database, Transition)}
    assert sound(house) == []


def vanish(house: House, **values: object) -> None:
    """The reply is seen under the review that reads as `values` say, then twice in a row it is not."""

    def see(*replies: SeenReply) -> None:
        post = review(**values, owner_replies=list(replies))  # type: ignore[arg-type]
        receive(house.database, page(house.source, house.now, post), now=house.now)

    see(answer(CALM))
    to(house, timedelta(hours=24))
    see()
    house.wait(hours=1)
    see()


def test_an_older_wording_whose_reply_vanishes_gives_way_to_the_newer_one(database: Database, now: datetime) -> None:
    house = replied(database, now)
    look(house, answer(CALM))
    house.wait(hours=1)
    vanish(house, text=COLD_FOOD)
    old, new = rows(database, Obligation)
    assert (old.state, old.reason, old.closed_by, old.replied_at) == ("closed", "superseded", "worker", now)
    assert (new.state, new.drafted, new.due_at) == ("open", False, now + timedelta(hours=25))
    assert [draft.state for draft in rows(database, Draft)] == ["superseded"]
    assert (house.reply.state, house.reply.outcome) == ("gone", "vanished")
    assert [sighting.state for sighting in rows(database, Sighting)] == ["seen", "seen", "missing", "missing"]
    assert rows(database, Case)[0].state == "open"
    assert sound(house) == []


def test_a_newer_wording_that_ended_by_itself_stays_ended_when_the_older_reply_vanishes(house: House) -> None:
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    close(house.database, 2, "spam", "", house.anna, house.now)
    vanish(house, text=COLD_FOOD)
    assert [(duty.state, duty.reason) for duty in rows(house.database, Obligation)] == [
        ("closed", "superseded"),
        ("closed", "spam"),
    ]
    assert sound(house) == []


@pytest.mark.parametrize("trifle", [{"text": LONG_WAIT.upper()}, {"rating": 3.0}])
def test_a_trifling_edit_is_due_again_when_the_reply_it_relied_on_vanishes(
    house: House, trifle: dict[str, object]
) -> None:
    vanish(house, **trifle)
    old, new = rows(house.database, Obligation)
    assert (old.state, old.reason) == ("closed", "superseded")
    assert (new.state, new.reason, new.drafted) == ("open", "", True)
    waiting = rows(house.database, Draft)[-1]
    assert (waiting.obligation_id, waiting.state, waiting.text) == (2, "waiting", CALM)
    assert "no longer visible" in waiting.note
    assert sound(house) == []
    assert house.approve(waiting.id or 0).post_version_id == new.post_version_id


def test_a_reply_that_shows_again_was_only_hidden_for_a_moment(house: House) -> None:
    look(house, answer(CALM))
    to(house, timedelta(hours=24))
    look(house)
    look(house, answer(CALM))
    house.wait(days=7)
    look(house)
    assert [sighting.state for sighting in rows(house.database, Sighting)] == ["seen", "missing", "seen", "missing"]
    assert (house.duty.state, house.reply.state) == ("answered", "confirmed")


def test_where_no_answers_are_ever_shown_an_absent_one_means_nothing(house: House) -> None:
    while house.reply.next_look_at is not None:
        house.now = house.reply.next_look_at
        look(house)
    assert rows(house.database, Sighting) == []
    assert (house.duty.state, house.reply.state) == ("replied", "confirmed")


def test_a_full_look_that_did_not_list_the_post_is_counted_and_not_repeated(house: House) -> None:
    look(house, answer(CALM))
    to(house, timedelta(minutes=15))
    assert due_looks(house.database, house.now) == [house.source]
    house.wait(seconds=30)
    with house.database.write() as session:
        claim_due_sources(session, house.now)
        note_good_look(session, [house.source], house.now)
    assert due_looks(house.database, house.now) == []
    assert [sighting.state for sighting in rows(house.database, Sighting)] == ["seen"]
    assert house.reply.next_look_at == (house.reply.confirmed_at or house.now) + timedelta(hours=24)


def test_a_first_word_that_is_seen_leaves_the_full_answer_due(sqlite_database: Database, now: datetime) -> None:
    house = House.open(sqlite_database, now)
    reject(sqlite_database, 1, "", house.anna, now)
    short = "Guten Tag Frau Huber, danke für Ihre Nachricht zum langen Warten. Wir melden uns bis Mittwoch."
    house.approve(house.draft(short, kind="holding"))
    house.send()
    look(house, answer(short))
    assert (house.duty.state, rows(sqlite_database, Sighting)[0].state) == ("open", "seen")


def test_after_our_answer_an_edit_with_substance_is_the_next_step_and_keeps_the_history(house: House) -> None:
    look(house, answer(CALM))
    crawled = page(house.source, house.now, review(text=COLD_FOOD, owner_replies=[answer(CALM)]))
    receive(house.database, crawled, now=house.now + timedelta(days=1))
    first, second = rows(house.database, Obligation)
    assert (first.state, second.state, second.step) == ("answered", "open", 2)
    assert len(rows(house.database, PostVersion)) == 2
    assert [reply.state for reply in rows(house.database, Reply)] == ["confirmed"]


def test_a_deleted_post_ends_the_duties_of_all_its_wordings(database: Database, now: datetime) -> None:
    house = replied(database, now)
    edited = page(house.source, house.now, review(text=COLD_FOOD))
    receive(database, edited, now=house.now)
    assert [duty.state for duty in rows(database, Obligation)] == ["replied", "open"]
    receive(database, page(house.source, house.now, review(deleted=True)), now=house.now)
    old, new = rows(database, Obligation)
    assert (old.state, old.reason) == ("closed", "not_answerable")
    assert (new.state, new.reason) == ("closed", "deleted_before_answer")
    assert rows(database, Case)[0].state == "waiting_for_customer"
    assert sound(house) == []


def test_a_deleted_post_leaves_what_was_answered_as_it_was(house: House) -> None:
    look(house, answer(CALM))
    receive(house.database, page(house.source, house.now, review(deleted=True)), now=house.now)
    assert (house.duty.state, house.duty.reason) == ("answered", "")


def test_when_a_deleted_post_returns_only_its_newest_wording_is_due_again(house: House) -> None:
    for post in (review(text=COLD_FOOD), review(deleted=True), review(text=COLD_FOOD)):
        receive(house.database, page(house.source, house.now, post), now=house.now)
    assert [duty.state for duty in rows(house.database, Obligation)] == ["closed", "open"]
    assert sound(house) == []
