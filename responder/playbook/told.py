"""The matter in our own words where nobody wrote it beforehand: a thing the post names, and what was wrong with it.

In steps, the surest first: a hand-written matter; a thing with its trouble; the thing alone, where the post blames it.
Nothing is said that the post does not say, and what is doubtful is left out. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from responder.playbook.beside import Told, prepared
from responder.playbook.facts import say_duration
from responder.playbook.grammar import Phrase, compile_phrase
from responder.playbook.model import FORMS, Matter, Trouble, Voice
from responder.playbook.model import Noun as Named
from responder.playbook.named import clauses
from responder.playbook.nouns import NEVER, OWN, Noun, weak_adjective
from responder.playbook.troubles import Found, bare, subjects, troubles
from responder.reading.model import Reading, Text

ABOUT, OTHER = "about", "other"
LONG = 8
"""A first word of so many letters is a noun, more likely than not."""
FEW = 9
"""A post of more words than this has told something, even where we do not understand it."""
VAGUE = ("disappointing",)
"""Matters that tell what somebody felt, not what happened."""
_LASTS = re.compile(r"\b(?:seit|schon|immer noch|noch immer|bis heute|inzwischen|mittlerweile)\b", re.IGNORECASE)
_AGAIN = re.compile(
    r"\b(?:immer|ständig|dauernd|jedes mal|jeden|jede|täglich|seit|schon wieder|mehrfach|mehrmals|oft|regelmäßig"
    r"|zum \w+ mal"
    r"|bis heute|noch immer|nie|niemals|neuerdings|jetzt)\b",
    re.IGNORECASE,
)
_POLITE = frozenset("sie ihr ihre ihnen euch nie".split())
_HOUSE = frozenset("laden geschäft lokal hotel restaurant praxis haus filiale betrieb".split())
"""Words for the business as a whole: naming them names nothing."""
_FACTS = frozenset(("lasting", "since", "took"))


@dataclass(frozen=True, slots=True)
class Piece:
    """One composed matter and where the post says it, in places of its text as written with the title."""

    matter: Matter
    start: int
    end: int
    thing: str


def composed(reading: Reading, text: Text, voice: Voice, *, discreet: bool) -> list[Piece]:
    """A matter for every thing with its trouble, each thing once: what is precise before what only disappoints."""
    if not voice.troubles:
        return []
    told = prepared(text, voice)
    found = [place for place in troubles(told, voice) if not _private(place, reading, told)]
    sure = [place for place in found if place.trouble is not None]
    sure.sort(key=lambda place: place.trouble is not None and place.trouble.matter.key in VAGUE)
    pieces: dict[str, Piece] = {}
    for place in sure:
        assert place.trouble is not None
        facts = _lasting(reading, told, place) | _often(told, place)
        matter = said_of(place.trouble, place.noun, facts, voice, discreet=discreet)
        pieces.setdefault(place.noun.word, Piece(matter, place.start, place.end, place.noun.word))
    return list(pieces.values())


def about(reading: Reading, text: Text, voice: Voice, *, discreet: bool) -> tuple[Matter, ...]:
    """The thing that a blaming clause names, not what was wrong with it."""
    told = prepared(text, voice)
    for noun in _blamed(reading, text, told, voice):
        for trouble in voice.troubles if noun.word.lower() not in _HOUSE else ():
            if trouble.sign == ABOUT and trouble.fits(noun.kind):
                return (said_of(trouble, noun, {}, voice, discreet=discreet),)
    return ()


def plain(text: Text, voice: Voice) -> tuple[Matter, ...]:
    """What was wrong where no thing is told with it, such as not being taken seriously; at most one."""
    told = prepared(text, voice)
    order = [trouble.sign for trouble in voice.troubles]
    found = sorted((trouble for trouble, *_ in bare(told, voice)), key=lambda trouble: order.index(trouble.sign))
    return tuple(_with_forms(trouble.matter, voice.kinds[OTHER]) for trouble in found[:1])


def says_nothing(text: Text, voice: Voice) -> bool:
    """Whether a short post names nothing at all that we know: there is nothing to say back, only to ask."""
    words = text.text.split()
    begins = {place + 1 for place, word in enumerate(words) if word[-1] in ".!?:"} | {0}
    nouns = {re.sub(r"\W", "", word) for place, word in enumerate(words) if word[0].isupper() and place not in begins}
    nouns |= {re.sub(r"\W", "", words[place]) for place in begins if place < len(words) and len(words[place]) >= LONG}
    known = [voice.nouns.find(word) for word in nouns if word.lower() not in _POLITE]
    return len(words) <= FEW and len(known) <= 1 and all(found and found[0].kind == NEVER for found in known)


def joined(sure: Sequence[Matter], pieces: Sequence[Piece], reading: Reading, text: Text) -> tuple[Matter, ...]:
    """Hand-written matters and composed ones: the more precise of two that say the same, none twice."""
    better = [
        (piece, {key for key in piece.matter.covers if _same_place(key, piece, reading, text)}) for piece in pieces
    ]
    replaced = {key for _, keys in better for key in keys}
    kept = tuple(matter for matter in sure if matter.key not in replaced)
    said = {key for matter in kept for key in (matter.key, *matter.covers)}
    more = [
        piece.matter
        for piece, keys in better
        if (keys or not said & set(piece.matter.covers)) and not _said_by(kept, piece, reading, text)
    ]
    first = [matter for matter in more if replaced & set(matter.covers)]
    rest = [matter for matter in more if matter not in first]
    order = [*first, *kept] if sure and sure[0].key in replaced else [*kept, *first]
    vague = [matter for matter in rest if matter.key in VAGUE]
    precise = [matter for matter in rest if matter.key not in VAGUE]
    return (*order, *precise, *(vague if not (order or precise) else ()))


def _same_place(key: str, piece: Piece, reading: Reading, text: Text) -> bool:
    return any(reason.label == key and _near(reason.start, reason.end, piece, text) for reason in reading.reasons)


def _said_by(kept: Sequence[Matter], piece: Piece, reading: Reading, text: Text) -> bool:
    """Whether a hand-written matter already tells what stands at this place."""
    keys = {matter.key for matter in kept}
    shift = _shift(text)
    return any(
        reason.label in keys and reason.start + shift < piece.end and piece.start < reason.end + shift
        for reason in reading.reasons
    )


def _near(start: int, end: int, piece: Piece, text: Text) -> bool:
    """Whether two places stand in one sentence."""
    shift = _shift(text)
    written = f"{text.title}\n{text.text}" if text.title else text.text
    first, last = sorted((max(start + shift, 0), piece.start))
    return not re.search(r"[.!?\n](?!\d)", written[first:last]) or (
        start + shift < piece.end and piece.start < end + shift
    )


def _shift(text: Text) -> int:
    return len(text.title) + 1 if text.title else 0


def _private(place: Found, reading: Reading, told: Told) -> bool:
    shift = told.document.shift
    return any(span.start + shift < place.end and place.start < span.end + shift for span in reading.pii)


def _lasting(reading: Reading, told: Told, place: Found) -> dict[str, str]:
    """How long it lasted or lasts: the nearest duration of the same clause."""
    shift = told.document.shift
    times = [fact for fact in reading.facts if fact.kind == "duration"]
    clause = told.clause(place.start, place.end)
    inside = [f for f in times if _within(f.start + shift, clause) and not _apart(f.start + shift, place, told)]
    near = min(inside, key=lambda fact: abs(fact.start + shift - place.start), default=None)
    said = say_duration(near.value, "de") if near else ""
    if near is None or not said or re.search(r"\bnach $", told.written[: near.start + shift], re.IGNORECASE):
        return {}
    if _LASTS.search(told.written, *told.sentence(place.start)):
        return {"since": said}
    return {"lasting": f"{said} lang", "took": said}


def _apart(start: int, place: Found, told: Told) -> bool:
    """ "75 Minuten gewartet und der Automat kaputt": what stands before "und" lasted, not what stands behind it."""
    return re.search(r"\bund\b", told.written[start : place.start]) is not None


def _often(told: Told, place: Found) -> dict[str, str]:
    """Marks what happens again and again, or still: nobody is asked on which day it was."""
    return {"often": "often"} if _AGAIN.search(told.written, *told.sentence(place.start)) else {}


def _within(at: int, place: tuple[int, int]) -> bool:
    return place[0] <= at < place[1]


def _blamed(reading: Reading, text: Text, told: Told, voice: Voice) -> Iterator[Noun]:
    """Things with a sign that does not fit them, then the things of blaming clauses."""
    yield from (place.noun for place in troubles(told, voice) if place.trouble is None)
    shift = told.document.shift
    places = [(c.start + shift, c.end + shift) for c in clauses(reading, text, voice) if c.blamed and not c.praised]
    yield from (phrase.noun for phrase in subjects(told, places) if phrase.noun)


def said_of(trouble: Trouble, noun: Noun, facts: Mapping[str, str], voice: Voice, *, discreet: bool) -> Matter:
    """The trouble said of this thing: every open place of the thing filled, what is missing taken from its kind."""
    kind = voice.kinds.get(noun.kind) or voice.kinds[OWN]
    local = {name: _local(value, voice) for name, value in {**noun.forms(), **facts}.items()}
    own = trouble.matter
    forms = {form: _phrases(own.forms.get(form) or kind.forms.get(form, ()), local, noun) for form in FORMS}
    nouns = [Named(*(p.bind(local, many=noun.many) for p in (n.nominative, n.accusative, n.dative))) for n in own.nouns]
    return Matter(
        own.key,
        kind.theme if discreet else own.theme or local["thing"],
        (*_with_adjective(trouble, noun, voice), *nouns),
        {form: phrases for form, phrases in forms.items() if phrases},
        {} if facts.keys() & {"often"} else own.ask or kind.ask,
        own.covers,
        second=own.second,
    )


def _with_forms(own: Matter, kind: Matter) -> Matter:
    """A matter without a thing, what it does not say itself taken from `kind`."""
    return replace(own, theme=own.theme or kind.theme, forms={**kind.forms, **own.forms}, ask=own.ask or kind.ask)


def _phrases(phrases: Sequence[Phrase], values: Mapping[str, str], noun: Noun) -> tuple[Phrase, ...]:
    """The wordings whose facts are known, those with the most of them."""
    usable = [phrase for phrase in phrases if phrase.names & _FACTS <= values.keys()]
    best = max((len(phrase.names & _FACTS) for phrase in usable), default=0)
    return tuple(p.bind(values, many=noun.many) for p in usable if len(p.names & _FACTS) == best)


def _with_adjective(trouble: Trouble, noun: Noun, voice: Voice) -> tuple[Named, ...]:
    if not trouble.like:
        return ()
    said = []
    for case, form in (("n", "thing_nom"), ("a", "thing_acc"), ("d", "thing_dat")):
        article, word = noun.forms()[form].split(" ", 1)
        said.append(_local(f"{article} {weak_adjective(trouble.like, noun.gender, case)} {word}", voice))
    nominative, accusative, dative = (compile_phrase("{thing}").bind({"thing": form}, many=False) for form in said)
    return (Named(nominative, accusative, dative),)


def _local(value: str, voice: Voice) -> str:
    return value.replace("ß", "ss") if voice.locale == "de-CH" else value
