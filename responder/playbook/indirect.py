"""A question of the customer as a clause of ours: "Wie lange kann ich verlängern?" becomes "wie lange Sie verlängern
können". Nothing where it is not certain: an unknown verb, a subject that cannot be told, a question that only scolds.
Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from responder.playbook.persons import Speaker, turned
from responder.playbook.verbs import Finite, verbs

_LONGEST = 20
"""More words than this a person sums up better."""
_OPENING = re.compile(
    r"^(?:\W|@[\w.]+|(?:und|oder|aber|also|hallo|hi|servus|grüezi|grüß gott|guten tag|moin|sorry|ähm)\b[ ,]*"
    r"|[^?:]{0,24}\bfrage[^?:]{0,16}:|ps:)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r",\s*(?=(?:wenn|falls|damit|weil|obwohl|dass|ob|um|die|der|das|den|wo|bevor|nachdem)\b)")
_HINGES = re.compile(r"\b(?:auch|nur|trotzdem|das)\b(?:\s\w+)?$", re.IGNORECASE)
"""What makes no sense without the clause behind it: "Gilt das auch, wenn …"."""
_OTHER_HALF = re.compile(
    r"\s+(?:oder|und)\s+(?=\w+\s+(?:ich|wir|ihr|Sie|du|man|es)\b)|\s+oder\s+(?=(?:brauche?|muss|soll|kann|geht|gibt|ist|bekomme?|reicht|macht|habt|haben)\b)"
)
_ENDS_BY_CHANCE = re.compile(r"(?:[,\s]+(?:oder(?: (?:nicht|was|wie))?|gell?|ne|bitte|danke))?\s*$", re.IGNORECASE)
_NOBODY = frozenset("keiner niemand jemand".split())
"""Who asks for nobody scolds."""
_FILLERS = frozenset("aber denn bitte eigentlich mal überhaupt vielleicht eventuell evtl zufällig".split())
_ASKS = re.compile(
    r"(?:(?:an|für|von|mit|bei|zu|ab|bis|seit|auf|in|um|aus|unter|über)\s+)?"
    r"(?:wann|wo|wohin|woher|womit|wofür|wer|wen|wem|was|warum|wieso|weshalb|wie|welche[rsnm]?)\b",
    re.IGNORECASE,
)
_HOW = frozenset("lange viel viele oft hoch teuer schnell weit gross groß alt spät früh genau".split())
_SPOKEN = {
    "gibts": "gibt es", "gibt's": "gibt es", "gehts": "geht es", "geht's": "geht es", "habts": "habt ihr",
    "kanns": "kann es", "ists": "ist es", "kann's": "kann es", "is": "ist", "kriegt": "bekommt",
    "krieg": "bekomme", "hab": "habe", "brauch": "brauche", "bekomm": "bekomme", "kommt's": "kommt es",
}  # fmt: skip
_MAY = {
    "könnte": "können", "würde": "werden", "dürfte": "dürfen", "müsste": "müssen", "sollte": "sollen",
    "hätte": "haben", "wäre": "sein", "gäbe": "geben", "ginge": "gehen", "möchte": "mögen",
}  # fmt: skip
"""Forms of politeness, by the verb that they belong to."""
_STOPS = re.compile(r"[^\w.,:%€/-]|,$|:$|[^\d]\.$")
"""A word after which something else begins."""
_WE = ("sie", "ihr")
_PERSONAL = re.compile(r"\b(?:ich|wir|ihr|du|Sie)\b")


@dataclass(frozen=True, slots=True)
class _Question:
    """The words before the verb ("wie lange", or "ob"), the verb, and all that follows."""

    lead: str
    verb: str
    rest: tuple[str, ...]


def indirect(question: str, *, formal: bool, swiss: bool) -> str:
    """The question as it stands after a comma, without its mark; empty where that is not certain."""
    bare = _ENDS_BY_CHANCE.sub("", _OPENING.sub("", question.strip(" ?!\n")))
    main, tail = _parted(bare)
    asked = _question(main)
    if asked is None:
        return ""
    said = _turned(asked, Speaker(formal, swiss))
    return f"{said}{tail}" if said else ""


def _parted(bare: str) -> tuple[str, str]:
    """The question itself and the clause behind it; what follows there about persons is left out."""
    if also := _OTHER_HALF.search(bare):
        bare = bare[: also.start()]
    behind = _TAIL.search(bare)
    if behind is None:
        return bare, ""
    tail = bare[behind.end() :]
    plain = not re.search(r"\b(?:mein\w*|mir|mich|uns\w*|eu\w+|Ih\w+|dein\w*|di[rc]h?)\b", tail)
    if plain and not _PERSONAL.search(tail):
        return bare[: behind.start()], f", {tail}"
    return ("", "") if _HINGES.search(bare[: behind.start()]) else (bare[: behind.start()], "")


def _question(main: str) -> _Question | None:
    words = [word for raw in main.split() for word in _SPOKEN.get(raw.lower(), raw).split()]
    if not 2 <= len(words) <= _LONGEST or any(map(_STOPS.search, words[:-1])):
        return None
    places = [place for place, word in enumerate(words[:7]) if _senses(word.lower())]
    asks = _ASKS.match(main)
    if asks is None:
        return _Question("ob", words[0], tuple(words[1:])) if places[:1] == [0] else None
    place = next((place for place in places if place >= len(asks[0].split())), None)
    if place is None or not _asking(words[:place]):
        return None
    lead = " ".join([words[0].lower(), *words[1:place]])
    return _Question(lead, words[place], tuple(words[place + 1 :]))


def _asking(lead: Sequence[str]) -> bool:
    """ "wie lange", "an wen", "welche Größe": one word of asking with what belongs to it, and no subject."""
    own = [word for word in lead if not (_ASKS.fullmatch(word) or word.lower() in _HOW or word[0].isupper())]
    return len(lead) <= 4 and all(word in ("an", "für", "von", "mit", "bei", "zu", "ab", "bis", "seit") for word in own)


def _turned(asked: _Question, speaker: Speaker) -> str:
    words = [word for word in asked.rest if word not in _FILLERS]
    who = _subject(words)
    if who is None:
        return ""
    verb, lemma = _verb(asked.verb.lower(), who, speaker)
    if not verb:
        return ""
    subject = "wir" if who in _WE or who == "du" else who
    rest, ending = _behind(words[who in ("ich", "wir", "sie", "ihr", "du") :], verb, lemma)
    ours = {"sie": "wir", "ihr": "wir", "du": "wir", "ich": "Sie" if speaker.formal else "du"}
    front = ours.get(who) or ("" if who != "wir" else "Sie" if speaker.formal else "ihr")
    said = turned([_away(word) for word in rest], subject if who in ("ich", "wir") else "", lemma, speaker)
    if len(said) != len(rest):
        return ""
    return speaker.spelled(" ".join(filter(None, (asked.lead, front, *said, ending))))


def _away(word: str) -> str:
    """What is said of us with "du" in the words that `turned` knows."""
    if word in ("dir", "dich"):
        return "euch"
    return re.sub(r"^dein(?=e?[mnrs]?$)", "Ihr", word)


def _subject(words: Sequence[str]) -> str | None:
    """The person right behind the verb in small letters, "" for a thing, None where it cannot be told."""
    if not words:
        return ""
    first = words[0]
    if first in ("ich", "wir", "ihr", "du") or first == "Sie":
        return first.lower()
    return None if any(_PERSONAL.fullmatch(word) for word in words[1:]) or _NOBODY.intersection(words) else ""


def _verb(form: str, who: str, speaker: Speaker) -> tuple[str, str]:
    """The verb for its new subject, and its infinitive; two empty strings where they do not agree."""
    for sense in _senses(form):
        if who in ("ich", "wir"):
            wanted = "1" if who == "ich" else "p"
            if wanted in sense.persons:
                return (sense.many if speaker.formal else sense.du if who == "ich" else sense.ihr), sense.lemma
        elif (who, form) in (("ihr", sense.ihr), ("du", sense.du)) or (who == "sie" and "p" in sense.persons):
            return sense.many, sense.lemma
        elif not who and ("3" in sense.persons or "p" in sense.persons):
            return form, sense.lemma
    return "", ""


def _behind(words: Sequence[str], verb: str, lemma: str) -> tuple[list[str], str]:
    """The words between, and the verb with its prefix: "fährt … ab" becomes "abfährt"."""
    apart = lemma in ("sein", "werden") or words[-1:] in (["offen"], ["kaputt"], ["leer"], ["fertig"])
    if words and not apart and words[-1] in (*verbs().prefixes, "statt", "teil"):
        return list(words[:-1]), words[-1] + verb
    return list(words), verb


@cache
def _forms() -> dict[str, tuple[Finite, ...]]:
    """Every finite form, also those for du and ihr and the polite ones."""
    found = dict(verbs().finite)
    for sense in {one for senses in verbs().finite.values() for one in senses}:
        for form in (sense.du, sense.ihr):
            found[form] = (*found.get(form, ()), sense)
    for polite, lemma in _MAY.items():
        one = Finite(lemma, frozenset("13"), f"{polite}n", f"{polite}st", f"{polite}t")
        many = Finite(lemma, frozenset("p"), f"{polite}n", f"{polite}st", f"{polite}t")
        found |= {polite: (one,), f"{polite}n": (many,), f"{polite}st": (one,), f"{polite}t": (one,)}
    return found


def _senses(form: str) -> tuple[Finite, ...]:
    return _forms().get(form, ())
