"""Objects laid flat: the parts of their parts beside them, called as `author.name`, and values as cells of a table."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from typing import Any

from gelassen.exchange.headings import field

DEEPEST = 12
EXACT = 1e6
"""From here on a number is a time or an id, and written with all its digits."""

LONGEST = 500_000
"""A cell with more characters in it is a text, whatever stands at its ends."""

NAMING = {"id", "name", "label", "key", "question"}
QUESTION = "question"
TOLD = {"text", "value", "answer"}

Item = dict[str, Any]


def flat(item: Item, above: str = "", depth: int = 0) -> Item:
    """The object with the parts of its parts beside them."""
    found: Item = {}
    for key, value in item.items():
        name = f"{above}.{key}" if above else str(key)
        inner = _inner(value, name)
        if inner is None or depth > DEEPEST:
            found.setdefault(name, value)
        else:
            for path, part in flat(inner, name, depth + 1).items():
                found.setdefault(path, part)
    return found


def header_of(items: Sequence[Item]) -> list[str]:
    """The names of all parts of the objects, in order of appearance."""
    return list(dict.fromkeys(key for item in items for key in flat(item)))


def line_of(item: Item, header: Sequence[str]) -> list[str]:
    """The object as a line under these names."""
    parts = flat(item)
    return [cell(parts.get(key)) for key in header]


def cell(value: Any) -> str:
    """A value as somebody would type it; nothing for what holds other things."""
    if isinstance(value, list) and value and all(isinstance(one, str) for one in value):
        return "\n".join(value)
    if value is None or isinstance(value, (dict, list)):
        return ""
    if isinstance(value, float):
        return f"{value:g}" if abs(value) < EXACT else f"{value:.0f}"
    return str(value)


def packed(text: str) -> Any:
    """The object or list that a cell holds, as JSON or as Python writes it; None for any other cell."""
    bare = text.strip()
    if bare[:1] + bare[-1:] not in ("{}", "[]") or len(bare) > LONGEST:
        return None
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(bare)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        return value if isinstance(value, (dict, list)) and value else None
    return None


def _inner(value: Any, name: str) -> Item | None:
    """What a part holds: an object, a list of one, or a list of objects with one key each, which is one in pieces."""
    if isinstance(value, dict):
        return value
    if not isinstance(value, list) or not value or not all(isinstance(one, dict) for one in value):
        return None
    if len(value) == 1:
        return dict(value[0])
    if asked := _questions(value):
        return asked
    if field(name.rpartition(".")[2]) == "reply":
        return _one_answer(value)
    if all({"type", "text"} <= one.keys() for one in value):  # the same words in several forms
        return dict(next((one for one in value if one["type"] == "text"), value[0]))
    if named := _named(value):
        return named
    pieces = {key: part for one in value for key, part in one.items()}
    return pieces if all(len(one) == 1 for one in value) and len(pieces) == len(value) else None


def _one_answer(parts: Sequence[Item]) -> Item:
    """Several answers as one, with the day and the name of the first and the words of all."""
    told = {key for key in parts[0] if field(key) in ("text", "reply")}
    words = {key: "\n\n".join(str(one[key]) for one in parts if one.get(key)) for key in told}
    return {**parts[0], **words}


def _questions(parts: Sequence[Item]) -> Item:
    """`[{"question": "Was war gut?", "answer": "Lage"}, …]` as one object, whatever else is told of the questions."""
    told = [key for key in parts[0] if key in TOLD]
    if len(told) != 1 or not all(isinstance(one.get(QUESTION), str) and told[0] in one for one in parts):
        return {}
    return {str(one[QUESTION]): one[told[0]] for one in parts}


def _named(parts: Sequence[Item]) -> Item:
    """`[{"id": "positive", "text": "Lage"}, …]` as one object; nothing for a list of anything else."""
    keys = set(parts[0])
    name, told = keys & NAMING, keys & TOLD
    alike = len(keys) == 2 and len(name) == len(told) == 1 and all(set(one) == keys for one in parts)
    if not alike:
        return {}
    (key,), (value,) = name, told
    found = {str(one[key]): one[value] for one in parts}
    return found if len(found) == len(parts) and all(isinstance(one[key], str) for one in parts) else {}
