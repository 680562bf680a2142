"""Tables that programs save as JSON, and cells that hold objects."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.flat import packed
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")
SAID = [
    ["Der Garten ist schön, das Essen war leider kalt.", 3.0],
    ["Wir kommen gern wieder, alle waren freundlich!", 5.0],
    ["Nach einer Stunde gingen wir, niemand kam an den Tisch.", 1.5],
]


def read(value: Any) -> list[dict[str, Any]]:
    return [row.said for row in json_rows(json.dumps(value), BERLIN) if isinstance(row.said, dict)]


def said(value: Any) -> list[tuple[str, float | None]]:
    return [(row["text"], row.get("rating")) for row in read(value)]


@pytest.mark.parametrize(
    "value",
    [
        {"52282": SAID[:2], "58646": SAID[2:]},
        SAID,
        [["Review", "Stars"], *SAID],
        {"columns": ["review", "stars"], "index": [0, 1, 2], "data": SAID},
        {"range": "A1:B4", "values": [["Bewertung", "Sterne"], *SAID]},
        {"fields": [{"name": "review"}, {"name": "stars"}], "rows": SAID},
        {"review": [one[0] for one in SAID], "stars": [one[1] for one in SAID]},
        {"review": dict(enumerate(one[0] for one in SAID)), "stars": dict(enumerate(one[1] for one in SAID))},
    ],
    ids=["by id", "no headings", "headings first", "side by side", "a sheet", "named fields", "columns", "a frame"],
)
def test_a_table_is_read_in_whatever_form_it_is_kept(value: Any) -> None:
    assert said(value) == [(text, stars) for text, stars in SAID]


@pytest.mark.parametrize(
    "value",
    [
        [["A-1", 3], ["A-2", 5], ["B-7", 1]],
        {"points": [[1, 2], [3, 4]], "lines": [[5, 6], [7, 8]]},
        {"x": [1, 2, 3], "y": [3, 4, 5]},
    ],
)
def test_lists_of_numbers_and_articles_are_refused(value: Any) -> None:
    with pytest.raises(WrongUse):
        read(value)


@pytest.mark.parametrize(
    "cell",
    [
        '{"body": "Das tut uns leid.", "modified": "2026-05-02T10:00:00Z"}',
        "{'id': 7, 'body': 'Das tut uns leid.', 'modified': '2026-05-02T10:00:00Z', 'shown': True, 'by': None}",
        "[{'text': 'Das tut uns leid.', 'date': '2026-05-02T10:00:00Z'}]",
    ],
)
def test_an_answer_packed_into_a_cell_is_the_answer(cell: str) -> None:
    quoted = cell.replace('"', '""')
    first, second = csv_rows(f'review,rating,developerResponse\nLaut,2,"{quoted}"\nGut,5,\n', BERLIN)
    assert isinstance(first.said, dict)
    assert isinstance(second.said, dict)
    assert first.said["owner_replies"] == [{"text": "Das tut uns leid.", "created_at": "2026-05-02T10:00:00+00:00"}]
    assert "owner_replies" not in second.said


def test_a_person_packed_into_a_text_of_a_document_is_read() -> None:
    (row,) = read([{"text": "Gut", "rating": 5, "user": "{'id': 3, 'name': 'Ada Kern'}"}])
    assert (row["author_name"], row["author_id"]) == ("Ada Kern", "3")


def test_a_review_in_brackets_stays_a_text() -> None:
    first, _ = csv_rows("Text\n[gekürzt]\nGut und {schnell}\n", BERLIN)
    assert isinstance(first.said, dict)
    assert first.said["text"] == "[gekürzt]"


def test_the_line_as_the_file_has_it_is_kept_beside_what_was_read() -> None:
    (row,) = csv_rows("text;reply\nGut;{'text': 'Danke'}\n", BERLIN)
    assert row.raw == {"text": "Gut", "reply": "{'text': 'Danke'}"}


@pytest.mark.parametrize("cell", ["", "[" * 40_000 + "]" * 40_000, "{" + "a" * 60_000 + "}", "{x: y}", "[]", "(1, 2)"])
def test_what_is_no_object_is_none(cell: str) -> None:
    assert packed(cell) is None
