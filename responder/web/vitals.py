"""What the page says about how a source lives: its rhythm in words, what can be read of it, its newest post."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from db.models import Source
from db.queries_status import SourceStatus

DAY = 86400
WEEK, MONTH, YEAR = 7 * DAY, 30.44 * DAY, 365.25 * DAY
UNITS = ((WEEK * 2, "days", DAY), (MONTH * 2, "weeks", WEEK), (YEAR * 2, "months", MONTH))
"""Up to which pause between posts it is counted in which unit."""


@dataclass(frozen=True, slots=True)
class Card:
    """One source on the page. `rhythm` is a unit with a number, None while it is not known yet.

    `share` is the part of the posts on its page that could be read, `doubtful` whether it is in trouble because it is
    unlike what it used to be, so that a person may say that it is fine.
    """

    source: Source
    status: SourceStatus
    rhythm: tuple[str, int] | None
    share: float | None
    newest: datetime | None
    doubtful: bool


def card(source: Source, status: SourceStatus) -> Card:
    """From what the store knows; `source.vitals` is written by `crawler.vitals`."""
    vitals = source.vitals
    times, met, pause = vitals.get("times") or [], vitals.get("met") or 0, vitals.get("rhythm")
    return Card(
        source=source,
        status=status,
        rhythm=None if pause is None else rhythm(pause),
        share=vitals.get("read", 0) / met if met else None,
        newest=datetime.fromtimestamp(times[-1], UTC) if times else None,
        doubtful=status.health == "degraded" and bool(vitals.get("doubts")),
    )


def rhythm(pause: float) -> tuple[str, int]:
    """A mean pause between posts, in seconds, as a unit and how many of it; `a_day` counts posts instead."""
    if pause < DAY * 0.75:
        return "a_day", max(2, round(DAY / max(pause, 1)))
    for longest, unit, seconds in UNITS:
        if pause < longest:
            return unit, max(1, round(pause / seconds))
    return "rarely", 1
