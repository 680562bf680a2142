"""One point of a reading put right by a person."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.states import ReadingField
from responder.reading import read
from responder.reading.model import Reading, Span, Text, from_json
from responder.reading.points import CHOICES, SEVERAL, Point, consequences, parse, put_right, said
from responder.words import RISKS, TOPICS, WANTS, Language, Sentiment

NEGATIVE = Point(ReadingField.SENTIMENT, "", "negative")


def points() -> st.SearchStrategy[Point]:
    """Any point that can be said."""
    every = [f"{field}{sign}{value}" for field, values in CHOICES.items() for value in values for sign in "=+-"]
    return st.sampled_from([point for text in every if (point := parse(text))])


def readings() -> st.SearchStrategy[Reading]:
    return st.builds(
        Reading,
        language=st.sampled_from(get_args(Language)),
        sentiment=st.sampled_from(get_args(Sentiment)),
        anger=st.integers(0, 3),
        topics=st.lists(st.sampled_from(TOPICS), unique=True, min_size=1, max_size=6).map(tuple),
        wants=st.lists(st.sampled_from(WANTS), unique=True).map(tuple),
        risks=st.lists(st.sampled_from(RISKS), unique=True).map(tuple),
    )


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("sentiment=negative", NEGATIVE),
        ("anger=0", Point(ReadingField.ANGER, "", "0")),
        ("risks-legal", Point(ReadingField.RISKS, "legal", "no")),
        ("topics+data_privacy", Point(ReadingField.TOPICS, "data_privacy", "yes")),
    ],
)
def test_a_point_is_read_from_what_a_button_says(text: str, point: Point) -> None:
    assert parse(text) == point


@pytest.mark.parametrize(
    "text",
    ["", "sentiment", "sentiment=sad", "sentiment+negative", "risks=legal", "risks+sadness", "anger=4", "anger=-1",
     "probability=1", "risks-legal ", "risks--legal", "language=xx"],
)  # fmt: skip
def test_what_no_reading_can_say_is_no_point(text: str) -> None:
    assert parse(text) is None


@given(readings(), points())
def test_the_reading_says_what_the_person_says_and_survives_the_store(reading: Reading, point: Point) -> None:
    right = put_right(reading, point)
    assert said(right, point.field, point.label) == point.value
    assert from_json(right.as_json()) == right


@given(readings(), points())
def test_nothing_but_the_point_changes(reading: Reading, point: Point) -> None:
    right = put_right(reading, point)
    others = [(field, label) for field in CHOICES for label in (CHOICES[field] if field in SEVERAL else ("",))]
    others.remove((point.field, point.label))
    assert [said(right, *other) for other in others] == [said(reading, *other) for other in others]


@given(readings(), points())
def test_saying_the_same_twice_changes_nothing_more(reading: Reading, point: Point) -> None:
    right = put_right(reading, point)
    assert put_right(right, point) == right


def test_what_somebody_looked_at_is_sure() -> None:
    right = put_right(Reading(sentiment="positive", probability=0.4, unsure=True), NEGATIVE)
    assert (right.sentiment, right.probability, right.unsure) == ("negative", 1.0, False)


def test_praise_is_not_angry() -> None:
    assert consequences(Reading(anger=3), Point(ReadingField.SENTIMENT, "", "positive")) == (
        Point(ReadingField.ANGER, "", "0"),
    )
    assert consequences(Reading(), NEGATIVE) == ()


def test_without_its_last_topic_a_post_is_about_something_else() -> None:
    gone, other = Point(ReadingField.TOPICS, "phone", "no"), ReadingField.TOPICS
    assert consequences(Reading(topics=("phone",)), gone) == (Point(other, "other", "yes"),)
    assert consequences(Reading(topics=("phone", "staff")), gone) == (Point(other, "other", "no"),)


def test_a_named_topic_takes_the_place_of_other() -> None:
    found = Point(ReadingField.TOPICS, "staff", "yes")
    assert consequences(Reading(topics=("other",)), found) == (Point(ReadingField.TOPICS, "other", "no"),)


def test_matters_go_and_come_back_with_their_topic() -> None:
    reading = read(Text("Am Telefon geht seit Tagen keiner ran. Das Essen war kalt.", rating=1.0))
    assert {"phone_unreachable", "food_cold"} <= set(reading.matters)
    gone = put_right(reading, Point(ReadingField.TOPICS, "phone", "no"))
    assert "phone_unreachable" not in gone.matters
    assert "food_cold" in gone.matters
    back = put_right(gone, Point(ReadingField.TOPICS, "phone", "yes"))
    assert set(back.matters) == set(reading.matters)


def test_the_words_that_misled_stay_to_be_seen() -> None:
    reading = Reading(risks=("legal",), reasons=(Span(3, 9, "legal"),))
    assert put_right(reading, Point(ReadingField.RISKS, "legal", "no")).reasons == reading.reasons


def test_every_field_can_be_corrected() -> None:
    assert set(CHOICES) == set(ReadingField)
