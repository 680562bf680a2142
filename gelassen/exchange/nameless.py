"""Tables without a line that names their columns: what stands in the cells tells, or nothing does."""

from __future__ import annotations

from collections.abc import Sequence

from gelassen.exchange.cells import FEWEST, LONGEST_NAME, is_days, is_marks, is_people, is_sentences
from gelassen.exchange.column import HALF, MOST, Column, column_at, wordy
from gelassen.exchange.heading_words import words
from gelassen.exchange.inferring import is_opinions

REVIEWS = set("review reviews rezension rezensionen bewertung bewertungen recensione recensioni testimonial".split())


def names_by_cells(lines: Sequence[Sequence[str]]) -> list[str]:
    """Headings for columns of sentences, stars, days and names; none when these are not reviews beyond doubt."""
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    width = len(lines[0]) if lines else 0
    if len(lines) < FEWEST or not width or any(len(line) != width for line in lines):
        return []
    seen = [column_at(place, "", lines) for place in range(width)]
    marks = [place for place, one in enumerate(seen) if is_marks(one)]
    days = [place for place, one in enumerate(seen) if is_days(one)]
    texts = sorted((at for at, one in enumerate(seen) if is_sentences(one)), key=lambda at: -_length(seen[at]))
    titled = [at for at, one in enumerate(seen) if texts and at not in days and _is_title(one, seen[texts[0]])]
    if not texts or len(marks) > 1 or set(texts[1:]) - set(titled) or len(titled) > 1:
        return []
    if (
        not marks
        and not is_opinions(seen[texts[0]], seen)
        and not (len(days) == 1 and _speak_of_reviews(lines, texts[0]))
    ):
        return []
    rest = [place for place in range(width) if place not in (*texts, *days, *titled)]
    names = [place for place in rest if is_people(seen[place])]
    told = {texts[0]: "Text"} | dict.fromkeys(marks, "Rating") | dict.fromkeys(titled, "Title")
    told |= {days[0]: "Date"} if len(days) == 1 else {}
    told |= {names[0]: "Author"} if len(names) == 1 else {}
    return [told.get(place, "") for place in range(width)]


def _speak_of_reviews(lines: Sequence[Sequence[str]], text: int) -> bool:
    """Whether the lines call themselves reviews beside the text: in an address, a title, a kind."""
    beside = [{word for place, cell in enumerate(line) if place != text for word in words(cell)} for line in lines]
    return sum(bool(REVIEWS & told) for told in beside) >= MOST * len(lines)


def _length(column: Column) -> float:
    return sum(map(len, column.cells)) / max(len(column.cells), 1)


def _is_title(column: Column, text: Column) -> bool:
    """Whether it holds words of its own in each line, much shorter than the text and no names."""
    own = column is not text and column.share(wordy) >= MOST and column.different() > HALF
    spaced = column.share(lambda cell: " " in cell or len(cell) <= LONGEST_NAME) >= MOST
    return own and spaced and not is_people(column) and _length(column) * 2 < _length(text)
