"""JSON Lines with our keys, and the JSON documents that other programs export."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from crawler.shape import Misshapen, load_json
from gelassen.exchange.lines import BadLine, Row
from gelassen.exchange.table import table_rows

OURS = {"external_id", "event", "to"}
"""A row with one of these keys speaks our language; any other is read as a row of a table with its keys as columns."""


def json_rows(text: str, zone: ZoneInfo) -> Iterator[Row]:
    """The objects of a JSON Lines file or of a list in a JSON document, by number.

    Raises `WrongUse` when foreign objects have no key that could be a text or a rating.
    """
    whole = _document(text)
    rows = list(_lines(text)) if whole is None else [_as_row(number, item) for number, item in enumerate(whole, 1)]
    foreign = [row for row in rows if isinstance(row.said, dict) and not OURS & set(row.said)]
    known = {row.number: row for row in _translated(foreign, zone)} if foreign and len(foreign) == len(rows) else {}
    return iter([known.get(row.number, row) for row in rows])


def _document(text: str) -> list[Any] | None:
    """The list of a document that is one JSON value; None for JSON Lines."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value = load_json(text)
    except (ValueError, Misshapen):
        return None
    if isinstance(value, dict):
        return None if OURS & set(value) else _only_list(value)
    return value if isinstance(value, list) else None


def _only_list(value: dict[str, Any]) -> list[Any] | None:
    """The one list of the uppermost objects that have any; which of several is meant cannot be told."""
    level = [value]
    while level:
        below = [child for item in level for child in item.values()]
        lists = [child for child in below if isinstance(child, list) and child]
        if lists:
            return lists[0] if len(lists) == 1 else None
        level = [child for child in below if isinstance(child, dict)]
    return None


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


def _translated(rows: list[Row], zone: ZoneInfo) -> Iterator[Row]:
    """Objects of another program, read as a table whose columns are their keys."""
    said = [_flat(row.said) for row in rows if isinstance(row.said, dict)]
    header = list(dict.fromkeys(key for item in said for key in item))
    cells = [[_cell(item.get(key)) for key in header] for item in said]
    numbered = [(row.number, line) for row, line in zip(rows, cells, strict=True)]
    return table_rows(header, numbered, zone)


def _flat(item: dict[str, Any]) -> dict[str, Any]:
    """The object with the parts of its parts beside them, called as `author.name`."""
    parts = [(key, value if isinstance(value, dict) else {"": value}) for key, value in item.items()]
    return {f"{key}.{name}" if name else key: part for key, below in parts for name, part in below.items()}


def _cell(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
