"""Everything collected, in the form that `gelassen import` takes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from db.queries_listing import Listed
from gelassen.cli.common import as_json
from gelassen.records import post_record, reply_record

CSV_COLUMNS = (
    "source external_id url author_id author_name rating rating_best rating_worst title text language created_at "
    "updated_at version deleted case state due_at reply reply_at"
).split()


def history(listed: Iterable[Listed]) -> Iterator[dict[str, Any]]:
    """Wordings, answers and removals in order of arrival, one line each."""
    events: list[tuple[datetime, int, int, dict[str, Any]]] = []
    answered: set[int | None] = set()
    for number, row in enumerate(listed):
        seen = row.version.seen_at
        line = post_record(row) | {"seen_at": seen, "owner_replies": [], "deleted": False}
        events.append((seen, 0, number, line))
        if row.post.id not in answered:
            answered.add(row.post.id)
            events += _replies(row, number)
            events += _removal(row, number)
    for event in sorted(events, key=lambda event: event[:3]):
        yield event[3]


def _replies(row: Listed, number: int) -> Iterator[tuple[datetime, int, int, dict[str, Any]]]:
    for reply in row.owner_replies:
        line = {"event": "reply", "source": row.source.name, "to": row.post.external_id, **reply_record(reply)}
        yield reply.seen_at, 1, number, line | {"seen_at": reply.seen_at}


def _removal(row: Listed, number: int) -> Iterator[tuple[datetime, int, int, dict[str, Any]]]:
    """The store keeps no time of removal, so it comes last: after every wording and answer."""
    if row.post.state == "deleted":
        line = {"event": "deleted", "source": row.source.name, "external_id": row.post.external_id}
        yield datetime.max.replace(tzinfo=row.version.seen_at.tzinfo), 2, number, line


def as_csv(listed: Iterable[Listed]) -> Iterator[str]:
    """CSV for office programs: semicolons, a byte order mark, formulas made harmless."""
    yield "\ufeff" + _csv_line(CSV_COLUMNS)
    for row in listed:
        record = post_record(row)
        last = record["owner_replies"][-1] if record["owner_replies"] else {}
        flat = record | record["obligation"] | {"reply": last.get("text"), "reply_at": last.get("created_at")}
        yield _csv_line(_cell(flat[name]) for name in CSV_COLUMNS)


def _csv_line(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";", lineterminator="\r\n").writerow(cells)
    return buffer.getvalue()


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return str(as_json(value))
    text = "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t") else text
