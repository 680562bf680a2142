"""What people do with an item. Every action is a form; afterwards the next item opens."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from db import queries_inbox, queries_item
from db.moves import Conflict
from db.queries_item import Item
from db.states import Assessment
from responder import approval
from responder.approval import AlreadyApproved, Blocked, TooEarly
from responder.by_hand import write_by_hand
from responder.exact_text import exact
from responder.findings import Finding
from responder.people import Visitor
from responder.web.checking import context_for, findings_of, same_wording, with_better_wording
from responder.web.desk import Approver, Desk, DeskHere, Drafter, Id
from responder.web.labels import CLOSE_REASONS
from responder.web.pages.item import load, load_by_draft, place_or_404, show
from responder.web.pages.login import go
from responder.web.translate import N_

router = APIRouter()

TextField = Annotated[str, Form()]
RevisionField = Annotated[int, Form(ge=1, le=2**31 - 1)]

CONFLICT = N_("Somebody else changed this draft in the meantime. Their text and yours are both below; nothing is lost.")
GONE = N_("This draft is no longer waiting: somebody else was faster. Your text is kept below.")
UNDO_OVER = N_("The time to undo is over: the answer is already on its way.")
NO_TIME = N_("Please choose a moment between now and the deadline.")
NO_REASON = N_("Please choose a reason, and write a note when it is not on the list.")
TOO_EARLY = N_("It is too early to say that: the first attempt may still arrive. Please look again in a few minutes.")
NO_ADDRESS = N_("Please give the web address of the answer (https://…) or leave the field empty.")
BLOCKED = N_("This text cannot be approved yet. Below stands what has to be changed first.")


def next_item(desk: Desk, item: Item, note: str) -> Response:
    """To the item whose deadline comes next, or to the inbox when everything is done."""
    key = (item.obligation.due_at, item.obligation.id or 0)
    with desk.database.read() as session:
        following = queries_inbox.next_open(session, key, desk.now())
    return go(f"/post/{following}?note={note}" if following else f"/?note={note}")


def same_item(item: Item, note: str) -> Response:
    return go(f"/post/{item.obligation.id}?note={note}")


def checked_now(request: Request, desk: Desk, item: Item, text: str) -> list[Finding]:
    """What the rules say about `text` at this moment."""
    with desk.database.read() as session:
        context = context_for(session, item, desk.make_profile)
    return findings_of(text, context, desk.renderer.language(request))


def conflict(request: Request, desk: Desk, who: Visitor, item: Item, text: str) -> Response:
    """Both texts on one page."""
    fresh = load(desk, item.obligation.id or 0)
    return show(request, desk, who, fresh, status=409, mine=text, error=CONFLICT if fresh.draft else GONE)


@router.post("/draft/{draft_id}/edit")
def edit(
    request: Request, desk: DeskHere, who: Drafter, draft_id: Id, revision: RevisionField, text: TextField = ""
) -> Response:
    """Store the text as it is now."""
    item = load_by_draft(desk, draft_id)
    try:
        findings = checked_now(request, desk, item, text)
        approval.edit(desk.database, draft_id, revision, text, who.user, findings, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, text)
    return same_item(item, "saved")


@router.post("/draft/{draft_id}/apply")
def apply_wording(
    request: Request,
    desk: DeskHere,
    who: Drafter,
    draft_id: Id,
    revision: RevisionField,
    wording: Annotated[str, Form()],
    text: TextField = "",
) -> Response:
    """Put a finding's better wording into the text (without JavaScript; with it the page does this by itself)."""
    item, text = load_by_draft(desk, draft_id), exact(text)
    finding = same_wording(checked_now(request, desk, item, text), wording)
    better = with_better_wording(text, finding) if finding else text
    try:
        findings = checked_now(request, desk, item, better)
        approval.edit(desk.database, draft_id, revision, better, who.user, findings, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, text)
    return same_item(item, "applied" if finding else "not_applied")


@router.post("/draft/{draft_id}/approve")
def approve(
    request: Request, desk: DeskHere, who: Approver, draft_id: Id, revision: RevisionField, text: TextField = ""
) -> Response:
    """Sign exactly this text. It leaves when the time to undo is over."""
    item = load_by_draft(desk, draft_id)
    try:
        approval.approve(
            desk.database,
            draft_id,
            revision,
            who.user,
            now=desk.now(),
            undo_seconds=desk.settings.undo_seconds,
            text=text,
            make_profile=desk.make_profile,
        )
    except AlreadyApproved:
        return same_item(item, "already")
    except Conflict:
        return conflict(request, desk, who, item, text)
    except Blocked:
        return show(request, desk, who, item, status=422, mine=text, error=BLOCKED)
    desk.wake()
    return same_item(item, "approved_manual") if item.by_hand else next_item(desk, item, "approved")


@router.post("/draft/{draft_id}/reject")
def reject(
    request: Request, desk: DeskHere, who: Approver, draft_id: Id, note: Annotated[str, Form()] = ""
) -> Response:
    item = load_by_draft(desk, draft_id)
    try:
        approval.reject(desk.database, draft_id, note.strip(), who.user, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, "")
    return same_item(item, "rejected")


@router.post("/approval/{approval_id}/undo")
def undo(request: Request, desk: DeskHere, who: Approver, approval_id: Id) -> Response:
    item = load(desk, place_or_404(desk, queries_item.approval_place, approval_id))
    try:
        approval.undo(desk.database, approval_id, who.user, desk.now())
    except Conflict:
        return show(request, desk, who, load(desk, item.obligation.id or 0), status=409, error=UNDO_OVER)
    return same_item(item, "undone")


@router.post("/post/{obligation_id}/hold")
def hold(
    request: Request,
    desk: DeskHere,
    who: Drafter,
    obligation_id: Id,
    until: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    item, at = load(desk, obligation_id), parse_moment(until, desk)
    if at is None or not desk.now() < at <= item.obligation.due_at:
        return show(request, desk, who, item, status=422, error=NO_TIME)
    try:
        approval.hold(desk.database, obligation_id, at, note.strip(), who.user, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, "")
    return next_item(desk, item, "held")


def parse_moment(text: str, desk: Desk) -> datetime | None:
    """A `datetime-local` field, in the business's time zone."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=desk.settings.zone)
    except ValueError:
        return None


@router.post("/post/{obligation_id}/close")
def close(
    request: Request,
    desk: DeskHere,
    who: Approver,
    obligation_id: Id,
    reason: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    item, note = load(desk, obligation_id), note.strip()
    if reason not in CLOSE_REASONS or (reason == "by_person" and not note):
        return show(request, desk, who, item, status=422, error=NO_REASON)
    try:
        approval.close(desk.database, obligation_id, reason, note, who.user, desk.now())
    except ValueError:
        return show(request, desk, who, item, status=422, error=NO_REASON)
    except Conflict:
        return conflict(request, desk, who, item, "")
    return next_item(desk, item, "closed")


@router.post("/post/{obligation_id}/assess")
def assess(
    request: Request, desk: DeskHere, who: Drafter, obligation_id: Id, assessment: Annotated[Assessment, Form()]
) -> Response:
    """What we think of the matter; a fresh draft follows from it."""
    from responder import drafts  # here, with reader and playbook, so that the idle page stays small
    from responder.playbook import load_playbook

    item = load(desk, obligation_id)
    drafts.redraft(
        desk.database,
        obligation_id,
        assessment,
        who.user,
        now=desk.now(),
        make_profile=desk.make_profile,
        playbook=load_playbook(desk.settings.playbook),
    )
    return same_item(item, "redrafted")


@router.post("/post/{obligation_id}/holding")
def holding(request: Request, desk: DeskHere, who: Drafter, obligation_id: Id) -> Response:
    """A short first word while the full answer needs time."""
    from responder import drafts
    from responder.playbook import load_playbook

    item = load(desk, obligation_id)
    drafts.draft_holding(
        desk.database,
        obligation_id,
        now=desk.now(),
        make_profile=desk.make_profile,
        playbook=load_playbook(desk.settings.playbook),
        actor=f"user:{who.user.id}",
    )
    return same_item(item, "holding")


@router.post("/post/{obligation_id}/write")
def write(request: Request, desk: DeskHere, who: Drafter, obligation_id: Id) -> Response:
    """An empty draft, for a person to write into."""
    item = load(desk, obligation_id)
    try:
        write_by_hand(desk.database, obligation_id, who.user, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, "")
    return same_item(item, "by_hand")


@router.post("/reply/{reply_id}/confirm")
def confirm(request: Request, desk: DeskHere, who: Drafter, reply_id: Id, url: Annotated[str, Form()] = "") -> Response:
    """A person says: I have posted this answer by hand."""
    item = load(desk, place_or_404(desk, queries_item.reply_place, reply_id))
    try:
        approval.confirm_manual(desk.database, reply_id, url.strip(), who.user, desk.now())
    except ValueError:
        return show(request, desk, who, item, status=422, error=NO_ADDRESS)
    except Conflict:
        return conflict(request, desk, who, item, "")
    desk.wake()
    return next_item(desk, item, "confirmed")


@router.post("/reply/{reply_id}/now")
def try_now(request: Request, desk: DeskHere, who: Drafter, reply_id: Id) -> Response:
    """A person says: what stood in the way is mended, do not wait any longer."""
    item = load(desk, place_or_404(desk, queries_item.reply_place, reply_id))
    try:
        approval.try_now(desk.database, reply_id, who.user, desk.now())
    except Conflict:
        return conflict(request, desk, who, item, "")
    desk.wake()
    return same_item(item, "trying")


@router.post("/reply/{reply_id}/deny")
def deny(request: Request, desk: DeskHere, who: Drafter, reply_id: Id) -> Response:
    """A person says of an answer in doubt: I have looked, and it is not there."""
    item = load(desk, place_or_404(desk, queries_item.reply_place, reply_id))
    try:
        approval.deny_manual(desk.database, reply_id, who.user, desk.now())
    except TooEarly:
        return show(request, desk, who, item, status=409, error=TOO_EARLY)
    except Conflict:
        return conflict(request, desk, who, item, "")
    return same_item(item, "denied")
