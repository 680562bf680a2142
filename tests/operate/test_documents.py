"""Documents of other programs: which of their lists holds the reviews, and how deep their parts are read."""

from __future__ import annotations

import json
import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.lines import BadLine
from gelassen.exchange.xml_rows import xml_rows

BERLIN = ZoneInfo("Europe/Berlin")


def read(value: Any) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in json_rows(json.dumps(value), BERLIN)]


def texts(value: Any) -> list[str]:
    return [row["text"] for row in read(value) if isinstance(row, dict)]


def test_reviews_within_products_are_found_and_products_are_not() -> None:
    shop = {
        "products": [{"name": "Sessel", "reviews": [{"text": "Gut"}]}, {"name": "Topf", "reviews": [{"text": "Na"}]}]
    }
    assert texts(shop) == ["Gut", "Na"]


def test_reviews_kept_under_their_ids_are_a_list() -> None:
    assert texts({"reviews": {"r1": {"text": "Gut", "rating": 5}, "r2": {"text": "Na", "rating": 3}}}) == ["Gut", "Na"]


def test_objects_that_hold_one_object_and_nothing_else_are_unpacked() -> None:
    assert texts([{"review_1": {"Review": "Gut"}}, {"review_2": {"Review": "Na"}}]) == ["Gut", "Na"]


def test_topics_within_a_review_are_not_its_text() -> None:
    review = {
        "text": "Gut",
        "rating": 4,
        "topics": [{"topic": "Lage", "detail": "nah"}, {"topic": "Bad", "detail": "x"}],
    }
    assert texts({"reviews": [review]}) == ["Gut"]


def test_dates_of_databases_are_read() -> None:
    (row,) = read(
        [{"_id": {"$oid": "67caf0013c863c3b4229f5d7"}, "text": "Gut", "createdAt": {"$date": "2026-03-13T10:00:00Z"}}]
    )
    assert isinstance(row, dict)
    assert (row["created_at"], row["external_id"]) == ("2026-03-13T10:00:00+00:00", "67caf0013c863c3b4229f5d7")


def test_answers_in_a_list_come_with_their_review() -> None:
    (row,) = read([{"rating": 2, "text": "Laut", "responses": [{"text": "Das tut uns leid.", "date": "2026-03-13"}]}])
    assert isinstance(row, dict)
    assert [reply["text"] for reply in row["owner_replies"]] == ["Das tut uns leid."]


def test_an_id_of_ours_among_keys_of_another_program_does_not_make_it_ours() -> None:
    (row,) = read([{"external_id": "g1", "author": "Ada", "content": "Gut", "rating": 5}])
    assert isinstance(row, dict)
    assert (row["external_id"], row["author_name"], row["text"]) == ("g1", "Ada", "Gut")


def test_lines_of_another_program_that_are_broken_stay_in_their_place() -> None:
    text = '{"user": "Ada", "comment": "Gut"}\n{kaputt\n{"user": "Bo", "comment": "Na"}\n'
    found = list(json_rows(text, BERLIN))
    assert [(row.number, isinstance(row.said, BadLine)) for row in found] == [(1, False), (2, True), (3, False)]


def test_a_document_without_reviews_is_refused() -> None:
    with pytest.raises(WrongUse):
        read({"warehouse": [{"sku": "S-1", "stock": 3}], "open": True})


def test_stars_in_attributes_are_read() -> None:
    (row,) = xml_rows(
        b'<reviews><review score="4"><author>Ada</author><content>Gut</content></review></reviews>', BERLIN
    )
    assert isinstance(row.said, dict)
    assert (row.said["rating"], row.said["author_name"], row.said["text"]) == (4.0, "Ada", "Gut")


def test_words_in_several_forms_and_a_person_behind_a_link_are_read() -> None:
    said = (
        "<review><rating>5</rating>"
        '<content type="xhtml">&lt;p&gt;Der Salat war frisch und groß genug.&lt;/p&gt;</content>'
        '<content type="text">Der Salat war frisch und groß genug.</content><summary>Der Salat war fri...</summary>'
        '<link rel="https://portal.example/schema/place" title="Café Nord" href="https://portal.example/p/1"/>'
        '<link rel="https://portal.example/schema/user" title="Ida" href="https://portal.example/u/2"/></review>'
    )
    rows = list(xml_rows(f"<reviews>{said}{said.replace('Ida', 'Bo')}</reviews>".encode(), BERLIN))
    first = rows[0].said
    assert isinstance(first, dict)
    assert (first["author_name"], first["text"]) == ("Ida", "Der Salat war frisch und groß genug.")
    assert "title" not in first


def test_what_is_no_xml_is_refused() -> None:
    with pytest.raises(WrongUse):
        list(xml_rows(b"", BERLIN))


def test_entities_of_a_document_are_not_blown_up() -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><reviews><review><text>&b;</text></review></reviews>'
    with pytest.raises(WrongUse):
        list(xml_rows(bomb.encode(), BERLIN))


def test_ten_thousand_reviews_under_their_ids_are_read_in_one_go() -> None:
    value = {"reviews": {f"r{number}": {"text": f"Besuch {number} war gut", "rating": 4} for number in range(10_000)}}
    start = time.process_time()
    assert len(texts(value)) == 10_000
    assert time.process_time() - start < 15


def test_pages_of_a_list_are_read_one_after_another() -> None:
    page = [{"author": "Ulla", "rating": 2, "text": "Kalt und laut."}, {"author": "Kim", "rating": 5, "text": "Gut."}]
    assert texts([page, [{"author": "Jo", "rating": 1, "text": "Zu."}]]) == ["Kalt und laut.", "Gut.", "Zu."]


def test_an_average_that_is_told_once_does_not_make_a_list_of_averages() -> None:
    first = {"fullName": "", "postReview": "", "starRating": "", "averageRating": "4.5"}
    said = ["Der Garten ist schön, das Essen war fade.", "Sie geben sich viel Mühe, es hat geschmeckt.", "Nie wieder."]
    given = [
        {"fullName": f"Gast {number}", "postReview": text, "starRating": f"{number}0", "averageRating": 0}
        for number, text in enumerate(said, 1)
    ]
    assert texts([first, *given]) == said
