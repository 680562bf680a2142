"""German nouns: which gender and number a word has, what kind of thing it is, and how it stands in each case. Pure.

A word is known as it stands in the playbook's list, as a plural of one, by its last part ("Ohrensessel" like "Sessel"),
or by an ending that fixes the gender. What is not known is never named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from responder.reading.normalise import fold

GENDERS = "mfnp"
NEVER = "never"
"""The kind of words that are no thing of ours: people, feelings, times, figures of speech."""
OWN = "own"
"""The kind of the words that a business adds itself: anything may be wrong or right with them."""

_ARTICLES = {"m": "der den dem", "f": "die die der", "n": "das das dem", "p": "die die den"}
_NO = {"m": "keinen", "f": "keine", "n": "kein", "p": "keine"}
_ONE = {"m": "ein", "f": "eine", "n": "ein", "p": "einzelne"}
_ENDINGS = re.compile(r"\w{3,}(?:ung|heit|keit|schaft|tion|taet)(en)?$")
_SAME_PLURAL = re.compile(r"(?:e[lrn]|chen|lein)$")
_WEAK = re.compile(r"(?:ent|ant|ist|eut|nom)$")
_MACHINES = re.compile(r"(?:automat|bankomat)$", re.IGNORECASE)
_NO_S_PLURAL = re.compile(r"(?:e[lrnst]|[sxz])s$")
_N_PLURALS = frozenset("bett hemd insekt".split())
_SCOLDING = re.compile(
    r"(?:saft|drecks?|sau|scheiss|mist|kack|schrott|idioten|chaos|sch?weine|lieblings|traum|pseudo|moechtegern)$"
)
_SHORT_HEADS = frozenset("box bad rad zug bus hof app abo uhr".split())
_SHORTEST_HEAD, _SHORTEST_MODIFIER = 4, 2


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun as it may be meant: `gender` m, f, n or p (plural), `cases` the letters n, g, d, a it can stand in."""

    word: str
    gender: str
    kind: str
    cases: str = "ngda"

    @property
    def many(self) -> bool:
        return self.gender == "p"

    def declined(self) -> tuple[str, str, str]:
        """Nominative, accusative and dative without an article."""
        word, weak = self.word, self._weak()
        if self.many:
            return word, word, word if word[-1] in "nsaiouy" else f"{word}n"
        if self.gender == "m" and weak:
            return word, word + weak, word + weak
        return word, word, word + weak if self.gender == "n" else word

    def forms(self) -> dict[str, str]:
        """The placeholders a thing fills: thing, thing_nom, thing_acc, thing_dat, no_acc, one_nom."""
        cases = self.declined()
        said = [f"{article} {word}" for article, word in zip(_ARTICLES[self.gender].split(), cases, strict=True)]
        named = dict(zip(("thing_nom", "thing_acc", "thing_dat"), said, strict=True))
        others = {"no_acc": f"{_NO[self.gender]} {cases[1]}", "one_nom": f"{_ONE[self.gender]} {cases[0]}"}
        return {"thing": cases[0], **named, **others}

    def _weak(self) -> str:
        """What "Kollege", "Praktikant" and "Geschnetzelte" add outside the nominative."""
        adjectival = self.word.endswith("te") and self.kind in ("food", "person")
        if self.gender == "n":
            return "n" * adjectival
        if _MACHINES.search(self.word) or (self.kind == "person" and _WEAK.search(self.word)):
            return "en"
        return "n" * (adjectival or (self.kind == "person" and self.word.endswith("e")))


@dataclass(frozen=True)
class Lexicon:
    """The listed nouns by their folded spelling; a word of two genders has two entries."""

    entries: Mapping[str, tuple[Noun, ...]] = field(default_factory=dict)
    known: dict[str, tuple[Noun, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __hash__(self) -> int:
        return id(self)

    def find(self, word: str) -> tuple[Noun, ...]:
        """What a word as written may mean, the likeliest first; empty when it is unknown."""
        if word not in self.known:
            if len(self.known) > 20_000:
                self.known.clear()
            self.known[word] = self._find(word)
        return self.known[word]

    def _find(self, word: str) -> tuple[Noun, ...]:
        key = fold(word).text
        whole = tuple(self._as_listed(key)) or tuple(self._as_plural(key, word)) or tuple(self._as_case(key, word))
        return whole or self._as_compound(key, word) or tuple(_by_ending(key, word))

    def _as_listed(self, key: str) -> Iterator[Noun]:
        for noun in self.entries.get(key, ()):
            yield noun
            if noun.gender in "mn" and _SAME_PLURAL.search(key):
                yield Noun(noun.word, "p", noun.kind)

    def _as_plural(self, key: str, word: str) -> Iterator[Noun]:
        for base, genders in _singulars(key):
            yield from (
                Noun(_large(word), "p", noun.kind) for noun in self.entries.get(base, ()) if noun.gender in genders
            )

    def _as_case(self, key: str, word: str) -> Iterator[Noun]:
        """A dative plural, or a genitive: known, and named in its nominative."""
        if key.endswith("n"):
            plurals = [*self._as_listed(key[:-1]), *self._as_plural(key[:-1], word[:-1])]
            yield from (Noun(_large(noun.word), "p", noun.kind, "d") for noun in plurals if noun.many)
        for ending in ("es", "s"):
            found = self.entries.get(key.removesuffix(ending), ()) if key.endswith(ending) else ()
            yield from (Noun(noun.word, noun.gender, noun.kind, "g") for noun in found if noun.gender in "mn")

    def _as_compound(self, key: str, word: str) -> tuple[Noun, ...]:
        """By the longest listed noun that the word ends with; a head is never so short that chance could make it."""
        for start in range(_SHORTEST_MODIFIER, len(key) - 2):
            head, tail = key[:start], key[start:]
            if len(tail) < _SHORTEST_HEAD and tail not in _SHORT_HEADS:
                continue
            found = (*self._as_listed(tail), *self._as_plural(tail, tail), *self._as_case(tail, tail))
            if found:
                scolds = bool(_SCOLDING.match(head))
                named = (noun for noun in found if noun.cases != "g")
                return tuple(
                    Noun(_nominative(word, noun), noun.gender, NEVER if scolds else noun.kind, noun.cases)
                    for noun in named
                )
        return ()


def lexicon(table: Mapping[str, object]) -> Lexicon:
    """The lexicon of a playbook's [nouns]: kinds with their genders, and beside them a business's own m, f, n and p."""
    entries: dict[str, list[Noun]] = {}
    own = {OWN: {gender: table[gender] for gender in GENDERS if isinstance(table.get(gender), str)}}
    kinds = {kind: words for kind, words in table.items() if isinstance(words, Mapping)}
    for kind, genders in [*own.items(), *kinds.items()]:
        for gender in GENDERS:
            for word in str(genders.get(gender, "")).split():
                same = entries.setdefault(fold(word).text, [])
                if all(noun.gender != gender for noun in same):
                    same.append(Noun(word, gender, kind))
    return Lexicon({key: tuple(nouns) for key, nouns in entries.items()})


def weak_adjective(adjective: str, gender: str, case: str) -> str:
    """An adjective after "der, die, das": "kalt" gives "kalte" or "kalten", "zu teuer" gives "zu teure"."""
    ending = "e" if (gender in "fn" and case != "d") or (gender == "m" and case == "n") else "en"
    stem = re.sub(r"(?<=[aeou])uer$", "ur", adjective)
    stem = re.sub(r"([^e])el$", r"\1l", re.sub(r"teuer$", "teur", stem))
    return re.sub(r"hoch$", "hoh", stem) + ending


def _nominative(word: str, noun: Noun) -> str:
    """The compound as it stands in the nominative: a dative plural loses its n as its head does."""
    return _large(word[:-1] if noun.cases == "d" and word.endswith("n") else word)


def _large(word: str) -> str:
    return word[:1].upper() + word[1:]


def _by_ending(key: str, word: str) -> Iterator[Noun]:
    if match := _ENDINGS.search(key):
        yield Noun(_large(word), "p" if match[1] else "f", "other")


def _singulars(key: str) -> Iterator[tuple[str, str]]:
    """What a plural may be the plural of, with the genders that form it so."""
    plain = _without_umlaut(key)
    bases: list[tuple[str, str]] = [(plain, "m")] if plain != key and _SAME_PLURAL.search(key) else []
    if key.endswith("nen"):
        bases.append((key[:-3], "f"))
    if key.endswith("en"):
        stem = key[:-2]
        bases += [(stem, "f"), (stem + "um", "n"), (stem + "a", "f"), (stem + "o", "n")]
        bases += [(stem, "n")] * (stem in _N_PLURALS) + [(stem, "m")] * bool(
            _WEAK.search(stem) or _MACHINES.search(stem)
        )
    if key.endswith("n"):
        bases += _before_n(key[:-1])
    if key.endswith("er"):
        bases += [(key[:-2], "n"), (plain[:-2], "nm")]
    if key.endswith("e"):
        bases += [(key[:-1], "mn"), (plain[:-1], "mfn")] + [(key[:-2], "n")] * key.endswith("sse")
    if key.endswith("s") and not _NO_S_PLURAL.search(key):
        bases.append((key[:-1], "mfn"))
    yield from bases


def _before_n(base: str) -> Iterable[tuple[str, str]]:
    if re.search(r"(?:e|el|er)$", base):
        yield base, "fm" if base.endswith("e") else "f"


def _without_umlaut(key: str) -> str:
    """The last umlaut of a folded word taken back: "aufzuege" gives "aufzuge"."""
    return re.sub(r"(.*)(?:(a)e(?=u)|([aou])e)", lambda found: found[1] + (found[2] or found[3]), key, count=1)
