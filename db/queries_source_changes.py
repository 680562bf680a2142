"""Changing and removing sources, so that nothing that was collected is lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.models import Obligation, Post, Source
from db.moves import Change, record
from db.queries_sources import pause_source, want_full_look
from db.states import ObligationState, SourceState

REMOVED = "removed; what was collected stays"


class SourceInUse(Exception):
    """Something still hangs on the source; the message says what, and how to go on. Nothing was changed."""


def lock_source(session: Session, name: str) -> Source | None:
    """The source of that name; until the transaction ends nobody else changes it or stores posts from it."""
    return session.exec(select(Source).where(Source.name == name).with_for_update()).one_or_none()


def change_source(session: Session, source: Source, *, actor: str, now: datetime, **values: Any) -> list[str]:
    """Set columns of a locked source; returns the names of those that are different now.

    The next look comes at once and is complete, because what is seen unchanged may have to be understood anew.
    """
    assert source.id is not None
    changed = {key: value for key, value in values.items() if getattr(source, key) != value}
    for key, value in changed.items():
        setattr(source, key, value)
    session.add(source)
    session.flush()
    if changed:
        why = f"changed: {', '.join(sorted(changed))}"
        record(session, [Change("source", source.id, source.state, source.state, actor, why)], now=now)
        want_full_look(session, source.id, now)
        session.refresh(source)
    return sorted(changed)


def remove_source(session: Session, source: Source, *, actor: str, now: datetime) -> int:
    """Stop watching a locked source for good; returns how many of its posts stay, and it with them as a paused one.

    A source from which nothing was collected is deleted. Raises `SourceInUse` while customers wait for an answer.
    """
    assert source.id is not None
    posts = _count(session, select(func.count()).where(Post.source_id == source.id))
    if waiting := _open(session, source.id):
        raise SourceInUse(
            f"{source.name} stays: {waiting} posts from there wait for an answer. Answer or close them on the page "
            f"first, or stop looking and let them wait: gelassen source pause {source.name}"
        )
    if not posts:
        record(session, [Change("source", source.id, source.state, "removed", actor, "removed")], now=now)
        session.delete(source)
        session.flush()
    elif source.state != SourceState.PAUSED:
        pause_source(session, source.id, actor=actor, why=REMOVED, now=now)
    return posts


def _open(session: Session, source_id: int) -> int:
    waiting = select(func.count()).select_from(Obligation).join(Post, col(Post.id) == col(Obligation.post_id))
    return _count(session, waiting.where(Post.source_id == source_id, Obligation.state == ObligationState.OPEN.value))


def _count(session: Session, statement: Any) -> int:
    return int(session.exec(statement).one())
