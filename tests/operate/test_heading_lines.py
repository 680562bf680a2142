"""Headings over two lines, headings for programs, and no headings at all."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gelassen.errors import WrongUse
from gelassen.exchange.heading_lines import headed
from gelassen.exchange.lines import BadLine
from gelassen.exchange.table import csv_rows

BERLIN = ZoneInfo("Europe/Berlin")
BARE = """5;2026-05-01;Ada Kern;Sehr freundlich, wir kommen gern wieder!
2;2026-05-02;Bo Behr;Eine Stunde auf das Essen gewartet, und dann war es kalt.
4;2026-05-04;Cem Aydin;Schöner Garten, nur etwas laut an der Straße.
"""


def rows(text: str) -> list[dict[str, Any] | BadLine]:
    return [row.said for row in csv_rows(text, BERLIN)]


def read(text: str) -> list[dict[str, Any]]:
    return [row for row in rows(text) if isinstance(row, dict)]


def test_a_table_without_headings_is_told_by_its_cells() -> None:
    first, *_ = read(BARE)
    assert (first["rating"], first["author_name"]) == (5.0, "Ada Kern")
    assert first["text"] == "Sehr freundlich, wir kommen gern wieder!"
    assert first["created_at"] == "2026-04-30T22:00:00+00:00"
    assert len(read(BARE)) == 3


def test_two_columns_that_could_be_the_name_are_none() -> None:
    text = BARE.replace(";2026", ";Haus Süd;2026").replace("Süd", "Nord", 1).replace("Süd", "Ost", 1)
    assert all("author_name" not in row for row in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "1;Schraube lang;4;0,20\n2;Mutter klein;3;0,10\n3;Scheibe;5;0,05\n",
        "2026-05-01 10:00:00;INFO;3;Der Dienst wurde neu gestartet.\n"
        "2026-05-01 10:00:01;INFO;3;Die Verbindung zur Datenbank steht.\n"
        "2026-05-01 10:00:02;WARN;3;Der Speicher wird langsam knapp.\n",
        "1;Bitte den Zaun an der Straße neu streichen.\n2;Das Tor klemmt und muss geölt werden.\n"
        "3;Die Lampe über der Tür flackert seit Tagen.\n",
        "Haus Nord;4.3;Ein ruhiges Haus am See mit großem Garten.\n"
        "Haus Ost;4.7;Mitten in der Stadt und doch ganz leise.\n"
        "Haus West;3.9;Für Familien mit Kindern wie geschaffen.\n",
    ],
    ids=["goods", "a log", "numbered tasks", "averages"],
)
def test_what_only_looks_like_reviews_without_headings_is_refused(text: str) -> None:
    with pytest.raises(WrongUse):
        rows(text)


def test_a_survey_with_parts_below_its_questions_is_read() -> None:
    text = (
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,First Name,"
        "Wie zufrieden sind Sie mit uns? (1-5),Was sollen wir besser machen?\n"
        ",,,,,,Response,Open-Ended Response\n"
        "1184,77,05/13/2026 10:11:12,05/13/2026 10:14:00,192.0.2.1,Ida,2,Die Kasse war eine halbe Stunde lang zu.\n"
    )
    (row,) = read(text)
    assert (row["rating"], row["author_name"]) == (2.0, "Ida")
    assert "Die Kasse war eine halbe Stunde lang zu." in row["text"]


def test_a_survey_with_a_line_for_programs_is_read() -> None:
    text = (
        "StartDate,EndDate,Status,RecordedDate,ResponseId,LocationLatitude,Q1,Q2\n"
        'Start Date,End Date,Response Type,Recorded Date,Response ID,Location Latitude,"Wie zufrieden waren Sie?",'
        '"Was können wir besser machen?"\n'
        '"{""ImportId"":""startDate""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}",'
        '"{""ImportId"":""recordedDate""}","{""ImportId"":""_recordId""}","{""ImportId"":""lat""}",'
        '"{""ImportId"":""QID1""}","{""ImportId"":""QID2_TEXT""}"\n'
        "2026-05-13 10:11:12,2026-05-13 10:14:00,IP Address,2026-05-13 10:14:01,R_1abc,48.1,4,"
        "Bitte mehr Plätze im Schatten schaffen.\n"
    )
    (row,) = read(text)
    assert row["rating"] == 4.0
    assert "Bitte mehr Plätze im Schatten schaffen." in row["text"]
    assert row["created_at"] == "2026-05-13T08:14:01+00:00"


def test_names_below_names_of_groups_are_headings() -> None:
    header, below = headed(
        [["Gast", "", "Bewertung", ""], ["Name", "Ort", "Sterne", "Text"], ["Ada", "Ulm", "5", "Gut"]]
    )
    assert (header, below) == (["Gast Name", "Gast Ort", "Bewertung Sterne", "Bewertung Text"], 2)


def test_a_first_review_below_an_empty_heading_is_no_heading() -> None:
    assert headed([["", "Name", "Text"], ["Ort", "Ada", "Gut und freundlich"]])[1] == 1


def test_no_lines_have_no_headings() -> None:
    assert headed([]) == ([], 0)


def test_one_review_fetched_several_times_is_one() -> None:
    text = "date,userName,review\n2026-05-01 10:11:12,Ada,Gut\n2026-05-01 10:11:12,Ada,Gut\n"
    assert len({row["external_id"] for row in read(text)}) == 1


@pytest.mark.parametrize("date", ["2026-05-01", "2026-05-01 00:00:00", ""])
def test_rows_alike_without_a_time_of_day_are_several_reviews(date: str) -> None:
    text = f"date,userName,review\n{date},Ada,Gut\n{date},Ada,Gut\n"
    assert len({row["external_id"] for row in read(text)}) == 2
