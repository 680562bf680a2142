"""Where in a sentence the thing stands that a sign of trouble means.

The thing is the subject of the sign ("der Aufzug war kaputt"), carries it as an adjective ("kalte Pommes"), or stands
right behind it ("auf das Essen gewartet"). Where another subject stands nearer, or the article contradicts the gender,
there is no thing: a wrong matter is worse than a general one. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from responder.playbook.model import Voice
from responder.playbook.noun_phrases import NounPhrase, noun_phrases
from responder.playbook.nouns import NEVER, Lexicon
from responder.reading.document import Document, prepare
from responder.reading.model import Text
from responder.reading.normalise import fold

_SENTENCE_END = re.compile(r"[.!?\n](?!\d)")
_CLAUSE_END = re.compile(
    r"[.!?\n;:,()–—]|\b(?:aber|doch|sondern|weil|dass|denn|obwohl|während|als|wenn|sodass|nachdem|bevor|damit"
    r"|und zwar)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"\b(?:ich|wir|man|er|(?<!hat )(?<!haben )es|du|sie|das|dies|alles|nichts|niemand|keiner|jemand|jeder|was|wer"
    r"|beide)\b",
    re.IGNORECASE,
)
_SOMEBODY = re.compile(r"\b(?:ich|wir|man|er|sie|du|niemand|keiner|jemand)\b", re.IGNORECASE)
_IT = re.compile(r"\w es\b")
_IT_FOLLOWS = re.compile(r"\s+es\b")
_RELATIVE = re.compile(r"\s*(?:der|die|das|welche[rsnm]?)\s+(?![A-ZÄÖÜ])")
_ELLIPSIS = re.compile(
    r"\s*(?:und|aber|doch|dann|war|waren|ist|sind|hat|hatte|leider|funktioniert\w*|ging|stand|kam|kamen)\b",
    re.IGNORECASE,
)
_HE = re.compile(r"\s*(?:aber |doch |leider |und )?(?:(?:ist|war|hat|hatte|ging) )?(er|sie)\b", re.IGNORECASE)
_ALSO = re.compile(r"\s*(?:,|und|oder|&)\s*")
_FOUND = re.compile(r"\b(?:fanden?|finden?|bekam\w*|bekommen|serviert)\b")
_PLACES = frozenset("in im auf an am bei beim".split())
_APART = frozenset("wegen trotz nach vor ohne statt gegen seit".split())
_TIMES = frozenset(
    "minute minuten stunde stunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren mal male abend "
    "abends morgen nacht nachmittag mittag vormittag wochenende montag dienstag mittwoch donnerstag freitag samstag "
    "sonntag uhr euro franken sommer winter heute".split()
)
_AMOUNT = re.compile(r"\d\s*\Z")
_OBJECT = frozenset("na")
_FAR = 30
"""Characters between a sign and a subject behind it ("kaputt war leider wieder der Aufzug")."""


@dataclass(frozen=True, slots=True)
class Told:
    """A post prepared once: its document, and the noun phrases of the text as written."""

    document: Document
    phrases: tuple[NounPhrase, ...]

    @property
    def written(self) -> str:
        return self.document.written

    def sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place begins and ends."""
        starts = [match.end() for match in _SENTENCE_END.finditer(self.written, 0, place)]
        end = _SENTENCE_END.search(self.written, place)
        return starts[-1] if starts else 0, end.start() if end else len(self.written)

    def clause(self, place: int, to: int) -> tuple[int, int]:
        """Where the clause around a piece of the text begins and ends."""
        starts = [match.end() for match in _CLAUSE_END.finditer(self.written, 0, place)]
        end = _CLAUSE_END.search(self.written, to)
        return starts[-1] if starts else 0, end.start() if end else len(self.written)


def prepared(text: Text, voice: Voice) -> Told:
    """What a post is searched in."""
    document = prepare(text)
    return Told(document, _phrases(document.written, voice.nouns))


@lru_cache(maxsize=2)
def _phrases(written: str, lexicon: Lexicon) -> tuple[NounPhrase, ...]:
    """Remembered, because one answer searches its post several times."""
    return tuple(noun_phrases(written, lexicon))


def _next(told: Told, start: int, end: int) -> NounPhrase | None:
    """The phrase that begins with the sign or right behind it."""
    for phrase in told.phrases:
        if phrase.start >= start and phrase.end > end:
            return phrase if not told.written[end : phrase.start].strip() else None
    return None


def _object(told: Told, start: int, end: int) -> NounPhrase | None:
    """The nearest phrase before the sign that can be subject or object."""
    begin, _ = told.clause(start, end)
    for phrase in _before(told, begin, start):
        if not phrase.preposition and _OBJECT & set(phrase.cases):
            return phrase
    return _after(told, start, end, begin)


def _subject(told: Told, start: int, end: int) -> NounPhrase | None:
    """The phrase that the sign says something about; None when that is a pronoun or cannot be told."""
    if (carrier := _carrier(told, start, end)) is not None:
        return carrier
    begin, _ = told.clause(start, end)
    if _IT.search(told.written, start, end) or _IT_FOLLOWS.match(told.written, end):
        return _where(told, begin, start, end)
    found = _nearest_subject(told, begin, start)
    if found is not None or _PRONOUN.search(told.written, begin, start):
        return found or _antecedent(told, begin, start) or _where(told, begin, start, end)
    return _carried_on(told, begin, start) or _after(told, start, end, begin) or _where(told, begin, start, end)


def _carrier(told: Told, start: int, end: int) -> NounPhrase | None:
    """The noun whose adjective the sign is, also over "kalte und zähe Pommes", or that the sign goes around."""
    ends_like_adjective = told.written[end - 1 : end] in "ersnm"
    for phrase in told.phrases:
        around = phrase.start <= start and end < phrase.end
        within = start < phrase.start and phrase.end < end and phrase.subject and not _is_time(told, phrase)
        if within or (around and phrase.preposition not in _APART):
            return phrase
        joined = _ALSO.fullmatch(told.written, end, phrase.start) if phrase.start > end else None
        if joined and ends_like_adjective and phrase.start - end < 6 and _starts_small(told, phrase):
            return phrase
    return None


def _starts_small(told: Told, phrase: NounPhrase) -> bool:
    """Whether the phrase begins with an adjective rather than an article."""
    first = told.written[phrase.start : phrase.end].split()[0]
    return first[0].islower() and len(first) > 4 and len(told.written[phrase.start : phrase.end].split()) > 1


def _nearest_subject(told: Told, begin: int, start: int) -> NounPhrase | None:
    for phrase in _before(told, begin, start):
        if _by_person(phrase):
            return phrase
        if phrase.subject:
            return None if _PRONOUN.search(told.written, phrase.end, start) else phrase
    return next((phrase for phrase in _before(told, begin, start) if _found_so(told, phrase, start)), None)


def _by_person(phrase: NounPhrase) -> bool:
    """ "vom Kellner angeschnauzt": who did it stands behind "von"."""
    return phrase.preposition in ("von", "vom") and phrase.noun is not None and phrase.noun.kind == "person"


def _found_so(told: Told, phrase: NounPhrase, start: int) -> bool:
    """ "den Kuchen fand ich trocken": an object that was found, got or served so."""
    said = told.written[max(0, phrase.start - 40) : start]
    return (
        not phrase.preposition
        and "a" in phrase.cases
        and bool(re.search(r"\b(?:fanden?|finden?|bekam\w*|bekommen|serviert)\b", said))
    )


def _before(told: Told, begin: int, start: int) -> Iterator[NounPhrase]:
    """The phrases between two places, the nearest to the end first, without those that only say how long or when."""
    for phrase in reversed(told.phrases):
        if begin <= phrase.start and phrase.end <= start and not _is_time(told, phrase):
            yield phrase


def _is_time(told: Told, phrase: NounPhrase) -> bool:
    last = told.written[phrase.start : phrase.end].split()[-1]
    if fold(last).text in _TIMES:
        return True
    counted = phrase.noun is None or phrase.noun.kind == NEVER
    return counted and bool(_AMOUNT.search(told.written[max(0, phrase.start - 3) : phrase.start]))


def _carried_on(told: Told, begin: int, start: int) -> NounPhrase | None:
    """The subject of the clause before, where this one has none: "der Lift, der seit Wochen steht", "…, war kaputt"."""
    sentence, _ = told.sentence(start)
    if begin <= sentence or told.written[begin - 1 : begin] not in ",(–—":
        return None
    if _RELATIVE.match(told.written, begin):
        return next((p for p in _before(told, sentence, begin) if begin - p.end <= 2), None)
    if _ELLIPSIS.match(told.written, begin):
        return _nearest_subject(told, sentence, begin)
    return None


def _after(told: Told, start: int, end: int, begin: int) -> NounPhrase | None:
    """The subject behind the sign: "kaputt war der Aufzug", "es fehlt der Wickeltisch"."""
    if len(told.written[begin:start].split()) > 4:
        return None
    _, stop = told.clause(start, end)
    later = (
        phrase for phrase in told.phrases if end <= phrase.start and phrase.end <= stop and not _is_time(told, phrase)
    )
    found = next((phrase for phrase in later if phrase.subject), None)
    return found if found and found.start - end <= _FAR else None


def _where(told: Told, begin: int, start: int, end: int) -> NounPhrase | None:
    """Where it was so, in a clause without a subject of its own: "im Lesesaal ist es laut"."""
    _, stop = told.clause(start, end)
    if _SOMEBODY.search(told.written, begin, start):
        return None
    inside = [p for p in told.phrases if begin <= p.start and p.end <= stop and p.preposition in _PLACES]
    places = [p for p in inside if p.noun is not None and p.noun.kind in ("place", "ride", "event")]
    return min(places, key=lambda phrase: abs(phrase.start - start), default=None)


def _antecedent(told: Told, begin: int, start: int) -> NounPhrase | None:
    """What "er" or "sie" at the beginning of this clause means: the last named thing of that gender before it."""
    said = _HE.match(told.written[begin:start])
    if said is None:
        return None
    gender = "m" if said[1].lower() == "er" else "f"
    earlier = [phrase for phrase in told.phrases if phrase.end <= begin and phrase.noun and phrase.noun.kind != NEVER]
    return earlier[-1] if earlier and earlier[-1].noun and earlier[-1].noun.gender == gender else None


Search = Callable[[Told, int, int], NounPhrase | None]
SEARCH: dict[str, Search] = {"next": _next, "object": _object, "subject": _subject}
"""How the thing of a sign is looked for, by what the playbook's entry says under `thing`."""
