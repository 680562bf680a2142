"""German verbs by their forms: which person a finite form can be, and what it becomes for somebody else. Pure.

The forms are made by rule from the infinitives and principal parts in `clauses.toml`; a form that is not there is
unknown, and a clause with an unknown verb is never said again (restate.py).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from responder.playbook import shapes

DATA = Path(__file__).parent / "clauses.toml"
AUXILIARIES = frozenset("sein haben werden können müssen dürfen wollen sollen lassen".split())
"""Verbs that another one may follow at the end of the clause."""
MODALS = AUXILIARIES - {"sein", "haben", "werden"}
_HARD = ("t", "d")
_HISS = ("s", "ß", "z", "x")


@dataclass(frozen=True, slots=True)
class Finite:
    """A finite form: `persons` holds "1", "3" and "p" (we and they); `many`, `du` and `ihr` are the same tense for
    them; "Sie" has the form of `many`."""

    lemma: str
    persons: frozenset[str]
    many: str
    du: str
    ihr: str


@dataclass(frozen=True, slots=True)
class Verbs:
    """Every form known: finite ones, participles and infinitives with the infinitive that they belong to."""

    finite: Mapping[str, tuple[Finite, ...]]
    participles: Mapping[str, str]
    infinitives: Mapping[str, str]
    prefixes: tuple[str, ...]

    def participle(self, word: str) -> str:
        """The infinitive of a participle, with its prefix ("abgesagt": "absagen"); empty when it is none."""
        return self._joined(word, self.participles)

    def infinitive(self, word: str) -> str:
        """The infinitive itself, also of "abzuholen"; empty when it is none."""
        found = self._joined(word, self.infinitives)
        if found:
            return found
        return next(
            (p + self.infinitives[rest] for p, rest in self._parted(word, "zu") if rest in self.infinitives), ""
        )

    def ending(self, word: str, *, modal: bool) -> str:
        """What a word at the end of a clause means behind "haben" or, if `modal`, "müssen": its infinitive, or the
        word itself where only its shape is known; empty when it can be neither."""
        found = self.participle(word) or self.infinitive(word)
        if found or not word[:1].islower():
            return found
        return word if (shapes.infinitive if modal else shapes.participle)(word) else ""

    def joined(self, word: str) -> tuple[Finite, ...]:
        """The finite forms of "ankam" as they stand at the end of a clause."""
        if word in self.finite:
            return self.finite[word]
        return next((self.finite[rest] for _, rest in self._parted(word) if rest in self.finite), ())

    def _joined(self, word: str, table: Mapping[str, str]) -> str:
        if word in table:
            return table[word]
        return next((prefix + table[rest] for prefix, rest in self._parted(word) if rest in table), "")

    def _parted(self, word: str, link: str = "") -> Iterator[tuple[str, str]]:
        for prefix in self.prefixes:
            if word.startswith(prefix + link):
                yield prefix, word[len(prefix + link) :]


@cache
def clause_data() -> Mapping[str, Any]:
    """The tables of `clauses.toml`."""
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def verbs() -> Verbs:
    """The verbs of `clauses.toml`. Made once."""
    data = clause_data()["verbs"]
    finite: dict[str, list[Finite]] = {}
    participles: dict[str, str] = {}
    infinitives: dict[str, str] = {}
    for infinitive, forms, participle in _conjugated(data):
        infinitives[infinitive] = infinitive
        participles[participle] = infinitive
        for form, one in forms:
            for spelled in {form, form.replace("ß", "ss")}:
                finite.setdefault(spelled, []).append(one)
    prefixes = tuple(sorted(data["prefixes"].split(), key=len, reverse=True))
    return Verbs({form: tuple(found) for form, found in finite.items()}, participles, infinitives, prefixes)


def _conjugated(data: Mapping[str, str]) -> Iterator[tuple[str, list[tuple[str, Finite]], str]]:
    for line in data["irregular"].strip().splitlines():
        infinitive, first, second, third, past, participle = line.split()
        many = "sind" if infinitive == "sein" else infinitive
        ihr = {"sein": "seid"}.get(infinitive, _ihr(infinitive))
        now = [(first, "1"), (third, "3"), (many, "p")]
        yield infinitive, [*_tense(infinitive, now, many, second, ihr), *_past(infinitive, past)], participle
    for line in data["strong"].strip().splitlines():
        infinitive, third, past, participle = line.split()
        if third != "-":
            now = [(_stem(infinitive) + "e", "1"), (third, "3"), (infinitive, "p")]
            present = _tense(infinitive, now, infinitive, _du(third, infinitive), _ihr(infinitive))
            yield infinitive, [*present, *_past(infinitive, past)], participle
    yield from (_weak(word, "ge") for word in data["weak"].split())
    yield from (_weak(word, "") for word in data["bare"].split())


def _weak(infinitive: str, start: str) -> tuple[str, list[tuple[str, Finite]], str]:
    """ "warten": warte, wartet, wartete, gewartet."""
    stem = _stem(infinitive)
    ending = "et" if stem.endswith(_HARD) or _is_clotted(stem) else "t"
    third, first = stem + ending, stem + "e"
    now = [(first, "1"), (third, "3"), (infinitive, "p")]
    present = _tense(infinitive, now, infinitive, _du(third, infinitive), third)
    return infinitive, [*present, *_past(infinitive, third + "e")], f"{start}{third}"


def _is_clotted(stem: str) -> bool:
    """ "öffn", "rechn": no t follows without an e, as it does "lern"."""
    return stem[-1] in "nm" and stem[-2] not in "aeiouäöürlnmh"


def _stem(infinitive: str) -> str:
    return infinitive.removesuffix("en") if infinitive.endswith("en") else infinitive.removesuffix("n")


def _ihr(infinitive: str) -> str:
    stem = _stem(infinitive)
    return stem + ("et" if stem.endswith(_HARD) else "t")


def _du(third: str, infinitive: str) -> str:
    """ "kommst" from "kommt", "hältst" from "hält", "isst" from "isst"."""
    stem = _stem(infinitive)
    if third.endswith("et"):
        return third[:-1] + "st"
    if stem.endswith(_HARD):
        return third + "st"
    return third if third[:-1].endswith(_HISS) else third[:-1] + "st"


def _past(infinitive: str, past: str) -> list[tuple[str, Finite]]:
    """ "kam, kamen" and "wartete, warteten" with what they become for du and ihr."""
    if past.endswith("e"):
        many, du, ihr = past + "n", past + "st", past + "t"
    else:
        between = "e" if past.endswith((*_HARD, *_HISS)) else ""
        many, du, ihr = past + "en", past + between + "st", past + ("e" if past.endswith(_HARD) else "") + "t"
    return _tense(infinitive, [(past, "1"), (past, "3"), (many, "p")], many, du, ihr)


def _tense(infinitive: str, forms: list[tuple[str, str]], many: str, du: str, ihr: str) -> list[tuple[str, Finite]]:
    """Each form of a tense with every person it can be."""
    persons: dict[str, set[str]] = {}
    for form, person in forms:
        persons.setdefault(form, set()).add(person)
    return [(form, Finite(infinitive, frozenset(who), many, du, ihr)) for form, who in persons.items()]
