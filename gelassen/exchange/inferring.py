"""Columns whose headings say nothing, told by their cells as a reader tells them who does not know the language."""

from __future__ import annotations

from collections.abc import Sequence

from gelassen.exchange.cells import (
    FEWEST,
    HIGHEST,
    is_ago,
    is_days,
    is_marks,
    is_moods,
    is_one_day,
    is_people,
    is_sentences,
)
from gelassen.exchange.column import HALF, MOST, Column, named, wordy
from gelassen.exchange.heading_words import KIND_OF, folded, words
from gelassen.exchange.headings import Meaning
from gelassen.exchange.opinions import is_mixed, judges
from gelassen.exchange.values import is_rating, rating
from gelassen.exchange.vocabulary import (
    COUNTED,
    COUNTS,
    ELSEWHERE,
    HOW_OFTEN,
    MANY,
    NOT_WRITTEN,
    OF_ARTICLES,
    OF_WORK,
    OF_WORKS,
    OWN_DAYS,
    OWN_REACH,
    SPEAKING,
    WEAK_TEXT,
)

PROGRAMS = {"app", "apps", "application", "plugin", "extension", "addon"}
SHOPS = {("store",), ("shop",), ("merchant",)}
GUESSED = 2
CLEARLY = 2
"""So many times as much stands in the text as in any other column of sentences."""


def infer_text(seen: Sequence[Column], found: list[Meaning], called: bool = False) -> None:
    """The column with the sentences, where people and days beside it or its own heading show that customers speak, or
    what holds the lines (`called`).
    """
    known = {one.field for one in found}
    if known & {"text", "pros", "cons", "more"} or named(seen, ELSEWHERE | OF_ARTICLES | OF_WORKS | OWN_REACH):
        return
    told = [at for at in _unknown(seen, found) if _is_said(seen[at], seen) and not _elsewhere(seen[at])]
    most = sorted(told, key=lambda at: -sum(map(len, seen[at].cells)))
    for place in most:
        if _speaks(seen[place]) or (
            place == most[0]
            and (called or _signed(seen, found) or is_opinions(seen[place], seen))
            and _outweighs(seen, most)
        ):
            found[place] = Meaning("text", GUESSED)
            return


def _is_said(column: Column, seen: Sequence[Column]) -> bool:
    """Whether the cells are sentences, or judge in few words, each in its own."""
    several = column.share(lambda cell: wordy(cell) and cell.count(" ") > 1) >= HALF and column.different() > HALF
    return is_sentences(column) or (several and is_opinions(column, seen))


def is_opinions(column: Column, seen: Sequence[Column]) -> bool:
    """Whether customers speak in a column: they judge, for good and for bad, or stars or moods beside it tell so."""
    if len(column.cells) < FEWEST or not judges(column):
        return False
    return is_mixed(column) or any(_stars(one) or is_moods(one) for one in seen)


def infer_marks(seen: Sequence[Column], found: list[Meaning]) -> None:
    """The stars beside a text, where no heading claims to tell them and one column alone holds one to five."""
    claimed = {one.field for one in found} | {one.says.field for one in seen if one.cells}
    if "rating" not in claimed and "text" in {one.field for one in found}:
        marks = [at for at in _unknown(seen, found) if is_marks(seen[at])]
        _only(found, "rating", marks if all(_stars(seen[at]) for at in marks) else [])


def _stars(column: Column) -> bool:
    given = {rating(cell) for cell in column.cells if is_rating(cell)} if is_marks(column) else set()
    counted = set(words(column.heading)) & (COUNTED | HOW_OFTEN | COUNTS | MANY)
    return bool(given) and not counted and _says_nothing(column) and (HIGHEST in {one[0] for one in given if one})


def infer_traces(seen: Sequence[Column], found: list[Meaning]) -> None:
    """When a text was written and by whom, where no heading claims to tell it and one column alone can.

    Names are taken only beside a mark or a day, for places and goods are called as people are.
    """
    claimed = {one.field for one in found} | {one.says.field for one in seen if one.cells}
    if "text" not in {one.field for one in found}:
        return
    if "created_at" not in claimed:
        _only(found, "created_at", [at for at in _unknown(seen, found) if _dates(seen[at])])
    dated = {one.field for one in found} & {"created_at", "rating"}
    if dated and not claimed & {"author_name", "first_name", "author_id"}:
        _only(found, "author_name", [at for at in _unknown(seen, found) if _names(seen[at])])


def infer_shops(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Where programs are reviewed, the shops that use them are the customers: `Store` beside `Application Name`."""
    claimed = {one.field for one in found} | {one.says.field for one in seen if one.cells}
    of_programs = any(PROGRAMS & set(words(one.heading)) for one in seen)
    if of_programs and not claimed & {"author_name", "first_name", "author_id"} and "text" in claimed:
        _only(found, "author_name", [at for at in _unknown(seen, found) if _is_shop(seen[at])])


def _is_shop(column: Column) -> bool:
    return words(column.heading)[:1] in SHOPS and len(words(column.heading)) <= 2 and column.different() >= MOST


def _only(found: list[Meaning], field: str, places: Sequence[int]) -> None:
    if len(places) == 1:
        found[places[0]] = Meaning(field, GUESSED)


def _unknown(seen: Sequence[Column], found: Sequence[Meaning]) -> list[int]:
    return [at for at, one in enumerate(found) if not one.field and seen[at].cells]


def _signed(seen: Sequence[Column], found: Sequence[Meaning]) -> bool:
    """Whether names and days stand beside it, one of them under its own heading; or how long ago it was said.

    Without any heading that is understood a list of tasks looks the same.
    """
    fields, rest = {one.field for one in found}, _unknown(seen, found)
    people, days = bool(fields & {"author_name", "first_name"}), "created_at" in fields
    both = (people or any(_names(seen[at]) for at in rest)) and (days or any(_dates(seen[at]) for at in rest))
    return (both and (people or days)) or any(is_ago(seen[at]) for at in rest)


def _outweighs(seen: Sequence[Column], places: Sequence[int]) -> bool:
    first, *rest = (sum(map(len, seen[at].cells)) for at in places)
    return not rest or first >= CLEARLY * rest[0]


def _speaks(column: Column) -> bool:
    """Whether a heading begins as words for comments and reviews do, in whatever form: `Comente`."""
    return len(words(column.heading)) == 1 and folded(column.heading.strip()).startswith(SPEAKING)


def _dates(column: Column) -> bool:
    """Whether it tells days, and not the one day on which a program made the list."""
    own = bool(OWN_DAYS & set(words(column.heading)))
    return not own and _says_nothing(column) and is_days(column) and not is_one_day(column)


def _names(column: Column) -> bool:
    """Whether it tells people: names of places and goods come again, or have one word."""
    full = column.share(lambda cell: " " in cell) >= HALF and column.different() >= MOST
    return _says_nothing(column) and len(column.cells) >= FEWEST and full and is_people(column)


def _says_nothing(column: Column) -> bool:
    """Whether no word of the heading is known: one known word with others means something else: `Scraped At`."""
    told = words(column.heading)
    return bool(told) and not any(KIND_OF.get(word, "filler") != "filler" for word in told) and not _elsewhere(column)


def _elsewhere(column: Column) -> bool:
    return bool((NOT_WRITTEN | WEAK_TEXT | OF_WORK) & set(words(column.heading)))
