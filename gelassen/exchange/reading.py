"""Import files: JSON Lines or CSV, told apart by their name and first character."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange.lines import BadLine, Line, checked
from gelassen.exchange.table import table_rows


def read_file(file: Path, default_source: str, zone: ZoneInfo) -> Iterator[Line | tuple[int, str]]:
    """Every line of the file, or its number and what is wrong with it. Raises `WrongUse` for an unreadable file."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise WrongUse(f"{file} cannot be read: {error.strerror}.") from error
    rows = _json_rows(content) if looks_like_json(file, content) else table_rows(content, zone)
    for number, row in rows:
        try:
            yield (number, str(row)) if isinstance(row, BadLine) else checked(row, number, default_source)
        except BadLine as error:
            yield number, str(error)


def looks_like_json(file: Path, content: bytes) -> bool:
    """By the name where it says so, else by the first character."""
    if file.suffix.lower() in (".jsonl", ".ndjson", ".json"):
        return True
    return file.suffix.lower() not in (".csv", ".tsv") and content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def _json_rows(content: bytes) -> Iterator[tuple[int, dict[str, Any] | BadLine]]:
    for number, raw in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not raw.strip():
            continue
        try:
            row = json.loads(raw.decode("utf-8"))
        except (ValueError, RecursionError) as error:
            yield number, BadLine(f"not JSON: {error}")
            continue
        yield number, row if isinstance(row, dict) else BadLine("not a JSON object")
