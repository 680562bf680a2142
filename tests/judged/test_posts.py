"""The reading of posts that other people wrote and labelled; nobody may tune anything on their texts."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from responder.reading.model import Reading, Text
from responder.reading.reader import read

POSTS = Path(__file__).parent / "posts.jsonl"


@cache
def told() -> list[tuple[dict[str, Any], Reading]]:
    rows = [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]
    return [(row["gold"], read(_text(row))) for row in rows]


def _text(row: dict[str, Any]) -> Text:
    return Text(row["text"], row["title"] or "", rating=row["rating"], kind=row["kind"], locale=row["locale"])


def share(is_right: list[bool]) -> float:
    return sum(is_right) / len(is_right)


def test_the_mood_is_right_in_seven_of_eight() -> None:
    assert share([gold["sentiment"] == reading.sentiment for gold, reading in told()]) >= 0.875


def test_at_most_a_quarter_is_left_unsure() -> None:
    assert share([reading.unsure for _, reading in told()]) <= 0.25


def test_the_language_is_right_nearly_always() -> None:
    assert share([gold["language"] == reading.language for gold, reading in told()]) >= 0.95


def test_the_form_of_address_is_right_in_nine_of_ten() -> None:
    assert share([gold["address"] == reading.address for gold, reading in told()]) >= 0.9


def test_anger_and_urgency_are_hardly_ever_off_by_more_than_one() -> None:
    assert share([abs(gold["anger"] - reading.anger) <= 1 for gold, reading in told()]) >= 0.9
    assert share([abs(gold["urgency"] - reading.urgency) <= 1 for gold, reading in told()]) >= 0.85
