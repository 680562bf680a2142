"""The stream of data in a page of Next.js' app router: `self.__next_f.push([1, "..."])`, piece by piece.

The pieces, joined, are rows `id:value`: JSON, or `T` with a length and so many bytes of text. A string `"$id"` in the
JSON stands for the text of that row, `"$D..."` for a time, `"$$..."` for a text that begins with a dollar sign.
"""

from __future__ import annotations

import re
from json import JSONDecoder
from typing import Any

from crawler.shape import Misshapen, load_json

MARK = "__next_f"
PUSH = "push("
ROW = re.compile(rb"([0-9a-f]{1,8}):(?:T([0-9a-f]{1,8}),)?")
REFERENCE = re.compile(r"\$([0-9a-f]{1,8})")
MAX_ROWS = 10_000
DECODER = JSONDecoder(strict=False)


def trees(root: Any) -> list[Any]:
    """The JSON values of the stream below `root` (an lxml element), with its texts put in; unreadable rows left out."""
    stream = "".join(_piece(script.text) for script in root.iter("script") if script.text and MARK in script.text)
    values, texts = _rows(stream.encode("utf-8", "replace"))
    return [_resolved(value, texts) for value in values]


def _piece(script: str) -> str:
    """What one script adds to the stream."""
    start = script.find(PUSH)
    if start < 0:
        return ""
    try:
        pushed, _ = DECODER.raw_decode(script, start + len(PUSH))
    except (ValueError, RecursionError):
        return ""
    known = isinstance(pushed, list) and len(pushed) == 2 and pushed[0] == 1 and isinstance(pushed[1], str)
    return pushed[1] if known else ""


def _rows(stream: bytes) -> tuple[list[Any], dict[str, str]]:
    values: list[Any] = []
    texts: dict[str, str] = {}
    at = 0
    while len(values) < MAX_ROWS and (found := ROW.match(stream, at)):
        start = found.end()
        if found.group(2):
            at = start + int(found.group(2), 16)
            texts[found.group(1).decode()] = stream[start:at].decode("utf-8", "replace")
            continue
        end = stream.find(b"\n", start)
        end = len(stream) if end < 0 else end
        values.extend(_json(stream[start:end]))
        at = end + 1
    return values, texts


def _json(row: bytes) -> list[Any]:
    if not row.startswith((b"{", b"[")):
        return []
    try:
        return [load_json(row.decode("utf-8", "replace"))]
    except (ValueError, Misshapen):
        return []


def _resolved(value: Any, texts: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {name: _resolved(child, texts) for name, child in value.items()}
    if isinstance(value, list):
        return [_resolved(child, texts) for child in value]
    if not isinstance(value, str) or not value.startswith("$"):
        return value
    if value.startswith(("$D", "$$")):
        return value[2:] if value.startswith("$D") else value[1:]
    reference = REFERENCE.fullmatch(value)
    return texts.get(reference.group(1), value) if reference else value
