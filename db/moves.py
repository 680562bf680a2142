"""Changing states: a compare-and-set UPDATE and its Transition row, always together, in the caller's transaction."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, SQLModel, select

from db.bulk import insert_rows
from db.models import ChainHead, Transition
from db.states import allowed

canonical = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

HEAD = select(ChainHead.count, ChainHead.hash).with_for_update()
NEW_HEAD = update(ChainHead).values(count=bindparam("new_count"), hash=bindparam("new_hash"))
"""Built once: putting these together for every transaction costs more than running them."""


class Conflict(Exception):
    """Somebody else was faster: the row is no longer in the state the caller saw. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line for the audit trail. `before` is empty when the row was just created. No personal data in `why`."""

    entity: str
    entity_id: int
    before: str
    after: str
    actor: str
    why: str = ""


def move(
    session: Session,
    table: type[SQLModel],
    row_id: int,
    before: StrEnum,
    after: StrEnum,
    *,
    actor: str,
    why: str,
    now: datetime,
    **values: Any,
) -> None:
    """Move row `row_id` of `table` from `before` to `after`, setting `values` with it, and write the Transition.

    Raises `ValueError` for a step that `db.states.MOVES` does not list and `Conflict` when the row is not (any
    longer) in `before`.
    """
    if not allowed(before, after):
        raise ValueError(f"{table.__tablename__}: no move from {before} to {after}")
    columns: Any = table
    result = session.exec(
        update(table).where(columns.id == row_id, columns.state == before.value).values(state=after.value, **values)
    )
    if result.rowcount != 1:
        raise Conflict(f"{table.__tablename__} {row_id} is no longer {before.value}")
    change = Change(str(table.__tablename__), row_id, before.value, after.value, actor, why)
    record(session, [change], now=now)


def record(session: Session, changes: Sequence[Change], *, now: datetime) -> None:
    """Append `changes` to the hash chain. The head row serialises writers on every database."""
    if not changes:
        return
    connection = session.connection()
    count, link = connection.execute(HEAD).one()
    rows, moment = [], stamp(now)
    for change in changes:
        link = _link(link, change, moment)
        rows.append(
            {
                "at": now,
                "entity": change.entity,
                "entity_id": change.entity_id,
                "before": change.before,
                "after": change.after,
                "actor": change.actor,
                "why": change.why,
                "hash": link,
            }
        )
    insert_rows(session, Transition, rows)
    connection.execute(NEW_HEAD, {"new_count": count + len(rows), "new_hash": link})


def link_hash(previous: str, change: Change, at: datetime) -> str:
    """sha256 hex over the previous link and the canonical JSON of this change."""
    return _link(previous, change, stamp(at))


def _link(previous: str, change: Change, moment: str) -> str:
    body = [change.entity, change.entity_id, change.before, change.after, change.actor, change.why, moment]
    return hashlib.sha256(canonical([previous, *body]).encode()).hexdigest()


def stamp(at: datetime) -> str:
    """UTC with microseconds, the same text before and after a round trip through any database."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
