"""Days as people write them without a year: "20. November", "30.11.", and words such as "Montag" or "morgen". Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = ("jan|jän feb mär|mrz apr mai jun jul aug sep okt|oct nov dez|dec").split()
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(rf"\b(\d{{1,2}})\.\s?(?:(\d{{1,2}})\.(?:\s?(20\d\d)\b)?|((?:{_MONTH})[a-zä]*))", re.IGNORECASE)
_WEEKDAYS = "montag dienstag mittwoch donnerstag freitag samstag|sonnabend sonntag".split()
_WORD = re.compile(rf"\b(?:(heute)|(morgen)|(übermorgen)|({'|'.join(_WEEKDAYS)}))\b", re.IGNORECASE)
_HALF_A_YEAR = 183


@dataclass(frozen=True, slots=True)
class Day:
    """A day that a text names, and where it stands there."""

    day: date
    start: int
    end: int


def days_in(text: str, today: date) -> Iterator[Day]:
    """The calendar dates of a text, each in the year in which it lies nearest to `today`."""
    for match in _DATE.finditer(text):
        month = int(match[2]) if match[2] else _month(match[4].lower())
        day = _nearest(int(match[1]), month, today) if not match[3] else _valid(int(match[3]), month, int(match[1]))
        if day is not None:
            yield Day(day, match.start(), match.end())


def days_to_come(text: str, today: date) -> Iterator[Day]:
    """The dates of a text, and "heute", "morgen" or a weekday as the next such day from `today` on."""
    yield from days_in(text, today)
    for match in _WORD.finditer(text):
        if match[4]:
            wanted = next(place for place, names in enumerate(_WEEKDAYS) if match[4].lower() in names.split("|"))
            ahead = (wanted - today.weekday()) % 7
        else:
            ahead = 0 if match[1] else 1 if match[2] else 2
        yield Day(today + timedelta(days=ahead), match.start(), match.end())


def _month(word: str) -> int:
    return next(number for number, stems in enumerate(_MONTHS, 1) if word.startswith(tuple(stems.split("|"))))


def _nearest(day: int, month: int, today: date) -> date | None:
    """The day in this year, the last or the next, whichever is nearest."""
    years = (today.year - 1, today.year, today.year + 1)
    found = [one for year in years if (one := _valid(year, month, day))]
    near = min(found, key=lambda one: abs(one - today), default=None)
    return near if near is not None and abs(near - today) <= timedelta(days=_HALF_A_YEAR) else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
