"""Tables without a line that names their columns: what stands in the cells tells, or nothing does."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gelassen.exchange.column import FEW, HALF, KEY, MOST, Column, column_at, wordy
from gelassen.exchange.dates import is_date
from gelassen.exchange.values import is_rating, rating

FEWEST = 3
"""Fewer lines tell nothing: they could be anything."""

HIGHEST = 5.0
LONGEST_NAME = 30
MOST_GAPS = 4
SENTENCE = re.compile(r"\S\s+\S+\s+\S+.*[.!?。！？…)\"“]|(?:\S+\s+){6}", re.DOTALL)
FIRST_LINES = 50


def names_by_cells(lines: Sequence[Sequence[str]]) -> list[str]:
    """Headings for columns of sentences, stars, days and names; none when these are not reviews beyond doubt."""
    lines = [line for line in lines[:FIRST_LINES] if any(cell.strip() for cell in line)]
    width = len(lines[0]) if lines else 0
    if len(lines) < FEWEST or width < 2 or any(len(line) != width for line in lines):
        return []
    seen = [column_at(place, "", lines) for place in range(width)]
    texts = [place for place, one in enumerate(seen) if _is_text(one)]
    marks = [place for place, one in enumerate(seen) if _is_mark(one)]
    days = [place for place, one in enumerate(seen) if _is_day(one)]
    if len(texts) != 1 or len(marks) != 1:
        return []
    names = [place for place, one in enumerate(seen) if place not in (*texts, *days) and _is_name(one)]
    told = {texts[0]: "Text", marks[0]: "Rating"}
    told |= {days[0]: "Date"} if len(days) == 1 else {}
    told |= {names[0]: "Author"} if len(names) == 1 else {}
    return [told.get(place, "") for place in range(width)]


def _is_text(column: Column) -> bool:
    said = column.share(lambda cell: bool(SENTENCE.match(cell)) and wordy(cell))
    return said >= HALF and column.different() > HALF


def _is_mark(column: Column) -> bool:
    """Whole or half stars, not always the same, in no order: lines that are counted hold no marks."""
    if column.share(is_rating) < MOST:
        return False
    given = [one[0] for cell in column.cells if is_rating(cell) and (one := rating(cell))]
    several = 1 < len(set(given)) < max(len(given), FEWEST + 2)
    return several and given != sorted(given) and all(0 < one <= HIGHEST and one * 2 == int(one * 2) for one in given)


def _is_day(column: Column) -> bool:
    written = [cell for cell in column.cells if not KEY.fullmatch(cell)]
    return len(written) >= HALF * len(column.cells) > 0 and column.share(is_date) >= MOST


def _is_name(column: Column) -> bool:
    short = column.share(lambda cell: wordy(cell) and len(cell) <= LONGEST_NAME and cell.count(" ") < MOST_GAPS)
    bare = column.share(lambda cell: not any(char.isdigit() for char in cell))
    return short >= MOST and bare >= HALF and column.different() > (1 - FEW)
