"""What holds for any text whatever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from responder.reading import read
from responder.reading.model import Reading, Text, from_json
from responder.words import RISKS, STATIONS, TOPICS, WANTS

GERMAN = st.lists(
    st.sampled_from(
        "das essen war nicht kalt schlecht super Bestellnummer 123-A Frau Müller ! ? . , \n 😡 Anwalt Sie ihr 5 € "
        "DE89370400440532013000 gewartet Stunde Zimmer 12 sooo wäre aber nie kein".split(" ")
    )
).map(" ".join)
ANY = st.one_of(st.text(), GERMAN, st.text(alphabet=st.characters(categories=("Lu", "Mn", "Cs", "So", "Zs"))))
MOST_SECONDS = 5.0


def places(reading: Reading) -> Iterator[tuple[int, int]]:
    yield from ((span.start, span.end) for span in (*reading.reasons, *reading.pii))
    yield from ((fact.start, fact.end) for fact in reading.facts)


@settings(max_examples=150)
@given(ANY, ANY, st.one_of(st.none(), st.floats()))
@example("\ud800", "", None)
@example("a\u0301" * 50, "ß", 3.0)
def test_any_text_can_be_read_and_every_place_lies_inside_it(text: str, title: str, rating: float | None) -> None:
    reading = read(Text(text, title=title, rating=rating))
    assert all(0 <= start <= end <= len(text) for start, end in places(reading))


@settings(max_examples=60)
@given(GERMAN)
def test_the_same_text_gives_the_same_reading(text: str) -> None:
    assert read(Text(text)) == read(Text(text))


@settings(max_examples=60)
@given(GERMAN)
def test_labels_come_from_the_vocabulary(text: str) -> None:
    reading = read(Text(text))
    assert set(reading.topics) <= set(TOPICS)
    assert set(reading.wants) <= set(WANTS)
    assert set(reading.risks) <= set(RISKS)
    assert reading.station is None or reading.station in STATIONS
    assert 0 <= reading.anger <= 3
    assert 0 <= reading.urgency <= 3
    assert 0 <= reading.probability <= 1


@settings(max_examples=40)
@given(GERMAN)
def test_a_reading_survives_the_way_through_json(text: str) -> None:
    reading = read(Text(text))
    assert from_json(json.loads(json.dumps(reading.as_json()))) == reading


@given(st.floats(min_value=1, max_value=5), st.floats(min_value=1, max_value=5))
def test_more_stars_never_make_the_same_words_worse(one: float, other: float) -> None:
    order = ("negative", "neutral", "positive")
    low, high = (
        order.index(read(Text("Das Zimmer war ok.", rating=stars)).sentiment) for stars in sorted((one, other))
    )
    assert low <= high


@pytest.mark.parametrize(
    "piece",
    [
        "Das Essen war kalt und die Bedienung unfreundlich, wir haben lange gewartet. ",
        "1", "a", "0 1", "Frau Ab ", "essen ", "nicht ", "😡", "a@", "a.b", "\n", "!", "DE12 ", "wenn bewertung ",
        "Abstraße ", "ä", "a\u0301", "zimmer,", "((", "-a", "A",
    ],
)  # fmt: skip
def test_a_hundred_thousand_characters_take_seconds_at_most(piece: str) -> None:
    text = (piece * (100_000 // len(piece) + 1))[:100_000]
    start = process_time()
    read(Text(text))
    assert process_time() - start < MOST_SECONDS
