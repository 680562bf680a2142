"""What the customer has already told us, so that nobody asks him again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from responder.reading import expressions
from responder.reading.document import Document
from responder.reading.model import Fact
from responder.reading.normalise import fold_pattern
from responder.reading.pii import Place
from responder.reading.scope import HAPPENED
from responder.reading.stated import stated

MOST_PRODUCTS = 3
KNOWN = {"order": "order", "name": "person"}
PREPOSITIONS = "in|aus|nach|Ort"
BRANCHES = "Filiale|Standort|Niederlassung|Haltestelle|Bahnhof|Richtung"
PLACE = re.compile(
    rf"\b(?:(?:{PREPOSITIONS})|(?P<branch>{BRANCHES})(?:\sin)?)\s"
    r"(?P<name>(?:(?:St\.|Bad)\s)?[A-ZÄÖÜ][a-zäöüß]{2,20}(?:-[A-ZÄÖÜ][a-zäöüß]{2,20}|(?:straße|strasse|gasse|platz))?)"
)
NEAR = 40
PROMISED = "versprochen|angekündigt|zugesagt|angegeben|vereinbart"
NOT_SO_LONG = re.compile(
    rf"\b(?:keine?|nicht(?: mal| einmal)?|statt(?: \w+){{0,2}}|(?:{PROMISED})\w*)\s$", re.IGNORECASE
)
"""What stands before a length of time or a sum that was not so, or was only promised."""
TOWNS = frozenset(expressions.words("towns.txt"))
PRODUCTS = frozenset(fold_pattern(word) for word in expressions.words("products.txt"))
SHORTEST_HEAD, SHORTEST_MODIFIER = 6, 3
MEASURES = frozenset({"duration", "amount"})
"""What an answer repeats as having happened: "six weeks" in a question or in somebody else's words is no such thing."""


def facts(document: Document, personal: list[tuple[Place, str]]) -> tuple[Fact, ...]:
    """Order number, date, time, place, person, amount, duration, room, product, what was expected and received.

    In order of place. Order numbers and persons are those found among the personal data. A fact from the title stands
    at 0–0.
    """
    known = {(KNOWN[label], place) for place, label in personal if label in KNOWN}
    told = (item for item in _found(document.written) if item[0] not in MEASURES or _happened(document, item[1]))
    found = known.union(told, _products(document))
    return tuple(_fact(document, kind, *place) for kind, place in sorted(found, key=lambda item: (item[1], item[0])))


def _happened(document: Document, place: Place) -> bool:
    before = document.written[max(0, place[0] - NEAR) : place[0]]
    return document.states(*place, HAPPENED) and not NOT_SO_LONG.search(before)


def _found(written: str) -> Iterator[tuple[str, Place]]:
    for kind, expression in expressions.load("facts", re.IGNORECASE):
        yield from ((kind, match.span(expression.groups)) for match in expression.finditer(written))
    yield from (("place", place) for place in _places(written))
    yield from stated(written)


def _products(document: Document) -> Iterator[tuple[str, Place]]:
    things = (token for token in document.words if is_product(token.word))
    return (("product", document.written_at(token.start, token.end)) for token in islice(things, MOST_PRODUCTS))


@lru_cache(maxsize=65536)
def is_product(word: str) -> bool:
    """Is the folded word a thing one can buy, or a compound that ends in one ("Ledersessel")?"""
    heads = (word[start:] for start in range(SHORTEST_MODIFIER, len(word) - SHORTEST_HEAD + 1))
    return word in PRODUCTS or any(head in PRODUCTS for head in heads)


def _fact(document: Document, kind: str, start: int, end: int) -> Fact:
    return Fact(kind, document.written[start:end].strip(), *document.written_place(start, end))


def _places(written: str) -> Iterator[Place]:
    """Known towns after a preposition, and whatever is called a branch, a stop or a station."""
    for match in PLACE.finditer(written):
        if match["branch"] or match["name"].split("-")[0] in TOWNS:
            yield match.span("name")
