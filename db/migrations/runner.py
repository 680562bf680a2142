"""Alembic, run in-process from the files of this package on a connection of our own engine."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from db.backup import copy_file
from db.engine import Database
from db.migrate import BrokenReferences, SchemaTooNew


def upgrade_to_head(database: Database) -> None:
    """See `db.migrate.upgrade`."""
    with database.writer.connect() as connection:
        _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                _upgrade_locked(connection)
        finally:
            _foreign_keys(connection, on=True)


def alembic_config() -> Config:
    """Alembic's configuration without an ini file, wherever this package is installed."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _upgrade_locked(connection: Connection) -> None:
    """The revision is read again under the write lock: another process may have upgraded in between."""
    config = alembic_config()
    script = ScriptDirectory.from_config(config)
    before, head = MigrationContext.configure(connection).get_current_revision(), script.get_current_head()
    if before == head:
        return
    if before is not None:
        _refuse_unknown(before, script)
        _keep_copy(connection, before)
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    _check_references(connection)


def _refuse_unknown(revision: str, script: ScriptDirectory) -> None:
    if revision not in {known.revision for known in script.walk_revisions()}:
        raise SchemaTooNew(
            f"The database has schema {revision}, this program knows schemas up to {script.get_current_head()}. "
            "A newer version has used it: start that version, or restore a backup made by this one."
        )


def _keep_copy(connection: Connection, revision: str) -> None:
    """Readers see the committed state, so the copy is exact although the caller holds the write lock."""
    path = connection.engine.url.database
    if connection.dialect.name == "sqlite" and path:
        copy_file(Path(path), Path(f"{path}.schema-{revision}.backup"))


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    """SQLite must not check while batch mode rebuilds tables; its switch works outside of transactions only."""
    if connection.dialect.name == "sqlite":
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute(f"PRAGMA foreign_keys = {'ON' if on else 'OFF'}")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(5)
        if broken:
            raise BrokenReferences(f"The upgrade would leave rows that point nowhere, so it was undone: {broken}")
