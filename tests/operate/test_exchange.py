"""A history goes in and comes out again whole: posts, edits, answers, removals, in order of arrival."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from db.engine import Database
from db.queries_listing import case_lines, posts
from gelassen.cli.common import as_json
from gelassen.exchange.exporting import as_csv, history
from gelassen.exchange.importing import Importer, Report
from gelassen.exchange.lines import BadLine, checked
from gelassen.exchange.reading import read_file
from gelassen.records import case_records, post_record

from .helpers import as_lines

UTC_ZONE = ZoneInfo("UTC")

ANNA = {
    "source": "laden",
    "external_id": "a1",
    "author_id": "anna",
    "author_name": "Anna Berg",
    "rating": 2,
    "rating_best": 5,
    "title": "Sessel",
    "text": "Der Sessel kam drei Wochen zu spät.",
    "created_at": "2026-11-01T08:00:00Z",
    "seen_at": "2026-11-01T09:00:00Z",
}
EDIT = ANNA | {
    "text": "Der Sessel kam drei Wochen zu spät, und nun ist er auch noch zerkratzt.",
    "updated_at": "2026-11-04T08:00:00Z",
    "seen_at": "2026-11-04T09:00:00Z",
}
REPLY = {
    "event": "reply",
    "source": "laden",
    "to": "a1",
    "text": "Guten Tag, das tut uns leid. Wir rufen Sie morgen an.",
    "created_at": "2026-11-02T10:00:00Z",
    "seen_at": "2026-11-02T11:00:00Z",
}
REMOVAL = {"event": "deleted", "source": "laden", "external_id": "a1", "seen_at": "2026-11-05T09:00:00Z"}


def take(database: Database, rows: list[dict[str, Any]], tmp_path: Path, now: datetime, source: str = "") -> Report:
    file = tmp_path / "history.jsonl"
    file.write_text(as_lines(rows), encoding="utf-8")
    importer = Importer(database, now=now, locale="de-DE", address="sie", answer_from=None)
    return importer.run(read_file(file, source, UTC_ZONE))


def listed(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        return [json.loads(json.dumps(post_record(post), default=as_json)) for post in posts(session)]


def exported(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        lines = [json.dumps(row, default=as_json) for row in history(posts(session, every_version=True))]
    return [json.loads(line) for line in lines]


def cases(database: Database) -> list[dict[str, Any]]:
    with database.read() as session:
        return list(case_records(case_lines(session)))


def test_a_post_is_stored_with_its_obligation(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    report = take(sqlite_database, [ANNA], tmp_path, now)
    assert (report.lines, report.new, report.wrong) == (1, 1, [])
    (row,) = listed(sqlite_database)
    assert {key: row[key] for key in ANNA if key != "seen_at"} == {key: ANNA[key] for key in ANNA if key != "seen_at"}
    assert row["obligation"]["state"] == "open"


def test_a_source_is_created_once_and_not_looked_at(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    take(sqlite_database, [ANNA], tmp_path, now)
    take(sqlite_database, [ANNA | {"external_id": "a2"}], tmp_path, now)
    with sqlite_database.write() as session:
        from db.queries_sources import claim_due_sources, list_sources

        assert [(source.name, source.state) for source in list_sources(session)] == [("laden", "paused")]
        assert claim_due_sources(session, now) == []


def test_the_same_file_twice_changes_nothing(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    history = [ANNA, REPLY, EDIT, REMOVAL]
    take(sqlite_database, history, tmp_path, now)
    before = listed(sqlite_database)
    again = take(sqlite_database, history, tmp_path, now)
    assert (again.new, again.changed) == (0, 0)
    assert listed(sqlite_database) == before


def test_the_same_file_twice_changes_nothing_when_it_tells_no_times(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    history = [{key: row[key] for key in row if key not in ("seen_at", "created_at")} for row in (ANNA, EDIT)]
    take(sqlite_database, history, tmp_path, now)
    again = take(sqlite_database, history, tmp_path, now + timedelta(days=1))
    assert (again.seen, again.new, again.changed) == (2, 0, 0)


def test_going_back_to_an_old_wording_is_an_edit(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    back = ANNA | {"seen_at": "2026-11-06T09:00:00Z"}
    report = take(sqlite_database, [ANNA, EDIT, back], tmp_path, now)
    assert report.changed == 2
    later = take(sqlite_database, [EDIT | {"seen_at": "2026-11-07T09:00:00Z"}], tmp_path, now)
    assert later.changed == 1


def test_another_text_under_the_same_id_is_an_edit(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    report = take(sqlite_database, [ANNA, EDIT], tmp_path, now)
    assert (report.new, report.changed) == (1, 1)
    (row,) = listed(sqlite_database)
    assert (row["version"], row["text"]) == (2, EDIT["text"])


def test_an_earlier_answer_ends_the_duty(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    report = take(sqlite_database, [ANNA, REPLY], tmp_path, now)
    assert report.replies == 1
    (row,) = listed(sqlite_database)
    assert row["obligation"]["state"] == "answered"
    assert [reply["text"] for reply in row["owner_replies"]] == [REPLY["text"]]


def test_an_edit_after_the_answer_is_a_new_duty(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    take(sqlite_database, [ANNA, REPLY, EDIT], tmp_path, now)
    ((first, second),) = [case["obligations"] for case in cases(sqlite_database)]
    assert (first["version"], first["state"]) == (1, "answered")
    assert (second["version"], second["state"]) == (2, "open")


def test_an_answer_to_a_post_of_an_earlier_import_is_taken(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    take(sqlite_database, [ANNA], tmp_path, now)
    report = take(sqlite_database, [REPLY], tmp_path, now)
    assert report.wrong == []
    assert listed(sqlite_database)[0]["obligation"]["state"] == "answered"


def test_a_removal_before_the_answer_closes_the_duty(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    report = take(sqlite_database, [ANNA, REMOVAL], tmp_path, now)
    assert report.deleted == 1
    (row,) = listed(sqlite_database)
    assert row["deleted"] is True
    assert row["obligation"]["state"] == "closed"


def test_a_removed_post_is_imported_as_removed(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    take(sqlite_database, [ANNA | {"deleted": True}], tmp_path, now)
    assert listed(sqlite_database)[0]["deleted"] is True


def test_repeats_of_one_author_form_one_case_step_by_step(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    second = ANNA | {
        "external_id": "a2",
        "text": "Der Sessel ist immer noch nicht da.",
        "created_at": "2026-11-03T08:00:00Z",
    }
    third = ANNA | {
        "external_id": "a3",
        "text": "Zum dritten Mal: wo ist der Sessel?",
        "created_at": "2026-11-05T08:00:00Z",
    }
    rows = [row | {"seen_at": "2026-11-06T08:00:00Z"} for row in (ANNA, second, third)]
    take(sqlite_database, rows, tmp_path, now)
    (case,) = cases(sqlite_database)
    assert [one["step"] for one in case["obligations"]] == [1, 2, 3]


def test_the_same_name_under_two_accounts_is_suggested_as_one_case(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    elsewhere = ANNA | {"source": "hotel", "external_id": "h1", "author_id": "anna-2"}
    guest = ANNA | {"external_id": "g1", "author_id": "g1", "author_name": "Gast"}
    other_guest = ANNA | {"external_id": "g2", "author_id": "g2", "author_name": "Gast"}
    take(sqlite_database, [ANNA, elsewhere, guest, other_guest], tmp_path, now)
    found = {case["case"]: case["suggested_merge"] for case in cases(sqlite_database)}
    assert sorted(found.values()) == [[], [], [1], [2]]


def test_wrong_lines_are_named_and_the_others_stored(sqlite_database: Database, tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "broken.jsonl"
    lines = [json.dumps(ANNA), "{kaputt", "[]", json.dumps({"source": "laden"}), json.dumps(REPLY | {"to": "fremd"})]
    file.write_text("\n".join(lines))
    report = Importer(sqlite_database, now=now, locale="de-DE", address="sie", answer_from=None).run(
        read_file(file, "", UTC_ZONE)
    )
    assert [line.number for line in report.wrong] == [2, 3, 4, 5]
    assert report.new == 1


def test_the_answer_date_keeps_an_old_history_from_becoming_duties(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "old.jsonl"
    file.write_text(
        as_lines([ANNA, ANNA | {"external_id": "new", "author_id": "b", "created_at": "2026-11-20T08:00:00Z"}])
    )
    start = now.replace(day=10)
    Importer(sqlite_database, now=now, locale="de-DE", address="sie", answer_from=start).run(
        read_file(file, "", UTC_ZONE)
    )
    assert {row["external_id"]: row["obligation"]["state"] for row in listed(sqlite_database)} == {
        "a1": "closed",
        "new": "open",
    }


def test_an_exported_history_imports_to_the_same_posts(
    sqlite_database: Database, postgresql_database: Database, tmp_path: Path, now: datetime
) -> None:
    other = ANNA | {"external_id": "b1", "author_id": "ben", "author_name": "Ben", "text": "Schön hier!", "rating": 5}
    take(sqlite_database, [ANNA, other, REPLY, EDIT, REMOVAL | {"external_id": "b1"}], tmp_path, now)
    report = take(postgresql_database, exported(sqlite_database), tmp_path, now)
    assert report.wrong == []
    assert listed(postgresql_database) == listed(sqlite_database)
    assert exported(postgresql_database) == exported(sqlite_database)


def test_the_exported_csv_opens_safely_in_an_office_program(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    take(sqlite_database, [ANNA | {"title": "=HYPERLINK(1)", "text": 'Zeile "eins"\nzwei; drei'}, REPLY], tmp_path, now)
    with sqlite_database.read() as session:
        text = "".join(as_csv(posts(session)))
    assert text.startswith("\ufeffsource;external_id;")
    assert "'=HYPERLINK(1)" in text
    assert '"Zeile ""eins""\nzwei; drei"' in text


def test_a_csv_file_takes_its_source_from_the_argument(
    sqlite_database: Database, tmp_path: Path, now: datetime
) -> None:
    file = tmp_path / "export.csv"
    file.write_bytes(
        "Datum;Name;Sterne;Text;Antwort\n01.11.2026;Jürgen;2;Zu laut;Danke, das ändern wir.\n".encode("cp1252")
    )
    Importer(sqlite_database, now=now, locale="de-DE", address="sie", answer_from=None).run(
        read_file(file, "portal", UTC_ZONE)
    )
    (row,) = listed(sqlite_database)
    assert (row["source"], row["author_name"], row["obligation"]["state"]) == ("portal", "Jürgen", "answered")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"external_id": "x", "text": "a"}, "source is missing"),
        ({"source": "s", "text": "a"}, "external_id is missing"),
        ({"source": "s", "external_id": "x"}, "neither text nor title nor rating"),
        ({"source": "s", "external_id": "x", "text": 5}, "text must be a text, not 5"),
        ({"source": "s", "external_id": "x", "rating": "5"}, "rating must be a number"),
        ({"source": "s", "external_id": "x", "rating": True}, "rating must be a number"),
        ({"source": "s", "external_id": "x", "text": "a", "created_at": "gestern"}, "'gestern' is not a time"),
        ({"source": "s", "external_id": "x", "text": "a", "created_at": 7}, "created_at must be a time as text"),
        ({"source": "s", "external_id": "x", "text": "a", "owner_replies": "ja"}, "owner_replies must be a list"),
        ({"source": "s", "event": "reply", "text": "a"}, "to is missing"),
        ({"source": "s", "event": "reply", "to": "x"}, "text of the answer is missing"),
        ({"source": "s", "event": "merge", "external_id": "x"}, "event must be reply or deleted"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(row: dict[str, Any], message: str) -> None:
    with pytest.raises(BadLine, match=message):
        checked(row, 1, "")


def test_a_number_as_id_is_taken_as_text() -> None:
    assert checked({"source": "s", "external_id": 7, "text": "a"}, 1, "").external_id == "7"


def test_a_time_without_offset_is_utc() -> None:
    line = checked({"source": "s", "external_id": "x", "text": "a", "created_at": "2026-11-01T08:00:00"}, 1, "")
    assert line.values["created_at"].isoformat() == "2026-11-01T08:00:00+00:00"
