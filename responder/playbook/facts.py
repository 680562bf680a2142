"""What the customer already told us, in a form that fits into our sentences. What we cannot inflect we do not use."""

from __future__ import annotations

import re

from responder.playbook.model import Voice
from responder.playbook.nouns import NEVER, Lexicon, Noun
from responder.reading.model import Fact, Reading, Text

_DE_NUMBER = r"(\d{1,3}|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|vierzehn|zwanzig|dreißig|anderthalb)"
_DE_ONE = {"stunde": "eine Stunde", "woche": "eine Woche", "minute": "eine Minute", "tag": "einen Tag"}
_DE_ONE |= {"monat": "einen Monat", "jahr": "ein Jahr", "dreiviertelstunde": "eine Dreiviertelstunde"}
_DE_MANY = re.compile(rf"\b{_DE_NUMBER}\s+(Stunden|Wochen|Minuten|Tagen?|Monaten?|Jahren?)\b", re.IGNORECASE)
_DE_SINGLE = re.compile(r"\b(?:ein\w{0,2}|1|'ne|ne)\s+(geschlagene |ganze |volle |gute )?(\w+)", re.IGNORECASE)
_DE_SHORT = re.compile(rf"\b{_DE_NUMBER}\s*(min|std|h)\b", re.IGNORECASE)
_EN_MANY = re.compile(
    r"\b(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve)\s+(hour|week|minute|day|month|year)s\b",
    re.IGNORECASE,
)
_EN_SINGLE = re.compile(r"\b(?:an?|one)\s+(hour|week|minute|day|month|year)\b", re.IGNORECASE)
_WAITED = re.compile(
    r"wart|dauer|seit|erst nach|spät|in der schlange|immer noch|noch immer|wait|queue|late|since", re.I
)
_ENDS = re.compile(r"[.!?\n]")
_DATE = re.compile(r"\b(\d{1,2})\.\s?(\d{1,2}\.|[A-ZJ][a-zä]{2,8}\b)?")
_WORD = re.compile(r"[\wäöüÄÖÜß-]+")


def values_of_facts(reading: Reading, text: Text, voice: Voice) -> dict[str, str]:
    """The placeholders that this post's facts fill: product_nom, product_acc, product_dat, duration, day."""
    values: dict[str, str] = {}
    for fact in sorted(reading.facts, key=lambda fact: fact.end == 0):  # the title only where the text is silent
        if any(span.start < fact.end and fact.start < span.end for span in reading.pii):
            continue
        for name, value in _values(fact, text, voice).items():
            values.setdefault(name, value)
    return values


def say_duration(value: str, language: str) -> str:
    """A duration as it stands after "warten": "seit 3 Tagen" gives "3 Tage"; empty when it is not understood."""
    return _english_duration(value) if language == "en" else _german_duration(value)


def inflect(value: str, nouns: Lexicon) -> dict[str, str]:
    """Nominative, accusative and dative of a German product with its article; empty when its gender is unknown."""
    noun = meant(value, nouns)
    if noun is None:
        return {}
    forms = noun.forms()
    return {f"product_{case}": forms[f"thing_{case}"] for case in ("nom", "acc", "dat")}


def meant(value: str, nouns: Lexicon) -> Noun | None:
    """The nameable noun that "die Sessel" or "Sessel" ends with: several after "die", where that is possible."""
    words = _WORD.findall(value)
    if not words or not words[-1][0].isupper() or len(words) > 3:
        return None
    senses = [noun for noun in nouns.find(words[-1]) if noun.kind != NEVER and "a" in noun.cases]
    fitting = [noun for noun in senses if noun.gender in "pf"] if words[0].lower() == "die" else []
    return next(iter([n for n in fitting if n.many] or fitting or senses), None)


def _values(fact: Fact, text: Text, voice: Voice) -> dict[str, str]:
    if fact.kind == "duration" and _WAITED.search(_sentence(text, fact)):
        return {"duration": say_duration(fact.value, voice.language)}
    if fact.kind == "product":
        if voice.language == "en":
            product = "the " + re.sub(r"^(the|my|our|a|an)\s+", "", fact.value.strip(), flags=re.IGNORECASE)
            return dict.fromkeys(("product_nom", "product_acc", "product_dat"), product)
        return inflect(fact.value, voice.nouns)
    if fact.kind == "date" and (match := _DATE.search(fact.value)):
        return {"day": match[0].strip()}
    return {}


def _sentence(text: Text, fact: Fact) -> str:
    """The sentence around a fact; offsets that do not fit the text give the whole text."""
    if text.text[fact.start : fact.end] != fact.value:
        return f"{text.title} {text.text}"
    starts = [match.end() for match in _ENDS.finditer(text.text, 0, fact.start)]
    end = _ENDS.search(text.text, fact.end)
    return text.text[starts[-1] if starts else 0 : end.start() if end else None]


def _german_duration(value: str) -> str:
    if match := _DE_MANY.search(value):
        unit = match[2].capitalize()
        return f"{match[1].lower()} {unit[:-1] if unit in ('Tagen', 'Monaten', 'Jahren') else unit}"
    if match := _DE_SHORT.search(value):
        return f"{match[1].lower()} {'Minuten' if match[2].lower() == 'min' else 'Stunden'}"
    if match := _DE_SINGLE.search(value):
        return _DE_ONE.get(match[2].lower(), "")
    return ""


def _english_duration(value: str) -> str:
    if match := _EN_MANY.search(value):
        return match[0].lower()
    match = _EN_SINGLE.search(value)
    return f"{'an' if match[1].lower() == 'hour' else 'a'} {match[1].lower()}" if match else ""
