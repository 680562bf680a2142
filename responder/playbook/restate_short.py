"""Clauses without a finite verb, said back: "Eine Stunde aufs Essen gewartet", "Spülmaschine nach drei Wochen kaputt",
"Bestellt war Salbei, geliefert Petrol". A few patterns; what fits none of them gives nothing. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from responder.playbook.clause_words import forbidden, listed, lowered, tokens, understood
from responder.playbook.nouns import NEVER, Lexicon
from responder.playbook.persons import Speaker, turned
from responder.playbook.verbs import clause_data, verbs

_LONGEST, _MOST = 12, 4
_INSTEAD = re.compile(
    r"(?:bestellt|gebucht|vereinbart|zugesagt)(?: (?:war|waren|hatte ich|hatten wir))?:? "
    r"(?P<first>[^,;.:]+)(?:, | und )"
    r"(?:aber )?(?P<verb>geliefert|gekommen)(?: (?:wurde|wurden|kam|kamen|habe ich|haben wir))?:? "
    r"(?P<second>[^,;.:]+)",
    re.IGNORECASE,
)
_GOT = re.compile(
    r"(?:(?:wir|ich) (?:haben|habe|hab|hatten|hatte) )?"
    r"(?P<first>[^,;.:]+) (?P<ordered>bestellt|gebucht|reserviert|gewünscht|gekauft),? "
    r"(?:und |aber |dann )?(?P<second>[^,;.:]+) (?P<came>bekommen|erhalten|gekriegt)(?: (?:habe ich|haben wir))?",
    re.IGNORECASE,
)
_A = {"m": "einen ", "f": "eine ", "n": "ein "}
_PIECES = ("goods", "device")
_VERB = re.compile(r"\w+")
_SEVERAL = frozenset(
    "zwei drei vier fünf sechs sieben acht neun zehn zwölf beide viele alle mehrere einige meine unsere die".split()
)
_STILL = frozenset(("heute", "noch"))
"""What is so until today, or still, is so."""
_ONE = {"m": "der", "f": "die", "n": "das"}


def restated_short(clause: str, nouns: Lexicon, *, formal: bool, swiss: bool) -> str:
    """The clause as it stands after "dass", or nothing."""
    words = lowered(tokens(clause), nouns)
    known = verbs()
    if not 2 <= len(words) <= _LONGEST or forbidden(words) or any(word in known.finite for word in words[:-1]):
        return ""
    return _by_writer(words, nouns, Speaker(formal, swiss)) or _of_thing(words, nouns, Speaker(formal, swiss))


def got_instead(text: str, nouns: Lexicon, *, formal: bool) -> str:
    """ "Pizza Tonno bestellt, Salami bekommen": "Sie Pizza Tonno bestellt und Salami bekommen haben"."""
    match = _GOT.fullmatch(text.strip(" .!"))
    if match is None or not all(_plain_things(tokens(match[name]), nouns) for name in ("first", "second")):
        return ""
    who, verb = ("Sie", "haben") if formal else ("du", "hast")
    first, second = (_one(match[name], nouns) for name in ("first", "second"))
    came = "bekommen" if match["came"].lower() == "gekriegt" else match["came"].lower()
    return f"{who} {first} {match['ordered'].lower()} und {second} {came} {verb}"


def _one(words: str, nouns: Lexicon) -> str:
    """A single piece of furniture or a device with the article that it lacks."""
    found = nouns.find(words) if words[:1].isupper() else ()
    single = len(found) == 1 and found[0].kind in _PIECES
    return f"{_A.get(found[0].gender, '') if single else ''}{words}"


def instead(text: str, nouns: Lexicon, *, swiss: bool) -> str:
    """ "Bestellt war Salbei, geliefert Petrol": "Salbei bestellt war und Petrol geliefert wurde"."""
    match = _INSTEAD.fullmatch(text.strip(" .!"))
    if match is None:
        return ""
    first, second = (tokens(match[name]) for name in ("first", "second"))
    verb = match["verb"].lower()
    if not _plain_things(first, nouns) or not _plain_things(second, nouns):
        return ""
    ordered = _VERB.match(match[0])
    assert ordered is not None
    came = "kam" if verb == "gekommen" else "geliefert wurde"
    said = f"{' '.join(first)} {ordered[0].lower()} war und {' '.join(second)} {came}"
    return said.replace("ß", "ss") if swiss else said


def _plain_things(words: Sequence[str], nouns: Lexicon) -> bool:
    """One thing in a few plain words, a single one, so that the verb agrees."""
    if not 0 < len(words) <= _MOST or forbidden(words) or words[0].lower() in _SEVERAL or words[0][0].isdigit():
        return False
    if not words[-1][0].isupper() or words[-1] in ("Uhr", "Euro"):
        return False
    found = nouns.find(words[-1])
    return not (found and found[0].many) and (len(words) == 1 or understood(words, nouns, frozenset()))


def _by_writer(words: Sequence[str], nouns: Lexicon, speaker: Speaker) -> str:
    """What the writer did, his "ich habe" left out."""
    if words[-1] not in clause_data()["verbs"]["own"].split() or words[0] in ("der", "ich", "wir"):
        return ""
    said = turned(words, "ich", verbs().participle(words[-1]), speaker)
    if not said or not understood(words, nouns, frozenset((len(words) - 1,))):
        return ""
    subject, verb = ("Sie", "haben") if speaker.formal else ("du", "hast")
    return speaker.spelled(" ".join((subject, *said, verb)))


def _of_thing(words: Sequence[str], nouns: Lexicon, speaker: Speaker) -> str:
    """What was done to a thing, or how it was."""
    data, last = clause_data()["verbs"], words[-1]
    state = (listed().has("states", last) and last != "weg") or last in data["was"].split()
    if not state and last not in data["done"].split():
        return ""
    started = _with_article(words, nouns)
    if not started or not understood(started, nouns, frozenset((len(started) - 1,))):
        return ""
    several = _many(started, nouns) if started[0] == "die" else started[0] in _SEVERAL
    verb = ("wurde", "wurden") if not state else ("ist", "sind") if _STILL.intersection(words) else ("war", "waren")
    said = turned(started, "", verbs().participle(last), speaker)
    return speaker.spelled(" ".join((*said, verb[several]))) if said else ""


def _with_article(words: Sequence[str], nouns: Lexicon) -> list[str]:
    """The words with the article that the first noun lacks; nothing where its gender or number is open."""
    first = words[0]
    if first[0].islower():
        begins = first in ("der", "die", "das", "mein", "meine", "unser", "unsere", "kein", "keine", *_SEVERAL)
        return list(words) if begins and words[1][0].isupper() else []
    senses = {(noun.gender, noun.kind == NEVER) for noun in nouns.find(first) if "n" in noun.cases}
    genders = {gender for gender, _ in senses}
    if len(genders) != 1 or any(never for _, never in senses) or words[1][0].isupper():
        return []
    gender = genders.pop()
    return [_ONE.get(gender, "die"), *words]


def _many(words: Sequence[str], nouns: Lexicon) -> bool:
    found = next((nouns.find(word) for word in words[1:] if word[0].isupper()), ())
    return bool(found) and found[0].many
