"""Dates and times as people and programs write them, in the languages of the portals."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from gelassen.exchange.heading_words import folded
from gelassen.exchange.lines import BadLine

MONTH_NAMES = (
    "januar jan janner january janvier janv gennaio gen enero ene janeiro januari ocak oca stycznia styczen sty "
    "ledna leden januara tammikuuta tammikuu ianuarie ιανουαριου января январь янв січня gener|februar feb feber "
    "february fevrier fevr fev febbraio febrero fevereiro februari subat sub lutego luty lut unora unor februara "
    "helmikuuta helmikuu februarie φεβρουαριου февраля февраль фев лютого febrer|marz mar mrz march mars marzo "
    "marco maart mart maret marca marzec brezna brezen maaliskuuta maaliskuu marcius martie μαρτιου марта март мар "
    "березня marc|april apr avril avr aprile abril abr nisan nis kwietnia kwiecien kwi dubna duben aprila "
    "huhtikuuta huhtikuu aprilis aprilie απριλιου апреля апрель апр квітня|mai may maggio mag mayo maio mei maj "
    "mayis maja kvetna kveten toukokuuta toukokuu majus μαιου мая май травня maig|juni jun june juin giugno giu "
    "junio junho haziran haz czerwca czerwiec cze cervna cerven juna kesakuuta kesakuu junius iunie ιουνιου июня "
    "июнь июн червня juny|juli jul july juillet juil luglio lug julio julho temmuz tem lipca lipiec lip cervence "
    "cervenec jula heinakuuta heinakuu julius iulie ιουλιου июля июль июл липня juliol|august aug aout agosto ago "
    "augustus augusti agustos agu agustus sierpnia sierpien sie srpna srpen augusta elokuuta elokuu augusztus "
    "αυγουστου августа август авг серпня agost|september sep sept septembre settembre set septiembre setembro eylul "
    "eyl wrzesnia wrzesien wrz zari septembra syyskuuta syyskuu szeptember septembrie σεπτεμβριου сентября сентябрь "
    "сен сент вересня setembre|oktober okt october oct octobre ottobre ott octubre outubro out ekim eki "
    "pazdziernika pazdziernik paz rijna rijen oktobra lokakuuta lokakuu octombrie οκτωβριου октября октябрь окт "
    "жовтня|november nov novembre noviembre novembro kasim kas listopada listopad lis listopadu novembra "
    "marraskuuta marraskuu noiembrie νοεμβριου ноября ноябрь ноя листопада|dezember dez december dec decembre "
    "dicembre dic diciembre dezembro desember aralik ara grudnia grudzien gru prosince prosinec decembra joulukuuta "
    "joulukuu decembrie δεκεμβριου декабря декабрь дек грудня desembre"
)
MONTHS = {
    folded(name): number for number, names in enumerate(MONTH_NAMES.split("|"), start=1) for name in names.split()
}

COUNTED = {10: 1, 13: 1000, 16: 1_000_000}
"""Digits of a time counted since 1970, for the years 2001 to 2286, and how many there are to a second."""

CLOCK = (
    r"(?:\s*[,\sT]\s*(?:um|at|a|alle|a las|-)?\s*"
    r"(?:오전|上午|午前|(?P<late>오후|下午|午後))?\s*(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\.\d+)?"
    r"\s*(?P<half>[ap]\.?m\.?)?(?:\s*uhr)?"
    r"(?:\s*(?P<zone>(?:gmt|utc)?[+-]\d{2}:?\d{2}|(?:gmt|utc)[+-]\d{1,2}|z|utc|gmt))?(?:\s*\(?[a-z ]{2,40}\)?)?)?"
)
BEFORE = r"(?:[^\W\d]+\.?(?:\s?[,:])?\s+){0,10}?"
WEEKDAY = r"(?:,?\s+(?!um\b|at\b|alle\b)[^\W\d]{2,}\.?(?=$|,?\s+\d{1,2}[:h]))?"
"""It may stand behind the day: `13 Ekim 2022, Perşembe`."""

DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.|º)?"
YEAR = r"(?:\s?(?:г|р|r|yil)\.?|\s?года|\s?року)?"
"""What stands behind a year: `5 мая 2026 г.`."""

FORMS = tuple(
    re.compile(BEFORE + form + WEEKDAY + CLOCK)
    for form in (
        r"(?P<year>(?:19|20)\d{2})-(?P<month>\d{2})",
        r"(?P<month>\d{2})/(?P<year>(?:19|20)\d{2})",
        r"(?P<year>\d{4})[/.](?P<month>\d{1,2})[/.](?P<day>\d{1,2})",
        r"(?P<month>\d{2}) (?P<day>\d{1,2}), (?P<year>\d{4})",
        r"(?P<year>\d{4})\s?[년年]\s?(?P<month>\d{1,2})\s?[월月]\s?(?P<day>\d{1,2})\s?[일日号]",
        r"(?P<year>\d{4})\.\s(?P<month>\d{1,2})\.\s(?P<day>\d{1,2})\.?",
        r"(?P<year>\d{4})\.?,?\s(?P<name>[^\W\d]+)\.?,?\s+(?P<day>\d{1,2})\.?",
        r"(?:ngay )?(?P<day>\d{1,2}) (?:thang )?(?P<month>\d{1,2}),? (?:nam )?(?P<year>\d{4})",
        r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4}|\d{2})",
        r"(?P<first>\d{1,2})(?P<sign>[/-])(?P<other>\d{1,2})(?P=sign)(?P<year>\d{4}|\d{2})",
        DAY + r"[\s-]+(?:de\s+)?(?P<name>[^\W\d]+)\.?,?[\s-]+(?:del?\s+)?(?P<year>\d{4})" + YEAR,
        r"(?P<name>[^\W\d]+)\.?\s+" + DAY + r",?\s+(?P<year>\d{4})",
        r"(?P<name>[^\W\d]+)\.?,?\s+" + DAY + r"\s+(?P<clock>\d{1,2}:\d{2}:\d{2})\s+[a-z+\d: ]*?(?P<year>\d{4})",
        r"(?P<name>[^\W\d]+)\.?,?\s+(?:de\s+)?(?P<year>\d{4})",
    )
)
GLUED = re.compile(r"(?<=\b(?:19|20)\d\d)(?=[^\W\d]{3})")
"""Where a page put a label behind a year without a blank between them: `2024Verified`."""

SLASHED = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?!\d)")
ISO = re.compile(r"\d{4}-?\d{2}-?\d{2}(?!\d)")
LONGEST = 80
NOON = 12
NAMED = rf"(?:{'|'.join(MONTHS)})"
VAGUE = re.compile(
    r"(?:heute|gestern|vorgestern|today|yesterday|aujourd.?hui|hier|oggi|ieri|hoy|ayer|hoje|ontem|vandaag|gisteren|dzisiaj"
    r"|wczoraj|bugun|dun|сегодня|вчера|오늘|어제|今天|昨天|今日|昨日|unknown|unbekannt|inconnue?|sconosciuto|desconocid[oa])|"
    r"vor (?:\d+|ein\w*|wenigen) .*|in the last \w+|\d{4}|il y a .*|hace .*|ha \d.*"
    r"|.*\b(?:ago|fa|geleden|atras|temu|once|sedan|siden|lalu|назад)|.*[전前]"
    rf"|(?:{NAMED}\.? \d{{1,2}}|\d{{1,2}}\.? {NAMED})\.?"
    r"(?:(?:,| at| um)? \d{1,2}[:.]\d{2}(?: ?[ap]m)?|,? [^\W\d]{2,}\.?)?"
)
"""How long ago, or only the year, or all but the year: as good as nothing, for nobody knows when the list was made."""


def when(text: str, zone: tzinfo, month_first: bool = False) -> datetime | None:
    """A date or time, local to `zone` unless it says otherwise; None when empty.

    ISO, German, English, French, Italian, Spanish, Portuguese, Dutch, or counted since 1970. `month_first` decides
    what `3/4/2026` is. Of a month alone it is the first day. Raises `BadLine`.
    """
    cell = text.strip().strip("\"'")
    if not cell or is_vague(cell):
        return None
    try:
        parsed = _counted(cell) or _iso(cell) or _written(cell, month_first)
        if parsed is None:
            raise BadLine(f"{cell[:LONGEST]!r} is not a date; write 23.11.2026 or 2026-11-23")
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadLine(f"{cell[:LONGEST]!r} is not a date: {error}") from error


def is_date(text: str) -> bool:
    """Whether a cell holds a date that can be read."""
    try:
        return when(text, UTC) is not None
    except BadLine:
        return False


def is_vague(text: str) -> bool:
    """Whether a cell tells a time that nobody can place: `vor 3 Monaten`."""
    return len(text) <= LONGEST and bool(VAGUE.fullmatch(folded(text.strip())))


def is_month_first(cells: list[str]) -> bool:
    """Whether the dates of a column are written as in America: no other order fits, or the clock counts to twelve."""
    found = [(int(date[1]), int(date[2])) for cell in cells if (date := SLASHED.match(cell.strip()))]
    if any(first > 12 for first, _ in found):
        return False
    return any(other > 12 for _, other in found) or any(re.search(r"\d\s*[AP]M\b", cell) for cell in cells)


def _counted(cell: str) -> datetime | None:
    digits = cell.removesuffix(".0")
    per_second = COUNTED.get(len(digits)) if digits.isascii() and digits.isdigit() else None
    return datetime.fromtimestamp(int(digits) / per_second, UTC) if per_second else None


def _iso(cell: str) -> datetime | None:
    if not ISO.match(cell):
        return None
    bare = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", cell)
    try:
        return datetime.fromisoformat(bare)
    except ValueError:
        return datetime.fromisoformat(
            re.sub(r"(\.\d{6})\d+|\s+(?=[+-]\d{2}:?\d{2}$)|\s*\([A-Z]+\)$|(?<=[+-]\d{4})\s+[A-Z]{3,5}$", r"\1", bare)
        )


def _written(cell: str, month_first: bool) -> datetime | None:
    if len(cell) > LONGEST:
        return None
    plain = GLUED.sub(" ", folded(cell))
    for form in FORMS:
        found = form.fullmatch(plain)
        if found and (found.groupdict().get("name") is None or found["name"] in MONTHS):
            return _build(found.groupdict(), month_first)
    return None


def _build(parts: dict[str, str | None], month_first: bool) -> datetime:
    year = int(parts["year"] or 0)
    day, month = _day_and_month(parts, month_first)
    within = parts.get("clock")
    clock = within.split(":") if within else [parts["hour"], parts["minute"], parts["second"]]
    hour, minute, second = (int(part or 0) for part in clock)
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"].startswith("p") else 0)
    if parts["late"] and hour < NOON:
        hour += NOON
    at = datetime(year + (2000 if year < 100 else 0), month, day, hour, minute, second)  # noqa: DTZ001 - `when` adds it
    return at.replace(tzinfo=_offset(parts["zone"])) if parts["zone"] else at


def _day_and_month(parts: dict[str, str | None], month_first: bool) -> tuple[int, int]:
    if parts.get("first"):
        first, other = int(parts["first"] or 0), int(parts["other"] or 0)
        swapped = other > 12 if (first > 12) != (other > 12) else month_first
        return (other, first) if swapped else (first, other)
    name = parts.get("name")
    month = MONTHS[name] if name else int(parts["month"] or 0)
    return int(parts.get("day") or 1), month


def _offset(zone: str) -> timezone:
    found = re.search(r"([+-])(\d{1,2})(?::?(\d{2}))?$", zone)
    if not found:
        return UTC
    distance = timedelta(hours=int(found[2]), minutes=int(found[3] or 0))
    return timezone(-distance if found[1] == "-" else distance)
