"""Days that we named ourselves in an earlier answer and that have passed without another word from us. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from responder.dates import say_plain_date
from responder.playbook.days import days_in
from responder.playbook.request import Turn

_SENTENCE = re.compile(r"[^.!?\n]+(?:(?<=\d)\.(?=\s?\w)[^.!?\n]+)*[.!?\n]?")
_TELLS = re.compile(
    r"\b(?:antwort\w*|meld\w*|schreib\w*|sag\w*|nenn\w*|klär\w*|prüf\w*|schau\w*|seh\w*|bescheid|lesen|liest|steht hier"
    r"|hör\w*|ruf\w*|anruf\w*|wissen|weißt|weisst|erfahren|erfährst)\b",
    re.IGNORECASE,
)
_BRINGS = re.compile(r"\b(?:geld|betrag|konto|überweis\w*|gutschrift|erstatt\w*|zahl\w*)\b", re.IGNORECASE)
_COMES = re.compile(
    r"\b(?:tischler\w*|techniker\w*|monteur\w*|handwerker\w*|ersatz\w*|lieferung|liefertag|montagetag|termin|ersatzteil"
    r"|kommt|geliefert|eingebaut|repariert|schick\w*)\b",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\bper post\b|\bper brief\b|\bper e-?mail\b|auf direktem weg|\bkommen sie\b|\bkomm\b|vorbei",
    re.IGNORECASE,
)
"""Answers that nobody sees here, and what the customer was to do."""

_UNTIL = re.compile(r"\b(?:bis|spätestens)\b[^.]{0,30}$", re.IGNORECASE)
Kind = Literal["answer", "thing"]


@dataclass(frozen=True, slots=True)
class Missed:
    """A day that passed: an answer was to stand here by then, or a thing such as the money was to be there."""

    day: date
    kind: Kind


def missed(history: Sequence[Turn], today: date) -> Missed | None:
    """The last day that our latest answer of the case named for something of ours, if it lies before `today`."""
    ours = [turn.text for turn in history if turn.role == "us"]
    found = [one for one in _named(ours[-1], today) if one.day < today] if ours else []
    return max(found, key=lambda one: one.day, default=None)


def said_missed(one: Missed, locale: str) -> dict[str, str]:
    """The placeholder `missed`: "20. November"."""
    return {"missed": say_plain_date(one.day, locale)}


def _named(text: str, today: date) -> Iterator[Missed]:
    for match in _SENTENCE.finditer(text):
        sentence = match[0]
        kind = _kind(sentence)
        if kind is None or _ELSEWHERE.search(sentence):
            continue
        for found in days_in(sentence, today):
            if _UNTIL.search(sentence[: found.start]):
                yield Missed(found.day, kind)


def _kind(sentence: str) -> Kind | None:
    """Whether a sentence of ours promises a thing that comes, an answer, or nothing."""
    if _BRINGS.search(sentence):
        return "thing"
    if _TELLS.search(sentence):
        return "answer"
    return "thing" if _COMES.search(sentence) else None
