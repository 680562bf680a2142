"""Real spiders into the real store over many looks: edits, answers and deletions that no first page shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from crawler.items import CrawlReport, Page, Received
from crawler.run import Crawler
from db.engine import Database
from db.models import Obligation, Post, PostVersion
from db.queries_sources import add_source, claim_due_sources
from gelassen.look_once import look as look_at
from gelassen.look_once import note
from gelassen.settings import Settings
from responder.intake import receive
from tests.spiders.blog import Blog
from tests.spiders.conftest import QUICK
from tests.spiders.markup import page, review
from tests.spiders.site import Answer, Asked, Site

QUARTER, DAY = timedelta(minutes=15), timedelta(days=1)


class Watch:
    """Sources that are looked at when the clock says so, as the worker does it."""

    def __init__(self, run: Callable[[Any], Any], database: Database, now: datetime) -> None:
        self.run, self.database, self.now = run, database, now

    def add(self, kind: str, address: str, **fields: Any) -> None:
        with self.database.write() as session:
            settings = {"delay": 0} | fields.pop("settings", {})
            given = {"allow_private": True, "settings": settings} | fields
            add_source(session, "Laden", kind, address, now=self.now, **given)

    def look(self, later: timedelta = QUARTER) -> CrawlReport:
        """Let time pass, then take the look that is due."""
        self.now += later
        with self.database.write() as session:
            [source] = claim_due_sources(session, self.now)
        report: CrawlReport = self.run(look_at(Crawler(QUICK), self.database, source, Settings(), self.store))
        note(self.database, source, report, self.now, by_clock=True)
        self.now += QUARTER / 5
        return report

    def store(self, arrived: Page) -> Received:
        return Received(**asdict(receive(self.database, arrived, now=self.now)))

    def wordings(self) -> list[str]:
        """Every wording, in order of arrival."""
        with self.database.read() as session:
            return list(session.exec(select(PostVersion.text).order_by(col(PostVersion.id))))

    def states(self) -> list[tuple[str, str]]:
        """State of each post and of its newest duty."""
        query = select(Post.state, Obligation.state).join(Obligation, col(Obligation.post_id) == col(Post.id))
        with self.database.read() as session:
            return [(row[0], row[1]) for row in session.exec(query.order_by(col(Obligation.id)))]


@pytest.fixture
def watch(run: Callable[[Any], Any], sqlite_database: Database, now: datetime) -> Watch:
    return Watch(run, sqlite_database, now)


def shelved(site: Site, *listed: dict[str, Any], size: int = 5) -> None:
    """A list of reviews in numbered pages."""
    parts = [listed[start : start + size] for start in range(0, len(listed), size)]
    for number, part in enumerate(parts, 1):
        head = f'<link rel="next" href="/sessel?page={number + 1}">' if number < len(parts) else ""
        path = "/sessel" if number == 1 else f"/sessel?page={number}"
        site[path] = Answer(page(*part, head=head), etag=f'"{hash(str(part))}"')


def comments_feed(site: Site, text: str) -> None:
    """A comments feed as WordPress serves it: its validators tell the newest comment's date and nothing else."""
    here = f"{site.url}/stimmen/#comment-3"
    item = (
        f"<item><title>Von: Karl</title><link>{here}</link><dc:creator>Karl</dc:creator>"
        f"<pubDate>Sun, 22 Nov 2026 03:19:21 +0000</pubDate><guid isPermaLink='false'>{here}</guid>"
        f"<description>{text}</description></item>"
    )
    body = f"<rss version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel>{item}</channel></rss>"
    headers = {"Content-Type": "application/rss+xml", "Last-Modified": "Sun, 22 Nov 2026 03:19:21 GMT"}
    site["/comments/feed/"] = Answer(body, etag='"5a64"', headers=headers)


def test_an_edit_behind_a_feed_that_answers_not_modified_is_found_within_a_day(site: Site, watch: Watch) -> None:
    comments_feed(site, "Kalt.")
    watch.add("feed", f"{site.url}/comments/feed/")
    watch.look()
    comments_feed(site, "Kalt, und das zum zweiten Mal.")
    assert (watch.look().changed, site.asked[-1].headers["if-none-match"]) == (0, '"5a64"')
    assert (watch.look(DAY).changed, watch.wordings()[-1]) == (1, "Kalt, und das zum zweiten Mal.")
    assert "if-none-match" not in site.asked[-1].headers
    report = watch.look()
    assert (report.requests, report.rows_written) == (1, 0)


def test_an_answer_given_elsewhere_to_an_old_post_on_page_four_is_recognised(site: Site, watch: Watch) -> None:
    listed = [review(number) for number in range(20)]
    shelved(site, *listed)
    watch.add("schema_org", f"{site.url}/sessel", own_names=["Möbelhaus Eder"])
    watch.look()
    answer = {"@type": "Comment", "text": "Das tut uns leid.", "author": {"@type": "Organization", "name": "Eder"}}
    shelved(site, *listed[:17], listed[17] | {"comment": answer}, *listed[18:])
    watch.look()
    assert {duty for _post, duty in watch.states()} == {"open"}
    watch.look(DAY)
    assert [duty for _post, duty in watch.states()].count("answered") == 1


def test_a_post_that_was_let_in_late_far_down_is_found_within_a_day(site: Site, watch: Watch) -> None:
    listed = [review(number) for number in range(100)]
    shelved(site, *listed)
    watch.add("schema_org", f"{site.url}/sessel", settings={"max_pages": 10})
    watch.look()
    shelved(site, *listed[:88], review(900, "Endlich freigegeben."), *listed[88:])
    assert watch.look().requests == 1
    assert (watch.look(DAY).new, watch.wordings()[-1]) == (1, "Endlich freigegeben.")


def test_a_long_history_comes_in_over_several_looks_and_then_costs_one_request(site: Site, watch: Watch) -> None:
    shelved(site, *(review(number) for number in range(60)))
    watch.add("schema_org", f"{site.url}/sessel", settings={"max_pages": 1})
    assert [watch.look().new for _ in range(3)] == [20, 5, 5]
    while watch.look().new:
        pass
    assert len(watch.wordings()) == len(set(watch.wordings())) == 60
    report = watch.look()
    assert (report.requests, report.rows_written) == (1, 0)


def test_with_a_start_date_older_pages_are_left_alone(site: Site, watch: Watch) -> None:
    dates = ["2026-11-20", "2026-11-10", "2026-10-30", "2026-10-20", "2026-09-01", "2026-08-01"]
    shelved(site, *(review(number, datePublished=day) for number, day in enumerate(dates)), size=1)
    watch.add("schema_org", f"{site.url}/sessel", answer_from=datetime(2026, 11, 1, tzinfo=UTC))
    assert watch.look().pages == 4
    assert [duty for _post, duty in watch.states()] == ["open", "open", "closed", "closed"]
    report = watch.look()
    assert (report.requests, report.rows_written) == (1, 0)


def own_pages(site: Site, *numbers: int) -> list[dict[str, Any]]:
    """Reviews that have pages of their own, which exist."""
    reviews = []
    for number in numbers:
        site[f"/meinung/{number}"] = "<html></html>"
        given = {key: value for key, value in review(number).items() if key != "@id"}
        reviews.append(given | {"url": f"{site.url}/meinung/{number}"})
    return reviews


def test_a_review_whose_own_page_is_gone_is_deleted_within_a_day(site: Site, watch: Watch) -> None:
    first, second, third = own_pages(site, 1, 2, 3)
    shelved(site, first, second, third)
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    shelved(site, first)
    del site.pages["/meinung/3"]
    assert watch.look().deleted == 0
    assert watch.look(DAY).deleted == 1
    assert watch.states() == [("live", "open"), ("live", "open"), ("deleted", "closed")]


def test_addresses_that_were_never_pages_prove_no_deletion(site: Site, watch: Watch) -> None:
    first, second = own_pages(site, 1, 2)
    shelved(site, first, second)
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    shelved(site, first)
    del site.pages["/meinung/1"], site.pages["/meinung/2"]
    assert watch.look(DAY).deleted == 0


def test_a_review_that_left_the_page_on_which_it_stood_is_not_deleted(site: Site, watch: Watch) -> None:
    shelved(site, review(1), review(2), review(3), size=1)
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    shelved(site, review(1))
    del site.pages["/sessel?page=2"], site.pages["/sessel?page=3"]
    report = watch.look(DAY)
    assert (report.deleted, report.requests, report.health) == (0, 1, "ok")


def test_an_address_that_leads_elsewhere_or_fails_proves_no_deletion(site: Site, watch: Watch) -> None:
    shelved(site, *own_pages(site, 1, 2, 3))
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    shelved(site, *own_pages(site, 1))
    site["/meinung/2"] = Answer(status=302, headers={"Location": "/fehlt"})
    site["/meinung/3"] = Answer(status=403)
    report = watch.look(DAY)
    assert (report.deleted, report.health) == (0, "ok")


def test_no_more_than_ten_posts_are_asked_for_in_a_day_in_turn(site: Site, watch: Watch) -> None:
    everything = own_pages(site, *range(26))
    shelved(site, *everything, size=26)
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    shelved(site, everything[0])
    asked = []
    for _ in range(3):
        before = len(site.paths)
        watch.look(DAY)
        asked.append([path for path in site.paths[before:] if path.startswith("/meinung/")])
    assert [len(paths) for paths in asked] == [10, 10, 10]
    assert len({path for paths in asked for path in paths}) == 25


def test_an_entry_of_a_feed_with_a_page_of_its_own_is_deleted_with_it(site: Site, watch: Watch) -> None:
    def feed(*numbers: int) -> None:
        items = [
            f"<item><title>Thema {number}</title><link>{site.url}/thema/{number}</link>"
            f"<guid isPermaLink='false'>netz-{number}</guid><description>Text {number}.</description></item>"
            for number in numbers
        ]
        site["/feed"] = Answer(f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>")

    feed(1, 2)
    site["/thema/1"] = "<html></html>"
    watch.add("feed", f"{site.url}/feed")
    watch.look()
    feed(1)
    assert watch.look(DAY).deleted == 1
    assert watch.states() == [("live", "open"), ("deleted", "closed")]


def test_a_comment_far_down_a_blog_is_deleted_on_the_sites_own_word(site: Site, watch: Watch) -> None:
    blog = Blog(site)
    gone = blog.write("Geht.")
    for number in range(150):
        blog.write(f"Meinung {number}")
    watch.add("wordpress", f"{site.url}/", settings={"api": blog.api})
    watch.look()
    blog.remove(gone)
    assert watch.look().deleted == 0
    assert watch.look(DAY).deleted == 1


def test_more_comments_than_a_look_reads_are_collected_by_later_ones(site: Site, watch: Watch) -> None:
    blog = Blog(site)
    for number in range(650):
        blog.write(f"Meinung {number}")
    watch.add("wordpress", f"{site.url}/", settings={"api": blog.api, "max_pages": 1})
    assert [watch.look().new for _ in range(4)] == [400, 100, 100, 50]
    assert (watch.look().requests, len(set(watch.wordings()))) == (1, 650)


def test_a_blog_whose_last_comment_was_deleted_is_in_order(site: Site, watch: Watch) -> None:
    blog = Blog(site)
    number = blog.write("Geht.")
    watch.add("wordpress", f"{site.url}/", settings={"api": blog.api})
    watch.look()
    blog.remove(number)
    report = watch.look()
    assert (report.health, report.deleted) == ("ok", 1)


def test_news_that_push_the_pages_down_while_they_are_read_lose_nothing(site: Site, watch: Watch) -> None:
    listed = [review(number) for number in range(30)]
    shelved(site, *listed)

    def pushed(asked: Asked) -> Answer:
        answer = site.pages["/sessel?page=2"]
        if asked.path == "/sessel":
            first = site.pages["/sessel/erste"]
            shelved(site, review(900), review(901), *listed)
            assert isinstance(first, Answer)
            return first
        assert isinstance(answer, Answer)
        return answer

    site["/sessel/erste"] = site.pages["/sessel"]
    site["/sessel"] = pushed
    watch.add("schema_org", f"{site.url}/sessel")
    watch.look()
    watch.look()
    assert len(watch.wordings()) == 32
