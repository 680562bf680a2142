"""A column of a table: its heading, what it says, and what stands below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gelassen.exchange.heading_words import plain, words
from gelassen.exchange.headings import Meaning, meaning
from gelassen.exchange.values import is_rating, says_nothing

MOST, HALF, FEW = 0.9, 0.5, 0.3
ENOUGH = 10
"""So many cells tell that a column holds the same thing again and again."""

KEY = re.compile(r"\d+|[0-9a-f]{16,}|[0-9a-f-]{32,}", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
AVERAGE = re.compile(r"\D{0,20}\d[.,]\d\s*(?:[(★⭐]|[^\W\d_]{3,})\D{0,20}\d[\d.,]*\D{0,20}")
"""An average and of how many: `4,7 Sterne, 611 Bewertungen`."""

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what it says, and the filled cells below it."""

    heading: str
    says: Meaning
    cells: list[str]

    def share(self, test: Callable[[str], bool]) -> float:
        """How many of the filled cells pass the test, from 0 to 1."""
        return sum(map(test, self.cells)) / len(self.cells) if self.cells else 0.0

    def different(self) -> float:
        """How many of the filled cells are different, from 0 to 1."""
        return len(set(self.cells)) / len(self.cells) if self.cells else 1.0


def column_at(place: int, heading: str, body: Sequence[Sequence[str]]) -> Column:
    """The column at a place, with the cells that say something."""
    cells = (cells[place].strip() for cells in body if place < len(cells))
    return Column(heading, meaning(heading.strip()), [cell for cell in cells if cell and not says_nothing(cell)])


def wordy(cell: str) -> bool:
    """Whether a cell holds words and not an address, a number or a date."""
    other = cell[:1] == "{" or ADDRESS.fullmatch(cell) or KEY.fullmatch(cell) or cell.casefold() in ("true", "false")
    return bool(WORD.search(cell)) and not other


def is_average(column: Column) -> bool:
    """Whether its cells tell averages of many, each with how many there are."""
    told = column.share(lambda cell: bool(AVERAGE.fullmatch(cell)) and not is_rating(cell))
    return bool(column.cells) and told >= MOST


def named(seen: Sequence[Column], names: set[str]) -> bool:
    """Whether a heading is one of the names or ends with one."""
    return any(plain(one.heading) in names or names & set(words(one.heading)[-1:]) for one in seen)
