"""The reading of a post as the item page shows it: each point, the words behind it, and what a click says of it."""

from __future__ import annotations

from dataclasses import dataclass

from db.models import PostVersion
from db.queries_corrections import Corrected
from db.states import ReadingField
from responder.reading.anger import OFFENDING
from responder.reading.labels import sides
from responder.reading.model import Reading, from_json
from responder.reading.points import CHOICES, SEVERAL, YES, said
from responder.reading.subject import topic_of
from responder.web.reading_words import FIELDS, LABELS, MISSING, NOTHING

MOST_WORDS = 4
"""So many places are quoted for one point."""
ANGRY_SIGNS = OFFENDING | {"anger", "shouting"}
SIDES = {"negative": {"complaint"}, "positive": {"praise"}, "neutral": {"complaint", "praise"}}


@dataclass(frozen=True, slots=True)
class Choice:
    """`label` is what a button says, `point` what it sends (see `responder.reading.points.parse`)."""

    label: str
    point: str
    chosen: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One field. `choices` are its values, or the labels that stand with what takes them out (`several`).

    `missing` is folded away under `ask`: the labels that could be put in, and the values that are seldom right.
    """

    name: str
    title: str
    several: bool
    choices: tuple[Choice, ...]
    missing: tuple[Choice, ...] = ()
    words: tuple[str, ...] = ()
    nothing: str = ""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """A correction in words; `old` is empty where a label was put in (`added`) or taken out."""

    label: str
    old: str
    added: bool
    by: Corrected


def parts(version: PostVersion) -> tuple[Part, ...]:
    """Everything that can be corrected in the reading of a wording; nothing while nobody has read it."""
    if version.reading is None:
        return ()
    reading = from_json(version.reading)
    return tuple(_labels(field, reading, version) if field in SEVERAL else _value(field, reading, version)
                 for field in CHOICES)  # fmt: skip


def changes(corrections: tuple[Corrected, ...]) -> tuple[Change, ...]:
    """What people said otherwise than the reader, in words."""
    return tuple(_change(one) for one in corrections)


def _change(one: Corrected) -> Change:
    row = one.correction
    field = ReadingField(row.field)
    if row.label:
        return Change(LABELS[field][row.label], "", row.person == YES, one)
    return Change(LABELS[field][row.person], LABELS[field][row.machine], False, one)


def _value(field: ReadingField, reading: Reading, version: PostVersion) -> Part:
    now = said(reading, field, "")
    choices = tuple(Choice(LABELS[field][one], f"{field}={one}", one == now) for one in CHOICES[field])
    if field in MISSING:
        chosen, others = (tuple(one for one in choices if one.chosen is wanted) for wanted in (True, False))
        return Part(field, FIELDS[field], False, chosen, others, ask=MISSING[field])
    return Part(field, FIELDS[field], False, choices, words=_words(version, reading, _signs(field, reading)))


def _labels(field: ReadingField, reading: Reading, version: PostVersion) -> Part:
    standing: tuple[str, ...] = getattr(reading, field.value)
    choices = tuple(
        Choice(LABELS[field][one], f"{field}-{one}", True, _words(version, reading, _of_label(field, one)))
        for one in standing
    )
    missing = tuple(Choice(LABELS[field][one], f"{field}+{one}") for one in CHOICES[field] if one not in standing)
    return Part(field, FIELDS[field], True, choices, missing, nothing=NOTHING[field], ask=MISSING[field])


def _signs(field: ReadingField, reading: Reading) -> frozenset[str]:
    """The labels of reasons that speak for the value of a field."""
    if field is ReadingField.ANGER:
        return ANGRY_SIGNS
    if field is ReadingField.SENTIMENT:
        wanted = SIDES[reading.sentiment]
        return frozenset(wanted | {matter for matter, side in sides().items() if side in wanted})
    return frozenset()


def _of_label(field: ReadingField, label: str) -> frozenset[str]:
    matters = {matter for matter, topic in topic_of().items() if field is ReadingField.TOPICS and topic == label}
    return frozenset(matters | {label})


def _words(version: PostVersion, reading: Reading, signs: frozenset[str]) -> tuple[str, ...]:
    """What stands at these reasons, each wording once; what stands in the title has no place in the text."""
    found: list[str] = []
    for span in reading.reasons:
        words = version.text[span.start : span.end].strip() if span.label in signs else ""
        if words and not any(words in longer for longer in found):
            found.append(words)
    return tuple(found[:MOST_WORDS])
