"""One post and its draft, side by side; and the live check of what is being written."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request
from sqlmodel import Session
from starlette.responses import Response

from db import queries_item as queries
from db.queries_item import Item
from responder import people
from responder.decisions import can_try_now
from responder.exact_text import exact
from responder.findings import Finding
from responder.people import Visitor
from responder.web.checking import context_for, findings_of, length, mark_of, profile_of
from responder.web.desk import Desk, DeskHere, Drafter, Id, Known
from responder.web.reading_view import changes, parts

router = APIRouter()


def load(desk: Desk, obligation_id: int) -> Item:
    """The item, or 404."""
    with desk.database.read() as session:
        found = queries.item(session, obligation_id)
    if found is None:
        raise HTTPException(404)
    return found


def load_by_draft(desk: Desk, draft_id: int) -> Item:
    """The item a draft belongs to, or 404."""
    return load(desk, place_or_404(desk, queries.draft_place, draft_id))


def place_or_404(desk: Desk, find: Callable[[Session, int], int | None], row_id: int) -> int:
    """The obligation that an approval or a reply belongs to."""
    with desk.database.read() as session:
        place = find(session, row_id)
    if place is None:
        raise HTTPException(404)
    return place


def show(
    request: Request,
    desk: Desk,
    who: Visitor,
    item: Item,
    *,
    status: int = 200,
    mine: str | None = None,
    error: str = "",
) -> Response:
    """The item page. `mine` is a text that could not be stored as it was: shown, never lost.

    When somebody else was faster (409) the text that is stored now is shown beside it.
    """
    if status == HTTPStatus.CONFLICT:
        mine = mine or None  # whoever rejects or puts off has typed no answer
    text = mine if mine is not None else item.draft.text if item.draft else ""
    return desk.page(
        request,
        "item.html",
        status,
        mine=mine,
        clash=status == HTTPStatus.CONFLICT and mine is not None,
        error=error,
        may_draft=who.has(people.DRAFTER, people.APPROVER),
        may_approve=who.has(people.APPROVER),
        reading=parts(item.version),
        corrections=changes(item.corrections),
        can_try_now=lambda reply: can_try_now(reply, item.channel, desk.now()),
        **checked(request, desk, item, text),
    )


def checked(request: Request, desk: Desk, item: Item, text: str) -> dict[str, Any]:
    """What the list of findings and the length counter show for `text`."""
    findings: list[Finding] = []
    if item.draft is not None:
        with desk.database.read() as session:
            context = context_for(session, item, desk.make_profile)
        findings = findings_of(text, context, desk.renderer.language(request))
    profile = profile_of(item, desk.make_profile)
    signed = exact(text)
    unchanged = item.draft is not None and signed == exact(item.draft.text)
    return {
        "item": item,
        "text": signed,
        "findings": findings,
        "unmet": item.draft.needs if item.draft is not None and unchanged else [],
        "mark_of": mark_of,
        "profile": profile,
        "used": length(signed, profile.unit),
    }


@router.get("/post/{obligation_id}")
def item_page(request: Request, desk: DeskHere, who: Known, obligation_id: Id) -> Response:
    return show(request, desk, who, load(desk, obligation_id))


@router.post("/draft/{draft_id}/check")
def check_draft(
    request: Request, desk: DeskHere, who: Drafter, draft_id: Id, text: Annotated[str, Form()] = ""
) -> Response:
    """The findings for a text that is being typed; stores nothing."""
    found = checked(request, desk, load_by_draft(desk, draft_id), text)
    return desk.page(request, "_findings.html", may_draft=True, **found)
