"""What the approval page shows. Each function is a fixed number of queries, however many posts there are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, text
from sqlmodel import Session, col, select

from db.models import Approval, Author, Case, Channel, Draft, Obligation, Post, PostVersion, Reply, Source

PAGE_SIZE = 50
TABS = ("open", "later", "way", "manual", "answered", "closed")
MOODS = ("angry", "critical", "neutral", "positive")

LIVE = text("reply.state IN ('planned', 'sending', 'confirmed', 'pending', 'unknown')")
MOVING = text("reply.state IN ('planned', 'sending', 'pending', 'unknown')")
LOST = text("reply.state IN ('refused', 'gone')")
MOVING_OR_LOST = text("reply.state IN ('planned', 'sending', 'pending', 'unknown', 'refused', 'gone')")
UNSENT = text("reply.state IN ('planned', 'sending', 'unknown', 'pending')")  # the predicate of ix_reply_due
FULL = text("reply.kind <> 'holding'")
OPEN = text("obligation.state = 'open'")
WAITING = text("draft.state = 'waiting'")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue."""

    obligation: Obligation
    post: Post
    version: PostVersion
    author: Author
    source: Source
    case: Case
    draft: Draft | None
    reply: Reply | None


@dataclass(frozen=True, slots=True)
class Filters:
    """What the queue is narrowed to; empty values do not narrow. `after` is the key of the last row already seen."""

    source_id: int | None = None
    mood: str = ""
    after: tuple[datetime | None, int] | None = None


@dataclass(frozen=True, slots=True)
class Undoable:
    """A signature whose answer has not left yet."""

    approval_id: int
    obligation_id: int
    author_name: str
    undo_until: datetime


@dataclass(frozen=True, slots=True)
class Counts:
    """How much waits in each tab that can run empty."""

    open: int = 0
    later: int = 0
    way: int = 0
    manual: int = 0
    overdue: int = 0


def queue(session: Session, tab: str, filters: Filters, now: datetime, limit: int = PAGE_SIZE) -> list[Row]:
    """One page of a tab, one query. Open work comes by deadline, everything else newest first."""
    by_deadline = tab in ("open", "later")
    query = _narrow(_rows(tab).where(_in_tab(tab, now)), filters)
    if filters.after is not None:
        query = query.where(_beyond(filters.after, by_deadline))
    if by_deadline:
        query = query.order_by(col(Obligation.due_at), col(Obligation.id))
    else:
        query = query.order_by(col(Obligation.id).desc())
    return [Row(*found) for found in session.exec(query.limit(limit))]


def counts(session: Session, now: datetime) -> Counts:
    """The figures on the tabs, in one query over the partial indexes of unfinished work."""
    held = and_(col(Obligation.held_until).is_not(None), col(Obligation.held_until) > now)
    free = ~_has_live_answer()
    open_, later, overdue = (
        func.sum(case((and_(free, condition), 1), else_=0))
        for condition in (~_is_held(now), held, col(Obligation.due_at) <= now)
    )
    figures = session.exec(select(open_, later, overdue).select_from(Obligation).where(OPEN)).one()
    way, manual = session.exec(
        select(
            func.sum(case((_by_machine(), 1), else_=0)),
            func.sum(case((_by_hand(), 1), else_=0)),
        )
        .select_from(Reply)
        .where(MOVING)
    ).one()
    return Counts(figures[0] or 0, figures[1] or 0, way or 0, manual or 0, figures[2] or 0)


def next_open(session: Session, after: tuple[datetime, int] | None, now: datetime) -> int | None:
    """The open item that follows the deadline and id `after` in the queue, else the first; None when all is done."""
    query = select(col(Obligation.id)).where(_in_tab("open", now)).limit(1)
    if after is not None:
        due_at, item_id = after
        later = or_(
            col(Obligation.due_at) > due_at, and_(col(Obligation.due_at) == due_at, col(Obligation.id) > item_id)
        )
        query = query.where(col(Obligation.id) != item_id).order_by(case((later, 0), else_=1))
    return session.exec(query.order_by(col(Obligation.due_at), col(Obligation.id))).first()


def undoable(session: Session, user_id: int, now: datetime) -> list[Undoable]:
    """What this person signed and can still take back, newest first."""
    found = session.exec(
        select(col(Approval.id), col(Approval.obligation_id), col(Author.name), col(Approval.undo_until))
        .join(Reply, col(Reply.approval_id) == col(Approval.id))
        .join(Obligation, col(Obligation.id) == col(Approval.obligation_id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(Author, col(Author.id) == col(Post.author_id))
        .where(UNSENT, text("reply.state = 'planned'"), _by_machine())
        .where(col(Approval.approver_id) == user_id, col(Approval.withdrawn_at).is_(None))
        .where(col(Approval.undo_until) > now)
        .order_by(col(Approval.id).desc())
        .limit(5)
    )
    return [Undoable(*one) for one in found]  # type: ignore[arg-type]


def source_names(session: Session) -> list[tuple[int, str]]:
    """All sources for the filter, by name."""
    found = session.exec(select(col(Source.id), col(Source.name)).order_by(col(Source.name)))
    return [(source_id, name) for source_id, name in found if source_id is not None]


def _rows(tab: str) -> Any:
    """Obligation with everything a line shows. `way` and `manual` list replies, the other tabs obligations."""
    moving = tab in ("way", "manual")
    mine = col(Reply.obligation_id) == col(Obligation.id)
    query: Any = (
        select(Obligation, Post, PostVersion, Author, Source, Case, Draft, Reply)  # type: ignore[call-overload]
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(PostVersion, col(PostVersion.id) == col(Obligation.post_version_id))
        .join(Author, col(Author.id) == col(Post.author_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .join(Case, col(Case.id) == col(Obligation.case_id))
        .outerjoin(Draft, and_(col(Draft.obligation_id) == col(Obligation.id), WAITING))
    )
    if moving:
        return query.join(Reply, and_(mine, MOVING_OR_LOST))
    return query.outerjoin(Reply, and_(mine, LIVE, FULL))


def _in_tab(tab: str, now: datetime) -> ColumnElement[bool]:
    if tab == "open":
        return and_(OPEN, ~_is_held(now), ~_has_live_answer())
    if tab == "later":
        return and_(OPEN, _is_held(now), ~_has_live_answer())
    if tab == "way":
        return and_(_by_machine(), or_(MOVING, and_(LOST, OPEN, ~_has_live_answer())))
    if tab == "manual":
        return and_(_by_hand(), MOVING)
    if tab == "answered":
        return or_(text("obligation.state = 'answered'"), text("obligation.state = 'replied'"))
    return and_(text("obligation.state = 'closed'"))


def _is_held(now: datetime) -> ColumnElement[bool]:
    return and_(col(Obligation.held_until).is_not(None), col(Obligation.held_until) > now)


def _has_live_answer() -> ColumnElement[bool]:
    live = exists().where(col(Reply.obligation_id) == col(Obligation.id), LIVE, FULL)
    return live.correlate(Obligation)


def _by_hand() -> ColumnElement[bool]:
    by_hand = select(col(Channel.id)).where(text("channel.kind = 'manual'"))
    return or_(col(Reply.channel_id).is_(None), col(Reply.channel_id).in_(by_hand))


def _by_machine() -> ColumnElement[bool]:
    return ~_by_hand()


def _narrow(query: Any, filters: Filters) -> Any:
    if filters.source_id is not None:
        query = query.where(col(Post.source_id) == filters.source_id)
    if filters.mood in MOODS:
        query = query.where(_has_mood(filters.mood))
    return query


def _has_mood(mood: str) -> ColumnElement[bool]:
    reading: Any = col(PostVersion.reading)
    angry = reading["anger"].as_integer() >= 2
    if mood == "angry":
        return angry  # type: ignore[no-any-return]
    sentiment = {"critical": "negative", "neutral": "neutral", "positive": "positive"}[mood]
    return and_(~angry, reading["sentiment"].as_string() == sentiment)


def _beyond(after: tuple[datetime | None, int], by_deadline: bool) -> ColumnElement[bool]:
    due_at, item_id = after
    if by_deadline and due_at is not None:
        return or_(
            col(Obligation.due_at) > due_at, and_(col(Obligation.due_at) == due_at, col(Obligation.id) > item_id)
        )
    return col(Obligation.id) < item_id
