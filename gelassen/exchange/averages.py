"""Averages of many and counts of what was said, told from marks and words that somebody gave."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gelassen.exchange.column import ENOUGH, HALF, Column, is_average, named
from gelassen.exchange.heading_words import KIND_OF, plain, words
from gelassen.exchange.kinds import KINDS
from gelassen.exchange.vocabulary import COUNTS, HOW_OFTEN, MANY, OF_WORKS

REVIEW_WORDS = set(KINDS["review"].split())
FRACTION = re.compile(r"\d+[.,](?!0*$|50*$)\d+")
"""A mark that is neither whole nor half: the average of many."""


def of_averages(seen: Sequence[Column], keys: Sequence[str], written: bool) -> bool:
    """Whether the marks, with no words told beside them, are averages of things or people."""
    named_things = "author_name" in keys or any(map(names_things, seen))
    bare = not written and "created_at" not in keys
    things = named_things and bare and "title" in keys
    fractions = bare and any(map(_in_fractions, under(seen, keys, "rating")))
    return things or fractions or _counted(seen) or (named(seen, OF_WORKS) and not written)


def counts_remarks(seen: Sequence[Column], keys: Sequence[str]) -> bool:
    """Whether the same few words come again and again without anybody who said them, and are counted."""
    if {"rating", "author_name", "author_id"} & set(keys) or not named(seen, HOW_OFTEN):
        return False
    return any(len(one.cells) >= ENOUGH and one.different() < HALF for one in under(seen, keys, "text"))


def names_things(column: Column) -> bool:
    """Whether a heading says that the cells name what is reviewed: `hotel_name`, `Restaurant`."""
    kinds = {KIND_OF.get(word, "") for word in words(column.heading)}
    return bool(kinds & {"thing", "owner"}) and kinds <= {"thing", "owner", "name", "title", "filler"}


def under(seen: Sequence[Column], keys: Sequence[str], field: str) -> list[Column]:
    """The columns of a field."""
    return [one for one, key in zip(seen, keys, strict=True) if key == field]


def _in_fractions(column: Column) -> bool:
    return column.share(lambda cell: bool(FRACTION.fullmatch(cell))) > HALF


def _counted(seen: Sequence[Column]) -> bool:
    """Whether a column counts reviews: `review_count`, `Anzahl Bewertungen`. One that hardly says anything does not."""
    longest = max((len(one.cells) for one in seen), default=0)
    counts = [one for one in seen if sum(bool(cell.strip("0.,")) for cell in one.cells) > HALF * longest]
    said = [set(words(one.heading)) for one in counts]
    if any(COUNTS & told and (REVIEW_WORDS | {"rating", "ratings"}) & told for told in said):
        return True
    if any(map(is_average, seen)):
        return True
    many = [one for one in seen if plain(one.heading) in MANY]
    return any(one.share(lambda cell: cell.isdigit() and int(cell) > ENOUGH) > HALF for one in many)
