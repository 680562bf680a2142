"""Servers that misbehave: each gives a clear sentence, a degraded source, and an end in bounded time."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.run import Limits
from crawler.text import MAX_TEXT
from tests.spiders.conftest import local
from tests.spiders.markup import block, page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Asked, Site

Look = Callable[..., CrawlReport]


def in_turn(*answers: Answer) -> Callable[[Asked], Answer]:
    """One answer after the other, the last one for ever."""
    left = list(answers)
    return lambda _asked: left.pop(0) if len(left) > 1 else left[0]


def test_429_with_a_short_retry_after_is_waited_for(site: Site, look: Look) -> None:
    busy = Answer(status=429, headers={"Retry-After": "1"})
    site["/"] = in_turn(busy, Answer(page(review(1))))
    started = time.monotonic()
    report = look(local(f"{site.url}/"))
    assert (report.new, report.requests, report.health) == (1, 2, "ok")
    assert time.monotonic() - started >= 1


def test_429_with_a_long_retry_after_ends_the_look_and_names_the_time(site: Site, look: Look) -> None:
    site["/"] = Answer(status=429, headers={"Retry-After": "3600"})
    report = look(local(f"{site.url}/"))
    assert (report.health, report.requests) == ("degraded", 1)
    assert "come less often" in report.errors[0]
    assert "3600 s" in report.errors[0]


def test_a_server_that_is_always_busy_is_asked_twice_at_most(site: Site, look: Look) -> None:
    site["/"] = Answer(status=503, headers={"Retry-After": "0"})
    assert look(local(f"{site.url}/")).requests == 2


def test_a_short_server_error_is_repeated_once(site: Site, look: Look) -> None:
    site["/"] = in_turn(Answer(status=502), Answer(page(review(1))))
    assert look(local(f"{site.url}/")).health == "ok"


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "login"), (403, "refuses"), (404, "does not exist"), (410, "removed"), (418, "418"), (500, "500")],
)
def test_an_error_page_is_named_and_nothing_stored(
    site: Site, look: Look, shelf: Shelf, status: int, words: str
) -> None:
    site["/"] = Answer(page(review(1)), status=status)
    report = look(local(f"{site.url}/"))
    assert (report.health, shelf.pages) == ("degraded", [])
    assert words in report.errors[0]


def test_robots_txt_is_obeyed_and_said_so(site: Site, look: Look) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nDisallow: /intern", headers={"Content-Type": "text/plain"})
    site["/intern/sessel"] = page(review(1))
    report = look(local(f"{site.url}/intern/sessel"))
    assert (report.health, report.requests, site.paths) == ("degraded", 0, [])
    assert "robots.txt forbids it" in report.errors[0]


def test_a_host_that_does_not_exist_is_named(look: Look) -> None:
    report = look(local("http://gibt-es-nicht.invalid/"))
    assert "cannot be found" in report.errors[0]


def test_a_site_that_is_down_is_named(site: Site, look: Look) -> None:
    report = look(local("http://127.0.0.1:9/"))
    assert "accepts no connection" in report.errors[0]


def test_a_redirect_in_circles_ends(site: Site, look: Look) -> None:
    site["/"] = Answer(status=302, headers={"Location": "/"})
    report = look(local(f"{site.url}/"))
    assert "circles" in report.errors[0]
    assert report.requests <= 6


def test_a_page_that_drips_is_given_up_in_time(site: Site, look: Look) -> None:
    drops: list[bytes] = []

    def drip(wfile: Any) -> None:
        """Ten drops a second at most, fewer on a busy machine, which slows down the reader as well."""
        for _ in range(100):
            wfile.write(b" ")
            wfile.flush()
            drops.append(b" ")
            time.sleep(0.1)

    site["/"] = Answer(headers={"Content-Length": "1000000"}, stream=drip)
    report = look(local(f"{site.url}/"), Limits(request_seconds=1, look_seconds=5))
    assert "in time" in report.errors[0]
    assert len(drops) < 40


def endless(site: Site, seconds: Callable[[int], float]) -> None:
    """A list of one review a page that always goes on; `seconds` is how long each page takes."""

    def answer(asked: Asked) -> Answer:
        number = int(asked.path.rpartition("=")[2]) if "=" in asked.path else 1
        time.sleep(seconds(number))
        return Answer(page(review(number), head=f'<link rel="next" href="/liste?page={number + 1}">'))

    site["/liste"] = site.pages["/liste?"] = answer


def test_a_look_at_a_list_that_never_ends_leaves_the_rest_to_later_ones(site: Site, look: Look, shelf: Shelf) -> None:
    endless(site, lambda _number: 0.2)
    report = look(local(f"{site.url}/liste", max_pages=1000), Limits(look_seconds=1))
    assert (report.health, shelf.cursor["rest"]["pages"]) == ("ok", report.pages)
    assert look(local(f"{site.url}/liste", max_pages=1000), Limits(look_seconds=1)).new >= 1


def test_a_look_that_is_broken_off_goes_on_where_it_was(site: Site, look: Look, shelf: Shelf) -> None:
    endless(site, lambda number: 2 if number == 3 else 0)
    report = look(local(f"{site.url}/liste", max_pages=1000), Limits(look_seconds=1))
    assert "longer than 1 s" in report.errors[-1]
    assert shelf.cursor["rest"] == {"url": f"{site.url}/liste?page=2", "pages": 2, "known": 0}


@pytest.mark.parametrize("announced", [True, False])
def test_a_huge_page_is_not_read(site: Site, look: Look, announced: bool) -> None:
    body = page(review(1)) + " " * 6_000_000
    if announced:
        site["/"] = body
    else:
        size = f"{len(body.encode()):x}".encode()
        chunked = size + b"\r\n" + body.encode() + b"\r\n0\r\n\r\n"
        site["/"] = Answer(chunked, headers={"Transfer-Encoding": "chunked", "Content-Length": ""})
    report = look(local(f"{site.url}/"))
    assert (report.health, report.seen) == ("degraded", 0)


@pytest.mark.parametrize(("coding", "pack"), [("gzip", gzip.compress), ("deflate", zlib.compress)])
def test_a_page_that_unpacks_without_end_is_not_read(
    site: Site, look: Look, coding: str, pack: Callable[[bytes], bytes]
) -> None:
    site["/"] = Answer(pack(b"<p>" * 10_000_000), headers={"Content-Encoding": coding})
    report = look(local(f"{site.url}/"))
    assert "too big" in report.errors[0]


def test_a_page_cut_off_in_the_middle_is_not_mistaken_for_whole(site: Site, look: Look, shelf: Shelf) -> None:
    body = page(*(review(number) for number in range(20)))

    def hang_up(wfile: Any) -> None:
        wfile.write(body.encode()[: len(body) // 2])
        raise OSError

    site["/"] = Answer(headers={"Content-Length": str(len(body.encode()))}, stream=hang_up)
    report = look(local(f"{site.url}/"))
    assert (report.health, shelf.pages) == ("degraded", [])


HOSTILE = {
    "40,000 attributes": "<div " + " ".join(f"a{n}=1" for n in range(40_000)) + ">",
    "many tags of many attributes": ("<i " + " ".join(f"a{n}" for n in range(2_000)) + ">") * 300,
    "200,000 nested elements": "<div>" * 200_000,
    "a tag without an end": "<div title='" + "x" * 2_000_000,
    "quotes that never pair": "<a '" * 400_000,
    "comments that never end": "<!--" * 400_000,
    "scripts that never end": "<script>" * 200_000,
    "nested JSON": block("[" * 200_000),
    "a number of a million digits": block("9" * 1_000_000),
    "many empty blocks": block("") * 20_000,
    "half a million reviews": block('{"@type":"Review","reviewBody":"x"},' * 100_000),
    "nested item scopes": '<div itemscope itemtype="https://schema.org/Review" itemprop="review">' * 400,
    "item references to itself": '<div itemscope itemref="x" id="x" itemprop="a">' * 300,
    "escapes": "&amp;" * 900_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_costs_at_most_five_seconds(site: Site, look: Look, name: str) -> None:
    site["/"] = HOSTILE[name]
    started = time.process_time()
    report = look(local(f"{site.url}/"), Limits(request_seconds=20, look_seconds=60))
    assert time.process_time() - started < 5
    assert report.errors


def test_a_review_of_endless_tags_is_cut_and_costs_little(site: Site, look: Look, shelf: Shelf) -> None:
    site["/"] = block('{"@type":"Review","reviewBody":"' + "<p " * 400_000 + '"}')
    started = time.process_time()
    look(local(f"{site.url}/"))
    assert time.process_time() - started < 5
    assert [len(post.text) <= MAX_TEXT for post in shelf.posts.values()] == [True]


def test_one_broken_block_among_good_ones_is_named_and_costs_nothing_else(site: Site, look: Look) -> None:
    site["/"] = f"<html><head>{block('{kaputt')}</head><body>{page(review(1), review(2))}</body></html>"
    report = look(local(f"{site.url}/"))
    assert (report.new, report.health) == (2, "ok")
    assert "block 1" in report.errors[0]


def test_a_page_that_lost_its_reviews_is_degraded_and_keeps_its_cursor(site: Site, look: Look, shelf: Shelf) -> None:
    target = local(f"{site.url}/")
    site["/"] = page(review(1), review(2))
    look(target)
    before = shelf.cursor
    site["/"] = "<html><h1>Wir ziehen um</h1></html>"
    report = look(target)
    assert (report.health, shelf.cursor) == ("degraded", before)
    assert "2 posts stood here" in report.errors[0]


def test_a_page_that_never_had_reviews_is_degraded(site: Site, look: Look) -> None:
    site["/"] = "<html><p>Willkommen</p></html>"
    report = look(local(f"{site.url}/"))
    assert report.health == "degraded"
    assert "No posts were found" in report.errors[0]


def test_a_product_without_any_review_yet_is_fine(site: Site, look: Look) -> None:
    site["/"] = page(total=0)
    assert look(local(f"{site.url}/")).health == "ok"


def test_an_empty_answer_is_degraded(site: Site, look: Look) -> None:
    site["/"] = ""
    assert look(local(f"{site.url}/")).health == "degraded"


class Full(Exception):
    """Stands for a store without room."""


def test_what_intake_raises_reaches_the_caller_and_leaves_the_cursor(
    run: Callable[[Any], Any], site: Site, look: Look, shelf: Shelf
) -> None:
    site["/"] = page(review(1), head='<link rel="next" href="/2">')
    shelf.error = Full("no room")
    with pytest.raises(Full):
        look(local(f"{site.url}/"))
    assert (shelf.cursor, site.paths) == ({}, ["/"])


def test_an_unknown_kind_is_named(look: Look) -> None:
    report = look(local("http://127.0.0.1/", kind="brieftaube"))
    assert (report.health, "brieftaube" in report.errors[0]) == ("degraded", True)
