"""Whose text it is, and under which post an answer of the business belongs."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from datetime import datetime

import pytest

from crawler.items import Post, Received, Target
from crawler.look import Look
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts, hang
from crawler.spiders.threads import ThreadSpider

MARK = """
from crawler.items import Target
from crawler.look import Look
from crawler.pages.result import PageRead
from crawler.spiders.threads import ThreadSpider
spider = ThreadSpider(Look(Target(1, "", "", ""), lambda page: None))
print(spider.digest_of(PageRead(own={str(number) for number in range(9)})))
"""


def said(identity: str, above: str = "") -> Post:
    return Post(identity, f"Text {identity}", parent_external_id=above)


def test_an_answer_under_our_answer_goes_to_the_customer_above() -> None:
    hung = hang([said("3", "2"), said("2", "1"), said("1")], {"2", "3"})
    assert [(post.external_id, [reply.external_id for reply in post.owner_replies]) for post in hung.posts] == [
        ("1", ["3", "2"])
    ]


def test_an_answer_to_what_is_not_at_hand_names_it() -> None:
    hung = hang([said("9", "8"), said("8", "1")], {"8", "9"})
    assert (hung.posts, hung.missing) == ([], {"9": "1", "8": "1"})


def test_what_we_wrote_of_ourselves_and_a_circle_answer_nobody() -> None:
    hung = hang([said("1"), said("2", "3"), said("3", "2")], {"1", "2", "3"})
    assert (hung.posts, hung.missing) == ([], {})


def test_a_post_that_stands_in_two_lists_is_one() -> None:
    [post] = hang([said("1"), said("2", "1"), said("1"), said("2", "1")], {"2"}).posts
    assert [reply.external_id for reply in post.owner_replies] == ["2"]


@pytest.mark.parametrize("own", ["rosi", "@Rosi", "u/rosi", "/u/rosi"])
def test_an_account_by_its_name(own: str) -> None:
    accounts = Accounts.of([7], [own])
    assert accounts.wrote("1", "ROSI")
    assert accounts.wrote("7", "anders")
    assert not accounts.wrote("1", "rosi2")
    assert not accounts.wrote("", "")


def test_another_process_sees_that_nothing_changed() -> None:
    marks = {
        subprocess.run(
            [sys.executable, "-c", MARK], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "12"
    }
    assert len(marks) == 1


NEW, OLD = "2026-11-20T08:00:00+00:00", "2026-10-01T08:00:00+00:00"


def known_of(spider: ThreadSpider, *posts: Post) -> list[bool]:
    """Whether the answers under these posts are known after they were completed."""
    read = PageRead(list(posts))
    with suppress(StopIteration):
        spider.complete(read).send(None)
    return [not post.answers_unknown for post in read.posts]


def at(time: str, identity: str, above: str = "") -> Post:
    return Post(identity, created_at=datetime.fromisoformat(time), parent_external_id=above)


def test_what_stands_below_pages_that_were_not_read_may_be_answered_there() -> None:
    spider = ThreadSpider(Look(Target(1, "", "", ""), lambda _page: Received()))
    assert known_of(spider, at(OLD, "1")) == [True]
    spider.from_front = False
    assert known_of(spider, at(OLD, "1")) == [False]


def test_a_post_that_is_older_than_all_comments_that_were_read_may_be_answered_below_them() -> None:
    spider = ThreadSpider(Look(Target(1, "", "", ""), lambda _page: Received()))
    spider.met(PageRead([at(NEW, "8", above="1")], next_url="https://forum.example/?page=2"))
    assert known_of(spider, at(NEW, "2"), at(OLD, "1")) == [True, False]
    spider.met(PageRead([at(OLD, "3", above="1")]))
    assert known_of(spider, at(OLD, "1")) == [True]
