"""What a heading says of a column, checked against its cells: a `Note` over words is no mark."""

from __future__ import annotations

import re
from collections.abc import Callable

from gelassen.exchange.cells import is_sentence
from gelassen.exchange.column import ADDRESS, ENOUGH, FEW, HALF, KEY, MOST, Column, is_average, wordy
from gelassen.exchange.dates import is_date, is_vague
from gelassen.exchange.heading_words import words
from gelassen.exchange.headings import Meaning
from gelassen.exchange.values import is_rating, rating
from gelassen.exchange.vocabulary import MANY, SEVERAL, WAYS

STARS = 5.0
NEVER_DAYS = {"rating", "author_name"}
"""What is never told by a day: such a column has the wrong heading, and says when."""

COMPUTED = re.compile(r"-?[01]?[.,]\d{3,}")
"""A number that a program made of words: nobody gives 0,8316."""

SHARE = re.compile(r"-?(?:0?[.,]\d+|0|1(?:[.,]0+)?)")
FRACTION = re.compile(r"[.,]0*[1-9]")
"""Nobody gives 0,98 of five stars, and all others as little."""

PATH = re.compile(r"(?:[^\s/]+/){2,}[^\s/]+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")
"""What addresses are made of, of goods more often than of people: `lampe-nord`."""

VOTES_LOST = re.compile(r"-(?:[2-9]|\d{2,})")
"""More votes against than for; -1 may stand for nothing."""

SLIPS = 0.05
"""A share of cells so small that slips of the pen explain it."""

YES_OR_NO = set("yes no true false ja nein oui non si sì sí sim nao não evet 0 1".split())
ANSWERED = re.compile(
    r"\b(?:has|have|hat|not|wurde|was)\b.{0,20}\b(?:responded|replied|answered|beantwortet|geantwortet)\b"
)
"""That there is an answer, not what it says."""


def checked(column: Column) -> Meaning:
    """What the heading says, unless the cells say otherwise."""
    check = CHECKS.get(column.says.field)
    if column.says.field in NEVER_DAYS and column.share(is_date) >= MOST:
        return Meaning("created_at", 1)
    return check(column) if check and column.cells else column.says


def _text(column: Column) -> Meaning:
    if column.share(is_rating) >= MOST:
        return Meaning() if _counts(column) else Meaning("rating", 2)
    return column.says if column.share(wordy) >= HALF and not is_average(column) else Meaning()


def _counts(column: Column) -> bool:
    """Whether the numbers below `comments` or `reviews` say how many there are."""
    several = set(words(column.heading)[-1:])
    return bool(several & SEVERAL) or (
        bool(several & MANY) and any(not 0 < _first(cell) <= STARS for cell in column.cells)
    )


def _first(cell: str) -> float:
    return (rating(cell) or (0.0, None))[0] if is_rating(cell) else 0.0


def _rating(column: Column) -> Meaning:
    if column.share(is_rating) >= HALF:
        shares = column.share(lambda cell: bool(SHARE.fullmatch(cell))) == 1 and any(map(FRACTION.search, column.cells))
        made = shares or column.share(lambda cell: bool(COMPUTED.fullmatch(cell))) > HALF
        return Meaning() if made or _votes(column) else column.says
    return Meaning("text", 3) if column.share(wordy) >= MOST and not is_average(column) else Meaning()


def _votes(column: Column) -> bool:
    """Whether votes are counted: some lost ones among whole numbers. A slip among marks with fractions is a slip."""
    lost = column.share(lambda cell: bool(VOTES_LOST.fullmatch(cell)))
    marks = column.share(lambda cell: bool(FRACTION.search(cell))) >= HALF
    return lost > (SLIPS if marks else 0)


def _date(column: Column) -> Meaning:
    """Days; a year alone among them, or how long ago it was, is as good as an empty cell."""
    readable = column.share(is_date)
    told = column.share(lambda cell: is_date(cell) or is_vague(cell))
    return Meaning(column.says.field, column.says.doubt + (told < 1)) if readable and told >= HALF else Meaning()


def _author(column: Column) -> Meaning:
    """A bare `Name` that comes again and again names what was reviewed."""
    repeats = len(column.cells) >= ENOUGH * 2 and column.different() < HALF
    if {cell.casefold() for cell in column.cells} <= YES_OR_NO or column.share(_is_path) >= MOST:
        return Meaning()
    if column.share(lambda cell: bool(KEY.fullmatch(cell))) >= MOST:
        return Meaning("author_id", 1)
    if column.share(is_sentence) >= HALF and column.different() > HALF and not column.share(is_rating):
        return Meaning("text", 2)
    if column.share(lambda cell: bool(SLUG.fullmatch(cell))) >= MOST:
        return Meaning("author_name", 2)
    return Meaning() if column.says.doubt and repeats else column.says


def _is_path(cell: str) -> bool:
    return bool(PATH.fullmatch(cell))


def _answer(column: Column) -> Meaning:
    told_about = column.share(lambda cell: bool(ANSWERED.search(cell))) >= HALF
    return column.says if column.share(wordy) >= HALF and not told_about else Meaning()


def _title(column: Column) -> Meaning:
    """A bare `Title` that stays the same over many lines names what was reviewed."""
    changes = sum(map(str.__ne__, column.cells, column.cells[1:]))
    stays = changes < FEW * len(column.cells) if len(column.cells) >= ENOUGH else not changes and len(column.cells) > 1
    bare = len(words(column.heading)) == 1
    return column.says if column.share(wordy) >= HALF and not (bare and stays) else Meaning()


def _praise(column: Column) -> Meaning:
    return column.says if column.share(wordy) >= HALF else Meaning()


def _id(column: Column) -> Meaning:
    repeats = len(column.cells) >= ENOUGH and column.different() < MOST
    return Meaning() if repeats else column.says


def _source(column: Column) -> Meaning:
    ways = column.share(lambda cell: cell.casefold() in WAYS)
    return Meaning() if ways or ADDRESS.fullmatch(column.cells[0]) else column.says


CHECKS: dict[str, Callable[[Column], Meaning]] = {
    "text": _text,
    "pros": _praise,
    "cons": _praise,
    "rating": _rating,
    "created_at": _date,
    "updated_at": _date,
    "reply_at": _date,
    "reply": _answer,
    "author_name": _author,
    "title": _title,
    "external_id": _id,
    "source": _source,
}
