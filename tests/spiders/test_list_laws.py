"""Whatever happens to a list while it is read, and wherever a look ends: nothing slips through, nothing comes twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from crawler.look import Look
from crawler.rest import FULL_LOOK
from tests.spiders.board import PLACE, Board, BoardSpider, run_now
from tests.spiders.life import FAULTS, Life

STYLES = st.sampled_from(["number", "number", "after", "token", "window"])
PLACES = st.integers(0, 15) | st.integers(0, 80)


class Readers(Life):
    """A board on which anything happens, and looks at it that may end at any moment."""

    @initialize(style=STYLES, size=st.integers(2, 6), max_pages=st.integers(1, 3), history=st.integers(0, 40))
    def open(self, style: str, size: int, max_pages: int, history: int) -> None:
        self.open_store("board", PLACE, max_pages)
        self.board = Board(style, size)
        self.board.write(history)
        self.shown: Counter[int] = Counter()

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
        before = self.board.public()
        self.look(full=full, fault=fault, at=at)
        if not fault:
            self.shown.update(before & self.board.public())
        self.board.meanwhile = lambda: None

    def read(self, look: Look, before_answer: Callable[[], None]) -> None:
        usual = self.board.meanwhile

        def meanwhile() -> None:
            usual()
            before_answer()

        self.board.meanwhile = meanwhile
        run_now(BoardSpider(look, self.board).read_source())
        self.board.meanwhile = usual

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.everything_in_order_was_collected()
            self.everything_is_as_it_stands_there()
            self.close()

    def everything_in_order_was_collected(self) -> None:
        """Ordinary looks alone find every post that came in at the top."""
        self.come_to_rest()
        missing = {e.id for e in self.board.entries if not e.late and self.seen_twice(e.id)} - set(self.by_number())
        assert not missing, missing

    def everything_is_as_it_stands_there(self) -> None:
        """Full looks find what was let in late, edited and deleted."""
        pages = len(self.board.entries) // self.board.size
        for _ in range(3 + max(0, pages // self.target.max_pages - FULL_LOOK)):
            self.look(full=True)
        stored = self.by_number()
        there = {entry.id: entry.text for entry in self.board.entries if self.seen_twice(entry.id)}
        assert {number: stored.get(number, ("", ""))[0] for number in there} == there
        assert not {number for number in there if stored[number][1] == "deleted"}

    def seen_twice(self, number: int) -> bool:
        return self.shown[number] >= 2

    def by_number(self) -> dict[int, tuple[str, str]]:
        return {int(identity): found for identity, found in self.stored().items()}


TestReaders = Readers.TestCase
TestReaders.settings = settings(
    max_examples=300, stateful_step_count=6, deadline=None, suppress_health_check=list(HealthCheck)
)
