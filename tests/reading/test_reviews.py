"""German reviews of seven trades, labelled by hand: how often the reading agrees."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from responder.reading import read
from responder.reading.model import Reading, Text

Row = dict[str, Any]
ROWS: list[Row] = [
    json.loads(line) for line in Path(__file__).with_name("reviews.jsonl").read_text(encoding="utf-8").splitlines()
]
LABELLED = [row for row in ROWS if "matters" in row]
READ_LANGUAGES = ("de", "gsw", "en")


@cache
def readings() -> dict[str, Reading]:
    return {row["id"]: read(Text(row["text"])) for row in ROWS}


def judged() -> list[Row]:
    return [row for row in ROWS if row.get("language", "de") in READ_LANGUAGES]


def precision_and_recall(field: str) -> tuple[float, float]:
    count: Counter[str] = Counter()
    for row in LABELLED:
        found, expected = set(getattr(readings()[row["id"]], field)), set(row[field])
        count += Counter(right=len(found & expected), found=len(found), expected=len(expected))
    return count["right"] / count["found"], count["right"] / count["expected"]


def test_the_table_has_at_least_150_sentences_of_seven_trades() -> None:
    trades = {row["sector"] for row in LABELLED}
    assert len(LABELLED) >= 150
    assert trades == {"hotel", "shop", "restaurant", "practice", "app", "transport", "office"}


def test_no_sentence_stands_twice() -> None:
    assert len({row["text"] for row in ROWS}) == len(ROWS)


def test_nine_of_ten_sentiments_are_right_without_stars() -> None:
    wrong = [row["text"] for row in judged() if readings()[row["id"]].sentiment != row["sentiment"]]
    assert len(wrong) <= 0.1 * len(judged()), wrong


def test_at_most_one_in_five_is_unsure() -> None:
    assert sum(readings()[row["id"]].unsure for row in judged()) <= 0.2 * len(judged())


def test_a_sure_sentiment_is_hardly_ever_wrong() -> None:
    sure = [row for row in judged() if not readings()[row["id"]].unsure]
    wrong = [row["text"] for row in sure if readings()[row["id"]].sentiment != row["sentiment"]]
    assert len(wrong) <= 0.05 * len(sure), wrong


@pytest.mark.parametrize(
    ("field", "precision", "recall"), [("matters", 0.9, 0.9), ("wants", 0.85, 0.85), ("risks", 0.9, 0.95)]
)
def test_labels_are_found_and_not_invented(field: str, precision: float, recall: float) -> None:
    found, complete = precision_and_recall(field)
    assert found >= precision
    assert complete >= recall


@pytest.mark.parametrize("field", ["language", "address"])
def test_language_and_address_are_right_in_19_of_20(field: str) -> None:
    wrong = [row["text"] for row in LABELLED if getattr(readings()[row["id"]], field) != row[field]]
    assert len(wrong) <= 0.05 * len(LABELLED), wrong


def test_with_stars_every_clear_sentiment_is_right() -> None:
    stars = {"negative": 1.0, "positive": 5.0}
    for row in judged():
        if row["sentiment"] in stars:
            assert read(Text(row["text"], rating=stars[row["sentiment"]])).sentiment == row["sentiment"], row["text"]


@pytest.mark.parametrize("row", LABELLED[::9], ids=lambda row: row["id"])
def test_spelling_without_umlauts_reads_the_same(row: Row) -> None:
    plain = row["text"].translate(
        str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
    )
    assert read(Text(plain)).matters == readings()[row["id"]].matters
    assert read(Text(plain)).sentiment == readings()[row["id"]].sentiment
