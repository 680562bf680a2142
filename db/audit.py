"""Checking the transition chain: every row's hash covers the row before it, and `ChainHead` names the newest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, select

from db.models import ChainHead, Transition
from db.moves import Change, link_hash

CHUNK = 5_000
COLUMNS: tuple[Any, ...] = (
    Transition.id,
    Transition.at,
    Transition.entity,
    Transition.entity_id,
    Transition.before,
    Transition.after,
    Transition.actor,
    Transition.why,
    Transition.hash,
)


def verify(session: Session) -> list[str]:
    """Recompute the whole chain; one sentence a problem, an empty list when the trail is exactly as written.

    Finds changed, removed, inserted and reordered rows, and a cut-off end. Somebody who can rewrite the table and its
    head can recompute both: compare `head` with the value the daemon logged earlier.
    """
    problems, count, link = [], 0, ""
    for number, change, at, stored in _rows(session):
        expected = link_hash(link, change, at)
        if stored != expected:
            problems.append(
                f"Transition {number} ({change.entity} {change.entity_id}, {change.before or 'new'} to {change.after}) "
                "is not as it was written, or the row before it was changed, removed or moved."
            )
        count, link = count + 1, stored
    return problems + _head_problems(session, count, link)


def head(session: Session) -> tuple[int, str]:
    """Number and hash of the newest transition; worth writing to a log that the database's owner cannot change."""
    row = session.exec(select(ChainHead)).one()
    return row.count, row.hash


def _rows(session: Session) -> Iterator[tuple[int, Change, Any, str]]:
    last = -(2**31)
    while chunk := session.exec(
        select(*COLUMNS).where(col(Transition.id) > last).order_by(col(Transition.id)).limit(CHUNK)
    ).all():
        for number, at, entity, entity_id, before, after, actor, why, stored in chunk:
            yield number, Change(entity, entity_id, before, after, actor, why), at, stored
            last = number


def _head_problems(session: Session, count: int, link: str) -> list[str]:
    row = session.exec(select(ChainHead)).one_or_none()
    if row is None:
        return ["The head of the audit trail is missing, so nobody can tell whether its end was cut off."]
    if (row.count, row.hash) == (count, link):
        return []
    return [f"The audit trail has {count} rows where its head says {row.count}: rows were removed or added at its end."]
