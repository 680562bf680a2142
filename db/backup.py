"""Copies of a live SQLite database that are whole, checked and never half-written."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from db.engine import Database


class BackupFailed(Exception):
    """No backup was made or restored; the message says why. Existing files were left as they were."""


def backup(database: Database, file: Path) -> None:
    """Copy a SQLite database in use to `file` and check the copy. An existing `file` is replaced only when all is well.

    Raises `BackupFailed`, for PostgreSQL too: `pg_dump` does that better.
    """
    path = database.writer.url.database
    if not database.is_sqlite or not path:
        raise BackupFailed(
            "This command copies SQLite files. For PostgreSQL use its own tool: pg_dump --format=custom --file=FILE URL"
        )
    copy_file(Path(path), file)


def restore(file: Path, path: Path) -> None:
    """Put the backup `file` at `path`, after checking it. Nothing else may have the database open.

    A database already at `path` is kept beside it as `<path>.before-restore`. Raises `BackupFailed`.
    """
    partial = _neighbour(path, "restoring")
    try:
        _copy_checked(file, partial)
        _set_aside(path)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)
    _flush_folder(path.parent)


def copy_file(source: Path, target: Path) -> None:
    """Copy the SQLite file `source` through SQLite itself (a plain file copy of a live WAL database is corrupt)."""
    partial = _neighbour(target, "copying")
    try:
        _copy_checked(source, partial)
        os.replace(partial, target)
    finally:
        partial.unlink(missing_ok=True)
    _flush_folder(target.parent)


def check_file(file: Path, name: Path | None = None) -> None:
    """Raise `BackupFailed` unless `file` (called `name` in messages) is a whole SQLite database of this program."""
    name = name or file
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise BackupFailed(f"{name} cannot be read as a database: {error}") from error
    if verdict != "ok":
        raise BackupFailed(f"{name} is damaged: {verdict}")
    if "alembic_version" not in tables:
        raise BackupFailed(f"{name} is a database, but not one of Gelassen.")


def _copy_checked(source: Path, target: Path) -> None:
    """Copy, check and flush to the disk; `source` is only read, and only if it exists."""
    target.unlink(missing_ok=True)
    try:
        target.touch(mode=0o600)  # it holds what customers wrote and people's password hashes
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be carried away, no -wal beside it
    except (sqlite3.Error, OSError) as error:
        raise BackupFailed(f"{source} could not be copied to {target.parent}: {error}") from error
    check_file(target, name=source)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _set_aside(path: Path) -> None:
    """Keep the database at `path` under another name; its -wal holds committed data and has to go with it."""
    if not path.exists():
        return
    copy_file(path, path.with_name(f"{path.name}.before-restore"))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _neighbour(path: Path, purpose: str) -> Path:
    return path.with_name(f".{path.name}.{purpose}-{os.getpid()}")


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power loss (not possible, and not needed, on Windows)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
