"""Tables that programs save as JSON: lists of lists, a list for each column, or rows and columns side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gelassen.exchange.cells import FEWEST
from gelassen.exchange.columns import WRITTEN
from gelassen.exchange.flat import Item, cell
from gelassen.exchange.heading_lines import SEEN, headed
from gelassen.exchange.headings import field

COLUMNS = ("columns", "header", "headers", "fields", "keys")
ROWS = ("data", "rows", "values", "items", "records")


def objects(value: Any) -> Any:
    """The rows of a table as objects; anything else as it is."""
    if isinstance(value, list):
        pages = all(isinstance(page, list) for page in value) and value
        if pages and all(isinstance(item, dict) for page in value for item in page):
            return [item for page in value for item in page]
        if len(value) >= FEWEST and all(isinstance(one, str) for one in value):
            return [{"": one} for one in value]
        return _lines(value) if _is_table(value) else value
    if not isinstance(value, dict):
        return value
    return _side_by_side(value) or _by_column(value) or _by_id(value) or value


def _is_table(value: Any) -> bool:
    """Whether it is a list of lists of words and numbers, one at least with more than one of them."""
    rows = isinstance(value, list) and value and all(isinstance(line, list) and line for line in value)
    return bool(rows) and all(_bare(part) for line in value for part in line) and max(map(len, value)) > 1


def _bare(part: Any) -> bool:
    return part is None or isinstance(part, (str, int, float))


def _lines(rows: Sequence[Sequence[Any]]) -> list[Item]:
    header, below = headed([[cell(part) for part in line] for line in rows[:SEEN]])
    return _named(header, rows[below:])


def _named(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[Item]:
    names = [name or f"({place})" for place, name in enumerate(header, 1)]
    return [dict(zip(names, line, strict=False)) for line in rows]


def _side_by_side(value: Item) -> list[Item]:
    """`{"columns": [...], "data": [[...]]}`, and `{"values": [[...]]}` with the headings as its first line."""
    rows = next((value[key] for key in ROWS if _is_table(value.get(key))), None)
    if rows is None:
        return []
    header = next((value[key] for key in COLUMNS if isinstance(value.get(key), list)), None)
    return _lines(rows) if header is None else _named([_name(one) for one in header], rows)


def _name(heading: Any) -> str:
    return str(heading.get("name") or heading.get("label") or "") if isinstance(heading, dict) else str(heading)


def _by_column(value: Item) -> list[Item]:
    """`{"text": [...], "stars": [...]}`, or the same with the number of its line before each cell."""
    held = [list(one.values()) if isinstance(one, dict) else one for one in value.values()]
    told = {field(key) for key in value}
    if len(held) < 2 or not told & {*WRITTEN, "rating"} or len(told - {""}) < 2:
        return []
    alike = all(isinstance(one, list) and len(one) == len(held[0]) > 1 and all(map(_bare, one)) for one in held)
    return [dict(zip(value, line, strict=True)) for line in zip(*held, strict=True)] if alike else []


def _by_id(value: Item) -> list[Item]:
    """`{"52282": [["Gut", 5], ["Laut", 2]]}`: lines of one table under what they are about."""
    held = [one for one in value.values() if one]
    if not held or not all(map(_is_table, held)):
        return []
    return _lines([line for one in held for line in one])
