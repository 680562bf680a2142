"""Surveys with one answer a line (who, which question, what was said), laid out as one line for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gelassen.exchange.column import MOST
from gelassen.exchange.heading_words import KIND_OF, words

QUESTIONS = set("question questions frage fragen domanda pregunta pergunta vraag otazka pytanie fraga".split())
VALUES = set("value values wert valeur valore valor text content contents inhalt label".split())
PERSONS = set(
    "respondent participant student submission teilnehmer teilnehmende befragter befragte person session "
    "interview".split()
)
"""Who answered, or the visit on which somebody did, where no word for a customer is used."""

FEWEST = 3
"""So few lines are no survey of anybody."""


@dataclass(frozen=True, slots=True)
class LongForm:
    """The places of who answered, what was asked (by its words, else by its number) and what was said."""

    header: list[str]
    person: int
    asked: list[int]
    said: int
    questions: list[str]

    @property
    def kept(self) -> list[int]:
        """The places of all that is told of the person or the day."""
        used = {self.said, *self.asked}
        return [place for place in range(len(self.header)) if place not in used]

    def names(self) -> list[str]:
        """The headings of the laid out table."""
        return [self.header[place] for place in self.kept] + self.questions

    def lines(self, body: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, list[str]]]:
        """One line for each person, with the number of the first line that is theirs.

        Who answers a question again begins a new one, so that no answer is lost.
        """
        told: list[tuple[int, list[str]]] = []
        newest: dict[str, int] = {}
        for number, cells in body:
            person, place = _at(cells, self.person), self._place(_question(cells, self.asked))
            at = newest.get(person)
            if at is None or "".join(told[at][1][place : place + 1]):
                at = newest[person] = len(told)
                told.append((number, [_at(cells, kept) for kept in self.kept]))
            line = told[at][1]
            line += [""] * (place + 1 - len(line))
            line[place] = _at(cells, self.said)
        yield from told

    def _place(self, question: str) -> int:
        """Where the answers to a question stand in a line."""
        if question not in self.questions:
            self.questions.append(question)
        return len(self.kept) + self.questions.index(question)


def names_answers(header: Sequence[str]) -> bool:
    """Whether these headings speak of who answered which question, and what."""
    return len(_answers(header)) == 1 and bool(_questions(header)) and any(map(_is_person, header))


def long_form(header: Sequence[str], body: Sequence[Sequence[str]]) -> LongForm | None:
    """How the lines are laid out; None where a line is not one answer of several to a person."""
    if not names_answers(header) or len(body) < FEWEST:
        return None
    said, asked = _answers(header), _questions(header)
    for person in (place for place, name in enumerate(header) if place not in asked and _is_person(name)):
        found = LongForm(list(header), person, asked, said[0], [])
        if _several_each(body, found):
            found.questions.extend(dict.fromkeys(_question(cells, asked) for cells in body))
            return found
    return None


def _answers(header: Sequence[str]) -> list[int]:
    return [place for place, name in enumerate(header) if _is_answer(name)]


def _questions(header: Sequence[str]) -> list[int]:
    """The places of what was asked; words tell more than numbers."""
    asked = [place for place, name in enumerate(header) if QUESTIONS & set(words(name))]
    return sorted(asked, key=lambda place: "id" in {KIND_OF.get(word, "") for word in words(header[place])})


def _several_each(body: Sequence[Sequence[str]], form: LongForm) -> bool:
    """Whether people answered several questions each, and hardly anybody the same one twice."""
    pairs = {(_at(cells, form.person), _question(cells, form.asked)) for cells in body}
    persons, questions = {one for one, _ in pairs}, {one for _, one in pairs}
    return 1 < len(questions) < len(body) and len(pairs) >= MOST * len(body) and len(persons) < MOST * len(body)


def _question(cells: Sequence[str], asked: Sequence[int]) -> str:
    """The words of a question, or its number where it has none."""
    return next((told for place in asked if (told := _at(cells, place))), "")


def _is_answer(heading: str) -> bool:
    """Whether the cells below are what somebody answered, and not when or under which number."""
    told = set(words(heading))
    kinds = {KIND_OF.get(word, "") for word in told - VALUES} - {"filler"}
    return kinds == {"reply"} and not QUESTIONS & told


def _is_person(heading: str) -> bool:
    """Whether a heading speaks of who answered; the number of an answer is that of one line."""
    told = set(words(heading))
    return bool(PERSONS & told) or any(KIND_OF.get(word) == "person" for word in told)


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""
