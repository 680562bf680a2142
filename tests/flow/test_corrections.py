"""A person reads a post otherwise than the reader: what he says counts, is kept, and can be traced."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from db import invariants
from db.audit import verify
from db.engine import Database
from db.models import Correction, Draft, Obligation, PostVersion, Transition, User
from responder import writing
from responder.approval import Conflict, NotAllowed, approve, edit, hold, reject
from responder.corrections import correct
from responder.drafts import Edited, draft_again, draft_holding, draft_next
from responder.intake import receive
from responder.reading.model import Reading, from_json
from responder.reading.points import parse
from tests.flow.people import LONG_WAIT, add_source, add_user, page, review, rows
from tests.flow.test_drafts import profile

LAWYER = "Nach einer Stunde ohne Essen sind wir gegangen. Mein Anwalt hört von Ihnen!"


@pytest.fixture
def ben(database: Database, now: datetime) -> User:
    """A drafter; the house has read and drafted two posts, of which the first mentions a lawyer."""
    ben = add_user(database, "ben", ["drafter", "approver"], now)
    source = add_source(database, now)
    receive(database, page(source, now, review("r1", LAWYER), review("r2", LONG_WAIT, author_id="u2")), now=now)
    while draft_next(database, now=now, make_profile=profile):
        pass
    return ben


def say(database: Database, text: str, user: User, now: datetime, obligation_id: int = 1) -> bool:
    point = parse(text)
    assert point
    return correct(database, obligation_id, point, user, now=now)


def reading(database: Database, number: int = 1) -> Reading:
    return from_json(rows(database, PostVersion)[number - 1].reading or {})


def kept(database: Database) -> list[tuple[str, str, str, str]]:
    return [(row.field, row.label, row.machine, row.person) for row in rows(database, Correction)]


def sound(database: Database, now: datetime) -> None:
    with database.read() as session:
        assert [*invariants.check(session, now), *verify(session)] == []


def test_a_correction_counts_and_is_kept_with_both_views(database: Database, ben: User, now: datetime) -> None:
    assert "legal" in reading(database).risks
    assert say(database, "risks-legal", ben, now)
    assert "legal" not in reading(database).risks
    assert kept(database) == [("risks", "legal", "yes", "no")]
    row = rows(database, Correction)[0]
    assert (row.post_version_id, row.user_id, row.at) == (1, ben.id, now)
    sound(database, now)


def test_the_other_post_is_left_alone(database: Database, ben: User, now: datetime) -> None:
    before = reading(database, 2)
    say(database, "sentiment=positive", ben, now)
    assert reading(database, 2) == before


def test_every_step_is_in_the_audit_trail_by_labels_alone(database: Database, ben: User, now: datetime) -> None:
    say(database, "risks-legal", ben, now)
    line = rows(database, Transition)[-1]
    assert (line.entity, line.entity_id, line.actor, line.why) == ("post_version", 1, f"user:{ben.id}", "corrected")
    assert (line.before, line.after) == ("risks:legal=yes", "risks:legal=no")


def test_another_view_replaces_the_first_and_remembers_the_readers(
    database: Database, ben: User, now: datetime
) -> None:
    assert reading(database).sentiment == "negative"
    for text in ("sentiment=neutral", "sentiment=positive"):
        say(database, text, ben, now)
    assert ("sentiment", "", "negative", "positive") in kept(database)
    assert len([row for row in kept(database) if row[0] == "sentiment"]) == 1
    sound(database, now)


def test_who_returns_to_the_readers_view_leaves_no_label_but_a_trail(
    database: Database, ben: User, now: datetime
) -> None:
    say(database, "risks-legal", ben, now)
    say(database, "risks+legal", ben, now)
    assert kept(database) == []
    assert "legal" in reading(database).risks
    assert [line.after for line in rows(database, Transition)[-2:]] == ["risks:legal=no", "risks:legal=yes"]


def test_saying_what_the_reading_says_changes_nothing(database: Database, ben: User, now: datetime) -> None:
    before = rows(database, Transition)
    assert not say(database, "risks+legal", ben, now)
    assert (kept(database), rows(database, Transition)) == ([], before)


def test_praise_takes_the_anger_back_with_a_row_of_its_own(database: Database, ben: User, now: datetime) -> None:
    say(database, "anger=2", ben, now)
    say(database, "sentiment=positive", ben, now)
    assert (reading(database).sentiment, reading(database).anger) == ("positive", 0)
    assert {row.field for row in rows(database, Correction)} >= {"sentiment"}
    sound(database, now)


def test_anger_brings_the_deadlines_forward_and_calm_never_puts_them_off(
    database: Database, ben: User, now: datetime
) -> None:
    hold(database, 1, now + timedelta(hours=20), "später", ben, now)
    say(database, "anger=3", ben, now)
    soon = rows(database, Obligation)[0]
    assert soon.due_at == now + timedelta(hours=12)
    assert soon.holding_due_at == now + timedelta(hours=2)
    assert soon.held_until == soon.due_at
    say(database, "anger=0", ben, now)
    assert rows(database, Obligation)[0].due_at == soon.due_at


def test_an_edited_post_starts_again_from_its_own_reading(database: Database, ben: User, now: datetime) -> None:
    say(database, "risks-legal", ben, now)
    later = now + timedelta(hours=1)
    receive(database, page(1, later, review("r1", LAWYER + " Und zwar morgen früh.")), now=later)
    draft_next(database, now=later, make_profile=profile)
    assert "legal" in from_json(rows(database, PostVersion)[-1].reading or {}).risks
    assert kept(database) == [("risks", "legal", "yes", "no")]
    sound(database, later)


def test_who_only_looks_corrects_nothing(database: Database, ben: User, now: datetime) -> None:
    vera = add_user(database, "vera", ["viewer"], now)
    with pytest.raises(NotAllowed):
        say(database, "risks-legal", vera, now)
    with pytest.raises(NotAllowed):
        draft_again(database, 1, vera, now=now, make_profile=profile)
    assert kept(database) == []


def test_what_nobody_has_read_cannot_be_corrected(database: Database, ben: User, now: datetime) -> None:
    receive(database, page(1, now, review("r3", LONG_WAIT, author_id="u3")), now=now)
    with pytest.raises(Conflict):
        say(database, "sentiment=positive", ben, now, obligation_id=3)
    assert kept(database) == []


def test_an_untouched_draft_is_made_anew_from_the_corrected_reading(
    database: Database, ben: User, now: datetime
) -> None:
    careful = rows(database, Draft)[0]
    say(database, "risks-legal", ben, now)
    fresh = draft_again(database, 1, ben, now=now, make_profile=profile)
    assert fresh is not None
    assert fresh.text != careful.text
    assert "wieder gegangen sind" in fresh.text
    assert "gegangen sind" not in careful.text
    assert [draft.state for draft in rows(database, Draft) if draft.obligation_id == 1] == ["superseded", "waiting"]
    sound(database, now)


def test_a_draft_that_a_person_changed_stays(database: Database, ben: User, now: datetime) -> None:
    edit(database, 1, 1, "Guten Tag, das tut uns leid.", ben, [], now)
    with pytest.raises(Edited):
        draft_again(database, 1, ben, now=now, make_profile=profile)
    assert rows(database, Draft)[0].state == "waiting"


def test_a_holding_reply_stays_a_holding_reply(database: Database, ben: User, now: datetime) -> None:
    draft_holding(database, 1, now=now, make_profile=profile)
    fresh = draft_again(database, 1, ben, now=now, make_profile=profile)
    assert fresh is not None
    assert fresh.kind == "holding"


def test_where_no_draft_waits_none_is_made(database: Database, ben: User, now: datetime) -> None:
    reject(database, 1, "nein", ben, now)
    assert draft_again(database, 1, ben, now=now, make_profile=profile) is None


def test_an_answer_on_its_way_is_not_touched_by_a_correction(database: Database, ben: User, now: datetime) -> None:
    text = "Guten Tag, danke für Ihre Zeilen. Bitte schreiben Sie uns, dann klären wir das heute. Rosi Beck"
    approve(database, 1, 1, ben, now=now, undo_seconds=60, text=text)
    say(database, "risks-legal", ben, now)
    assert draft_again(database, 1, ben, now=now, make_profile=profile) is None
    assert rows(database, Draft)[0].state == "approved"


def test_a_wish_that_a_person_read_is_answered(database: Database, ben: User, now: datetime) -> None:
    say(database, "wants+refund", ben, now, obligation_id=2)
    fresh = draft_again(database, 2, ben, now=now, make_profile=profile)
    assert fresh is not None
    assert "Rückzahlung" in fresh.text
    assert "Rückzahlung" not in rows(database, Draft)[1].text


def test_a_draft_that_was_under_way_does_not_put_a_deadline_off_again(
    sqlite_database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody sees great anger while the worker still writes, from what it had loaded before."""
    ben = add_user(sqlite_database, "ben", ["approver"], now)
    source = add_source(sqlite_database, now)
    receive(sqlite_database, page(source, now, review("r1")), now=now)
    draft_next(sqlite_database, now=now, make_profile=profile)
    reject(sqlite_database, 1, "anders", ben, now)
    compose = writing._compose

    def meanwhile(*given: Any) -> Any:
        say(sqlite_database, "anger=3", ben, now)
        return compose(*given)

    monkeypatch.setattr(writing, "_compose", meanwhile)
    draft_next(sqlite_database, now=now, make_profile=profile)
    assert rows(sqlite_database, Obligation)[0].due_at == now + timedelta(hours=12)
    assert reading(sqlite_database).anger == 3
