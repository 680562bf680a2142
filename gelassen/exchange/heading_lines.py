"""Which line of a table names its columns: under a title, over two lines as surveys have it, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gelassen.exchange.cells import is_sentence
from gelassen.exchange.dates import is_date
from gelassen.exchange.heading_words import folded, words
from gelassen.exchange.headings import field
from gelassen.exchange.long_forms import names_answers
from gelassen.exchange.nameless import names_by_cells
from gelassen.exchange.values import is_rating
from gelassen.exchange.vocabulary import ELSEWHERE, NOT_WRITTEN, OF_WORK, OF_WORKS

ABOVE = 20
"""So many lines (a title, a date of export) may stand above the one that names the columns."""

SEEN = 50
"""So many lines tell what the columns of a table without headings are."""

TELLING = {"text", "rating", "pros", "cons", "title", "author_name", "created_at"}

UNSAID = set(
    "response|responses|open-ended response|antwort|antworten|offene antwort|antwort mit freitext|reponse|"
    "reponse ouverte|risposta|risposta aperta|respuesta|respuesta abierta".split("|")
)
"""What a survey writes below a question that has no parts."""

SIGNS = (("Rating", is_rating), ("Date", is_date), ("Text", is_sentence))
"""What tells a line of data from one that names columns, the surest first."""

FOR_PROGRAMS = '{"importid"'
"""How the cells begin that a survey puts below its questions for other programs."""


def headed(lines: Sequence[Sequence[str]]) -> tuple[list[str], int]:
    """The headings of a table by its first lines, and how many of these lines stand above the first one with data."""
    if not lines:
        return [], 0
    every, lines = lines, lines[:ABOVE]
    for number, line in enumerate(lines[1:], start=1):
        if any(cell.strip().casefold().startswith(FOR_PROGRAMS) for cell in line):
            return [
                one.strip() or other for one, other in _pairs(lines[number - 1], lines[max(number - 2, 0)])
            ], number + 1
    if _counts_lines(lines):
        return list(lines[0]), 1
    start = heading_line(lines)
    if not _telling(lines[start]) and not names_answers(lines[start]) and (told := _told_by_cells(every, start)):
        return told
    header = list(lines[start])
    if start + 1 < len(lines) and _continues(header, lines[start + 1]):
        return _joined(header, lines[start + 1]), start + 2
    return header, start + 1


def _told_by_cells(lines: Sequence[Sequence[str]], start: int) -> tuple[list[str], int] | None:
    """Headings by what stands below a line that tells nothing: itself a line of data where it has a mark or a day, or
    else a sentence for a text.
    """
    above = {word for cell in lines[start] for word in words(cell)}
    if (names := names_by_cells(lines[start + 1 :])) and not above & (ELSEWHERE | NOT_WRITTEN | OF_WORK | OF_WORKS):
        return names, start if _is_data(lines[start], names) else start + 1
    names = names_by_cells(lines)
    return (names, 0) if names and _is_data(lines[0], names) else None


def _is_data(line: Sequence[str], names: Sequence[str]) -> bool:
    sign, test = next((sign, test) for sign, test in SIGNS if sign in names)
    at = names.index(sign)
    return at < len(line) and test(line[at])


def heading_line(lines: Sequence[Sequence[str]]) -> int:
    """Which of the first lines names the columns: the first one that says something of reviews and is no lone title."""
    widest = max((_filled(line) for line in lines), default=0)
    wide = [number for number, line in enumerate(lines) if _filled(line) >= min(2, widest)]
    told = {number: _telling(lines[number]) for number in wide}
    telling = (number for number in wide if told[number] >= (1 if number == wide[0] else 2))
    return next(iter([*telling, *wide]), 0)


def _counts_lines(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the first line names all columns but the first, in which the lines below are numbered."""
    first, *below = ([cell.strip() for cell in line] for line in lines)
    numbers = [line[0] for line in below if line]
    counted = len(numbers) > 1 and all(one.isdigit() for one in numbers)
    named = len(first) > 1 and not first[0] and all(first[1:]) and not any(map(is_rating, first))
    return named and counted and all(int(b) - int(a) == 1 for a, b in pairwise(numbers))


def _continues(header: Sequence[str], line: Sequence[str]) -> bool:
    """Whether the line below the headings is one of them: parts of questions, or names below names of groups."""
    if any(is_rating(cell) for cell in line):
        return False
    gaps = sum(bool(cell.strip()) and not above.strip() for above, cell in zip(header, line, strict=False))
    return any(folded(cell.strip()) in UNSAID for cell in line) or (gaps > 0 and _telling(line) >= 2)


def _joined(header: Sequence[str], line: Sequence[str]) -> list[str]:
    """Two lines of headings as one; a group or a question stands over all columns up to the next one."""
    names, group = [], ""
    for above, below in _pairs(header, line):
        group = above.strip() or group
        part = "" if folded(below.strip()) in UNSAID else below.strip()
        names.append(f"{group} {part}".strip() if below.strip() else above.strip())
    return names


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    width = max(len(one), len(other))
    return list(zip([*one, *[""] * (width - len(one))], [*other, *[""] * (width - len(other))], strict=True))


def _telling(line: Sequence[str]) -> int:
    return len(TELLING & {field(cell.strip()) for cell in line})


def _filled(line: Sequence[str]) -> int:
    return sum(1 for cell in line if cell.strip())
