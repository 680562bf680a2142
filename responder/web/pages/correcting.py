"""A click on the item page says: this was read wrongly."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from starlette.responses import Response

from db.moves import Conflict
from db.queries_item import Item
from responder import approval
from responder.corrections import correct
from responder.exact_text import exact
from responder.people import Visitor
from responder.reading.points import parse
from responder.web.desk import Desk, DeskHere, Drafter, Id
from responder.web.pages.actions import checked_now, conflict
from responder.web.pages.item import load
from responder.web.pages.login import go

router = APIRouter()


@router.post("/post/{obligation_id}/correct")
def correct_reading(
    request: Request,
    desk: DeskHere,
    who: Drafter,
    obligation_id: Id,
    point: Annotated[str, Form()],
    revision: Annotated[int, Form(ge=0, le=2**31 - 1)] = 0,
    text: Annotated[str | None, Form()] = None,
) -> Response:
    """Put one point of the reading right. What stands in the editor comes along, so that no typed word is lost."""
    item, said = load(desk, obligation_id), parse(point)
    if said is None:
        raise HTTPException(422)
    try:
        changed = correct(desk.database, obligation_id, said, who.user, now=desk.now())
        if text is not None and item.draft is not None and exact(text) != exact(item.draft.text):
            findings = checked_now(request, desk, item, text)
            approval.edit(desk.database, item.draft.id or 0, revision, text, who.user, findings, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, text or "")
    return go(f"/post/{obligation_id}?note={_redrafted(desk, item, who) if changed else 'corrected'}#reading")


def _redrafted(desk: Desk, item: Item, who: Visitor) -> str:
    """Make the draft anew unless a person has changed it; returns the note that says what became of it."""
    from responder import drafts  # here, with reader and playbook, so that the idle page stays small
    from responder.playbook import load_playbook

    try:
        fresh = drafts.draft_again(
            desk.database,
            item.obligation.id or 0,
            who.user,
            now=desk.now(),
            make_profile=desk.make_profile,
            playbook=load_playbook(desk.settings.playbook),
        )
    except drafts.Edited:
        return "corrected_kept"
    except Conflict:  # answered or closed meanwhile: there is no draft to make
        return "corrected"
    return "corrected_anew" if fresh else "corrected"
