"""How often labels are told right: on every fourth text of the corpus, kept aside, and on the judged posts."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from responder.reading import read
from responder.reading.labelled import CORPUS
from responder.reading.model import Text

Row = dict[str, Any]
HELD_BACK = 4
"""Every fourth text of the corpus: no rule was written after one of these."""
JUDGED = Path(__file__).parents[1] / "judged" / "posts.jsonl"


@dataclass(frozen=True, slots=True)
class Told:
    """Labels of one post: those that are right and those that the reading gives."""

    right: frozenset[str]
    given: frozenset[str]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@cache
def kept_aside(field: str) -> list[Told]:
    texts = rows(CORPUS / "own_wants_risks.jsonl")[::HELD_BACK]
    return [told(row[field], Text(row["text"], kind=row["kind"]), field) for row in texts]


@cache
def judged(field: str) -> list[Told]:
    return [told(row["gold"][field], post(row), field) for row in rows(JUDGED)]


@cache
def with_topics() -> list[Row]:
    """The posts of the corpus that are labelled with topics and station too."""
    return [row for row in rows(CORPUS / "own_wants_risks.jsonl") if "topics" in row]


def post(row: Row) -> Text:
    return Text(row["text"], row["title"] or "", rating=row["rating"], kind=row["kind"], locale=row["locale"])


def told(right: list[str], text: Text, field: str) -> Told:
    return Told(frozenset(right), frozenset(getattr(read(text), field)))


def precision_and_recall(posts: list[Told]) -> tuple[float, float]:
    count: Counter[str] = Counter()
    for one in posts:
        count += Counter(both=len(one.right & one.given), given=len(one.given), right=len(one.right))
    return count["both"] / count["given"], count["both"] / count["right"]


@pytest.mark.parametrize(("field", "precision", "recall"), [("wants", 0.71, 0.53), ("risks", 0.77, 0.57)])
def test_in_texts_kept_aside_at_least_as_much_is_found_as_when_this_was_written(
    field: str, precision: float, recall: float
) -> None:
    right, complete = precision_and_recall(kept_aside(field))
    assert right >= precision
    assert complete >= recall


@pytest.mark.parametrize(
    ("field", "precision", "recall"), [("wants", 0.75, 0.66), ("risks", 0.84, 0.78), ("topics", 0.46, 0.5)]
)
def test_in_the_judged_posts_at_least_as_much_is_found_as_when_this_was_written(
    field: str, precision: float, recall: float
) -> None:
    right, complete = precision_and_recall(judged(field))
    assert right >= precision
    assert complete >= recall


def test_topics_of_our_own_posts_are_found_as_often_as_when_this_was_written() -> None:
    right, complete = precision_and_recall(
        [told(row["topics"], Text(row["text"], kind=row["kind"]), "topics") for row in with_topics()]
    )
    assert right >= 0.5
    assert complete >= 0.6


def test_the_station_is_right_as_often_as_when_this_was_written() -> None:
    own = [read(Text(row["text"], kind=row["kind"])).station == row["station"] for row in with_topics()]
    others = [read(post(row)).station == row["gold"]["station"] for row in rows(JUDGED)]
    assert sum(own) >= 0.6 * len(own)
    assert sum(others) >= 0.43 * len(others)


def test_harmless_texts_kept_aside_are_rarely_flagged() -> None:
    harmless = [one for one in kept_aside("risks") if not one.right]
    assert sum(bool(one.given) for one in harmless) <= 0.06 * len(harmless)


def test_every_judged_post_that_lays_personal_data_open_is_flagged() -> None:
    exposed = [one for one in judged("risks") if "personal_data" in one.right]
    assert all("personal_data" in one.given for one in exposed)
