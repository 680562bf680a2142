"""C7: only what the business's catalogue allows is promised, and not more of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from responder.tone.context import Context
from responder.tone.data import load
from responder.tone.granted import granted, near, over, shares
from responder.tone.hits import Hit
from responder.tone.patterns import compiled, shape
from responder.tone.reply import Reply, Sentence
from responder.tone.stems import content_stems

_BORDER = re.compile(r"[,;:–](?=\s)|\s-\s|\b(?:und|and)\b")

_IT = "@"
"""Stands for the thing in a clause that is looked at: "was sie uns zur ausstehenden @ vorwerfen"."""


def promises(reply: Reply, context: Context) -> Iterator[Hit]:
    """Refunds, vouchers, discounts and the like that are promised, not merely mentioned, without being allowed."""
    if reply.language not in ("de", "en"):
        return
    for sentence in reply.body:
        yield from _beyond(sentence, reply, context)


def covered(sentence: str, language: str, context: Context) -> bool:
    """True when an entry of the catalogue allows every kind of promise in a sentence, or speaks of the same thing."""
    plain, catalogue = sentence.lower(), context.profile.catalogue
    kinds = [kind for kind, family in _families(language) if family.search(plain)]
    if kinds:
        return all(granted(kind, plain, catalogue, language) for kind in kinds)
    return any(shares(content_stems(entry), plain) for entry in catalogue)


def _families(language: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    for kind, expression in load(f"{language}/promises")["family"].items():
        yield kind, compiled(expression, language)


def _beyond(sentence: Sentence, reply: Reply, context: Context) -> Iterator[Hit]:
    plain, catalogue = reply.plain[sentence.start : sentence.end], context.profile.catalogue
    for kind, start, end in _given(plain, reply.language):
        if not granted(kind, plain, catalogue, reply.language):
            why = "amount_over_catalogue" if over(kind, plain, catalogue, reply.language) else "promise"
            severity = "warn" if near(kind, catalogue, reply.language) and why == "promise" else "block"
            yield Hit("C7", sentence.start + start, sentence.start + end, severity, why)


@lru_cache(maxsize=1024)
def _given(plain: str, language: str) -> tuple[tuple[str, int, int], ...]:
    """What a sentence promises, the first place of each kind. Remembered: drafts try the same sentences many times."""
    owed = load(f"{language}/promises")["owed"]
    found: list[tuple[str, int, int]] = []
    for kind, family in _families(language):
        needs = owed.get(kind, owed["any"])
        places = (match.span() for match in family.finditer(plain) if _promised(plain, match, needs, language))
        found += ((kind, *place) for place in islice(places, 1))
    return tuple(found)


def _promised(plain: str, match: re.Match[str], needs: str, language: str) -> bool:
    """True when the clause around the match gives something, and neither it nor the sentence leaves that open.

    What the customer misses, asks about or blames us for is spoken of, not promised.
    """
    start, end = _clause(plain, match)
    if shape(language, "promises/left_open").search(plain):
        return False
    clause = plain[start:end]
    around = plain[start : match.start()] + " " + plain[match.end() : end]
    if _spoken_of(f"{plain[start : match.start()]}{_IT}{plain[match.end() : end]}", language):
        return False
    giving = compiled(needs, language).search(plain if len(clause.split()) < 4 else clause)
    return bool(giving) and not shape(language, "promises/not_promised").search(around)


def _spoken_of(clause: str, language: str) -> bool:
    """True when a clause, in which the thing stands as `_IT`, tells that it is missing, or speaks about it."""
    if shape(language, "promises/missing").search(clause):
        return True
    about = shape(language, "promises/about").search(clause)
    return about is not None and shape(language, "promises/telling").search(clause) is not None


def _clause(plain: str, match: re.Match[str]) -> tuple[int, int]:
    borders = [0, *(border.end() for border in _BORDER.finditer(plain)), len(plain)]
    start = max(border for border in borders if border <= match.start())
    end = min(border for border in borders if border >= match.end())
    return start, end
