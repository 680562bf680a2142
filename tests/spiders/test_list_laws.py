"""Whatever happens to a list while it is read, and wherever a look ends: nothing slips through, nothing comes twice."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from sqlmodel import col, select

from crawler.items import Page, Received, Target
from crawler.look import Look
from crawler.rest import FULL_LOOK
from db import invariants
from db.engine import open_database, sqlite_url
from db.migrate import upgrade
from db.models import Post, PostVersion
from db.queries_sources import add_source, get_source
from gelassen.look_once import informed
from responder.intake import receive
from tests.spiders.board import PLACE, Board, BoardSpider, Killed, run_now

STYLES = st.sampled_from(["number", "number", "after", "token", "window"])
FAULTS = st.just("") | st.sampled_from(["network", "500", "kill", "store", "kill after storing"])
PLACES = st.integers(0, 15) | st.integers(0, 80)
ENOUGH = 60


class Readers(RuleBasedStateMachine):
    """A board on which anything happens, and looks at it that may end at any moment."""

    template: Path | None = None

    @initialize(style=STYLES, size=st.integers(2, 6), max_pages=st.integers(1, 3), history=st.integers(0, 40))
    def open(self, style: str, size: int, max_pages: int, history: int) -> None:
        self.folder = tempfile.mkdtemp(prefix="gelassen-lists-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)
        self.database = open_database(sqlite_url(Path(shutil.copy(self.empty(), Path(self.folder) / "store.db"))))
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.board, self.max_pages = Board(style, size), max_pages
        self.board.write(history)
        self.shown: Counter[int] = Counter()
        with self.database.write() as session:
            add_source(session, "Brett", "board", PLACE, now=self.now)

    @classmethod
    def empty(cls) -> Path:
        """A migrated database without rows, made once."""
        if cls.template is None:
            cls.template = Path(tempfile.mkdtemp(prefix="gelassen-lists-")) / "empty.db"
            made = open_database(sqlite_url(cls.template))
            upgrade(made)
            made.close()
        return cls.template

    @rule(count=st.integers(1, 20))
    def posts_are_written(self, count: int) -> None:
        self.board.write(count)

    @rule(place=PLACES)
    def a_post_is_let_in_late(self, place: int) -> None:
        if self.board.entries:
            self.board.let_in(place % len(self.board.entries))

    @rule(place=PLACES)
    def a_post_is_edited(self, place: int) -> None:
        if self.board.entries:
            self.board.edit(place % len(self.board.entries))

    @rule(place=PLACES, count=st.integers(1, 12))
    def posts_are_deleted(self, place: int, count: int) -> None:
        if self.board.entries:
            start = place % len(self.board.entries)
            del self.board.entries[start : start + count]

    @rule(page=st.integers(2, 6))
    def a_whole_page_of_posts_is_deleted(self, page: int) -> None:
        start = page * self.board.size
        del self.board.entries[start : start + self.board.size + 1]

    @rule(answer=st.sampled_from(["gone", "empty", "front"]))
    def page_addresses_expire(self, answer: str) -> None:
        self.board.expired = answer
        self.board.expire()

    @rule(
        full=st.booleans(),
        fault=FAULTS,
        at=st.integers(1, 6),
        meanwhile=st.lists(st.integers(0, 3), max_size=6),
    )
    def a_look(self, full: bool, fault: str, at: int, meanwhile: list[int]) -> None:
        coming = iter(meanwhile)
        self.board.meanwhile = lambda: self.board.write(min(next(coming, 0), self.board.size - 1))
        self.look(full=full, fault=fault, at=at)
        self.board.meanwhile = lambda: None

    def look(self, *, full: bool = False, fault: str = "", at: int = 0) -> Look:
        """One look with the stored cursor; `fault` strikes with its `at`-th request or page."""
        self.now += timedelta(minutes=15)
        with self.database.read() as session:
            source = get_source(session, "Brett")
            assert source is not None
            target = Target(
                source.id or 0, "Brett", "board", PLACE,
                cursor=source.cursor, conditional=not full, max_pages=self.max_pages,
            )  # fmt: skip
        look = Look(informed(self.database, target), self.faulty(fault, at))
        before = self.board.public()
        with suppress(Killed):
            run_now(BoardSpider(look, self.breaking(fault, at)).read_source())
        if not fault:
            self.shown.update(before & self.board.public())
        return look

    def breaking(self, fault: str, at: int) -> Board:
        board, usual = self.board, self.board.meanwhile

        def meanwhile() -> None:
            usual()
            if len(board.asked) == at:
                if fault == "kill":
                    raise Killed
                if fault in ("network", "500"):
                    raise OSError("The line is dead.")

        board.asked, board.meanwhile = [], meanwhile
        return board

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

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        try:
            self.everything_in_order_was_collected()
            self.everything_is_as_it_stands_there()
        finally:
            self.database.close()
            shutil.rmtree(self.folder)

    def everything_in_order_was_collected(self) -> None:
        """Ordinary looks alone find every post that came in at the top."""
        for _ in range(ENOUGH):
            before = self.stored_cursor()
            self.look()
            if len(self.board.asked) == 1 and before == self.stored_cursor():
                break
        else:
            raise AssertionError("the looks never come to rest")
        missing = {e.id for e in self.board.entries if not e.late and self.seen_twice(e.id)} - set(self.stored())
        assert not missing, missing

    def everything_is_as_it_stands_there(self) -> None:
        """Full looks find what was let in late, edited and deleted."""
        pages = len(self.board.entries) // self.board.size
        for _ in range(3 + max(0, pages // self.max_pages - FULL_LOOK)):
            self.look(full=True)
        stored = self.stored()
        there = {entry.id: entry.text for entry in self.board.entries if self.seen_twice(entry.id)}
        assert {number: stored.get(number, ("", ""))[0] for number in there} == there
        assert not {number for number in there if stored[number][1] == "deleted"}
        with self.database.read() as session:
            assert invariants.check(session, self.now) == []

    def seen_twice(self, number: int) -> bool:
        return self.shown[number] >= 2

    def stored_cursor(self) -> object:
        with self.database.read() as session:
            source = get_source(session, "Brett")
            assert source is not None
            return source.cursor

    def stored(self) -> dict[int, tuple[str, str]]:
        """The newest wording and the state of every stored post."""
        newest = (col(PostVersion.post_id) == col(Post.id), col(PostVersion.version) == col(Post.version))
        query = select(Post.external_id, PostVersion.text, Post.state).join(PostVersion, newest[0]).where(newest[1])
        with self.database.read() as session:
            return {int(row[0]): (row[1], row[2]) for row in session.exec(query)}


TestReaders = Readers.TestCase
TestReaders.settings = settings(
    max_examples=300, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
)
