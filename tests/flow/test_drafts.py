"""Drafts for open obligations: every post gets one, no post stops the others."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from db import invariants
from db.engine import Database
from db.models import Case, Draft, Obligation, PostVersion, Source, Transition
from db.queries_settings import get_setting
from responder import drafts, writing
from responder.approval import Conflict, NotAllowed, approve, edit, reject
from responder.drafts import draft_holding, draft_next, redraft
from responder.intake import receive
from responder.profile import Profile
from responder.reading.linear import Linear
from responder.reading.model import Reading, Text, from_json
from tests.flow.people import COLD_FOOD, LONG_WAIT, PRAISE, add_source, add_user, answer, page, review, rows


def profile(source: Source) -> Profile:
    return Profile(locale=source.locale, business="Gasthaus Linde", signature="Rosi Beck")


@pytest.fixture
def source(sqlite_database: Database, now: datetime) -> int:
    return add_source(sqlite_database, now)


def draft_all(database: Database, now: datetime) -> list[int]:
    done: list[int] = []
    while (obligation := draft_next(database, now=now, make_profile=profile)) is not None:
        done.append(obligation)
        assert len(done) < 50
    return done


def test_every_open_obligation_gets_a_reading_and_a_waiting_draft(database: Database, now: datetime) -> None:
    source = add_source(database, now)
    receive(database, page(source, now, review("r1"), review("r2", PRAISE, author_id="u2", rating=5.0)), now=now)
    assert draft_all(database, now) == [1, 2]
    for draft in rows(database, Draft):
        assert (draft.state, draft.kind, draft.origin) == ("waiting", "full", "rules")
        assert draft.text
    assert [from_json(version.reading or {}).language for version in rows(database, PostVersion)] == ["de", "de"]
    assert all(duty.drafted for duty in rows(database, Obligation))
    with database.read() as session:
        assert invariants.check(session, now) == []


def test_nothing_to_draft_writes_nothing(sqlite_database: Database, now: datetime) -> None:
    assert draft_next(sqlite_database, now=now, make_profile=profile) is None
    with sqlite_database.read() as session:
        assert get_setting(session, drafts.IN_WORK) is None


def test_a_repeat_gets_another_wording(sqlite_database: Database, source: int, now: datetime) -> None:
    for number in range(3):
        receive(sqlite_database, page(source, now, review(f"r{number}")), now=now + timedelta(days=number))
    draft_all(sqlite_database, now)
    assert len({draft.text for draft in rows(sqlite_database, Draft)}) == 3


def test_an_answer_of_the_business_is_never_proposed_again(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    [proposed] = rows(sqlite_database, Draft)
    other = review("r2", author_id="u2", owner_replies=[answer(proposed.text, "a2")])
    receive(sqlite_database, page(source, now, other, review("r3", author_id="u3")), now=now)
    draft_all(sqlite_database, now)
    assert rows(sqlite_database, Draft)[-1].text != proposed.text


def test_after_a_rejection_another_wording_follows(sqlite_database: Database, source: int, now: datetime) -> None:
    anna = add_user(sqlite_database, "anna", ["approver"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    reject(sqlite_database, 1, "zu lang", anna, now)
    assert draft_all(sqlite_database, now) == [1]
    first, second = rows(sqlite_database, Draft)
    assert (first.state, first.note, second.state) == ("rejected", "zu lang", "waiting")
    assert first.text != second.text


def test_great_anger_brings_the_deadlines_forward(
    sqlite_database: Database, source: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "read", lambda _text, _mood: Reading(language="de", sentiment="negative", anger=3))
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now + timedelta(hours=1))
    [duty] = rows(sqlite_database, Obligation)
    assert (duty.holding_due_at, duty.due_at) == (now + timedelta(hours=2), now + timedelta(hours=12))


def test_a_post_that_breaks_the_reader_waits_for_a_hand_and_stops_nobody(
    sqlite_database: Database, source: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = writing.read

    def brittle(text: Text, mood: Linear | None) -> Reading:
        if text.text == LONG_WAIT:
            raise RecursionError("poison")
        return original(text, mood)

    monkeypatch.setattr(writing, "read", brittle)
    receive(sqlite_database, page(source, now, review("r1"), review("r2", COLD_FOOD, author_id="u2")), now=now)
    assert draft_all(sqlite_database, now) == [1, 2]
    poison, sound = rows(sqlite_database, Draft)
    assert (poison.text, poison.needs, poison.state) == ("", ["by_hand"], "waiting")
    assert sound.text
    assert rows(sqlite_database, PostVersion)[0].reading is None


def test_a_post_that_kills_the_worker_again_and_again_waits_for_a_hand(
    sqlite_database: Database, source: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """SIGKILL."""

    def deadly(_text: Text, _mood: Linear | None) -> Reading:
        raise Killed

    receive(sqlite_database, page(source, now, review()), now=now)
    with monkeypatch.context() as patch:
        patch.setattr(writing, "read", deadly)
        for _ in range(drafts.MAX_TRIES):
            with pytest.raises(Killed):
                draft_next(sqlite_database, now=now, make_profile=profile)
        assert draft_next(sqlite_database, now=now, make_profile=profile) == 1
    [draft] = rows(sqlite_database, Draft)
    assert draft.needs == ["by_hand"]


def test_a_worker_killed_once_drafts_as_usual_next_time(
    sqlite_database: Database, source: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive(sqlite_database, page(source, now, review()), now=now)
    with monkeypatch.context() as patch:
        patch.setattr(drafts, "_save", lambda *_given: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            draft_next(sqlite_database, now=now, make_profile=profile)
    assert rows(sqlite_database, Draft) == []
    assert draft_all(sqlite_database, now) == [1]
    assert rows(sqlite_database, Draft)[0].text


def test_two_workers_make_one_draft(sqlite_database: Database, source: int, now: datetime) -> None:
    receive(sqlite_database, page(source, now, review()), now=now)
    request_of = writing.Request.load
    with sqlite_database.read() as session:
        early = request_of(session, 1, profile, None)
    draft_all(sqlite_database, now)
    with sqlite_database.write() as session:
        assert not drafts._save(session, early.material, writing.by_hand(early, now), now)
    assert len(rows(sqlite_database, Draft)) == 1


def test_another_assessment_brings_another_draft_from_the_stored_reading(
    sqlite_database: Database, source: int, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    ben = add_user(sqlite_database, "ben", ["drafter"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    monkeypatch.setattr(writing, "read", None)
    fresh = redraft(sqlite_database, 1, "own_fault", ben, now=now, make_profile=profile)
    assert fresh is not None
    first, second = rows(sqlite_database, Draft)
    assert (first.state, second.state, rows(sqlite_database, Case)[0].assessment) == (
        "superseded",
        "waiting",
        "own_fault",
    )
    assert first.text != second.text
    assert ("case", "open", "own_fault", f"user:{ben.id}") in {
        (line.entity, line.before, line.after, line.actor) for line in rows(sqlite_database, Transition)
    }


def test_before_the_post_was_read_a_new_assessment_is_left_to_the_worker(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    ben = add_user(sqlite_database, "ben", ["drafter"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    assert redraft(sqlite_database, 1, "right", ben, now=now, make_profile=profile) is None
    assert draft_all(sqlite_database, now) == [1]


def test_a_viewer_assesses_nothing(sqlite_database: Database, source: int, now: datetime) -> None:
    vera = add_user(sqlite_database, "vera", ["viewer"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    with pytest.raises(NotAllowed):
        redraft(sqlite_database, 1, "right", vera, now=now, make_profile=profile)
    assert rows(sqlite_database, Case)[0].assessment == "open"


def test_a_reply_on_its_way_is_not_drafted_again(sqlite_database: Database, source: int, now: datetime) -> None:
    anna = add_user(sqlite_database, "anna", ["approver"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    text = "Guten Tag Frau Huber, es tut uns leid, dass Sie so lange auf Ihr Essen warten mussten. Rosi Beck"
    edit(sqlite_database, 1, 1, text, anna, [], now)
    approve(sqlite_database, 1, 2, anna, now=now, undo_seconds=60)
    with pytest.raises(Conflict, match="undo"):
        redraft(sqlite_database, 1, "right", anna, now=now, make_profile=profile)


def test_a_first_word_takes_the_place_of_the_draft_and_gives_it_back(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    anna = add_user(sqlite_database, "anna", ["approver"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    own = "Guten Tag Frau Huber, meine eigenen Worte zum langen Warten."
    edit(sqlite_database, 1, 1, own, anna, [], now)
    holding = draft_holding(sqlite_database, 1, now=now, make_profile=profile)
    assert holding is not None
    assert holding.id is not None
    assert (holding.kind, bool(holding.text)) == ("holding", True)
    approve(sqlite_database, holding.id, 1, anna, now=now, undo_seconds=60)
    waiting = [draft for draft in rows(sqlite_database, Draft) if draft.state == "waiting"]
    assert [(draft.kind, draft.text, draft.origin) for draft in waiting] == [("full", own, "person")]
    with sqlite_database.read() as session:
        assert invariants.check(session, now) == []


def test_a_first_word_that_is_rejected_gives_a_persons_own_text_back(database: Database, now: datetime) -> None:
    anna = add_user(database, "anna", ["approver"], now)
    receive(database, page(add_source(database, now), now, review()), now=now)
    draft_all(database, now)
    own = "Guten Tag Frau Huber, meine eigenen Worte zum langen Warten."
    edit(database, 1, 1, own, anna, [], now)
    draft_holding(database, 1, now=now, make_profile=profile)
    reject(database, 2, "lieber gleich ganz", anna, now)
    assert [(draft.kind, draft.state, draft.text) for draft in rows(database, Draft) if draft.kind == "full"] == [
        ("full", "superseded", own),
        ("full", "waiting", own),
    ]
    assert rows(database, Draft)[-1].edited_by_id == anna.id
    assert draft_all(database, now) == []
    with database.read() as session:
        assert invariants.check(session, now) == []


def test_a_first_word_that_is_rejected_before_anybody_wrote_brings_another_full_draft(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    anna = add_user(sqlite_database, "anna", ["approver"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    draft_holding(sqlite_database, 1, now=now, make_profile=profile)
    reject(sqlite_database, 2, "", anna, now)
    assert rows(sqlite_database, Obligation)[0].drafted is False
    assert draft_all(sqlite_database, now) == [1]
    assert [draft.state for draft in rows(sqlite_database, Draft)] == ["superseded", "rejected", "waiting"]


def test_a_full_draft_that_is_rejected_brings_no_older_text_back(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    anna = add_user(sqlite_database, "anna", ["approver"], now)
    receive(sqlite_database, page(source, now, review()), now=now)
    draft_all(sqlite_database, now)
    edit(sqlite_database, 1, 1, "Guten Tag, meine ersten Worte.", anna, [], now)
    redraft(sqlite_database, 1, "right", anna, now=now, make_profile=profile)
    reject(sqlite_database, 2, "", anna, now)
    assert [draft.state for draft in rows(sqlite_database, Draft)] == ["superseded", "rejected"]
    assert rows(sqlite_database, Obligation)[0].drafted is False


def test_a_second_post_that_only_complains_again_is_answered_about_the_first(
    sqlite_database: Database, source: int, now: datetime
) -> None:
    receive(sqlite_database, page(source, now, review("r1", COLD_FOOD)), now=now)
    draft_all(sqlite_database, now)
    later = now + timedelta(days=1)
    receive(sqlite_database, page(source, later, review("r2", "Immer noch keine Antwort von euch!")), now=later)
    draft_all(sqlite_database, later)
    second = rows(sqlite_database, Draft)[-1]
    assert "Essen" in second.text or "Schnitzel" in second.text or "Suppe" in second.text
    assert second.needs == []
