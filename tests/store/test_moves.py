"""Compare-and-set: of two writers one wins, and the loser changes nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import func, select

from db.audit import verify
from db.engine import Database
from db.models import ChainHead, Channel, Reply, Transition
from db.moves import Change, Conflict, move, record
from db.states import ChannelState, ReplyState
from tests.store import rows

PLANNED, SENDING, CANCELLED = ReplyState.PLANNED, ReplyState.SENDING, ReplyState.CANCELLED


@pytest.fixture
def reply_id(database: Database, now: datetime) -> int:
    with database.write() as session:
        draft = rows.draft(session, now, rows.obligation(session, now))
        return rows.key(rows.reply(session, now, rows.approval(session, now, draft)))


def test_a_move_sets_its_values_with_the_state(database: Database, now: datetime, reply_id: int) -> None:
    with database.write() as session:
        move(session, Reply, reply_id, PLANNED, SENDING, actor="poster", why="due", now=now, sending_since=now)
    with database.read() as session:
        reply = session.get_one(Reply, reply_id)
    assert (reply.state, reply.sending_since) == (SENDING, now)


def test_a_move_from_an_outdated_state_is_a_conflict(database: Database, now: datetime, reply_id: int) -> None:
    with database.write() as session:
        move(session, Reply, reply_id, PLANNED, CANCELLED, actor="user:1", why="undo", now=now)
    with database.write() as session, pytest.raises(Conflict, match=f"reply {reply_id} is no longer planned"):
        move(session, Reply, reply_id, PLANNED, SENDING, actor="poster", why="due", now=now)


def test_a_move_of_a_missing_row_is_a_conflict(database: Database, now: datetime) -> None:
    with database.write() as session, pytest.raises(Conflict):
        move(session, Reply, 4711, PLANNED, SENDING, actor="poster", why="due", now=now)


def test_a_conflict_undoes_everything_else_in_its_transaction(database: Database, now: datetime, reply_id: int) -> None:
    with pytest.raises(Conflict), database.write() as session:  # noqa: PT012
        record(session, [Change("source", 1, "", "active", "cli")], now=now)
        move(session, Reply, reply_id, SENDING, ReplyState.CONFIRMED, actor="poster", why="sent", now=now)
    with database.read() as session:
        assert session.exec(select(func.count()).select_from(Transition)).one() == 0
        assert session.exec(select(ChainHead)).one().count == 0


def test_a_loaded_row_follows_the_move(database: Database, now: datetime, reply_id: int) -> None:
    with database.write() as session:
        reply = session.get_one(Reply, reply_id)
        move(session, Reply, reply_id, PLANNED, SENDING, actor="poster", why="due", now=now, sending_since=now)
        assert (reply.state, reply.sending_since) == (SENDING, now)


def test_changes_made_before_the_move_are_kept(database: Database, now: datetime, reply_id: int) -> None:
    with database.write() as session:
        session.get_one(Reply, reply_id).attempts = 3
        move(session, Reply, reply_id, PLANNED, SENDING, actor="poster", why="due", now=now)
    with database.read() as session:
        reply = session.get_one(Reply, reply_id)
    assert (reply.state, reply.attempts) == (SENDING, 3)


@pytest.mark.heavy
def test_of_many_writers_exactly_one_wins(database: Database, now: datetime, reply_id: int) -> None:
    start = threading.Barrier(8)

    def try_to_send(number: int) -> bool:
        start.wait()
        try:
            with database.write() as session:
                move(session, Reply, reply_id, PLANNED, SENDING, actor=f"poster {number}", why="due", now=now)
        except Conflict:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(try_to_send, range(8))) == 1


@pytest.mark.heavy
def test_writers_at_the_same_time_make_one_unbroken_chain(database: Database, now: datetime) -> None:
    """Each thread moves rows in another order, which would deadlock without one write lock."""
    with database.write() as session:
        channels = [rows.key(rows.channel(session, now)) for _ in range(4)]

    def arm_and_back(number: int) -> None:
        for before, after in ((ChannelState.DRY_RUN, ChannelState.ARMED), (ChannelState.ARMED, ChannelState.DRY_RUN)):
            with database.write() as session:
                for channel_id in channels[number:] + channels[:number]:
                    if session.get_one(Channel, channel_id).state == before:
                        move(session, Channel, channel_id, before, after, actor=f"user:{number}", why="", now=now)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(arm_and_back, [0, 1, 2, 3] * 5))
    with database.read() as session:
        assert verify(session) == []
        assert session.exec(select(ChainHead)).one().count >= 8


def test_many_changes_are_recorded_in_their_order(database: Database, now: datetime) -> None:
    with database.write() as session:
        record(session, [Change("post", number, "", "live", "worker") for number in range(500)], now=now)
    with database.read() as session:
        assert list(session.exec(select(Transition.entity_id).order_by(Transition.id))) == list(range(500))
        assert verify(session) == []


def test_recording_nothing_touches_nothing(database: Database, now: datetime) -> None:
    with database.read() as session:
        record(session, [], now=now + timedelta(days=1))
        assert session.exec(select(ChainHead)).one().hash == ""
