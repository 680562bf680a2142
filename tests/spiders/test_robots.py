"""robots.txt is remembered: what counts from memory, for how long, and what is asked for anew."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from scrapy.robotstxt import ProtegoRobotParser

from crawler.items import CrawlReport, Target
from crawler.robots import IN_MEMORY, LONGEST, MOST_KEPT, SHORTEST, Robots, is_good, seconds_good
from crawler.run import Crawler
from crawler.sessions import InMemory
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site, running_site

Looks = Callable[..., CrawlReport]
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
EMPTY = ProtegoRobotParser(b"", None)
CLOSED = "User-agent: *\nDisallow: /"


@pytest.fixture
def kept() -> InMemory:
    return InMemory()


@pytest.fixture
def again(run: Callable[[Any], Any], kept: InMemory) -> Looks:
    """Look once more, as the same process or as the next one."""
    crawlers = [Crawler(QUICK, sessions=kept)]

    def once(target: Target, *, restarted: bool = False) -> CrawlReport:
        if restarted:
            crawlers.append(Crawler(QUICK, sessions=kept))
        report: CrawlReport = run(crawlers[-1].crawl(target, Shelf().receive))
        return report

    return once


@pytest.fixture
def other() -> Iterator[Site]:
    with running_site() as running:
        yield running


def text(body: str, status: int = 200, **headers: str) -> Answer:
    return Answer(body, status=status, headers={"Content-Type": "text/plain", **headers})


def asked_for_rules(site: Site) -> int:
    return [asked.path for asked in site.asked].count("/robots.txt")


@pytest.mark.parametrize("answer", [text("User-agent: *\nDisallow: /intern"), text("", 404), text("", 403)])
@pytest.mark.parametrize("restarted", [False, True])
def test_a_host_is_asked_once_for_many_looks(site: Site, again: Looks, answer: Answer, restarted: bool) -> None:
    site["/robots.txt"], site["/"] = answer, page(review(1))
    assert [again(local(f"{site.url}/"), restarted=restarted).new for _ in range(3)] == [1, 1, 1]
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/", "/", "/"]


@pytest.mark.parametrize("restarted", [False, True])
def test_what_is_remembered_is_obeyed(site: Site, again: Looks, restarted: bool) -> None:
    site["/robots.txt"], site["/"] = text("User-agent: *\nDisallow: /intern"), page(review(1), head=next_page("intern"))
    for _ in range(2):
        report = again(local(f"{site.url}/"), restarted=restarted)
        assert "robots.txt forbids it" in report.errors[0]
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/", "/"]


def next_page(path: str) -> str:
    return f'<link rel="next" href="/{path}">'


def test_a_permission_counts_from_the_next_look_on(site: Site, again: Looks) -> None:
    site["/robots.txt"], site["/"] = text(CLOSED), page(review(1))
    assert "robots.txt forbids it" in again(local(f"{site.url}/")).errors[0]
    site["/robots.txt"] = text("")
    assert again(local(f"{site.url}/")).new == 1


def test_a_prohibition_counts_once_what_is_remembered_has_become_old(site: Site, again: Looks, kept: InMemory) -> None:
    site["/robots.txt"], site["/"] = text(CLOSED), page(review(1))
    long_ago = datetime.now(UTC) - timedelta(seconds=1)
    kept.put(f"robots/{site.url}", {"until": long_ago.isoformat(), "text": ""})
    assert (again(local(f"{site.url}/")).new, site.paths) == (0, [])


@pytest.mark.parametrize("broken", [{}, {"until": "bald", "text": ""}, {"until": None}, {"text": CLOSED}])
def test_what_cannot_be_read_back_is_asked_for(
    site: Site, again: Looks, kept: InMemory, broken: dict[str, Any]
) -> None:
    kept.put(f"robots/{site.url}", broken)
    site["/"] = page(review(1))
    assert (again(local(f"{site.url}/")).new, asked_for_rules(site)) == (1, 1)


@pytest.mark.parametrize("status", [429, 500, 503, 521])
def test_after_a_server_error_nothing_else_is_asked_until_the_rules_are_known(
    site: Site, again: Looks, kept: InMemory, status: int
) -> None:
    site["/robots.txt"], site["/"] = text("", status), page(review(1))
    report = again(local(f"{site.url}/"))
    assert (report.health, site.paths, kept.get(f"robots/{site.url}")) == ("degraded", [], {})
    assert f"robots.txt with an error ({status})" in report.errors[0]


def test_no_answer_is_not_remembered_and_means_that_nothing_else_is_asked(site: Site, again: Looks) -> None:
    def hang_up(_wfile: Any) -> None:
        raise OSError

    site["/robots.txt"] = Answer(headers={"Content-Length": "10"}, stream=hang_up)
    site["/"] = page(review(1))
    assert (again(local(f"{site.url}/")).health, site.paths) == ("degraded", [])
    site["/robots.txt"] = text("")
    asked = asked_for_rules(site)
    again(local(f"{site.url}/"), restarted=True)
    assert (asked_for_rules(site), site.paths) == (asked + 1, ["/"])


def test_the_delay_that_is_remembered_is_kept_and_told(site: Site, again: Looks) -> None:
    site["/robots.txt"], site["/"] = text("User-agent: *\nCrawl-delay: 3600"), page(review(1))
    for restarted in (False, True):
        report = again(local(f"{site.url}/", delay_seconds=0), restarted=restarted)
        assert "asks for 3600 s between two pages" in report.errors[0]
    assert asked_for_rules(site) == 1


def test_a_very_long_robots_txt_is_obeyed_but_not_remembered(site: Site, again: Looks) -> None:
    site["/robots.txt"] = text("# Hallo\n" * (MOST_KEPT // 8 + 1) + "User-agent: *\nDisallow: /intern")
    site["/"] = page(review(1), head=next_page("intern"))
    assert "robots.txt forbids it" in again(local(f"{site.url}/")).errors[0]
    again(local(f"{site.url}/"))
    assert asked_for_rules(site) == 2


def test_only_where_the_source_itself_is_outlives_the_process(
    site: Site, other: Site, again: Looks, kept: InMemory
) -> None:
    site["/"] = Answer(status=302, headers={"Location": f"{other.url}/hier"})
    other["/hier"] = page(review(1))
    for restarted in (False, False, True):
        assert again(local(f"{site.url}/"), restarted=restarted).new == 1
    assert (asked_for_rules(site), asked_for_rules(other)) == (1, 2)
    assert kept.get(f"robots/{other.url}") == {}


@pytest.mark.parametrize(
    ("control", "seconds"),
    [
        ("", LONGEST),
        ("public, max-age=7200", 7200),
        ('MAX-AGE = "7200"', 7200),
        ("max-age=31536000", LONGEST),
        ("max-age=0, must-revalidate", SHORTEST),
        ("s-maxage=7200", LONGEST),
        ("no-store", LONGEST),
        ("max-age=bald", LONGEST),
    ],
)
def test_a_host_says_for_how_long_within_reason(control: str, seconds: int) -> None:
    assert seconds_good(control) == seconds


def test_the_header_is_heeded(site: Site, again: Looks, kept: InMemory) -> None:
    site["/robots.txt"], site["/"] = text("", **{"Cache-Control": "max-age=7200"}), page(review(1))
    again(local(f"{site.url}/"))
    until = datetime.fromisoformat(kept.get(f"robots/{site.url}")["until"])
    assert timedelta(seconds=7100) < until - datetime.now(UTC) <= timedelta(seconds=7200)


@pytest.mark.parametrize(("ahead", "good"), [(-1, False), (0, False), (1, True), (LONGEST, True), (LONGEST + 1, False)])
def test_nothing_is_good_for_longer_than_a_day(ahead: int, good: bool) -> None:
    assert is_good(NOW + timedelta(seconds=ahead), NOW) is good


def test_rules_end_when_their_time_is_over() -> None:
    robots = Robots()
    robots.learn("https://laden.example", EMPTY, NOW + timedelta(hours=1))
    assert robots.rules("https://laden.example", NOW) is EMPTY
    assert robots.rules("https://laden.example", NOW + timedelta(hours=1)) is None
    assert robots.rules("https://anderer.example", NOW) is None


def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    robots, until = Robots(), NOW + timedelta(hours=1)
    for number in range(IN_MEMORY + 1):
        robots.learn(f"https://laden-{number}.example", EMPTY, until)
    known = [robots.rules(f"https://laden-{number}.example", NOW) for number in (0, 1, IN_MEMORY)]
    assert known == [None, EMPTY, EMPTY]
