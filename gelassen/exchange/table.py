"""Tables as office programs, shops and platforms write them, turned into the rows of a JSON Lines file."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange import values
from gelassen.exchange.headings import EITHER, field, plain, zone_of
from gelassen.exchange.lines import BadLine, Row
from gelassen.exchange.scales import Scale, scale

DELIMITERS = ";,\t|"
CELL_LIMIT = 1_000_000

MANY_WORDS = 4
"""So many gaps between words make a cell look like something that a customer wrote."""

PARTS = {"reply", "reply_at", "pros", "cons", "first_name", "last_name"}
"""Columns that are no fields of a post by themselves."""


SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*\n", re.IGNORECASE)
"""The line in which an office program is told the delimiter."""


def csv_rows(text: str, zone: ZoneInfo) -> Iterator[Row]:
    """The rows of a CSV text with the number of the line they end on. Raises `WrongUse` for what is no such table."""
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text))
    header = next(reader, [])
    if SEPARATOR.match(text):
        header = next(reader, [])
    body = [(reader.line_num, cells) for cells in _safely(reader)]
    return table_rows(header, body, zone)


def table_rows(header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], zone: ZoneInfo) -> Iterator[Row]:
    """The rows of a table whose first line names its columns. Raises `WrongUse` when no column can be recognised."""
    filled = [(number, cells) for number, cells in body if any(cell.strip() for cell in cells)]
    keys = columns(header, [cells for _, cells in filled])
    return _rows(header, keys, filled, zone)


def _rows(
    header: Sequence[str], keys: Sequence[str], body: Sequence[tuple[int, Sequence[str]]], zone: ZoneInfo
) -> Iterator[Row]:
    taken: dict[str, int] = {}
    zones = {key: zone_of(name, zone) for name, key in reversed(list(zip(header, keys, strict=True)))}
    marks = scale(header, keys, [cells for _, cells in body])
    for number, cells in body:
        raw = dict(zip(header, cells, strict=False))
        try:
            yield Row(number, _row(dict(_pairs(keys, cells)), zones, marks, taken), raw)
        except BadLine as error:
            yield Row(number, error, raw | {"": list(cells[len(header) :])} if len(cells) > len(header) else raw)


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8 if it is, else Windows-1252."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def delimiter(text: str) -> str:
    """The sign that the first line names, or else that splits it into most cells outside quotation marks."""
    if told := SEPARATOR.match(text):
        return told[1]
    first = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(first.split('"')[::2])
    return max(DELIMITERS, key=outside.count)


def columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The field each column stands for, empty for an unknown one. Raises `WrongUse` when there is nothing to import."""
    keys = [field(cell) for cell in header]
    for place, name in enumerate(header):
        if plain(name) == EITHER:
            filled = [cells[place] for cells in body if place < len(cells) and cells[place].strip()]
            keys[place] = "rating" if filled and all(map(values.is_rating, filled)) else "text"
    if not {"text", "pros", "cons", "title", "rating"} & set(keys):
        raise WrongUse(
            f"No column with a text or a rating was found in: {', '.join(header) or 'an empty file'}. "
            "The first line must name the columns, for example Datum;Name;Sterne;Text."
        )
    _refuse_lost_words(header, keys, body)
    return keys


def _refuse_lost_words(header: Sequence[str], keys: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """Stars without their words would be answered as if nothing had been written."""
    if {"text", "pros", "cons"} & set(keys):
        return
    for place, name in enumerate(header):
        cells = [cells[place] for cells in body if place < len(cells) and cells[place].strip()]
        if not keys[place] and any(cell.count(" ") >= MANY_WORDS for cell in cells):
            raise WrongUse(
                f"The column “{name}” seems to hold what customers wrote, but its heading is not known. "
                "Please name it Text and import the file again; nothing was taken in."
            )


def _safely(reader: Any) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongUse(f"Line {reader.line_num} is not CSV: {error}.") from error


def _pairs(keys: Sequence[str], cells: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Later columns of the same meaning only fill what an earlier one left empty, so they come first here."""
    if len(cells) > len(keys) and any(cell.strip() for cell in cells[len(keys) :]):
        raise BadLine(f"{len(cells)} cells, but {len(keys)} columns")
    pairs = [(key, cell.strip()) for key, cell in zip(keys, cells, strict=False) if key and cell.strip()]
    yield from reversed(pairs)


def _row(cells: dict[str, str], zones: dict[str, tzinfo], marks: Scale, taken: dict[str, int]) -> dict[str, Any]:
    row: dict[str, Any] = {key: cells[key] for key in cells if key not in PARTS} | _joined(cells)
    for key in ("created_at", "updated_at", "seen_at"):
        if at := values.when(cells.get(key, ""), zones.get(key, UTC)):
            row[key] = at.isoformat()
    scales = {key: values.rating(cells.get(key, "")) for key in ("rating", "rating_best", "rating_worst")}
    row |= {key: given[0] for key, given in scales.items() if given}
    if scales["rating"] and not scales["rating_best"]:
        row |= marks.fields(*scales["rating"])
    if not row.get("external_id"):
        row["external_id"] = _made_id(row, taken)
    if reply := cells.get("reply"):
        at = values.when(cells.get("reply_at", ""), zones.get("reply_at", UTC))
        row["owner_replies"] = [{"text": reply, "created_at": at.isoformat() if at else None}]
    return row


def _joined(cells: dict[str, str]) -> dict[str, str]:
    """A name and a text that stand in several columns."""
    name = cells.get("author_name") or " ".join(cells[key] for key in ("first_name", "last_name") if key in cells)
    lines = [f"{sign}{cells[key]}" for key, sign in (("text", ""), ("pros", "+ "), ("cons", "– ")) if key in cells]
    return {key: value for key, value in (("author_name", name), ("text", "\n".join(lines))) if value}


def _made_id(row: dict[str, Any], taken: dict[str, int]) -> str:
    """An id from what the row says, the same in every import of the same row; a true repeat gets its own."""
    said = "\x1f".join(str(row.get(key, "")) for key in ("author_name", "created_at", "title", "text", "rating"))
    base = hashlib.sha256(said.encode()).hexdigest()[:24]
    taken[base] = taken.get(base, 0) + 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"
