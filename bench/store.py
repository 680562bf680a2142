"""The store layer against raw sqlite3, in CPU seconds measured in one run.

Ours takes `POSTS` new posts, `PAGE` to a transaction, the way every crawl does: the bulk path alone (`store`: reserved
keys, rows converted and inserted, hash chain, commit), and the whole intake around it (`intake`: doubles, cases,
deadlines, content hashes). The floor writes the very rows that the intake left behind with plain `executemany`, the
same transactions, settings, indexes and triggers. Sides run in turn, each time in a new file.
"""

from __future__ import annotations

import gc
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time
from typing import Any

from sqlmodel import select

from bench.local import figure, sized
from crawler.items import Page, Post
from db.bulk import insert_rows, reserve_ids
from db.engine import SQLITE_PRAGMAS, Database, open_database, sqlite_url
from db.migrate import upgrade
from db.models import Author, Case, Obligation, PostVersion
from db.models import Post as StoredPost
from db.moves import Change, record
from db.queries_sources import add_source
from responder.intake import receive

POSTS, PAGE, ROUNDS, GOAL = 50 * sized(400), 50, sized(3), 2.0
TABLES: tuple[Any, ...] = (Author, Case, StoredPost, PostVersion, Obligation)
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
TEXT = "Der Sessel kam {n} Tage zu spät, am Telefon ging niemand ran, und die Lehne hat einen Kratzer. " * 3

Rows = dict[str, list[Any]]
PageRows = list[dict[Any, list[dict[str, Any]]]]


def post(n: int) -> Post:
    """One review of a customer of its own."""
    given = {"author_id": f"u{n}", "author_name": f"Kundin {n}", "rating": float(1 + n % 5), "rating_best": 5.0}
    written = NOW - timedelta(minutes=POSTS - n)
    return Post(external_id=f"r{n}", title=f"Bestellung {n}", text=TEXT.format(n=n), created_at=written, **given)  # type: ignore[arg-type]


def pages(source_id: int) -> list[Page]:
    """All posts as the crawler hands them over."""
    starts = range(0, POSTS, PAGE)
    return [Page(source_id, "", NOW, posts=[post(n) for n in range(start, start + PAGE)]) for start in starts]


def new_database(folder: Path, name: str) -> tuple[Database, int]:
    """A migrated database with one source."""
    database = open_database(sqlite_url(folder / name))
    upgrade(database)
    with database.write() as session:
        source = add_source(session, "bench", "feed", "https://shop.example", now=NOW)
    assert source.id is not None
    return database, source.id


def whole_intake(folder: Path, name: str) -> float:
    """CPU seconds of `responder.intake.receive` for all pages."""
    database, source_id = new_database(folder, name)
    work = pages(source_id)
    seconds = timed(lambda: [receive(database, page, now=NOW) for page in work])
    database.close()
    return seconds


def bulk_path(folder: Path, name: str, rows: PageRows) -> float:
    """CPU seconds of the store's part of that: the same rows, given as the intake gives them."""
    database, _ = new_database(folder, name)

    def store() -> None:
        for page in rows:
            with database.write() as session:
                fresh = reserve_ids(session, {table: len(page[table]) for table in TABLES})
                for table in TABLES:
                    insert_rows(session, table, page[table])
                ids = fresh[Obligation]
                record(session, [Change("obligation", i, "", "open", "worker", "new post") for i in ids], now=NOW)

    seconds = timed(store)
    database.close()
    return seconds


def raw(folder: Path, name: str, dumped: Rows) -> float:
    """CPU seconds of sqlite3 alone for the dumped rows."""
    database, _ = new_database(folder, name)
    database.close()
    statements = {
        table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})" for table, rows in dumped.items()
    }
    with closing(sqlite3.connect(folder / name, isolation_level=None)) as connection:
        for pragma in ("journal_mode = WAL", *SQLITE_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

        def store() -> None:
            for start in range(0, POSTS, PAGE):
                connection.execute("BEGIN IMMEDIATE")
                for table, rows in dumped.items():
                    connection.executemany(statements[table], rows[start : start + PAGE])
                connection.execute("UPDATE chain_head SET count = ?, hash = ?", (start, "x" * 64))
                connection.execute("COMMIT")

        return timed(store)


def timed(work: Callable[[], object]) -> float:
    """CPU seconds of this process, without the garbage of earlier runs."""
    gc.collect()
    start = process_time()
    work()
    return process_time() - start


def dump(path: Path) -> Rows:
    """The stored rows as sqlite3 returns them, table by table."""
    names = [table.__tablename__ for table in TABLES]
    with closing(sqlite3.connect(path)) as connection:
        found = {f'"{name}"': connection.execute(f'SELECT * FROM "{name}" ORDER BY id').fetchall() for name in names}
        trail = "SELECT * FROM transition WHERE entity = 'obligation' ORDER BY id"
        return found | {"transition": connection.execute(trail).fetchall()}


def as_given(path: Path) -> PageRows:
    """The stored rows as the intake gives them to the bulk path, page by page."""
    database = open_database(sqlite_url(path))
    with database.read() as session:
        found = {
            table: [row.model_dump() for row in session.exec(select(table).order_by(table.id))] for table in TABLES
        }
    database.close()
    starts = range(0, POSTS, PAGE)
    return [{table: rows[start : start + PAGE] for table, rows in found.items()} for start in starts]


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole_intake(folder, "rows.db")
        dumped, given = dump(folder / "rows.db"), as_given(folder / "rows.db")
        runs = [
            (raw(folder, f"raw-{n}", dumped), bulk_path(folder, f"bulk-{n}", given), whole_intake(folder, f"all-{n}"))
            for n in range(ROUNDS)
        ]
    figure("store", "CPU s", [(floor, bulk) for floor, bulk, _ in runs], GOAL)
    figure("intake", "CPU s", [(floor, whole) for floor, _, whole in runs], None)


if __name__ == "__main__":
    main()
