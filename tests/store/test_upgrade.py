"""The migrations make exactly what the models say, all or nothing, and never touch a newer database."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text
from sqlmodel import SQLModel, col, select, update

from db import invariants, migrate
from db.engine import Database, open_database, sqlite_url
from db.migrate import HEAD, SchemaTooNew, current, upgrade
from db.migrations import runner
from db.models import ChainHead, Correction, PostVersion, Source
from tests.conftest import drop_postgresql
from tests.store import rows

ROOT = Path(__file__).parents[2]

NEXT = "9998"
"""The revision that tests put after the newest one."""

SECOND = """
import os, signal
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9998", "{head}"


def upgrade():
    op.create_table("extra", sa.Column("id", sa.Integer, primary_key=True))
    with op.batch_alter_table("source", recreate="always" if op.get_bind().dialect.name == "sqlite" else "auto") as t:
        t.add_column(sa.Column("colour", sa.String(), nullable=False, server_default="blue"))
    {then}
"""


@pytest.fixture
def empty_databases(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Database]]:
    """A function that makes an empty, not migrated database of the given kind."""
    opened: list[Database] = []

    def make(kind: str) -> Database:
        url = sqlite_url(tmp_path / f"empty-{len(opened)}.db") if kind == "sqlite" else new_postgresql_url(request)
        opened.append(open_database(url))
        return opened[-1]

    yield make
    for database in opened:
        database.close()
        if not database.is_sqlite:
            drop_postgresql(database.writer.url)


def new_postgresql_url(request: pytest.FixtureRequest) -> str:
    fresh: Callable[..., URL] = request.getfixturevalue("fresh_postgresql")
    return fresh(template="template0").render_as_string(hide_password=False)


@pytest.fixture
def second_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """A function that gives this program one more migration, which ends with the statement `then`."""

    def prepare(then: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(ROOT / "db/migrations", folder, ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "versions/9998_next.py").write_text(SECOND.format(then=then, head=HEAD))
        config = runner.alembic_config()
        config.set_main_option("script_location", str(folder))
        monkeypatch.setattr(runner, "alembic_config", lambda: config)
        monkeypatch.setattr(migrate, "HEAD", NEXT)

    return prepare


def test_a_fresh_database_is_at_the_newest_revision(database: Database) -> None:
    assert current(database) == HEAD


def test_the_named_head_is_the_newest_file() -> None:
    assert ScriptDirectory.from_config(runner.alembic_config()).get_current_head() == HEAD


def test_an_empty_database_has_no_revision(empty_databases: Callable[[str], Database]) -> None:
    assert current(empty_databases("sqlite")) is None


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    upgrade(database)
    assert current(database) == HEAD


def test_the_head_of_the_audit_chain_exists(database: Database) -> None:
    with database.read() as session:
        assert session.exec(select(ChainHead)).one() == ChainHead(id=1, count=0, hash="")


def test_alembic_finds_no_difference_to_the_models(database: Database) -> None:
    with database.writer.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_migrating_equals_creating_from_the_models(kind: str, empty_databases: Callable[[str], Database]) -> None:
    migrated, created = empty_databases(kind), empty_databases(kind)
    upgrade(migrated)
    with created.writer.begin() as connection:
        SQLModel.metadata.create_all(connection)
    assert schema_of(migrated) == schema_of(created)


def schema_of(database: Database) -> dict[str, Any]:
    with database.writer.connect() as connection:
        return sqlite_schema(connection) if database.is_sqlite else postgresql_schema(connection)


def sqlite_schema(connection: Connection) -> dict[str, Any]:
    found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type IN ('table', 'index')"))
    lines = {name: re.split(r",?\s*\n\s*", sql.strip()) for name, sql in found if sql and "alembic" not in name}
    return {name: sorted(re.sub(r"\s+", " ", line) for line in sql) for name, sql in lines.items()}


def postgresql_schema(connection: Connection) -> dict[str, Any]:
    queries = {
        "columns": "SELECT table_name, ordinal_position, column_name, data_type, is_nullable, column_default"
        " FROM information_schema.columns WHERE table_schema = 'public'",
        "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
        "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    }
    return {
        name: sorted(tuple(row) for row in connection.execute(text(query)) if row[0] != "alembic_version")
        for name, query in queries.items()
    }


def test_a_database_of_a_newer_program_is_refused_untouched(database: Database) -> None:
    with database.write() as session:
        session.connection().execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaTooNew, match=r"9999.*newer version"):
        upgrade(database)
    assert current(database) == "9999"


def test_an_upgrade_keeps_rows_and_references(
    database: Database, now: Any, second_revision: Callable[[str], None]
) -> None:
    with database.write() as session:
        rows.obligation(session, now)
    second_revision("")
    upgrade(database)
    with database.write() as session:
        assert session.connection().execute(text("SELECT colour FROM source")).scalars().all() == ["blue"]
        assert session.exec(update(Source).where(col(Source.id) == 1).values(channel_id=None)).rowcount == 1
    assert current(database) == NEXT


def test_foreign_keys_are_enforced_again_after_an_upgrade(
    sqlite_database: Database, second_revision: Callable[[str], None]
) -> None:
    second_revision("")
    upgrade(sqlite_database)
    with sqlite_database.writer.connect() as connection:
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1


def test_an_upgrade_that_would_break_references_is_undone(
    sqlite_database: Database, now: Any, second_revision: Callable[[str], None]
) -> None:
    with sqlite_database.write() as session:
        rows.obligation(session, now)
    second_revision("op.execute('DELETE FROM post_version')")
    with pytest.raises(migrate.BrokenReferences, match="obligation"):
        upgrade(sqlite_database)
    assert current(sqlite_database) == HEAD


def test_an_upgrade_that_fails_half_way_leaves_the_old_schema(
    database: Database, second_revision: Callable[[str], None]
) -> None:
    before = schema_of(database)
    second_revision("raise RuntimeError('half-way')")
    with pytest.raises(RuntimeError, match="half-way"):
        upgrade(database)
    assert (current(database), schema_of(database)) == (HEAD, before)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_a_database_of_the_first_release_keeps_its_rows_and_can_be_corrected(
    kind: str, empty_databases: Callable[[str], Database], now: Any
) -> None:
    old = empty_databases(kind)
    with old.writer.begin() as connection:
        config = runner.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with old.write() as session:
        duty = rows.obligation(session, now)
        reader = rows.user(session, now, "Ben")
        rows.draft(session, now, duty)
        session.get_one(PostVersion, duty.post_version_id).reading = {"sentiment": "negative"}
        version_id, user_id = duty.post_version_id, rows.key(reader)
    upgrade(old)
    with old.write() as session:
        session.add(
            Correction(
                post_version_id=version_id, field="sentiment", machine="positive", person="negative",
                user_id=user_id, at=now,
            )
        )  # fmt: skip
    with old.read() as session:
        assert session.get_one(PostVersion, version_id).text == "Drei Wochen warte ich."
        assert [row.person for row in session.exec(select(Correction))] == ["negative"]
        assert invariants.check(session, now) == []
    assert current(old) == HEAD


def test_a_sqlite_file_is_copied_before_it_is_upgraded(
    sqlite_database: Database, now: Any, second_revision: Callable[[str], None]
) -> None:
    with sqlite_database.write() as session:
        rows.source(session, now, name="shop")
    second_revision("")
    upgrade(sqlite_database)
    with closing(sqlite3.connect(f"{sqlite_database.writer.url.database}.schema-{HEAD}.backup")) as copy:
        assert copy.execute("SELECT name FROM source").fetchall() == [("shop",)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(HEAD,)]


def test_a_new_sqlite_file_needs_no_copy(empty_databases: Callable[[str], Database], tmp_path: Path) -> None:
    upgrade(empty_databases("sqlite"))
    assert list(tmp_path.glob("*.backup")) == []


@pytest.mark.heavy
def test_a_kill_during_an_upgrade_leaves_the_old_schema(sqlite_database: Database, tmp_path: Path) -> None:
    installed = install(tmp_path / "killed", SECOND.format(then="os.kill(os.getpid(), signal.SIGKILL)", head=HEAD))
    before = schema_of(sqlite_database)
    assert run_upgrade(installed, str(sqlite_database.writer.url), head=NEXT).returncode == -9
    assert (current(sqlite_database), schema_of(sqlite_database)) == (HEAD, before)


@pytest.mark.heavy
def test_an_installed_copy_in_any_folder_finds_its_migrations(tmp_path: Path) -> None:
    installed = install(tmp_path / "100 % site-packages")
    done = run_upgrade(installed, sqlite_url(tmp_path / "gelassen.db"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.heavy
def test_processes_that_start_at_the_same_time_upgrade_once(tmp_path: Path) -> None:
    installed, url = install(tmp_path / "site"), sqlite_url(tmp_path / "gelassen.db")
    with ThreadPoolExecutor() as pool:
        done = list(pool.map(lambda _: run_upgrade(installed, url), range(4)))
    assert [(process.returncode, process.stderr) for process in done] == [(0, "")] * 4


def install(folder: Path, second: str = "") -> Path:
    """The db room alone, copied as an installed wheel has it."""
    shutil.copytree(ROOT / "db", folder / "db", ignore=shutil.ignore_patterns("__pycache__"))
    if second:
        (folder / "db/migrations/versions/9998_next.py").write_text(second)
    return folder


def run_upgrade(installed: Path, url: str, head: str = HEAD) -> subprocess.CompletedProcess[str]:
    code = f"from db import engine, migrate; migrate.HEAD = {head!r}; migrate.upgrade(engine.open_database({url!r}))"
    environment = os.environ | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"}
    words = [sys.executable, "-c", code]
    return subprocess.run(
        words, cwd=installed, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
