"""One look at one source and what follows from it: pages into the store, health noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime

from crawler.items import CrawlReport, Page, Received
from crawler.run import NO_CONTACT, Crawler, read_from
from db.engine import Database
from db.models import Source
from db.queries_sources import back_off, calm_down, note_good_look, put_off, set_health
from gelassen.bridge import target_of
from gelassen.home import Home
from gelassen.secrets import NoSecret
from gelassen.sessions import SessionFiles
from gelassen.settings import Settings
from responder.intake import receive


def make_crawler(home: Home) -> Crawler:
    """A crawler that names the contact of this installation, keeps its logins and what hosts asked for."""
    return Crawler(contact=home.settings.crawl_contact or NO_CONTACT, sessions=SessionFiles(home.folder / "sessions"))


def in_line(sources: Iterable[Source]) -> list[tuple[str, Source]]:
    """The sources with the hosts that they are read from, as `crawler.line` wants them."""
    return [(read_from(source.kind, source.address, source.settings), source) for source in sources]


def receiver(database: Database, now: Callable[[], datetime], actor: str) -> Callable[[Page], Received]:
    """What the crawler calls with each page: stored in one transaction."""

    def store(page: Page) -> Received:
        return Received(**asdict(receive(database, page, now=now(), actor=actor)))

    return store


async def look(
    crawler: Crawler, source: Source, settings: Settings, receive: Callable[[Page], Received]
) -> CrawlReport:
    """Look at a stored source once; a credential that is missing is a trouble of the source like any other."""
    try:
        target = target_of(source, settings)
    except NoSecret as missing:
        return CrawlReport(source.name, source.kind, errors=[str(missing)], health="degraded")
    return await crawler.crawl(target, receive)


def note(database: Database, source: Source, report: CrawlReport, now: datetime, *, by_clock: bool) -> None:
    """Remember how the look at `source`, the row as it was claimed, went; the first trouble is the reason for people.

    A look that somebody asked for by hand (not `by_clock`) changes no plan, and if it found nothing new it leaves no
    trace at all. A look that is `waiting` says nothing about the source.
    """
    assert source.id is not None
    good = report.health == "ok"
    with database.write() as session:
        if good and (by_clock or report.rows_written):
            note_good_look(session, [source.id], now)
        if good:
            calm_down(session, source.id, now)
        if report.health != "waiting":
            set_health(session, source.id, good, "" if good else first_trouble(report), now)
        if by_clock and report.health == "degraded":
            back_off(session, source, now, report.not_before)
        elif by_clock and report.not_before:
            put_off(session, source, report.not_before)


def first_trouble(report: CrawlReport) -> str:
    """A sentence for people."""
    return report.errors[0] if report.errors else "The page could not be read as expected."
