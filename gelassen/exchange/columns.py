"""Which field each column of a table stands for: what its heading says, checked against what stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gelassen.errors import WrongUse
from gelassen.exchange.dates import is_date
from gelassen.exchange.headings import Meaning, meaning, plain, words
from gelassen.exchange.values import is_rating, says_nothing
from gelassen.exchange.vocabulary import (
    ASKS_FOR_MARKS,
    COUNTS,
    ELSEWHERE,
    KINDS,
    NOT_WRITTEN,
    OF_WORKS,
    REACHED,
    WAYS,
    WEAK_TEXT,
)

WRITTEN = ("text", "pros", "cons", "more")
"""Fields with a customer's words; `more` are answers to further questions, each told with its question."""

MOST, HALF, FEW = 0.9, 0.5, 0.3
ENOUGH = 10
"""So many cells tell that a column holds the same thing again and again."""

FEW_COLUMNS = 3
MANY_WORDS = 4
"""So many gaps between words make a cell look like something that a customer wrote."""

KEY = re.compile(r"\d+|[0-9a-f]{16,}|[0-9a-f-]{32,}", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]{2,}|[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+", re.IGNORECASE)
ANSWERED = re.compile(
    r"\b(?:has|have|hat|not|wurde|was)\b.{0,20}\b(?:responded|replied|answered|beantwortet|geantwortet)\b"
)
"""That there is an answer, not what it says."""

REVIEW_WORDS = set(KINDS["review"].split())


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


def columns(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The field each column stands for, empty for an unknown one. Raises `WrongUse` when there is nothing to import."""
    seen = [_column(place, name, body) for place, name in enumerate(header)]
    found = [_checked(column) for column in seen]
    if _named(seen, OF_WORKS):
        found = [Meaning() if one == Meaning("author_name", 1) else one for one in found]
    _take_marks(seen, found)
    _take_words(seen, found)
    _take_times(found)
    _prefer_own_marks(seen, found)
    keys = [_best(one, found) for one in found]
    _refuse(seen, keys)
    return keys


def wordy(cell: str) -> bool:
    """Whether a cell holds words and not an address, a number or a date."""
    other = ADDRESS.fullmatch(cell) or KEY.fullmatch(cell) or cell.casefold() in ("true", "false")
    return bool(WORD.search(cell)) and not other


def _column(place: int, heading: str, body: Sequence[Sequence[str]]) -> Column:
    cells = (cells[place].strip() for cells in body if place < len(cells))
    return Column(heading, meaning(heading.strip()), [cell for cell in cells if cell and not says_nothing(cell)])


def _checked(column: Column) -> Meaning:
    """What the heading says, unless the cells say otherwise."""
    check = CHECKS.get(column.says.field)
    return check(column) if check and column.cells else column.says


def _text(column: Column) -> Meaning:
    if column.share(is_rating) >= MOST:
        return Meaning("rating", 2)
    return column.says if column.share(wordy) >= HALF else Meaning()


def _rating(column: Column) -> Meaning:
    if column.share(is_rating) >= HALF:
        return column.says
    return Meaning("text", 3) if column.share(wordy) >= MOST else Meaning()


def _date(column: Column) -> Meaning:
    readable = column.share(is_date)
    return Meaning(column.says.field, column.says.doubt + (readable < 1)) if readable >= HALF else Meaning()


def _author(column: Column) -> Meaning:
    """A bare `Name` that comes again and again names what was reviewed."""
    repeats = len(column.cells) >= ENOUGH * 2 and column.different() < HALF
    if column.share(lambda cell: bool(KEY.fullmatch(cell))) >= MOST:
        return Meaning("author_id", 1)
    return Meaning() if column.says.doubt and repeats else column.says


def _answer(column: Column) -> Meaning:
    told_about = column.share(lambda cell: bool(ANSWERED.search(cell))) >= HALF
    return column.says if column.share(wordy) >= HALF and not told_about else Meaning()


def _title(column: Column) -> Meaning:
    return column.says if column.share(wordy) >= HALF else Meaning()


def _id(column: Column) -> Meaning:
    repeats = len(column.cells) >= ENOUGH and column.different() < MOST
    return Meaning() if repeats else column.says


def _source(column: Column) -> Meaning:
    ways = column.share(lambda cell: cell.casefold() in WAYS)
    return Meaning() if ways or ADDRESS.fullmatch(column.cells[0]) else column.says


CHECKS: dict[str, Callable[[Column], Meaning]] = {
    "text": _text,
    "pros": _title,
    "cons": _title,
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


def _take_words(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Words of customers in columns whose headings say nothing: questions, remarks, the only sentences there are."""
    known = {one.field for one in found}
    if "text" in known:
        return
    if not _named(seen, ELSEWHERE):
        for place, column in enumerate(seen):
            if WEAK_TEXT & set(words(column.heading)[-1:]) and "title" in known | {""} and column.share(wordy) >= HALF:
                found[place] = Meaning("text", 2)
                return
    asked = [place for place, column in enumerate(seen) if _is_answer(column, found[place], bool(known & {"rating"}))]
    only = len(asked) == 1 and not known & {"pros", "cons"}
    for place in asked:
        found[place] = Meaning("text" if only else "more", 2)


def _take_marks(seen: Sequence[Column], found: list[Meaning]) -> None:
    """The first question that is answered with marks, where no column is called a rating."""
    if any(one.field == "rating" for one in found):
        return
    for place, column in enumerate(seen):
        asks = any(word.startswith(ASKS_FOR_MARKS) for word in words(column.heading))
        if not found[place].field and asks and column.share(is_rating) >= MOST:
            found[place] = Meaning("rating", 2)
            return


def _take_times(found: list[Meaning]) -> None:
    """In a survey it is the customer who responds: without an answer of ours its date is the date of the review."""
    known = {one.field for one in found}
    if "reply" not in known and "created_at" not in known:
        found[:] = [Meaning("created_at", 1) if one.field == "reply_at" else one for one in found]


def _prefer_own_marks(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Of two columns of ratings the one that changes from line to line: the other tells the average of a place."""
    rated = [place for place, one in enumerate(found) if one.field == "rating"]
    changes = {place: sum(map(str.__ne__, seen[place].cells, seen[place].cells[1:])) for place in rated}
    for place in rated:
        if changes[place] * 2 < max(changes.values()):
            found[place] = Meaning()


def _is_answer(column: Column, found: Meaning, rated: bool) -> bool:
    """Whether a column holds sentences, under a question or beside a rating."""
    if found.field or (words(column.heading) and NOT_WRITTEN & set(words(column.heading))):
        return False
    asked = column.heading.rstrip().endswith("?")
    sentences = column.share(lambda cell: cell.count(" ") >= MANY_WORDS)
    return (asked or rated) and sentences >= (FEW / 3 if asked else FEW) and column.different() > HALF


def _best(one: Meaning, found: Sequence[Meaning]) -> str:
    """The field, if no other column has a better claim to it."""
    surest = min((other.doubt for other in found if other.field == one.field), default=0)
    return one.field if one.doubt == surest else ""


def _refuse(seen: Sequence[Column], keys: Sequence[str]) -> None:
    """Lists of goods, contacts, orders and averages are no reviews. Raises `WrongUse`."""
    names = ", ".join(column.heading for column in seen) or "an empty file"
    written = any(key in WRITTEN for key in keys)
    if not written and "rating" not in keys:
        raise WrongUse(
            f"No column with a text or a rating was found in: {names[:1000]}. "
            "The first line must name the columns, for example Datum;Name;Sterne;Text."
        )
    alone = not set(keys) & {"rating", "author_name", "created_at", "title", "url", "reply"}
    doubt = min(
        (one.says.doubt for one, key in zip(seen, keys, strict=True) if key == one.says.field == "text"), default=9
    )
    signed = "rating" in keys or ("author_name" in keys and not _named(seen, ELSEWHERE - REACHED))
    if (
        _named(seen, ELSEWHERE)
        and doubt
        and not (signed and doubt == 1)
        and not (written and {"rating", "author_name"} <= set(keys))
    ):
        raise WrongUse(f"This looks like a list of goods, orders, contacts or events, not of reviews: {names[:1000]}.")
    if alone and len(seen) > FEW_COLUMNS and "text" in keys and doubt:
        raise WrongUse(f"Nothing in it tells that customers wrote it: {names[:1000]}.")
    if not written and (_counted(seen) or ("author_name" in keys and "created_at" not in keys and "title" in keys)):
        raise WrongUse(f"The ratings in it look like averages of many, not like reviews: {names[:1000]}.")


def _named(seen: Sequence[Column], names: set[str]) -> bool:
    return any(plain(column.heading) in names or names & set(words(column.heading)[-1:]) for column in seen)


def _counted(seen: Sequence[Column]) -> bool:
    """Whether a column counts reviews: `review_count`, `Anzahl Bewertungen`."""
    said = [set(words(column.heading)) for column in seen]
    return any(COUNTS & told and (REVIEW_WORDS | {"rating", "ratings"}) & told for told in said)
