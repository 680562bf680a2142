"""What the business may promise: each line in plain words, read as what, up to how much, by when and who grants it.

"Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung" is a commitment of up to 200 that is kept
within five business days and granted by the Versandleitung. A line that says less allows the rest. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from responder.dates import is_business_day, next_business_day

_VALUES = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 14)
_GERMAN = "ein zwei drei vier fünf sechs sieben acht neun zehn vierzehn"
_ENGLISH = "one two three four five six seven eight nine ten fourteen"
_NUMBERS: dict[str, int] = {
    name: value for names in (_GERMAN, _ENGLISH) for name, value in zip(names.split(), _VALUES, strict=True)
}
_NUMBER = rf"(\d{{1,3}}|(?:{'|'.join(_NUMBERS)})(?:e[mnrs]?)?)"
_CURRENCY = r"€|euro?s?|eur|chf|franken|fr\.|£|pounds?|\$"
_FIGURE = r"(\d{1,3}(?:[.,' ’]\d{3}(?!\d))+|\d+)(?:[,.](\d{1,2}|[-–—]{1,2}))?"
_MONEY = re.compile(rf"(?:(?:{_CURRENCY})\s?{_FIGURE}|{_FIGURE}\s?(?:(?:{_CURRENCY})(?!\w)|[-–]\s?€))", re.IGNORECASE)
_PERCENT = re.compile(r"(\d{1,3})\s?(?:%|prozent|percent)", re.IGNORECASE)
_UP_TO = r"(?:,?\s*\b(?:bis(?: zu)?|höchstens|maximal|max\.?|über|von|im wert von|up to|at most|of|worth)\s*)?"
_UP_TO_MONEY = re.compile(_UP_TO + _MONEY.pattern, re.IGNORECASE)
_UP_TO_PERCENT = re.compile(_UP_TO + _PERCENT.pattern, re.IGNORECASE)
_WITHIN = re.compile(
    rf",?\s*\b(?:binnen|innerhalb (?:von )?|innert|in|nach|within|after)\s*{_NUMBER}\s*"
    r"(werktag\w*|arbeitstag\w*|business days?|working days?|tag\w*|days?|woche\w*|weeks?|stunden?|hours?)",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(
    r",?\s*\b(?:am|bis zum|by the|the) (?:nächsten|next) (?:werktag|tag|working day|business day)", re.I
)
_HOUR = re.compile(r",?\s*\b(\d{1,2}) uhr\b", re.I)
_GRANTS = re.compile(
    r"^(?:durch|von|by|nur|only|entscheidet|genehmigt|bewilligt)\s+(?:(?:die|der|das|den|the)\s+)?(?=\S)", re.IGNORECASE
)
_PARTS = re.compile(r"\s*[,;()]\s*|\s+[–-]\s+")
_FROM_PURCHASE = re.compile(r"\b(?:umtausch|rückgabe|retour|rücksend|exchange|return)\w*", re.IGNORECASE)
"""Exchange "innerhalb von 14 Tagen" says how old a purchase may be, not by when we act."""
_EDGES = " .,;–-()"
_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True)
class Commitment:
    """One thing that may be promised. `limit` is money, `percent` a share; None is without limit.

    `days` counts business days where `business` is set, else calendar days; None is without a time of its own.
    `who` is the role that may grant it, empty when anybody may.
    """

    line: str
    what: str
    limit: float | None = None
    percent: float | None = None
    days: int | None = None
    business: bool = True
    who: str = ""
    hour: int | None = None
    """The hour of the day by which it is kept, where the line names one."""

    def due(self, today: date, country: str, region: str = "") -> date | None:
        """The business day by which it is kept if it is granted `today`; None without a time of its own."""
        if self.days is None:
            return None
        if self.business:
            return next_business_day(today, country, region, n=max(1, self.days))
        day = today + timedelta(days=self.days)
        while day > today and not is_business_day(day, country, region):
            day -= timedelta(days=1)
        return day if day > today else next_business_day(today, country, region)


def catalogue(lines: Iterable[str]) -> tuple[Commitment, ...]:
    """The commitments of a profile, in the order in which the business wrote them; empty lines are left out."""
    return tuple(commitment(line) for line in lines if line.strip())


@lru_cache(maxsize=512)
def commitment(line: str) -> Commitment:
    """One line read: what stands before the first limit, time or comma is promised, the last part may name who."""
    percent, hour = _PERCENT.search(line), _HOUR.search(line)
    days, business = _days(line)
    what, *rest = _PARTS.split(_bare(line).strip(_EDGES))
    who = next((part.strip(_EDGES) for part in reversed(rest) if part.strip(_EDGES)), "")
    return Commitment(
        line,
        what.strip(),
        max(amounts(line), default=None),
        float(percent[1]) if percent else None,
        days,
        business,
        _GRANTS.sub("", who),
        int(hour[1]) if hour and int(hour[1]) < _HOURS_A_DAY else None,
    )


def amounts(text: str) -> list[float]:
    """The amounts of money that a text names: "1.200,50 €", "CHF 40.-", "200 Euro"."""
    return [_amount(match) for match in _MONEY.finditer(text)]


def line_of(entry: Mapping[str, object]) -> str:
    """The line of one `[[commitment]]` table: `what`, and as far as they are given `up_to`, `within` and `who`."""
    said = [str(entry.get("what", "")).strip()]
    said += [f"bis {entry['up_to']}"] if entry.get("up_to") else []
    said += [f"binnen {entry['within']}"] if entry.get("within") else []
    return " ".join(said) + (f", {entry['who']}" if entry.get("who") else "")


def allowing(want: str, entries: Sequence[Commitment], words: Mapping[str, Sequence[str]]) -> tuple[Commitment, ...]:
    """The entries that allow what is wanted, the smallest limit first; `words` are the stems by want."""
    stems = words.get(want, ())
    found = [entry for entry in entries if any(stem in entry.line.lower() for stem in stems)]
    return tuple(sorted(found, key=lambda entry: float("inf") if entry.limit is None else entry.limit))


def _bare(line: str) -> str:
    """The line without limit and time."""
    for pattern in (_WITHIN, _NEXT_DAY, _HOUR, _UP_TO_MONEY, _UP_TO_PERCENT):
        line = pattern.sub(" ", line)
    return re.sub(r"\s+", " ", line)


def _amount(match: re.Match[str]) -> float:
    whole, cents = (match[1], match[2]) if match[1] else (match[3], match[4])
    return float(re.sub(r"\D", "", whole)) + (float(f"0.{cents}") if (cents or "").isdigit() else 0.0)


def _days(line: str) -> tuple[int | None, bool]:
    """How many days, and whether they are business days; hours are rounded up to days, weeks are seven days."""
    if _NEXT_DAY.search(line):
        return 1, True
    match = _WITHIN.search(line)
    if match is None:
        return None, True
    number, unit = _number(match[1].lower()), match[2].lower()
    if unit.startswith(("stunde", "hour")):
        return max(1, -(-number // _HOURS_A_DAY)), True
    if unit.startswith(("woche", "week")):
        number, unit = 7 * number, "tag"
    if unit.startswith(("tag", "day")):
        return (None, True) if _FROM_PURCHASE.search(line) else (number, False)
    return number, True


def _number(word: str) -> int:
    if word.isdigit():
        return int(word)
    return max(value for name, value in _NUMBERS.items() if word.startswith(name))
