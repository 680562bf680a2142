"""Small values as the web writes them: times, numbers, names. Unreadable ones become None, never an error."""

from __future__ import annotations

import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ ,]+(?:um )?(\d{1,2}):(\d{2}))?")
NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
COUNT = re.compile(r"\d{1,3}(?:[.'’\u202f\u00a0 ]\d{3})+|\d+")


def moment(value: Any) -> datetime | None:
    """An aware UTC time from ISO 8601, RFC 2822 or `22.11.2026 14:05`; without zone it is taken as UTC."""
    text = str(value).strip() if isinstance(value, str) else ""
    if not text:
        return None
    for read in (_iso, _german, _mail):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if found is not None:
            return found
    return None


def number(value: Any) -> float | None:
    """A finite number; strings may carry a decimal comma or a trailing dot ("4,2", "4.")."""
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return float(value) if abs(value) < 1e9 and math.isfinite(value) else None
    if not isinstance(value, str):
        return None
    if len(value) < 10 and value.isascii() and value.isdigit():
        return float(value)
    found = NUMBER.match(value.strip())
    return float(found.group().replace(",", ".")) if found and len(found.group()) < 20 else None


def count(value: Any) -> int | None:
    """A number of things; thousands may be grouped the German or Swiss way ("1.284", "1'284")."""
    if isinstance(value, str):
        found = COUNT.search(value)
        digits = re.sub(r"\D", "", found.group()) if found else ""
        return int(digits) if 0 < len(digits) < 10 else None
    exact = number(value)
    return int(exact) if exact is not None and exact >= 0 else None


def _iso(text: str) -> datetime | None:
    return _utc(datetime.fromisoformat(text))


def _german(text: str) -> datetime | None:
    found = GERMAN_DATE.fullmatch(text)
    if not found:
        return None
    day, month, year, hour, minute = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _mail(text: str) -> datetime | None:
    return _utc(parsedate_to_datetime(text))


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
