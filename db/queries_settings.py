"""Values that people change while the daemon runs, and the moments at which ticks last completed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from db.models import Setting, Tick
from db.upsert import upsert

POSTING_PAUSED = "posting_paused"
"""Key of the switch that stops all posting at once (bool)."""


def get_setting(session: Session, key: str, default: Any = None) -> Any:
    """The stored value of `key` (any JSON value), or `default` when it was never set."""
    setting = session.get(Setting, key, populate_existing=True)
    return default if setting is None else setting.value


def put_setting(session: Session, key: str, value: Any, now: datetime) -> None:
    """Store `value` (any JSON value) under `key`, replacing what was there."""
    upsert(session, Setting, "key", key=key, value=value, updated_at=now)


def note_tick(session: Session, name: str, now: datetime, detail: str = "") -> None:
    """Remember that the tick `name` completed. Call it in the tick's own last transaction: health trusts this row."""
    upsert(session, Tick, "name", name=name, last_run_at=now, detail=detail)


def last_ticks(session: Session) -> dict[str, Tick]:
    """Every tick that ever completed, by name."""
    return {tick.name: tick for tick in session.exec(select(Tick).order_by(Tick.name))}
