"""Values as people write them into tables: decimal commas, stars, German dates."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo

from gelassen.exchange.lines import BadLine

MONTH_NAMES = (
    "januar jan jänner jän january|februar feb feber february|märz mär mrz march mar|april apr|mai may|juni jun june|"
    "juli jul july|august aug|september sep sept|oktober okt october oct|november nov|dezember dez december dec"
)
MONTHS = {name: number for number, names in enumerate(MONTH_NAMES.split("|"), start=1) for name in names.split()}
NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
WORDS = {"one": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0}
SECONDS, MILLISECONDS = 10, 13
"""Digits of a time counted since 1970, for the years 2001 to 2286."""

CLOCK = r"(?:[,\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*Uhr)?)?"


def rating(text: str) -> tuple[float, float | None] | None:
    """`4,5` · `★★★☆☆` · `4/5` · `8 von 10` · `4 Sterne` · `FOUR` as (rating, best or None); None for an empty cell.

    Raises `BadLine`.
    """
    cell = text.strip()
    if not cell:
        return None
    if re.fullmatch(r"[★⭐☆✩\ufe0f\s]+", cell):
        full, empty = sum(map(cell.count, "★⭐")), sum(map(cell.count, "☆✩"))
        return float(full), float(full + empty) if empty else 5.0
    if cell.casefold() in WORDS:
        return WORDS[cell.casefold()], 5.0
    found = re.fullmatch(
        rf"({NUMBER})\s*(?:(?:/|von|of|out of)\s*({NUMBER}))?\s*(?:★|⭐|sterne?n?|stars?|punkte?n?)?", cell, re.I
    )
    if not found:
        raise BadLine(f"{cell!r} is not a rating")
    return _float(found[1]), _float(found[2]) if found[2] else None


def is_rating(text: str) -> bool:
    """Whether a cell holds a rating and nothing else."""
    try:
        return rating(text) is not None
    except BadLine:
        return False


def when(text: str, zone: tzinfo) -> datetime | None:
    """A date or time, ISO, German or counted since 1970, local to `zone` unless it says otherwise; None when empty."""
    cell = text.strip()
    if not cell:
        return None
    if cell.endswith((" UTC", " GMT")):
        cell, zone = cell[:-4].rstrip(), UTC
    try:
        parsed = _counted(cell) or _iso(cell) or _german(cell) or _worded(cell)
        if parsed is None:
            raise BadLine(f"{cell!r} is not a date; write 23.11.2026 or 2026-11-23")
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f"{cell!r} is not a date: {error}") from error


def _counted(cell: str) -> datetime | None:
    if not cell.isascii() or not cell.isdigit() or len(cell) not in (SECONDS, MILLISECONDS):
        return None
    return datetime.fromtimestamp(int(cell) / (1000 if len(cell) == MILLISECONDS else 1), UTC)


def _iso(cell: str) -> datetime | None:
    return datetime.fromisoformat(cell) if re.match(r"\d{4}-?\d{2}-?\d{2}", cell) else None


def _german(cell: str) -> datetime | None:
    found = re.fullmatch(rf"(?:\w+,?\s+)?(\d{{1,2}})\.\s?(\d{{1,2}})\.\s?(\d{{4}}|\d{{2}}){CLOCK}", cell)
    if not found:
        return None
    day, month, year, *clock = found.groups()
    return _build(year, int(month), day, clock)


def _worded(cell: str) -> datetime | None:
    found = re.fullmatch(rf"(?:\w+,?\s+)?(\d{{1,2}})\.?\s+([^\W\d]+)\.?\s+(\d{{4}}){CLOCK}", cell)
    if not found or found[2].lower() not in MONTHS:
        return None
    day, month, year, *clock = found.groups()
    return _build(year, MONTHS[month.lower()], day, clock)


def _build(year: str, month: int, day: str, clock: list[str | None]) -> datetime:
    full = int(year) + (2000 if len(year) == 2 else 0)
    hour, minute, second = (int(part or 0) for part in clock)
    return datetime(full, month, int(day), hour, minute, second)  # noqa: DTZ001 - `when` adds the zone


def _float(text: str) -> float:
    return float(text.replace(",", "."))
