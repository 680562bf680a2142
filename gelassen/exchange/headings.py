"""Which field of a post the heading of a column stands for, told by its words in several languages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gelassen.exchange.heading_words import COLUMNS, KIND_OF, plain, words
from gelassen.exchange.vocabulary import (
    ACCOUNTS,
    BEGINNINGS,
    COUNTS,
    CREATORS,
    GENITIVES,
    HOSTS,
    PARTICIPLES,
    PARTS,
    PLACES,
    SAME,
    WEAK_TEXT,
)

DEEPEST = 12
LAST = 3
"""The doubt of a part of something unknown: taken where nothing else tells."""

AT = {"at", "am", "on", "date", "time"}
"""With them a participle tells a time, whatever else is told: `comment_created_at`."""

NESTED = {
    ("author_name", "author_name"): "author_name",
    ("author_name", "first_name"): "first_name",
    ("author_name", "last_name"): "last_name",
    ("author_name", "external_id"): "author_id",
    ("author_name", "author_id"): "author_id",
    ("reply", "text"): "reply",
    ("reply", "reply"): "reply",
    ("reply", "created_at"): "reply_at",
    ("reply", "updated_at"): "reply_at",
    ("created_at", "created_at"): "created_at",
    ("created_at", "updated_at"): "updated_at",
    ("rating", "rating"): "rating",
    ("rating", "rating_best"): "rating_best",
    ("rating", "rating_worst"): "rating_worst",
}
"""What a part of a part is: the text of an answer is the answer, the id of a person is no id of a review."""

OWN_KINDS: tuple[tuple[str, str, set[str]], ...] = (
    ("updated", "updated_at", {"date", "review", "text"}),
    ("pros", "pros", {"review", "text", "person"}),
    ("cons", "cons", {"review", "text", "person"}),
    ("first", "first_name", {"name", "person"}),
    ("last", "last_name", {"name", "person"}),
    ("best", "rating_best", {"rating", "review"}),
    ("worst", "rating_worst", {"rating", "review"}),
    ("rating", "rating", {"review", "person", "overall"}),
    ("title", "title", {"review", "text"}),
    ("date", "created_at", {"review", "text", "person", "rating"}),
    ("url", "url", {"review", "text"}),
    ("language", "language", {"review", "text"}),
    ("source", "source", {"review", "text"}),
)
"""A kind of word, the field it makes of a heading, and which other kinds may stand beside it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """The field a heading stands for, and how doubtful that is: 0 for certain."""

    field: str = ""
    doubt: int = 0


def field(heading: str) -> str:
    """The field, or nothing for an unknown one. `author.name` is the name within an author."""
    return meaning(heading).field


@lru_cache(maxsize=4096)
def meaning(heading: str) -> Meaning:
    """What the heading says of the cells below it; parts of parts are divided by dots."""
    parts = heading.split(".")
    if len(parts) == 1 or len(parts) > DEEPEST or not all(parts):
        return _meaning(heading) if len(parts) <= DEEPEST else Meaning()
    while len(parts) > 1 and plain(parts[-1]) in SAME and (above := meaning(".".join(parts[:-1])).field):
        if NESTED.get((above, _meaning(parts[-1]).field), above) != above:
            break
        parts.pop()
    parts = [part for part in parts[:-1] if plain(part) not in PARTS] + parts[-1:]
    if len(parts) == 1:
        return _meaning(parts[0])
    upper, below = (_meaning(part) for part in parts[-2:])
    if len(parts) == 2 and upper.field == "author_name" and plain(parts[1]) == "name":
        return Meaning("author_name")
    if len(parts) == 2 and plain(parts[0]) in ACCOUNTS and below.field == "author_name":
        return Meaning("author_name", 1 if "display" in words(parts[1]) else 2)
    if len(parts) == 2 and upper.field == "author_name" and _is_bare(parts[1]):
        return Meaning("author_name", 1)
    if len(parts) == 2 and below.field in ("rating", "text") and not any(word in KIND_OF for word in words(parts[0])):
        return Meaning(below.field, LAST)
    return Meaning(NESTED.get((upper.field, below.field), "")) if len(parts) == 2 else Meaning()


def _is_bare(part: str) -> bool:
    """Whether the name of a part says nothing: `author.display` is the author."""
    return all(KIND_OF.get(word) == "filler" for word in words(part))


def _meaning(heading: str) -> Meaning:
    told = words(heading)
    if name := COLUMNS.get("".join(told)):
        return Meaning(name)
    if kind := KIND_OF.get("".join(told)):
        return _of_kinds({kind}, told)
    if any(word in COUNTS and told[at + 1 : at + 2] and told[at + 1] in GENITIVES for at, word in enumerate(told)):
        return Meaning()
    kinds = {KIND_OF.get(word, "") for word in told} - {"filler"}
    if kinds & {"review", "rating"}:
        kinds = {KIND_OF.get(word, "text" if word in WEAK_TEXT else "") for word in told} - {"filler"}
    return Meaning() if "" in kinds or not kinds else _of_kinds(kinds, told)


def _of_kinds(kinds: set[str], told: tuple[str, ...]) -> Meaning:
    if "reply" in kinds:
        return _reply(kinds - {"reply", "owner", "thing", "review", "text"}, told)
    if kinds - {"thing"} == {"text", "owner"} or (kinds == {"text", "thing"} and KIND_OF.get(told[0]) == "text"):
        return Meaning("reply" if set(told) & (HOSTS | GENITIVES) else "")
    if kinds == {"rating", "text"}:
        return Meaning("text" if KIND_OF.get(told[-1], "text") == "text" else "", 2 if told[-1] in WEAK_TEXT else 1)
    if "review" in kinds or (kinds >= {"person", "name"} and not CREATORS & set(told)):
        kinds = kinds - {"thing", "owner"}  # what was reviewed, and whose it is
    if kinds & {"text", "title", "rating"} and PARTICIPLES & set(told) and not AT & set(told):
        kinds = kinds - {"date"}
    if "id" in kinds:
        return _identity(kinds - {"id"})
    if kinds <= {"person", "name"}:
        return Meaning("author_name", 0 if "person" in kinds else 1)
    if _of_an_account(kinds, told):
        return Meaning()
    for kind, name, beside in OWN_KINDS:
        if kind in kinds and kinds - {kind} <= beside:
            return Meaning(name)
    return _words_of_a_customer(kinds, told)


def _of_an_account(kinds: set[str], told: tuple[str, ...]) -> bool:
    """Whether a day is that on which a person came to the portal: `author_created_utc`."""
    owned = "person" in kinds or bool(ACCOUNTS & set(told))
    return "date" in kinds and owned and not kinds & {"review", "text"} and bool(BEGINNINGS & set(told))


def _reply(rest: set[str], told: tuple[str, ...]) -> Meaning:
    if not rest:
        return Meaning("reply")
    duration = [word for word in told if KIND_OF.get(word) == "date"] == ["time"] and "updated" not in rest
    return Meaning("reply_at" if rest <= {"date", "updated"} and not duration else "")


def _identity(rest: set[str]) -> Meaning:
    if rest <= {"review", "text"}:
        return Meaning("external_id")
    return Meaning("author_id" if rest <= {"review", "person"} else "")


def _words_of_a_customer(kinds: set[str], told: tuple[str, ...]) -> Meaning:
    if kinds == {"overall"} or kinds == {"overall", "review"}:
        return Meaning("rating", 1)
    if kinds - {"review", "text", "person", "name"} or told[-1] in PLACES:
        return Meaning()
    if not kinds & {"review", "text"} or _head(told) in ("person", "name"):
        return Meaning("author_name", 0 if "person" in kinds else 1)
    return Meaning("text", 0 if "review" in kinds else 1)


def _head(told: tuple[str, ...]) -> str:
    """What the heading is about: `review author` is an author, `text of the review` and `avis client` a text."""
    named = [word for word in told if KIND_OF.get(word) != "filler"]
    first = GENITIVES & set(told) or named[-1] in ("client", "cliente", "clients")
    return KIND_OF.get(named[0] if first else named[-1], "")
