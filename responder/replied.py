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
from db.queries_drafts import newest_set_aside
from db.states import CaseState, CloseReason, DraftKind, DraftOrigin, DraftState, ObligationState, ReplyState

ENDS_THE_DUTY = frozenset({DraftKind.FULL.value, DraftKind.PRIVATE_CHANNEL.value})
"""Kinds of reply that answer a post; a holding or follow-up reply leaves the duty as it is."""

ENDS_WITH_THE_POST = {
    ObligationState.OPEN: CloseReason.DELETED_BEFORE_ANSWER,
    ObligationState.REPLIED: CloseReason.NOT_ANSWERABLE,
}
"""Why a duty that has not ended yet ends when its post is deleted."""

DENIED = "Somebody looked at the page: the answer is not there. It leaves again only after a new approval."
"""What is said, at the reply and at its new draft, after a person looked for a reply in doubt and did not find it."""


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


def deny(session: Session, reply: Reply, approval: Approval, *, actor: str, now: datetime) -> None:
    """A person did not find the reply in public: it will not be sent again by itself, its text waits for a person."""
    assert reply.id is not None
    move(
        session, Reply, reply.id, ReplyState(reply.state), ReplyState.REFUSED, actor=actor, why="not there", now=now,
        outcome="not_there", detail=DENIED,
    )  # fmt: skip
    bring_back(session, approval, actor=actor, why="not there", note=DENIED, now=now)


def ended_by_deletion(session: Session, post_id: int) -> list[tuple[Obligation, CloseReason]]:
    """The duties of a deleted post that have not ended yet, whichever wording they are for, and why they end now."""
    duties = [duty for _version, duty in queries.versions_of(session, post_id)]
    ends = ENDS_WITH_THE_POST
    return [(duty, ends[state]) for duty in duties if (state := ObligationState(duty.state)) in ends]


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


def bring_back(
    session: Session,
    approval: Approval,
    *,
    actor: str,
    why: str,
    note: str,
    now: datetime,
    obligation_id: int | None = None,
) -> None:
    """An approved text that did not become public waits for a person again, as a new draft with a note.

    The old draft stays as it was approved; nothing a person wrote is lost. The new one belongs to `obligation_id` if
    given, the duty of a newer wording, else to the duty that was approved for.
    """
    old = session.get(Draft, approval.draft_id, populate_existing=True)
    assert old is not None
    if old.state == DraftState.APPROVED:
        assert old.id is not None
        move(
            session, Draft, old.id, DraftState.APPROVED, DraftState.SUPERSEDED,
            actor=actor, why=why, now=now, updated_at=now,
        )  # fmt: skip
    duty_id = approval.obligation_id if obligation_id is None else obligation_id
    duty = queries.obligation_of(session, duty_id)
    if duty.state == ObligationState.OPEN and queries.waiting_draft(session, duty_id) is None:
        draft = copy_of(old, text=approval.text, note=note, now=now)
        draft.obligation_id = duty_id
        add_draft(session, draft, actor=actor, why=why, now=now)
        queries.update_row(session, Obligation, duty_id, drafted=True)


def full_answer_again(session: Session, obligation_id: int, *, actor: str, why: str, now: datetime) -> None:
    """A first word was decided on: what a person had written before it waits again, else a new draft follows."""
    old = newest_set_aside(session, obligation_id, DraftKind.HOLDING.value)
    if old is not None and old.origin == DraftOrigin.PERSON:
        add_draft(session, copy_of(old, text=old.text, note=old.note, now=now), actor=actor, why=why, now=now)
    else:
        queries.update_row(session, Obligation, obligation_id, drafted=False)


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
