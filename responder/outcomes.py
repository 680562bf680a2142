"""From the end of an attempt (`Outcome`) to the next state of its reply: one row of a table per result.

All functions work inside the poster's transaction.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db.models import Approval, Draft, Obligation, Post, Reply
from db.moves import move
from db.queries_intake import update_row
from db.queries_outbox import Dispatch, approvals_in_state, dispatch
from db.queries_sources import set_channel_state, want_full_look
from db.states import ChannelState, DraftState, ObligationState, PostState, ReplyState
from responder.publishers.base import Outcome, Result
from responder.replied import bring_back, confirm, ended_by_deletion, rest_case, set_aside

ACTOR = "poster"

STEPS = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
"""Waiting times after the first, second, third and every further attempt that has to be repeated."""

PENDING_LOOK = timedelta(minutes=15)
"""How often we ask whether a reply has passed the platform's moderation."""

MAX_ATTEMPTS = 10
"""After so many attempts a person decides."""


@dataclass(frozen=True, slots=True)
class BackOff:
    """When to try again: what the platform asks for, else the next step with up to a tenth more."""

    reply: Reply

    def after(self, now: datetime, wait_seconds: float | None = None) -> datetime:
        if wait_seconds is not None:
            return now + timedelta(seconds=min(max(wait_seconds, 1.0), 24 * 3600.0))
        step = STEPS[min(max(self.reply.attempts, 1), len(STEPS)) - 1]
        share = zlib.crc32(f"{self.reply.id}/{self.reply.attempts}/{now.isoformat()}".encode()) / 2**32
        return now + step * (1 + share / 10)


def take_outcome(session: Session, found: Dispatch, outcome: Outcome, now: datetime, back_off: BackOff) -> None:
    """Record how an attempt or a look ended, and everything that follows from it."""
    _AFTER[outcome.result](session, found, outcome, now, back_off)


def refuse(session: Session, found: Dispatch, outcome: str, detail: str, now: datetime) -> None:
    """The reply will not be sent as it is: a person gets the text back with the reason."""
    _move(session, found, ReplyState.REFUSED, outcome, now, outcome=outcome, detail=detail)
    bring_back(session, found.approval, actor=ACTOR, why=outcome, note=detail, now=now)
    if outcome == "changed" and found.source.id is not None:
        want_full_look(session, found.source.id, now)


def cancel(session: Session, found: Dispatch, why: str, now: datetime) -> None:
    """Stop a planned reply whose duty ended meanwhile."""
    _move(session, found, ReplyState.CANCELLED, why, now, outcome=why)
    update_row(session, Approval, found.approval.id or 0, withdrawn_at=now)
    draft = session.get(Draft, found.approval.draft_id, populate_existing=True)
    if draft is not None and draft.state == DraftState.APPROVED:
        move(
            session, Draft, draft.id or 0, DraftState.APPROVED, DraftState.SUPERSEDED, actor=ACTOR, why=why, now=now,
            updated_at=now,
        )  # fmt: skip


def _move(session: Session, found: Dispatch, after: ReplyState, why: str, now: datetime, **values: Any) -> None:
    before = ReplyState(found.reply.state)
    move(session, Reply, found.reply.id or 0, before, after, actor=ACTOR, why=why, now=now, **values)


def _ok(session: Session, found: Dispatch, outcome: Outcome, now: datetime, _back_off: BackOff) -> None:
    confirm(
        session, found.reply, actor=ACTOR, why="sent", now=now, external_id=outcome.external_id, url=outcome.url
    )  # fmt: skip
    if found.source.id is not None:
        want_full_look(session, found.source.id, now)


def _pending(session: Session, found: Dispatch, outcome: Outcome, now: datetime, _back_off: BackOff) -> None:
    values = {
        "next_try_at": now + PENDING_LOOK,
        "outcome": Result.PENDING.value,
        "detail": outcome.detail,
        "external_id": outcome.external_id or found.reply.external_id,
        "url": outcome.url or found.reply.url,
    }
    if found.reply.state == ReplyState.PENDING:
        update_row(session, Reply, found.reply.id or 0, **values)
    else:
        _move(session, found, ReplyState.PENDING, "waits for the platform", now, **values)


def _later(session: Session, found: Dispatch, outcome: Outcome, now: datetime, back_off: BackOff) -> None:
    """Nothing took effect: the same approval is tried again, unless that has been tried often enough."""
    if found.reply.state == ReplyState.SENDING and found.reply.attempts >= MAX_ATTEMPTS:
        detail = f"Given up after {found.reply.attempts} attempts. {outcome.detail}"
        refuse(session, found, "given_up", detail.strip(), now)
        return
    values = {
        "next_try_at": back_off.after(now, outcome.wait_seconds),
        "outcome": outcome.result.value,
        "detail": outcome.detail,
    }
    if found.reply.state == ReplyState.SENDING:
        _move(session, found, ReplyState.PLANNED, outcome.result.value, now, sending_since=None, **values)
    else:  # planned: the post could not be looked at; unknown or pending: the reply could not be looked up
        update_row(session, Reply, found.reply.id or 0, **values)


def _unknown(session: Session, found: Dispatch, outcome: Outcome, now: datetime, back_off: BackOff) -> None:
    detail = {"outcome": Result.UNKNOWN.value, "detail": outcome.detail}
    if found.reply.state == ReplyState.SENDING:
        quiet_until = found.reply.quiet_until or now
        _move(session, found, ReplyState.UNKNOWN, "no answer", now, next_try_at=quiet_until, **detail)
    else:
        update_row(session, Reply, found.reply.id or 0, next_try_at=back_off.after(now), **detail)


def _stop_channel(session: Session, found: Dispatch, outcome: Outcome, now: datetime, back_off: BackOff) -> None:
    """The account cannot post: nothing more is sent through it until a person has looked at it."""
    if found.channel is not None and found.channel.state == ChannelState.ARMED and found.channel.id is not None:
        set_channel_state(session, found.channel.id, ChannelState.FAILED, actor=ACTOR, why=outcome.detail, now=now)
    _later(session, found, outcome, now, back_off)


def _refused(session: Session, found: Dispatch, outcome: Outcome, now: datetime, back_off: BackOff) -> None:
    """Refused by the platform, or, when we looked for it, certainly not there."""
    if found.reply.state == ReplyState.UNKNOWN:
        if found.reply.attempts >= MAX_ATTEMPTS:
            refuse(session, found, "given_up", f"Given up after {found.reply.attempts} attempts.", now)
            return
        values = {
            "next_try_at": back_off.after(now),
            "sending_since": None,
            "quiet_until": None,
            "outcome": "not_there",
        }
        _move(session, found, ReplyState.PLANNED, "not there", now, **values, detail=outcome.detail)
    else:
        refuse(session, found, Result.REFUSED.value, outcome.detail, now)


def _gone(session: Session, found: Dispatch, outcome: Outcome, now: datetime, _back_off: BackOff) -> None:
    """The post is not there any more: all its duties end with that reason, the text is kept in its draft."""
    _move(session, found, ReplyState.GONE, "the post is gone", now, outcome=Result.GONE.value, detail=outcome.detail)
    post = found.post
    assert post.id is not None
    if post.state != PostState.DELETED:
        why = "deleted on the platform"
        move(session, Post, post.id, PostState(post.state), PostState.DELETED, actor=ACTOR, why=why, now=now)
    for duty, reason in ended_by_deletion(session, post.id):
        _end(session, duty, reason.value, now)


def _end(session: Session, duty: Obligation, reason: str, now: datetime) -> None:
    """Close a duty whose post is gone, with whatever was to become its answer."""
    assert duty.id is not None
    before = ObligationState(duty.state)
    set_aside(session, duty.id, actor=ACTOR, why="the post is gone", now=now)
    for reply_id, _approval_id, _draft_id in approvals_in_state(session, duty.id, ReplyState.PLANNED):
        cancel(session, dispatch(session, reply_id), reason, now)
    move(
        session, Obligation, duty.id, before, ObligationState.CLOSED, actor=ACTOR, why=reason, now=now,
        reason=reason, closed_by=ACTOR, held_until=None,
    )  # fmt: skip
    if before is ObligationState.OPEN:
        rest_case(session, duty.case_id, actor=ACTOR, now=now)


_After = Callable[[Session, Dispatch, Outcome, datetime, BackOff], None]

_AFTER: dict[Result, _After] = {
    Result.OK: _ok,
    Result.PENDING: _pending,
    Result.RETRY_LATER: _later,
    Result.UNKNOWN: _unknown,
    Result.AUTH: _stop_channel,
    Result.MONEY: _stop_channel,
    Result.REFUSED: _refused,
    Result.GONE: _gone,
}
