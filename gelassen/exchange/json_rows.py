"""JSON Lines with our keys, and the JSON documents that other programs export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from crawler.shape import Misshapen, check_depth, whole_characters
from gelassen.exchange.documents import document_rows, item_rows
from gelassen.exchange.headings import field
from gelassen.exchange.lines import NUMBERS, TEXTS, TIMES, BadLine, Row

OURS = {"external_id", "event", "to"}
"""A row with one of these keys speaks our language, unless others of its keys speak another one; any other row is read
as a row of a table with its keys as columns."""

OUR_KEYS = OURS | {*TEXTS, *NUMBERS, *TIMES} | set("source seen_at owner_replies deleted reply replies".split())
FOREIGN = {"text", "author_name", "created_at"}


def json_rows(text: str, zone: ZoneInfo) -> Iterator[Row]:
    """The objects of a JSON Lines file, or of the list of reviews in a JSON document, by number.

    Raises `WrongUse` when foreign objects have no key that could be a text or a rating.
    """
    whole = _document(text)
    rows = list(_lines(text)) if whole is None else [_as_row(number, item) for number, item in enumerate(whole, 1)]
    foreign = [row for row in rows if isinstance(row.said, dict)]
    if not foreign or any(_ours(row.said) for row in foreign if isinstance(row.said, dict)):
        return iter(rows)
    if whole is not None:
        return document_rows(whole, zone)
    known = {row.number: row for row in item_rows([(row.number, row.said) for row in foreign], zone)}  # type: ignore
    return iter([known.get(row.number, row) for row in rows])


def _document(text: str) -> list[Any] | None:
    """A document that is one JSON value, as a list; None for JSON Lines."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value = json.loads(whole_characters(text), strict=False)
        check_depth(value)
    except (ValueError, RecursionError, Misshapen):
        return None
    if isinstance(value, dict):
        return None if _ours(value) else [value]
    return value if isinstance(value, list) else None


def _ours(item: dict[str, Any]) -> bool:
    return bool(OURS & set(item)) and not any(key not in OUR_KEYS and field(key) in FOREIGN for key in item)


def _lines(text: str) -> Iterator[Row]:
    for number, raw in enumerate(text.split("\n"), start=1):
        if raw.strip():
            try:
                yield _as_row(number, json.loads(raw), raw)
            except (ValueError, RecursionError) as error:
                yield Row(number, BadLine(f"not JSON: {error}"), raw)


def _as_row(number: int, value: Any, raw: Any = None) -> Row:
    return Row(
        number, value if isinstance(value, dict) else BadLine("not a JSON object"), value if raw is None else raw
    )
