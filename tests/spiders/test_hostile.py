"""Documents and servers made to harm: each costs a few seconds at most, gives a sentence, and stops nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from crawler.items import CrawlReport
from crawler.pages import feed, schema_org
from crawler.run import Limits
from tests.spiders.conftest import local
from tests.spiders.hostile import FEEDS, PAGES
from tests.spiders.markup import page, review
from tests.spiders.rawsite import MISDEEDS, bombs, misbehaving
from tests.spiders.site import Answer, Asked, Site

Look = Callable[..., CrawlReport]
SECONDS = 5
IMPATIENT = Limits(request_seconds=2, look_seconds=8, longest_wait=0.5)


@pytest.mark.heavy
@pytest.mark.parametrize("name", PAGES)
def test_no_page_costs_more_than_five_seconds(name: str) -> None:
    body = PAGES[name]().encode("utf-8", "surrogatepass")
    started = time.process_time()
    schema_org.read(body, "https://laden.example/")
    assert time.process_time() - started < SECONDS


@pytest.mark.heavy
@pytest.mark.parametrize("name", FEEDS)
def test_no_feed_costs_more_than_five_seconds(name: str) -> None:
    body = FEEDS[name]().encode("utf-8", "surrogatepass")
    started = time.process_time()
    feed.read(body, "https://laden.example/")
    feed.is_feed(body)
    assert time.process_time() - started < SECONDS


@pytest.mark.heavy
@pytest.mark.parametrize("name", MISDEEDS)
def test_no_server_holds_up_the_crawler(look: Look, site: Site, name: str) -> None:
    site["/"] = page(review(1))
    with misbehaving(MISDEEDS[name]) as address:
        started = time.monotonic()
        report = look(local(address), IMPATIENT)
        assert time.monotonic() - started < 12
    assert report.health == "degraded"
    assert report.errors
    assert look(local(f"{site.url}/")).health == "ok"


@pytest.mark.parametrize("name", [name for name in MISDEEDS if "without end" in name and "headers" in name])
def test_headers_without_end_are_given_up_at_once(look: Look, name: str) -> None:
    with misbehaving(MISDEEDS[name]) as address:
        started = time.monotonic()
        report = look(local(address), Limits(request_seconds=20, look_seconds=30, longest_wait=0))
        assert time.monotonic() - started < 10
    assert "as a web server should" in report.errors[0]


@pytest.mark.heavy
def test_no_packed_answer_fills_the_memory(look: Look) -> None:
    for name, bomb in bombs().items():
        with misbehaving(bomb) as address:
            assert look(local(address), IMPATIENT).health == "degraded", name


def test_a_thousand_redirects_are_not_followed(look: Look, site: Site) -> None:
    def onward(asked: Asked) -> Answer:
        return Answer(status=302, headers={"Location": f"/?hop={int(asked.path.partition('=')[2] or 0) + 1}"})

    site["/"] = site.pages["/?"] = onward
    report = look(local(f"{site.url}/"))
    assert report.health == "degraded"
    assert report.requests <= 6


@pytest.mark.parametrize("rule", ["*a" * 40 + "$", "*" * 5_000, "/" + "*a*b" * 1_000, "%" * 5_000, "a" * 100_000])
def test_rules_of_a_robots_txt_are_no_trap(look: Look, site: Site, rule: str) -> None:
    site["/robots.txt"] = Answer(f"User-agent: *\nDisallow: {rule}\n" * 20, headers={"Content-Type": "text/plain"})
    path = "/" + "a" * 1_000 + "b"
    site[path] = page(review(1))
    started = time.process_time()
    look(local(f"{site.url}{path}"))
    assert time.process_time() - started < SECONDS


def test_an_endless_mark_of_a_page_is_not_kept(look: Look, site: Site, shelf: object) -> None:
    site["/"] = Answer(page(review(1)), headers={"ETag": '"' + "e" * 5_000 + '"'})
    assert look(local(f"{site.url}/")).health == "ok"
    assert "etag" not in shelf.cursor  # type: ignore[attr-defined]


def test_marks_of_direction_and_zero_bytes_arrive(look: Look, site: Site, shelf: object) -> None:
    site["/"] = page(review(1, "gut\u202etlhces\x00!", author="Evi\u2066"))
    look(local(f"{site.url}/"))
    [post] = shelf.posts.values()  # type: ignore[attr-defined]
    assert (post.text, post.author_name) == ("gut\u202etlhces\ufffd!", "Evi\u2066")
