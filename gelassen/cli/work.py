"""Commands that do the work: run, demo, crawl, and the two hidden child processes."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, talk
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from crawler.items import CrawlReport
    from crawler.run import Crawler
    from db.engine import Database
    from db.models import Source

Host = Annotated[str, typer.Option(help="Address the page listens on.", show_default=False)]
Port = Annotated[int, typer.Option(help="Port of the page; 0 takes a free one.", show_default=False)]
KEEP = -1


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (run, demo, crawl):
        app.command()(command)
    for hidden in (worker, poster):
        app.command(hidden=True)(hidden)


def run(
    host: Host = "",
    port: Port = KEEP,
    no_web: Annotated[bool, typer.Option("--no-web", help="Without the page.")] = False,
    no_clock: Annotated[bool, typer.Option("--no-clock", help="Without crawling, drafting and posting.")] = False,
    data: Data = None,
) -> None:
    """Start the daemon: page and clock. A second one on the same data folder waits for the first."""
    import asyncio

    from gelassen.daemon import Daemon, Parts
    from gelassen.home import load
    from gelassen.logs import configure

    home = load(data)
    configure()
    settings = home.settings
    parts = Parts(host or settings.host, settings.port if port == KEEP else port, not no_web, not no_clock)

    async def main() -> None:
        await Daemon(home, parts, talk=talk).run()

    asyncio.run(main())


def demo(
    data: Data = None,
    host: Host = "",
    port: Port = KEEP,
    every: Annotated[float, typer.Option(help="Seconds between two new reviews; 0 for none.")] = 60,
) -> None:
    """Start everything with a demo platform and a throw-away data folder (or the one given)."""
    from gelassen.demo.run import run_demo

    run_demo(data, host=host or "127.0.0.1", port=None if port == KEEP else port, every=every)


def crawl(
    source: Annotated[list[str] | None, typer.Argument(help="Names of sources; all when none is given.")] = None,
    due: Annotated[bool, typer.Option("--due", help="Only those that are due.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Look at sources once, now, and store what is new."""
    from crawler.run import run_reactor
    from gelassen.look_once import look, make_crawler, note, receiver

    if source and due:
        raise WrongUse("Name sources or say --due, not both.")
    reports: list[CrawlReport] = []
    with opened(data) as (home, database):
        chosen = _chosen(database, source or [], due)

        async def main(crawler: Crawler) -> None:
            for row in chosen:
                report = await look(crawler, row, home.settings, receiver(database, now, "cli"))
                note(database, row.id or 0, report, now(), by_clock=due)
                reports.append(report)
                _show(report, as_json)

        run_reactor(main, make_crawler(home))
    if any(report.health != "ok" for report in reports):
        raise typer.Exit(1)


def worker(data: Data = None, idle: float = 60) -> None:
    """Crawl and draft as a child of the daemon."""
    import gc

    gc.disable()  # nothing becomes garbage while libraries load; the worker turns it on again
    from gelassen.home import load
    from gelassen.worker import main

    main(load(data), idle=idle)


def poster(data: Data = None, idle: float = 60) -> None:
    """Post approved answers as a child of the daemon."""
    from gelassen.home import load
    from gelassen.poster import main

    main(load(data), idle=idle)


def _chosen(database: Database, names: list[str], due: bool) -> list[Source]:
    from db.queries_sources import claim_due_sources, get_source, list_sources

    if due:
        with database.write() as session:
            return claim_due_sources(session, now())
    with database.read() as session:
        if not names:
            return [row for row in list_sources(session) if row.state != "paused"]
        found: dict[str, Any] = {name: get_source(session, name) for name in names}
    if unknown := [name for name, row in found.items() if row is None]:
        raise UserError(f"There is no source named {', '.join(unknown)}. `gelassen source list` shows them.")
    return list(found.values())


def _show(report: CrawlReport, as_json: bool) -> None:
    import sys

    if as_json:
        emit({key: value for key, value in asdict(report).items() if key != "lines"})
        sys.stdout.flush()
        return
    talk(f"{report.source}: {report.seen} posts, {report.new} new, {report.changed} changed, {report.health}")
    for error in report.errors:
        talk(f"  {error}", style="red")
