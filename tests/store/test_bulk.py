"""Bulk inserts and list queries past the ORM keep every kind of value, on every database."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import select

from db.bulk import insert_rows
from db.engine import Database
from db.models import Author, PostVersion
from db.queries_intake import authors, lock_source
from tests.store import rows


def version(post_id: int, number: int, now: datetime, **values: Any) -> dict[str, Any]:
    given = {"post_id": post_id, "version": number, "title": "", "text": "", "rating": None, "rating_best": None}
    fixed = {"rating_worst": None, "content_hash": str(number), "updated_at": None, "seen_at": now, "reading": None}
    return given | fixed | values


def test_moments_structured_data_and_gaps_come_back_as_they_went_in(database: Database, now: datetime) -> None:
    later = now + timedelta(microseconds=1)
    with database.write() as session:
        post_id = rows.key(rows.post(session, now))
        given = [
            version(post_id, 7, now, rating=4.5, reading={"lob": ["Ü", None]}),
            version(post_id, 8, later, updated_at=now),
        ]
        assert insert_rows(session, PostVersion, given) == 2
    with database.read() as session:
        stored = {row.version: row for row in session.exec(select(PostVersion))}
    assert (stored[7].rating, stored[7].reading, stored[7].updated_at) == (4.5, {"lob": ["Ü", None]}, None)
    assert (stored[8].reading, stored[8].updated_at, stored[8].seen_at) == (None, now, later)


def test_authors_are_found_in_lists_of_any_length(database: Database, now: datetime) -> None:
    keys = [f"name:kundin {number} % : ?" for number in range(1_203)]
    with database.write() as session:
        source_id = rows.key(rows.source(session, now))
        insert_rows(
            session, Author, [{"source_id": source_id, "external_id": key, "name": "", "url": ""} for key in keys]
        )
        for length in (0, 1, 500, 1_203):
            assert set(authors(session, source_id, keys[:length])) == set(keys[:length])
        assert authors(session, source_id + 1, keys) == {}


def test_a_source_is_read_with_its_settings_or_not_at_all(database: Database, now: datetime) -> None:
    with database.write() as session:
        stored = rows.source(session, now, own_names=["Haus Sonne"], settings={"own_ids": [3]}, answer_from=now)
        row = lock_source(session, rows.key(stored))
        assert row is not None
        assert (row.own_names, row.settings, row.answer_from) == (["Haus Sonne"], {"own_ids": [3]}, now)
        assert lock_source(session, row.id + 1) is None
