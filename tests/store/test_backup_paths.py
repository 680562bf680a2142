"""Backups and restores on wrong paths: a sentence of our own, and every file as it was."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from db.backup import BackupFailed, backup, restore
from db.engine import Database
from tests.store.test_backup import add_way, content, path_of, whole_ways

SQLITE_SAYS = ("file is not a database", "unable to open", "malformed", "disk image", "readonly", "btree")
NOBODY = 65534


def failure(error: pytest.ExceptionInfo[BackupFailed]) -> str:
    """The message, after checking that it is none of SQLite's."""
    said = str(error.value)
    assert not any(words in said for words in SQLITE_SAYS)
    return said


@pytest.fixture
def saved(sqlite_database: Database, now: datetime, tmp_path: Path) -> Path:
    """A backup with one way in it."""
    add_way(sqlite_database, now)
    backup(sqlite_database, tmp_path / "copy.db")
    return tmp_path / "copy.db"


def refused_restore(file: Path, path: Path) -> str:
    before = path.read_bytes()
    with pytest.raises(BackupFailed) as error:
        restore(file, path)
    assert path.read_bytes() == before
    assert not list(path.parent.glob("*.before-restore*"))
    return failure(error)


def test_restoring_a_missing_file_says_that_there_is_none(sqlite_database: Database, tmp_path: Path) -> None:
    for name in (tmp_path / "none.db", tmp_path / "none" / "copy.db"):
        assert f"There is no file {name}" in refused_restore(name, path_of(sqlite_database))


def test_restoring_a_folder_asks_for_the_file_in_it(sqlite_database: Database, tmp_path: Path) -> None:
    assert "is a folder, not a backup" in refused_restore(tmp_path, path_of(sqlite_database))


def test_restoring_what_is_no_database_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Sehr geehrte Damen und Herren, " * 100)
    said = refused_restore(tmp_path / "letter.txt", path_of(sqlite_database))
    assert "letter.txt is not a database, so it is no backup of Gelassen" in said


def test_restoring_an_empty_file_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").touch()
    assert "is empty" in refused_restore(tmp_path / "copy.db", path_of(sqlite_database))


def test_restoring_the_database_over_itself_is_refused(sqlite_database: Database) -> None:
    path = path_of(sqlite_database)
    assert "is the database itself" in refused_restore(path, path)


def test_restoring_a_cut_off_backup_is_refused(saved: Path, sqlite_database: Database) -> None:
    os.truncate(saved, saved.stat().st_size // 2)
    assert "copy.db is damaged" in refused_restore(saved, path_of(sqlite_database))


@contextmanager
def nobody() -> Iterator[None]:
    """As an account that may do little; root may read everything, so it has to step down first."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_restoring_a_file_that_may_not_be_read_is_refused(saved: Path, sqlite_database: Database) -> None:
    saved.chmod(0)
    with nobody():
        with pytest.raises(BackupFailed) as error:
            restore(saved, path_of(sqlite_database))
        assert "This account may not read" in failure(error)


def test_a_backup_into_a_folder_that_may_not_be_written_to_is_refused(sqlite_database: Database) -> None:
    with tempfile.TemporaryDirectory() as shut:
        Path(shut).chmod(0o555)
        with nobody():
            said = refused_backup(sqlite_database, Path(shut, "copy.db"))
        assert "may read the one and write into the other" in said
        assert list(Path(shut).iterdir()) == []


def refused_backup(database: Database, file: Path) -> str:
    with pytest.raises(BackupFailed) as error:
        backup(database, file)
    return failure(error)


def test_a_backup_onto_a_folder_proposes_a_file_in_it(sqlite_database: Database, tmp_path: Path) -> None:
    said = refused_backup(sqlite_database, tmp_path)
    assert f"{tmp_path} is a folder. Name a file in it, for example {tmp_path / 'gelassen-backup.db'}" in said


def test_a_backup_into_a_missing_folder_names_the_folder(sqlite_database: Database, tmp_path: Path) -> None:
    said = refused_backup(sqlite_database, tmp_path / "nowhere" / "copy.db")
    assert f"There is no folder {tmp_path / 'nowhere'} to save into" in said


@pytest.mark.parametrize("text", ["Sehr geehrte Damen und Herren,", "x"])
def test_a_backup_takes_the_place_of_no_other_file(sqlite_database: Database, tmp_path: Path, text: str) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(text)
    assert "is no backup, so it was left as it is" in refused_backup(sqlite_database, letter)
    assert letter.read_text() == text


def test_a_backup_takes_the_place_of_no_device(sqlite_database: Database, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "is no backup" in refused_backup(sqlite_database, tmp_path / "pipe")


def test_a_backup_takes_the_place_of_an_empty_file(sqlite_database: Database, now: datetime, tmp_path: Path) -> None:
    add_way(sqlite_database, now)
    (tmp_path / "copy.db").touch()
    backup(sqlite_database, tmp_path / "copy.db")
    assert whole_ways(tmp_path / "copy.db", now) == 1


def test_a_backup_onto_the_database_itself_is_refused(sqlite_database: Database, tmp_path: Path) -> None:
    path = path_of(sqlite_database)
    (tmp_path / "link.db").symlink_to(path)
    inode = path.stat().st_ino
    for name in (path, tmp_path / "link.db"):
        assert "is the database itself" in refused_backup(sqlite_database, name)
    assert path.stat().st_ino == inode


def test_a_backup_of_a_damaged_database_says_so(sqlite_database: Database, tmp_path: Path) -> None:
    spoil(sqlite_database)
    assert "is damaged or not a database, so it was not copied" in refused_backup(sqlite_database, tmp_path / "copy.db")


def spoil(database: Database) -> Path:
    """Overwrite the whole database file."""
    path = path_of(database)
    database.close()
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(b"gone wrong " * 1000)
    return path


def test_every_restore_keeps_what_it_replaces(saved: Path, sqlite_database: Database, now: datetime) -> None:
    path, kept = path_of(sqlite_database), []
    for ways in (2, 3, 4):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("INSERT INTO setting (key, value, updated_at) VALUES ('was', ?, '2026-11-23')", (ways,))
            connection.commit()
        before = content(path)
        kept.append((restore(saved, path), before))
    names = [file.name for file, _ in kept if file]
    first = "gelassen.db.before-restore"
    assert names == [first, f"{first}-2", f"{first}-3"]
    assert all(content(file) == before for file, before in kept if file)


def test_a_damaged_database_can_be_replaced_and_its_bytes_are_kept(saved: Path, sqlite_database: Database) -> None:
    path = spoil(sqlite_database)
    before = path.read_bytes()
    kept = restore(saved, path)
    assert kept is not None
    assert kept.read_bytes() == before
    assert kept.stat().st_mode & 0o077 == 0
    assert content(path) == content(saved)


def test_a_restore_where_nothing_was_keeps_nothing(saved: Path, tmp_path: Path) -> None:
    assert restore(saved, tmp_path / "new.db") is None


def test_a_full_disk_is_named(saved: Path, sqlite_database: Database) -> None:
    from db.backup_paths import told

    said = str(told(OSError(28, "No space left on device"), path_of(sqlite_database), saved))
    assert f"There is no room in {saved.parent}" in said
