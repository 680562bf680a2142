"""What follows when a reply of ours turns out to be public, or not to be: shared by outbox, looks and people.

All functions work inside the caller's transaction.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session

from db import queries_intake as queries
from db.models import Approval, Case, Draft, Obligation, Reply
from db.moves import Change, move, record
from db.states import CaseState, DraftKind, DraftOrigin, DraftState, ObligationState, ReplyState

ENDS_THE_DUTY = frozenset({DraftKind.FULL.value, DraftKind.PRIVATE_CHANNEL.value})
"""Kinds of reply that answer a post; a holding or follow-up reply leaves the duty as it is."""


def confirm(
    session: Session, reply: Reply, *, actor: str, why: str, now: datetime, external_id: str = "", url: str = ""
) -> None:
    """The reply stands in public: the obligation is `replied`, and the crawler shall look for it at once."""
    assert reply.id is not None
    move(
        session, Reply, reply.id, ReplyState(reply.state), ReplyState.CONFIRMED, actor=actor, why=why, now=now,
        confirmed_at=now, next_look_at=now, looks=0, outcome="ok", detail="",
        external_id=external_id or reply.external_id, url=url or reply.url,
    )  # fmt: skip
    obligation = queries.obligation_of(session, reply.obligation_id)
    if obligation.first_word_at is None:
        queries.update_row(session, Obligation, reply.obligation_id, first_word_at=now)
    if reply.kind in ENDS_THE_DUTY and obligation.state == ObligationState.OPEN:
        move(
            session, Obligation, reply.obligation_id, ObligationState.OPEN, ObligationState.REPLIED,
            actor=actor, why=why, now=now, replied_at=now, held_until=None,
        )  # fmt: skip
        set_aside(session, reply.obligation_id, actor=actor, why="answered", now=now)
        rest_case(session, obligation.case_id, actor=actor, now=now)


def set_aside(session: Session, obligation_id: int, *, actor: str, why: str, now: datetime) -> None:
    """A draft that still waits is not needed any more."""
    draft = queries.waiting_draft(session, obligation_id)
    if draft is not None and draft.id is not None:
        move(
            session, Draft, draft.id, DraftState.WAITING, DraftState.SUPERSEDED,
            actor=actor, why=why, now=now, updated_at=now,
        )  # fmt: skip


def rest_case(
    session: Session, case_id: int, *, actor: str, now: datetime, after: CaseState = CaseState.WAITING
) -> None:
    """Let a case come to rest once nothing in it is open any more."""
    case = session.get(Case, case_id, populate_existing=True)
    if case is None or case.state == after or queries.open_obligations_of_case(session, case_id):
        return
    move(
        session, Case, case_id, CaseState(case.state), after,
        actor=actor, why="nothing open", now=now, waiting_since=None,
    )  # fmt: skip


def wake_case(session: Session, case_id: int, *, actor: str, why: str, now: datetime) -> None:
    """The customer waits for us again."""
    case = session.get(Case, case_id, populate_existing=True)
    if case is not None and case.state != CaseState.OPEN:
        move(
            session, Case, case_id, CaseState(case.state), CaseState.OPEN,
            actor=actor, why=why, now=now, waiting_since=now,
        )  # fmt: skip


def bring_back(session: Session, approval: Approval, *, actor: str, why: str, note: str, now: datetime) -> None:
    """An approved text that did not become public waits for a person again, as a new draft with a note.

    The old draft stays as it was approved; nothing a person wrote is lost.
    """
    old = session.get(Draft, approval.draft_id, populate_existing=True)
    assert old is not None
    if old.state == DraftState.APPROVED:
        assert old.id is not None
        move(
            session, Draft, old.id, DraftState.APPROVED, DraftState.SUPERSEDED,
            actor=actor, why=why, now=now, updated_at=now,
        )  # fmt: skip
    obligation = queries.obligation_of(session, approval.obligation_id)
    if obligation.state == ObligationState.OPEN and queries.waiting_draft(session, approval.obligation_id) is None:
        draft = copy_of(old, text=approval.text, note=note, now=now)
        add_draft(session, draft, actor=actor, why=why, now=now)
        queries.update_row(session, Obligation, approval.obligation_id, drafted=True)


def copy_of(old: Draft, *, text: str, note: str, now: datetime) -> Draft:
    """The same text as a new draft: a person has stood behind it."""
    values: dict[str, Any] = {
        "obligation_id": old.obligation_id,
        "kind": old.kind,
        "origin": DraftOrigin.PERSON.value,
        "practices": list(old.practices),
        "edited_by_id": old.edited_by_id,
    }
    return Draft(**values, text=text, note=note, created_at=now, updated_at=now)


def add_draft(session: Session, draft: Draft, *, actor: str, why: str, now: datetime) -> None:
    """Store a new waiting draft with its audit line."""
    session.add(draft)
    session.flush()
    assert draft.id is not None
    record(session, [Change("draft", draft.id, "", DraftState.WAITING.value, actor, why)], now=now)
