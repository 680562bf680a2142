"""What the steps of one intake share: the transaction, the source, the clock and the counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from sqlmodel import Session

from db import queries_intake as queries
from db.bulk import insert_rows
from db.models import Approval, Case, Draft, Obligation, Reply
from db.moves import Change, move
from db.queries_intake import SourceRow
from db.queries_outbox import approvals_in_state
from db.states import CaseState, CloseReason, DraftState, ObligationState, ReplyState
from responder.deadlines import Deadlines, for_post
from responder.incoming import IncomingPost, Receipt
from responder.similar import normalise_text
from responder.words import Kind


@dataclass(slots=True)
class Work:
    """One page on its way into the store. `changes` collects the audit lines of the bulk inserts."""

    session: Session
    source: SourceRow
    now: datetime
    actor: str
    receipt: Receipt = field(default_factory=Receipt)
    changes: list[Change] = field(default_factory=list)
    due: dict[tuple[float | None, float | None, float | None], Deadlines] = field(default_factory=dict)
    source_id: int = field(init=False)
    own_names: frozenset[str] = field(init=False)
    own_ids: frozenset[str] | None = field(init=False)

    def __post_init__(self) -> None:
        self.source_id = self.source.id
        self.own_names = frozenset(name_key(name) for name in self.source.own_names)
        ids = self.source.settings.get("own_ids")
        self.own_ids = None if ids is None else frozenset(str(own) for own in ids)

    def is_own(self, post: IncomingPost) -> bool:
        """Whether the business itself wrote this. Where accounts are known or told apart, a name proves nothing."""
        if self.own_ids is not None or post.author_id:
            return post.author_id in (self.own_ids or ())
        return bool(self.own_names) and name_key(post.author_name) in self.own_names

    def deadlines(self, post: IncomingPost) -> Deadlines:
        """When answers to this wording, seen now, are due."""
        stars = (post.rating, post.rating_best, post.rating_worst)
        if stars not in self.due:
            kind = cast(Kind, self.source.settings.get("post_kind", "review"))
            self.due[stars] = for_post(*stars, kind, self.now)
        return self.due[stars]

    def move(self, table: Any, row_id: int, before: StrEnum, after: StrEnum, why: str, **values: Any) -> None:
        """`db.moves.move` with this intake's actor and clock, counted."""
        move(self.session, table, row_id, before, after, actor=self.actor, why=why, now=self.now, **values)
        self.receipt.rows_written += 2

    def insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        self.receipt.rows_written += insert_rows(self.session, table, rows)

    def note(self, entity: str, entity_id: int, before: str, after: str, why: str = "") -> None:
        """Remember one audit line; all are written at the end of the transaction."""
        self.changes.append(Change(entity, entity_id, before, after, self.actor, why))
        self.receipt.rows_written += 1

    def close(self, obligation: Obligation, reason: CloseReason) -> None:
        """End an open duty without an answer, and with it whatever was on its way to become one."""
        assert obligation.id is not None
        self.drop_answers(obligation.id, reason.value)
        before = ObligationState(obligation.state)
        self.move(
            Obligation, obligation.id, before, ObligationState.CLOSED, reason.value,
            reason=reason.value, closed_by=self.actor, held_until=None,
        )  # fmt: skip

    def drop_answers(self, obligation_id: int, why: str) -> None:
        """Set aside the waiting draft and the approved replies that were not sent yet."""
        draft = queries.waiting_draft(self.session, obligation_id)
        if draft is not None and draft.id is not None:
            self.move(Draft, draft.id, DraftState.WAITING, DraftState.SUPERSEDED, why, updated_at=self.now)
        for reply_id, approval_id, draft_id in approvals_in_state(self.session, obligation_id, ReplyState.PLANNED):
            self.move(Reply, reply_id, ReplyState.PLANNED, ReplyState.CANCELLED, why, outcome=why)
            self.move(Draft, draft_id, DraftState.APPROVED, DraftState.SUPERSEDED, why, updated_at=self.now)
            queries.update_row(self.session, Approval, approval_id, withdrawn_at=self.now)

    def rest_case(self, case_id: int) -> None:
        """Let a case wait for the customer once nothing in it is open any more."""
        case = self.session.get(Case, case_id, populate_existing=True)
        if case is None or case.state != CaseState.OPEN:
            return
        if queries.open_obligations_of_case(self.session, case_id) == 0:
            self.move(Case, case_id, CaseState.OPEN, CaseState.WAITING, "nothing open", waiting_since=None)

    def wake_case(self, case_id: int, *, further: bool) -> int:
        """Open a case again because the customer waits for us; returns its step, one up when `further`."""
        case = self.session.get(Case, case_id, populate_existing=True)
        assert case is not None
        step = min(3, case.step + 1) if further else case.step
        values = {"step": step, "waiting_since": case.waiting_since or self.now}
        if case.state == CaseState.OPEN:
            self.receipt.rows_written += queries.update_row(self.session, Case, case_id, **values)
        else:
            self.move(Case, case_id, CaseState(case.state), CaseState.OPEN, "customer wrote", **values)
        return step


def name_key(name: str) -> str:
    """A display name as it is compared: white space and case do not count."""
    return normalise_text(name).casefold()
