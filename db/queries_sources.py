"""Sources (places we watch) and channels (accounts that answer)."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, case, func, text, update
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Channel, Post, Source
from db.moves import Change, move, record
from db.queries_intake import plain_rows
from db.states import ChannelState, PostState, SourceState

FULL_LOOK_EVERY = timedelta(days=1)
"""A look that ignores what the server says is unchanged: it finds edits that conditional requests hide."""

JITTER = 0.1
"""A look comes up to this share of the cadence later, so that many sources do not fall due together."""


LONGEST_BACK_OFF = 86400
"""Seconds; a source in trouble is looked at once a day at least."""


_ONE = col(Source.id) == bindparam("source")
_PLAN = select(col(Source.next_look_at), col(Source.cadence_seconds), col(Source.failures)).where(_ONE)
_STATE = select(col(Source.state)).where(_ONE).with_for_update()
_VITALS = select(col(Source.vitals)).where(_ONE)
"""What every look asks. Built once: putting a query together costs more than running it."""


class NameTaken(Exception):
    """There is already a source or channel of that name. Nothing was changed; choose another name."""


class NothingToLookAt(Exception):
    """The source exists only by import, so nothing can look at it. Nothing was changed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} exists only by import: it has no address to look at and stays as it is. "
            "A place on the web is watched with: gelassen source add ADDRESS"
        )


def add_source(
    session: Session, name: str, kind: str, address: str, *, now: datetime, actor: str = "cli", **fields: Any
) -> Source:
    """Add a source, due for its first look at once. `fields` are further columns of `Source`.

    Raises `NameTaken`.
    """
    if get_source(session, name) is not None:
        raise NameTaken(f"There is already a source named {name!r}.")
    source = Source(name=name, kind=kind, address=address, created_at=now, **{"next_look_at": now, **fields})
    session.add(source)
    session.flush()
    _record_new(session, source, actor, now)
    return source


def get_source(session: Session, name: str) -> Source | None:
    """The source of that name, if there is one."""
    return session.exec(select(Source).where(Source.name == name)).one_or_none()


def list_sources(session: Session) -> list[Source]:
    """Every source, by name."""
    return list(session.exec(select(Source).order_by(Source.name)))


def claim_due_sources(session: Session, now: datetime, limit: int = 100) -> list[Source]:
    """The sources due for a look, longest waiting first; each moves on by its cadence, and that is the claim.

    Two processes never claim the same look. `full_look_wanted` of a returned source says whether this look must be
    unconditional; it is also set when the last full look is older than `FULL_LOOK_EVERY`. A look of which nothing more
    is heard is simply due again one cadence later.
    """
    waiting = _due(now).limit(limit)
    return [source for source in session.exec(waiting).all() if _claim(session, source, now)]


def due_sources(session: Session, now: datetime) -> list[Source]:
    """Every source that is due for a look, longest waiting first. Reading claims nothing; see `claim_source`."""
    return list(session.exec(_due(now)))


def claim_source(session: Session, source_id: int, now: datetime) -> Source | None:
    """Claim one look as `claim_due_sources` does; None when the source is not due any more or somebody was faster."""
    source = session.exec(_due(now).where(col(Source.id) == source_id)).one_or_none()
    return source if source is not None and _claim(session, source, now) else None


def want_full_look(session: Session, source_id: int, at: datetime) -> None:
    """Ask for an unconditional look at `at` or earlier, for example because our reply should be visible then."""
    planned = col(Source.next_look_at)
    sooner = case((or_(planned.is_(None), planned < at), planned), else_=at)
    _update(session, [source_id], full_look_wanted=True, next_look_at=sooner)


def note_good_look(session: Session, ids: Iterable[int], now: datetime) -> None:
    """Remember that these sources were read without trouble.

    A wanted full look counts as done, unless another look has fallen due in the meantime: that wish came later.
    """
    chosen = list(ids)
    _update(session, chosen, last_good_at=now)
    done = (col(Source.full_look_wanted), col(Source.next_look_at) > now)
    _update(session, chosen, *done, full_look_wanted=False, last_full_look_at=now)


def back_off(session: Session, source: Source, now: datetime, not_before: datetime | None = None) -> None:
    """Count a look that went wrong; the next one comes later with every one in a row, up to a day.

    `source` and `not_before` as for `put_off`.
    """
    assert source.id is not None
    _update(session, [source.id], failures=Source.failures + 1)
    failures = session.exec(select(Source.failures).where(Source.id == source.id)).one()
    longer = source.cadence_seconds * 2 ** min(failures - 1, 16)
    wait = max(source.cadence_seconds, min(longer, LONGEST_BACK_OFF)) * (1 + JITTER * _share(source.id, now))
    put_off(session, source, max(now + timedelta(seconds=wait), not_before or now))


def put_off(session: Session, source: Source, not_before: datetime) -> None:
    """Let the next look come at `not_before` or later.

    `source` is the row as it was claimed: somebody who has wished for a look since then gets it at the time wished.
    """
    assert source.id is not None
    claimed = col(Source.next_look_at).is_not_distinct_from(source.next_look_at)
    sooner = or_(col(Source.next_look_at).is_(None), col(Source.next_look_at) < not_before)
    _update(session, [source.id], claimed, sooner, next_look_at=not_before)


def calm_down(session: Session, source_id: int, now: datetime) -> None:
    """After a good look: troubles are forgotten, and the next look comes no later than one cadence from now."""
    [(planned, cadence, failures)] = plain_rows(session, _PLAN, {"source": source_id})
    if not failures:
        return
    normal = now + timedelta(seconds=cadence * (1 + JITTER))
    _update(session, [source_id], failures=0, next_look_at=min(planned or normal, normal))


def set_health(session: Session, source_id: int, healthy: bool, why: str, now: datetime) -> bool:
    """Mark a source `active` or `degraded` with the reason; a paused one stays paused. `why` is shown to people.

    Returns whether that is news. Does nothing for a source that was removed in the meantime.
    """
    found = plain_rows(session, _STATE, {"source": source_id})
    if not found:
        return False
    before, after = SourceState(found[0][0]), SourceState.ACTIVE if healthy else SourceState.DEGRADED
    if before in (after, SourceState.PAUSED):
        if before == SourceState.DEGRADED:
            _update(session, [source_id], state_reason=why)
        return False
    move(session, Source, source_id, before, after, actor="tick:crawl", why=why, now=now, state_reason=why)
    return True


def vitals_of(session: Session, source_id: int) -> dict[str, Any]:
    """What earlier looks told about the health of a source."""
    [(vitals,)] = plain_rows(session, _VITALS, {"source": source_id})
    return dict(vitals)


def keep_vitals(session: Session, source_id: int, vitals: dict[str, Any]) -> None:
    """Remember them instead of the former ones."""
    _update(session, [source_id], vitals=vitals)


def living_posts(session: Session, source_id: int) -> int:
    """How many posts of a source we know that are not deleted."""
    living = select(func.count()).select_from(Post).where(Post.source_id == source_id)
    return session.exec(living.where(Post.state != PostState.DELETED)).one()


def pause_source(session: Session, source_id: int, *, actor: str, why: str, now: datetime) -> None:
    """Stop looking at a source; its open obligations stay. Does nothing when it is paused already.

    Raises `NothingToLookAt` for one that exists only by import and is paused, as they all are from the start.
    """
    _move_source(session, source_id, SourceState.PAUSED, actor, why, now)


def resume_source(session: Session, source_id: int, *, actor: str, why: str, now: datetime) -> None:
    """Look at a source again, at once and unconditionally; what is usual for it is learned anew.

    For one in trouble this is how a person says that it is fine as it is.

    Raises `NothingToLookAt` for one that exists only by import.
    """
    _move_source(session, source_id, SourceState.ACTIVE, actor, why, now)
    keep_vitals(session, source_id, {})
    want_full_look(session, source_id, now)


def add_channel(session: Session, name: str, kind: str, *, now: datetime, actor: str = "cli", **fields: Any) -> Channel:
    """Add an account that answers; it starts in dry run. `fields` are further columns of `Channel`.

    Raises `NameTaken`.
    """
    if get_channel(session, name) is not None:
        raise NameTaken(f"There is already a channel named {name!r}.")
    channel = Channel(name=name, kind=kind, created_at=now, **fields)
    session.add(channel)
    session.flush()
    _record_new(session, channel, actor, now)
    return channel


def get_channel(session: Session, name: str) -> Channel | None:
    """The channel of that name, if there is one."""
    return session.exec(select(Channel).where(Channel.name == name)).one_or_none()


def list_channels(session: Session) -> list[Channel]:
    """Every channel, by name."""
    return list(session.exec(select(Channel).order_by(Channel.name)))


def set_channel_state(
    session: Session, channel_id: int, state: ChannelState, *, actor: str, why: str, now: datetime
) -> None:
    """Arm, pause or fail a channel. Does nothing when it is in that state already.

    Raises `ValueError` for a move that `db.states.MOVES` does not list, `db.moves.Conflict` when somebody was faster.
    """
    channel = session.get_one(Channel, channel_id, populate_existing=True)
    if channel.state != state:
        before = ChannelState(channel.state)
        move(session, Channel, channel_id, before, state, actor=actor, why=why, now=now, state_reason=why)


def _due(now: datetime) -> SelectOfScalar[Source]:
    due = or_(col(Source.next_look_at).is_(None), col(Source.next_look_at) <= now)
    return select(Source).where(text("state <> 'paused'"), due).order_by(col(Source.next_look_at).nulls_first())


def _claim(session: Session, source: Source, now: datetime) -> bool:
    assert source.id is not None
    last_full = source.last_full_look_at
    full = source.full_look_wanted or last_full is None or last_full + FULL_LOOK_EVERY <= now
    unclaimed = col(Source.next_look_at).is_not_distinct_from(source.next_look_at)
    wait = source.cadence_seconds * (1 + JITTER * _share(source.id, now))
    claimed = _update(
        session, [source.id], unclaimed, next_look_at=now + timedelta(seconds=wait), full_look_wanted=full
    )
    if claimed:
        session.refresh(source)
    return bool(claimed)


def _share(source_id: int, now: datetime) -> float:
    """A number in [0, 1) that differs by source and look, the same when asked again."""
    return zlib.crc32(f"{source_id} {now.isoformat()}".encode()) / 2**32


def _move_source(session: Session, source_id: int, after: SourceState, actor: str, why: str, now: datetime) -> None:
    source = session.get_one(Source, source_id, populate_existing=True)
    before = SourceState(source.state)
    if not source.address and not (before != after == SourceState.PAUSED):  # one that was set going may be stopped
        raise NothingToLookAt(source.name)
    if before != after:
        move(session, Source, source_id, before, after, actor=actor, why=why, now=now, state_reason=why)


def _update(session: Session, ids: list[int], *where: Any, **values: Any) -> int:
    statement = update(Source).where(col(Source.id).in_(ids), *where).values(**values)
    return session.connection().execute(statement).rowcount


def _record_new(session: Session, row: Source | Channel, actor: str, now: datetime) -> None:
    assert row.id is not None
    record(session, [Change(str(row.__tablename__), row.id, "", row.state, actor, "added")], now=now)
