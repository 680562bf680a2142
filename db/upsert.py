"""INSERT … ON CONFLICT DO UPDATE, which SQLAlchemy spells per database."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def upsert(session: Session, table: type[SQLModel], key: str, /, **values: Any) -> None:
    """Store `values` as one row of `table`, replacing the row with the same `key` column if there is one."""
    connection = session.connection()
    insert = INSERTS[connection.dialect.name](table).values(**values)
    changed = {name: value for name, value in values.items() if name != key}
    connection.execute(insert.on_conflict_do_update(index_elements=[key], set_=changed))


def insert_missing(session: Session, table: type[SQLModel], key: str, /, **values: Any) -> bool:
    """Store `values` as a new row of `table`; False when there is already one with the same `key` column."""
    connection = session.connection()
    insert = INSERTS[connection.dialect.name](table).values(**values)
    stored = insert.on_conflict_do_nothing(index_elements=[key]).returning(getattr(table, key))
    return connection.execute(stored).first() is not None
