"""The table of moves: complete, and exactly what `move` allows."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

import pytest
from sqlmodel import Session, select

from db.engine import Database
from db.models import Case, Channel, Draft, Obligation, Post, Reply, Source, Transition
from db.moves import move
from db.states import (
    LIVE_REPLY,
    MOVES,
    CaseState,
    ChannelState,
    DraftState,
    ObligationState,
    PostState,
    ReplyState,
    SourceState,
    allowed,
    quoted,
)
from tests.store import rows

TABLES: dict[type[StrEnum], type[Any]] = {
    SourceState: Source,
    PostState: Post,
    CaseState: Case,
    ObligationState: Obligation,
    DraftState: Draft,
    ReplyState: Reply,
    ChannelState: Channel,
}

PAIRS = [(before, after) for states in MOVES for before in states for after in states]
ALLOWED = [(before, after) for before, after in PAIRS if after in MOVES[type(before)][before]]
FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED]


def name(state: StrEnum) -> str:
    return f"{type(state).__name__}.{state}"


def row_in(session: Session, now: datetime, state: StrEnum) -> int:
    """A row of the state's table, already in `state`."""
    duty = rows.obligation(session, now)
    draft = rows.draft(session, now, duty)
    reply = rows.reply(session, now, rows.approval(session, now, draft))
    made = {Obligation: duty, Draft: draft, Reply: reply, Channel: rows.channel(session, now)}
    made |= {Post: session.get_one(Post, duty.post_id), Case: session.get_one(Case, duty.case_id)}
    made |= {Source: session.get_one(Source, made[Post].source_id)}  # type: ignore[attr-defined]
    row: Any = made[TABLES[type(state)]]
    row.state = state.value
    if state is ObligationState.CLOSED:
        row.reason, row.closed_by = "by_person", "user:1"
    session.flush()
    return rows.key(row)


def values_for(before: StrEnum, after: StrEnum) -> dict[str, str]:
    if after is ObligationState.CLOSED:
        return {"reason": "by_person", "closed_by": "user:1"}
    return {"reason": "", "closed_by": ""} if before is ObligationState.CLOSED else {}


@pytest.mark.parametrize(("before", "after"), ALLOWED, ids=name)
def test_a_listed_move_is_made_and_leaves_one_transition(
    sqlite_database: Database, now: datetime, before: StrEnum, after: StrEnum
) -> None:
    table = TABLES[type(before)]
    with sqlite_database.write() as session:
        row_id = row_in(session, now, before)
        move(session, table, row_id, before, after, actor="user:1", why="x", now=now, **values_for(before, after))
    with sqlite_database.read() as session:
        assert session.get_one(table, row_id).state == after
        trail = session.exec(select(Transition)).one()
    assert (trail.entity, trail.entity_id, trail.before, trail.after) == (table.__tablename__, row_id, before, after)


@pytest.mark.parametrize(("before", "after"), FORBIDDEN, ids=name)
def test_a_move_that_is_not_listed_is_refused(
    sqlite_database: Database, now: datetime, before: StrEnum, after: StrEnum
) -> None:
    with sqlite_database.write() as session, pytest.raises(ValueError, match="no move from"):
        move(session, TABLES[type(before)], 1, before, after, actor="user:1", why="x", now=now)


@pytest.mark.parametrize("states", MOVES, ids=lambda states: states.__name__)
def test_every_state_has_its_line_of_moves(states: type[StrEnum]) -> None:
    assert set(MOVES[states]) == set(states)


@pytest.mark.parametrize("states", MOVES, ids=lambda states: states.__name__)
def test_every_state_but_the_first_can_be_reached(states: type[StrEnum]) -> None:
    first, *others = states
    reached = {first}
    for _ in states:
        reached |= {after for before in reached for after in MOVES[states][before]}
    assert reached == {first, *others}


def test_a_reply_whose_fate_is_open_can_always_be_settled() -> None:
    for state in LIVE_REPLY:
        assert MOVES[ReplyState][state] & {ReplyState.CONFIRMED, ReplyState.REFUSED, ReplyState.GONE}


def test_an_answered_duty_may_end_with_its_vanished_reply_or_be_due_again() -> None:
    assert MOVES[ObligationState][ObligationState.ANSWERED] == {ObligationState.OPEN, ObligationState.CLOSED}


def test_a_reply_that_the_platform_holds_back_is_never_sent_again_by_itself() -> None:
    assert not allowed(ReplyState.PENDING, ReplyState.PLANNED)
    assert allowed(ReplyState.PENDING, ReplyState.UNKNOWN)


def test_a_confirmed_reply_is_never_sent_again() -> None:
    assert not allowed(ReplyState.CONFIRMED, ReplyState.PLANNED)
    assert not allowed(ReplyState.CONFIRMED, ReplyState.SENDING)


def test_states_become_a_sql_list() -> None:
    assert quoted((ReplyState.PLANNED, ReplyState.GONE)) == "'planned', 'gone'"
