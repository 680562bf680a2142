"""What has gone from a first page, and what counts as proof that it is deleted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from crawler.items import Page, Post, Received, Target, Watched
from crawler.look import Look
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.spiders.checking import Again, CheckingSpider, vanished
from tests.spiders.board import run_now

PLACE = "https://laden.example/"


@pytest.mark.parametrize(
    ("before", "now", "whole", "gone"),
    [
        ("cba", "cba", False, ""),
        ("cba", "ca", False, "b"),
        ("cba", "dcb", False, ""),
        ("cba", "dc", False, ""),
        ("cba", "dcb", True, "a"),
        ("cba", "ba", False, "c"),
        ("cba", "bax", False, "c"),
        ("cba", "cbx", False, "a"),
        ("cba", "zyx", False, ""),
        ("cba", "zyx", True, "cba"),
        ("cba", "", True, "cba"),
        ("cba", "", False, ""),
        ("", "ba", False, ""),
    ],
    ids=str,
)
def test_what_is_missing_among_posts_that_are_there_has_gone(before: str, now: str, whole: bool, gone: str) -> None:
    assert "".join(vanished(dict.fromkeys(before, ""), now, whole=whole)) == gone


class Asking(CheckingSpider):
    """Asks a platform that knows the posts in `there`, says nothing about those that are `unclear`, and no others."""

    follows_front = True

    def __init__(self, cursor: dict[str, object] | None = None, *, full: bool = False) -> None:
        self.pages: list[Page] = []
        target = Target(1, "Laden", "", PLACE, cursor=cursor or {}, conditional=not full)
        super().__init__(Look(target, self.receive))
        self.there, self.unclear, self.asked = "", "", ""

    def receive(self, page: Page) -> Received:
        self.pages.append(page)
        return Received()

    def item_url(self, post: Watched) -> str:
        return f"{PLACE}{post.external_id}"

    async def again(self, posts: Sequence[Watched]) -> Again:
        found = Again()
        for post in posts:
            self.asked += post.external_id
            sort = found.unclear if post.external_id in self.unclear else found.missing
            (found.there if post.external_id in self.there else sort).append(post.external_id)
        return found

    def look_at(self, ids: str, total: int | None = None, passed: str = "") -> str:
        """The posts that a look at a whole first page finds deleted."""
        part = Part(self.look, PLACE)
        read = PageRead([Post(identity) for identity in ids], published_total=total, passed=list(passed))
        head = self.watch_front(part, read)
        run_now(part.keep(head))
        run_now(self.check())
        return "".join(post.external_id for page in self.pages for post in page.posts if post.deleted)


def after(ids: str) -> dict[str, object]:
    """The cursor after a look that saw these posts."""
    spider = Asking()
    spider.look_at(ids)
    return spider.look.cursor


def test_who_lives_is_the_witness_that_not_found_means_something() -> None:
    spider = Asking(after("cba"))
    spider.there = "ca"
    assert (spider.look_at("ca"), spider.asked) == ("b", "bc")


def test_our_own_post_is_a_witness_too() -> None:
    spider = Asking(after("b"))
    spider.there = "o"
    assert (spider.look_at("", passed="o"), spider.asked) == ("b", "bo")


def test_one_of_several_that_was_found_is_witness_enough() -> None:
    spider = Asking(after("dcba"))
    spider.there = "c"
    assert (spider.look_at("da"), spider.asked) == ("b", "cb")


def test_without_a_witness_nobody_is_deleted_and_the_daily_look_asks_again() -> None:
    dark = Asking(after("cba"))
    assert dark.look_at("ca") == ""
    later = Asking(dark.look.cursor)
    assert (later.look_at("ca"), later.asked) == ("", "")
    daily = Asking(dark.look.cursor, full=True)
    daily.there = "ca"
    assert daily.look_at("ca") == "b"
    assert "beside" not in daily.look.cursor


@pytest.mark.parametrize("unclear", ["b", "c"])
def test_what_nobody_can_tell_now_is_asked_for_in_the_next_look(unclear: str) -> None:
    first = Asking(after("cba"))
    first.unclear = unclear
    assert first.look_at("ca") == ""
    second = Asking(first.look.cursor)
    second.there = "ca"
    assert second.look_at("ca") == "b"


def test_where_nothing_is_left_the_platforms_own_count_is_the_witness() -> None:
    assert Asking(after("b")).look_at("", total=0) == "b"
    assert Asking(after("b")).look_at("", total=1) == ""
    assert Asking(after("b")).look_at("") == ""


def test_a_look_that_dies_before_it_asks_leaves_the_question_to_the_next() -> None:
    dying = Asking(after("cba"))
    part = Part(dying.look, PLACE)
    run_now(part.keep(dying.watch_front(part, PageRead([Post("c"), Post("a")]))))
    next_one = Asking(dying.look.cursor)
    next_one.there = "ca"
    assert next_one.look_at("ca") == "b"


def test_no_more_than_ten_are_asked_for_in_one_look() -> None:
    cursor, gone = after("0123456789abcdefghijx"), ""
    for _ in range(3):
        spider = Asking(cursor)
        spider.there = "x"
        gone += spider.look_at("x")
        cursor = spider.look.cursor
    assert gone == "0123456789abcdefghij"
