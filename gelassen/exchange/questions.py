"""Questions that stand in cells beside their answers: one column asks the same in every line, another one answers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gelassen.exchange.column import Column, column_at, wordy
from gelassen.exchange.heading_words import words
from gelassen.exchange.values import is_rating

QUESTIONS = set("question frage domanda pregunta pergunta vraag otazka pytanie soru prompt вопрос".split())
ASKING = QUESTIONS | set("text label q f".split())
SAID = set(
    "value answer antwort reponse risposta respuesta resposta odpowiedz cevap yanit response text content a".split()
)
ENDS = ("?", ":")
PIECE = re.compile(r"\d+|\D+")


def with_questions(header: Sequence[str], body: Sequence[Sequence[str]]) -> list[str]:
    """The headings, those over answers replaced by the question that stands in the cells of the column that belongs
    to it (`q1.text` and `q1.value`, `Frage 1` and `Antwort 1`); the question itself is left without a heading.
    """
    names = list(header)
    for place, name in enumerate(header):
        if ASKING & set(_parts(name)) and (question := _question(column_at(place, name, body))):
            answer = _answer_to(place, header)
            if answer is not None:
                names[place], names[answer] = "", question
    return names


def _question(column: Column) -> str:
    """What all filled cells ask; nothing where they differ, or tell a thing and ask nothing."""
    told = set(column.cells)
    asked = told.pop() if len(told) == 1 else ""
    return asked if wordy(asked) and not is_rating(asked) and asked.endswith(ENDS) else ""


def _answer_to(place: int, header: Sequence[str]) -> int | None:
    """The place of the column that is called as the question is, but for the word for what was said."""
    told = _stem(header[place], ASKING)
    same = (
        at for at, name in enumerate(header) if at != place and SAID & set(_parts(name)) and _stem(name, SAID) == told
    )
    return next(same, None) if told or QUESTIONS & set(_parts(header[place])) else None


def _stem(name: str, dropped: set[str]) -> tuple[str, ...]:
    """What a heading says but for some words; numbers count, so that the first answer goes with the first question."""
    parts = _parts(name)
    last = max((at for at, part in enumerate(parts) if part in dropped), default=-1)
    return tuple(part for at, part in enumerate(parts) if at != last)


def _parts(name: str) -> list[str]:
    return [part for one in name.split(".") for word in words(one) for part in PIECE.findall(word)]
