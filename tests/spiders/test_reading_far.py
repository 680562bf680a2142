"""Every kind where people talk reads as far as it must: over several looks, and after a look that died anywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import pytest

from crawler.items import Page, Received, Target, Watched
from crawler.look import Look
from crawler.sessions import InMemory
from tests.spiders.board import Killed
from tests.spiders.shelf import Shelf
from tests.spiders.stages import OWN_NAMES, STAGES, Stage

PAGES = 12
"""With four or five posts on a page, that is about fifty."""


class Reader:
    """Looks at a stage again and again, into a shelf."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.shelf, self.sessions = stage, Shelf(), InMemory()
        self.requests = self.written = 0
        self.new: list[str] = []

    def write(self, count: int) -> None:
        for _ in range(count):
            self.written += 1
            self.stage.write(self.written)

    def look(self, *, killed_at: int = 0, max_pages: int = PAGES, full: bool = False) -> int:
        """One look; returns how many posts it brought. It dies with the request or page of that number."""
        stage, before = self.stage, len(self.shelf.posts)
        watched = [Watched(number, post.external_id, post.url) for number, post in enumerate(self.shelf.posts.values())]
        target = Target(
            1, "Ort", stage.kind, f"{stage.sites[0].url}/", settings=stage.settings, secret=stage.secret,
            own_names=OWN_NAMES, max_pages=max_pages, conditional=not full,
            watched=tuple(watched if full else ()),
        )  # fmt: skip
        look = Look(self.shelf.target(target), self.receive, sessions=self.sessions)
        self.requests = 0
        with suppress(Killed):
            stage.look(look, self.dying(killed_at))
        return len(self.shelf.posts) - before

    def receive(self, page: Page) -> Received:
        self.new += [post.external_id for post in page.posts if post.external_id not in self.shelf.posts]
        return self.shelf.receive(page)

    def dying(self, at: int) -> Callable[[], None]:
        def before_answer() -> None:
            self.requests += 1
            if self.requests == at:
                raise Killed

        return before_answer

    @property
    def deleted(self) -> list[str]:
        return [identity for identity, post in self.shelf.posts.items() if post.deleted]

    @property
    def has_all(self) -> bool:
        return set(self.stage.texts()) <= set(self.shelf.posts)


@pytest.fixture(params=STAGES)
def reader(request: pytest.FixtureRequest) -> Reader:
    return Reader(STAGES[request.param]())


def test_three_hundred_new_posts_arrive_over_looks_of_fifty(reader: Reader) -> None:
    reader.write(60)
    while reader.look():
        pass
    reader.write(300)
    brought = [reader.look() for _ in range(12)]
    assert sum(brought) == 300
    assert reader.has_all
    assert brought[-1] == 0


def test_afterwards_an_unchanged_place_costs_what_it_did_before(reader: Reader) -> None:
    reader.write(10)
    for _ in range(3):
        reader.look()
    before = reader.requests
    reader.write(300)
    for _ in range(12):
        reader.look()
    rows = len(reader.shelf.pages)
    reader.look()
    assert reader.requests == before <= reader.stage.idle
    assert not [page for page in reader.shelf.pages[rows:] if page.cursor != reader.shelf.cursor]


@pytest.mark.parametrize("at", range(1, 16, 2))
def test_a_look_that_dies_anywhere_loses_nothing(reader: Reader, at: int) -> None:
    reader.write(30)
    while reader.look():
        pass
    reader.write(70)
    reader.look(killed_at=at)
    reader.write(20)
    for _ in range(8):
        reader.look()
    assert reader.has_all
    assert len(reader.new) == len(set(reader.new))


@pytest.mark.parametrize("at", range(1, 16, 3))
def test_a_first_look_that_dies_anywhere_loses_nothing(reader: Reader, at: int) -> None:
    reader.write(80)
    reader.look(killed_at=at, max_pages=3)
    for _ in range(30):
        reader.look(max_pages=3)
    assert reader.has_all


@pytest.mark.parametrize("full", [False, True])
def test_in_the_dark_nobody_is_deleted_and_in_the_light_the_one_who_is_gone(reader: Reader, full: bool) -> None:
    reader.write(22)
    while reader.look():
        pass
    gone = list(reader.stage.texts())[-2]
    reader.stage.delete(gone)
    reader.stage.dark = True
    reader.look(full=full)
    assert reader.deleted == []
    reader.stage.dark = False
    for _ in range(4):
        reader.look(full=True)
    assert reader.deleted == [gone]
