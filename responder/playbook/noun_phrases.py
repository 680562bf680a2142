"""Noun phrases of a German text: the nouns with the article before them, and the cases that the article leaves open.

This is no parser. It answers one question carefully: can this noun be the subject, or what follows "auf", here? Where
article and gender contradict each other the noun counts as unknown, and what is unknown is never named.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from responder.playbook.nouns import NEVER, Lexicon, Noun

_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*|\d+|[^\w\s]|\n")
_SENTENCE_START = frozenset('.!?\n:–—-„"«»(…')
_ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e|er|es|en|em)$")
_MOST_ADJECTIVES = 3
_LOWEST_SHARE = 0.02

_DER = {"er": "mn fgd pg", "e": "fna pna", "es": "nna", "en": "ma pd", "em": "md nd"}
_EIN = {"": "mn nna", "e": "fna pna", "en": "ma pd", "em": "md nd", "er": "fgd pg", "es": "mg ng"}
_FIXED = {
    "der": "mn fgd pg",
    "die": "fna pna",
    "das": "nna",
    "den": "ma pd",
    "dem": "md nd",
    "des": "mg ng",
    "d'": "fna pna",
    **dict.fromkeys("im am zum vom beim".split(), "md nd"),
    "zur": "fd",
    **dict.fromkeys("ins ans aufs fürs durchs ums übers".split(), "na"),
    **dict.fromkeys(
        "zwei drei vier fünf sechs sieben acht neun zehn viele alle beide mehrere einige wenige".split(), "pna"
    ),
}
_DER_WORDS = "dies jen jed welch all manch solch".split()
_EIN_WORDS = "ein kein mein dein sein ihr unser euer eur irgendein".split()
_FUSED = frozenset("im am zum zur vom beim ins ans aufs fürs durchs ums übers".split())
_PREPOSITIONS = _FUSED | frozenset(
    "in auf mit bei von aus nach zu für über unter vor an hinter neben zwischen ohne gegen um durch seit wegen trotz "
    "während statt außer per pro ab bis laut dank samt inklusive exklusive als wie".split()
)
_ADVERBS = frozenset(
    "sehr so total völlig ziemlich richtig wirklich ganz extrem absolut unglaublich schon noch immer auch nur leider "
    "etwas gleich sogar eigentlich recht ständig".split()
)
_DEGREE = frozenset(("zu", "viel"))
_VERBS = frozenset(
    "haben hatte hatten habe hätte hätten waren ware wurde wurden werden werde worden konnte konnten können "
    "sollte sollen sollten musste mussten müssen wollte wollten wollen dürfen durfte durften kamen komme kommen "
    "ginge gehen gehe gingen fanden finde finden fehlte fehlten fehlen bekamen bekommen bekomme warte warten "
    "wartete warteten machte machen mache stehen standen gaben geben sagte sagten sagen bestellte bestellten "
    "bestellen funktionierte funktionieren stinken meine ihre seine unsere deine eure keine eine diese jede jedes "
    "dieser jener welche alle beide viele wenige einige heute gestern gerne danke bitte leider weder selbst immer "
    "aber oder unter hinter über außer gegen ohne wegen".split()
)


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """`start` is where article or adjective begin, `noun` None where we do not know the word.

    `cases` are the letters n, g, d, a that are possible here; `preposition` is "" without one; `article` says whether
    the phrase has one, or a preposition that holds it ("im").
    """

    start: int
    end: int
    noun: Noun | None
    cases: str
    preposition: str = ""
    article: bool = False

    @property
    def subject(self) -> bool:
        return not self.preposition and "n" in self.cases


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return self.word.lower()


def noun_phrases(written: str, lexicon: Lexicon) -> list[NounPhrase]:
    """The noun phrases of a text in their order. Writers who use no capitals, or only capitals, are read too."""
    plain = _without_capitals(written)
    text = written.lower() if plain else written
    tokens = [_Token(match[0], *match.span()) for match in _TOKEN.finditer(text)]
    found = (_phrase(tokens, at, lexicon, plain=plain) for at in range(len(tokens)))
    return [phrase for phrase in found if phrase is not None]


def _without_capitals(written: str) -> bool:
    letters = [letter for letter in written if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) > 12 and (capitals <= len(letters) * _LOWEST_SHARE or capitals > len(letters) * 0.8)


def _phrase(tokens: Sequence[_Token], at: int, lexicon: Lexicon, *, plain: bool) -> NounPhrase | None:
    token = tokens[at]
    if len(token.word) < 3 or not (plain or token.word[0].isupper()) or token.low in _ADVERBS | _VERBS:
        return None
    senses = lexicon.find(token.word[0].upper() + token.word[1:])
    first = at == 0 or tokens[at - 1].word in _SENTENCE_START
    first_article = _article_before(tokens, at)
    if not senses and (first or plain):
        return None
    if plain and (first_article is None and not first):
        return None
    begin, allowed, preposition = first_article or (at, {}, _preposition(tokens, at - 1))
    noun, cases = _meant(senses, allowed)
    article = begin < at and (_allowed(tokens[begin].low) is not None)
    return NounPhrase(tokens[begin].start, token.end, noun, cases, preposition, article)


def _meant(senses: Sequence[Noun], allowed: Mapping[str, str]) -> tuple[Noun | None, str]:
    """The first sense that the article allows, and the cases that both leave open."""
    if not allowed:
        noun = next(iter(senses), None)
        return (noun, "".join(c for c in "na" if c in noun.cases)) if noun else (None, "na")
    for noun in senses:
        cases = "".join(case for case in allowed.get(noun.gender, "") if case in noun.cases)
        if cases:
            return noun, cases
    return None, "".join(sorted(set("".join(allowed.values()))))


def _article_before(tokens: Sequence[_Token], at: int) -> tuple[int, dict[str, str], str] | None:
    """Where the phrase of the noun at `at` begins, what its article (or strong adjective) allows, its preposition."""
    place, adjective = at - 1, ""
    for _ in range(_MOST_ADJECTIVES + 1):
        if place < 0:
            break
        low = tokens[place].low
        if (allowed := _allowed(low)) is not None:
            before = low if low in _FUSED else _preposition(tokens, place - 1)
            return place, allowed, before
        if low in _DEGREE and adjective:
            place -= 1
            continue
        if low in _VERBS or not (low in _ADVERBS or _ADJECTIVE.match(tokens[place].word)):
            break
        adjective = low if not adjective and low not in _ADVERBS else adjective
        place -= 1
    if not adjective or place == at - 1:
        return None
    strong = {"er": "mn fgd pg", "es": "nna", "em": "md nd", "en": "ma pd", "e": "fna pna"}
    ending = next(ending for ending in ("er", "es", "em", "en", "e") if adjective.endswith(ending))
    return place + 1, _parsed(strong[ending]), _preposition(tokens, place)


def _preposition(tokens: Sequence[_Token], at: int) -> str:
    return tokens[at].low if at >= 0 and tokens[at].low in _PREPOSITIONS else ""


def _allowed(low: str) -> dict[str, str] | None:
    """Which gender can stand in which cases after this word; None when it is no article."""
    if low in _FIXED:
        return _parsed(_FIXED[low])
    for stems, endings in ((_DER_WORDS, _DER), (_EIN_WORDS, _EIN)):
        for stem in stems:
            if low.startswith(stem) and low[len(stem) :] in endings:
                return _parsed(endings[low[len(stem) :]])
    return None


def _parsed(said: str) -> dict[str, str]:
    return {part[0]: part[1:] for part in said.split() if len(part) > 1}


def nameable(phrase: NounPhrase | None) -> Noun | None:
    """The noun of a phrase, if it is a thing that may be named at all."""
    noun = phrase.noun if phrase else None
    return None if noun is None or noun.kind == NEVER else noun
