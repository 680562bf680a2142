"""The words of a clause, each taken for what it is; a word that cannot be told makes the whole clause unknown. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from responder.playbook import shapes
from responder.playbook.nouns import NEVER, Lexicon
from responder.playbook.verbs import clause_data, verbs

_MONTH = r"(?:J[aä]n|Feb|M[aä]r|Apr|Mai|Ju[nl]|Aug|Sep|Okt|Nov|Dez)"
_TOKEN = re.compile(rf"\d{{1,2}}\.(?=\s{_MONTH})|" r"\d{1,4}(?:[.,:]\d{1,2})?|[^\W\d_]+(?:-[^\W\d_]+)*\d{0,2}")
LONGEST = 160
"""Characters; a longer clause is no one thing."""
_NUMBER = re.compile(r"\d{1,2}\.|\d{1,4}(?:[.,:]\d{1,2})?")
_LINE = re.compile(r"(?:RE|RB|S|U|IC|ICE|IR|A)\d{1,2}")
_ADJECTIVE = re.compile(r"[a-zäöüß]{3,}(?:e|er|es|en|em)")
_CAPITAL = re.compile(r"(?:[A-ZÄÖÜ]+-)?[A-ZÄÖÜ][a-zäöüßéèç]+(?:-[A-ZÄÖÜ]?[a-zäöüß]+)*")
_ACRONYMS = frozenset(
    "ICE IC RE RB RJ WC TV WLAN SMS DVD PC PDF CD USB PIN TAN SIM EC QR GPS LED FAQ AB LKW PKW ÖBB SBB DB".split()
)
PRONOUNS = frozenset("ich wir mich mir uns sich".split())
_OURS = re.compile(r"mein(?:e[mnrs]?)?|unser(?:e[mnrs]?)?|eu(?:er|re[mnrs]?)|Ihr(?:e[mnrs]?)?")
_DEGREES = frozenset("sehr so zu völlig halb viel paar ganz".split())
_TO_US = frozenset(("Ihnen", "euch"))
_BEFORE_NUMBER = frozenset("um bis ab gegen seit vor nach von".split())
_SHORT = re.compile(r"\b(\w+)['’]s\b")
_UNITS = frozenset("uhr euro franken chf eur prozent grad cm km kg min std h minuten stunden".split())
_SPELLED = {
    "nix": "nichts", "ned": "nicht", "nit": "nicht", "net": "nicht", "nich": "nicht", "ne": "eine", "nen": "einen",
    "hab": "habe", "wurd": "wurde", "gabs": "gab es", "gibts": "gibt es", "ausser": "außer", "wars": "war es",
    "min": "Minuten", "std": "Stunden", "€": "Euro", "hatt": "hatte", "gings": "ging es", "wirds": "wird es",
    "nem": "einem", "ner": "einer", "is": "ist", "werd": "werde", "konnt": "konnte", "musst": "musste",
    "sollt": "sollte", "wollt": "wollte", "kommts": "kommt es", "zuhaus": "zuhause", "garnicht": "gar nicht",
    "garnichts": "gar nichts", "garkeine": "gar keine", "kriegte": "bekam", "kriegten": "bekamen",
    "gekriegt": "bekommen", "daheim": "zuhause", "fürn": "für einen", "nirgends": "nirgends",
}  # fmt: skip
_CONJUNCTIONS = frozenset("und aber denn doch sondern oder also tja naja".split())
_AUXILIARY = ("wurde", "werde", "hatte", "habe", "waren", "konnte", "musste", "durfte", "sollte", "wollte")
_JOINING = frozenset("und oder sondern".split())
_DAYS_AGO = frozenset("heute gestern vorgestern".split())
_TIMES_OF_DAY = frozenset("früh morgen abend mittag nacht vormittag nachmittag".split())
_TOWARDS = frozenset("in nach aus ab bis".split())
_TWO = {("schon", "wieder"): "erneut", ("mal", "wieder"): "erneut", ("nicht", "mal"): "nicht einmal"}


@dataclass(frozen=True, slots=True)
class Words:
    """The listed words by their class, and the beginnings of words that nothing is said with."""

    classes: Mapping[str, frozenset[str]]
    never: re.Pattern[str]
    never_first: re.Pattern[str]
    harmless: frozenset[str]

    def has(self, name: str, word: str) -> bool:
        return word.replace("ss", "ß") in self.classes[name] or word in self.classes[name]


@cache
def listed() -> Words:
    """The words of `clauses.toml`."""
    data = clause_data()["words"]
    classes = {name: frozenset(said.split()) for name, said in data.items()}
    never, first = ("|".join(map(re.escape, data[name].split())) for name in ("never", "never_first"))
    return Words(classes, re.compile(never), re.compile(first), classes["harmless"])


def tokens(clause: str, longest: int = LONGEST) -> list[str]:
    """The words of a clause, shortenings spelled out and words of mere feeling left out; empty with other signs."""
    clause = _SHORT.sub(r"\1 es", clause)
    if len(clause) > longest or _TOKEN.sub("", clause).strip(" '’€\n\t"):
        return []
    found = [_spelled(word) for word in _TOKEN.findall(clause.replace("€", " Euro "))]
    words = _nobody(" ".join(found).split()) if found else []
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
    if low in _JOINING and place:
        return False
    if low in _TIMES_OF_DAY and words[place - 1 : place] and words[place - 1].lower() in _DAYS_AGO:
        return True
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
    if first.startswith("Ihr") and _OURS.fullmatch(first):
        return list(words)
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
    named = known.has("doubt", low) or low in known.classes["names"]
    return named or bool(known.never.search(low) or known.never_first.match(low))


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
        return _counts(words, place)
    if listed().has("articles", word):
        return _before_noun(words, place) or word in ("alles", "alle", "beide", "weder", "noch")
    return _closed(word) or word in _UNITS or is_attribute(words, place) or is_state(word)


def _counts(words: Sequence[str], place: int) -> bool:
    """Whether a number counts something, is an hour ("um 10"), or the number of something ("Zimmer 12")."""
    if words[place + 1 : place + 2]:
        behind = words[place + 1]
        if behind[0].isupper() or behind in _UNITS:
            return True
    return place > 0 and (words[place - 1] in _BEFORE_NUMBER or words[place - 1][0].isupper())


def is_attribute(words: Sequence[str], place: int) -> bool:
    """Whether a word is an adjective before its noun; what could be a verb is one only behind an article."""
    word = words[place]
    if not _ADJECTIVE.fullmatch(word) or not _before_noun(words, place) or word.startswith(_AUXILIARY):
        return False
    before = words[place - 1] if place else ""
    plain = word not in verbs().finite or (not word.endswith(("te", "en", "er")) and place > 1)
    return plain or listed().has("articles", before) or bool(_OURS.fullmatch(before))


def is_state(word: str) -> bool:
    """Whether a small word says how something is: by its shape, or by the state that it ends with ("steinhart")."""
    if shapes.participle(word) or shapes.adjective(word):
        return True
    return any(len(state) > 3 and word.endswith(state) for state in listed().classes["states"])


def is_noun(words: Sequence[str], place: int, nouns: Lexicon) -> bool:
    """Whether a capital word is surely a noun: listed, or with an article or adjective before it."""
    word = words[place]
    if word in _ACRONYMS or _LINE.fullmatch(word) or word.lower() in _UNITS:
        return True
    if not _CAPITAL.fullmatch(word):
        return False
    if nouns.find(word) or word in listed().classes["dates"]:
        return True
    return place > 0 and (_opens(words[place - 1]) or words[place - 1] in _TOWARDS or _is_named(words, place, nouns))


def _is_named(words: Sequence[str], place: int, nouns: Lexicon) -> bool:
    """Whether a capital word is the name of the thing before it: "im Verteilzentrum Wien"; a person's is none."""
    before = nouns.find(words[place - 1]) if place > 1 and words[place - 1][0].isupper() else ()
    return bool(before) and before[0].kind not in (NEVER, "person") and _opens(words[place - 2])


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
    if (word in verbs().finite and not _ADJECTIVE.fullmatch(word)) or listed().has("articles", word):
        return word in ("beiden", "vielen", "wenigen")
    counted = listed().has("numbers", word) or word[0].isdigit()
    if listed().has("prepositions", word) or (word in verbs().finite and word.startswith(_AUXILIARY)):
        return False
    return counted or bool(_ADJECTIVE.fullmatch(word)) or word in _DEGREES
