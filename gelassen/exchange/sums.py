"""Lines below a table that tell of the table as a whole: sums, averages, legends of its figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from gelassen.exchange.column import HALF, KEY, column_at, wordy
from gelassen.exchange.lines import BadLine, Row

WHY = "it has words where all other lines have a number and no text: it looks like a sum or a legend, not like a review"


def numbered(header: Sequence[str], keys: Sequence[str], body: Sequence[Sequence[str]]) -> set[str]:
    """The headings over numbers that tell nothing of a review; most cells below them at least are numbers."""
    bare = ("", "external_id")
    places = [place for place, (name, key) in enumerate(zip(header, keys, strict=True)) if name and key in bare]
    return {header[at] for at in places if column_at(at, header[at], body).share(_is_number) > HALF}


def without_sums(rows: Iterable[Row], numbers: set[str]) -> Iterator[Row]:
    """The rows, those without a text that have words under one of these headings told as wrong."""
    for row in rows:
        said = row.said
        bare = isinstance(said, dict) and not said.get("text") and not said.get("title")
        yield replace(row, said=BadLine(WHY)) if bare and _has_words(row.raw, numbers) else row


def _has_words(raw: Any, headings: set[str]) -> bool:
    return any(wordy(str(raw.get(name) or "")) for name in headings)


def _is_number(cell: str) -> bool:
    return bool(KEY.fullmatch(cell)) or cell.replace(".", "", 1).isdigit()
