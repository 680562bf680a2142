"""Shapes that a careful person reads at once: languages in headings, questions in cells, fillings, answers."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.exchange.columns import columns
from gelassen.exchange.dates import is_vague, when
from gelassen.exchange.importing import understood
from gelassen.exchange.json_rows import json_rows
from gelassen.exchange.lines import BadLine, Line, Wrong, taken
from gelassen.exchange.questions import with_questions
from gelassen.exchange.table import csv_rows
from gelassen.exchange.values import rating

BERLIN = ZoneInfo("Europe/Berlin")
SAID = (
    "Der Kaffee war heiß und die Bedienung sehr freundlich.",
    "Leider mussten wir eine Stunde auf das Essen warten.",
    "Ein schöner Garten, nur die Straße ist etwas laut.",
)
PEOPLE = ("Mira Lang", "Ivo Sand", "Tess Ohm")


def of_json(value: Any) -> list[dict[str, Any]]:
    return [row.said for row in json_rows(json.dumps(value), BERLIN) if isinstance(row.said, dict)]


def of_text(text: str) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in csv_rows(text, BERLIN)]


def pairs(rows: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row.get("author_name", ""), row["text"]) for row in rows]


@pytest.mark.parametrize(
    "heading",
    [
        "review_tr",
        "yorum_tr",
        "reviewText_es",
        "review-de",
        "recensione (IT)",
        "opiniaPl",
        "ru_review",
        "Bewertung (Deutsch)",
    ],
)
def test_one_language_in_a_heading_changes_nothing(heading: str) -> None:
    assert columns(["id", heading], [["a", SAID[0]], ["b", SAID[1]]]) == ["external_id", "text"]


def test_a_language_beside_the_same_heading_without_one_is_a_translation() -> None:
    assert columns(["text", "textEn"], [[SAID[0], "The coffee was hot."]]) == ["text", ""]


@pytest.mark.parametrize(
    "key", ["testimonials", "kundenstimmen", "temoignages", "recensioni", "opinie", "yorumlar", "guestbook"]
)
def test_a_list_called_testimonials_needs_nobody_else_who_tells_it(key: str) -> None:
    listed = [
        {"name": who, "company": "Lang GmbH", "logo": "a.png", "zitat": said}
        for who, said in zip(PEOPLE, SAID, strict=True)
    ]
    assert pairs(of_json({"title": "Über 400 Kunden", key: listed})) == list(zip(PEOPLE, SAID, strict=True))


def test_a_list_is_called_by_the_key_around_one_that_says_nothing_and_by_its_kind() -> None:
    listed = [{"author": who, "quote": said, "logo": "x", "role": "y"} for who, said in zip(PEOPLE, SAID, strict=True)]
    assert len(of_json({"page": {"testimonials": {"items": listed}}})) == 3
    assert len(of_json({"parts": [{"type": "hero", "title": "Hallo"}, {"type": "testimonials", "items": listed}]})) == 3


def test_bare_sentences_in_a_list_called_reviews_are_reviews_and_words_are_not() -> None:
    assert [row["text"] for row in of_json({"shop": {"reviews": list(SAID)}})] == list(SAID)


def test_stars_told_in_tens_are_stars() -> None:
    rows = of_text("user;rating;review\nAda;50;Gut\nBo;45;Na\nCem;10;Schlecht\n")
    assert [(row["rating"], row["rating_best"]) for row in rows if isinstance(row, dict)] == [
        (5.0, 5.0),
        (4.5, 5.0),
        (1.0, 5.0),
    ]


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        (["love.text", "love.value"], ["", "Was war gut?"]),
        (["Frage 1", "Antwort 1"], ["", "Was war gut?"]),
        (["question2", "answer2"], ["", "Was war gut?"]),
        (["q1.label", "q1.value"], ["", "Was war gut?"]),
        (["Frage 1", "Antwort 2"], ["Frage 1", "Antwort 2"]),
    ],
)
def test_a_question_in_the_cells_is_the_heading_of_its_answers(header: list[str], asked: list[str]) -> None:
    assert with_questions(header, [["Was war gut?", SAID[0]], ["Was war gut?", SAID[1]]]) == asked


def test_a_title_that_is_the_same_in_all_lines_asks_nothing() -> None:
    header = ["text.label", "text.value"]
    assert with_questions(header, [["Lampe Nord", SAID[0]], ["Lampe Nord", SAID[1]]]) == header


def test_questions_with_their_answers_within_a_review_are_told_together() -> None:
    answers = [
        {"id": 1, "question": "Was war gut?", "answer": SAID[0]},
        {"id": 2, "question": "Was nicht?", "answer": SAID[1]},
    ]
    (row,) = of_json([{"respondent": "Ivo", "answers": answers}])
    assert row["text"] == f"Was war gut?: {SAID[0]}\nWas nicht?: {SAID[1]}"


def test_advice_beside_what_was_good_and_what_was_not_is_told_where_there_is_no_other_text() -> None:
    header = "Sterne;pros;cons;body;Rat an das Haus;tags\n"
    found = of_text(f"{header}5;{SAID[0]};{SAID[1]};;{SAID[2]};a, b\n4;{SAID[1]};{SAID[2]};Alles gut.;;b, a\n")
    assert isinstance(found[0], dict)
    assert found[0]["text"] == f"+ {SAID[0]}\n– {SAID[1]}\nRat an das Haus: {SAID[2]}"


def test_where_titles_begin_the_texts_a_title_alone_is_the_text() -> None:
    found = of_text(f"title;review;rating\nDer Kaffee war heiß…;{SAID[0]};5\nAlles hat bestens geklappt.;;5\n")
    assert [(row.get("title"), row["text"]) for row in found if isinstance(row, dict)] == [
        ("Der Kaffee war heiß…", SAID[0]),
        (None, "Alles hat bestens geklappt."),
    ]


def test_where_titles_are_their_own_a_title_alone_stays_one() -> None:
    found = of_text(f"title;review;rating\nGut;{SAID[0]};5\nTop;;5\n")
    assert [row.get("text", "") for row in found if isinstance(row, dict)] == [SAID[0], ""]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Avis inconnu;Avis inconnu;;Avis inconnu", "are all 'Avis inconnu'"),
        ("Lampe Nord;Lampe Nord;0;259 ratings", "only counts others"),
        ("Durchschnitt;;3,5;", "all lines together"),
    ],
)
def test_what_a_program_filled_in_is_told_and_no_review(line: str, why: str) -> None:
    found = of_text(f"Name;Titel;Sterne;Text\nAda;Gut;5;{SAID[0]}\nBo;Na ja;3;{SAID[1]}\n{line}\n")
    assert why in str(found[2])


@pytest.mark.parametrize("word", ["Not found", "nicht gefunden", "non trouvé", "k.A.", "не найдено"])
def test_words_for_nothing_make_no_review(word: str) -> None:
    rows = list(csv_rows(f"Name;Titel;Sterne;Text\nAda;Gut;5;{SAID[0]}\n{word};{word};Not;{word}\n", BERLIN))
    assert [type(taken(row, "x")) for row in rows] == [Line, Wrong]


def test_a_count_of_votes_is_nobody() -> None:
    found = of_text(f"author;review;rating\nAda;{SAID[0]};5\n9 out of 11 found this helpful;{SAID[1]};3\n")
    assert isinstance(found[1], dict)
    assert found[1].get("author_name", "") == ""


def test_answers_of_one_side_below_comments_are_answers() -> None:
    asked = [
        {
            "name": who,
            "von": "gast",
            "text": said,
            "antworten": [{"name": "Haus Nord", "von": "chef", "text": "Danke!"}],
        }
        for who, said in zip(PEOPLE, SAID, strict=True)
    ]
    found = of_json({"stimmen": asked})
    assert pairs(found) == list(zip(PEOPLE, SAID, strict=True))
    assert [row["owner_replies"][0]["text"] for row in found] == ["Danke!"] * 3


def test_what_several_people_say_below_comments_are_comments() -> None:
    asked = [
        {"name": who, "text": said, "antworten": [{"name": f"{who} junior", "text": "Finde ich auch."}]}
        for who, said in zip(PEOPLE, SAID, strict=True)
    ]
    assert len(of_json({"stimmen": asked})) == 6


@pytest.mark.parametrize(
    "text",
    [
        "const reviews = {};",
        "export default {}",
        "export const testimonials: Review[] = {};\n",
        "window.reviews = {};",
    ],
)
def test_a_list_that_a_program_gives_a_name_is_read(text: str) -> None:
    listed = json.dumps([{"name": "Ivo", "text": SAID[0], "stars": 5}])
    (row,) = (row.said for row in json_rows(text.replace("{}", listed), BERLIN))
    assert isinstance(row, dict)
    assert row["text"] == SAID[0]


@pytest.mark.parametrize(
    "text", ['[{"name": "Ivo", "text": "Gut, [sehr], }", "stars": 5,},]', "[{'name': 'Ivo', 'text': 'Gut, [sehr], }'}]"]
)
def test_a_comma_too_many_and_the_quotes_of_python_cost_nothing(text: str) -> None:
    (row,) = (row.said for row in json_rows(text, BERLIN))
    assert isinstance(row, dict)
    assert row["text"] == "Gut, [sehr], }"


@pytest.mark.parametrize(
    "cell",
    [
        "2019년 10월 22일",
        "2019年10月22日",
        "2019년 10월 22일 오후 3:12",
        "22 октября 2019 г.",
        "22 жовтня 2019 р.",
        "22 paź 2019",
        "22 października 2019 r.",
        "2019. október 22.",
        "2019. 10. 22.",
        "22. lokakuuta 2019",
        "22 tháng 10, 2019",
        "22 Οκτωβρίου 2019",
        "Avis publié : 22 octobre 2019",
        '"2019-10-22"',
    ],
)
def test_a_day_is_read_in_more_languages(cell: str) -> None:
    at = when(cell, BERLIN)
    assert at is not None
    assert at.astimezone(BERLIN).date().isoformat() == "2019-10-22"


@pytest.mark.parametrize("cell", ["5 lat temu", "3 ay önce", "2 года назад", "3일 전", "gestern", "сегодня", "Unknown"])
def test_how_long_ago_it_was_is_as_good_as_nothing(cell: str) -> None:
    assert is_vague(cell)


@pytest.mark.parametrize(
    "cell", ["4 gwiazdki", "4 yıldız", "4 звезды", "★ 4", "star-4", "[4]", "4 (four)", "vier", "quatre"]
)
def test_stars_are_read_in_more_languages(cell: str) -> None:
    found = rating(cell)
    assert found is not None
    assert found[0] == 4.0


def test_an_import_says_what_it_read_and_what_it_left_out() -> None:
    said = understood((("wer", "author_name"), ("meinung", "text"), ("", "text"), ("nr", "")))
    assert said == "Read: author from 'wer', text from 'meinung'. Left out: 'nr'."


def test_rows_know_how_their_columns_were_understood() -> None:
    (row,) = csv_rows(f"Wer;Was gesagt;Sterne\nAda;{SAID[0]};5\n", BERLIN)
    assert dict(row.columns)["Sterne"] == "rating"
