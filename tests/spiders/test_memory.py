"""What a look at a conversation remembers: news, what vanished from the newest page, what is unanswered."""

from __future__ import annotations

import pytest

from crawler.items import Post
from crawler.pages.talk import Listing, Said, answers
from crawler.spiders.memory import KEEP, Memory

OWN = "laden"


def said(name: str, version: str = "1", replies: int | None = 0) -> Said:
    return Said(Post(name, author_id=name), version, replies)


def listing(names: str, *, whole: bool = False) -> Listing:
    return Listing([said(name) for name in names], whole=whole)


def memory(window: str) -> Memory:
    """One that knows every post of its window, by letters, newest first."""
    fresh = Memory({})
    for name in reversed(window):
        fresh.note(said(name), replies=0, answered=False)
    fresh.turn_to(listing(window))
    return fresh


@pytest.mark.parametrize(
    ("now", "is_news"),
    [
        (said("a"), False),
        (said("a", replies=None), False),
        (said("a", "2"), True),
        (said("a", replies=1), True),
        (said("b"), True),
    ],
)
def test_news_are_new_posts_edits_and_other_numbers_of_replies(now: Said, is_news: bool) -> None:
    assert memory("a").is_news(now) is is_news


def test_a_post_whose_thread_has_still_to_be_read_stays_news() -> None:
    fresh = memory("")
    fresh.note(said("a"), replies=None, answered=False)
    assert fresh.is_news(said("a", replies=2))


@pytest.mark.parametrize(
    ("before", "now", "whole", "vanished"),
    [
        ("cba", "cba", False, ""),
        ("cba", "ca", False, "b"),
        ("cba", "dcb", False, ""),
        ("cba", "dc", False, ""),
        ("cba", "dcb", True, "a"),
        ("cba", "ba", False, "c"),
        ("cba", "bax", False, "c"),
        ("cba", "zyx", False, ""),
        ("cba", "zyx", True, "cba"),
        ("cba", "", True, "cba"),
        ("", "ba", False, ""),
    ],
    ids=str,
)
def test_vanished_is_what_is_missing_among_posts_that_are_there(
    before: str, now: str, whole: bool, vanished: str
) -> None:
    assert "".join(memory(before).vanished(listing(now, whole=whole))) == vanished


def test_what_was_never_a_customers_post_does_not_vanish() -> None:
    fresh = memory("ca")
    fresh.turn_to(listing("cba"))
    assert fresh.vanished(listing("ca", whole=True)) == []


@pytest.mark.parametrize(
    ("now", "whole", "misses"), [("zyx", False, True), ("zyc", False, False), ("zyx", True, False), ("", False, False)]
)
def test_posts_are_missed_where_nothing_known_is_in_sight(now: str, whole: bool, misses: bool) -> None:
    assert memory("cba").misses(listing(now, whole=whole)) is misses


def test_vanished_posts_that_were_not_asked_for_vanish_again() -> None:
    fresh = memory("cba")
    fresh.turn_to(listing("ca"), ["b"])
    assert fresh.vanished(listing("ca")) == ["b"]


def test_unanswered_posts_are_waited_for_newest_first() -> None:
    fresh = memory("dcba")
    fresh.note(said("c"), replies=1, answered=True)
    fresh.settle("a")
    fresh.settle("unknown")
    assert fresh.waiting() == ["d", "b"]


def test_only_so_many_posts_are_remembered() -> None:
    fresh = Memory({})
    for number in range(KEEP + 5):
        fresh.note(said(str(number)), replies=0, answered=False)
    assert list(fresh.known) == [str(number) for number in range(5, KEEP + 5)]


def test_a_cursor_brings_everything_back() -> None:
    before = memory("cba")
    before.note(said("b", "2", 3), replies=3, answered=True)
    before.newest, before.more = "17", {"feeds": ["local"]}
    assert Memory(before.cursor()).cursor() == before.cursor()


def test_answers_in_a_circle_end() -> None:
    first, second = Post("1", author_id=OWN, parent_external_id="2"), Post("2", author_id=OWN, parent_external_id="1")
    assert answers("0", [Said(first), Said(second)], OWN) == []
