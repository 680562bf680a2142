"""Approve = sign: what a person lets out under the business's name, and how he takes it back.

Every step is one transaction that checks the role, compares what the person saw with what is stored, and leaves its
line in the audit trail. The steps that end without a signature live in `responder.decisions`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from db import queries_drafts as queries
from db import queries_intake
from db import queries_outbox as outbox
from db.engine import Database
from db.models import Approval, Draft, Obligation, Reply, User
from db.moves import Change, Conflict, move, record
from db.states import (
    DraftKind,
    DraftOrigin,
    DraftState,
    ObligationState,
    ReplyState,
)
from responder.contexts import MakeProfile, context_of
from responder.decisions import TooEarly, close, confirm_manual, deny_manual, hold, reject, try_now
from responder.exact_text import exact, problems
from responder.findings import Finding
from responder.profiles import fitted, plain_profile
from responder.replied import full_answer_again, set_aside
from responder.roles import APPROVER, DRAFTER, NotAllowed, require
from responder.signature import key_of, signature
from responder.tone import acceptable, check

__all__ = [
    "AlreadyApproved",
    "Blocked",
    "Conflict",
    "NotAllowed",
    "TooEarly",
    "approve",
    "close",
    "confirm_manual",
    "deny_manual",
    "edit",
    "hold",
    "reject",
    "try_now",
    "undo",
]


class Blocked(Exception):
    """The text must not stand in public as it is. Nothing was approved; `findings` say why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("; ".join(f"{finding.rule}: {finding.why}" for finding in findings))
        self.findings = tuple(findings)


class AlreadyApproved(Conflict):
    """Somebody, or the first of two clicks, has approved this draft already: `approval` is what stands."""

    def __init__(self, approval: Approval) -> None:
        super().__init__(f"Draft {approval.draft_id} was approved already.")
        self.approval = approval


def approve(
    database: Database,
    draft_id: int,
    revision: int,
    user: User,
    *,
    now: datetime,
    undo_seconds: float,
    text: str | None = None,
    make_profile: MakeProfile | None = None,
) -> Approval:
    """Sign exactly this text for exactly this post version and plan its reply, which leaves after the undo window.

    `text`, if given and different, is first stored as the person's edit. Raises `NotAllowed`, `Blocked` for findings
    of severity block and open gaps, `AlreadyApproved`, and `Conflict` when draft or post changed since it was shown.
    Findings of severity warn are overruled by approving, and kept in `Approval.overruled`.
    """
    actor = require(user, APPROVER)
    with database.write() as session:
        draft = _shown(session, draft_id, revision)
        found = queries.material(session, draft.obligation_id)
        if found.obligation.state != ObligationState.OPEN or found.version.version != found.post.version:
            raise Conflict(f"Obligation {draft.obligation_id} is no longer open: the post was changed or answered.")
        signed = exact(draft.text if text is None else text)
        overruled = _checked(session, draft, signed, found, make_profile or plain_profile(now))
        if signed != draft.text:
            _rewrite(session, draft, signed, overruled, user, actor, now)
        return _sign(session, draft, found, overruled, user, actor, now, timedelta(seconds=undo_seconds))


def undo(database: Database, approval_id: int, user: User, now: datetime) -> None:
    """Take a signature back while its reply has not left; the draft waits again.

    Raises `NotAllowed`, and `Conflict` when the reply is on its way already.
    """
    actor = require(user, APPROVER)
    with database.write() as session:
        approval = session.get(Approval, approval_id, populate_existing=True)
        if approval is None:
            raise LookupError(f"There is no approval {approval_id}.")
        planned = outbox.approvals_in_state(session, approval.obligation_id, ReplyState.PLANNED)
        reply_id = next((row[0] for row in planned if row[1] == approval_id), None)
        if reply_id is None or approval.withdrawn_at is not None:
            raise Conflict("It is too late to undo: the reply has left or was stopped already.")
        queries_intake.update_row(session, Approval, approval_id, withdrawn_at=now)
        move(
            session,
            Reply,
            reply_id,
            ReplyState.PLANNED,
            ReplyState.CANCELLED,
            actor=actor,
            why="undone",
            now=now,
            outcome="undone",
        )
        waiting = queries_intake.waiting_draft(session, approval.obligation_id)
        if waiting is not None:  # a full draft that came back after a holding reply was approved
            set_aside(session, approval.obligation_id, actor=actor, why="undone", now=now)
        revision = queries.draft_by_id(session, approval.draft_id).revision + 1
        move(
            session,
            Draft,
            approval.draft_id,
            DraftState.APPROVED,
            DraftState.WAITING,
            actor=actor,
            why="undone",
            now=now,
            revision=revision,
            updated_at=now,
        )
        queries_intake.update_row(session, Obligation, approval.obligation_id, drafted=True)


def edit(
    database: Database,
    draft_id: int,
    revision: int,
    text: str,
    user: User,
    findings: Sequence[Finding],
    now: datetime,
) -> Draft:
    """Store a person's wording with what the check said about it. Raises `NotAllowed`, `Conflict`."""
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        draft = _shown(session, draft_id, revision)
        return _rewrite(session, draft, exact(text), [finding.as_json() for finding in findings], user, actor, now)


def _shown(session: Session, draft_id: int, revision: int) -> Draft:
    """The draft if it is still as the person saw it."""
    draft = queries.draft_by_id(session, draft_id)
    if draft.state == DraftState.APPROVED:
        existing = outbox.live_approval(session, draft_id)
        if existing is not None:
            session.expunge(existing)  # it outlives the transaction that this error rolls back
            raise AlreadyApproved(existing)
    if draft.state != DraftState.WAITING or draft.revision != revision:
        raise Conflict(f"Draft {draft_id} was changed by somebody else.")
    return draft


def _checked(
    session: Session, draft: Draft, text: str, found: queries.Material, make_profile: MakeProfile
) -> list[dict[str, Any]]:
    """The warnings that approving overrules. Raises `Blocked`."""
    profile = fitted(make_profile(found.source), found.channel)
    findings = problems(text) or check(text, context_of(session, found, draft.kind, profile))
    if text == draft.text and draft.needs:
        why = f"This draft still needs: {', '.join(draft.needs)}. Please complete it."
        findings = [*findings, Finding("C6", 0, 0, "block", why)]
    if not acceptable(findings):
        raise Blocked([finding for finding in findings if finding.severity == "block"])
    return [finding.as_json() for finding in findings]


def _rewrite(
    session: Session,
    draft: Draft,
    text: str,
    findings: list[dict[str, Any]],
    user: User,
    actor: str,
    now: datetime,
) -> Draft:
    assert draft.id is not None
    before = draft.revision
    session.expunge(draft)
    draft.text, draft.findings, draft.needs = text, findings, []
    draft.origin, draft.edited_by_id, draft.updated_at = DraftOrigin.PERSON.value, user.id, now
    if not queries.write_text(session, draft, before):
        raise Conflict(f"Draft {draft.id} was changed by somebody else.")
    draft.revision = before + 1
    record(session, [Change("draft", draft.id, "waiting", "waiting", actor, "edited")], now=now)
    return draft


def _sign(
    session: Session,
    draft: Draft,
    found: queries.Material,
    overruled: list[dict[str, Any]],
    user: User,
    actor: str,
    now: datetime,
    window: timedelta,
) -> Approval:
    assert draft.id is not None
    assert user.id is not None
    assert found.version.id is not None
    if outbox.live_reply(session, draft.obligation_id, draft.kind) is not None:
        raise Conflict(f"Obligation {draft.obligation_id} has a reply of this kind already.")
    approval = Approval(
        draft_id=draft.id, obligation_id=draft.obligation_id, post_version_id=found.version.id,
        channel_id=found.source.channel_id, kind=draft.kind, target=found.post.external_id, text=draft.text,
        sha256="", approver_id=user.id, overruled=overruled, approved_at=now, undo_until=now + window,
    )  # fmt: skip
    approval.sha256 = signature(approval)
    session.add(approval)
    session.flush()
    _plan(session, approval, key_of(approval, found.channel), actor, now)
    move(
        session,
        Draft,
        draft.id,
        DraftState.WAITING,
        DraftState.APPROVED,
        actor=actor,
        why="approved",
        now=now,
        updated_at=now,
    )
    if draft.kind == DraftKind.HOLDING:
        full_answer_again(session, draft.obligation_id, actor=actor, why="after the first word", now=now)
    return approval


def _plan(session: Session, approval: Approval, key: str, actor: str, now: datetime) -> None:
    assert approval.id is not None
    reply = Reply(
        approval_id=approval.id,
        obligation_id=approval.obligation_id,
        kind=approval.kind,
        channel_id=approval.channel_id,
        idempotency_key=key,
        not_before=approval.undo_until,
        next_try_at=approval.undo_until,
        created_at=now,
    )
    session.add(reply)
    session.flush()
    assert reply.id is not None
    record(session, [Change("reply", reply.id, "", ReplyState.PLANNED.value, actor, "approved")], now=now)
