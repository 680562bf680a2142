"""Words of complaint and praise with their weight, and what negation, emphasis and “aber” make of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from responder.reading.anchors import Index, needs
from responder.reading.normalise import fold_pattern
from responder.reading.tokens import Token, is_negator, negated_before

DATA = Path(__file__).parent / "data"
ENDING = re.compile(
    r"(?:e|en|er|es|em|n|s|t|te|ten|tet|tes|ter|tem|st|ste|sten|ster|stes|ere|erer|eren|eres|end|ende|enden|ender|endes|"
    r"heit|heiten|keit|keiten|ung|ungen|erweise|lich|liche|lichen|i|ed|ing|ly|d|ies|mal|stens)?"
)
SHORT_ENDING = re.compile(r"(?:e|en|er|es|em|s|st)?")
SHORT_STEM = 3
FLIPPED_PRAISE, FLIPPED_COMPLAINT = -0.9, -0.4
BEFORE_BUT, AFTER_BUT = 0.7, 1.3
BUT = frozenset("aber jedoch allerdings leider trotzdem but however unfortunately".split())
PARTING_NEGATION = 2  # "gefällt mir nicht": so few words may stand between the negation and the end of the clause
VERB_REACH = 5
WISHES = frozenset("waere waeren haette haetten koennte koennten sollte sollten".split())  # "wäre schön, wenn"
WISH_REACH, WISHED = 3, 0.1


@dataclass(frozen=True, slots=True)
class Weighed:
    """A word or phrase at `start:end` of the folded text and what it weighs where it stands (-6 … 6)."""

    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Lexicon:
    """The words of one language."""

    stems: dict[str, float] = field(default_factory=dict)
    exact: dict[str, float] = field(default_factory=dict)
    heads: dict[str, float] = field(default_factory=dict)
    signs: dict[str, float] = field(default_factory=dict)
    emphasis: dict[str, float] = field(default_factory=dict)
    phrases: tuple[tuple[re.Pattern[str], float], ...] = ()
    index: Index = field(default_factory=lambda: Index(()))

    def __len__(self) -> int:
        return sum(map(len, (self.stems, self.exact, self.signs, self.phrases)))

    def weight(self, word: str) -> float:
        """What a word weighs by itself, whatever its ending; 0 for an unknown one."""
        return _weight(self, word)

    def __hash__(self) -> int:
        return id(self)

    def weigh(self, folded: str, words: list[Token], runs: frozenset[str]) -> list[Weighed]:
        """All weighed words and phrases of a text in context."""
        found = list(self._phrases(folded, runs)) + list(self._signs(folded))
        taken = {place for item in found for place in range(item.start, item.end)}
        scored = [0.0 if token.start in taken else self.weight(token.word) for token in words]
        found += [
            Weighed(token.start, token.end, self._in_context(words, scored, index))
            for index, token in enumerate(words)
            if scored[index]
        ]
        return _contrasted(sorted(found, key=lambda item: item.start), words)

    def _phrases(self, folded: str, runs: frozenset[str]) -> Iterator[Weighed]:
        for number in self.index.candidates(folded, runs):
            expression, weight = self.phrases[number]
            yield from (Weighed(match.start(), match.end(), weight) for match in expression.finditer(folded))

    def _signs(self, folded: str) -> Iterator[Weighed]:
        for sign, weight in self.signs.items():
            if sign in folded:
                alone = re.escape(sign) + (r"(?![\w/])" if sign.isascii() else "")
                yield from (Weighed(match.start(), match.end(), weight) for match in re.finditer(alone, folded))

    def _in_context(self, words: list[Token], scored: list[float], index: int) -> float:
        weight = scored[index]
        before = [token.word for token in words[max(0, index - WISH_REACH) : index]]
        if before and words[index - 1].clause == words[index].clause:
            weight *= self.emphasis.get(before[-1], 1.0)
        if weight > 0 and WISHES.intersection(before):
            weight *= WISHED
        denied = negated_before(words, index) or (weight > 0 and _parted(words, scored, index))
        return weight * (FLIPPED_PRAISE if weight > 0 else FLIPPED_COMPLAINT) if denied else weight


def _parted(words: list[Token], scored: list[float], index: int) -> bool:
    """Does the negation follow at the end of the clause, as with "gefällt mir nicht"?"""
    clause = words[index].clause
    rest = [i for i in range(index + 1, min(index + 1 + VERB_REACH, len(words))) if words[i].clause == clause]
    for place, i in enumerate(rest):
        if scored[i]:
            return False
        if is_negator(words[i]):
            return len(rest) - place - 1 <= PARTING_NEGATION and not any(scored[j] for j in rest[place:])
    return False


def _contrasted(found: list[Weighed], words: list[Token]) -> list[Weighed]:
    """What follows "aber" counts more than what stood before it."""
    turns = [token.start for token in words if token.word in BUT]
    if not turns:
        return found
    last = turns[-1]
    return [
        Weighed(item.start, item.end, item.weight * (AFTER_BUT if item.start > last else BEFORE_BUT)) for item in found
    ]


@lru_cache(maxsize=65536)
def _weight(lexicon: Lexicon, word: str) -> float:
    if word in lexicon.exact:
        return lexicon.exact[word]
    for length in range(len(word), 2, -1):
        weight = lexicon.stems.get(word[:length])
        if weight is not None and _is_ending(word[length:], length):
            return weight
    for start in range(3, len(word) - 3):
        for length in range(len(word) - start, 3, -1):
            weight = lexicon.heads.get(word[start : start + length])
            if weight is not None and _is_ending(word[start + length :], length):
                return weight
    return 0.0


def _is_ending(rest: str, stem_length: int) -> bool:
    return (SHORT_ENDING if stem_length <= SHORT_STEM else ENDING).fullmatch(rest) is not None


@cache
def load(language: str) -> Lexicon:
    """The lexicon of `de`, `en`, `fr` or `it`."""
    content = tomllib.loads((DATA / f"lexicon_{language}.toml").read_text(encoding="utf-8"))
    stems, exact, heads, phrases = {}, {}, {}, []
    for word, weight in _weighted(content["words"]):
        if "_" in word:
            phrases.append((re.escape(word).replace("_", " "), weight))
        elif word.endswith("="):
            exact[word[:-1]] = weight
        else:
            stems[word.lstrip("*")] = weight
        if word.startswith("*"):
            heads[word.strip("*=")] = weight
    phrases += [
        (fold_pattern(phrase), float(weight)) for weight, group in content["phrases"].items() for phrase in group
    ]
    return Lexicon(
        stems=stems,
        exact=exact,
        heads=heads,
        signs=dict(_weighted(content["emoji"])),
        emphasis={word.strip("=").replace("_", " "): by for word, by in _weighted(content["modifiers"])},
        phrases=tuple((re.compile(rf"(?<!\w)(?:{phrase})(?!\w)"), weight) for phrase, weight in phrases),
        index=Index(needs(phrase) for phrase, _ in phrases),
    )


def _weighted(groups: dict[str, str]) -> Iterator[tuple[str, float]]:
    for weight, words in groups.items():
        for word in words.split():
            yield fold_pattern(word), float(weight)
