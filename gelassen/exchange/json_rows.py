"""JSON Lines with our keys, and the JSON documents that other programs export."""

from __future__ import annotations

import ast
import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from crawler.shape import Misshapen, check_depth, whole_characters
from gelassen.exchange.documents import document_rows, item_rows
from gelassen.exchange.headings import field
from gelassen.exchange.lines import NUMBERS, TEXTS, TIMES, BadLine, Row
from gelassen.exchange.rows import SAMPLE
from gelassen.exchange.table import lines_of
from gelassen.exchange.tabular import objects

OURS = {"external_id", "event", "to"}
"""A row with one of these keys speaks our language, unless others of its keys speak another one; any other row is read
as a row of a table with its keys as columns."""

ASSIGNED = re.compile(
    r"\A\ufeff?\s*(?:export\s+default\s+|(?:export\s+)?(?:const|let|var)\s+\w+(?:\s*:[^=]{1,80})?\s*=\s*|(?:window|module)\.\w+\s*=\s*)"
    r"(?=[\[{])"
)
"""How a program gives a list a name: `const reviews = […];`."""

STRING_OR_COMMA = re.compile(r'("(?:[^"\\]|\\.)*+")|,(?=\s*[\]}])')
LONGEST = 5_000_000
"""Longer files are not mended: they were never written by hand."""

OUR_KEYS = OURS | {*TEXTS, *NUMBERS, *TIMES} | set("source seen_at owner_replies deleted reply replies".split())
FOREIGN = {"text", "author_name", "created_at"}


def json_rows(text: str, zone: ZoneInfo) -> Iterator[Row]:
    """The objects of a JSON Lines file, or of the list of reviews in a JSON document, by number.

    Raises `WrongUse` when foreign objects have no key that could be a text or a rating.
    """
    whole = objects(_document(text))
    if whole is None:
        rows: Iterator[Row] = _lines(text)
    else:
        rows = iter([_as_row(at, item) for at, item in enumerate(whole if isinstance(whole, list) else [whole], 1)])
    first = list(islice(rows, SAMPLE))
    foreign = [row.said for row in first if isinstance(row.said, dict)]
    if not foreign or any(map(_ours, foreign)):
        return (replace(row, own=True) for row in chain(first, rows))
    return _foreign(chain(first, rows), zone) if whole is None else document_rows(whole, zone)


def _foreign(rows: Iterator[Row], zone: ZoneInfo) -> Iterator[Row]:
    """Lines of another program; what is no object at all stays wrong, in its place."""
    wrong: deque[Row] = deque()

    def items() -> Iterator[tuple[int, dict[str, Any]]]:
        for row in rows:
            if isinstance(row.said, dict):
                yield row.number, row.said
            else:
                wrong.append(row)

    return _merged(item_rows(items(), zone), wrong)


def _merged(rows: Iterator[Row], wrong: deque[Row]) -> Iterator[Row]:
    for row in rows:
        while wrong and wrong[0].number < row.number:
            yield wrong.popleft()
        yield row
    yield from wrong


def _document(text: str) -> list[Any] | dict[str, Any] | None:
    """A document that is one JSON value; None for JSON Lines."""
    text = ASSIGNED.sub("", text)
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        value = _value(whole_characters(text))
        check_depth(value)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError, Misshapen):
        return None
    if isinstance(value, dict):
        return None if _ours(value) else value
    return value if isinstance(value, list) else None


def _value(text: str) -> Any:
    """The value of a text in JSON, else with commas too many as people leave them, else as Python writes it."""
    try:
        return json.loads(text, strict=False)
    except ValueError:
        bare = text.rstrip().removesuffix(";")
        if len(bare) > LONGEST or bare.rstrip()[-1:] not in ("}", "]") or _is_value(next(lines_of(text.lstrip()))):
            raise
    try:
        return json.loads(STRING_OR_COMMA.sub(lambda found: found[1] or "", bare), strict=False)
    except ValueError:
        return json.loads(json.dumps(ast.literal_eval(bare.strip()), default=str))


def _is_value(line: str) -> bool:
    """Whether a line is a value by itself, as in JSON Lines."""
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _ours(item: dict[str, Any]) -> bool:
    return bool(OURS & set(item)) and not any(key not in OUR_KEYS and field(key) in FOREIGN for key in item)


def _lines(text: str) -> Iterator[Row]:
    for number, raw in enumerate(lines_of(text), start=1):
        if raw.strip():
            try:
                yield _as_row(number, json.loads(raw), raw.rstrip("\n"))
            except (ValueError, RecursionError) as error:
                yield Row(number, BadLine(f"not JSON: {error}"), raw.rstrip("\n"))


def _as_row(number: int, value: Any, raw: Any = None) -> Row:
    return Row(
        number, value if isinstance(value, dict) else BadLine("not a JSON object"), value if raw is None else raw
    )
