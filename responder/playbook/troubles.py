"""The signs of trouble in a post, each with the thing that it is said of. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from responder.playbook.beside import SEARCH, Told
from responder.playbook.model import Trouble, Voice
from responder.playbook.noun_phrases import NounPhrase, nameable
from responder.playbook.nouns import Noun
from responder.reading.rules import load
from responder.reading.scope import HAPPENED

_FILES = ("troubles", "absences")
_SUPPOSED = re.compile(
    r"\b(?:wäre[n]?|würden?|hätten? gern|könnten?|falls|sonst (?:immer|nie)|früher war\w*|anderswo|woanders"
    r"|hoffentlich|(?:will|wollen|brauchen?) (?:\w+ )?kein\w*)\b",
    re.IGNORECASE,
)
_THEIRS_TO_LACK = frozenset(("none", "missing", "few"))
_FAMILY = re.compile(r"\b(?:mutter|vater|mann|frau|kind|tochter|sohn|oma|opa|schwester|bruder|eltern)\b", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:anderswo|woanders|konkurrenz|nebenan|früher)\b", re.IGNORECASE)
_ABOUT = frozenset("mit über bei beim von vom zu zum zur für wegen nach".split())


@dataclass(frozen=True, slots=True)
class Found:
    """A sign with its thing, and where in `written` the sign stands; without a `trouble` it does not fit the thing."""

    noun: Noun
    start: int
    end: int
    trouble: Trouble | None


def troubles(told: Told, voice: Voice) -> Iterator[Found]:
    """Every sign that has a nameable thing, in the order of the text."""
    for sign, place in _signs(told):
        clause = told.clause(*place)
        theirs = sign in _THEIRS_TO_LACK and _FAMILY.search(told.written, *clause)
        if not theirs and not _SUPPOSED.search(told.written, *clause):
            yield from _with_thing(told, sign, place, voice)


def bare(told: Told, voice: Voice) -> Iterator[tuple[Trouble, int, int]]:
    """The signs that say what was wrong without any thing."""
    entries = {trouble.sign: trouble for trouble in voice.troubles if trouble.thing == "none"}
    for sign, place in _signs(told):
        if sign in entries:
            yield entries[sign], *place


def _signs(told: Told) -> list[tuple[str, tuple[int, int]]]:
    """Every sign with its place in the text as written, in the order of the text, the longer before the shorter."""
    document = told.document
    if not document.folded:
        return []
    stated = document.outside(HAPPENED)
    hits = [hit for name in _FILES for hit in load(name).find_each(stated, document.runs)]
    places = [(hit.label, document.written_at(hit.start, hit.end)) for hit in hits]
    return sorted(places, key=lambda found: (found[1][0], -found[1][1]))


def _with_thing(told: Told, sign: str, place: tuple[int, int], voice: Voice) -> Iterator[Found]:
    entries = [trouble for trouble in voice.troubles if trouble.sign == sign and trouble.thing in SEARCH]
    things = {way: nameable(SEARCH[way](told, *place)) for way in {trouble.thing for trouble in entries}}
    for trouble in entries:
        noun = things[trouble.thing]
        if noun is not None and trouble.fits(noun.kind):
            yield Found(noun, *place, trouble)
            return
    noun = things.get("subject")
    if noun is not None:
        yield Found(noun, *place, None)


def _apart(told: Told, phrase: NounPhrase) -> bool:
    """Whether a phrase is a thing the post is about: no genitive, nothing "trotz" or "ohne" it, nothing elsewhere."""
    stands = phrase.subject or "a" in phrase.cases or phrase.preposition
    return bool(
        nameable(phrase)
        and stands
        and (not phrase.preposition or (phrase.article and phrase.preposition in _ABOUT))
        and not _ELSEWHERE.search(told.written, *told.clause(phrase.start, phrase.end))
    )


def subjects(told: Told, places: Sequence[tuple[int, int]]) -> Iterator[NounPhrase]:
    """The nameable phrases within these places, those without a preposition first."""
    inside = [
        p for p in told.phrases if _apart(told, p) and any(start <= p.start and p.end <= end for start, end in places)
    ]
    yield from sorted(inside, key=lambda phrase: (bool(phrase.preposition), phrase.start))
