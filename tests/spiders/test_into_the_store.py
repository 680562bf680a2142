"""Crawled pages into the real store: what a second look writes, and what a changed page does."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import func
from sqlmodel import col, select

from crawler.items import CrawlReport, Page, Target
from crawler.kinds import claims
from crawler.look import PORTION
from crawler.run import Crawler
from db.engine import Database
from db.models import Obligation, PostVersion, Source, Transition
from db.queries_people import end_stale_sessions
from db.queries_sources import add_source, get_source
from responder.incoming import Receipt
from responder.intake import receive
from tests.spiders.conftest import QUICK, local
from tests.spiders.keys import service_account
from tests.spiders.markup import page, review
from tests.spiders.play import PACKAGE, Play
from tests.spiders.site import Answer, Site

Look = Callable[[], CrawlReport]


@pytest.fixture
def look(run: Callable[[Any], Any], sqlite_database: Database, site: Site, now: datetime) -> Look:
    """Look at the site's /sessel with the stored cursor, into the store."""
    with sqlite_database.write() as session:
        add_source(session, "Laden", "schema_org", f"{site.url}/sessel", now=now, allow_private=True)

    def once() -> CrawlReport:
        crawler = Crawler(QUICK)
        report: CrawlReport = run(
            crawler.crawl(stored_target(sqlite_database), lambda page: receive(sqlite_database, page, now=now))
        )
        return report

    return once


def test_a_bad_review_under_the_name_of_the_business_is_a_customers(
    site: Site, sqlite_database: Database, run: Callable[[Any], Any], now: datetime
) -> None:
    play = Play(site)
    play.write("Finger weg!", 1, "Möbel Lindner")
    [claim] = claims(f"google-play:{PACKAGE}")
    settings = claim.settings | {"api": site.url, "token_uri": play.tokens.address}
    with sqlite_database.write() as session:
        add_source(session, "App", claim.kind, claim.address, now=now, own_names=["Möbel Lindner"], settings=settings)
    target = local(claim.address, claim.kind, settings=settings, secret=service_account())
    run(Crawler(QUICK).crawl(target, lambda page: receive(sqlite_database, page, now=now)))
    with sqlite_database.read() as session:
        assert session.exec(select(Obligation.state)).all() == ["open"]


def stored_target(database: Database) -> Target:
    with database.read() as session:
        source = get_source(session, "Laden")
        assert isinstance(source, Source)
        assert source.id is not None
        return local(source.address, cursor=source.cursor)


def count(database: Database, table: Any) -> int:
    with database.read() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def test_fifty_reviews_are_stored_once_and_the_second_look_writes_nothing(
    site: Site, look: Look, sqlite_database: Database
) -> None:
    site["/sessel"] = Answer(page(*(review(number) for number in range(50))), etag='"1"')
    first = look()
    written = count(sqlite_database, Transition)
    second = look()
    assert (first.new, count(sqlite_database, Obligation)) == (50, 50)
    assert (second.requests, second.rows_written, count(sqlite_database, Transition)) == (1, 0, written)


def test_a_full_look_at_unchanged_reviews_writes_nothing_either(
    site: Site, look: Look, sqlite_database: Database, run: Callable[[Any], Any], now: datetime
) -> None:
    site["/sessel"] = Answer(page(*(review(number) for number in range(50))), etag='"1"')
    look()
    full = local(f"{site.url}/sessel", cursor=stored_target(sqlite_database).cursor, conditional=False)
    report = run(Crawler(QUICK).crawl(full, lambda page: receive(sqlite_database, page, now=now)))
    assert (report.seen, report.rows_written) == (50, 0)


def test_an_edited_review_keeps_its_old_wording_and_opens_a_new_obligation(
    site: Site, look: Look, sqlite_database: Database
) -> None:
    site["/sessel"] = page(review(1, "Der Sessel kam zu spät."))
    look()
    site["/sessel"] = page(review(1, "Der Sessel kam zu spät und ist jetzt auch noch kaputt."))
    assert look().changed == 1
    with sqlite_database.read() as session:
        texts = session.exec(select(PostVersion.text).order_by(col(PostVersion.version))).all()
    assert texts == ["Der Sessel kam zu spät.", "Der Sessel kam zu spät und ist jetzt auch noch kaputt."]
    assert count(sqlite_database, Obligation) == 2


def test_others_come_to_write_while_a_page_that_rewrote_everything_is_stored(
    site: Site, run: Callable[[Any], Any], sqlite_database: Database, now: datetime
) -> None:
    with sqlite_database.write() as session:
        add_source(session, "Laden", "schema_org", f"{site.url}/sessel", now=now, allow_private=True)
    events: list[str] = []
    begun = threading.Event()

    def store(page: Page) -> Receipt:
        with sqlite_database.write():
            begun.set()  # from here on somebody else wants to write
        events.append("portion")
        return receive(sqlite_database, page, now=now)

    def write() -> None:
        assert begun.wait(20)
        with sqlite_database.write() as session:
            end_stale_sessions(session, now)
        events.append("other")

    for text in ("gut", "schlecht"):
        events.clear()
        begun.clear()
        site["/sessel"] = page(*(review(number, f"{text} {number}") for number in range(3 * PORTION)))
        other = threading.Thread(target=write)
        other.start()
        report = run(Crawler().crawl(stored_target(sqlite_database), store))
        other.join()
        assert (report.health, events.count("portion")) == ("ok", 3)
    assert report.changed == 3 * PORTION
    assert events[-1] == "portion"
