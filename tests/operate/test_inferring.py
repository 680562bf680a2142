"""Columns whose headings say nothing are told by their cells, and only where they tell beyond doubt."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.columns import columns
from gelassen.exchange.lines import BadLine, Line, Wrong
from gelassen.exchange.reading import read_file
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")
TEXTS = (
    "Der Service war freundlich und das Essen kam schnell.",
    "Leider mussten wir eine Stunde auf den Kaffee warten.",
    "Schöner Garten, aber an der Straße ist es sehr laut.",
    "Die Beratung im Laden hat uns wirklich weitergeholfen.",
    "Nie wieder, die Rechnung war falsch und keiner half.",
    "Alles sauber, alles pünktlich, wir kommen gern wieder!",
)
TASKS = (
    "Angebot für die Fenster im zweiten Stock einholen und ablegen.",
    "Rechnung an die Hausverwaltung schreiben und Kopie ablegen.",
    "Termin mit dem Gutachter für die Heizung in Halle drei machen.",
    "Neue Schilder für den Eingang bestellen und anbringen lassen.",
    "Die Liste der Schlüssel prüfen und an den Empfang geben.",
    "Müllabfuhr anrufen und den Plan für das Jahr besorgen.",
)
NAMES = ("Ada Kern", "Bo Behr", "Cem Aydin", "Dora de Vries", "Ela M.", "Finn Groth")


def keys(header: str, *cells: tuple[str, ...]) -> list[str]:
    return columns(header.split(";"), list(zip(*cells, strict=True)))


def rows(text: str) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in csv_rows(text, BERLIN)]


def read(text: str) -> list[dict[str, Any]]:
    return [row for row in rows(text) if isinstance(row, dict)]


def table(header: str, *cells: tuple[str, ...]) -> str:
    return "\n".join([header, *(";".join(line) for line in zip(*cells, strict=True))]) + "\n"


DAYS = tuple(f"2026-05-0{number}" for number in range(1, 7))


def test_the_only_sentences_beside_names_and_days_are_the_text() -> None:
    assert keys("nome;data;msg", NAMES, DAYS, TEXTS) == ["author_name", "created_at", "text"]


def test_a_heading_of_no_language_is_enough_beside_how_long_ago_it_was() -> None:
    ago = tuple(f"vor {number} Monaten" for number in range(2, 8))
    assert keys("qXe2b;wQ7pd", ago, TEXTS)[1] == "text"


def test_a_single_column_is_read_where_its_heading_begins_as_words_for_comments_do() -> None:
    assert keys("Komentiert", TEXTS) == ["text"]


def test_a_single_column_of_sentences_under_any_other_heading_is_refused() -> None:
    with pytest.raises(WrongUse, match="No column with a text"):
        keys("aufgaben", TEXTS)


def test_the_much_shorter_of_two_columns_of_sentences_is_no_text() -> None:
    short = tuple(f"Das ist Fall {number}." for number in range(6))
    assert keys("nome;data;kurz;msg", NAMES, DAYS, short, TEXTS) == ["author_name", "created_at", "", "text"]


def test_sentences_that_hardly_differ_in_weight_are_refused() -> None:
    with pytest.raises(WrongUse, match="No column with a text"):
        keys("nome;data;eins;zwei", NAMES, DAYS, TEXTS, TEXTS[::-1])


def test_sentences_beside_prices_are_no_reviews() -> None:
    with pytest.raises(WrongUse):
        keys("nome;data;msg;price", NAMES, DAYS, TEXTS, ("4,90",) * 6)


@pytest.mark.parametrize(
    "header", ["Zuständig;Fällig;Was", "Name;Datum;Aufgabe", "Name;Datum;Bio", "Author;Published;Story"]
)
def test_tasks_and_portraits_are_no_reviews(header: str) -> None:
    with pytest.raises(WrongUse, match="No column with a text"):
        keys(header, NAMES, DAYS, TASKS)


def test_days_and_people_under_unknown_headings_are_found() -> None:
    told = keys("Päiväys;Nimimerkki;Sterne;Text", DAYS, NAMES, ("5", "1", "3", "4", "1", "5"), TEXTS)
    assert told == ["created_at", "author_name", "rating", "text"]


def test_a_day_within_a_sentence_is_a_day() -> None:
    said = tuple(f"Bewertet in Deutschland am {number}. Mai 2026" for number in range(1, 7))
    text = table("stato;Sterne;Text", said, ("5", "1", "3", "4", "1", "5"), TEXTS)
    assert read(text)[0]["created_at"] == "2026-04-30T22:00:00+00:00"


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Scraped At", tuple(f"2026-05-0{number} 10:00:00" for number in range(1, 7))),
        ("stand", ("2026-05-01",) * 6),
        ("visit date", DAYS),
        ("xyz", ("1961-04-01", "1972-05-02", "1983-06-03", "1994-07-04", "1955-08-05", "1966-09-06")),
    ],
    ids=["when a program looked", "one day for all", "another day", "birthdays"],
)
def test_other_days_are_not_those_of_reviews(heading: str, cells: tuple[str, ...]) -> None:
    assert keys(f"{heading};Sterne;Text", cells, ("5", "1", "3", "4", "1", "5"), TEXTS)[0] == ""


def test_places_beside_a_text_alone_are_not_taken_for_people() -> None:
    places = ("Bad Ems", "La Rochelle", "Sankt Peter", "Neu Ulm", "Alt Duvenstedt", "Groß Grönau")
    assert keys("Review;ziel", TEXTS, places) == ["text", ""]


def test_yes_beside_a_name_is_nobody() -> None:
    text = table("kunde;name;Sterne;Text", ("ja",) * 6, NAMES, ("5", "1", "3", "4", "1", "5"), TEXTS)
    assert [row["author_name"] for row in read(text)] == list(NAMES)


def test_headings_in_a_language_that_nobody_here_reads_cost_nothing() -> None:
    marks = ("5", "1", "4", "2", "1", "3")
    (first, *rest) = read(table("Nimimerkki;Paikalla;Antoi;Viesti", NAMES, DAYS, marks, TEXTS))
    assert (len(rest), first["text"], first["rating"], first["author_name"]) == (5, TEXTS[0], 5.0, "Ada Kern")


def test_the_same_cells_below_headings_of_goods_are_refused() -> None:
    with pytest.raises(WrongUse):
        read(table("ort;lager;stock;was", NAMES, DAYS, ("5", "1", "4", "2", "1", "3"), TEXTS))


def test_numbered_lines_do_not_make_the_first_one_the_heading() -> None:
    text = ",reviews\n" + "".join(f"{number},{said}\n" for number, said in enumerate(("Top", "Gut", "Na ja"), 0))
    assert [row["text"] for row in read(text)] == ["Top", "Gut", "Na ja"]


def test_a_table_without_headings_may_have_titles_and_the_same_stars_for_long() -> None:
    titles = ("Nie wieder", "Zu teuer hier", "Schade drum", "Sehr enttäuscht davon", "Ging so", "Alles bestens")
    long = [f"{at}. Besuch: {said} {said}" for at, said in enumerate(TEXTS * 5)]
    lines = [f"{DAYS[at % 6]}T09:06:41.000Z;1;{at}. {titles[at % 6]};{said}" for at, said in enumerate(long)]
    lines[23] = lines[23].replace(";1;", ";4;")
    text = "\n".join([*lines, ""])
    found = read(text)[23]
    assert (len(read(text)), found["rating"], found["title"], found["text"]) == (30, 4.0, "23. Alles bestens", long[23])
    assert found["created_at"] == "2026-05-06T09:06:41+00:00"


def test_a_few_slips_cost_their_own_lines_only() -> None:
    marks = ["8.5", "9,1", "7.2", "6.4"] * 15 + ["-3", "gut", "11"]
    text = "nota;comentario\n" + "".join(
        f"{mark};{number}. Besuch, es war schön\n" for number, mark in enumerate(marks)
    )
    wrong = [str(row) for row in rows(text) if isinstance(row, BadLine)]
    assert wrong == [
        "'-3' is not a rating",
        "'gut' is not a rating",
        "the rating 11 is higher than 10, which the other ratings are out of",
    ]
    assert {row["rating_best"] for row in read(text)} == {10.0}
    assert len(read(text)) == 60


PORTALS = "Gast;Text;Rating;Website\n" + "".join(
    f"{name};{said};{mark};{portal}\n"
    for name, said, mark, portal in zip(
        NAMES, TEXTS, ("5", "9.2", "4", "3.6", "5", "10"), ("Nord", "Ost", "Nord", "Ost", "Nord", "Ost"), strict=True
    )
)


def test_each_portal_keeps_its_own_scale() -> None:
    assert [row.get("rating_best") for row in read(PORTALS)] == [5.0, 10.0, 5.0, 10.0, 5.0, 10.0]


def test_a_portal_with_too_few_marks_to_tell_its_scale_is_said() -> None:
    (wrong,) = [row for row in rows(PORTALS + "Gerd;War ganz in Ordnung so.;4;West\n") if isinstance(row, BadLine)]
    assert str(wrong) == "nothing tells out of how many 'west' gives its ratings: 5 or 10"


def test_other_groups_do_not_split_a_scale() -> None:
    text = PORTALS.replace("Website", "Stimmung")
    assert {row["rating_best"] for row in read(text)} == {10.0}


def packed(*items: dict[str, str]) -> str:
    return '"' + json.dumps(items, ensure_ascii=False).replace('"', '""') + '"'


def test_a_list_in_one_cell_is_as_many_reviews() -> None:
    first = packed(
        {"User": "Ada", "Posted": "May 1, 2026", "Rating": "1", "Content": TEXTS[1]},
        {"User": "Bo", "Posted": "May 2, 2026", "Rating": "5", "Content": TEXTS[0]},
    )
    second = packed({"User": "Cem", "Posted": "May 3, 2026", "Rating": "4", "Content": TEXTS[2]})
    found = read(f"Company;Trust Score;Reviews\nNord;4.1;{first}\nOst;3.9;{second}\n")
    assert [(row["author_name"], row["rating"]) for row in found] == [("Ada", 1.0), ("Bo", 5.0), ("Cem", 4.0)]


def test_a_list_beside_a_text_of_its_own_makes_no_reviews() -> None:
    answers = packed({"User": "Laden", "Posted": "May 3, 2026", "Content": "Danke, das freut uns sehr zu lesen."})
    found = read(f"Name;Sterne;Text;Fragen\nAda;4;{TEXTS[0]};{answers}\n")
    assert [row["text"] for row in found] == [TEXTS[0]]


def imported(folder: Path, name: str, content: str) -> list[Line | Wrong]:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return list(read_file(file, "", BERLIN))


def test_lines_of_another_program_need_no_source(tmp_path: Path) -> None:
    items = [{"placeId": 1, "reviewId": at, "text": said, "rating": 4} for at, said in enumerate(TEXTS)]
    found = imported(tmp_path, "lokal.jsonl", "".join(json.dumps(item) + "\n" for item in items))
    assert {line.source for line in found if isinstance(line, Line)} == {"lokal"}


def test_lines_of_our_own_form_must_name_theirs(tmp_path: Path) -> None:
    (found,) = imported(tmp_path, "lokal.jsonl", json.dumps({"external_id": "1", "text": TEXTS[0]}) + "\n")
    assert isinstance(found, Wrong)
    assert found.why.startswith("source is missing")


def test_ids_that_each_place_counts_for_itself_name_no_review() -> None:
    lines = "".join(f"{place};{at};{TEXTS[at + place]}\n" for place in (1, 2) for at in (0, 1))
    found = read("restaurantId;reviewId;text\n" + lines)
    assert len({row["external_id"] for row in found}) == 4


def test_quotes_beside_averages_are_the_reviews(tmp_path: Path) -> None:
    said = {"stand": "30.09.2026", "google": [{"laden": "nord", "sterne": 4.6, "anzahl": 48}] * 2}
    said["zitate"] = [{"text": TEXTS[0], "name": "Ada Kern"}]
    (found,) = imported(tmp_path, "laden.json", json.dumps(said))
    assert isinstance(found, Line)
    assert (found.values["text"], found.values["author_name"]) == (TEXTS[0], "Ada Kern")


def test_average_stars_of_people_are_refused() -> None:
    stars = ("4.2", "3.7", "4.9", "2.8", "3.3", "4.1")
    with pytest.raises(WrongUse, match="averages"):
        keys("nombre;estrellas;nOpinion", NAMES, stars, ("6", "12", "3", "8", "9", "4"))


def test_computed_scores_of_goods_are_refused() -> None:
    goods = ("Hafer", "Weizen", "Mais", "Roggen", "Dinkel", "Hirse")
    with pytest.raises(WrongUse, match="averages"):
        keys("name;rating", goods, ("68.402973", "33.983679", "59.425505", "93.704912", "34.384843", "29.509541"))


def test_counted_remarks_of_an_edition_are_refused() -> None:
    remarks = ("* Beifall im Saal *", "* Alle lachen laut *") * 6
    days, counted = tuple(f"2026051{at % 10}" for at in range(12)), tuple(str(at % 5 + 1) for at in range(12))
    with pytest.raises(WrongUse, match="how often"):
        keys("date;comment;counter", days, remarks, counted)
