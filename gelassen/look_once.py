"""One look at one source and what follows from it: pages into the store, health noted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime

from crawler.items import CrawlReport, Page, Received
from db.engine import Database
from db.queries_sources import note_good_look, set_health
from responder.intake import receive


def receiver(database: Database, now: Callable[[], datetime], actor: str) -> Callable[[Page], Received]:
    """What the crawler calls with each page: stored in one transaction."""

    def store(page: Page) -> Received:
        return Received(**asdict(receive(database, page, now=now(), actor=actor)))

    return store


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
