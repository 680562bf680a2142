"""Which clause of a post tells best what happened, said back in our words' order; nothing where none is certain. Pure.

A clause counts that tells of harm as a plain fact: no question, wish, guess, quotation or judgement, and nothing that
another clause completes. Looked for in the title and the text, earlier ones first where they tell as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.restate import restated, restated_reason
from responder.playbook.restate_short import instead, restated_short
from responder.playbook.verbs import clause_data
from responder.reading import lexicon
from responder.reading.model import Reading, Text
from responder.reading.normalise import fold

RETOLD = "retold"
ENOUGH = 2
"""So much must speak for harm: one strong sign, or two weak ones."""
_STRONG, _WEAK, _GOOD = 2.0, 1.0, 1.0
_FOREIGN = re.compile(r"[<>{}`|\\\[\]]|https?:|www\.|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Signs of markup and of machines: such a post is never said back."""
_SENTENCE = re.compile(r"(?<!\d)[.](?=\s|$)|(?<=\d)[.](?=\s*$|\s+[A-ZÄÖÜ]|\n)|[!?\n;…]|\.\.+")
_QUOTED = re.compile(r"[\"„“”»«‚‘]")
_PIECE = re.compile(
    r"\s*,\s*(?:(?:und|aber|doch|denn)\s+)?|\s+[–—-]+\s+|\s*:\s+|\s*[()]\s*|\s+(?:aber|doch|sondern)\s+"
)
_ASIDE = re.compile(r"@\w+|#\w+|[\U0001F300-\U0001FAFF☀-➿\ufe0f]|[:;]-?[)(DP]")
_SUBORDINATE = re.compile(
    r"(?:dass|daß|ob|wenn|wie|was|wer|wo|womit|als|weil|da|obwohl|damit|sodass|bis|bevor|nachdem|während|um|ohne|statt"
    r"|welche[rsnm]?|sobald|falls|warum|wieso|wann)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:als|nachdem|obwohl|kaum|sobald|während)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"weil\s+", re.IGNORECASE)
_COMPLETES = re.compile(r"(?:dass|daß|ob|wie|was|wer|als|wo|womit|warum|wieso|wann|bis)\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:f[iä]el|fällt|fielen|fallen)\b.* aus$|\bging\b.* (?:kaputt|auf|aus|zu)$|\bhing\b.* durch$")
_COUNTED = re.compile(r"\d|\b(?:zwei|drei|vier|halbe|stunden?|wochen?|tage|monate)\b", re.IGNORECASE)
_IRONIC = re.compile(r"(?:toll|super|prima|bravo|danke|spitze|klasse|großartig|wunderbar|na ja|ach)\b", re.IGNORECASE)
_TITLE = 0.5
_LATER = 0.1


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of the post that may be a clause: what stands before and behind it in the same sentence."""

    words: str
    before: str
    behind: str
    worth: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Retold:
    """What is said after "dass", and where in the text (0 to 0: in the title) it stood."""

    that: str
    start: int
    end: int


def retold(reading: Reading, text: Text, voice: Voice, *, formal: bool) -> Retold | None:
    """The clause that tells most of harm, turned to the reader."""
    if voice.language != "de" or reading.language not in ("de", "und") or _FOREIGN.search(f"{text.title}{text.text}"):
        return None
    ranked = sorted(((harm(one.words) + one.worth, one) for one in _candidates(reading, text)), key=lambda it: -it[0])
    for weight, one in ranked:
        said = instead(one.words, voice.nouns, swiss=voice.locale == "de-CH")
        if said or (weight - one.worth >= ENOUGH and (said := _said(one, voice, formal=formal))):
            return Retold(said, one.start, one.end)
    return None


def retold_matter(reading: Reading, text: Text, voice: Voice, *, formal: bool) -> tuple[Matter, ...]:
    """The clause as a matter without a name of its own: it is said back and looked into, and nothing more."""
    found, kind = retold(reading, text, voice, formal=formal), voice.kinds.get(RETOLD)
    if found is None or kind is None:
        return ()
    return (replace(kind, key=RETOLD, forms={**kind.forms, "that": (compile_phrase(found.that),)}),)


def _said(one: _Candidate, voice: Voice, *, formal: bool) -> str:
    swiss = voice.locale == "de-CH"
    if because := _BECAUSE.match(one.words):
        return restated_reason(one.words[because.end() :], voice.nouns, formal=formal, swiss=swiss)
    if _SUBORDINATE.match(one.words) or _COMPLETES.match(one.behind) or _IRONIC.match(one.before):
        return ""
    led = bool(_LEADS.match(one.before))
    return restated(one.words, voice.nouns, formal=formal, swiss=swiss, led=led) or restated_short(
        one.words, voice.nouns, formal=formal, swiss=swiss
    )


def _candidates(reading: Reading, text: Text) -> Iterator[_Candidate]:
    """The pieces of title and text that are no question, quote nothing and hold nothing personal."""
    if text.title and not _QUOTED.search(text.title) and "?" not in text.title:
        yield from _pieces(text.title.strip(" .!"), _TITLE, 0, 0)
    start = 0
    for number, match in enumerate(_ends(text.text)):
        sentence, sign = text.text[start : match[0]], match[1]
        private = any(span.start < match[0] and start < span.end for span in reading.pii)
        if sign != "?" and not private and not _QUOTED.search(sentence):
            yield from _pieces(sentence, -_LATER * number, start, match[0])
        start = match[0] + len(sign)


def _ends(written: str) -> list[tuple[int, str]]:
    found = [(match.start(), match[0]) for match in _SENTENCE.finditer(written)]
    return [*found, (len(written), "")]


def _pieces(sentence: str, worth: float, start: int, end: int) -> Iterator[_Candidate]:
    plain = _ASIDE.sub(" ", sentence).strip()
    yield _Candidate(plain, "", "", worth, start, end)
    parts = [part.strip() for part in _PIECE.split(plain) if part.strip()]
    for place, part in enumerate(parts if len(parts) > 1 else ()):
        before = parts[place - 1] if place else ""
        behind = parts[place + 1] if place + 1 < len(parts) else ""
        yield _Candidate(part, before, behind, worth, start, end)


def harm(words: str) -> float:
    """How much in a clause tells of harm; words of praise count against it, and "nicht" turns what it denies."""
    found = [fold(word).text for word in re.findall(r"[^\W\d_]+", words)]
    strong, weak, poor, denying = _signs()
    denied = any(word in denying for word in found)
    bad = sum(_STRONG if word.startswith(strong) else max(0.0, _felt(word)) for word in found if word not in denying)
    good = sum(max(0.0, -_felt(word)) for word in found if not word.startswith(strong) and word not in denying)
    bad += _STRONG * bool(_APART.search(words)) + _WEAK * sum(word in poor for word in found)
    if denied:
        return 0.0 if bad else _STRONG + good
    counted = bool(_COUNTED.search(words))
    return bad - good + _WEAK * (counted + sum(word in weak for word in found))


def _felt(word: str) -> float:
    mood = lexicon.load("de").weight(word)
    return _WEAK if mood > 0 else -_GOOD if mood < 0 else 0.0


@cache
def _signs() -> tuple[tuple[str, ...], frozenset[str], frozenset[str], frozenset[str]]:
    """Beginnings of words that tell of harm, whole words that tell a little of it, of a fault, and that deny."""
    table = clause_data()["harm"]
    strong, weak, poor, denying = (fold(table[name]).text.split() for name in ("strong", "weak", "poor", "denying"))
    return tuple(strong), frozenset(weak), frozenset(poor), frozenset(denying)
