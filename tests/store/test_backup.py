"""A backup taken at any moment is whole, and putting it back gives exactly what was there."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlmodel import select

from db.audit import verify
from db.backup import BackupFailed, backup, check_file, restore
from db.engine import Database, open_database, sqlite_url
from db.invariants import check
from db.models import Source
from db.moves import Change, record
from db.queries_settings import get_setting, put_setting
from tests.store import rows


def path_of(database: Database) -> Path:
    return Path(str(database.writer.url.database))


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(connection.execute(f'SELECT * FROM "{name}"'), key=repr) for (name,) in tables}


def add_way(database: Database, now: datetime) -> None:
    """One post with all that hangs on it, and its transition."""
    with database.write() as session:
        draft = rows.draft(session, now, rows.obligation(session, now))
        reply = rows.reply(session, now, rows.approval(session, now, draft))
        record(session, [Change("reply", rows.key(reply), "", "planned", "user:1")], now=now)
        put_setting(session, "ways", get_setting(session, "ways", 0) + 1, now)


def test_a_backup_holds_every_row(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    add_way(sqlite_database, now)
    backup(sqlite_database, tmp_path / "copy.db")
    assert content(tmp_path / "copy.db") == content(path_of(sqlite_database))


def test_a_backup_is_one_file(sqlite_database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    backup(sqlite_database, folder / "copy.db")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]


@pytest.mark.heavy
def test_backups_under_load_are_whole_moments(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    stop = threading.Event()

    def keep_writing() -> None:
        while not stop.is_set():
            add_way(sqlite_database, now)

    writer = threading.Thread(target=keep_writing)
    writer.start()
    try:
        for number in range(20):
            backup(sqlite_database, tmp_path / f"copy-{number}.db")
    finally:
        stop.set()
        writer.join()
    ways = [whole_ways(tmp_path / f"copy-{number}.db", now) for number in range(20)]
    assert ways == sorted(ways)
    assert ways[-1] > ways[0]


def whole_ways(path: Path, now: datetime) -> int:
    """How many ways the copy holds, after checking that none of them is cut in half."""
    copy = open_database(sqlite_url(path))
    with copy.read() as session:
        ways: int = get_setting(session, "ways", 0)
        assert len(session.exec(select(Source)).all()) == ways
        assert (verify(session), check(session, now)) == ([], [])
    copy.close()
    return ways


def test_a_restored_backup_equals_the_original(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    add_way(sqlite_database, now)
    before = content(path_of(sqlite_database))
    backup(sqlite_database, tmp_path / "copy.db")
    add_way(sqlite_database, now)
    sqlite_database.close()
    restore(tmp_path / "copy.db", path_of(sqlite_database))
    assert content(path_of(sqlite_database)) == before


def test_what_a_restore_replaces_is_kept_with_its_last_commits(
    sqlite_database: Database, now: datetime, tmp_path: Path
) -> None:
    backup(sqlite_database, tmp_path / "copy.db")
    path = path_of(sqlite_database)
    with closing(sqlite3.connect(path)):  # keeps the write-ahead log from being folded into the file
        add_way(sqlite_database, now)
        before = content(path)
        restore(tmp_path / "copy.db", path)
    assert content(path.with_name("gelassen.db.before-restore")) == before


def test_a_backup_can_be_restored_where_nothing_was(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    add_way(sqlite_database, now)
    backup(sqlite_database, tmp_path / "copy.db")
    restore(tmp_path / "copy.db", tmp_path / "new.db")
    assert content(tmp_path / "new.db") == content(path_of(sqlite_database))


def test_a_newer_backup_replaces_the_older(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    backup(sqlite_database, tmp_path / "copy.db")
    add_way(sqlite_database, now)
    backup(sqlite_database, tmp_path / "copy.db")
    assert whole_ways(tmp_path / "copy.db", now) == 1


def test_postgresql_is_referred_to_its_own_tool(postgresql_database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="pg_dump"):
        backup(postgresql_database, tmp_path / "copy.db")


def test_a_missing_folder_is_a_clear_failure(sqlite_database: Database, tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match="nowhere"):
        backup(sqlite_database, tmp_path / "nowhere" / "copy.db")


def damaged(sqlite_database: Database, tmp_path: Path, now: datetime) -> Path:
    for _ in range(30):
        add_way(sqlite_database, now)
    copy = tmp_path / "copy.db"
    backup(sqlite_database, copy)
    with copy.open("r+b") as file:
        file.seek(8 * 4096)
        file.write(b"\xff" * 4096 * 4)
    return copy


def test_a_damaged_file_is_not_restored(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    copy = damaged(sqlite_database, tmp_path, now)
    before = content(path_of(sqlite_database))
    with pytest.raises(BackupFailed, match=r"damaged|malformed"):
        restore(copy, path_of(sqlite_database))
    assert content(path_of(sqlite_database)) == before


@pytest.mark.parametrize("text", ["", "this is not a database at all, whatever its name says"])
def test_a_file_that_is_no_database_is_not_restored(tmp_path: Path, text: str) -> None:
    (tmp_path / "copy.db").write_text(text * 100)
    with pytest.raises(BackupFailed, match=r"copy\.db"):
        restore(tmp_path / "copy.db", tmp_path / "gelassen.db")
    assert not (tmp_path / "gelassen.db").exists()


def test_another_programs_database_is_not_restored(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "other.db")) as other:
        other.execute("CREATE TABLE place (url text)")
    with pytest.raises(BackupFailed, match="not one of Gelassen"):
        check_file(tmp_path / "other.db")


def test_a_missing_backup_is_a_clear_failure(tmp_path: Path) -> None:
    with pytest.raises(BackupFailed, match=r"none\.db"):
        restore(tmp_path / "none.db", tmp_path / "gelassen.db")
    assert list(tmp_path.iterdir()) == []


def test_a_failed_backup_leaves_the_last_one(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    backup(sqlite_database, tmp_path / "copy.db")
    before = (tmp_path / "copy.db").read_bytes()
    path = path_of(sqlite_database)
    sqlite_database.close()
    path.write_bytes(b"gone wrong " * 1000)
    for side in (".db-wal", ".db-shm"):
        path.with_suffix(side).unlink(missing_ok=True)
    with pytest.raises(BackupFailed):
        backup(sqlite_database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_bytes() == before
    assert not list(tmp_path.glob(".copy*"))
