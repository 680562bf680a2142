"""`gelassen import` and `gelassen export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, talk
from gelassen.errors import WrongUse


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command("import")(import_file)
    app.command()(export)


def import_file(
    file: Path,
    source: Annotated[str, typer.Option(help="Source of lines that name none; else the file's name.")] = "",
    url: Annotated[str, typer.Option(help="Address a saved page was found at, if it does not tell by itself.")] = "",
    since: Annotated[str, typer.Option(help="New sources: answer only posts from this date on.")] = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Take in reviews from JSON, CSV, a workbook (xlsx, xls, ods) or a saved page (html, mhtml).

    Wrong lines are reported with their numbers and kept beside the data; all others are stored.
    """
    from gelassen.exchange.importing import Importer, understood
    from gelassen.exchange.left_over import keep
    from gelassen.exchange.reading import read_file
    from gelassen.spans import start_of_day

    with opened(data) as (home, database):
        settings = home.settings
        default = source or ("" if file.suffix.lower() in (".jsonl", ".ndjson") else file.stem)
        answer_from = start_of_day(since, settings.timezone) if since else None
        form = {"locale": settings.locale, "address": settings.address}
        importer = Importer(database, now=now(), answer_from=answer_from, **form)
        report = importer.run(read_file(file, default, ZoneInfo(settings.timezone), url))
        left = keep(home.folder, file, report.wrong, now()) if report.wrong else None
    for line in report.wrong:
        talk(f"Line {line.number}: {line.why}", style="red")
    for columns in report.columns:
        talk(understood(columns))
    if as_json:
        emit(report.as_json())
    talk(
        f"{report.lines} lines: {report.new} new, {report.changed} changed, {report.deleted} removed, "
        f"{report.replies} answers, {len(report.wrong)} wrong."
    )
    if left:
        talk(f"The wrong lines are kept in {left}.")
        raise typer.Exit(1)


def export(
    form: Annotated[
        str, typer.Option("--format", help="jsonl (the whole history) or csv (one line per post).")
    ] = "jsonl",
    data: Data = None,
) -> None:
    """Write everything collected to stdout."""
    from db.queries_listing import posts
    from gelassen.exchange.exporting import as_csv, history

    if form not in ("jsonl", "csv"):
        raise WrongUse(f"There is no format {form!r}. Formats are jsonl and csv.")
    with opened(data) as (_, database), database.read() as session:
        if form == "csv":
            for line in as_csv(posts(session)):
                sys.stdout.write(line)
        else:
            for record in history(posts(session, every_version=True)):
                emit(record)
