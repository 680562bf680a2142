"""Manners at work: what a host asks for is done across looks and processes, and said to the operator with its time."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.hosts import LONGEST_DELAY
from crawler.items import CrawlReport, Target
from crawler.look import Look
from crawler.patience import ROBOTS_BYTES, Patience
from crawler.run import Crawler, Limits, read_from
from crawler.sessions import InMemory
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site, running_site

Looks = Callable[[Target], CrawlReport]
NEXT = '<link rel="next" href="/{}">'
ROBOTS = {"Content-Type": "text/plain"}


@pytest.fixture
def crawler() -> Crawler:
    """One crawler for all looks of a test, as a worker has it."""
    return Crawler(QUICK)


@pytest.fixture
def again(run: Callable[[Any], Any], crawler: Crawler) -> Looks:
    """Look once more with that crawler, each time as if for the first time."""

    def once(target: Target) -> CrawlReport:
        report: CrawlReport = run(crawler.crawl(target, Shelf().receive))
        return report

    return once


@pytest.fixture
def other() -> Iterator[Site]:
    with running_site() as running:
        yield running


def busy(seconds: float | str, status: int = 429) -> Answer:
    return Answer(status=status, headers={"Retry-After": str(seconds)})


def minutes(report: CrawlReport) -> float:
    """How far ahead the look says that the next one makes sense."""
    assert report.not_before is not None
    return (report.not_before - datetime.now(UTC)).total_seconds() / 60


def test_a_storm_of_429_gets_one_request_per_retry_after(site: Site, again: Looks) -> None:
    for path in ("/", "/a", "/b"):
        site[path] = busy(600)
    for path in ("/", "/a", "/b") * 5:
        report = again(local(site.url + path))
    assert site.paths == ["/"]
    assert (report.requests, report.health) == (0, "waiting")
    assert 9.9 < minutes(report) <= 10


def test_a_storm_of_429_that_spares_not_even_robots_txt_gets_one_request(site: Site, again: Looks) -> None:
    site["/robots.txt"] = site["/"] = busy(600)
    reports = [again(local(f"{site.url}/")) for _ in range(5)]
    assert [asked.path for asked in site.asked] == ["/robots.txt"]
    assert [report.health for report in reports] == ["degraded"] + ["waiting"] * 4


def test_a_storm_in_one_host_does_not_close_another(site: Site, other: Site, again: Looks) -> None:
    site["/"], other["/"] = busy(600), page(review(1))
    assert again(local(f"{site.url}/")).health == "degraded"
    assert again(local(f"{other.url}/")).new == 1


def test_when_the_time_is_over_the_host_is_asked_again(site: Site, crawler: Crawler, again: Looks) -> None:
    crawler.hosts.failed(site.url.removeprefix("http://"), 600, datetime.now(UTC) - timedelta(minutes=10))
    site["/"] = page(review(1))
    assert again(local(f"{site.url}/")).new == 1


def test_the_next_process_keeps_what_the_host_asked_for(run: Callable[[Any], Any], site: Site) -> None:
    site["/"] = busy(600)
    kept = InMemory()
    target = local(f"{site.url}/")
    for _ in range(3):
        report = run(Crawler(QUICK, sessions=kept).crawl(target, Shelf().receive))
    assert (len(site.paths), report.health) == (1, "waiting")


@pytest.mark.parametrize(
    ("looks", "words"), [(1, "Nothing is sent there before"), (2, "was not asked: its host wants no request before")]
)
def test_the_operator_is_told_when_it_goes_on(site: Site, again: Looks, looks: int, words: str) -> None:
    site["/"] = busy(600)
    report = [again(local(f"{site.url}/")) for _ in range(looks)][-1]
    told = re.search(rf"{words} (\d{{4}}-\d\d-\d\d \d\d:\d\d) UTC\.$", report.errors[0])
    assert told is not None
    assert report.not_before is not None
    late = datetime.fromisoformat(f"{told[1]}+00:00") - report.not_before
    assert timedelta() <= late < timedelta(minutes=1)


LIMITS = {
    "Mastodon": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "{iso}"},
    "Bluesky": {"RateLimit-Remaining": "0", "RateLimit-Reset": "{epoch}", "RateLimit-Policy": "30;w=300"},
    "Reddit": {"X-RateLimit-Remaining": "0.0", "X-RateLimit-Reset": "300"},
}


@pytest.mark.parametrize("platform", LIMITS)
def test_a_limit_that_the_last_good_answer_used_up_is_waited_for(site: Site, again: Looks, platform: str) -> None:
    reset = datetime.now(UTC) + timedelta(minutes=5)
    words = {"iso": reset.isoformat(), "epoch": str(int(reset.timestamp()))}
    headers = {name: value.format(**words) for name, value in LIMITS[platform].items()}
    site["/"] = Answer(page(review(1)), headers=headers)
    first, second = again(local(f"{site.url}/")), again(local(f"{site.url}/"))
    assert (first.health, first.new, second.health) == ("ok", 1, "waiting")
    assert 4.9 < minutes(first) <= 5
    assert site.paths == ["/"]


def test_a_limit_used_up_between_two_pages_ends_the_look_unfinished(
    run: Callable[[Any], Any], site: Site, crawler: Crawler, shelf: Shelf
) -> None:
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "300"}
    site["/1"] = Answer(page(review(1), head=NEXT.format(2)), headers=headers)
    report = run(crawler.crawl(local(f"{site.url}/1"), shelf.receive))
    assert (report.new, report.health, site.paths) == (1, "degraded", ["/1"])
    assert shelf.cursor["rest"]["pages"] == 1
    assert "wants no request before" in report.errors[0]


def test_repeated_failures_close_the_host_and_the_next_look_sends_nothing(site: Site, again: Looks) -> None:
    site["/"] = site["/a"] = Answer(status=500)
    reports = [again(local(site.url + path)) for path in ("/", "/a", "/", "/a")]
    assert len(site.paths) == 2
    assert [report.health for report in reports] == ["degraded"] + ["waiting"] * 3
    assert "failed 2 times in a row and is left alone until" in reports[-1].errors[0]


def test_a_host_that_opens_again_gets_one_request_and_all_if_that_is_good(
    site: Site, crawler: Crawler, again: Looks
) -> None:
    name = site.url.removeprefix("http://")
    for ago in (300, 200, 100):
        crawler.hosts.failed(name, None, datetime.now(UTC) - timedelta(seconds=ago))
    site["/"] = Answer(status=302, headers={"Location": "/a"})
    site["/a"] = page(review(1))
    assert (again(local(f"{site.url}/")).new, again(local(f"{site.url}/a")).new) == (1, 1)


def test_a_bad_trial_is_not_repeated(site: Site, crawler: Crawler, again: Looks) -> None:
    name = site.url.removeprefix("http://")
    for ago in (300, 200, 100):
        crawler.hosts.failed(name, None, datetime.now(UTC) - timedelta(seconds=ago))
    site["/"] = Answer(status=502)
    assert (again(local(f"{site.url}/")).health, again(local(f"{site.url}/")).health) == ("degraded", "waiting")
    assert site.paths == ["/"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_is_asked_once_told_and_not_gone_around(site: Site, again: Looks, status: int) -> None:
    site["/"] = Answer(status=status)
    report = again(local(f"{site.url}/"))
    assert (report.health, site.paths) == ("degraded", ["/"])


@pytest.mark.parametrize("status", [403, 503])
def test_a_captcha_is_named_and_not_gone_around(site: Site, again: Looks, status: int) -> None:
    site["/"] = Answer(status=status, headers={"CF-Mitigated": "challenge"})
    assert f"is guarded by a captcha ({status})" in again(local(f"{site.url}/")).errors[0]


def test_sources_that_a_host_refuses_one_after_the_other_close_it(site: Site, again: Looks) -> None:
    for number in range(4):
        site[f"/{number}"] = Answer(status=403)
    reports = [again(local(f"{site.url}/{number}")) for number in range(4)]
    assert site.paths == ["/0", "/1"]
    assert [report.health for report in reports] == ["degraded", "degraded", "waiting", "waiting"]


def test_single_items_that_one_look_may_not_see_do_not_close_the_host() -> None:
    url = "https://laden.example/wp-json/wp/v2/comments/7"
    look = Look(local(url), Shelf().receive)
    patience = Patience(look, 0, 5, "Gelassen")
    for _ in range(20):
        patience.after(Request(url), Response(url, status=403))
    assert look.hosts.check("laden.example", 5, datetime.now(UTC)) < 2


def serve(site: Site, *paths: str) -> None:
    """Serve pages that link to each other."""
    for number, path in enumerate(paths):
        following = NEXT.format(paths[number + 1].strip("/")) if number + 1 < len(paths) else ""
        site[path] = page(review(number), head=following)


@pytest.fixture
def moments(crawler: Crawler, monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When pages are asked for, by the clock of the crawler: a busy machine delays what arrives at the site."""
    sent, asked = crawler.hosts.sent, list[datetime]()

    def note(name: str, now: datetime) -> None:
        asked.append(now)
        sent(name, now)

    monkeypatch.setattr(crawler.hosts, "sent", note)
    return asked


def gaps(moments: list[datetime]) -> list[float]:
    """Seconds between them."""
    return [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]


def test_pages_are_as_far_apart_as_robots_txt_asks(site: Site, again: Looks, moments: list[datetime]) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.5", headers=ROBOTS)
    serve(site, "/1", "/2", "/3")
    assert again(local(f"{site.url}/1")).new == 3
    assert len(moments) == 3
    assert min(gaps(moments)) >= 0.49


def test_the_delay_of_the_source_counts_if_it_is_larger(site: Site, again: Looks, moments: list[datetime]) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 0.1", headers=ROBOTS)
    serve(site, "/1", "/2")
    again(local(f"{site.url}/1", delay_seconds=0.5))
    assert site.paths == ["/1", "/2"]
    assert gaps(moments)[0] >= 0.49


def test_two_looks_at_one_host_keep_their_distance(site: Site, again: Looks, moments: list[datetime]) -> None:
    serve(site, "/1")
    for _ in range(3):
        again(local(f"{site.url}/1", delay_seconds=0.4))
    assert len(moments) == 3
    assert min(gaps(moments)) >= 0.39


def test_a_crawl_delay_beyond_reason_is_kept_in_part_and_said_so(site: Site, again: Looks) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nCrawl-delay: 3600", headers=ROBOTS)
    site["/"] = page(review(1))
    report = again(local(f"{site.url}/"))
    assert (report.health, report.new) == ("ok", 1)
    assert f"asks for 3600 s between two pages; {LONGEST_DELAY:g} s are kept" in report.errors[0]


def test_of_a_robots_txt_without_end_only_the_beginning_is_read(site: Site, again: Looks) -> None:
    lines = "User-agent: *\n" + "Allow: /x\n" * (ROBOTS_BYTES // len("Allow: /x\n") - 2)
    cut = "Disallow: /nothing" + "g" * 100
    site["/robots.txt"] = Answer(f"{lines}{cut}\nDisallow: /\n", headers=ROBOTS)
    site["/nothi"] = page(review(1))
    assert again(local(f"{site.url}/nothi")).new == 1


def test_a_host_that_does_not_give_out_its_robots_txt_is_asked_for_nothing_else(site: Site, again: Looks) -> None:
    def hang_up(_wfile: Any) -> None:
        raise OSError

    site["/robots.txt"] = Answer(headers={"Content-Length": "10"}, stream=hang_up)
    site["/"] = page(review(1))
    report = again(local(f"{site.url}/"))
    assert (report.health, report.new, site.paths) == ("degraded", 0, [])


@pytest.fixture
def silent() -> Iterator[str]:
    """A host that accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_a_silent_host_costs_one_time_limit_and_does_not_delay_the_others(
    run: Callable[[Any], Any], site: Site, silent: str
) -> None:
    site["/"] = page(review(1))
    crawler = Crawler(Limits(request_seconds=2, look_seconds=10, longest_wait=1))
    ended: list[str] = []

    async def look(url: str) -> CrawlReport:
        report = await crawler.crawl(local(url), Shelf().receive)
        ended.append(url)
        return report

    async def both() -> list[CrawlReport]:
        return list(await asyncio.gather(look(silent), look(f"{site.url}/")))

    slow, fast = run(both())
    assert ended == [f"{site.url}/", silent]
    assert (fast.new, slow.health) == (1, "degraded")
    assert "did not answer in time" in slow.errors[0]


def test_looks_side_by_side_keep_their_settings_and_counts_apart(
    run: Callable[[Any], Any], site: Site, other: Site
) -> None:
    site["/"], site["/2"] = page(review(1), head=NEXT.format(2)), page(review(2))
    other["/"] = page(review(1))
    crawler = Crawler(QUICK)
    allowed, forbidden = local(f"{site.url}/"), replace(local(f"{other.url}/"), allow_private=False, source_id=2)
    shelves = [Shelf(), Shelf(), Shelf()]

    async def all_at_once() -> list[CrawlReport]:
        targets = (allowed, forbidden, replace(allowed, address=f"{other.url}/", source_id=3))
        looks = (crawler.crawl(target, shelf.receive) for target, shelf in zip(targets, shelves, strict=True))
        return list(await asyncio.gather(*looks))

    two, refused, one = run(all_at_once())
    assert [(report.requests, report.new) for report in (two, refused, one)] == [(2, 2), (0, 0), (1, 1)]
    assert "not public" in refused.errors[0]
    assert [{page.source_id for page in shelf.pages} for shelf in shelves] == [{1}, set(), {3}]


def test_whoever_watches_hears_whose_answer_is_worked_on(run: Callable[[Any], Any], site: Site) -> None:
    heard: list[int] = []
    site["/"] = page(review(1))

    def receive(page: Any) -> Any:
        assert heard[-1] == page.source_id
        return Shelf().receive(page)

    crawler = Crawler(QUICK)
    crawler.on_work = heard.append
    report = run(crawler.crawl(local(f"{site.url}/"), receive))
    assert report.errors == []
    assert set(heard) == {1}


@pytest.mark.parametrize(
    ("kind", "address", "settings", "host"),
    [
        ("schema_org", "https://laden.example/sessel", {}, "laden.example"),
        ("wordpress", "https://laden.example/", {"api": "https://api.example/wp-json"}, "api.example"),
        ("brieftaube", "https://laden.example/", {}, "laden.example"),
        ("feed", "irgendwas", {}, "irgendwas"),
    ],
)
def test_it_is_known_beforehand_where_a_source_is_read(
    kind: str, address: str, settings: dict[str, Any], host: str
) -> None:
    assert read_from(kind, address, settings) == host
