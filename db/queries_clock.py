"""What is due? Small questions that the clock asks every few seconds; each is answered from a partial index."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import text
from sqlmodel import Session, col, or_, select

from db.models import Obligation, Post, Reply, Source
from db.queries_outbox import dry_runs_wanted, in_doubt, next_planned
from db.queries_settings import POSTING_PAUSED, get_setting
from db.states import ReplyState

SOURCE_WATCHED = text("source.state <> 'paused'")
UNDRAFTED = text("obligation.state = 'open' AND obligation.drafted = false")
IN_DOUBT = (ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.PENDING)
TO_LOOK_FOR = text("reply.state = 'confirmed' AND reply.next_look_at IS NOT NULL")


def source_due(session: Session, now: datetime) -> bool:
    """Whether any source is due for a look."""
    due = or_(col(Source.next_look_at).is_(None), col(Source.next_look_at) <= now)
    return session.exec(select(Source.id).where(SOURCE_WATCHED, due).limit(1)).first() is not None


def draft_due(session: Session) -> bool:
    """Whether an open obligation waits for its first draft."""
    return session.exec(select(Obligation.id).where(UNDRAFTED).limit(1)).first() is not None


def reply_due(session: Session, now: datetime) -> bool:
    """Whether the poster has something to do: a reply to send or to rehearse, or one in doubt to look up."""
    paused = bool(get_setting(session, POSTING_PAUSED, False))
    if not paused and (next_planned(session, now) is not None or dry_runs_wanted(session, now)):
        return True
    return any(in_doubt(session, state, now) for state in IN_DOUBT)


def sources_to_look_at(session: Session, now: datetime) -> list[int]:
    """Sources on whose page one of our replies should be looked for now and no full look is on its way yet."""
    query = (
        select(Source.id)
        .join(Post, col(Post.source_id) == col(Source.id))
        .join(Obligation, col(Obligation.post_id) == col(Post.id))
        .join(Reply, col(Reply.obligation_id) == col(Obligation.id))
        .where(TO_LOOK_FOR, col(Reply.next_look_at) <= now, SOURCE_WATCHED)
        .where(col(Source.full_look_wanted).is_(False))
        .distinct()
    )
    return [source_id for source_id in session.exec(query) if source_id is not None]
