"""Whether an entry of a business's catalogue grants what a sentence promises: the same thing, and not more of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from responder.tone.data import load
from responder.tone.patterns import compiled, shape
from responder.tone.stems import content_stems, folded, related

SHORT_STEM = 4
"""Letters of a stem that begins too many other words to tell a thing."""

_AMOUNT = re.compile(
    r"(\d{1,3}(?:[.' ]\d{3})+|\d+)(?:[,.](\d{1,2}))?[\s-]*(€|euro?\b|eur\b|chf\b|franken|fr\.|prozent|%|pounds?|£|\$)",
    re.I,
)
_IN_WORDS = re.compile(r"\b([a-zäöüß]{3,9})(?=[\s-]*(?:€|euro|franken|prozent))")
_HALF = re.compile(r"\bdie hälfte\b|\bhalf of\b|\bhalber preis\b|\bhalben preis\b")
_BORDER = re.compile(r"[.,;:!?–]| und ")
_PARTICLE = re.compile(r"(?P<rest>.+) (?P<particle>nach|aus|um|zurück|ab|an|auf|ein|mit|vor)\s*$")
_COUNTED = re.compile(r"\b(?P<number>\d{1,2}|[a-zäöüß]+) (?P<thing>[a-zäöüß]{4,})")


def granted(kind: str, words: str, catalogue: Iterable[str], language: str) -> bool:
    """True when an entry names this kind of promise (a key of `promises.toml`) and is as large as these words."""
    family = compiled(load(f"{language}/promises")["family"][kind], language)
    plain = words.lower()
    return any(_grants(kind, plain, entry.lower(), family, language) for entry in catalogue)


def over(kind: str, words: str, catalogue: Iterable[str], language: str) -> bool:
    """True when an entry is of this kind, but smaller than what is promised."""
    family = compiled(load(f"{language}/promises")["family"][kind], language)
    return any(family.search(entry.lower()) and exceeds(words.lower(), entry.lower()) for entry in catalogue)


def near(kind: str, catalogue: Iterable[str], language: str) -> bool:
    """True when an entry is of this kind, whatever it is about: a person has to look whether it is meant."""
    family = compiled(load(f"{language}/promises")["family"][kind], language)
    return any(family.search(entry.lower()) for entry in catalogue)


def _grants(kind: str, plain: str, entry: str, family: re.Pattern[str], language: str) -> bool:
    if not family.search(entry) or exceeds(plain, entry):
        return False
    if shape(language, "promises/all").search(plain) and not shape(language, "promises/all").search(entry):
        return False
    things = content_stems(family.sub(" ", entry)) - content_stems(load(f"{language}/promises")["money"])
    if kind in load(f"{language}/promises")["alike"] and (_amounts(entry) or not _amounts(plain)):
        return True
    return not things or shares(things, plain) or _same_way(plain, entry, language)


def _same_way(plain: str, entry: str, language: str) -> bool:
    return any(
        compiled(way, language).search(plain) and compiled(way, language).search(entry)
        for way in load(f"{language}/promises")["ways"]
    )


def shares(things: Iterable[str], plain: str) -> bool:
    """True when one of these stems has a related word in the text."""
    ours = content_stems(plain) | _detached(plain)
    return any(_same(one, other) for one in things for other in ours)


def _detached(plain: str) -> frozenset[str]:
    """Stems of verbs whose particle ends the clause: "bessern wir nach" speaks of "nachbessern"."""
    clauses = (match for match in map(_PARTICLE.search, _BORDER.split(plain)) if match)
    return content_stems(" ".join(clause["particle"] + word for clause in clauses for word in clause["rest"].split()))


def _same(one: str, other: str) -> bool:
    """True for stems of one thing: "nach" (of "Nacht") begins "nachbess" and is not the same."""
    return one == other or (min(len(one), len(other)) > SHORT_STEM and related(one, other))


def exceeds(plain: str, entry: str) -> bool:
    """True when the text names more money, a larger share, or more of one thing than the entry."""
    limits, named = _amounts(entry), _amounts(plain)
    if any(amount > limits[unit] for unit, amount in named.items() if unit in limits):
        return True
    allowed, said = _counts(entry), _counts(plain)
    return any(
        count > limit for thing, count in said.items() for other, limit in allowed.items() if related(thing, other)
    )


def _amounts(text: str) -> dict[str, float]:
    found: dict[str, float] = {"percent": 50.0} if _HALF.search(text) else {}
    for whole, cents, unit in _AMOUNT.findall(_in_figures(text)):
        kind = "percent" if unit in ("%", "prozent") else "money"
        amount = float(re.sub(r"\D", "", whole)) + float(f"0.{cents or 0}")
        found[kind] = max(found.get(kind, 0.0), amount)
    return found


def _in_figures(text: str) -> str:
    """Number words before a currency as figures: "zwanzig Euro" becomes "20 euro"."""
    numbers: dict[str, str] = load("words")["numerals"]
    return _IN_WORDS.sub(lambda match: numbers.get(folded(match[1]), match[1]), text)


def _counts(text: str) -> dict[str, int]:
    """How many of each thing are named: "drei Monate" is three of the stem of "Monate"."""
    numbers: dict[str, int] = load("words")["counts"]
    found: dict[str, int] = {}
    for match in _COUNTED.finditer(text):
        number = int(match["number"]) if match["number"].isdigit() else numbers.get(folded(match["number"]), 0)
        for thing in content_stems(match["thing"]) if number else ():
            found[thing] = max(found.get(thing, 0), number)
    return found
