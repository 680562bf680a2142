"""The JSON of `gelassen posts` and `gelassen cases`, as docs/commands.md fixes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from db.models import OwnerReply
from db.queries_listing import CaseLine, Listed

NOBODY = frozenset(
    "gast anonym anonymous guest unbekannt kunde kundin google-nutzer ein google-nutzer mitglied user".split()
) | {"", "ein google-nutzer"}
"""Names that many people share: the same one says nothing about the same person."""


def post_record(listed: Listed) -> dict[str, Any]:
    """One line of `gelassen posts`; its keys are what `gelassen import` takes."""
    post, version, obligation = listed.post, listed.version, listed.obligation
    return {
        "source": listed.source.name,
        "external_id": post.external_id,
        "url": post.url,
        "author_id": listed.author.external_id,
        "author_name": listed.author.name,
        "rating": version.rating,
        "rating_best": version.rating_best,
        "rating_worst": version.rating_worst,
        "title": version.title,
        "text": version.text,
        "language": post.language,
        "created_at": post.created_at,
        "updated_at": version.updated_at,
        "version": version.version,
        "deleted": post.state == "deleted",
        "case": post.case_id,
        "obligation": {"state": obligation.state, "due_at": obligation.due_at},
        "owner_replies": [reply_record(reply) for reply in listed.owner_replies],
    }


def reply_record(reply: OwnerReply) -> dict[str, Any]:
    """An answer of the business as it stands in public."""
    return {
        "external_id": reply.external_id,
        "text": reply.text,
        "author_name": reply.author_name,
        "created_at": reply.created_at,
    }


def case_records(lines: Iterable[CaseLine]) -> Iterator[dict[str, Any]]:
    """One line of `gelassen cases` each."""
    grouped = [list(group) for _, group in groupby(lines, key=lambda line: line.case.id)]
    twins = _twins(grouped)
    for group in grouped:
        case = group[0].case
        yield {
            "case": case.id,
            "author": group[0].author.name,
            "sources": sorted({line.source_name for line in group}),
            "state": case.state,
            "obligations": [_obligation_record(line) for line in group],
            "suggested_merge": [number for number in twins[_person(group)] if number != case.id],
        }


def _obligation_record(line: CaseLine) -> dict[str, Any]:
    return {
        "source": line.source_name,
        "external_id": line.external_id,
        "version": line.version,
        "step": line.obligation.step,
        "state": line.obligation.state,
        "reason": line.obligation.reason,
        "due_at": line.obligation.due_at,
    }


def _twins(groups: list[list[CaseLine]]) -> dict[str, list[int | None]]:
    """Unsettled cases by what may be the same person: equal display names, of different accounts."""
    found: dict[str, list[int | None]] = {}
    for group in groups:
        name = _person(group)
        numbers = found.setdefault(name, [])
        if name not in NOBODY and group[0].case.state != "settled":
            numbers.append(group[0].case.id)
    return found


def _person(group: list[CaseLine]) -> str:
    return " ".join(group[0].author.name.casefold().split())
