"""Bringing a database to the schema of this program.

Alembic itself lives in `db.migrations.runner` and is loaded only when there is something to upgrade: the daemon, which
nearly always finds its schema in place, saves its memory and start-up time.
"""

from __future__ import annotations

from sqlalchemy import inspect, text

from db.engine import Database

HEAD = "0002"
"""The newest revision in `db/migrations/versions`."""


class SchemaTooNew(Exception):
    """The database was written by a newer program. Nothing was changed; start the newer program again."""


class BrokenReferences(Exception):
    """A migration would have left rows that point nowhere. Nothing was changed."""


def upgrade(database: Database) -> None:
    """Create the schema or upgrade it to `HEAD`. Safe when several processes start at once.

    The whole upgrade is one transaction on both databases: a failure or a kill half-way leaves the old schema. A SQLite
    file that already holds data is first copied, and the copy checked, to `<file>.schema-<revision>.backup` beside it.
    Raises `SchemaTooNew` when this program does not know the stored revision.
    """
    if current(database) == HEAD:
        return
    from db.migrations import runner

    runner.upgrade_to_head(database)


def current(database: Database) -> str | None:
    """The revision stored in the database, None for an empty one."""
    with database.reader.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
            return None
        revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
        return revision
