from __future__ import annotations

from db.engine import Database
from db.migrate import HEAD, current


def test_a_fresh_database_is_at_the_newest_revision(database: Database) -> None:
    assert current(database) == HEAD
