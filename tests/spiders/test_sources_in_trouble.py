"""Pages that break in the ways pages break, through the real spider into a real store: who is told, and when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import structlog
from sqlmodel import col, select
from structlog.testing import capture_logs

from crawler.items import CrawlReport
from crawler.run import Crawler
from db.engine import Database
from db.models import Post, Source, Transition
from db.queries_sources import add_source, get_source, pause_source, resume_source
from gelassen.bridge import target_of
from gelassen.look_once import note
from gelassen.settings import Settings
from responder.intake import receive
from tests.spiders.blog import Blog
from tests.spiders.conftest import QUICK
from tests.spiders.markup import page, review
from tests.spiders.site import Answer, Site

TEN = [review(number) for number in range(10)]
TALK = "<p>" + "Wir freuen uns auf Ihren Besuch in unserem Möbelhaus am Markt. " * 20 + "</p>"
LOGIN = f"<html><head><title>Anmelden | Portal</title></head><body>{TALK}</body></html>"
CAPTCHA = '<html><head><title>Just a moment...</title></head><body><div class="cf-turnstile"></div></body></html>'
SHELL = '<html><body><div id="__next"></div><script src="/_next/static/chunks/main.js"></script></body></html>'
RSS = '<rss version="2.0"><channel><title>x</title>{}</channel></rss>'
ENTRIES = RSS.format("".join(f"<item><guid>{n}</guid><description>Beitrag {n}</description></item>" for n in range(8)))


class Watch:
    """One source looked at every quarter of an hour by the clock, or by hand."""

    def __init__(self, run: Callable[[Any], Any], database: Database, now: datetime) -> None:
        self.run, self.database, self.now = run, database, now

    def add(self, address: str, kind: str = "schema_org") -> None:
        with self.database.write() as session:
            add_source(session, "Laden", kind, address, now=self.now, allow_private=True, settings={"delay": 0})

    @property
    def source(self) -> Source:
        with self.database.read() as session:
            found = get_source(session, "Laden")
        assert found is not None
        return found

    def look(self, *, by_clock: bool = True) -> CrawlReport:
        self.now += timedelta(minutes=15)
        source = self.source
        target = target_of(source, Settings())
        crawl = Crawler(QUICK).crawl(target, lambda page: receive(self.database, page, now=self.now))
        report: CrawlReport = self.run(crawl)
        note(self.database, source, report, self.now, by_clock=by_clock)
        return report

    def states(self, looks: int) -> list[str]:
        """The state after each of so many looks."""
        return [self.source.state for _ in range(looks) if self.look()]


@pytest.fixture
def watch(run: Callable[[Any], Any], sqlite_database: Database, now: datetime) -> Watch:
    return Watch(run, sqlite_database, now)


@pytest.fixture
def shop(watch: Watch, site: Site) -> Watch:
    """Ten reviews, seen in order a few times."""
    site["/sessel"] = page(*TEN, body=TALK, total=10)
    watch.add(f"{site.url}/sessel")
    assert watch.states(3) == ["active"] * 3
    return watch


SPEECHLESS = [one | {"reviewBody": "", "reviewRating": ""} for one in TEN[5:]]
RENAMED = page(*TEN, body=TALK).replace('"Review"', '"Opinion"').replace('"review"', '"opinion"')


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (RENAMED, "10 posts stood here"),
        (page(*TEN[:5], body=TALK, total=10), "shows 5 of usually 10"),
        (page(*TEN[:5], *SPEECHLESS, total=5), "5 of 10 posts could not"),
        (page(*[one | {"reviewBody": ""} for one in TEN], total=10), "10 of 10 posts have lost their text"),
    ],
    ids=["markup renamed", "half the reviews gone", "half of them unreadable", "all texts gone"],
)  # fmt: skip
def test_a_broken_page_degrades_the_source_at_the_second_look(shop: Watch, site: Site, body: str, words: str) -> None:
    site["/sessel"] = body
    assert shop.states(3) == ["active", "degraded", "degraded"]
    assert words in shop.source.state_reason


@pytest.mark.parametrize(
    ("body", "words"),
    [(LOGIN, "login page"), (CAPTCHA, "captcha"), (SHELL, "empty page")],
    ids=["login", "captcha", "empty shell"],
)
def test_a_wall_degrades_the_source_at_once_and_says_which(shop: Watch, site: Site, body: str, words: str) -> None:
    site["/sessel"] = body
    assert shop.states(1) == ["degraded"]
    assert words in shop.source.state_reason
    assert site.url in shop.source.state_reason


def test_a_redirect_to_a_login_degrades_the_source_at_once(shop: Watch, site: Site) -> None:
    site["/konto/login?"] = f"<html><body>{TALK}</body></html>"
    site["/sessel"] = Answer(status=302, headers={"Location": "/konto/login?next=/sessel"})
    assert shop.states(1) == ["degraded"]
    assert "/sessel shows a login page" in shop.source.state_reason


@pytest.mark.parametrize("status", [401, 403])
def test_a_refusal_degrades_the_source_at_once(shop: Watch, site: Site, status: int) -> None:
    site["/sessel"] = Answer(page(*TEN), status=status)
    assert shop.states(1) == ["degraded"]
    assert f"({status})" in shop.source.state_reason


@pytest.mark.parametrize(
    ("body", "states"),
    [
        (f"<html><body>{TALK}</body></html>", ["active", "degraded"]),
        (RSS.format(""), ["active", "degraded"]),
        (LOGIN, ["degraded", "degraded"]),
    ],
    ids=["an error page", "no entries", "a login"],
)
def test_a_feed_that_became_something_else(watch: Watch, site: Site, body: str, states: list[str]) -> None:
    site["/feed"] = ENTRIES
    watch.add(f"{site.url}/feed", "feed")
    watch.states(3)
    site["/feed"] = body
    assert watch.states(2) == states


def test_a_wordpress_that_asks_for_a_login_says_so(watch: Watch, site: Site) -> None:
    blog = Blog(site)
    blog.write("Der Sessel wackelt.")
    watch.add(f"{site.url}/", "wordpress")
    assert watch.states(2) == ["active"] * 2
    site.pages["/wp-json/wp/v2/comments?"] = Answer(LOGIN)
    assert watch.states(1) == ["degraded"]
    assert "login page" in watch.source.state_reason


def test_nothing_of_a_lost_page_is_taken_for_deleted(shop: Watch, site: Site) -> None:
    site["/sessel"] = RENAMED
    shop.states(3)
    with shop.database.read() as session:
        assert {post.state for post in session.exec(select(Post))} == {"live"}


def test_a_source_recovers_by_itself_and_the_trail_shows_both(shop: Watch, site: Site) -> None:
    site["/sessel"] = RENAMED
    shop.states(2)
    site["/sessel"] = page(*TEN, body=TALK, total=10)
    assert shop.states(1) == ["active"]
    with shop.database.read() as session:
        trail = session.exec(select(Transition).order_by(col(Transition.id))).all()
    assert [row.after for row in trail if row.entity == "source"] == ["active", "degraded", "active"]


def test_a_paused_source_stays_paused_whatever_a_look_by_hand_finds(shop: Watch, site: Site) -> None:
    with shop.database.write() as session:
        pause_source(session, shop.source.id or 0, actor="cli", why="command line", now=shop.now)
    site["/sessel"] = LOGIN
    shop.look(by_clock=False)
    assert shop.source.state == "paused"


def test_a_person_who_says_that_it_is_fine_is_believed(shop: Watch, site: Site) -> None:
    site["/sessel"] = page(*TEN[:5], body=TALK, total=10)
    assert shop.states(2)[-1] == "degraded"
    with shop.database.write() as session:
        resume_source(session, shop.source.id or 0, actor="user:1", why="resumed on the page", now=shop.now)
    assert shop.states(4) == ["active"] * 4


def test_a_look_by_hand_at_an_unchanged_source_writes_nothing(shop: Watch) -> None:
    before = shop.source.model_dump()
    assert shop.look(by_clock=False).rows_written == 0
    assert shop.source.model_dump() == before


def test_a_look_by_hand_at_a_source_in_lasting_trouble_writes_nothing_either(shop: Watch, site: Site) -> None:
    site["/sessel"] = page(*TEN[:5], body=TALK, total=10)
    shop.states(3)
    before = shop.source.model_dump()
    assert shop.look(by_clock=False).health == "degraded"
    assert shop.source.model_dump() == before


def test_looks_by_hand_notice_trouble_as_well(shop: Watch, site: Site) -> None:
    site["/sessel"] = RENAMED
    shop.look(by_clock=False)
    assert shop.source.state == "active"
    shop.look(by_clock=False)
    assert shop.source.state == "degraded"


def test_looks_by_the_clock_at_an_unchanged_source_leave_no_more_than_before(shop: Watch) -> None:
    shop.states(12)
    before = shop.source.vitals
    assert shop.states(3) == ["active"] * 3
    assert shop.source.vitals == before


def test_the_report_says_what_people_are_told_and_keeps_its_printed_keys(shop: Watch, site: Site) -> None:
    site["/sessel"] = page(*TEN[:5], body=TALK, total=10)
    assert shop.look().health == "ok"
    report = shop.look()
    assert (report.health, report.errors) == ("degraded", [shop.source.state_reason])
    assert list(report.printed()) == [
        "source", "kind", "pages", "requests", "seen", "new", "changed", "deleted", "rows_written", "errors", "health",
    ]  # fmt: skip


def test_the_log_names_the_sign_by_a_machine_word(shop: Watch, site: Site) -> None:
    site["/sessel"] = CAPTCHA
    structlog.configure()
    with capture_logs() as lines:
        shop.look()
        site["/sessel"] = page(*TEN, body=TALK, total=10)
        shop.look()
    structlog.reset_defaults()
    told = [(line["event"], line["sign"]) for line in lines]
    assert told == [("source_degraded", "captcha"), ("source_recovered", "")]


def test_a_count_that_grows_while_nothing_arrives_is_told_after_a_day(shop: Watch, site: Site) -> None:
    site["/sessel"] = page(*TEN, body=TALK, total=14)
    assert shop.states(4) == ["active"] * 4
    shop.now += timedelta(days=1)
    assert shop.states(1) == ["degraded"]
    assert "counts 4 posts that could not be found" in shop.source.state_reason
