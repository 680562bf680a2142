"""Who may act: one holder per lease name, fenced by an epoch that only ever rises.

Time alone never protects a write (a holder may be stopped for an hour and then go on): every write of a holder starts
with `require`, in the same transaction, and is refused once somebody else has taken the lease.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import Lease
from db.upsert import insert_missing


class LeaseLost(Exception):
    """Another process holds the lease now. Stop acting; the current transaction must not be committed."""


def acquire(session: Session, name: str, owner: str, now: datetime, ttl: timedelta) -> int | None:
    """Take the lease `name` if it is free, expired or already ours; returns its new epoch, or None if it is held.

    `owner` must be unique to the process.
    """
    if insert_missing(session, Lease, "name", name=name, owner=owner, epoch=1, expires_at=now + ttl):
        return 1
    lease = session.exec(_locked(name)).one()
    if lease.owner != owner and lease.expires_at > now:
        return None
    lease.owner, lease.epoch, lease.expires_at = owner, lease.epoch + 1, now + ttl
    session.add(lease)
    session.flush()
    return lease.epoch


def renew(session: Session, name: str, owner: str, epoch: int, now: datetime, ttl: timedelta) -> bool:
    """Hold the lease until `now + ttl`; False when somebody else has taken it since."""
    return _set_expiry(session, name, owner, epoch, now + ttl)


def release(session: Session, name: str, owner: str, epoch: int, now: datetime) -> bool:
    """Let the next process take the lease at once; False when it was not ours any more."""
    return _set_expiry(session, name, owner, epoch, now)


def require(session: Session, name: str, epoch: int) -> None:
    """Raise `LeaseLost` unless `epoch` is still the newest; holds off a take-over until the transaction ends."""
    lease = session.exec(_locked(name)).one_or_none()
    if lease is None or lease.epoch != epoch:
        raise LeaseLost(f"The lease {name!r} was taken over by another process (epoch {epoch} is not the newest).")


def _locked(name: str) -> SelectOfScalar[Lease]:
    return select(Lease).where(Lease.name == name).with_for_update().execution_options(populate_existing=True)


def _set_expiry(session: Session, name: str, owner: str, epoch: int, expires_at: datetime) -> bool:
    mine = (col(Lease.name) == name, col(Lease.owner) == owner, col(Lease.epoch) == epoch)
    result = session.connection().execute(update(Lease).where(*mine).values(expires_at=expires_at))
    return bool(result.rowcount)
