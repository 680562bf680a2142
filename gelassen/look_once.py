"""One look at one source and what follows from it: pages into the store, health noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, astuple, replace
from datetime import datetime

from crawler.items import CrawlReport, Page, Received, Target, Watched
from crawler.run import NO_CONTACT, Crawler
from db.engine import Database
from db.models import Source
from db.queries_look import newest_post, waiting_posts
from db.queries_sources import note_good_look, set_health
from gelassen.bridge import target_of
from gelassen.home import Home
from gelassen.secrets import NoSecret
from gelassen.sessions import SessionFiles
from gelassen.settings import Settings
from responder.intake import receive


def make_crawler(home: Home) -> Crawler:
    """A crawler that names the contact of this installation and keeps its logins."""
    return Crawler(contact=home.settings.crawl_contact or NO_CONTACT, sessions=SessionFiles(home.folder / "sessions"))


def receiver(database: Database, now: Callable[[], datetime], actor: str) -> Callable[[Page], Received]:
    """What the crawler calls with each page: stored in one transaction."""

    def store(page: Page) -> Received:
        return Received(**asdict(receive(database, page, now=now(), actor=actor)))

    return store


async def look(
    crawler: Crawler, database: Database, source: Source, settings: Settings, receive: Callable[[Page], Received]
) -> CrawlReport:
    """Look at a stored source once; a credential that is missing is a trouble of the source like any other."""
    try:
        target = informed(database, target_of(source, settings))
    except NoSecret as missing:
        return CrawlReport(source.name, source.kind, errors=[str(missing)], health="degraded")
    return await crawler.crawl(target, receive)


def informed(database: Database, target: Target) -> Target:
    """The target with what the store knows before the look: which posts came earlier, and which may have gone."""
    with database.read() as session:
        newest = newest_post(session)
        waiting = [] if target.conditional else waiting_posts(session, target.source_id)
    return replace(target, newest=newest, watched=tuple(Watched(*astuple(post)) for post in waiting))


def note(database: Database, source_id: int, report: CrawlReport, now: datetime, *, by_clock: bool) -> None:
    """Remember how the look went; the first trouble is the reason shown to people.

    A look that somebody asked for by hand (not `by_clock`) and that found nothing new leaves no trace at all.
    """
    good = report.health == "ok"
    with database.write() as session:
        if good and (by_clock or report.rows_written):
            note_good_look(session, [source_id], now)
        set_health(session, source_id, good, "" if good else first_trouble(report), now)


def first_trouble(report: CrawlReport) -> str:
    """A sentence for people."""
    return report.errors[0] if report.errors else "The page could not be read as expected."
