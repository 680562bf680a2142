"""What a grave post reports, named neutrally: the thing that was found, who was treated how and where, whose data.

Nothing is guessed: each entry of `concerns.toml` says by which words its matter is certain, a place is named only where
the post names it beside those words, and a person only as the writer names her. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from responder.playbook import told
from responder.playbook.asked import Asked
from responder.playbook.beside import Told, prepared
from responder.playbook.grammar import Phrase, compile_phrase
from responder.playbook.model import Concern, Matter, Noun, Voice
from responder.playbook.noun_phrases import NounPhrase
from responder.playbook.treated import kin_dative, treated

_DENIED = re.compile(r"\b(?:kein\w*|nicht|nie|ohne|no|not|never|without)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_NONE = re.compile(r"\bkein\w*\b", re.IGNORECASE)
_SUPPOSED = re.compile(r"\b(?:wenn|falls|könnten?|wäre[nt]?|würden?|if|could|might|would)\b", re.IGNORECASE)
_PLACES = {
    **dict.fromkeys(("in", "im"), "in"),
    **dict.fromkeys(("an", "am"), "an"),
    "auf": "auf",
    **dict.fromkeys(("bei", "beim"), "bei"),
    "hinter": "hinter",
    "unter": "unter",
}
_FUSED = {("in", "dem"): "im", ("an", "dem"): "am", ("bei", "dem"): "beim"}
_NO_PLACES = frozenset("never person date money trait service event paper channel other".split())
"""Kinds of nouns that are no place: "in der Hoffnung", "an dem Tag", "bei der Kollegin"."""
_MEETING = frozenset("place ride device".split())
"""Kinds of places where one is met by people: a counter is a device to the lexicon, a wheelchair is goods."""
_THINGS = frozenset("device goods".split())
_BODY = re.compile(
    r"(?:bauch|magen|hand|fuß|bein|arm|kopf|mund|hals|haut|finger|auge|rücken|mann|frau)\w*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in the text as written an entry's words stand."""

    concern: Concern
    start: int
    end: int


def reported(asked: Asked, voice: Voice, risk: str) -> Matter | None:
    """The matter of a post of this risk in our words; None where it is not certain, or nothing may name it."""
    if asked.discreet or not voice.concerns:
        return None
    post = prepared(asked.text, voice)
    formal = asked.profile.address == "sie"
    return next((said for place in _places(post, voice, risk) if (said := _named(post, place, formal=formal))), None)


def certain(asked: Asked, voice: Voice) -> frozenset[str]:
    """The risks that entries tell by words which are certain alone, whatever the reading of the whole post says."""
    if asked.discreet or not any(concern.alone for concern in voice.concerns):
        return frozenset()
    post = prepared(asked.text, voice)
    found = ((c.risk, match) for c in voice.concerns for p in c.alone for match in p.finditer(post.written.lower()))
    return frozenset(risk for risk, match in found if _stated(post, match.start(), match.end()))


def named_beside(asked: Asked, voice: Voice, risk: str, wrong: Sequence[Matter]) -> tuple[Matter, ...]:
    """The matter that stands in the same clause with the words of a risk, told as a fact: that is what it is about.

    What the reading found in a title has no place and is never certain.
    """
    if asked.discreet:
        return ()
    post = prepared(asked.text, voice)
    shift = post.document.shift
    spans = [(r.start + shift, r.end + shift) for r in asked.reading.reasons if r.label == risk and r.end]
    clauses = [post.clause(*span) for span in spans if _stated(post, *span)]
    places = list(_matter_places(asked, voice, spans))
    sure = (m for m in wrong if any(key == m.key and _within(at, c) for key, at in places for c in clauses))
    return tuple(sure)[:1]


def hurt_one(asked: Asked, places: Sequence[int]) -> dict[str, str]:
    """Who came to harm, as the sentence around the first of these places of the text that names somebody tells it."""
    text, formal = asked.text.text, asked.profile.address == "sie"
    for at in places if asked.reading.language in ("de", "und") else ():
        start = max(text.rfind(sign, 0, at) for sign in ".!?\n") + 1
        if said := kin_dative(re.split(r"[.!?\n]", text[start:])[0], formal=formal):
            return {"hurt_dat": said}
    return {}


def also(asked: Asked, voice: Voice, named: Sequence[Matter]) -> dict[str, str]:
    """The thing that is complained of in another sentence than the accusation: it is answered as well."""
    if asked.discreet:
        return {}
    post = prepared(asked.text, voice)
    shift = post.document.shift
    grave = [post.sentence(r.start + shift) for r in asked.reading.reasons if r.label in asked.reading.risks]
    said = " ".join(noun.dative.source for matter in named for noun in matter.nouns)
    for piece in told.composed(asked.reading, asked.text, voice, discreet=False):
        found = voice.nouns.find(piece.thing)
        if found and piece.thing not in said and not any(_within((piece.start, piece.end), place) for place in grave):
            return {"also_dat": found[0].forms()["thing_dat"]}
    return {}


def _matter_places(
    asked: Asked, voice: Voice, risks: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where the post tells each matter. A word that is itself the accusation ("Abzocke") tells of no price."""
    for piece in told.composed(asked.reading, asked.text, voice, discreet=False):
        yield piece.matter.key, (piece.start, piece.end)
    shift = prepared(asked.text, voice).document.shift
    for reason in asked.reading.reasons:
        at = (reason.start + shift, reason.end + shift)
        if reason.end and not any(start < at[1] and at[0] < end for start, end in risks):
            yield reason.label, at


def _within(place: tuple[int, int], clause: tuple[int, int]) -> bool:
    return clause[0] <= place[0] and place[1] <= clause[1]


def _places(post: Told, voice: Voice, risk: str) -> Iterator[_Place]:
    """Every entry of this risk with the first place where it is told as a fact, in the order of the playbook."""
    written = post.written.lower()
    for concern in voice.concerns:
        if concern.risk != risk or len(written) != len(post.written):
            continue
        for match in (match for pattern in concern.words for match in pattern.finditer(written)):
            if _stated(post, match.start(), match.end()):
                yield _Place(concern, match.start(), match.end())
                break


def _stated(post: Told, start: int, end: int) -> bool:
    """Whether a place tells a fact: no question, nothing denied, nothing only supposed."""
    _, stop = post.sentence(end - 1)
    asks = post.written[stop : stop + 1] == "?"
    begin, close = post.clause(start, end)
    led = re.match(r"\s*(?:wenn|falls|ob|if)\b", post.written[begin:close], re.IGNORECASE)
    supposed = led or _SUPPOSED.search(post.written, begin, close)
    denied = _DENIED.search(post.written[begin:start]) or _NONE.search(post.written, start + 1, end)
    return not (asks or supposed or denied)


def _named(post: Told, found: _Place, *, formal: bool) -> Matter | None:
    """The matter with what of this post belongs to its name: who was treated so, its place, or its thing."""
    concern = found.concern
    if concern.risk == "discrimination" and concern.place:
        return treated(concern, post.written, found.start, _among_people(post, found), formal=formal)
    first = next((p for p in post.phrases if p.start <= found.start < p.end), None)
    thing = first if first and first.noun and first.noun.kind in _THINGS else None
    if concern.place == "itself":
        return _itself(concern.matter, thing)
    if concern.place == "thing":
        return _at(concern.matter, _said(thing, "bei") if thing else "")
    return _at(concern.matter, _where(post, found) if concern.place else "")


def _itself(matter: Matter, thing: NounPhrase | None) -> Matter | None:
    """The matter named by the thing alone; by its own words where they have any."""
    if thing is None or thing.noun is None:
        return matter if matter.nouns else None
    forms = (thing.noun.forms()[case] for case in ("thing_nom", "thing_acc", "thing_dat"))
    return replace(matter, nouns=(Noun(*map(compile_phrase, forms)),))


def _where(post: Told, found: _Place) -> str:
    """The place named in the same clause, else before it in the same sentence; empty without any."""
    begin, end = post.sentence(found.start)
    start, stop = post.clause(found.start, found.end)
    inside = [p for p in post.phrases if begin <= p.start and p.end <= max(end, found.end) and _is_place(p)]
    near = [p for p in inside if start <= p.start and p.end <= stop] or [p for p in inside if p.end <= start]
    nearest = min(near, key=lambda p: min(abs(p.start - found.start), abs(p.end - found.end)), default=None)
    return _said(nearest, _PLACES[nearest.preposition]) if nearest else ""


def _among_people(post: Told, found: _Place) -> str:
    """Where people met: a place in the sentence of the ground, else the first one behind it, else the first of all."""
    begin, end = post.sentence(found.start)
    met = [p for p in post.phrases if _is_place(p) and p.noun and p.noun.kind in _MEETING and not _by_ride(p)]
    near = [p for p in met if begin <= p.start < end] or [p for p in met if p.start > end] or met
    return next((_said(phrase, _PLACES[phrase.preposition]) for phrase in near), "")


def _by_ride(phrase: NounPhrase) -> bool:
    """ "beim dritten Bus" counts buses and is no place."""
    return phrase.noun is not None and phrase.noun.kind == "ride" and phrase.preposition in ("bei", "beim")


def _is_place(phrase: NounPhrase) -> bool:
    noun = phrase.noun
    known = noun is not None and noun.kind not in _NO_PLACES and not _BODY.search(noun.word)
    return known and phrase.article and phrase.preposition in _PLACES and "d" in phrase.cases


def _said(phrase: NounPhrase, preposition: str) -> str:
    assert phrase.noun is not None
    article, _, word = phrase.noun.forms()["thing_dat"].partition(" ")
    preposition = "in" if preposition == "bei" and phrase.noun.kind == "food" else preposition
    fused = _FUSED.get((preposition, article))
    return f"{fused or f'{preposition} {article}'} {word}"


def _at(matter: Matter, where: str) -> Matter:
    """The matter with its place behind each noun."""
    if not where:
        return matter
    nouns = tuple(Noun(*(_behind(p, where) for p in (n.nominative, n.accusative, n.dative))) for n in matter.nouns)
    return replace(matter, nouns=nouns)


def _behind(phrase: Phrase, where: str) -> Phrase:
    return compile_phrase(f"{phrase.source} {where}")
