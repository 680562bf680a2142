"""How things stand: the coverage equation, every source's health, and the counts that `/healthz` judges by."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import and_, case, func, or_, text
from sqlmodel import Session, col, select

from db.models import Channel, Obligation, Post, PostVersion, Reply, Source
from db.queries_settings import POSTING_PAUSED, get_setting, last_ticks
from db.states import ChannelState, ObligationState, SourceState

STALE_AFTER = timedelta(days=2)
CADENCES = 10
"""No look of so many that went well, for so long at least, is trouble of its own."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Where every collected post version stands. `overdue` are those of `open` whose deadline has passed.

    `balanced` says whether nothing is missing: collected = answered + replied + open + closed.
    """

    collected: int
    answered: int
    replied: int
    open: int
    closed: int
    overdue: int
    balanced: bool


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """One source for `status`. `health` is its state, `why` the reason when that is not `active`.

    One that is being watched without any look going well is in trouble too, though no single look says so.
    """

    id: int
    name: str
    kind: str
    health: str
    why: str
    last_good: datetime | None
    next_look: datetime | None
    published_total: int | None
    posts: int
    open: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Health:
    """What the health check needs. `in_doubt` are replies of which nobody knows yet whether they became public."""

    ticks: dict[str, datetime] = field(default_factory=dict)
    open: int = 0
    overdue: int = 0
    undrafted: int = 0
    to_send: int = 0
    in_doubt: int = 0
    degraded_sources: int = 0
    failed_channels: int = 0
    posting_paused: bool = False

    @property
    def last_tick(self) -> datetime | None:
        """When any tick last completed."""
        return max(self.ticks.values(), default=None)


def coverage(session: Session, now: datetime) -> Coverage:
    """Count every post version and every obligation, in one consistent view."""
    collected = session.exec(select(func.count()).select_from(PostVersion)).one()
    ended = select(col(Obligation.state), func.count()).where(text("state IN ('answered', 'replied')"))
    found = dict(session.exec(ended.group_by(col(Obligation.state))).all())
    standing = {
        "answered": found.get(ObligationState.ANSWERED, 0),
        "replied": found.get(ObligationState.REPLIED, 0),
        "open": _count(session, Obligation, "state = 'open'"),
        "closed": _count(session, Obligation, "state = 'closed'"),
    }
    balanced = collected == sum(standing.values())
    return Coverage(collected=collected, overdue=_overdue(session, now), balanced=balanced, **standing)


def source_statuses(session: Session, now: datetime) -> list[SourceStatus]:
    """Every source by name, with its counts of posts and of open obligations."""
    posts = dict(session.exec(select(Post.source_id, func.count()).group_by(col(Post.source_id))).all())
    duties = _open_by_source(session, now)
    return [
        SourceStatus(
            id=source.id or 0,
            name=source.name,
            kind=source.kind,
            health=SourceState.DEGRADED.value if is_stale(source, now) else source.state,
            why=stale_reason(source, now) or source.state_reason,
            last_good=source.last_good_at,
            next_look=source.next_look_at,
            published_total=source.published_total,
            posts=posts.get(source.id or 0, 0),
            open=duties.get(source.id or 0, (0, 0))[0],
            overdue=duties.get(source.id or 0, (0, 0))[1],
        )
        for source in session.exec(select(Source).order_by(Source.name))
    ]


def is_stale(source: Source, now: datetime) -> bool:
    """Whether a watched source was not looked at well for much longer than its cadence.

    Looks that nobody takes, because the clock stands still, are the clock's trouble and not the source's.
    """
    looked_after = source.next_look_at is not None and source.next_look_at > now
    patience = max(STALE_AFTER, CADENCES * timedelta(seconds=source.cadence_seconds))
    return source.state == SourceState.ACTIVE and looked_after and now - _last_good(source) > patience


def stale_reason(source: Source, now: datetime) -> str:
    """Why a stale source needs somebody, empty for any other."""
    return f"No look has gone well for {(now - _last_good(source)).days} days." if is_stale(source, now) else ""


def troubled(session: Session, now: datetime) -> int:
    """How many sources need somebody: in trouble, or not looked at well for too long."""
    long_ago = func.coalesce(col(Source.last_good_at), col(Source.created_at)) < now - STALE_AFTER
    perhaps_stale = and_(text("state <> 'paused'"), col(Source.next_look_at) > now, long_ago)
    found = session.exec(select(Source).where(or_(text(f"state = '{SourceState.DEGRADED}'"), perhaps_stale)))
    return sum(source.state == SourceState.DEGRADED or is_stale(source, now) for source in found)


def _last_good(source: Source) -> datetime:
    return source.last_good_at or source.created_at


def health(session: Session, now: datetime) -> Health:
    """The counts for `/healthz`; cheap at any size, because each is answered from a small index."""
    return Health(
        ticks={name: tick.last_run_at for name, tick in last_ticks(session).items()},
        open=_count(session, Obligation, "state = 'open'"),
        overdue=_overdue(session, now),
        undrafted=_count(session, Obligation, "state = 'open' AND drafted = false"),
        to_send=_count(session, Reply, "state IN ('planned', 'sending', 'unknown', 'pending') AND state = 'planned'"),
        in_doubt=_count(
            session, Reply, "state IN ('planned', 'sending', 'unknown', 'pending') AND state IN ('sending', 'unknown')"
        ),
        degraded_sources=troubled(session, now),
        failed_channels=_count(session, Channel, f"state = '{ChannelState.FAILED}'"),
        posting_paused=bool(get_setting(session, POSTING_PAUSED, False)),
    )


def _count(session: Session, table: type[Obligation | Reply | Source | Channel], where: str) -> int:
    """Rows that satisfy a literal predicate; literal, because SQLite uses partial indexes for nothing else."""
    return session.exec(select(func.count()).select_from(table).where(text(where))).one()


def _overdue(session: Session, now: datetime) -> int:
    late = select(func.count()).select_from(Obligation).where(text("state = 'open'"), col(Obligation.due_at) < now)
    return session.exec(late).one()


def _open_by_source(session: Session, now: datetime) -> dict[int, tuple[int, int]]:
    late = func.sum(case((col(Obligation.due_at) < now, 1), else_=0))
    rows = session.exec(
        select(Post.source_id, func.count(), late)
        .select_from(Obligation)
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .where(text("obligation.state = 'open'"))
        .group_by(col(Post.source_id))
    )
    return {source_id: (number, int(overdue)) for source_id, number, overdue in rows}
