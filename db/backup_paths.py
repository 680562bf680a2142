"""What can be wrong with the files of a backup, said so that a person knows what to do; SQLite's words stay inside."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MAGIC = b"SQLite format 3\0"
"""Every SQLite file that holds anything begins with this."""

DAMAGE = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
FULL = (errno.ENOSPC, errno.EDQUOT)
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


class BackupFailed(Exception):
    """No backup was made or restored; the message says why. Existing files were left as they were."""


class Damaged(BackupFailed):
    """The file that was to be copied is no whole database."""


def require_backup(file: Path) -> None:
    """Raise `BackupFailed` unless `file` can be read and begins like a database."""
    start = _start(file)
    if not start:
        raise BackupFailed(f"{file} is empty, so it is no backup. Nothing was changed.")
    if start != MAGIC:
        raise BackupFailed(f"{file} is not a database, so it is no backup of Gelassen. Nothing was changed.")


def require_place(file: Path, database: Path) -> None:
    """Raise `BackupFailed` unless a backup of `database` may be written to `file`: nothing else may get lost by it."""
    with _accessible(file):
        if not file.parent.is_dir():
            raise BackupFailed(f"There is no folder {file.parent} to save into. Create it, or name another file.")
        if not file.exists():
            return
        if file.is_dir():
            raise BackupFailed(f"{file} is a folder. Name a file in it, for example {file / 'gelassen-backup.db'}")
        if file.samefile(database):
            raise BackupFailed(f"{file} is the database itself. Name another file for its copy.")
    if not file.is_file() or _start(file) not in (b"", MAGIC):
        raise BackupFailed(f"{file} exists and is no backup, so it was left as it is. Name another file.")


def told(error: sqlite3.Error | OSError, source: Path, target: Path) -> BackupFailed:
    """What it means that copying the database `source` to `target` failed with `error`."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the lower byte is the kind, the rest its variety
    if code in DAMAGE:
        return Damaged(f"{source} is damaged or not a database, so it was not copied.")
    if code == sqlite3.SQLITE_FULL or getattr(error, "errno", None) in FULL:
        return BackupFailed(f"There is no room in {target.parent} for a copy of {source}. Make room and repeat.")
    if code in BUSY:
        return BackupFailed(f"{source} was being written to all the time. Please repeat in a moment.")
    return BackupFailed(
        f"{source} could not be copied to {target.parent}. Check that this account may read the one and write into "
        f"the other ({getattr(error, 'sqlite_errorname', type(error).__name__)})."
    )


def _start(file: Path) -> bytes:
    """The first bytes of `file`."""
    with _accessible(file), file.open("rb") as opened:
        return opened.read(len(MAGIC))


@contextmanager
def _accessible(file: Path) -> Iterator[None]:
    """Turn what the system says about a path into a sentence."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise BackupFailed(f"There is no file {file}. Nothing was changed.") from error
    except IsADirectoryError as error:
        raise BackupFailed(f"{file} is a folder, not a backup. Name the file in it. Nothing was changed.") from error
    except PermissionError as error:
        raise BackupFailed(f"This account may not read {file}. Nothing was changed.") from error
    except OSError as error:
        raise BackupFailed(f"{file} cannot be read ({error.strerror}). Nothing was changed.") from error
