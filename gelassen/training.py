"""`gelassen train`: from what people corrected on the page to a mood model of the business's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from db import queries_corrections
from db.engine import Database
from db.models import PostVersion, Source
from db.queries_corrections import Labelled
from db.states import ReadingField
from gelassen.errors import UserError
from responder.contexts import text_of
from responder.reading.lessons import Lesson, Outcome, teach
from responder.reading.model import from_json
from responder.reading.points import SEVERAL, YES
from responder.reading.reader import GERMAN

LEAST = 20
"""With fewer corrected moods nothing can be told from chance."""
MOST_CONFIRMED = 600
MOST_PHRASES = 5


@dataclass(frozen=True, slots=True)
class Misreading:
    """How often people put one label in (`missed`) or took it out (`wrong`), and which words had misled."""

    field: str
    label: str
    missed: int
    wrong: int
    phrases: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "phrases": list(self.phrases)}


def misreadings(rows: Iterable[Labelled]) -> list[Misreading]:
    """What people corrected in topics, wants and risks, most often first. Nothing is learned from it by itself."""
    groups: dict[tuple[str, str], list[Labelled]] = {}
    for row in rows:
        if row.correction.field in SEVERAL:
            groups.setdefault((row.correction.field, row.correction.label), []).append(row)
    found = [_misreading(*key, group) for key, group in groups.items()]
    return sorted(found, key=lambda one: (-one.missed - one.wrong, one.field, one.label))


def _misreading(field: str, label: str, rows: list[Labelled]) -> Misreading:
    wrong = [row for row in rows if row.correction.person != YES]
    phrases = Counter(phrase for row in wrong for phrase in _phrases(row.version, label))
    ordered = sorted(phrases, key=lambda phrase: (-phrases[phrase], phrase))
    return Misreading(field, label, len(rows) - len(wrong), len(wrong), tuple(ordered[:MOST_PHRASES]))


def _phrases(version: PostVersion, label: str) -> set[str]:
    """What stands where the reader saw `label`."""
    reasons = from_json(version.reading or {}).reasons
    found = (version.text[span.start : span.end].strip().lower() for span in reasons if span.label == label)
    return {phrase for phrase in found if phrase}


def lessons(database: Database) -> list[Lesson]:
    """The texts to learn moods from. Raises `UserError` when too few were corrected."""
    with database.read() as session:
        corrected = [
            (row.version, row.source)
            for row in queries_corrections.labelled(session)
            if row.correction.field == ReadingField.SENTIMENT
        ]
        confirmed = queries_corrections.confirmed(session, MOST_CONFIRMED)
    found = [*_lessons(corrected, corrected=True), *_lessons(confirmed, corrected=False)]
    count = sum(lesson.corrected for lesson in found)
    if count < LEAST:
        raise UserError(
            f"{_moods(count)} so far, and at least {LEAST} are needed before anything can be learned from them. "
            "Nothing was changed. Correct the mood of posts on the page where it is wrong, then train again."
        )
    return found


def _moods(count: int) -> str:
    if not count:
        return "No mood of a German post was corrected"
    return f"Only {count} mood{' of a German post was' if count == 1 else 's of German posts were'} corrected"


def _lessons(rows: Iterable[tuple[PostVersion, Source]], *, corrected: bool) -> Iterable[Lesson]:
    """German texts with words in them: the model knows no other language, and stars alone teach it nothing."""
    for version, source in rows:
        reading = from_json(version.reading or {})
        if reading.language in GERMAN and (version.text or version.title):
            yield Lesson(text_of(version, source), reading.sentiment, corrected)


def train(database: Database, keep: Callable[[bytes], None], told: Callable[[str], None]) -> Outcome:
    """Make a model and hand it to `keep` if it is better. Raises `UserError` when there is too little to learn from."""
    from responder.reading.own_model import content

    outcome = teach(lessons(database), told)
    if outcome.better:
        keep(content(outcome.model))
    return outcome


def as_json(outcome: Outcome, found: list[Misreading]) -> dict[str, Any]:
    """The report for machines."""
    return {
        "corrected": outcome.corrected,
        "confirmed": outcome.confirmed,
        "before": asdict(outcome.before),
        "after": asdict(outcome.after),
        "kept": outcome.better,
        "misread": [one.as_json() for one in found],
    }
