"""Whatever happens where people talk, and wherever a look ends: nothing slips through, nobody who lives is deleted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule, run_state_machine_as_test
from sqlmodel import col, select

from crawler.look import Look
from db.models import OwnerReply, Post
from tests.spiders.life import FAULTS, Life
from tests.spiders.stages import OWN_NAMES, STAGES

PLACES = st.integers(0, 6) | st.integers(0, 60)


class Conversation(Life):
    """People write, edit and delete while looks are taken that may end at any moment."""

    sort: str

    @initialize(max_pages=st.integers(1, 3), history=st.integers(1, 30))
    def open(self, max_pages: int, history: int) -> None:
        self.stage = STAGES[self.sort]()
        given = {"settings": self.stage.settings, "secret": self.stage.secret, "own_names": OWN_NAMES}
        self.open_store(self.stage.kind, f"{self.stage.sites[0].url}/", max_pages, **given)
        self.written = 0
        self.coming = iter([0])
        self.answered: set[str] = set()
        self.write(history)

    def write(self, count: int) -> None:
        for _ in range(count):
            self.written += 1
            self.stage.write(self.written)

    def one(self, place: int) -> str:
        """A post that stands there, counted from the newest."""
        there = list(self.stage.texts())
        return there[-1 - place % len(there)] if there else ""

    @rule(count=st.integers(1, 30))
    def posts_are_written(self, count: int) -> None:
        self.write(count)

    @rule(place=PLACES)
    def a_post_is_edited(self, place: int) -> None:
        if post := self.one(place):
            self.stage.edit(post, f"Geändert {place}.")

    @rule(place=PLACES, count=st.integers(1, 4))
    def posts_are_deleted(self, place: int, count: int) -> None:
        for number in range(count):
            if len(self.stage.texts()) > 2:
                self.stage.delete(self.one(place + number))

    @rule()
    def page_addresses_expire(self) -> None:
        self.stage.expire()

    @rule(place=PLACES)
    def the_business_answers(self, place: int) -> None:
        if post := self.one(place):
            self.stage.reply(post)
            self.answered.add(post)

    @rule(
        full=st.booleans(),
        fault=FAULTS,
        at=st.integers(1, 8),
        dark=st.booleans(),
        meanwhile=st.lists(st.integers(0, 3), max_size=6),
    )
    def a_look(self, full: bool, fault: str, at: int, dark: bool, meanwhile: list[int]) -> None:
        self.coming, self.stage.dark = iter(meanwhile), dark
        self.look(full=full, fault=fault, at=at)
        self.coming, self.stage.dark = iter([0]), False
        self.nobody_who_lives_is_deleted()

    def read(self, look: Look, before_answer: Callable[[], None]) -> None:
        def meanwhile() -> None:
            self.write(next(self.coming, 0))
            before_answer()

        self.stage.look(look, meanwhile)

    def nobody_who_lives_is_deleted(self) -> None:
        dead = {identity for identity, (_text, state) in self.stored().items() if state == "deleted"}
        assert not dead & set(self.stage.texts())

    def teardown(self) -> None:
        if not hasattr(self, "database"):
            return
        self.come_to_rest(self.stage.idle)
        assert not set(self.stage.texts()) - set(self.stored())
        self.stage.dark = True
        self.look(full=True)
        self.nobody_who_lives_is_deleted()
        self.stage.dark = False
        for _ in range(4 + len(self.stage.texts()) // 10):
            self.look(full=True)
        self.come_to_rest(self.stage.idle)
        self.nobody_who_lives_is_deleted()
        stored = self.stored()
        there = self.stage.texts()
        if self.stage.shows_edits:
            assert {identity: stored[identity][0] for identity in there} == there
            assert self.answered & set(there) <= self.with_answers()
        self.close()

    def with_answers(self) -> set[str]:
        query = select(Post.external_id).join(OwnerReply, col(OwnerReply.post_id) == col(Post.id))
        with self.database.read() as session:
            return set(session.exec(query))


@pytest.mark.parametrize("sort", STAGES)
def test_nothing_slips_through_and_nobody_who_lives_is_deleted(sort: str) -> None:
    machine = type(f"{sort} conversation", (Conversation,), {"sort": sort})
    # a failing case is told as it was found: to make it smaller would take minutes
    quick = settings(
        max_examples=15,
        stateful_step_count=6,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=quick)
