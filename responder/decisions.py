"""What people decide without signing: reject, hold, close, "I have posted it" and "It is not there"."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from db import queries_drafts as queries
from db import queries_intake
from db import queries_outbox as outbox
from db.engine import Database
from db.models import Approval, Channel, Draft, Obligation, Reply, User
from db.moves import Change, Conflict, move, record
from db.queries_sources import want_full_look
from db.states import CaseState, ChannelState, CloseReason, DraftKind, DraftState, ObligationState, ReplyState
from responder.replied import confirm, deny, full_answer_again, rest_case, set_aside
from responder.roles import APPROVER, DRAFTER, require
from responder.signature import signature

BY_PEOPLE = frozenset(
    {
        CloseReason.SPAM,
        CloseReason.BYSTANDER,
        CloseReason.NOT_ANSWERABLE,
        CloseReason.PRAISE_WITHOUT_TEXT,
        CloseReason.BY_PERSON,
    }
)
"""Reasons a person may give; the others are facts that intake finds out."""


WAITS = frozenset({ReplyState.PLANNED, ReplyState.UNKNOWN, ReplyState.PENDING})
"""States in which a reply waits for its next attempt or look."""


class TooEarly(Conflict):
    """The first attempt may still take effect, so nobody can say yet that a reply is not there. Nothing was changed."""


def reject(database: Database, draft_id: int, note: str, user: User, now: datetime) -> None:
    """Refuse a proposed text with a note; another wording will be drafted.

    After a first word, the answer that a person had written before it waits again. Raises `NotAllowed`, `Conflict`.
    """
    actor = require(user, APPROVER)
    with database.write() as session:
        draft = queries.draft_by_id(session, draft_id)
        move(
            session,
            Draft,
            draft_id,
            DraftState.WAITING,
            DraftState.REJECTED,
            actor=actor,
            why="rejected",
            now=now,
            note=note,
            updated_at=now,
        )
        if draft.kind == DraftKind.HOLDING:
            full_answer_again(session, draft.obligation_id, actor=actor, why="first word rejected", now=now)
        else:
            queries_intake.update_row(session, Obligation, draft.obligation_id, drafted=False)


def hold(database: Database, obligation_id: int, until: datetime, note: str, user: User, now: datetime) -> None:
    """Put an open obligation aside until a moment before its deadline.

    Raises `ValueError` for a moment after the deadline or in the past, `NotAllowed`, and `Conflict` when it is not
    open any more.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        duty = _open(session, obligation_id)
        if not now < until <= duty.due_at:
            raise ValueError("An answer can be put aside until its deadline at most, and only into the future.")
        queries_intake.update_row(session, Obligation, obligation_id, held_until=until, note=note)
        record(session, [Change("obligation", obligation_id, "open", "open", actor, "held")], now=now)


def close(
    database: Database, obligation_id: int, reason: CloseReason | str, note: str, user: User, now: datetime
) -> None:
    """End an obligation without an answer, with a reason that is shown.

    Raises `ValueError` for a reason that only intake may give or that the post contradicts, and where a note is
    missing; `NotAllowed`; `Conflict` when the obligation has ended or a reply is already on its way.
    """
    actor, reason = require(user, APPROVER), CloseReason(reason)
    with database.write() as session:
        found = queries.material(session, obligation_id)
        duty = found.obligation
        if duty.state not in (ObligationState.OPEN, ObligationState.REPLIED):
            raise Conflict(f"Obligation {obligation_id} has ended already.")
        _refuse_reason(reason, note, found.version.text, found.version.rating)
        _stop_replies(session, duty, actor, reason.value, now)
        set_aside(session, obligation_id, actor=actor, why=reason.value, now=now)
        move(
            session,
            Obligation,
            obligation_id,
            ObligationState(duty.state),
            ObligationState.CLOSED,
            actor=actor,
            why=reason.value,
            now=now,
            reason=reason.value,
            closed_by=actor,
            note=note,
            held_until=None,
        )
        rest_case(session, duty.case_id, actor=actor, now=now, after=CaseState.SETTLED)


def confirm_manual(database: Database, reply_id: int, url: str, user: User, now: datetime) -> None:
    """A person says: I have posted this answer myself. `url`, if given, is where it stands.

    Also settles a reply of which the outlet cannot tell whether it arrived. Raises `NotAllowed`, `ValueError` for
    something that is no web address, `Conflict` when the reply is not waiting for a person.
    """
    actor = require(user, DRAFTER, APPROVER)
    if url and urlsplit(url).scheme not in ("http", "https"):
        raise ValueError("Please give the web address of the answer (https://…) or leave the field empty.")
    with database.write() as session:
        found = outbox.dispatch(session, reply_id)
        by_hand = found.channel is None or found.channel.kind == "manual"
        if not (by_hand and found.reply.state == ReplyState.PLANNED) and found.reply.state != ReplyState.UNKNOWN:
            raise Conflict(f"Reply {reply_id} is not waiting for a person.")
        if signature(found.approval) != found.approval.sha256:
            raise Conflict(f"Reply {reply_id} is not what was approved any more.")
        confirm(session, found.reply, actor=actor, why="posted by hand", now=now, url=url)
        assert found.source.id is not None
        want_full_look(session, found.source.id, now)


def deny_manual(database: Database, reply_id: int, user: User, now: datetime) -> None:
    """A person says of a reply in doubt: I have looked, and it is not there. Its text waits for a person again.

    Raises `NotAllowed`, `TooEarly` while the first attempt may still take effect, and `Conflict` when the reply is not
    in doubt any more.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        found = outbox.dispatch(session, reply_id)
        if found.reply.state != ReplyState.UNKNOWN:
            raise Conflict(f"Reply {reply_id} is not in doubt any more.")
        until = found.reply.quiet_until
        if until is not None and now < until:
            raise TooEarly(f"The first attempt may still arrive until {until:%H:%M} UTC; please look again after that.")
        deny(session, found.reply, found.approval, actor=actor, now=now)


def try_now(database: Database, reply_id: int, user: User, now: datetime) -> None:
    """Do not wait for the next planned attempt or look: whatever stood in the way is mended.

    Neither the undo window nor the quiet time of an attempt is shortened. Raises `NotAllowed`, and `Conflict` when
    the program has nothing to wait for.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        found = outbox.dispatch(session, reply_id)
        if not can_try_now(found.reply, found.channel, now):
            raise Conflict(f"Reply {reply_id} does not wait for a next attempt.")
        queries_intake.update_row(session, Reply, reply_id, next_try_at=now)
        record(session, [Change("reply", reply_id, found.reply.state, found.reply.state, actor, "try now")], now=now)


def can_try_now(reply: Reply, channel: Channel | None, now: datetime) -> bool:
    """Whether a reply would go on sooner if somebody asked for it."""
    if reply.state not in WAITS or channel is None or channel.kind == "manual":
        return False
    stopped = reply.state == ReplyState.PLANNED and channel.state != ChannelState.ARMED
    earliest = reply.quiet_until if reply.state == ReplyState.UNKNOWN else reply.not_before
    return not stopped and now < reply.next_try_at and (earliest is None or earliest <= now)


def _open(session: Session, obligation_id: int) -> Obligation:
    duty = queries_intake.obligation_of(session, obligation_id)
    if duty.state != ObligationState.OPEN:
        raise Conflict(f"Obligation {obligation_id} is no longer open.")
    return duty


def _refuse_reason(reason: CloseReason, note: str, text: str, rating: float | None) -> None:
    if reason not in BY_PEOPLE:
        raise ValueError(f"The reason {reason.value} is found by the program, not given by a person.")
    if reason is CloseReason.BY_PERSON and not note.strip():
        raise ValueError("Please say in a note why this post gets no answer.")
    if reason is CloseReason.PRAISE_WITHOUT_TEXT and (text.strip() or rating is None):
        raise ValueError("This post has a text, so it is not praise by stars alone.")


def _stop_replies(session: Session, duty: Obligation, actor: str, why: str, now: datetime) -> None:
    assert duty.id is not None
    for reply_id, approval_id, draft_id in outbox.approvals_in_state(session, duty.id, ReplyState.PLANNED):
        move(
            session,
            Reply,
            reply_id,
            ReplyState.PLANNED,
            ReplyState.CANCELLED,
            actor=actor,
            why=why,
            now=now,
            outcome=why,
        )
        move(
            session,
            Draft,
            draft_id,
            DraftState.APPROVED,
            DraftState.SUPERSEDED,
            actor=actor,
            why=why,
            now=now,
            updated_at=now,
        )
        queries_intake.update_row(session, Approval, approval_id, withdrawn_at=now)
    live = outbox.live_reply(session, duty.id)
    if live is not None and live.state != ReplyState.CONFIRMED:
        raise Conflict(f"A reply to obligation {duty.id} is on its way; please wait until that is settled.")
