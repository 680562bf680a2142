"""Time as people write and read it: lengths (90s, 15m, 2h, 1d), days, moments in their own zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds(text: str) -> int:
    """`15m` -> 900. Raises `WrongUse`."""
    found = re.fullmatch(r"(\d{1,6})([smhd])", text.strip().lower())
    if not found:
        raise WrongUse(f"{text!r} is not a length of time. Write for example 30s, 15m, 2h or 1d.")
    return int(found[1]) * SECONDS[found[2]]


def start_of_day(text: str, zone: str) -> datetime:
    """`2026-11-01` or `01.11.2026` -> the beginning of that day in `zone`, in UTC. Raises `WrongUse`."""
    german = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text.strip())
    try:
        day = date(int(german[3]), int(german[2]), int(german[1])) if german else date.fromisoformat(text.strip())
    except ValueError as error:
        raise WrongUse(f"{text!r} is not a date. Write for example 2026-11-01.") from error
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def local(moment: datetime, zone: str) -> str:
    """Day, time and zone as the clock on the wall in `zone` shows them: `2026-11-23 09:00 CET`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M %Z}"
