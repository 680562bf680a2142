"""The words of a clause, each taken for what it is; a word that cannot be told makes the whole clause unknown. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from responder.playbook.nouns import Lexicon
from responder.playbook.verbs import clause_data, verbs

_TOKEN = re.compile(r"\d{1,4}(?:[.,:]\d{1,2})?|[^\W\d_]+(?:-[^\W\d_]+)*\d{0,2}")
LONGEST = 160
"""Characters; a longer clause is no one thing."""
_NUMBER = re.compile(r"\d{1,4}(?:[.,:]\d{1,2})?")
_LINE = re.compile(r"(?:RE|RB|S|U|IC|ICE|IR|A)\d{1,2}")
_ADJECTIVE = re.compile(r"[a-zäöüß]{4,}(?:e|er|es|en|em)")
_CAPITAL = re.compile(r"[A-ZÄÖÜ][a-zäöüßéèç]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*")
_ACRONYMS = frozenset("WC TV WLAN SMS DVD PC PDF CD USB".split())
PRONOUNS = frozenset("ich wir mich mir uns sich".split())
_OURS = re.compile(r"mein(?:e[mnrs]?)?|unser(?:e[mnrs]?)?|eu(?:er|re[mnrs]?)|Ihr(?:e[mnrs]?)?")
_DEGREES = frozenset("sehr so zu völlig halb viel paar ganz".split())
_TO_US = frozenset(("Ihnen", "euch"))
_UNITS = frozenset("uhr euro franken chf eur prozent grad cm km kg min std h minuten stunden".split())
_SPELLED = {
    "nix": "nichts", "ned": "nicht", "nit": "nicht", "net": "nicht", "nich": "nicht", "ne": "eine", "nen": "einen",
    "hab": "habe", "wurd": "wurde", "gabs": "gab es", "gibts": "gibt es", "ausser": "außer", "wars": "war es",
    "min": "Minuten", "std": "Stunden", "€": "Euro", "hatt": "hatte",
}  # fmt: skip
_CONJUNCTIONS = frozenset("und aber denn doch sondern oder also tja naja".split())
_TWO = {("schon", "wieder"): "erneut", ("mal", "wieder"): "erneut", ("nicht", "mal"): "nicht einmal"}


@dataclass(frozen=True, slots=True)
class Words:
    """The listed words by their class, and the beginnings of words that nothing is said with."""

    classes: Mapping[str, frozenset[str]]
    never: re.Pattern[str]
    harmless: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        return word.replace("ss", "ß") in self.classes[name] or word in self.classes[name]


@cache
def listed() -> Words:
    """The words of `clauses.toml`."""
    data = clause_data()["words"]
    classes = {name: frozenset(said.split()) for name, said in data.items()}
    return Words(classes, re.compile("|".join(map(re.escape, data["never"].split()))), classes["harmless"])


def tokens(clause: str) -> list[str]:
    """The words of a clause, shortenings spelled out and words of mere feeling left out; empty with other signs."""
    if len(clause) > LONGEST or _TOKEN.sub("", clause).strip(" '’€\n\t"):
        return []
    found = [_spelled(word) for word in _TOKEN.findall(clause.replace("€", " Euro "))]
    words = _nobody(" ".join(found).split())
    joined: list[str] = []
    for word in words:
        pair = (joined[-1].lower(), word.lower()) if joined else ("", "")
        if pair in _TWO:
            joined[-1:] = _TWO[pair].split()
        else:
            joined.append(word)
    return [word for place, word in enumerate(joined) if not _dropped(joined, place)]


def leads(clause: str) -> bool:
    """Whether a clause begins with a word that is left out and had the place before the verb: "Leider war …"."""
    first = clause.split(maxsplit=1)[0].lower() if clause.strip() else ""
    return listed().has("dropped", first) and first not in _CONJUNCTIONS


def _nobody(words: Sequence[str]) -> list[str]:
    """ "keiner" without a noun is "niemand"."""
    alone = [not nxt or not (nxt[0].isupper() or nxt in ("der", "von", "unserer")) for nxt in (*words[1:], "")]
    return ["niemand" if word == "keiner" and by else word for word, by in zip(words, alone, strict=True)]


def _spelled(word: str) -> str:
    if word.isupper() and len(word) > 1 and word not in _ACRONYMS and not any(map(str.isdigit, word)):
        low = word.lower()
        word = low if _closed(_bare(low)) or _closed(low) or low in verbs().finite else word.capitalize()
    said = _SPELLED.get(word.lower(), word)
    return said.capitalize() if word[0].isupper() and said[0].islower() and len(word) > 1 and word != "€" else said


def _bare(low: str) -> str:
    """ "falschen" without its ending."""
    return re.sub(r"(?:e|er|es|en|em)$", "", low)


def _dropped(words: Sequence[str], place: int) -> bool:
    low = words[place].lower()
    after = place > 0 and listed().has("prepositions", words[place - 1].lower())
    return (
        listed().has("dropped", low) and words[place] != "Mal" and not after and words[place - 1 : place] != ["nicht"]
    )


def _closed(low: str) -> bool:
    names = ("articles", "prepositions", "numbers", "adverbs", "states")
    return low in PRONOUNS or low == "es" or any(listed().has(name, low) for name in names)


def lowered(words: Sequence[str], nouns: Lexicon) -> list[str]:
    """The same words with the first one small, unless it is a noun."""
    if not words:
        return []
    first, low = words[0], words[0].lower()
    verb = low in verbs().finite or verbs().participle(low) or verbs().infinitive(low)
    adjective = len(words) > 1 and words[1][0].isupper() and _ADJECTIVE.fullmatch(low) and not nouns.find(first)
    ours = _OURS.fullmatch(low) is not None
    return [low if ours or _closed(low) or (verb and not nouns.find(first)) or adjective else first, *words[1:]]


def forbidden(words: Sequence[str]) -> bool:
    """Whether a clause judges, guesses, accuses, names a person, or speaks of what is no plain matter."""
    return any(_is_forbidden(word.lower()) for word in words)


def _is_forbidden(low: str) -> bool:
    known = listed()
    if low in known.harmless:
        return False
    return known.has("doubt", low) or low in known.classes["names"] or bool(known.never.search(low))


def understood(words: Sequence[str], nouns: Lexicon, verbal: frozenset[int]) -> bool:
    """Whether every word is known for what it is; `verbal` are the places of the verb's parts."""
    return all(place in verbal or _known(words, place, nouns) for place in range(len(words)))


def _known(words: Sequence[str], place: int, nouns: Lexicon) -> bool:
    word = words[place]
    if _OURS.fullmatch(word):
        return _before_noun(words, place)
    if word in _TO_US:
        return place > 0 and words[place - 1] in ("bei", "von", "mit", "zu")
    if word[0].isupper():
        return is_noun(words, place, nouns)
    if _NUMBER.fullmatch(word):
        return place + 1 < len(words) and (words[place + 1][0].isupper() or words[place + 1] in _UNITS)
    if listed().has("articles", word):
        return _before_noun(words, place) or word in ("alles", "alle", "beide", "weder", "noch")
    return (
        _closed(word)
        or word in _UNITS
        or (bool(_ADJECTIVE.fullmatch(word)) and word not in verbs().finite and _before_noun(words, place))
    )


def is_noun(words: Sequence[str], place: int, nouns: Lexicon) -> bool:
    """Whether a capital word is surely a noun: listed, or with an article or adjective before it."""
    word = words[place]
    if word in _ACRONYMS or _LINE.fullmatch(word) or word.lower() in _UNITS:
        return True
    if not _CAPITAL.fullmatch(word):
        return False
    return bool(nouns.find(word)) or (place > 0 and _opens(words[place - 1]))


def _opens(word: str) -> bool:
    """Whether a noun may follow this word, so that an unknown capital word is one."""
    fused = word in ("im", "am", "zum", "zur", "vom", "beim", "ins", "ans", "aufs", "fürs", "statt")
    listed_one = listed().has("articles", word) or listed().has("numbers", word)
    return fused or listed_one or bool(_OURS.fullmatch(word) or _NUMBER.fullmatch(word) or _ADJECTIVE.fullmatch(word))


def _before_noun(words: Sequence[str], place: int) -> bool:
    """Whether after an article or adjective come only adjectives, and then the noun."""
    for word in words[place + 1 :]:
        if word[0].isupper():
            return True
        if not _may_stand_between(word):
            return False
    return False


def _may_stand_between(word: str) -> bool:
    """Whether a word may stand between an article and its noun."""
    if word in verbs().finite or listed().has("articles", word):
        return word in ("beiden", "vielen", "wenigen")
    counted = listed().has("numbers", word) or word[0].isdigit()
    return counted or bool(_ADJECTIVE.fullmatch(word)) or word in _DEGREES
