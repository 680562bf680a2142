"""One line of an import file, checked: a post, an answer given earlier, or a removal."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal

Event = Literal["post", "reply", "deleted"]


Columns = tuple[tuple[str, str], ...]
"""The headings of a table, each with the field it was taken for, or nothing where it was left out."""


class BadLine(Exception):
    """The line cannot be taken in; the message says why. All others are."""


@dataclass(frozen=True, slots=True)
class Row:
    """What stands in one line of a file, or what is wrong with it; `raw` is the line as the file has it.

    `own` tells that the line has the form in which we export, `columns` how those of its table were understood.
    """

    number: int
    said: dict[str, Any] | BadLine
    raw: Any
    own: bool = False
    columns: Columns = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot be taken in: its number, why, and the line itself, so that it can be mended."""

    number: int
    why: str
    raw: Any


@dataclass(frozen=True, slots=True)
class Line:
    """What arrived, at which source, when. `values` are checked fields of a post or an owner reply."""

    number: int
    event: Event
    source: str
    external_id: str
    seen_at: datetime | None = None
    values: dict[str, Any] = field(default_factory=dict)
    replies: tuple[dict[str, Any], ...] = ()
    deleted: bool = False
    raw: Any = None
    columns: Columns = ()


TEXTS = ("url", "author_id", "author_name", "author_url", "title", "text", "language", "parent_external_id")
NUMBERS = ("rating", "rating_best", "rating_worst")
TIMES = ("created_at", "updated_at")


def taken(row: Row, default_source: str) -> Line | Wrong:
    """The row as it can be stored, or what is wrong with it."""
    try:
        if isinstance(row.said, BadLine):
            raise row.said
        return replace(checked(row.said, row.number, default_source), raw=row.raw, columns=row.columns)
    except BadLine as error:
        return Wrong(row.number, str(error), row.raw)


def checked(row: Mapping[str, Any], number: int, default_source: str) -> Line:
    """The line as it can be stored. Raises `BadLine`."""
    event = row.get("event", "post")
    if event not in ("post", "reply", "deleted"):
        raise BadLine(f"event must be reply or deleted, not {event!r}")
    source = _text(row, "source") or default_source
    if not source:
        raise BadLine("source is missing; name one with --source")
    target = _id(row, "to") or _id(row, "external_id") if event != "post" else _id(row, "external_id")
    if not target:
        raise BadLine(f"{'to' if event == 'reply' else 'external_id'} is missing")
    seen_at = moment(row.get("seen_at"), "seen_at")
    if event == "deleted":
        return Line(number, "deleted", source, target, seen_at)
    if event == "reply":
        return Line(number, "reply", source, target, seen_at, replies=(_reply(row, target),))
    replies = row.get("owner_replies") or []
    if not isinstance(replies, list) or not all(isinstance(reply, dict) for reply in replies):
        raise BadLine("owner_replies must be a list of objects")
    answers = tuple(_reply(reply, target) for reply in replies)
    return Line(number, "post", source, target, seen_at, _post(row), answers, row.get("deleted") is True)


def moment(value: Any, key: str) -> datetime | None:
    """An ISO 8601 time as aware UTC; one without an offset is taken as UTC. Raises `BadLine`."""
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise BadLine(f"{key} must be a time as text, not {value!r}")
    try:
        parsed = datetime.fromisoformat(value.strip())
    except ValueError as error:
        raise BadLine(f"{key}: {value!r} is not a time like 2026-11-23T08:00:00Z") from error
    try:
        return parsed.replace(tzinfo=UTC) if parsed.tzinfo is None else parsed.astimezone(UTC)
    except OverflowError as error:
        raise BadLine(f"{key}: {value!r} is outside every calendar") from error


def _post(row: Mapping[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {key: _text(row, key) for key in TEXTS}
    values |= {key: _number(row, key) for key in NUMBERS}
    values |= {key: moment(row.get(key), key) for key in TIMES}
    if values["rating"] is None and not values["text"].strip() and not values["title"].strip():
        raise BadLine("neither text nor title nor rating is given")
    return values


def _reply(row: Mapping[str, Any], target: str) -> dict[str, Any]:
    text, at = _text(row, "text"), moment(row.get("created_at"), "created_at")
    if not text.strip():
        raise BadLine("the text of the answer is missing")
    named = _id(row, "external_id") if row.get("external_id") != target else ""
    own = hashlib.sha256(f"{text}\x1f{at}".encode()).hexdigest()[:24]
    return {
        "external_id": named or own,
        "text": text,
        "created_at": at,
        "author_name": _text(row, "author_name"),
    }


def _id(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _text(row, key).strip()


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"{key} must be a text, not {value!r}")
    return value.replace("\x00", "")


def _number(row: Mapping[str, Any], key: str) -> float | None:
    value = row.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e6:
        raise BadLine(f"{key} must be a number, not {value!r}")
    return float(value)
