"""The day that the customer himself sets: "bis Montag", "bis 30.11.", "geht morgen 18 Uhr in Druck". Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from responder.dates import is_business_day
from responder.playbook.days import days_to_come
from responder.reading.model import Text

_FARTHEST = timedelta(days=60)
_SENTENCE = re.compile(r"[^.!?\n]+(?:\.(?=\s?\d|\d|\s?[a-zäöü])[^.!?\n]+)*[.!?\n]?")
_BY = re.compile(
    r"\b(?:bis(?: spätestens)?(?: zum| zu| am)?|vor(?: dem)?|spätestens(?: am| bis)?|frist\w*)\s+(?:\w+,?\s)?$",
    re.IGNORECASE,
)
_PRINT = re.compile(r"\b(?:in (?:den )?druck|druckschluss|redaktionsschluss|geht online|sendung)\b", re.IGNORECASE)
_DEMANDS = re.compile(
    r"\b(?:wenn|sonst|entweder|oder ich|muss|müssen|will|wollen|möcht\w*|brauch\w*|erwart\w*|bitte|frist|spätestens"
    r"|anzeige|anwalt|antwort\w*|stellungnahme|geben sie|gib|zurück|fällig|letzte chance)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:geschrieben|gesagt|versprochen|zugesagt|hieß|hiess|geblieben|gewartet|war|waren|hatte\w*)\b", re.I
)
_HOUR = re.compile(r"^\W{0,3}(?:um\s)?(\d{1,2})(?:[.:](\d\d))?\s*uhr|^\W{0,3}(mittag|abend)", re.IGNORECASE)
_CHRISTMAS = re.compile(r"\bvor (?:weihnachten|heiligabend|dem fest)\b", re.IGNORECASE)
_OPENS, _CLOSES, _AHEAD = 9, 17, timedelta(hours=2)
"""An answer comes within these hours, and so long before a deadline that names its own."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day, and the hour where one was named."""

    day: date
    hour: time | None = None


def deadline(text: Text, today: date) -> Deadline | None:
    """The nearest day from `today` on that the post sets for us; None where it sets none."""
    found = [
        one
        for match in _SENTENCE.finditer(text.text)
        for one in _set_by(match[0], today)
        if today <= one.day <= today + _FARTHEST
    ]
    return min(found, key=lambda one: one.day, default=None)


def answer_before(limit: Deadline, planned: date, today: date, country: str, region: str) -> Deadline:
    """By when we answer: as planned, or sooner, so that it lies before the customer's day; today at the earliest."""
    if planned < limit.day or (planned == limit.day and limit.hour is None):
        return Deadline(planned)
    at = _ahead(limit.hour) if limit.hour else None
    day = limit.day if at or limit.hour is None else limit.day - timedelta(days=1)
    while day > today and not is_business_day(day, country, region):
        day, at = day - timedelta(days=1), None
    if day <= today:
        return Deadline(today, at if limit.day == today and at else time(_CLOSES))
    return Deadline(day, at)


def _ahead(hour: time) -> time | None:
    """Some hours before `hour`, within the working day; None where that would lie before we open."""
    before = datetime.combine(date.min + timedelta(days=1), hour) - _AHEAD
    return time(min(before.hour, _CLOSES)) if before.hour >= _OPENS else None


def _set_by(sentence: str, today: date) -> list[Deadline]:
    if _CHRISTMAS.search(sentence):
        return [Deadline(date(today.year, 12, 23))]
    printed = _PRINT.search(sentence) is not None
    if _PAST.search(sentence) or not (printed or _DEMANDS.search(sentence)):
        return []
    return [
        Deadline(found.day, _hour(sentence[found.end :]))
        for found in days_to_come(sentence, today)
        if printed or _BY.search(sentence[: found.start])
    ]


def _hour(after: str) -> time | None:
    match = _HOUR.match(after)
    if match is None:
        return None
    if match[3]:
        return time(12 if match[3].lower() == "mittag" else 18)
    return time(int(match[1]), int(match[2] or 0)) if int(match[1]) < 24 and int(match[2] or 0) < 60 else None
