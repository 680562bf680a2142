"""A page of very many posts is stored in portions, between which everybody else gets a turn; the cursor comes last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import CrawlReport, Page, Post, Received
from crawler.look import PORTION, Look
from crawler.pages.result import PageRead
from tests.spiders.conftest import local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Site

URL = "https://laden.example/"
MANY = 2 * PORTION + 50


def posts(number: int, text: str = "gut") -> list[Post]:
    return [Post(str(one), text=text) for one in range(number)]


async def test_the_last_posts_of_the_list_are_stored_first_and_the_cursor_with_the_last_portion() -> None:
    shelf = Shelf()
    look = Look(local(URL, cursor={"digest": "before"}), shelf.receive)
    await look.store(URL, PageRead(posts(MANY)), {"digest": "after"})
    assert [len(page.posts) for page in shelf.pages] == [50, PORTION, PORTION]
    assert [page.cursor["digest"] for page in shelf.pages] == ["before", "before", "after"]
    assert shelf.pages[-1].posts[0].external_id == "0"


@pytest.mark.parametrize("number", [0, 1, PORTION])
async def test_a_usual_page_is_stored_at_once(number: int) -> None:
    shelf = Shelf()
    await Look(local(URL), shelf.receive).store(URL, PageRead(posts(number)), {"digest": "x"})
    assert [len(page.posts) for page in shelf.pages] == [number]


async def test_what_was_done_is_told_as_of_one_page() -> None:
    shelf = Shelf()
    look = Look(local(URL), shelf.receive)
    first = await look.store(URL, PageRead(posts(MANY)), {})
    second = await look.store(URL, PageRead([*posts(1, "anders"), *posts(MANY)[1:]]), {})
    assert first is not None
    assert second is not None
    assert (first.seen, first.new, first.standing) == (MANY, MANY, [0] * MANY)
    numbers = {external_id: number for number, external_id in enumerate(shelf.posts, 1)}
    assert (second.seen, second.new, second.changed) == (MANY, 0, 1)
    assert second.standing == [0, *(numbers[str(one)] for one in range(1, MANY))]
    assert (look.report.seen, look.report.new, look.report.changed) == (2 * MANY, MANY, 1)


def test_a_page_is_known_if_all_its_portions_are() -> None:
    known, news, nothing = Received(seen=1, known_only=True), Received(seen=1, new=1), Received()
    assert known.under(known).known_only
    assert nothing.under(known).known_only
    assert not news.under(known).known_only
    assert not known.under(news).known_only


async def test_others_get_a_turn_between_two_portions() -> None:
    events: list[str] = []

    def receive(page: Page) -> Received:
        events.append("portion")
        return Received()

    async def other() -> None:
        events.append("other")

    look = Look(local(URL), receive)
    await asyncio.gather(look.store(URL, PageRead(posts(MANY)), {}), other())
    assert events == ["portion", "other", "portion", "portion"]


async def test_a_store_that_fails_in_the_middle_keeps_the_cursor_and_ends_the_look() -> None:
    shelf = Shelf()

    def receive(page: Page) -> Received:
        shelf.error = OSError("no room") if shelf.pages else None
        return shelf.receive(page)

    look = Look(local(URL, cursor={"digest": "before"}), receive)
    assert await look.store(URL, PageRead(posts(MANY)), {"digest": "after"}) is None
    assert str(look.failure) == "no room"
    assert (len(shelf.posts), look.cursor) == (50, {"digest": "before"})


def test_what_was_not_stored_of_a_page_comes_with_the_next_look(
    site: Site, run: Callable[[Any], Any], look: Callable[..., CrawlReport], shelf: Shelf
) -> None:
    site["/"] = page(*map(review, range(MANY)))
    assert look(local(f"{site.url}/")).new == MANY
    gone = list(shelf.posts)[50:]
    for external_id in gone:
        del shelf.posts[external_id]
    shelf.cursor = {}
    report = look(local(f"{site.url}/"))
    assert (report.new, report.health, len(shelf.posts)) == (len(gone), "ok", MANY)
