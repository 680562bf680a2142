"""One look at one source and what follows from it: pages into the store, health noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, astuple, replace
from datetime import datetime

import structlog
from sqlmodel import Session

from crawler.health import READ_WELL, TROUBLE, Verdict, judge
from crawler.items import CrawlReport, Page, Received, Target, Watched
from crawler.run import NO_CONTACT, Crawler, read_from
from db.engine import Database
from db.models import Source
from db.queries_look import newest_post, waiting_posts
from db.queries_sources import (
    back_off,
    calm_down,
    keep_vitals,
    living_posts,
    note_good_look,
    put_off,
    set_health,
    vitals_of,
)
from gelassen.bridge import target_of
from gelassen.home import Home
from gelassen.logs import log
from gelassen.secrets import NoSecret
from gelassen.sessions import SessionFiles
from gelassen.settings import Settings
from responder.intake import receive


def make_crawler(home: Home) -> Crawler:
    """A crawler that names the contact of this installation, keeps its logins and what hosts asked for."""
    return Crawler(
        contact=home.settings.crawl_contact or NO_CONTACT,
        sessions=SessionFiles(home.folder / "sessions"),
        mail_rules=home.mail_rules,
    )


def in_line(sources: Iterable[Source]) -> list[tuple[str, Source]]:
    """The sources with the hosts that they are read from, as `crawler.line` wants them."""
    return [(read_from(source.kind, source.address, source.settings), source) for source in sources]


def receiver(database: Database, now: Callable[[], datetime], actor: str) -> Callable[[Page], Received]:
    """What the crawler calls with each page, or portion of a very long one: stored in one transaction."""

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


def note(database: Database, source: Source, report: CrawlReport, now: datetime, *, by_clock: bool) -> None:
    """Remember how the look at `source`, the row as it was claimed, went, and how the source is.

    A look that somebody asked for by hand (not `by_clock`) changes no plan, and if it found nothing new and nothing odd
    it leaves no trace at all. A look that is `waiting` says nothing about the source. The report is made to say what
    people are told.
    """
    assert source.id is not None
    keep = by_clock or bool(report.rows_written)
    with database.write() as session:
        plan(session, source, report, now, by_clock=by_clock)
        if report.health == "waiting":
            return
        verdict = weigh(session, source.id, report, now, keep=keep)
        well = verdict.sign in READ_WELL
        if keep and well:
            note_good_look(session, [source.id], now)
        news = (well or verdict.told) and set_health(session, source.id, not verdict.told, verdict.reason, now)
    tell(report, verdict)
    if news and structlog.is_configured():  # the command line says it by itself
        event = "source_degraded" if verdict.told else "source_recovered"
        log().warning(event, source=source.id, sign=verdict.sign)


def plan(session: Session, source: Source, report: CrawlReport, now: datetime, *, by_clock: bool) -> None:
    """When the next look comes: later after troubles, at the usual time after a good look."""
    assert source.id is not None
    if report.health == "ok":
        calm_down(session, source.id, now)
    if by_clock and report.health == "degraded":
        back_off(session, source, now, report.not_before)
    elif by_clock and report.not_before:
        put_off(session, source, report.not_before)


def weigh(session: Session, source_id: int, report: CrawlReport, now: datetime, *, keep: bool) -> Verdict:
    """How the source is after this look; what is usual for it is learned on the way (always a new doubt, else `keep`).

    A look that ended in trouble teaches nothing: its own trouble is the verdict.
    """
    saw = report.saw
    if report.health != "ok" and not saw.lost:
        return Verdict(saw.wall or TROUBLE, first_trouble(report), told=True)
    if saw.comparable and saw.total is not None:
        saw.known = living_posts(session, source_id)
    before = vitals_of(session, source_id)
    after, verdict = judge(before, saw, now)
    if after != before and (keep or after["doubts"] != before.get("doubts", {})):
        keep_vitals(session, source_id, after)
    return verdict


def tell(report: CrawlReport, verdict: Verdict) -> None:
    """Put into the report what the verdict says beyond it."""
    if verdict.told:
        report.health = "degraded"
        if verdict.why not in report.errors:
            report.errors.append(verdict.why)


def first_trouble(report: CrawlReport) -> str:
    """A sentence for people."""
    return report.errors[0] if report.errors else "The page could not be read as expected."
