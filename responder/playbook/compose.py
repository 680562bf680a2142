"""Put sentences together: every placeholder filled, every choice a pure function of the key."""

from __future__ import annotations

import hashlib
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from responder.playbook.grammar import Phrase, capitalise
from responder.playbook.model import Matter, Voice

SAMPLES = 48
"""How many hashed combinations are tried before all of them are walked through."""
ALL = 4000
_AND = {"de": "und", "en": "and", "fr": "et", "it": "e"}
_SUBORDINATE = {"fr": "que ", "it": "che "}
"""Where a second clause begins anew; German and English say the word once."""
_NOUN_FORMS = ("np_nom", "np_acc", "np_dat")
_SUBJECT = re.compile(r"(der|die|das) ([A-ZÄÖÜ][\wäöüß-]+)(?= [a-zäöü])")
_PRONOUNS = {"der": "er", "die": "sie", "das": "es"}
_TEXT_FORMS = ("that", "expected", "look", "answer", "pass_on", "gap")
_OWN_LINE = ("closing", "closing_short", "signature")
_SENTENCE_END = re.compile(r"[!?;:\n] ?|\.(?= [^a-zäöü\d]|$)(?<!\d\.)")
_DAY = re.compile(
    r"\b(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan\w*|jänner|"
    r"feb\w*|mär\w*|mar\w*|apr\w*|mai|may|jun\w*|jul\w*|aug\w*|sep\w*|o[kc]t\w*|nov\w*|de[zc]\w*|heute|today|\d+)\b[.,]*"
)
_HAIL = re.compile(r"^\w+(?: \w+)?, +")
_SHORTEST = 24


@dataclass(frozen=True, slots=True)
class Sentences:
    """What one answer is made from. `values` are the placeholders that do not vary between attempts."""

    voice: Voice
    matters: tuple[Matter, ...]
    values: Mapping[str, str]
    slots: Mapping[str, tuple[Phrase, ...]]
    formal: bool
    team: bool
    seed: str
    said: frozenset[str] = frozenset()
    """Sentences of our earlier answers, as `sentences_of` gives them: none of them is said again."""

    def render(self, phrase: Phrase, values: Mapping[str, str]) -> str:
        return phrase.render(values, formal=self.formal, team=self.team)

    def forms(self) -> list[dict[str, list[str]]]:
        """For each matter, every wording of each form that the known facts allow; those that use a fact go alone.

        How long something lasted is said of the first matter only: "sechs Wochen" belongs to the sofa, not to the mail.
        """
        lasting = {name: value for name, value in self.values.items() if name != "duration"}
        return [self._forms(matter, lasting if place else self.values) for place, matter in enumerate(self.matters)]

    def _forms(self, matter: Matter, values: Mapping[str, str]) -> dict[str, list[str]]:
        found = {form: self._usable(matter.forms.get(form, ()), values) for form in _TEXT_FORMS}
        nouns = [n for n in matter.nouns if n.names <= values.keys()]
        best = max((len(n.names) for n in nouns), default=0)
        nouns = [n for n in nouns if len(n.names) == best]
        for form, case in zip(_NOUN_FORMS, ("nominative", "accusative", "dative"), strict=True):
            found[form] = [self.render(getattr(noun, case), values) for noun in nouns]
        return found

    def _usable(self, phrases: Sequence[Phrase], values: Mapping[str, str]) -> list[str]:
        usable = [phrase for phrase in phrases if phrase.names <= values.keys()]
        best = max((len(phrase.names - {"soon"}) for phrase in usable), default=0)
        words = [self.render(p, values) for p in usable if len(p.names - {"soon"}) == best]
        return [said for said in words if not any(plain(said) in sentence for sentence in self.said)] or words


@dataclass(frozen=True, slots=True)
class Composed:
    """A text and where in it each slot's words stand: (slot, start, end) in code points."""

    text: str
    parts: tuple[tuple[str, int, int], ...]


def attempts(layouts: Sequence[Sequence[str]], sentences: Sentences, *, exhaustive: bool) -> Iterator[Composed]:
    """Texts for these layouts: hashed samples, or every combination up to ALL per layout."""
    forms = sentences.forms()
    if not layouts:
        return
    if not exhaustive:
        for number in range(SAMPLES):
            layout = layouts[_pick(sentences.seed, number, "layout", len(layouts))]
            yield from _attempt(layout, sentences, forms, number)
        return
    for layout in layouts:
        counts = [max(1, len(sentences.slots.get(slot.rstrip("?"), ()))) for slot in layout]
        for choice in itertools.islice(itertools.product(*map(range, counts)), ALL):
            yield from _attempt(layout, sentences, forms, sum(choice), dict(zip(layout, choice, strict=True)))


@lru_cache(maxsize=2048)
def sentences_of(text: str) -> frozenset[str]:
    """The sentences of a text that are long enough to be recognised when they are said again, without their days."""
    parts = (plain(_HAIL.sub("", part.lower().strip())) for part in _SENTENCE_END.split(text))
    return frozenset(part for part in parts if len(part) > _SHORTEST)


def plain(words: str) -> str:
    """Words as they are compared with what was said before: lower case, without days, numbers and outer signs."""
    return " ".join(_DAY.sub("", words.lower()).strip(" .,").split())


def _pick(seed: str, number: int, name: str, count: int) -> int:
    digest = hashlib.blake2b(f"{seed}\x1f{number}\x1f{name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count


def _attempt(
    layout: Sequence[str],
    sentences: Sentences,
    forms: list[dict[str, list[str]]],
    number: int,
    choice: Mapping[str, int] | None = None,
) -> Iterator[Composed]:
    """The text of one attempt, nothing when a sentence that must not be missing has no usable phrase."""
    values = {**sentences.values, **_chosen_forms(sentences, forms, number)}
    parts: list[tuple[str, str]] = []
    for slot in layout:
        name = slot.rstrip("?")
        usable = _sayable(sentences, name, values)
        if usable:
            index = choice[slot] % len(usable) if choice else _pick(sentences.seed, number, name, len(usable))
            parts.append((name, sentences.render(usable[index], values)))
        elif not slot.endswith("?"):
            return
    yield _joined(parts)


def _sayable(sentences: Sentences, name: str, values: Mapping[str, str]) -> list[Phrase]:
    """The phrases of a slot whose placeholders are known; those that say nothing of an earlier answer, if any do."""
    usable = [phrase for phrase in sentences.slots.get(name, ()) if phrase.names <= values.keys()]
    if not sentences.said or name in _OWN_LINE:
        return usable
    return [p for p in usable if not sentences_of(sentences.render(p, values)) & sentences.said] or usable


def _chosen_forms(sentences: Sentences, forms: list[dict[str, list[str]]], number: int) -> dict[str, str]:
    """One wording per form; two matters are joined where the form can carry both."""
    chosen: dict[str, str] = {}
    for place, found in enumerate(forms):
        noun = _pick(sentences.seed, number, f"noun{place}", max(1, len(found["np_acc"])))
        for form, options in found.items():
            if not options:
                continue
            index = noun if form in _NOUN_FORMS else _pick(sentences.seed, number, f"{form}{place}", len(options))
            text = options[index]
            if place == 0:
                chosen[form] = text
            elif form == "gap":
                chosen[form] = f"{chosen[form]} {capitalise(text)}" if form in chosen else text
            elif form in ("that", *_NOUN_FORMS) and form in chosen:
                again = _SUBORDINATE.get(sentences.voice.language, "") if form == "that" else ""
                chosen[form] = both(chosen[form], f"{again}{text}", sentences.voice.language)
    two = sentences.slots.get("answer_two", ())
    if len(forms) > 1 and two:
        phrase = two[_pick(sentences.seed, number, "answer_two", len(two))]
        chosen["answer"] = sentences.render(phrase, sentences.values)
    return chosen


def both(first: str, second: str, language: str) -> str:
    """Two clauses or noun phrases as one; what would stand twice is said once or by a pronoun."""
    for shared in ("Sie ", "du ", "you ", "das Lob ", "dem Lob ", "die Worte ", "den Worten ", "the praise "):
        if first.startswith(shared) and second.startswith(shared):
            second = second.removeprefix(shared)
    named = _SUBJECT.match(second) if language == "de" else None
    if named and re.search(rf"\b{named[2]}\b", first):
        second = _PRONOUNS[named[1]] + second[named.end() :]
    return f"{first}{',' if ', ' in first else ''} {_AND[language]} {second}"


def _joined(parts: Sequence[tuple[str, str]]) -> Composed:
    text, spans = "", []
    for name, part in parts:
        if text.endswith(","):
            text += " "
        elif text:
            text, part = text + ("\n" if name in _OWN_LINE else " "), capitalise(part)
        else:
            part = capitalise(part)
        spans.append((name, len(text), len(text) + len(part)))
        text += part
    return Composed(text, tuple(spans))
