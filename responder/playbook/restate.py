"""A clause that a customer wrote, said back to him: "Wir wurden am Schalter dreimal heimgeschickt" becomes "Sie am
Schalter dreimal heimgeschickt wurden", as it stands after "dass".

This is no grammar of German. It knows main clauses and clauses after "weil" whose words are all listed or, at the end
of a clause, plain by their shape, puts the verb to the end and turns the persons. Whatever is not certain gives
nothing: a wrong sentence is worse than a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from responder.playbook.clause_order import OBJECTS, SOMEBODY, ordered
from responder.playbook.clause_words import (
    forbidden,
    is_attribute,
    is_state,
    leads,
    listed,
    lowered,
    tokens,
    understood,
)
from responder.playbook.nouns import Lexicon
from responder.playbook.persons import Speaker, takes, turned
from responder.playbook.verbs import AUXILIARIES, MODALS, Finite, clause_data, verbs

LONGEST = 15
"""More words than this would no longer be one thing."""
_SHORTEST = 3
_MOST_BEFORE_VERB = 7
_I_LEFT_OUT = ("habe", "bin")
_WE_LEFT_OUT = ("haben", "hatten", "mussten", "wollten", "wurden", "standen", "saßen", "warteten")
_OTHERS = frozenset("die der das sie es alle beide viele keine unsere meine".split())
"""What may be the subject behind such a verb, so that nobody was left out."""
_MANY_ARE = ("waren", "sind", "wurden", "werden")
_IN_VAIN = frozenset("nicht nichts nie niemals kaum kein keine keinen keinem keiner umsonst vergeblich erst".split())
_PERCEIVED = frozenset("sehen hören lesen verstehen finden".split())
_NOTHING = frozenset("nichts kaum kein keine keinen niemand nie".split())


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause understood: its words without the finite verb, that verb as it now stands, and who its subject is."""

    words: tuple[str, ...]
    finite: Finite
    said: str
    subject: str
    lemma: str


def restated(clause: str, nouns: Lexicon, *, formal: bool, swiss: bool, led: bool = False) -> str:
    """The clause as it stands after "dass", or nothing. `led`: something before it takes the place before the verb."""
    words = lowered(tokens(clause), nouns)
    if not _SHORTEST - led <= len(words) <= LONGEST or forbidden(words):
        return ""
    if words[0].lower() in ("nur", "einzig"):
        words, led = words[1:], led or words[1] in verbs().finite
    found = _main(words, nouns, led=led or leads(clause))
    return finished(found, Speaker(formal, swiss)) if found else ""


def restated_reason(clause: str, nouns: Lexicon, *, formal: bool, swiss: bool) -> str:
    """The same for what stands after "weil": its verb is at the end already."""
    words = lowered(tokens(clause), nouns)
    if not _SHORTEST <= len(words) <= LONGEST or forbidden(words):
        return ""
    found = _final(words, nouns)
    return finished(found, Speaker(formal, swiss)) if found else ""


def finished(clause: Clause, speaker: Speaker) -> str:
    """The words turned to the reader, the verb behind them."""
    words = turned(clause.words, clause.subject, clause.lemma, speaker)
    verb = speaker.verb(clause.finite, clause.said, clause.subject)
    return speaker.spelled(" ".join((*words, verb))) if words else ""


def _main(words: Sequence[str], nouns: Lexicon, *, led: bool) -> Clause | None:
    """The verb is the second part of a main clause, or the first where something was said before it."""
    known, moved = verbs(), _verb_last(words)
    led = led or moved[0] != words[0]
    words = moved
    places = [at for at, word in enumerate(words) if word in known.finite and not is_attribute(words, at)]
    place = next((p for p in places if p <= _MOST_BEFORE_VERB and not _part_of_end(words, p)), None)
    if place is None:
        return None
    if place == 0 and not led and not (len(words) > 1 and words[1] in ("ich", "wir")):
        return _without_subject(words, nouns)
    return _built(words, place, nouns)


def _verb_last(words: Sequence[str]) -> list[str]:
    """ "Reingelassen hat man uns erst um neun": what stands first goes to the end, where it stands otherwise."""
    known, first = verbs(), words[0].lower()
    finite = known.finite.get(words[1], ()) if len(words) > _SHORTEST - 1 else ()
    part = any(one.lemma in ("haben", "sein", "werden") for one in finite) and known.participle(first)
    infinitive = any(one.lemma in MODALS for one in finite) and known.infinitive(first)
    return [*words[1:], first] if part or infinitive else list(words)


def _without_subject(words: Sequence[str], nouns: Lexicon) -> Clause | None:
    """ "Haben eine Stunde gewartet": the writer left himself out; only where no other subject can be meant."""
    first = words[0]
    subject = "ich" if first in _I_LEFT_OUT else "wir" if first in _WE_LEFT_OUT else ""
    if not subject or (subject == "wir" and _OTHERS.intersection(words[1:3])):
        return None
    return _built([subject, *words], 1, nouns)


def _part_of_end(words: Sequence[str], place: int) -> bool:
    """Whether a word that could be a finite verb is rather the participle at the end ("verloren")."""
    known = verbs()
    last = place >= len(words) - 1
    ending = known.participle(words[place]) or known.infinitive(words[place])
    return bool(ending) and last and any(word in known.finite for word in words[:place])


def _built(words: Sequence[str], place: int, nouns: Lexicon) -> Clause | None:
    """The clause with its verb at `place` moved behind everything else."""
    rest = [*words[:place], *words[place + 1 :]]
    subject = _subject(words, place)
    known = verbs()
    if (
        _two_before_one(words, place)
        or subject == "?"
        or (place == len(words) - 1 and (known.participle(words[place]) or not place))
    ):
        return None
    rest = [*_with_article(rest[:1], nouns, words[place]), *rest[1:]] if _starts_alone(words, place, subject) else rest
    if not rest or not rest[0]:
        return None
    shift = len(rest) + 1 - len(words)
    for finite in verbs().finite[words[place]]:
        if not _agrees(finite, subject):
            continue
        ended = _ended(rest, finite, words[place])
        if ended is None:
            continue
        left, said, verbal, lemma = ended
        order = ordered(left, place + shift, subject, lemma, finite)
        if _no_matter(lemma, finite, subject, left) or not order:
            continue
        if understood(left, nouns, frozenset(verbal)) and _tells(left, lemma):
            return Clause(tuple(order), finite, said, subject, lemma)
    return None


def _two_before_one(words: Sequence[str], place: int) -> bool:
    """ "Drei Wochen ohne Internet und der Techniker kommt nicht": what "und" joins there is no one clause."""
    joined = any(word == "und" and listed().has("articles", words[at + 1]) for at, word in enumerate(words[:place]))
    return joined and not any("p" in finite.persons for finite in verbs().finite[words[place]])


def _tells(words: Sequence[str], lemma: str) -> bool:
    """Whether there is more than "Sie nicht haben": a noun, a state or a verb that says something by itself."""
    said = any(word[0].isupper() or listed().has("states", word) for word in words)
    return said or lemma not in AUXILIARIES


def _no_matter(lemma: str, finite: Finite, subject: str, words: Sequence[str]) -> bool:
    """Whether something was only said or thought, or done by the writer himself."""
    data = clause_data()["verbs"]
    if lemma in data["said"].split() and not (lemma in _PERCEIVED and _NOTHING.intersection(words)):
        return True
    vain = bool(_IN_VAIN.intersection(words))
    suffered = finite.lemma in ("müssen", "werden") or takes("undergone", lemma)
    striven = vain and (finite.lemma in ("können", "dürfen") or takes("striven", lemma))
    return subject in ("ich", "wir") and not (suffered or striven)


def _starts_alone(words: Sequence[str], place: int, subject: str) -> bool:
    """Whether the first word is all that stands before the verb, or a noun with its number or its place."""
    behind = words[1] if len(words) > 1 else ""
    continued = behind.isdigit() or listed().has("prepositions", behind)
    return (place == 1 and subject != "es") or (place > 1 and continued)


def _with_article(first: list[str], nouns: Lexicon, said: str) -> list[str]:
    """A bare noun at the beginning with its article; [""] where its gender or number is open."""
    word = first[0]
    if word in listed().classes["dates"]:
        return [""]
    if not nouns.find(word) or word[0].islower():
        return first
    genders = {noun.gender for noun in nouns.find(word) if "n" in noun.cases}
    if genders == {"p"}:
        return ["die", word] if said in _MANY_ARE else first
    genders -= {"p"} if not any("p" in finite.persons for finite in verbs().finite[said]) else set()
    articles = {"m": "der", "f": "die", "n": "das"}
    return [articles[genders.pop()], word] if len(genders) == 1 else [""]


def _subject(words: Sequence[str], place: int) -> str:
    """ "ich" or "wir" beside the verb, "man" and "es" likewise, "" for a thing, "?" where it stands elsewhere."""
    behind = place + 1 + (words[place + 1 : place + 2] in [[one] for one in OBJECTS])
    beside = {*(words[:1] if place == 1 else ()), *words[behind : behind + 1]}
    personal = [word for word in words if word in ("ich", "wir", "es", *SOMEBODY)]
    if not personal:
        return ""
    return personal[0] if len(personal) == 1 and personal[0] in beside else "?"


def _agrees(finite: Finite, subject: str) -> bool:
    wanted = {"ich": "1", "wir": "p"}.get(subject, "3")
    return wanted in finite.persons or (not subject and "p" in finite.persons)


def _ended(rest: list[str], finite: Finite, said: str) -> tuple[list[str], str, list[int], str] | None:
    """What is left when the verb has gone to the end: the words, the verb, the places of its parts, and its meaning."""
    if finite.lemma in AUXILIARIES:
        return _behind_parts(rest, finite, said)
    last = rest[-1]
    if last in verbs().prefixes and last not in ("leer", "offen", "kaputt"):
        whole = "herum" if last == "rum" else last
        return rest[:-1], whole + said, [], whole + finite.lemma
    return rest, said, [], finite.lemma


def _behind_parts(rest: list[str], finite: Finite, said: str) -> tuple[list[str], str, list[int], str] | None:
    """The same for "haben", "werden", "müssen": participle and infinitive stand last, the verb behind them."""
    modal = finite.lemma in MODALS
    rest = _without_afterthought(rest, modal=modal)
    end = len(rest) - 1
    parts = [p for p in range(max(0, end - 2), end + 1) if _is_part(rest[p])]
    last = verbs().ending(rest[end], modal=modal)
    if not last:
        return None if parts or modal or _equals(rest, finite) else (rest, said, [], finite.lemma)
    verbal = [p for p in parts if all(q in parts for q in range(p, end + 1))] or [end]
    if finite.lemma == "haben" and len(verbal) > 1 and all(verbs().infinitive(rest[p]) for p in verbal[-2:]):
        return None  # "haben warten müssen" keeps another order
    meaning = last if last == "lassen" else verbs().ending(rest[verbal[0]], modal=modal)
    return rest, said, verbal, meaning or last


def _equals(rest: Sequence[str], finite: Finite) -> bool:
    """Whether "sein" only calls one thing another: "das Essen war ein Gedicht" tells no fact."""
    there = listed().has("prepositions", rest[0])
    return finite.lemma == "sein" and not there and not any(_is_said(rest, at) for at in range(len(rest)))


def _is_said(rest: Sequence[str], at: int) -> bool:
    word = rest[at]
    state = (
        listed().has("states", word) or word in ("außer", "voller", "ohne") or (word[0].islower() and is_state(word))
    )
    return word in ("außer", "voller", "ohne") or (state and not is_attribute(rest, at))


def _without_afterthought(rest: list[str], *, modal: bool) -> list[str]:
    """ "Wurde abgestellt im Regen" with its verb at the end."""
    for at in range(1, len(rest) - 1):
        listed_one = verbs().infinitive(rest[at]) if modal else verbs().participle(rest[at])
        if listed_one and listed().has("prepositions", rest[at + 1]) and rest[-1][0].isupper():
            return [*rest[:at], *rest[at + 1 :], rest[at]]
    return rest


def _is_part(word: str) -> bool:
    return word[0].islower() and bool(verbs().participle(word) or verbs().infinitive(word))


def _final(words: Sequence[str], nouns: Lexicon) -> Clause | None:
    """A clause whose verb stands last, its subject first."""
    subject = words[0] if words[0] in ("ich", "wir", *SOMEBODY) else ""
    if any(word in ("ich", "wir", "es") for word in words[1:]):
        return None
    rest = list(words[:-1])
    known = verbs()
    for finite in known.joined(words[-1]):
        verbal = [len(rest) - 1] if known.participle(rest[-1]) or known.infinitive(rest[-1]) else []
        if finite.lemma in MODALS and not verbal:
            continue
        meaning = known.participle(rest[-1]) or known.infinitive(rest[-1]) or finite.lemma
        plain = _agrees(finite, subject) and not _no_matter(meaning, finite, subject, rest)
        if plain and understood(rest, nouns, frozenset(verbal)):
            return Clause(tuple(rest), finite, words[-1], subject, meaning)
    return None
