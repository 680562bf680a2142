"""The lines of a table turned into the rows of a JSON Lines file."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from crawler.text import value_to_text
from gelassen.exchange import values
from gelassen.exchange.columns import WRITTEN, columns
from gelassen.exchange.dates import is_month_first, is_vague, when
from gelassen.exchange.heading_words import zone_of
from gelassen.exchange.lines import BadLine, Row
from gelassen.exchange.long_forms import long_form
from gelassen.exchange.mojibake import mended
from gelassen.exchange.packed_reviews import lines_within, reviews_within
from gelassen.exchange.questions import with_questions
from gelassen.exchange.scales import Scale, Scales, scales
from gelassen.exchange.sums import numbered, without_sums
from gelassen.exchange.unfolding import Unfolding, unfolding

SAMPLE = 5000
"""So many lines decide what the columns are; all others are read one by one."""

PARTS = set("reply reply_at pros cons description first_name last_name more shown state hidden".split())
"""Columns that are no fields of a post by themselves."""

SECOND = re.compile(r":\d\d:(?!00)\d\d|:(?!00)\d\d:00")
"""A time that was measured; whole hours could stand for a day."""

COUNTED = re.compile(
    r"\d[\d.,]*\s*(?:ratings?|reviews?|bewertung(?:en)?|rezension(?:en)?|avis|recension[ei]|rese[nñ]as?|opini\w+"
    r"|valoraciones|avalia[cç][oõ]es|yorum|отзыв\w*|оцен\w+)",
    re.IGNORECASE,
)
SUMS = set(
    "durchschnitt gesamt summe mittelwert average total mean sum moyenne média media promedio totale średnia suma "
    "ortalama "
    "toplam среднее итого gemiddelde totaal".split()
)
"""What stands where names stand in a line below a table."""

LONGEST_WHY = 60
REMARK = re.compile(
    r"\d.*\b(?:helpful|hilfreich|utiles?|[uú]til(?:es)?|nuttig|faydalı|pomocn\w+|полез\w+)\b", re.IGNORECASE
)
"""What a program took for a name: `9 out of 11 found this helpful`."""

BEGUN = 0.1
"""A share of titles that begin the text as well, too great for chance."""

MAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w{2,}")

VISITED = re.compile(
    r"(?:^|\n)\s*(?:date of experience|datum der erfahrung|date de l.exp[eé]rience|data dell.esperienza|"
    r"fecha de la experiencia|data da experi[eê]ncia|datum van ervaring)\s*:[^\n]{1,40}\s*$",
    re.IGNORECASE,
)
"""The line below a review in which a portal tells when the customer was there."""

TIMES = ("created_at", "updated_at", "seen_at", "reply_at")
HIDING = {
    "shown": set("spam trash".split()),
    "state": set("spam trash rejected deleted removed hidden abgelehnt gelöscht".split()),
    "hidden": set("1 true yes ja spam pingback trackback".split()),
}

Times = dict[str, Callable[[str], datetime | None]]


def table_rows(
    header: Sequence[str],
    body: Iterable[tuple[int, Sequence[str]]],
    zone: ZoneInfo,
    taken: Counter[str] | None = None,
    *,
    called: bool = False,
) -> Iterator[Row]:
    """The rows of a table with the names of its columns. Raises `WrongUse` when it holds nothing to import.

    `taken` counts the ids made from rows, for tables of one file: rows alike in two of them are two posts. `called`
    tells that the lines are called reviews by what holds them.
    """
    filled = ((number, cells) for number, cells in body if any(cell.strip() for cell in cells))
    sample = list(islice(filled, SAMPLE))
    if laid := long_form(header, [cells for _, cells in sample]):
        laid_out = list(laid.lines(chain(sample, filled)))
        return table_rows(laid.names(), laid_out, zone, taken)
    if within := reviews_within(header, [cells for _, cells in sample]):
        place, names = within
        taken = Counter() if taken is None else taken
        return table_rows(names, lines_within(chain(sample, filled), place, names), zone, taken)
    apart = unfolding(header, [cells for _, cells in sample])
    told = [apart.line(cells) for _, cells in sample]
    names = with_questions(apart.header, told)
    keys = columns(names, told, called)
    times, taken = _times(names, keys, told, zone), Counter() if taken is None else taken
    apart, body, begun = replace(apart, header=names), chain(sample, filled), titles_begin(keys, told)
    rows = _rows(apart, keys, scales(names, keys, told), times, body, taken, begun=begun)
    return without_sums(rows, numbered(apart.header, keys, told))


def _times(header: Sequence[str], keys: Sequence[str], body: Sequence[Sequence[str]], zone: ZoneInfo) -> Times:
    """How the times of each column are read."""
    times: Times = {}
    for place, (name, key) in reversed(list(enumerate(zip(header, keys, strict=True)))):
        if key in TIMES:
            american = is_month_first([cells[place] for cells in body if place < len(cells)])
            times[key] = _reader(name, zone, american)
    return times


def _reader(heading: str, zone: ZoneInfo, month_first: bool) -> Callable[[str], datetime | None]:
    own = zone_of(heading, zone)
    return lambda cell: when(cell, own, month_first)


def _rows(
    apart: Unfolding,
    keys: Sequence[str],
    marks: Scales,
    times: Times,
    body: Iterable[tuple[int, Sequence[str]]],
    taken: Counter[str],
    *,
    begun: bool,
) -> Iterator[Row]:
    header, read_as = apart.header[: apart.width], tuple(zip(apart.header, keys, strict=True))
    for number, cells in body:
        raw = dict(zip(header, cells, strict=False))
        try:
            line = apart.line(cells)
            told = _told(apart.header, keys, line)
            yield Row(number, _row(told, times, marks.of(line), taken, begun=begun), raw, columns=read_as)
        except BadLine as error:
            yield Row(number, error, raw | {"": list(cells[len(header) :])} if len(cells) > len(header) else raw)


def _told(header: Sequence[str], keys: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """What the line says by field. Of columns of the same meaning the first that is filled counts."""
    if any(cell.strip() for cell in cells[len(keys) :]):
        raise BadLine(f"{len(cells)} cells, but {len(keys)} columns")
    told: dict[str, str] = {}
    more: dict[str, str] = {}
    for name, key, cell in zip(header, keys, cells, strict=False):
        said = _plain(values.shown(cell.strip()) if key == "rating" else cell) if key else ""
        if said and key == "more":
            more.setdefault(said, f"{name.rpartition('.')[2]}: {said}")
        elif said and key in HIDING:
            told[key] = said if said.casefold() in HIDING[key] else told.get(key, "")
        elif said and not (key in TIMES and is_vague(said)):
            told.setdefault(key, said)
    if further := [line for said, line in more.items() if said not in told.values()]:
        told["more"] = "\n".join(further)
    return told


def _plain(cell: str) -> str:
    said = cell.strip()
    return "" if values.says_nothing(said) else value_to_text(mended(said)).strip() if said else ""


def _row(
    cells: dict[str, str], times: Times, marks: Scale, taken: Counter[str], *, begun: bool = False
) -> dict[str, Any]:
    """The fields of a post. Where titles are the beginnings of texts (`begun`), one without a text is all of it."""
    if any(cells.get(key) for key in HIDING):
        raise BadLine("it is marked as spam or removed")
    if "description" in cells and not cells.keys() & {"text", "pros", "cons"}:
        cells = cells | {"text": cells["description"]}
    if begun and {"title", "rating"} <= cells.keys() and not cells.keys() & {*WRITTEN}:
        cells = {"text" if key == "title" else key: said for key, said in cells.items()}
    if not cells.keys() & {*WRITTEN, "rating"}:
        raise BadLine("it has neither a text nor a rating")
    if "text" in cells:
        cells = cells | {"text": VISITED.sub("", cells["text"]).strip()}
    _refuse_fillings(cells)
    row: dict[str, Any] = {key: cells[key] for key in cells if key not in PARTS and key not in TIMES} | _joined(cells)
    at = {key: read(cells[key]) for key, read in times.items() if key in cells}
    row |= {key: time.isoformat() for key, time in at.items() if time and key != "reply_at"}
    row |= _rated(cells, marks)
    if not row.get("external_id"):
        row["external_id"] = _made_id(row, taken)
    if reply := cells.get("reply"):
        answered = at.get("reply_at")
        row["owner_replies"] = [{"text": reply, "created_at": answered.isoformat() if answered else None}]
    return row


def titles_begin(keys: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    """Whether a portal made titles of the first words of texts, in a share of the lines at least."""
    if not {"title", "text"} <= set(keys):
        return False
    title, text = keys.index("title"), keys.index("text")
    pairs = [(cells[title].rstrip(".… "), cells[text]) for cells in body if len(cells) > max(title, text)]
    both = [text.startswith(title) for title, text in pairs if title and text]
    return sum(both) > BEGUN * len(both)


def _refuse_fillings(cells: Mapping[str, str]) -> None:
    """Raise `BadLine` where a program filled a line that has no review, or counted others in it."""
    said = {cells.get(key, "").casefold() for key in ("author_name", "title", "text")}
    if len(said) == 1 and said != {""}:
        raise BadLine(f"its author, title and text are all {cells['text'][:LONGEST_WHY]!r}: nobody wrote that")
    if not said - {"", cells.get("author_name", "").casefold()} and cells.get("author_name", "").casefold() in SUMS:
        raise BadLine(f"it tells of all lines together: {cells['author_name']!r}")
    if not cells.get("rating", "").strip("0.,") and COUNTED.fullmatch(cells.get("text", "")):
        raise BadLine(f"its text only counts others: {cells['text'][:LONGEST_WHY]!r}")


def _rated(cells: dict[str, str], marks: Scale) -> dict[str, Any]:
    scales = {key: values.rating(cells.get(key, "")) for key in ("rating", "rating_best", "rating_worst")}
    told: dict[str, Any] = {key: given[0] if given else None for key, given in scales.items() if key in cells}
    if scales["rating"] and not scales["rating_best"]:
        told |= marks.fields(*scales["rating"])
    return told


def _joined(cells: dict[str, str]) -> dict[str, str]:
    """A name and a text that stand in several columns. An address of mail is no name to call anybody by."""
    name = cells.get("author_name") or " ".join(cells[key] for key in ("first_name", "last_name") if key in cells)
    signs = (("text", ""), ("pros", "+ "), ("cons", "– "), ("more", ""))
    said = (key for key, _ in signs if key in cells and not (key == "more" and "text" in cells))
    text = "\n".join(f"{dict(signs)[key]}{cells[key]}" for key in said)
    shown = name.partition("@")[0] if MAIL.fullmatch(name) else "" if REMARK.search(name) else name
    return {key: value for key, value in (("author_name", shown), ("text", text)) if value or key in cells}


def _made_id(row: dict[str, Any], taken: Counter[str]) -> str:
    """An id from what the row says, the same in every import of the same row; a true repeat gets its own.

    The same words of the same person in the same second are no repeat: a program fetched one review several times.
    """
    said = "\x1f".join(str(row.get(key, "")) for key in ("author_name", "created_at", "title", "text", "rating"))
    base = hashlib.sha256(said.encode()).hexdigest()[:24]
    if row.get("author_name") and row.get("text") and SECOND.search(row.get("created_at") or ""):
        return base
    taken[base] += 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"
