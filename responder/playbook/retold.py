"""Which clause of a post tells best what happened, said back in our words' order; nothing where none is certain. Pure.

A clause counts that tells of harm as a plain fact: no question, wish, guess, quotation or judgement, and nothing that
another clause completes. They are weighed by signs of a fault, by a complaint that the reading found there and by the
thing they name; each sentence further on weighs less, so that what only followed from it comes later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from responder.playbook.capitals import with_capitals
from responder.playbook.clause_words import LONGEST
from responder.playbook.coordinate import Manner, said_again
from responder.playbook.grammar import compile_phrase
from responder.playbook.harm import STRONG, WEAK, harm
from responder.playbook.model import Matter, Voice
from responder.playbook.nouns import NEVER
from responder.playbook.restate import restated_reason
from responder.playbook.restate_short import got_instead, instead
from responder.reading.model import Reading, Text

RETOLD = "retold"
ENOUGH = 2
"""So much must speak for harm: one strong sign, or two weak ones."""
_FOREIGN = re.compile(r"[<>{}`|\\\[\]]|https?:|www\.|[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Signs of markup and of machines: such a post is never said back."""
_ORDINAL = (
    r"(?:J[aä]n|Feb|M[aä]r|Apr|Mai|Ju[nl]|Aug|Sep|Okt|Nov|Dez|Stock|Etage|OG|UG|Klasse|Rang|Reihe|Bezirk|Mal|Tag|Akt)"
)
_SENTENCE = re.compile(rf"(?<!\d)[.](?=\s|$)|(?<=\d)[.](?=\s*$|\s+(?!{_ORDINAL})[A-ZÄÖÜ]|\n)|[!?\n;…]|\.\.+")
_QUOTED = re.compile(r"[\"„“”»«‚‘]")
_PIECE = re.compile(
    r"\s*(?:(?<!\d),|,(?!\d))\s*(?:(?:und|aber|doch|denn)\s+)?|\s+[–—-]+\s+|\s*:\s+|\s*[()]\s*"
    r"|\s+(?:aber|doch|sondern)\s+"
    r"|\s+(?=(?:wenn|obwohl|weil|während|nachdem|sobald|sodass|obwohls|wenns)\s)"
)
_ASIDE = re.compile(r"@\w+|#\w+|[\U0001F300-\U0001FAFF☀-➿\ufe0f]|[:;]-?[)(DP]")
_SUBORDINATE = re.compile(
    r"(?:dass|daß|ob|wenn|wie|was|wer|wo|womit|als|weil|da|obwohl|damit|sodass|bis|bevor|nachdem|während|um|ohne|statt"
    r"|welche[rsnm]?|sobald|falls|warum|wieso|wann)\b",
    re.IGNORECASE,
)
_LEADS = re.compile(r"(?:als|nachdem|obwohl|kaum|sobald|während)\b", re.IGNORECASE)
_BECAUSE = re.compile(r"weil\s+", re.IGNORECASE)
_COMPLETES = re.compile(r"(?:dass|daß|ob|wie|was|wer|womit|warum|wieso|wann)\b", re.IGNORECASE)
_SO = re.compile(r"\b(?:so|derart|dermaßen)\s+\w+(?:\s+\w+){0,2}$")
"""What "dass" completes behind "so kalt" may be left out: the clause stands by itself."""
_SO_MUCH = re.compile(
    r"\b(?:so|derart|dermaßen)(?= (?:leise|laut|dünn|klein|groß|gross|kalt|heiß|warm|eng|lang|kurz|hoch|niedrig|dunkel"
    r"|hell|hart|weich|schwer|spät|früh|langsam|schnell|teuer|wenig|viel|weit)$)"
)
"""Without its "dass" so small is too small."""
_SOLE = re.compile(r"(?:nur|einzig|lediglich)\s+(?:der|die|das)\b", re.IGNORECASE)
"""What is set apart from all else is the fault."""
_ONLY_IF = re.compile(r"\b(?:nur|erst|immer(?! noch| wieder)|bloß|lediglich)\b")
_IF = re.compile(r"(?:wenn|falls|solange|sobald)\b", re.IGNORECASE)
"""What happens only on a condition is not told without it."""
_IRONIC = re.compile(r"(?:toll|super|prima|bravo|danke|spitze|klasse|großartig|wunderbar|na ja|ach)\b", re.IGNORECASE)
_TITLE = 0.5
_LATER = 0.6
_THING = 1.0
_SUFFERED = re.compile(
    r"\b(?:[Mm]ein|[Uu]nser|[Mm]ir|[Uu]ns|[Mm]ich)(?:e[mnrs]?)?\b.*\bwurden?\b|\bwurden?\b.*\b(?:mein|unser|mir|uns)\w*\b"
)
"""Something was done to the writer or to what is his."""
_OTHERWISE = re.compile(
    r"(?:bestellt|gebucht|reserviert|vereinbart|zugesagt|versprochen|angekündigt|angegeben|gewünscht)"
    r" (?:war\w*|wurden?|hatte\w*|habe\w*)\b",
    re.IGNORECASE,
)
"""What was agreed stands beside it, so that it was otherwise."""
_LOW = 0.4
"""The share of the best rating up to which a post complains."""
_FIRST = 0.5
_BUT = re.compile(r"\b(?:aber|doch|sondern)\b")
_PRESENTED = re.compile(r"\b(?:ist|sind|war|waren|gibt|gab|steht|stand|lag|liegt)\b.* ein(?:e[nmr]?)? \w+$")
_RELATIVE = re.compile(r"(?:der|die|das|den|dem|denen|dessen|deren)\b")
_OF_THING = re.compile(
    r"(?:[Dd](?:er|ie|as)|[Mm]eine?|[Uu]nsere?|[Ee]in|[Ee]ine|[Kk]eine?|[Ii]hre?|[Zz]wei) (?:\w+e[rsn]? )?[A-ZÄÖÜ]"
)
"""A clause that begins with its thing says something of it."""
_MOST = 5.0
"""More signs than these say no more: a long piece holds many."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A piece of the post that may be a clause: what stands before and behind it in the same sentence, and where."""

    words: str
    before: str
    behind: str
    worth: float
    start: int
    end: int
    conceded: bool = False
    """Whether "aber" follows: then the next piece is what counts."""


@dataclass(frozen=True, slots=True)
class Retold:
    """What is said after "dass", and where in the text (0 to 0: in the title) it stood."""

    that: str
    start: int
    end: int
    weight: float = 0.0


def retold(reading: Reading, text: Text, voice: Voice, *, formal: bool) -> Retold | None:
    """The clause that tells most of harm, turned to the reader."""
    if voice.language != "de" or reading.language not in ("de", "und") or _FOREIGN.search(f"{text.title}{text.text}"):
        return None
    low = text.rating is not None and text.rating <= _LOW * (text.rating_best or 5)
    text = replace(text, text=with_capitals(text.text, voice.nouns))
    weighed = [(_weight(one, reading, voice, low=low), one) for one in _candidates(reading, text)]
    for weight, one in sorted(weighed, key=lambda it: -it[0] - it[1].worth):
        said = _swapped(one.words, voice, formal=formal)
        if said or (weight >= WEAK and (said := _said(one, voice, formal=formal))):
            return Retold(said, one.start, one.end, weight)
    return None


def _swapped(words: str, voice: Voice, *, formal: bool) -> str:
    """One thing for another needs no other sign of harm."""
    return got_instead(words, voice.nouns, formal=formal) or instead(words, voice.nouns, swiss=voice.locale == "de-CH")


def _weight(one: _Candidate, reading: Reading, voice: Voice, *, low: bool) -> float:
    """What a piece tells of harm: its own words, a complaint that was read in it, and that it names a thing. With few
    stars a small sign is enough where the piece begins with its thing."""
    if len(one.words) > 2 * LONGEST:
        return 0.0
    own = harm(one.words) + STRONG * bool(_OTHERWISE.match(one.behind) or _OTHERWISE.match(one.before))
    known = voice.matters["complaint"]
    read = any(r.label in known and one.start <= r.start and r.end <= one.end for r in reading.reasons)
    own += WEAK * bool(own and _SUFFERED.search(one.words))
    own -= WEAK * one.conceded
    own += STRONG * (_so_that(one, reading) or (own >= 0 and bool(_SOLE.match(one.words))))
    of_thing = bool(_OF_THING.match(one.words))
    if own < (WEAK if low and of_thing else ENOUGH) and not read:
        return 0.0
    things = (noun for word in one.words.split() if word[:1].isupper() for noun in voice.nouns.find(word.strip(".,!")))
    named = any(noun.kind not in (NEVER, "person", "time") for noun in things)
    return min(own, _MOST) + STRONG * read + _THING * named + _FIRST * of_thing


def _so_that(one: _Candidate, reading: Reading) -> bool:
    """Whether something was so much that harm came of it; in a post without praise any outcome tells that."""
    if not (_SO.search(one.words) and _COMPLETES.match(one.behind)) or harm(one.words) < 0:
        return False
    outcome = harm(one.behind)
    return outcome >= WEAK or (reading.sentiment != "positive" and outcome >= 0)


def as_matter(found: Retold, voice: Voice) -> tuple[Matter, ...]:
    """The clause as a matter without a name of its own: it is said back and looked into, and nothing more."""
    kind = voice.kinds.get(RETOLD)
    if kind is None:
        return ()
    return (replace(kind, key=RETOLD, forms={**kind.forms, "that": (compile_phrase(found.that),)}, told=True),)


def _said(one: _Candidate, voice: Voice, *, formal: bool) -> str:
    swiss = voice.locale == "de-CH"
    if because := _BECAUSE.match(one.words):
        return restated_reason(one.words[because.end() :], voice.nouns, formal=formal, swiss=swiss)
    if _SUBORDINATE.match(one.words) or _IRONIC.match(one.before):
        return ""
    if _PRESENTED.search(one.words) and _RELATIVE.match(one.behind):
        return ""
    if _COMPLETES.match(one.behind) and not _SO.search(one.words):
        return ""
    if _IF.match(one.behind) and _ONLY_IF.search(one.words):
        return ""
    led = bool(_LEADS.match(one.before))
    words = _SO_MUCH.sub("zu", one.words) if _COMPLETES.match(one.behind) else one.words
    return said_again(words, Manner(voice.nouns, formal, swiss), led=led)


def _candidates(reading: Reading, text: Text) -> Iterator[_Candidate]:
    """The pieces of title and text that are no question, quote nothing and hold nothing personal."""
    if text.title and not _QUOTED.search(text.title) and "?" not in text.title:
        yield from _pieces(text.title.strip(" .!"), _TITLE, 0, 0)
    start = 0
    for number, match in enumerate(_ends(text.text)):
        sentence, sign = text.text[start : match[0]], match[1]
        private = any(span.start < match[0] and start < span.end for span in reading.pii)
        if sentence.strip() and sign != "?" and not private and not _QUOTED.search(sentence):
            yield from _pieces(sentence, -_LATER * number, start, match[0])
        start = match[0] + len(sign)


def _ends(written: str) -> list[tuple[int, str]]:
    found = [(match.start(), match[0]) for match in _SENTENCE.finditer(written)]
    return [*found, (len(written), "")]


def _pieces(sentence: str, worth: float, start: int, end: int) -> Iterator[_Candidate]:
    plain = _ASIDE.sub(_blank, sentence)
    yield _Candidate(plain.strip(), "", "", worth, start, end)
    parts = [part for part in _parted(plain) if part[0].strip()]
    for number, (part, at) in enumerate(parts if len(parts) > 1 else ()):
        before = parts[number - 1][0].strip() if number else ""
        behind = parts[number + 1][0].strip() if number + 1 < len(parts) else ""
        begin, stop = (start + at, start + at + len(part)) if end else (0, 0)
        after = parts[number + 1][1] if number + 1 < len(parts) else len(plain)
        conceded = _BUT.search(plain, at + len(part), after) is not None
        yield _Candidate(part.strip(), before, behind, worth, begin, stop, conceded)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _parted(sentence: str) -> list[tuple[str, int]]:
    """The pieces of a sentence with the places where they begin."""
    found, start = [], 0
    for match in _PIECE.finditer(sentence):
        found.append((sentence[start : match.start()], start))
        start = match.end()
    return [*found, (sentence[start:], start)]
