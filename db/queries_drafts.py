"""Every query of drafting and approval: what waits for a draft, what is known about it, what was said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import case, select, text, update
from sqlmodel import Session, col

from db.models import Approval, Author, Case, Channel, Draft, Obligation, OwnerReply, Post, PostVersion, Reply, Source
from db.queries_intake import rows
from db.states import DraftState, ReplyState

REMEMBERED = 500
"""So many of the newest texts of a page count as used: nobody reads further back to find one twice."""


@dataclass(frozen=True, slots=True)
class Material:
    """An obligation with everything a draft or an approval has to know. Rows as stored, not to be edited."""

    obligation: Obligation
    version: PostVersion
    post: Post
    author: Author
    case: Case
    source: Source
    channel: Channel | None


@dataclass(frozen=True, slots=True)
class Said:
    """One turn of a case: what the customer wrote or what we answered, when it became known, and how it was read."""

    ours: bool
    text: str
    at: datetime
    reading: dict[str, Any] | None = None


def next_undrafted(session: Session) -> int | None:
    """The oldest open obligation that nobody has drafted an answer for."""
    query = (
        select(col(Obligation.id))
        .where(text("state = 'open' AND drafted = false"))
        .order_by(col(Obligation.id))
        .limit(1)
    )
    return next((row[0] for row in rows(session, query)), None)


def material(session: Session, obligation_id: int) -> Material:
    """Everything about one obligation. Raises `LookupError` when there is none."""
    query = (
        select(Obligation, PostVersion, Post, Author, Case, Source, Channel)
        .join(PostVersion, col(PostVersion.id) == col(Obligation.post_version_id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(Author, col(Author.id) == col(Post.author_id))
        .join(Case, col(Case.id) == col(Obligation.case_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .outerjoin(Channel, col(Channel.id) == col(Source.channel_id))
        .where(col(Obligation.id) == obligation_id)
        .execution_options(populate_existing=True)
    )
    found = rows(session, query)
    if not found:
        raise LookupError(f"There is no obligation {obligation_id}.")
    return Material(*found[0])


def said_before(session: Session, case_id: int, version_id: int) -> list[Said]:
    """The turns of a case before one wording, oldest first: earlier wordings, answers seen, answers sent."""
    posts = select(
        col(PostVersion.text),
        col(PostVersion.seen_at),
        col(PostVersion.reading),
    ).join(Post, col(Post.id) == col(PostVersion.post_id))
    wordings = rows(session, posts.where(col(Post.case_id) == case_id, col(PostVersion.id) < version_id))
    seen = (
        select(col(OwnerReply.text), col(OwnerReply.seen_at))
        .join(Post, col(Post.id) == col(OwnerReply.post_id))
        .where(col(Post.case_id) == case_id, col(OwnerReply.reply_id).is_(None))
    )
    sent = (
        select(col(Approval.text), col(Approval.approved_at))
        .join(Reply, col(Reply.approval_id) == col(Approval.id))
        .join(Obligation, col(Obligation.id) == col(Reply.obligation_id))
        .where(col(Obligation.case_id) == case_id, col(Reply.state) == ReplyState.CONFIRMED.value)
    )
    turns = [Said(False, row[0], row[1], row[2]) for row in wordings]
    turns += [Said(True, row[0], row[1]) for query in (seen, sent) for row in rows(session, query)]
    return sorted(turns, key=lambda turn: turn.at)


def taken_texts(session: Session, source_id: int) -> frozenset[str]:
    """Texts already used or proposed on this page, whatever became of them, and the business's own answers there."""
    drafts = (
        select(col(Draft.text))
        .join(Obligation, col(Obligation.id) == col(Draft.obligation_id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .where(col(Post.source_id) == source_id)
        .order_by(col(Draft.id).desc())
        .limit(REMEMBERED)
    )
    seen = (
        select(col(OwnerReply.text))
        .join(Post, col(Post.id) == col(OwnerReply.post_id))
        .where(col(Post.source_id) == source_id)
        .order_by(col(OwnerReply.id).desc())
        .limit(REMEMBERED)
    )
    return frozenset(row[0] for query in (drafts, seen) for row in rows(session, query))


def claim_draft(session: Session, obligation_id: int, due_at: datetime, holding_due_at: datetime) -> bool:
    """Mark an open obligation as drafted, with its deadlines; False when it is drafted or no longer open."""
    result = session.connection().execute(
        update(Obligation)
        .where(col(Obligation.id) == obligation_id, text("state = 'open' AND drafted = false"))
        .values(drafted=True, **_due(due_at, holding_due_at))
    )
    return result.rowcount == 1


def bring_forward(session: Session, obligation_id: int, due_at: datetime, holding_due_at: datetime) -> None:
    """Store deadlines of an obligation, as far as they are sooner."""
    statement = update(Obligation).where(col(Obligation.id) == obligation_id)
    session.connection().execute(statement.values(**_due(due_at, holding_due_at)))


def _due(due_at: datetime, holding_due_at: datetime) -> dict[str, Any]:
    """Columns for new deadlines, never later than those stored meanwhile; what was put off comes back by then."""
    stored, holding = col(Obligation.due_at), col(Obligation.holding_due_at)
    due = case((stored < due_at, stored), else_=due_at)
    return {
        "due_at": due,
        "holding_due_at": case((holding < holding_due_at, holding), else_=holding_due_at),
        "held_until": case((col(Obligation.held_until) > due, due), else_=col(Obligation.held_until)),
    }


def draft_by_id(session: Session, draft_id: int) -> Draft:
    """One draft as it is now, held until the transaction ends. Raises `LookupError` when there is none."""
    found = session.get(Draft, draft_id, populate_existing=True, with_for_update=True)
    if found is None:
        raise LookupError(f"There is no draft {draft_id}.")
    return found


def write_text(session: Session, draft: Draft, revision: int) -> bool:
    """Store the edited columns of `draft` if it still waits in `revision`; False when somebody was faster."""
    result = session.connection().execute(
        update(Draft)
        .where(col(Draft.id) == draft.id, col(Draft.revision) == revision, col(Draft.state) == DraftState.WAITING.value)
        .values(
            text=draft.text,
            origin=draft.origin,
            findings=draft.findings,
            needs=draft.needs,
            edited_by_id=draft.edited_by_id,
            revision=revision + 1,
            updated_at=draft.updated_at,
        )
    )
    return result.rowcount == 1


def newest_set_aside(session: Session, obligation_id: int, kind: str) -> Draft | None:
    """The newest superseded draft of another kind than `kind`: what waited before a holding reply took its place."""
    query = (
        select(Draft)
        .where(
            col(Draft.obligation_id) == obligation_id,
            col(Draft.state) == DraftState.SUPERSEDED.value,
            col(Draft.kind) != kind,
        )
        .order_by(col(Draft.id).desc())
        .limit(1)
    )
    return session.scalars(query).first()
