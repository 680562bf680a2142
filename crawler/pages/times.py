"""Points in time as people and programs write them. What leaves room for a guess is not read.

"vor 3 Tagen" depends on when it was written, "02/03/2026" on who wrote it, "November 2026" names no day: none of them
is a time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

LONGEST = 80
YEARS = range(1990, 2101)
"""Nothing on the web is older; what claims to come from later is a slip."""

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner january janvier gennaio enero janeiro januari stycznia января jan jän janv gen ene",
            "februar feber february février fevrier febbraio febrero fevereiro februari lutego февраля feb févr fev",
            "märz maerz march mars marzo março marco maart marca марта mär mrz mar mrt",
            "april avril aprile abril kwietnia апреля apr avr abr",
            "mai may maggio mayo maio mei maja мая mag",
            "juni june juin giugno junio junho czerwca июня jun giu",
            "juli july juillet luglio julio julho lipca июля jul juil lug",
            "august août aout agosto augustus sierpnia августа aug ago",
            "september septembre settembre septiembre setembro września сентября sep sept set",
            "oktober october octobre ottobre octubre outubro października октября okt oct ott out",
            "november novembre noviembre novembro listopada ноября nov",
            "dezember december décembre decembre dicembre diciembre dezembro grudnia декабря dez dec déc dic",
        ),
        1,
    )
    for name in names.split()
}
CLOCK = (
    r"(?:[ ,T]+(?:um |at |à |- )?(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?(?: Uhr)?(?: ?(?:UTC|GMT|Z))?)?"
)
WEEKDAY = r"(?!(?:bis|seit|vor|nach|ab|until|since|before|after)\b)[^\W\d_]{2,12}\.?,? "
LEAD = r"(?:(?:[^\W\d_]{2,20},? ){0,2}(?:am|den|vom|on|le|il|el|op)[ :]+|[Dd]at(?:um|e): ?|" + WEEKDAY + ")?"
"""What may stand before a day that is written out: "Bewertet am", "Sonntag, den", "Datum:"."""

FORMS = tuple(
    re.compile(LEAD + form + CLOCK)
    for form in (
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})",
        r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:\.|er|st|nd|rd|th)?(?: of| de)? ?(?P<name>[^\W\d_]{3,12})\.?,? (?:de )?(?P<year>\d{4})",
        r"(?P<name>[^\W\d_]{3,12})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,? (?P<year>\d{4})",
    )
)
JAVASCRIPT = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} \d{2} \d{4} \d{2}:\d{2}:\d{2}) GMT([+-]\d{4})(?: \([^()]*\))?")
EITHER_ORDER = re.compile(r"(?P<first>\d{1,2})[/-](?P<second_part>\d{1,2})[/-](?P<year>\d{4})" + CLOCK)


def point_in_time(text: str) -> datetime | None:
    """An aware UTC time; without zone it is taken as UTC. None for everything that is no certain time."""
    if not text or len(text) > LONGEST:
        return None
    for read in (_epoch, _iso, _written, _either_order, _of_javascript, _mail):
        try:
            found = read(text)
        except (ValueError, TypeError, OverflowError, IndexError):
            continue
        if found is not None:
            return found if found.year in YEARS else None
    return None


def _epoch(text: str) -> datetime | None:
    """Seconds or milliseconds since 1970, as programs count."""
    if len(text) not in (10, 13) or not (text.isascii() and text.isdigit()):
        return None
    return datetime.fromtimestamp(int(text[:10]), UTC)


def _iso(text: str) -> datetime | None:
    zoned = text[:-4] + "Z" if text.endswith((" UTC", " GMT")) else text
    return _utc(datetime.fromisoformat(zoned))


def _of_javascript(text: str) -> datetime | None:
    """`Tue Apr 01 2025 20:08:29 GMT+0100 (British Summer Time)`, as its programs write a time."""
    found = JAVASCRIPT.fullmatch(text)
    return _utc(datetime.strptime(" ".join(found.groups()), "%b %d %Y %H:%M:%S %z")) if found else None


def _written(text: str) -> datetime | None:
    for form in FORMS:
        found = form.fullmatch(text)
        if found:
            parts = found.groupdict()
            month = int(parts["month"]) if parts.get("month") else MONTHS.get(parts["name"].lower(), 0)
            return _built(parts, int(parts["day"]), month)
    return None


def _either_order(text: str) -> datetime | None:
    """`25/12/2025`, where only one of the numbers can be a month."""
    found = EITHER_ORDER.fullmatch(text)
    if not found:
        return None
    one, other = int(found["first"]), int(found["second_part"])
    if one <= 12 and other <= 12 and one != other:
        return None
    return _built(found.groupdict(), max(one, other), min(one, other))


def _built(parts: dict[str, str | None], day: int, month: int) -> datetime:
    year = int(parts["year"] or 0)
    hour, minute, second = (int(parts[name] or 0) for name in ("hour", "minute", "second"))
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] in "Pp" else 0)
    return datetime(year + 2000 if year < 100 else year, month, day, hour, minute, second, tzinfo=UTC)


def _mail(text: str) -> datetime | None:
    return _utc(parsedate_to_datetime(text))


def _utc(time: datetime) -> datetime:
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
