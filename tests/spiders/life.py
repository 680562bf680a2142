"""A source that lives with the real store: looks at it may end at any moment, in any way."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine
from sqlmodel import col, select

from crawler.items import Page, Received, Target
from crawler.look import Look
from crawler.sessions import InMemory
from db import invariants
from db.engine import open_database, sqlite_url
from db.migrate import upgrade
from db.models import Post, PostVersion
from db.queries_sources import add_source, get_source
from gelassen.look_once import informed
from responder.intake import receive
from tests.spiders.board import Killed

FAULTS = st.just("") | st.sampled_from(["network", "500", "kill", "store", "kill after storing"])
ENOUGH = 60
"""So many looks bring everything in."""


class Life(RuleBasedStateMachine):
    """Subclasses say what place it is (`open_store`) and how a look at it goes."""

    template: Path | None = None

    def open_store(self, kind: str, address: str, max_pages: int, **fields: Any) -> None:
        """A new store with one source; `fields` are more of its target."""
        self.folder = tempfile.mkdtemp(prefix="gelassen-lists-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.database = open_database(sqlite_url(Path(shutil.copy(self.empty(), Path(self.folder) / "store.db"))))
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.target = Target(0, "Ort", kind, address, max_pages=max_pages, **fields)
        self.requests = 0
        self.sessions = InMemory()
        with self.database.write() as session:
            add_source(session, "Ort", kind, address, now=self.now)

    @classmethod
    def empty(cls) -> Path:
        """A migrated database without rows, made once."""
        if Life.template is None:
            Life.template = Path(tempfile.mkdtemp(prefix="gelassen-lists-")) / "empty.db"
            made = open_database(sqlite_url(Life.template))
            upgrade(made)
            made.close()
        return Life.template

    def read(self, look: Look, before_answer: Callable[[], None]) -> None:
        """Let the spider read; `before_answer` has to be called with each request and may end everything."""
        raise NotImplementedError

    def look(self, *, full: bool = False, fault: str = "", at: int = 0) -> Look:
        """One look with the stored cursor; `fault` strikes with its `at`-th request or page."""
        self.now += timedelta(minutes=15)
        with self.database.read() as session:
            source = get_source(session, "Ort")
            assert source is not None
            known = {"source_id": source.id, "cursor": source.cursor, "conditional": not full}
        target = Target(**{name: getattr(self.target, name) for name in self.target.__slots__} | known)
        look = Look(informed(self.database, target), self.faulty(fault, at), sessions=self.sessions)
        self.requests = 0
        with suppress(Killed):
            self.read(look, self.breaking(fault, at))
        return look

    def breaking(self, fault: str, at: int) -> Callable[[], None]:
        def before_answer() -> None:
            self.requests += 1
            if self.requests == at:
                if fault == "kill":
                    raise Killed
                if fault in ("network", "500"):
                    raise OSError("The line is dead.")

        return before_answer

    def faulty(self, fault: str, at: int) -> Callable[[Page], Received]:
        pages = 0

        def store(page: Page) -> Received:
            nonlocal pages
            pages += 1
            if pages == at and fault == "store":
                raise OSError("The disk is full.")
            received = Received(**asdict(receive(self.database, page, now=self.now)))
            if pages == at and fault == "kill after storing":
                raise Killed
            return received

        return store

    def come_to_rest(self, most: int = 1) -> None:
        """Ordinary looks until one changes nothing and needs no more than `most` requests."""
        for _ in range(ENOUGH):
            before = self.stored_cursor()
            self.look()
            if self.requests <= most and before == self.stored_cursor():
                return
        raise AssertionError("the looks never come to rest")

    def close(self) -> None:
        if hasattr(self, "database"):
            with self.database.read() as session:
                assert invariants.check(session, self.now) == []
            self.database.close()
            shutil.rmtree(self.folder)

    def stored_cursor(self) -> object:
        with self.database.read() as session:
            source = get_source(session, "Ort")
            assert source is not None
            return source.cursor

    def stored(self) -> dict[str, tuple[str, str]]:
        """The newest wording and the state of every stored post."""
        newest = (col(PostVersion.post_id) == col(Post.id), col(PostVersion.version) == col(Post.version))
        query = select(Post.external_id, PostVersion.text, Post.state).join(PostVersion, newest[0]).where(newest[1])
        with self.database.read() as session:
            return {row[0]: (row[1], row[2]) for row in session.exec(query)}
