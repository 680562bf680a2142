"""Bringing a database to the schema of this program: Alembic, run in-process from the files of this package.

The whole upgrade is one transaction on both databases, so a failure or a kill half-way leaves the old schema. A SQLite
file that already holds data is first copied (and the copy verified) to `<file>.schema-<revision>.backup` beside it.
"""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.engine import Engine

from db.backup import copy_file
from db.engine import Database

MIGRATIONS = Path(__file__).parent / "migrations"
UPGRADE_LOCK = 0x47656C61  # any number that only our upgrades use as a PostgreSQL advisory lock


class SchemaTooNew(Exception):
    """The database was written by a newer program. Nothing was changed; start the newer program again."""


class BrokenReferences(Exception):
    """A migration would have left rows that point nowhere. Nothing was changed."""


def upgrade(database: Database) -> None:
    """Create or upgrade the schema to the newest revision. Safe when several processes start at once.

    Raises `SchemaTooNew` when the stored revision is unknown to this program.
    """
    config = _config()
    script = ScriptDirectory.from_config(config)
    if _revision_of(database) == script.get_current_head():
        return
    with database.writer.connect() as connection:
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _upgrade_locked(connection, config, script)
        finally:
            _foreign_keys(connection, on=True)


def current(database: Database) -> str | None:
    """The revision stored in the database, None for an empty one."""
    return _revision_of(database)


def head() -> str:
    """The newest revision this program knows."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    assert revision is not None
    return revision


def _upgrade_locked(connection: Connection, config: Config, script: ScriptDirectory) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
    before = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in script.walk_revisions()}
    if before is not None and before not in known:
        raise SchemaTooNew(
            f"The database has schema {before}, this program knows schemas up to {script.get_current_head()}. "
            "It was last used by a newer version: start that version, or restore a backup made by this one."
        )
    if before == script.get_current_head():
        return
    if before is not None:
        _keep_copy(connection.engine, before)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _check_references(connection)


def _keep_copy(engine: Engine, revision: str) -> None:
    """Readers see the committed state, so the copy is exact although the caller holds the write lock."""
    path = engine.url.database
    if engine.dialect.name == "sqlite" and path:
        copy_file(Path(path), Path(f"{path}.schema-{revision}.backup"))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision_of(database: Database) -> str | None:
    with database.reader.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite checks nothing while batch mode rebuilds tables; the switch works outside of transactions only."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            raise BrokenReferences(f"The upgrade would leave rows that point nowhere: {broken}")
