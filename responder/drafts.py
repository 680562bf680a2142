"""Drafts for open obligations: read the post, propose an answer, check it, let it wait for a person.

One post that cannot be read never stops the queue: it gets an empty draft that says a person must write by hand.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import queries_drafts as queries
from db import queries_intake
from db.engine import Database
from db.models import Case, Draft, Obligation, PostVersion, User
from db.moves import Change, Conflict, record
from db.queries_drafts import Material
from db.queries_outbox import live_reply
from db.queries_settings import get_setting, put_setting
from db.states import DraftKind, DraftOrigin, ObligationState
from responder.contexts import MakeProfile
from responder.deadlines import Deadlines, tighten
from responder.playbook import Playbook
from responder.reading.linear import Linear
from responder.reading.model import Reading
from responder.replied import add_draft, set_aside
from responder.roles import APPROVER, DRAFTER, require
from responder.suggesting import Ask
from responder.writing import Request, Writing, by_hand, write

MAX_TRIES = 5
"""After so many attempts that did not end (the worker was killed), a post counts as unreadable."""

IN_WORK = "drafting"
"""Setting key: which obligation is being drafted, for the how manieth time."""


class Edited(Conflict):
    """A person has changed the waiting draft, so it stays until somebody asks for another."""


def draft_next(
    database: Database,
    *,
    now: datetime,
    make_profile: MakeProfile,
    playbook: Playbook | None = None,
    ask: Ask | None = None,
    mood: Linear | None = None,
) -> int | None:
    """Draft an answer for the oldest undrafted open obligation; returns its id, None when nothing waits.

    `playbook` and `mood`, the model of moods, are the business's own, the built-in ones when left out; likewise below.
    `ask` asks a model for a better wording; without it nothing leaves this machine.
    """
    with database.read() as session:
        obligation_id = queries.next_undrafted(session)
    if obligation_id is None:
        return None
    tries = _begin(database, obligation_id, now)
    with database.read() as session:
        request = Request.load(session, obligation_id, make_profile, playbook)
    writing = by_hand(request, now) if tries > MAX_TRIES else write(request, now, ask, mood)
    with database.write() as session:
        _save(session, request.material, writing, now)
    return obligation_id


def redraft(
    database: Database,
    obligation_id: int,
    assessment: str,
    user: User,
    *,
    now: datetime,
    make_profile: MakeProfile,
    playbook: Playbook | None = None,
) -> Draft | None:
    """Note what a person thinks of the matter and propose another answer that follows from it.

    Returns None while the post has not been read yet: the worker then drafts with the new assessment. Raises
    `NotAllowed`, and `Conflict` when the obligation is not open any more.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        case = _open(session, obligation_id).case
        assert case.id is not None
        if case.assessment != assessment:
            queries_intake.update_row(session, Case, case.id, assessment=assessment)
            change = Change("case", case.id, case.assessment, assessment, actor, "assessment")
            record(session, [change], now=now)
    return _replace(database, obligation_id, DraftKind.FULL, actor, now, make_profile, playbook)


def draft_again(
    database: Database,
    obligation_id: int,
    user: User,
    *,
    now: datetime,
    make_profile: MakeProfile,
    playbook: Playbook | None = None,
) -> Draft | None:
    """Propose another text from the reading as it stands now, in place of a waiting one that no person has touched.

    Returns None when no draft waits. Raises `NotAllowed`, `Edited`, and `Conflict` when the matter is decided already.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.read() as session:
        waiting = queries_intake.waiting_draft(session, obligation_id)
    if waiting is None:
        return None
    kind = DraftKind(waiting.kind)
    return _replace(database, obligation_id, kind, actor, now, make_profile, playbook, untouched=True)


def draft_holding(
    database: Database,
    obligation_id: int,
    *,
    now: datetime,
    make_profile: MakeProfile,
    playbook: Playbook | None = None,
    actor: str = "page",
) -> Draft | None:
    """Propose a short first word in place of the waiting draft, which comes back once the first word is approved."""
    return _replace(database, obligation_id, DraftKind.HOLDING, actor, now, make_profile, playbook)


def _begin(database: Database, obligation_id: int, now: datetime) -> int:
    """Count the attempt before it is made: a text that kills the worker is met again, but not for ever."""
    with database.write() as session:
        before = get_setting(session, IN_WORK, {})
        tries = before.get("tries", 0) + 1 if before.get("obligation") == obligation_id else 1
        put_setting(session, IN_WORK, {"obligation": obligation_id, "tries": tries}, now)
    return tries


def _save(session: Session, found: Material, writing: Writing, now: datetime) -> bool:
    """Store the draft unless somebody was faster; anger may bring the deadlines forward."""
    duty = found.obligation
    assert duty.id is not None
    due = Deadlines(duty.holding_due_at, duty.due_at)
    if writing.reading is not None:
        due = tighten(due, writing.reading.anger, duty.created_at)
    if not queries.claim_draft(session, duty.id, due.due_at, due.holding_due_at):
        return False
    _keep_reading(session, found.version, writing.reading)
    put_setting(session, IN_WORK, {}, now)
    add_draft(session, writing.draft, actor="worker", why="drafted", now=now)
    return True


def _keep_reading(session: Session, version: PostVersion, reading: Reading | None) -> None:
    if reading is not None and version.reading is None and version.id is not None:
        queries_intake.update_row(session, PostVersion, version.id, reading=reading.as_json())


def _replace(
    database: Database,
    obligation_id: int,
    kind: DraftKind,
    actor: str,
    now: datetime,
    make_profile: MakeProfile,
    playbook: Playbook | None,
    *,
    untouched: bool = False,
) -> Draft | None:
    """Another draft in place of the waiting one, from the stored reading: cheap enough for the page's process."""
    with database.read() as session:
        _undecided(session, obligation_id, kind, untouched=untouched)
        request = Request.load(session, obligation_id, make_profile, playbook, kind.value)
    writing = None if request.context.reading is None else write(request, now)
    with database.write() as session:
        _undecided(session, obligation_id, kind, untouched=untouched)
        set_aside(session, obligation_id, actor=actor, why="drafted again", now=now)
        queries_intake.update_row(session, Obligation, obligation_id, drafted=writing is not None)
        if writing is None:
            return None
        add_draft(session, writing.draft, actor=actor, why="drafted again", now=now)
    return writing.draft


def _open(session: Session, obligation_id: int) -> Material:
    found = queries.material(session, obligation_id)
    if found.obligation.state != ObligationState.OPEN:
        raise Conflict(f"Obligation {obligation_id} is no longer open.")
    return found


def _undecided(session: Session, obligation_id: int, kind: DraftKind, *, untouched: bool) -> None:
    """Raise `Conflict` unless the answer is still to be decided: open, and no reply of this kind on its way.

    With `untouched`, raise `Edited` when the waiting draft is a person's.
    """
    _open(session, obligation_id)
    waiting = queries_intake.waiting_draft(session, obligation_id) if untouched else None
    if waiting is not None and waiting.origin == DraftOrigin.PERSON:
        raise Edited(f"Draft {waiting.id} was changed by a person; it is not replaced unasked.")
    if live_reply(session, obligation_id, kind.value) is not None:
        raise Conflict(f"Obligation {obligation_id} has an approved reply on its way; undo that first.")
