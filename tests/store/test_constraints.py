"""What the database itself refuses, whoever asks: every CHECK, unique rule, partial index and reference."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from db.engine import Database
from db.models import Author, Case, ChainHead, LoginLink, OwnerReply, Sighting, UserSession
from db.states import LIVE_REPLY, CloseReason, ReplyState
from tests.store import rows

Attempt = Callable[[Session, datetime], Any]
CLOSED = {"state": "closed", "reason": "spam", "closed_by": "user:1"}


def case(session: Session, now: datetime, **values: Any) -> Case:
    author_id = rows.post(session, now).author_id
    return rows.add(session, Case(author_id=author_id, created_at=now, **values))


def draft(session: Session, now: datetime, **values: Any) -> Any:
    return rows.draft(session, now, rows.obligation(session, now), **values)


def reply(session: Session, now: datetime, **values: Any) -> Any:
    return rows.reply(session, now, rows.approval(session, now, draft(session, now)), **values)


def sighting(session: Session, now: datetime, **values: Any) -> Sighting:
    return rows.add(session, Sighting(reply_id=rows.key(reply(session, now)), at=now, **values))


def two_authors(session: Session, now: datetime) -> None:
    source_id = rows.key(rows.source(session, now))
    for _ in range(2):
        rows.add(session, Author(source_id=source_id, external_id="sabine"))


def two_posts(session: Session, now: datetime) -> None:
    first = rows.post(session, now, external_id="r1")
    rows.post(session, now, external_id="r1", source_id=first.source_id)


def two_versions(session: Session, now: datetime) -> None:
    post = rows.post(session, now)
    for _ in range(2):
        rows.version(session, now, post, version=2)


def two_obligations(session: Session, now: datetime) -> None:
    version = rows.version(session, now, rows.post(session, now))
    for _ in range(2):
        rows.obligation(session, now, version)


def two_waiting_drafts(session: Session, now: datetime) -> None:
    duty = rows.obligation(session, now)
    rows.draft(session, now, duty)
    rows.draft(session, now, duty, kind="holding")


def two_owner_replies(session: Session, now: datetime) -> None:
    post_id = rows.key(rows.post(session, now))
    for _ in range(2):
        rows.add(session, OwnerReply(post_id=post_id, external_id="1", text="Danke.", seen_at=now))


def two_approvals_of_a_draft(session: Session, now: datetime) -> None:
    approved = draft(session, now)
    rows.approval(session, now, approved)
    rows.approval(session, now, approved)


def two_replies_to_an_approval(session: Session, now: datetime) -> None:
    approval = rows.approval(session, now, draft(session, now))
    rows.reply(session, now, approval, state="cancelled")
    rows.reply(session, now, approval)


def two_replies_with_one_key(session: Session, now: datetime) -> None:
    reply(session, now, idempotency_key="k")
    reply(session, now, idempotency_key="k")


def two_sessions_with_one_token(session: Session, now: datetime) -> None:
    user_id = rows.key(rows.user(session, now))
    given = {"token_hash": "t", "user_id": user_id, "form_key": "f", "created_at": now}
    for _ in range(2):
        rows.add(session, UserSession(**given, last_seen_at=now, expires_at=now))


def two_links_with_one_token(session: Session, now: datetime) -> None:
    user_id = rows.key(rows.user(session, now))
    for _ in range(2):
        rows.add(session, LoginLink(token_hash="t", user_id=user_id, expires_at=now))


REFUSED: dict[str, Attempt] = {
    "unknown source state": lambda s, now: rows.source(s, now, state="bogus"),
    "unknown form of address": lambda s, now: rows.source(s, now, address_form="ihr"),
    "a look every nine seconds": lambda s, now: rows.source(s, now, cadence_seconds=9),
    "two sources of one name": lambda s, now: [rows.source(s, now, name="shop") for _ in range(2)],
    "a source with a missing channel": lambda s, now: rows.source(s, now, channel_id=4711),
    "unknown channel state": lambda s, now: rows.channel(s, now, state="bogus"),
    "two channels of one name": lambda s, now: [rows.channel(s, now, name="shop") for _ in range(2)],
    "two authors of one id": two_authors,
    "unknown case state": lambda s, now: case(s, now, state="bogus"),
    "unknown assessment": lambda s, now: case(s, now, assessment="bogus"),
    "a case at step 0": lambda s, now: case(s, now, step=0),
    "a case at step 4": lambda s, now: case(s, now, step=4),
    "unknown post state": lambda s, now: rows.post(s, now, state="bogus"),
    "a post without version": lambda s, now: rows.post(s, now, version=0),
    "two posts of one id": two_posts,
    "two versions of one number": two_versions,
    "two obligations for one version": two_obligations,
    "unknown obligation state": lambda s, now: rows.obligation(s, now, state="bogus"),
    "closed without a reason": lambda s, now: rows.obligation(s, now, **CLOSED | {"reason": ""}),
    "closed for no known reason": lambda s, now: rows.obligation(s, now, **CLOSED | {"reason": "bogus"}),
    "closed by nobody": lambda s, now: rows.obligation(s, now, **CLOSED | {"closed_by": ""}),
    "open with a reason to close": lambda s, now: rows.obligation(s, now, **CLOSED | {"state": "open"}),
    "an obligation at step 4": lambda s, now: rows.obligation(s, now, step=4),
    "an obligation without deadline": lambda s, now: rows.obligation(s, now, due_at=None),
    "a snooze beyond the deadline": lambda s, now: rows.obligation(s, now, held_until=now + timedelta(hours=25)),
    "unknown draft state": lambda s, now: draft(s, now, state="bogus"),
    "unknown draft kind": lambda s, now: draft(s, now, kind="bogus"),
    "unknown draft origin": lambda s, now: draft(s, now, origin="bogus"),
    "two waiting drafts": two_waiting_drafts,
    "a second approval of a draft": two_approvals_of_a_draft,
    "unknown reply state": lambda s, now: reply(s, now, state="bogus"),
    "unknown reply kind": lambda s, now: reply(s, now, kind="bogus"),
    "a reply without approval": lambda s, now: reply(s, now, approval_id=None),
    "a reply with a missing approval": lambda s, now: reply(s, now, approval_id=4711),
    "two replies to one approval": two_replies_to_an_approval,
    "two replies with one key": two_replies_with_one_key,
    "two owner replies of one id": two_owner_replies,
    "unknown sighting state": lambda s, now: sighting(s, now, state="bogus"),
    "a second head of the chain": lambda s, now: rows.add(s, ChainHead(id=2)),
    "two users of one name": lambda s, now: [rows.user(s, now, "anna") for _ in range(2)],
    "two sessions with one token": two_sessions_with_one_token,
    "two login links with one token": two_links_with_one_token,
}


@pytest.mark.parametrize("what", REFUSED)
def test_the_database_refuses(database: Database, now: datetime, what: str) -> None:
    with database.write() as session, pytest.raises(IntegrityError), session.begin_nested():
        REFUSED[what](session, now)


@pytest.mark.parametrize("state", LIVE_REPLY)
@pytest.mark.parametrize("other", LIVE_REPLY)
def test_an_obligation_has_one_live_reply_of_a_kind(
    sqlite_database: Database, now: datetime, state: ReplyState, other: ReplyState
) -> None:
    with pytest.raises(IntegrityError, match=r"reply\.obligation_id"):
        two_replies(sqlite_database, now, state, other)


def test_postgresql_has_the_same_rule_for_live_replies(postgresql_database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError, match="uq_reply_one_live"):
        two_replies(postgresql_database, now, ReplyState.CONFIRMED, ReplyState.UNKNOWN)


@pytest.mark.parametrize("state", [state for state in ReplyState if state not in LIVE_REPLY])
def test_an_ended_reply_makes_room_for_another(database: Database, now: datetime, state: ReplyState) -> None:
    two_replies(database, now, state, ReplyState.PLANNED)


def test_a_holding_reply_leaves_room_for_the_full_one(database: Database, now: datetime) -> None:
    two_replies(database, now, ReplyState.CONFIRMED, ReplyState.PLANNED, kinds=("holding", "full"))


def two_replies(
    database: Database, now: datetime, *states: ReplyState, kinds: tuple[str, str] = ("full", "full")
) -> None:
    with database.write() as session:
        duty = rows.obligation(session, now)
        for state, kind in zip(states, kinds, strict=True):
            approval = rows.approval(session, now, rows.draft(session, now, duty, kind=kind))
            rows.reply(session, now, approval, state=state)


def test_a_withdrawn_approval_makes_room_for_another(database: Database, now: datetime) -> None:
    with database.write() as session:
        approved = draft(session, now)
        rows.approval(session, now, approved, withdrawn_at=now)
        rows.approval(session, now, approved)


def test_a_rejected_draft_makes_room_for_another(database: Database, now: datetime) -> None:
    with database.write() as session:
        duty = rows.obligation(session, now)
        rows.draft(session, now, duty, state="rejected")
        rows.draft(session, now, duty)


@pytest.mark.parametrize("reason", CloseReason)
def test_every_reason_to_close_is_known(database: Database, now: datetime, reason: CloseReason) -> None:
    with database.write() as session:
        assert rows.obligation(session, now, **CLOSED | {"reason": reason}).id


def test_a_snooze_until_the_deadline_is_allowed(database: Database, now: datetime) -> None:
    with database.write() as session:
        assert rows.obligation(session, now, held_until=now + timedelta(hours=24)).id


@pytest.mark.parametrize("table", ["source", "author", '"case"', "post", "post_version", "obligation", "draft"])
def test_what_others_refer_to_cannot_be_deleted(database: Database, now: datetime, table: str) -> None:
    with database.write() as session:
        reply(session, now)
        with pytest.raises(IntegrityError), session.begin_nested():
            session.connection().execute(text(f"DELETE FROM {table}"))
