"""CSV as office programs, shops and platforms write it."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange.code_pages import by_words
from gelassen.exchange.heading_lines import ABOVE, SEEN, headed
from gelassen.exchange.lines import Row
from gelassen.exchange.rows import table_rows

DELIMITERS = ";,\t|"
NO_DELIMITER = "\x1f"
CELL_LIMIT = 1_000_000
SEPARATOR = re.compile(r"\ufeff?sep=(.)\s*\n", re.IGNORECASE)
"""The line in which an office program is told the delimiter."""


def csv_rows(text: str, zone: ZoneInfo) -> Iterator[Row]:
    """The rows of a CSV text with the number of the line they end on. Raises `WrongUse` for what is no such table."""
    csv.field_size_limit(CELL_LIMIT)
    reader = csv.reader(lines_of(text), delimiter=delimiter(text))
    if SEPARATOR.match(text):
        next(reader)
    rows = ((reader.line_num, cells) for cells in _safely(reader))
    first = list(islice(rows, SEEN))
    header, below = headed([cells for _, cells in first])
    return table_rows(header, chain(first[below:], rows), zone)


def lines_of(text: str) -> Iterator[str]:
    """The lines with their ends, one by one: a big text is not held twice."""
    end = "\n" if "\n" in text else "\r"
    start = 1 if text.startswith("\ufeff") else 0
    while start < len(text):
        stop = text.find(end, start) + 1 or len(text)
        yield text[start:stop]
        start = stop


def decoded(content: bytes) -> str:
    """UTF-8 or UTF-16 by their marks, else UTF-8 if it is, else the code page in which it makes words."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    if content[:200].count(0) > len(content[:200]) / 3:
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return by_words(content)


def delimiter(text: str) -> str:
    """The sign that the first line names, or else that splits it, or all below it, outside quotation marks."""
    if told := SEPARATOR.match(text):
        return told[1]
    first = [line for line in islice(lines_of(text), ABOVE) if line.strip()]
    counts = {sign: ["".join(line.split('"')[::2]).count(sign) for line in first] for sign in DELIMITERS}
    best = max(DELIMITERS, key=lambda sign: (counts[sign][:1] or [0])[0])
    if first and not counts[best][0]:
        best = max(DELIMITERS, key=lambda sign: min(counts[sign][1:], default=0))
        return best if min(counts[best][1:], default=0) else NO_DELIMITER
    return best


def _safely(reader: Any) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise WrongUse(f"Line {reader.line_num} is not CSV: {error}.") from error
