"""Opening the database: SQLite (WAL, BEGIN IMMEDIATE, synchronous FULL) or PostgreSQL behind the same two doors.

`Database.write()` is the only way to change anything: one transaction that takes the one write lock at its start, so a
read followed by an update can neither fail half-way with "database is locked" nor deadlock nor act on an old value.
PostgreSQL gets the same order by an advisory lock. `Database.read()` cannot write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

BUSY_TIMEOUT_MS = 10_000
IDLE_TIMEOUT_MS = 60_000

SQLITE_PRAGMAS = (
    "synchronous = FULL",
    "foreign_keys = ON",
    "recursive_triggers = ON",  # else REPLACE would slip past the append-only triggers
)

POSTGRESQL_BEGIN = (
    f"SELECT set_config('lock_timeout', '{BUSY_TIMEOUT_MS}', true),"
    f" set_config('idle_in_transaction_session_timeout', '{IDLE_TIMEOUT_MS}', true)",
    "SELECT pg_advisory_xact_lock(1197829473)",  # any number that nothing else in the database uses
)
"""A holder that was stopped in the middle of a transaction is thrown out after a minute, as if it had crashed."""

FULL_SQLITE = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
FULL_POSTGRESQL = ("53100", "58030", "25006")  # disk full, I/O error, server is read-only
BUSY_POSTGRESQL = "55P03"


class StoreFull(Exception):
    """The disk is full or refuses writes. Nothing was changed; posting must stop until there is room again."""


class StoreBusy(Exception):
    """Another process held the write lock for longer than `BUSY_TIMEOUT_MS`. Nothing was changed; try again."""


class Database:
    """Two engines on one database. Sessions are short: one unit of work each, never kept across a request."""

    def __init__(self, writer: Engine, reader: Engine) -> None:
        self.writer = writer
        self.reader = reader

    @property
    def is_sqlite(self) -> bool:
        return self.writer.dialect.name == "sqlite"

    @contextmanager
    def write(self) -> Iterator[Session]:
        """One transaction: committed when the block ends, rolled back when it raises.

        Raises `StoreFull` when the disk has no room or refuses writes, `StoreBusy` when the write lock stays taken.
        """
        try:
            with Session(self.writer, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            if is_full(error):
                raise StoreFull(
                    f"The database could not be written ({error.orig}): no room on the disk, or it refuses writes."
                ) from error
            if is_busy(error):
                raise StoreBusy(
                    f"The database was kept busy by another process for {BUSY_TIMEOUT_MS // 1000} seconds."
                ) from error
            raise

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A consistent view of the data; any attempt to write fails in the database itself."""
        with Session(self.reader, expire_on_commit=False) as session:
            yield session

    def close(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def open_database(url: str) -> Database:
    """Open `sqlite:///path` or `postgresql://…`. Creates no tables; see `db.migrate`."""
    if make_url(url).get_backend_name() == "sqlite":
        return Database(_sqlite_engine(url, writable=True), _sqlite_engine(url, writable=False))
    return Database(_postgresql_engine(url, writable=True), _postgresql_engine(url, writable=False))


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return f"sqlite:///{path}"


def _sqlite_engine(url: str, *, writable: bool) -> Engine:
    engine = create_engine(url)

    def connect(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # SQLAlchemy's begin event below opens transactions itself
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")  # first: the next one may have to wait
        _switch_to_wal(connection)
        for pragma in SQLITE_PRAGMAS if writable else (*SQLITE_PRAGMAS, "query_only = ON"):
            connection.execute(f"PRAGMA {pragma}")

    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writable else "BEGIN")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Several processes may open a new file at once; to all but one SQLite says "locked" without waiting."""
    for attempts_left in reversed(range(100)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if _sqlite_code(error) != sqlite3.SQLITE_BUSY or not attempts_left:
                raise
            time.sleep(BUSY_TIMEOUT_MS / 100 / 1000)


def _postgresql_engine(url: str, *, writable: bool) -> Engine:
    if not writable:
        options = {"postgresql_readonly": True}
        return create_engine(url, pool_pre_ping=True, execution_options=options, isolation_level="REPEATABLE READ")
    engine = create_engine(url, pool_pre_ping=True)

    def begin(connection: Any) -> None:
        for statement in POSTGRESQL_BEGIN:
            connection.exec_driver_sql(statement)

    event.listen(engine, "begin", begin)
    return engine


def is_full(error: DBAPIError) -> bool:
    """Whether the driver says that the store has no room or cannot be written."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return _sqlite_code(original) in FULL_SQLITE
    return getattr(original, "sqlstate", "") in FULL_POSTGRESQL


def is_busy(error: DBAPIError) -> bool:
    """Whether the driver gave up waiting for the write lock."""
    original = error.orig
    if isinstance(original, sqlite3.Error):
        return _sqlite_code(original) == sqlite3.SQLITE_BUSY
    return getattr(original, "sqlstate", "") == BUSY_POSTGRESQL


def _sqlite_code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF  # the upper bits say which kind of I/O error


def ping(database: Database) -> None:
    """Raise unless the database answers."""
    with database.read() as session:
        session.connection().execute(text("SELECT 1"))
