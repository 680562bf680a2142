"""CSV as it comes out of office programs, shops and platforms."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.lines import BadLine
from gelassen.exchange.table import csv_rows, decoded, delimiter

BERLIN = ZoneInfo("Europe/Berlin")


def rows(text: str | bytes) -> list[tuple[int, dict[str, Any] | BadLine]]:
    content = text.encode() if isinstance(text, str) else text
    return [(row.number, row.said) for row in csv_rows(decoded(content), BERLIN)]


def only(text: str | bytes) -> dict[str, Any]:
    ((_, row),) = rows(text)
    assert isinstance(row, dict)
    return row


def test_german_columns_are_understood() -> None:
    row = only("Datum;Name;Sterne;Titel;Text\n23.11.2026;Anna;4,5;Gut;Sehr schön\n")
    assert row["author_name"] == "Anna"
    assert row["rating"] == 4.5
    assert (row["title"], row["text"]) == ("Gut", "Sehr schön")
    assert row["created_at"] == "2026-11-22T23:00:00+00:00"


def test_english_columns_are_understood() -> None:
    row = only("Review ID,Created At,Author,Rating,Comment\n7,2026-11-23,Ben,2,Cold food\n")
    assert (row["external_id"], row["author_name"], row["rating"], row["text"]) == ("7", "Ben", 2.0, "Cold food")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_umlauts_survive_every_usual_encoding(encoding: str) -> None:
    assert only("Name;Text\nJürgen Weiß;Größe passt – „super“\n".encode(encoding))["author_name"] == "Jürgen Weiß"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(sign: str) -> None:
    assert only(f"Name{sign}Text\nAnna{sign}Gut\n")["text"] == "Gut"


def test_a_delimiter_inside_quotes_does_not_count() -> None:
    assert delimiter('"a;b;c;d",x,y\n') == ","


def test_line_breaks_and_quotes_inside_a_cell_survive() -> None:
    assert only('Name;Text\nAnna;"Erste Zeile\nzweite ""Zeile"""\n')["text"] == 'Erste Zeile\nzweite "Zeile"'


def test_bewertung_is_stars_where_stars_stand_in_it() -> None:
    assert only("Bewertung;Kommentar\n★★★☆☆;Na ja\n") | {"external_id": ""} == {
        "rating": 3.0,
        "rating_best": 5.0,
        "text": "Na ja",
        "external_id": "",
    }


def test_bewertung_is_text_where_words_stand_in_it() -> None:
    row = only("Bewertung;Sterne\nSehr laut;2\n")
    assert (row["text"], row["rating"]) == ("Sehr laut", 2.0)


def test_a_given_scale_wins_over_the_one_in_the_cell() -> None:
    assert only("Sterne;Max\n8/10;20\n")["rating_best"] == 20.0


def test_an_answer_comes_with_its_post() -> None:
    row = only("Text;Antwort;Antwortdatum\nLaut;Das tut uns leid.;24.11.2026\n")
    assert row["owner_replies"] == [{"text": "Das tut uns leid.", "created_at": "2026-11-23T23:00:00+00:00"}]


def test_wrong_rows_are_reported_by_line_and_the_others_kept() -> None:
    found = rows("Name;Sterne;Text\nAnna;5;Gut\nBen;sehr gut;Toll\nCarl;1;Na\n")
    assert [number for number, row in found if isinstance(row, BadLine)] == [3]
    assert [row["author_name"] for _, row in found if isinstance(row, dict)] == ["Anna", "Carl"]


def test_a_row_with_too_many_cells_is_reported() -> None:
    ((number, row),) = rows("Name;Text\nAnna;Gut;und;mehr\n")
    assert number == 2
    assert "4 cells, but 2 columns" in str(row)


def test_empty_rows_are_skipped() -> None:
    assert len(rows("Name;Text\n\n;\nAnna;Gut\n;;\n")) == 1


def test_an_id_is_made_from_what_the_row_says() -> None:
    one, other = (only(f"Name;Datum;Text\nAnna;23.11.2026;{text}\n")["external_id"] for text in ("Gut", "Schlecht"))
    again = only("Text;Datum;Name\nGut;23.11.2026;Anna\n")["external_id"]
    assert one == again
    assert one != other


def test_a_verbatim_repeat_without_id_stays_a_post_of_its_own() -> None:
    ids = [row["external_id"] for _, row in rows("Name;Text\nAnna;Hallo\nAnna;Hallo\n") if isinstance(row, dict)]
    assert len(set(ids)) == 2


def test_a_file_without_known_columns_is_refused_with_an_example() -> None:
    with pytest.raises(WrongUse, match="Datum;Name;Sterne;Text"):
        rows("Foo;Bar\n1;2\n")


def test_the_only_sentences_beside_stars_are_the_text_whatever_their_heading() -> None:
    row = only("Sterne;Was geschah\n1;Drei Wochen habe ich auf den Sessel gewartet.\n")
    assert (row["rating"], row["text"]) == (1.0, "Drei Wochen habe ich auf den Sessel gewartet.")


def test_stars_alone_beside_columns_about_other_things_are_taken() -> None:
    assert only("Sterne;Filiale\n4;Wien Mitte\n")["rating"] == 4.0


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(WrongUse, match="an empty file"):
        rows("")


def test_a_broken_quote_is_refused_by_line() -> None:
    with pytest.raises(WrongUse, match="is not CSV"):
        rows("Name;Text\nAnna;" + '"' + "x" * 1_200_000 + "\n")
