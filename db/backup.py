"""Copies of a live SQLite database that are whole, checked and never half-written."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from itertools import count
from pathlib import Path

from db.backup_paths import BackupFailed, Damaged, require_backup, require_place, told
from db.engine import Database

__all__ = ["BackupFailed", "backup", "check_file", "copy_file", "restore"]


def backup(database: Database, file: Path) -> None:
    """Copy a SQLite database in use to `file` and check the copy.

    An older backup there is replaced once all is well; any other existing file is left alone. Raises `BackupFailed`,
    for PostgreSQL too: `pg_dump` does that better.
    """
    path = database.writer.url.database
    if not database.is_sqlite or not path:
        raise BackupFailed(
            "This command copies SQLite files. For PostgreSQL use its own tool: pg_dump --format=custom --file=FILE URL"
        )
    require_place(file, Path(path))
    copy_file(Path(path), file)


def restore(file: Path, path: Path) -> Path | None:
    """Put the backup `file` at `path`, after checking it. Nothing else may have the database open.

    A database already at `path` is kept beside it, and where is returned: `<path>.before-restore`, or the same with
    the next free number, so that no restore takes away what an earlier one kept. Raises `BackupFailed`.
    """
    require_backup(file)
    if path.exists() and path.samefile(file):
        raise BackupFailed(f"{file} is the database itself, not a backup of it. Nothing was changed.")
    partial = _neighbour(path, "restoring")
    try:
        _copy_checked(file, partial)
        kept = _set_aside(path)
        os.replace(partial, path)
    except OSError as error:
        raise told(error, file, path) from error
    finally:
        _remove(partial)
    _flush_folder(path.parent)
    return kept


def copy_file(source: Path, target: Path) -> None:
    """Copy the SQLite file `source` through SQLite itself (a plain file copy of a live WAL database is corrupt)."""
    partial = _neighbour(target, "copying")
    try:
        _copy_checked(source, partial)
        os.replace(partial, target)
    except OSError as error:
        raise told(error, source, target) from error
    finally:
        _remove(partial)
    _flush_folder(target.parent)


def check_file(file: Path, name: Path | None = None) -> None:
    """Raise `BackupFailed` unless `file` (called `name` in messages) is a whole SQLite database of this program."""
    name = name or file
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as error:
        raise told(error, name, file) from error
    if verdict != "ok":
        raise Damaged(f"{name} is damaged: parts of it cannot be read any more.")
    if "alembic_version" not in tables:
        raise BackupFailed(f"{name} is a database, but not one of Gelassen.")


def _copy_checked(source: Path, target: Path) -> None:
    """Copy, check and flush to the disk; `source` is only read, and only if it exists."""
    try:
        target.unlink(missing_ok=True)
        target.touch(mode=0o600)  # it holds what customers wrote and people's password hashes
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as origin,
            closing(sqlite3.connect(target)) as copy,
        ):
            origin.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file that can be carried away, no -wal beside it
    except (sqlite3.Error, OSError) as error:
        raise told(error, source, target) from error
    check_file(target, name=source)
    with target.open("rb+") as written:
        os.fsync(written.fileno())


def _set_aside(path: Path) -> Path | None:
    """Keep the database at `path` under another name; its -wal holds committed data and has to go with it."""
    if not path.exists():
        return None
    kept = _free_name(path)
    try:
        copy_file(path, kept)
    except Damaged:  # often why somebody restores; the bytes may still be worth something
        for suffix in ("", "-wal"):
            _copy_bytes(path.with_name(path.name + suffix), kept.with_name(kept.name + suffix))
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    return kept


def _copy_bytes(source: Path, target: Path) -> None:
    if source.exists():
        target.touch(mode=0o600)
        shutil.copyfile(source, target)


def _free_name(path: Path) -> Path:
    first = f"{path.name}.before-restore"
    names = (path.with_name(first if number == 1 else f"{first}-{number}") for number in count(1))
    return next(name for name in names if not name.exists())


def _remove(partial: Path) -> None:
    """Take away a copy that was not finished; where not even that is allowed, there is none."""
    with suppress(PermissionError):
        partial.unlink(missing_ok=True)


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
