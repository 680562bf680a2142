"""Approve, undo, edit, reject, hold, close: who may, what it does, and what it refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from db import invariants
from db.engine import Database
from db.models import Approval, Case, Draft, Obligation, Reply, Transition
from responder import approval
from responder.approval import AlreadyApproved, Blocked, Conflict, NotAllowed
from responder.findings import Finding
from responder.intake import receive
from responder.signature import signature
from tests.flow.outlets import CALM, House
from tests.flow.people import COLD_FOOD, add_user, page, review, rows


@pytest.fixture
def house(sqlite_database: Database, now: datetime) -> House:
    return House.open(sqlite_database, now)


def test_approving_signs_the_text_and_plans_its_reply_after_the_undo_window(database: Database, now: datetime) -> None:
    house = House.open(database, now)
    signed = house.approve(undo_seconds=60)
    [reply] = rows(database, Reply)
    assert (signed.text, signed.target, signed.approver_id) == (CALM, "r1", house.anna.id)
    leaves = now + timedelta(seconds=60)
    assert (reply.state, reply.not_before, reply.next_try_at) == ("planned", leaves, leaves)
    assert [draft.state for draft in rows(database, Draft)] == ["approved"]
    assert rows(database, Obligation)[0].state == "open"


def test_the_signature_is_the_same_after_a_round_trip_through_the_database(database: Database, now: datetime) -> None:
    House.open(database, now).approve()
    [stored] = rows(database, Approval)
    assert signature(stored) == stored.sha256


def test_a_double_click_finds_the_approval_that_stands(house: House) -> None:
    first = house.approve()
    with pytest.raises(AlreadyApproved) as second:
        house.approve()
    assert second.value.approval.id == first.id
    assert len(rows(house.database, Reply)) == 1


def test_of_many_clicks_at_the_same_moment_exactly_one_signs(database: Database, now: datetime) -> None:
    house = House.open(database, now)

    def click(_number: int) -> str:
        try:
            house.approve()
        except AlreadyApproved:
            return "already approved"
        return "approved"

    with ThreadPoolExecutor(8) as clicks:
        answers = sorted(clicks.map(click, range(16)))
    assert answers == ["already approved"] * 15 + ["approved"]
    assert len(rows(database, Approval)) == len(rows(database, Reply)) == 1


def test_an_older_revision_is_a_conflict_and_signs_nothing(house: House) -> None:
    approval.edit(house.database, 1, 1, CALM.replace("Guten Tag", "Grüß Gott"), house.anna, [], house.now)
    with pytest.raises(Conflict):
        house.approve(revision=1)
    assert rows(house.database, Approval) == []


@pytest.mark.parametrize("roles", [["viewer"], ["drafter"], ["admin"], []])
def test_only_an_approver_approves(house: House, roles: list[str]) -> None:
    ben = add_user(house.database, "ben", roles, house.now)
    with pytest.raises(NotAllowed, match="approver"):
        approval.approve(house.database, 1, 1, ben, now=house.now, undo_seconds=0)
    assert rows(house.database, Approval) == []


def test_a_disabled_approver_approves_nothing(house: House) -> None:
    house.anna.disabled = True
    with pytest.raises(NotAllowed):
        house.approve()


def test_a_text_with_a_blocking_finding_is_refused_with_the_findings(house: House) -> None:
    with pytest.raises(Blocked) as refused:
        house.approve(text=f"{CALM}\nIhre IBAN DE89 3704 0044 0532 0130 00 haben wir notiert.")
    assert {finding.severity for finding in refused.value.findings} == {"block"}
    assert rows(house.database, Approval) == []
    assert rows(house.database, Draft)[0].text == CALM


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07", "\u00ad"])
def test_hidden_characters_are_never_approved(house: House, hidden: str) -> None:
    with pytest.raises(Blocked, match="hidden"):
        house.approve(text=CALM.replace("danke", f"dan{hidden}ke"))


@pytest.mark.parametrize("gap", ["[Datum]", "{{ name }}", "____", "XXX"])
def test_a_gap_left_open_is_never_approved(house: House, gap: str) -> None:
    with pytest.raises(Blocked, match="gap"):
        house.approve(text=f"{CALM} {gap}")


def test_a_draft_that_still_needs_something_is_not_approved_as_it_is(house: House) -> None:
    with house.database.write() as session:
        draft = session.get(Draft, 1)
        assert draft is not None
        draft.needs = ["by_hand"]
        session.add(draft)
    with pytest.raises(Blocked, match="by_hand"):
        house.approve()
    assert house.approve(text=CALM.replace("Guten Tag", "Grüß Gott")).text.startswith("Grüß Gott")


def test_the_signed_text_is_composed_and_has_plain_line_ends(house: House) -> None:
    signed = house.approve(text=CALM.replace("ü", "u\u0308").replace("\n", " \r\n"))
    assert signed.text == CALM
    assert rows(house.database, Draft)[0].origin == "rules"


def test_a_changed_text_is_stored_as_the_approvers_own(house: House) -> None:
    house.approve(text=CALM.replace("Guten Tag", "Grüß Gott"))
    [draft] = rows(house.database, Draft)
    assert (draft.origin, draft.edited_by_id, draft.revision, draft.state) == ("person", house.anna.id, 2, "approved")


def test_a_post_that_changed_meanwhile_cannot_be_answered_as_it_was(house: House) -> None:
    receive(house.database, page(house.source, house.now, review(text=COLD_FOOD)), now=house.now)
    with pytest.raises(Conflict):
        house.approve()


def test_undo_before_the_reply_leaves_lets_the_draft_wait_again(database: Database, now: datetime) -> None:
    house = House.open(database, now)
    signed = house.approve(undo_seconds=60)
    assert signed.id is not None
    approval.undo(database, signed.id, house.anna, now)
    assert house.reply.state == "cancelled"
    assert rows(database, Approval)[0].withdrawn_at == now
    [draft] = rows(database, Draft)
    assert (draft.state, draft.revision) == ("waiting", 2)
    house.wait(minutes=5)
    assert house.send() == 0


def test_an_undone_draft_can_be_approved_again(house: House) -> None:
    signed = house.approve(undo_seconds=60)
    assert signed.id is not None
    approval.undo(house.database, signed.id, house.anna, house.now)
    house.approve(revision=2)
    house.send()
    assert house.outlet.posted == [CALM]


def test_undo_is_too_late_once_the_reply_has_left(house: House) -> None:
    signed = house.approve()
    house.send()
    assert signed.id is not None
    with pytest.raises(Conflict, match="too late"):
        approval.undo(house.database, signed.id, house.anna, house.now)


def test_an_edit_raises_the_revision_and_keeps_the_findings(database: Database, now: datetime) -> None:
    house = House.open(database, now)
    ben = add_user(database, "ben", ["drafter"], now)
    finding = Finding("C8", 0, 4, "warn", "calmer")
    approval.edit(database, 1, 1, "Guten Tag.", ben, [finding], now)
    [draft] = rows(database, Draft)
    assert (draft.text, draft.revision, draft.origin, draft.edited_by_id) == ("Guten Tag.", 2, "person", ben.id)
    assert draft.findings == [finding.as_json()]
    with pytest.raises(Conflict):
        approval.edit(database, 1, 1, "Hallo.", house.anna, [], now)


def test_a_viewer_edits_nothing(house: House) -> None:
    vera = add_user(house.database, "vera", ["viewer"], house.now)
    with pytest.raises(NotAllowed):
        approval.edit(house.database, 1, 1, "Hallo.", vera, [], house.now)


def test_after_a_rejection_another_draft_is_wanted(house: House) -> None:
    approval.reject(house.database, 1, "zu steif", house.anna, house.now)
    [draft] = rows(house.database, Draft)
    assert (draft.state, draft.note, house.duty.state, house.duty.drafted) == ("rejected", "zu steif", "open", False)


def test_holding_never_reaches_beyond_the_deadline(house: House) -> None:
    approval.hold(house.database, 1, house.duty.due_at, "warten auf Küche", house.anna, house.now)
    assert house.duty.held_until == house.duty.due_at
    with pytest.raises(ValueError, match="deadline"):
        approval.hold(house.database, 1, house.duty.due_at + timedelta(seconds=1), "", house.anna, house.now)


def test_closing_needs_a_reason_and_leaves_reason_and_name(house: House) -> None:
    approval.close(house.database, 1, "spam", "Werbung", house.anna, house.now)
    assert (house.duty.state, house.duty.reason, house.duty.closed_by) == ("closed", "spam", f"user:{house.anna.id}")
    assert [draft.state for draft in rows(house.database, Draft)] == ["superseded"]
    assert [case.state for case in rows(house.database, Case)] == ["settled"]


@pytest.mark.parametrize("reason", ["superseded", "deleted_before_answer", "praise_without_text"])
def test_people_cannot_give_a_reason_that_is_not_true(house: House, reason: str) -> None:
    with pytest.raises(ValueError):
        approval.close(house.database, 1, reason, "", house.anna, house.now)
    assert house.duty.state == "open"


def test_closing_by_a_person_needs_a_note(house: House) -> None:
    with pytest.raises(ValueError, match="note"):
        approval.close(house.database, 1, "by_person", " ", house.anna, house.now)


def test_closing_stops_a_reply_that_has_not_left(house: House) -> None:
    house.approve(undo_seconds=60)
    approval.close(house.database, 1, "not_answerable", "", house.anna, house.now)
    house.wait(minutes=5)
    assert house.send() == 0
    assert (house.reply.state, house.outlet.posted) == ("cancelled", [])


def test_a_first_word_leaves_the_full_answer_due(database: Database, now: datetime) -> None:
    house = House.open(database, now)
    approval.reject(database, 1, "", house.anna, now)
    short = "Guten Tag Frau Huber, danke für Ihre Nachricht zum langen Warten. Wir melden uns bis Mittwoch."
    house.approve(house.draft(short, kind="holding"))
    house.send()
    assert house.outlet.posted == [short]
    assert (house.duty.state, house.duty.first_word_at, house.duty.drafted) == ("open", now, False)


def test_an_answer_posted_by_hand_is_replied_once_a_person_says_so(database: Database, now: datetime) -> None:
    house = House.open(database, now, channel=None)
    house.approve()
    house.wait(minutes=5)
    assert house.send() == 0
    approval.confirm_manual(database, 1, "https://gasthaus.example/#a1", house.anna, house.now)
    assert (house.reply.state, house.reply.url, house.duty.state) == (
        "confirmed",
        "https://gasthaus.example/#a1",
        "replied",
    )


def test_a_reply_on_an_armed_channel_cannot_be_confirmed_by_hand(house: House) -> None:
    house.approve(undo_seconds=60)
    with pytest.raises(Conflict):
        approval.confirm_manual(house.database, 1, "", house.anna, house.now)


def test_a_web_address_is_asked_for_and_nothing_else(house: House) -> None:
    with pytest.raises(ValueError, match="https"):
        approval.confirm_manual(house.database, 1, "javascript:alert(1)", house.anna, house.now)


def test_every_step_names_the_person_in_the_audit_trail(house: House) -> None:
    house.approve()
    lines = [(line.entity, line.after, line.actor) for line in rows(house.database, Transition)][-2:]
    assert lines == [("reply", "planned", f"user:{house.anna.id}"), ("draft", "approved", f"user:{house.anna.id}")]
    with house.database.read() as session:
        assert invariants.check(session, house.now) == []
