"""Which field each column of a table stands for: what its heading says, checked against what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from gelassen.exchange.cells import FEWEST, is_people, is_sentences, is_tags
from gelassen.exchange.checks import checked
from gelassen.exchange.column import ENOUGH, FEW, HALF, MOST, Column, column_at, named, wordy
from gelassen.exchange.dates import is_date
from gelassen.exchange.heading_words import KIND_OF, SCALE, plain, words
from gelassen.exchange.headings import Meaning
from gelassen.exchange.inferring import infer_marks, infer_shops, infer_text, infer_traces
from gelassen.exchange.refusing import refuse
from gelassen.exchange.translations import without_languages
from gelassen.exchange.type_letters import without_types
from gelassen.exchange.values import is_rating
from gelassen.exchange.vocabulary import (
    ASKS_FOR_MARKS,
    ELSEWHERE,
    ENDS,
    LOGINS,
    NOT_WRITTEN,
    OF_WORKS,
    PLACES,
    SUBJECTS,
    VAGUE_MARKS,
    VOTED,
    WEAK_TEXT,
)

WRITTEN = ("text", "pros", "cons", "more")
"""Fields with a customer's words; `more` are answers to further questions, each told with its question."""

NUMBERED = re.compile(r"^\s*[a-zA-Z]?\d{1,3}\s?[.):\-]\s+(?=\S)")
"""The number of a question before its words: `2. Sterne`."""

NO_CELLS = 9
"""The doubt of a column with nothing below its heading: any other has a better claim."""

SEVERAL_QUESTIONS = 2
"""So many questions in the headings make a table a survey."""

MANY_WORDS = 4
"""So many gaps between words make a cell look like something that a customer wrote."""


def columns(header: Sequence[str], body: Sequence[Sequence[str]], called: bool = False) -> list[str]:
    """The field each column stands for, empty for an unknown one. Raises `WrongUse` when there is nothing to import.

    `called` tells that the lines are called reviews by what holds them: a list of `testimonials`.
    """
    names = without_languages(without_types([NUMBERED.sub("", name) for name in header]), body)
    seen = [column_at(place, name, body) for place, name in enumerate(names)]
    found = [checked(one) if one.cells else Meaning(one.says.field, NO_CELLS) for one in seen]
    if named(seen, OF_WORKS):
        found = [Meaning() if one == Meaning("author_name", 1) else one for one in found]
    if named(seen, VOTED):
        votes = [
            one.field == "rating" and bool(VAGUE_MARKS & set(words(column.heading)))
            for column, one in zip(seen, found, strict=True)
        ]
        found = [Meaning() if voted else one for voted, one in zip(votes, found, strict=True)]
    _leave_descriptions(seen, found)
    _take_names(seen, found)
    _prefer_full_names(seen, found)
    _prefer_written_as_names(seen, found)
    _take_answers(seen, found)
    _take_marks(seen, found)
    _take_words(seen, found)
    _take_advice(seen, found)
    _prefer_sentences(seen, found)
    infer_text(seen, found, called)
    _take_times(seen, found)
    infer_marks(seen, found)
    infer_traces(seen, found)
    infer_shops(seen, found)
    _prefer_own_marks(seen, found)
    found = [
        Meaning() if one.field == "external_id" and _is_shared(at, seen, body) else one for at, one in enumerate(found)
    ]
    keys = _best(found)
    refuse(seen, keys, any(key in WRITTEN for key in keys), called)
    return keys


def _leave_descriptions(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Beside what was good and what was not, a description that comes again and again is one of the writer.

    It is read only in lines that tell nothing else.
    """
    if not {"pros", "cons"} <= {one.field for one in found}:
        return
    for place, column in enumerate(seen):
        weak = found[place].field == "text" and WEAK_TEXT & set(words(column.heading))
        if weak and len(column.cells) >= ENOUGH and column.different() < MOST:
            found[place] = Meaning("description")


def _take_words(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Words of customers in columns whose headings say nothing: questions, remarks, the only sentences there are."""
    known = {one.field for one in found}
    if "text" in known:
        return
    signed = Meaning("author_name") in found or bool(known & {"created_at", "reply"})
    if not named(seen, ELSEWHERE) and (
        (known & {"rating"} and signed)
        or (Meaning("author_name") in found and "created_at" in known)
        or named(seen, SUBJECTS)
    ):
        for place, column in enumerate(seen):
            weak = WEAK_TEXT & set(words(column.heading)[-1:]) and column.share(wordy) >= HALF
            if weak and (column.different() > FEW / 3 or len(column.cells) < ENOUGH):
                found[place] = Meaning("text", 2)
                return
    rated, survey = bool(known & {"rating"}), sum(map(_asks, seen)) >= SEVERAL_QUESTIONS
    asked = [place for place, column in enumerate(seen) if _is_answer(column, found[place], rated, survey)]
    only = len(asked) == 1 and not known & {"pros", "cons"}
    for place in asked:
        found[place] = Meaning("text" if only else "more", 2)


def _take_advice(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Beside what was good and what was not, further sentences of the same people: `advice`, `Vorschläge`."""
    if not {"pros", "cons"} <= {one.field for one in found}:
        return
    for place, column in enumerate(seen):
        told = set(words(column.heading))
        other = told & (NOT_WRITTEN | WEAK_TEXT | ELSEWHERE) or "translated" in told
        if not found[place].field and column.cells and not other and is_sentences(column) and not is_tags(column):
            found[place] = Meaning("more", 2)


def _prefer_sentences(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Of two columns of words, the one with sentences: `Bewertung` over `sehr gut`, `schlecht` is a mark in words."""
    told = [place for place, one in enumerate(found) if one.field == "text" and seen[place].cells]
    sentences = [place for place in told if is_sentences(seen[place])]
    alike = {seen[place].heading for place in sentences}
    for place in told if sentences else ():
        few = seen[place].share(lambda cell: cell.count(" ") > 1) < FEW
        own = seen[place].heading not in alike and len(seen[place].cells) >= FEWEST
        if own and few and seen[place].different() < MOST:
            found[place] = Meaning()


def _take_answers(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Where reviews are called reviews, comments with days of their own are the answers, and where they are called
    content, comments on some of them.
    """
    comments = {one.field: place for place, one in enumerate(found) if words(seen[place].heading)[:1] == ("comment",)}
    reviewed = any(one == Meaning("text") and seen[place].cells for place, one in enumerate(found))
    content = next((place for place, column in enumerate(seen) if words(column.heading) == ("content",)), None)
    if content is not None and "text" in comments and len(seen[comments["text"]].cells) < len(seen[content].cells):
        found[comments["text"]] = Meaning("reply", 1)
    if reviewed and {"text", "created_at"} <= comments.keys() and "reply" not in {one.field for one in found}:
        found[comments["text"]], found[comments["created_at"]] = Meaning("reply", 1), Meaning("reply_at", 1)


def _take_marks(seen: Sequence[Column], found: list[Meaning]) -> None:
    """The first question that is answered with marks, and the rating of what the text is about: `Service Rating`."""
    if any(one.field == "rating" for one in found):
        return
    about = {words(column.heading)[:-1] for column, one in zip(seen, found, strict=True) if one == Meaning("text")} - {
        ()
    }
    scaled = [column for column in seen if SCALE.search(column.heading)][:1]
    for place, column in enumerate(seen):
        told = words(column.heading)
        asks = scaled == [column] or any(word.startswith(ASKS_FOR_MARKS) and not word.endswith("id") for word in told)
        rates = told[:-1] in about and KIND_OF.get(told[-1]) == "rating"
        if not found[place].field and (asks or rates) and column.share(is_rating) >= MOST and _are_marks(column.cells):
            found[place] = Meaning("rating", 2)
            return


def _are_marks(cells: Sequence[str]) -> bool:
    """Whether numbers could be marks: no yes or no, and no numbers of lines that are counted up."""
    numbers = [int(cell) for cell in cells if cell.isdigit()]
    counted = len(numbers) == len(cells) >= FEWEST and all(b - a == 1 for a, b in pairwise(numbers))
    return not set(cells) <= {"0", "1"} and not counted


def _take_names(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Of several columns of text, one with names beside one with sentences tells who wrote: `Review Display`."""
    told = [place for place, one in enumerate(found) if one.field == "text"]
    if not any(is_sentences(seen[place]) for place in told):
        return
    for place in told:
        if not is_sentences(seen[place]) and is_people(seen[place]) and len(seen[place].cells) >= FEWEST:
            found[place] = Meaning("author_name", 2)


def _prefer_full_names(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Where people have a name beside the one with which they log in, the name is theirs."""
    logins = [place for place, one in enumerate(found) if one.field == "author_name" and LOGINS & _plain(seen[place])]
    full = [place for place, one in enumerate(found) if one == Meaning("author_name", 1) and _is_full(seen[place])]
    if full and logins:
        found[full[0]] = Meaning("author_name")
        for place in logins:
            found[place] = Meaning("author_name", 1)


def _prefer_written_as_names(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Of two columns of names the one written as names are: `von` over `shop`, `chef` tells of a side."""
    told = [place for place, one in enumerate(found) if one.field == "author_name"]
    sure = [place for place in told if not found[place].doubt]
    written = [place for place in told if found[place].doubt and seen[place].share(_begins_great) >= HALF]
    if sure and written and all(seen[place].cells and not seen[place].share(_begins_great) for place in sure):
        found[written[0]] = Meaning("author_name")
        for place in sure:
            found[place] = Meaning()


def _begins_great(cell: str) -> bool:
    return cell[:1].isupper()


def _is_full(column: Column) -> bool:
    return column.share(lambda cell: " " in cell) >= HALF and is_people(column)


def _plain(column: Column) -> set[str]:
    return {plain(column.heading), *words(column.heading)}


def _take_times(seen: Sequence[Column], found: list[Meaning]) -> None:
    """In a survey it is the customer who responds: without an answer of ours its date is the date of the review.

    Of the beginning and the end of a survey the end tells.
    """
    known = {one.field for one in found}
    if "created_at" not in known and any(map(_asks, seen)):
        ends = (place for place, column in enumerate(seen) if ENDS & set(words(column.heading)))
        ended = next((place for place in ends if not found[place].field and seen[place].share(is_date) >= MOST), None)
        if ended is not None:
            found[ended] = Meaning("created_at", 1)
            return
    if "reply" not in known and "created_at" not in known:
        found[:] = [Meaning("created_at", 1) if one.field == "reply_at" else one for one in found]


def _prefer_own_marks(seen: Sequence[Column], found: list[Meaning]) -> None:
    """Of two columns of ratings the one that changes from line to line: the other tells the average of a place."""
    rated = [place for place, one in enumerate(found) if one.field == "rating"]
    changes = {place: sum(map(str.__ne__, seen[place].cells, seen[place].cells[1:])) for place in rated}
    for place in rated:
        if changes[place] * 2 < max(changes.values()):
            found[place] = Meaning()


def _is_shared(place: int, seen: Sequence[Column], body: Sequence[Sequence[str]]) -> bool:
    """Whether an id comes again at another place (`restaurantId`): it counts the reviews of each place for itself."""
    places = [at for at, one in enumerate(seen) if at != place and _tells_place(one)]
    told: dict[str, set[str]] = {}
    for cells in body:
        if place < len(cells) and cells[place].strip():
            told.setdefault(cells[place].strip(), set()).add(" ".join(cells[at] for at in places if at < len(cells)))
    return any(len(one) > 1 for one in told.values())


def _tells_place(column: Column) -> bool:
    """Whether a heading speaks of what is reviewed, by name or number."""
    kinds = {KIND_OF.get(word, "") for word in words(column.heading)}
    return bool(kinds & {"thing", "owner"}) and kinds <= {"thing", "owner", "name", "id", "filler"}


def _is_answer(column: Column, found: Meaning, rated: bool, survey: bool) -> bool:
    """Whether a column holds sentences, under a question or beside a rating; in a survey few words are an answer."""
    asked, told = _asks(column), words(column.heading)
    if found.field or ((NOT_WRITTEN | PLACES) & set(told) and not (asked and len(told) >= MANY_WORDS)):
        return False
    if survey and column.share(wordy) >= MOST and column.share(lambda cell: " " in cell) >= HALF:
        return column.different() > HALF and not is_people(column) and column.share(is_date) < HALF
    sentences = column.share(lambda cell: cell.count(" ") >= MANY_WORDS)
    return (asked or rated) and sentences >= (FEW / 3 if asked else FEW) and column.different() > HALF


def _asks(column: Column) -> bool:
    """Whether the heading is a question, perhaps with a scale behind it, or a sentence to be ended."""
    told = SCALE.sub("", column.heading).rstrip()
    return told.endswith("?") or (told.endswith((":", "…")) and told.count(" ") >= MANY_WORDS)


def _best(found: Sequence[Meaning]) -> list[str]:
    """The field of each column, if no other column has a better claim to it."""
    surest: dict[str, int] = {}
    for one in found:
        surest[one.field] = min(one.doubt, surest.get(one.field, one.doubt))
    return [one.field if one.doubt == surest[one.field] else "" for one in found]
