"""What the cells of a column are, whatever stands above them: sentences, marks, days, people."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC

from gelassen.exchange.column import FEW, HALF, KEY, MOST, Column, wordy
from gelassen.exchange.dates import is_date, is_vague, when
from gelassen.exchange.heading_words import ALONE
from gelassen.exchange.values import is_rating, rating

FEWEST = 3
"""Fewer lines tell nothing: they could be anything."""

HIGHEST = 5.0
LONGEST_NAME = 30
MOST_GAPS = 4
SENTENCE = re.compile(r"(?:\S+\s+){2}\S.*[.!?。！？…][\"“”»)]*\s*$|(?:\S+\s+){6}", re.DOTALL)
SMALL = set("de da do dos das del della di du la le los y e von van den der zu und and & bin al el".split())
"""Words that are small within names."""

MOODS = set(
    "positive negative neutral mixed pos neg neu positiv negativ gemischt positif négatif neutre positivo negativo "
    "neutro neutrale positiva negativa pozytywna negatywna pozytywny negatywny olumlu olumsuz nötr pozitif negatif "
    "nötral положительный отрицательный нейтральный positief negatief neutraal".split()
)
"""What programs and people call the mood of a review."""

SHOUTED = re.compile(r"[!?…;:]|\.{2,}")
OLDEST = re.compile(r"(?<!\d)(?:1[0-8]\d\d|19[0-8]\d)(?!\d)")
"""Years in which people were born and houses built, and nobody reviewed anything on the net."""


def is_sentences(column: Column) -> bool:
    """Whether most cells hold sentences, and each its own."""
    return column.share(is_sentence) >= HALF and column.different() > HALF


def is_tags(column: Column) -> bool:
    """Whether the cells are lists of words for what something is about: the same ones come again in other lines."""
    parts = [part.strip().casefold() for cell in column.cells for part in re.split(r"[;,|]", cell) if part.strip()]
    several = len(parts) > len(column.cells)
    return several and len(set(parts)) < HALF * len(parts) and max(part.count(" ") for part in parts) <= MOST_GAPS


def is_marks(column: Column) -> bool:
    """Whole or half stars, not always the same, in no order: lines that are counted hold no marks."""
    if column.share(is_rating) < MOST:
        return False
    given = [one[0] for cell in column.cells if is_rating(cell) and (one := rating(cell))]
    several = 1 < len(set(given)) < max(len(given), FEWEST + 2)
    return several and given != sorted(given) and all(0 < one <= HIGHEST and one * 2 == int(one * 2) for one in given)


def is_moods(column: Column) -> bool:
    """Whether each cell tells by a word whether somebody is content: `positive`, `negatif`, `neutral`."""
    return (
        column.different() < 1
        and len(column.cells) >= FEWEST
        and column.share(lambda cell: cell.casefold() in MOODS) >= MOST
    )


def is_days(column: Column) -> bool:
    """Whether all cells tell a day, some perhaps without the year, and none so long ago as a birthday."""
    written = [cell for cell in column.cells if not KEY.fullmatch(cell)]
    told = column.share(lambda cell: is_date(cell) or is_vague(cell))
    old = any(OLDEST.search(cell) for cell in column.cells)
    return len(written) >= HALF * len(column.cells) > 0 and told >= MOST and column.share(is_date) >= HALF and not old


def is_one_day(column: Column) -> bool:
    """Whether more than half of the cells tell the same day."""
    days = [at.date() for cell in column.cells if is_date(cell) and (at := when(cell, UTC))]
    return max(Counter(days).values(), default=0) > HALF * len(days)


def is_ago(column: Column) -> bool:
    """Whether the cells tell how long ago something was said, as portals do: `vor 3 Monaten`."""
    return column.share(lambda cell: is_vague(cell) and " " in cell) >= MOST


def is_people(column: Column) -> bool:
    """Whether the cells are short, mostly different, without digits, and written as names are."""
    short = column.share(lambda cell: wordy(cell) and len(cell) <= LONGEST_NAME and cell.count(" ") < MOST_GAPS)
    bare = column.share(lambda cell: not any(char.isdigit() for char in cell))
    return short >= MOST and bare >= HALF and column.different() > (1 - FEW) and column.share(_is_name) >= MOST


def is_sentence(cell: str) -> bool:
    """Whether a cell holds a sentence, or many words without an end."""
    return wordy(cell) and bool(SENTENCE.match(cell) or len("".join(ALONE.findall(cell))) > LONGEST_NAME)


def _is_name(cell: str) -> bool:
    parts = [part for part in cell.split() if part.casefold() not in SMALL]
    small = [part for part in parts if part[0].islower()]
    return not SHOUTED.search(cell) and (len(parts) == 1 or not small)
