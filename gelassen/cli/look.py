"""Commands that only read: posts, cases, inbox, show, status."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.cli.recognising import title
from gelassen.errors import UserError

if TYPE_CHECKING:
    from db.queries_inbox import Row
    from db.queries_item import Item
    from gelassen.home import Home


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (posts, cases, inbox, show, status):
        app.command()(command)


def posts(data: Data = None, as_json: Json = False) -> None:
    """Every post with its newest wording, in order of arrival."""
    from db.queries_listing import posts as listed
    from gelassen.records import post_record

    with opened(data) as (home, database), database.read() as session:
        records = (post_record(post) for post in listed(session))
        columns = ("source", "external_id", "author_name", "rating", "title", "version", "obligation")
        _lines(records, as_json, columns, home)


def cases(data: Data = None, as_json: Json = False) -> None:
    """Every case with its obligations."""
    from db.queries_listing import case_lines
    from gelassen.records import case_records

    with opened(data) as (home, database), database.read() as session:
        columns = ("case", "author", "sources", "state", "suggested_merge")
        _lines(case_records(case_lines(session)), as_json, columns, home)


def inbox(data: Data = None, as_json: Json = False) -> None:
    """What waits for an answer, by deadline."""
    with opened(data) as (home, database), database.read() as session:
        records = (_inbox_record(row) for row in _queue(session))
        if as_json:
            _lines(records, as_json, (), home)
            return
        # posts in a conversation have no title
        told = (record | {"post": (record["title"] or record["text"])[:60]} for record in records)
        _lines(told, as_json, ("id", "due_at", "overdue", "source", "author", "rating", "post"), home)


def show(obligation: int, data: Data = None, as_json: Json = False) -> None:
    """One post with its history, draft and replies; ID as in `gelassen inbox`."""
    from db.queries_item import item

    with opened(data) as (home, database), database.read() as session:
        found = item(session, obligation)
        if found is None:
            raise UserError(f"There is nothing with the id {obligation}. `gelassen inbox` lists the ids.")
        record = _item_record(found)
    if as_json:
        emit(record)
    else:
        _print_item(record, home)


def status(data: Data = None, as_json: Json = False) -> None:
    """Whether collected = answered + replied + open + closed, and how the sources are."""
    from db.queries_settings import last_ticks
    from db.queries_status import coverage, source_statuses

    with opened(data) as (home, database), database.read() as session:
        ticks = [tick.last_run_at for tick in last_ticks(session).values()]
        sources = [
            {"name": row.name, "kind": row.kind, "health": row.health, "last_good": row.last_good}
            for row in source_statuses(session, now())
        ]
        record = asdict(coverage(session, now())) | {"last_tick": max(ticks, default=None), "sources": sources}
    if as_json:
        emit(record)
        return
    zone = home.settings.timezone
    table(("", ""), [(key, value) for key, value in record.items() if key != "sources"], zone)
    told = [row | {"kind": title(str(row["kind"]))} for row in sources]
    table(("source", "kind", "health", "last good"), [row.values() for row in told], zone)
    if not record["balanced"]:
        talk("The figures do not add up. Run: gelassen doctor", style="red")


def _queue(session: Any) -> Any:
    from db.queries_inbox import Filters, queue

    after = None
    while rows := queue(session, "open", Filters(after=after), now()):
        yield from rows
        after = (rows[-1].obligation.due_at, rows[-1].obligation.id or 0)


def _inbox_record(row: Row) -> dict[str, Any]:
    draft = row.draft
    return {
        "id": row.obligation.id,
        "source": row.source.name,
        "external_id": row.post.external_id,
        "author": row.author.name,
        "rating": row.version.rating,
        "title": row.version.title,
        "text": row.version.text,
        "step": row.obligation.step,
        "due_at": row.obligation.due_at,
        "holding_due_at": row.obligation.holding_due_at,
        "overdue": row.obligation.due_at <= now(),
        "draft": draft and {"id": draft.id, "kind": draft.kind, "text": draft.text, "findings": draft.findings},
    }


def _item_record(item: Item) -> dict[str, Any]:
    draft = item.draft
    return {
        "id": item.obligation.id,
        "state": item.obligation.state,
        "reason": item.obligation.reason,
        "due_at": item.obligation.due_at,
        "source": item.source.name,
        "external_id": item.post.external_id,
        "url": item.post.url,
        "author": item.author.name,
        "case": item.case.id,
        "step": item.obligation.step,
        "assessment": item.case.assessment,
        "versions": [
            {"version": one.version, "rating": one.rating, "title": one.title, "text": one.text, "seen_at": one.seen_at}
            for one in item.versions
        ],
        "draft": draft
        and {
            "id": draft.id,
            "revision": draft.revision,
            "kind": draft.kind,
            "text": draft.text,
            "findings": draft.findings,
            "needs": draft.needs,
        },
        "replies": [
            {
                "state": one.reply.state,
                "kind": one.reply.kind,
                "text": one.approval.text,
                "url": one.reply.url,
                "approved_by": one.approver.name,
                "approved_at": one.approval.approved_at,
            }
            for one in item.sent
        ],
        "owner_replies": [
            {"text": one.text, "author_name": one.author_name, "created_at": one.created_at}
            for one in item.owner_replies
        ],
    }


def _print_item(record: dict[str, Any], home: Home) -> None:
    single = {key: value for key, value in record.items() if not isinstance(value, list | dict)}
    table(("", ""), single.items(), home.settings.timezone)
    for version in record["versions"]:
        typer.echo(f"\n— version {version['version']}: {version['title']}\n{version['text']}")
    for reply in record["owner_replies"]:
        typer.echo(f"\n— answered in public ({reply['author_name']}):\n{reply['text']}")
    for reply in record["replies"]:
        typer.echo(f"\n— {reply['kind']} reply, {reply['state']}, approved by {reply['approved_by']}:\n{reply['text']}")
    if draft := record["draft"]:
        typer.echo(f"\n— draft {draft['id']} ({draft['kind']}):\n{draft['text']}")
        for finding in draft["findings"]:
            typer.echo(f"  {finding['rule']}: {finding['why']}")


def _lines(records: Any, as_json: bool, columns: tuple[str, ...], home: Home) -> None:
    if as_json:
        for record in records:
            emit(record)
    else:
        table(columns, ([_cell(record[column]) for column in columns] for record in records), home.settings.timezone)


def _cell(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return str(value.get("state", value))
    return value
