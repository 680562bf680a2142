"""Exports name their columns in their own way; what a heading means is found by rule where no list has it."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.exchange.headings import field
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")


def only(text: str) -> dict[str, Any]:
    (row,) = csv_rows(text, BERLIN)
    assert isinstance(row.said, dict)
    return row.said


def only_of_json(value: Any) -> dict[str, Any]:
    (row,) = json_rows(json.dumps(value), BERLIN)
    assert isinstance(row.said, dict)
    return row.said


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Review Content", "text"),
        ("Review Username", "author_name"),
        ("Titel der Bewertung", "title"),
        ("Review Created (UTC)", "created_at"),
        ("Review Submit Date and Time", "created_at"),
        ("Review Last Update Date and Time", "updated_at"),
        ("comment_content", "text"),
        ("comment_author", "author_name"),
        ("Gesamtbewertung (1-6)", "rating"),
        ("Stellungnahme des Arbeitgebers", "reply"),
        ("Kommentar des Hotels", "reply"),
        ("Company Reply", "reply"),
        ("Developer Reply Text", "reply"),
        ("Developer Reply Date and Time", "reply_at"),
        ("Antwort der Unterkunft", "reply"),
        ("reviewer.displayName", "author_name"),
        ("reviewReply.comment", "reply"),
        ("reviewReply.updateTime", "reply_at"),
        ("customer.id", "author_id"),
        ("rating.value", "rating"),
        ("restaurants_users_name", "author_name"),
        ("userProfileName", "author_name"),
        ("nama_reviewer", "author_name"),
        ("Benutzername", "author_name"),
        ("Rezensionstitel", "title"),
        ("评论内容", "text"),
        ("レビュー本文", "text"),
        ("рейтинг", "rating"),
        ("postReview", "text"),
        ("post_date", "created_at"),
        ("product_review", "text"),
        ("app_review_id", "external_id"),
        ("dates.publishedDate", "created_at"),
        ("dates.updatedDate", "updated_at"),
        ("place and date", "created_at"),
        ("review_datetime_utc", "created_at"),
        ("developerResponse.body", "reply"),
    ],
)
def test_a_heading_is_understood(heading: str, expected: str) -> None:
    assert field(heading) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "Company Name",
        "Shop-ID",
        "Review Count",
        "Review Response Time",
        "product.name",
        "shop.rating",
        "Sauberkeit",
        "dates.experiencedDate",
        "Date of experience",
        "product_title",
        "product_rating",
        "book_author_name",
        "customer service",
        "page_name",
        ".",
    ],
)
def test_what_is_said_of_something_else_is_no_field_of_a_review(heading: str) -> None:
    assert field(heading) == ""


def test_a_heading_of_dots_without_end_is_no_field() -> None:
    assert field("a." * 100_000 + "text") == ""


def test_an_abbreviation_is_no_part_of_a_part() -> None:
    assert field("Nr.") == "external_id"


def test_a_column_in_utc_is_not_taken_for_local_time() -> None:
    assert only("Text,Created (UTC)\nGut,2026-11-23 10:00:00\n")["created_at"] == "2026-11-23T10:00:00+00:00"


def test_a_column_named_in_utc_without_parentheses_is_not_taken_for_local_time() -> None:
    assert only("text,review_datetime_utc\nGut,2026-11-23 10:00:00\n")["created_at"] == "2026-11-23T10:00:00+00:00"


def test_a_review_is_dated_by_its_publication_and_not_by_the_visit() -> None:
    dates = {"experiencedDate": "2026-05-01T00:00:00Z", "publishedDate": "2026-06-02T08:00:00Z"}
    assert only_of_json([{"text": "Gut", "dates": dates}])["created_at"] == "2026-06-02T08:00:00+00:00"


def test_a_name_in_two_columns_is_one_name() -> None:
    assert only("Vorname;Nachname;Text\nAnke;Wolf;Zu klein\n")["author_name"] == "Anke Wolf"


def test_praise_and_blame_in_two_columns_are_one_text() -> None:
    row = only("Positive Bewertung;Negative Bewertung;Bewertung\nAussicht;Bad zu klein;7\n")
    assert row["text"] == "+ Aussicht\n– Bad zu klein"


@pytest.mark.parametrize(("others", "best"), [("10", 10.0), ("7,5", 10.0), ("85", 100.0)])
def test_ratings_too_high_for_stars_tell_the_scale_of_all(others: str, best: float) -> None:
    first, _ = csv_rows(f"Text;Bewertung\nLaut;3\nGut;{others}\n", BERLIN)
    assert isinstance(first.said, dict)
    assert (first.said["rating"], first.said["rating_best"]) == (3.0, best)


@pytest.mark.parametrize(
    ("heading", "cell", "expected"),
    [
        ("Note (1-6)", "2", (5.0, 6.0, 1.0)),
        ("Schulnote (1 bis 5)", "5", (1.0, 5.0, 1.0)),
        ("Punkte (0–20)", "5", (5.0, 20.0, 0.0)),
        ("Sterne (1-6)", "2", (2.0, 6.0, 1.0)),
    ],
)
def test_a_heading_that_tells_the_scale_is_believed(heading: str, cell: str, expected: tuple[float, ...]) -> None:
    row = only(f"Text;{heading}\nPünktlich;{cell}\n")
    assert (row["rating"], row["rating_best"], row["rating_worst"]) == expected


def test_a_scale_in_the_cell_wins_over_the_one_of_the_heading() -> None:
    row = only("Text;Punkte (1-10)\nGut;4 von 5\n")
    assert (row["rating"], row["rating_best"]) == (4.0, 5.0)


def test_ratings_within_five_tell_no_scale() -> None:
    assert "rating_best" not in only("Text;Bewertung\nGut;5\n")


def test_the_line_that_tells_an_office_program_the_delimiter_is_followed() -> None:
    assert only("sep=|\r\nName|Text\r\nFrau Behr|Kam; pünktlich, gut\r\n")["text"] == "Kam; pünktlich, gut"


def test_persons_and_answers_within_a_review_are_read() -> None:
    row = only_of_json(
        {
            "reviews": [
                {
                    "reviewer": {"displayName": "Ralf Stein"},
                    "starRating": "ONE",
                    "comment": "Reifen falsch montiert",
                    "createTime": "2026-06-07T08:09:10Z",
                    "reviewReply": {"comment": "Das prüfen wir.", "updateTime": "2026-06-09T00:00:00Z"},
                }
            ]
        }
    )
    assert (row["author_name"], row["rating"], row["rating_best"]) == ("Ralf Stein", 1.0, 5.0)
    assert row["owner_replies"] == [{"text": "Das prüfen wir.", "created_at": "2026-06-09T00:00:00+00:00"}]


def test_a_list_deep_in_a_document_is_found() -> None:
    row = only_of_json(
        {"shop": {"rating": 4.7}, "response": {"data": {"reviews": [{"comment": "Gut", "mark": "5.00"}]}}}
    )
    assert (row["text"], row["rating"]) == ("Gut", 5.0)


def test_of_two_lists_side_by_side_the_one_with_reviews_is_read() -> None:
    row = only_of_json({"data": {"products": [{"name": "Sessel"}], "reviews": [{"comment": "Gut", "user": "Ada"}]}})
    assert (row["text"], row["author_name"]) == ("Gut", "Ada")
