"""One point of a reading, as a person puts it: what may be said, what follows, the reading put right. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any, get_args

from db.states import ReadingField
from responder.reading.model import Reading
from responder.reading.subject import topic_of
from responder.words import RISKS, TOPICS, WANTS, Language, Sentiment

YES, NO = "yes", "no"
MOST_ANGER = 3
NO_TOPIC = "other"
SEVERAL = frozenset({ReadingField.TOPICS, ReadingField.WANTS, ReadingField.RISKS})
"""Fields that hold any number of labels; the others hold one value."""
CHOICES: dict[ReadingField, tuple[str, ...]] = {
    ReadingField.SENTIMENT: get_args(Sentiment),
    ReadingField.ANGER: tuple(str(step) for step in range(MOST_ANGER + 1)),
    ReadingField.RISKS: tuple(RISKS),
    ReadingField.WANTS: tuple(WANTS),
    ReadingField.TOPICS: tuple(TOPICS),
    ReadingField.LANGUAGE: get_args(Language),
}
_POINT = re.compile(r"([a-z]+)([=+-])([a-z_0-9]+)")


@dataclass(frozen=True, slots=True)
class Point:
    """`value` is what stands in a field of one value; where there are several labels it says yes or no to `label`."""

    field: ReadingField
    label: str
    value: str


def parse(text: str) -> Point | None:
    """The point of `sentiment=negative`, `risks-legal` or `topics+staff`; None for anything a reading cannot say."""
    found = _POINT.fullmatch(text)
    if not found or found[1] not in set(ReadingField):
        return None
    field, sign, word = ReadingField(found[1]), found[2], found[3]
    if word not in CHOICES[field] or (field in SEVERAL) == (sign == "="):
        return None
    return Point(field, word, YES if sign == "+" else NO) if field in SEVERAL else Point(field, "", word)


def said(reading: Reading, field: ReadingField, label: str) -> str:
    """What the reading says there."""
    value: Any = getattr(reading, field.value)
    if field in SEVERAL:
        return YES if label in value else NO
    return str(value)


def consequences(reading: Reading, point: Point) -> tuple[Point, ...]:
    """What else is said by it: praise is not angry, and a post has at least one topic, if only “other”."""
    if point == Point(ReadingField.SENTIMENT, "", "positive"):
        return (Point(ReadingField.ANGER, "", "0"),)
    if point.field is not ReadingField.TOPICS or point.label == NO_TOPIC:
        return ()
    others = set(reading.topics) - {point.label, NO_TOPIC}
    return (Point(ReadingField.TOPICS, NO_TOPIC, YES if point.value == NO and not others else NO),)


def put_right(reading: Reading, point: Point) -> Reading:
    """The reading as the person puts it; what somebody looked at is sure."""
    if point.field is ReadingField.TOPICS:
        return replace(_labelled(reading, point), matters=_matters(reading, point))
    if point.field in SEVERAL:
        return _labelled(reading, point)
    if point.field is ReadingField.SENTIMENT:
        return replace(reading, sentiment=_one_of(get_args(Sentiment), point), probability=1.0, unsure=False)
    if point.field is ReadingField.ANGER:
        return replace(reading, anger=int(point.value))
    return replace(reading, language=_one_of(get_args(Language), point))


def _one_of(values: tuple[Any, ...], point: Point) -> Any:
    return next(value for value in values if value == point.value)


def _labelled(reading: Reading, point: Point) -> Reading:
    kept = tuple(label for label in getattr(reading, point.field.value) if label != point.label)
    values: dict[str, Any] = {point.field.value: (*kept, point.label) if point.value == YES else kept}
    return replace(reading, **values)


def _matters(reading: Reading, point: Point) -> tuple[str, ...]:
    """Matters go and come with the topic that they imply: a draft must not name what a person has ruled out."""
    rest = tuple(matter for matter in reading.matters if topic_of().get(matter) != point.label)
    if point.value == NO:
        return rest
    found = dict.fromkeys(span.label for span in reading.reasons if topic_of().get(span.label) == point.label)
    return (*rest, *found)
