"""A person reads a post otherwise than the reader did. What he says counts from then on, and is kept to learn from."""

from __future__ import annotations

from datetime import datetime
from typing import cast

from sqlmodel import Session

from db import queries_corrections, queries_drafts
from db.engine import Database
from db.models import Obligation, PostVersion, User
from db.moves import Change, Conflict, record
from db.queries_intake import update_row
from db.states import ObligationState
from responder.deadlines import Deadlines, tighten
from responder.reading.model import Reading, from_json
from responder.reading.points import Point, consequences, put_right, said
from responder.roles import APPROVER, DRAFTER, require


def correct(database: Database, obligation_id: int, point: Point, user: User, *, now: datetime) -> bool:
    """Put one point of the reading right, with what follows from it; False when the reading says so already.

    More anger brings the deadlines of an open duty forward, less never puts them off. Every point that changes leaves
    its line in the audit trail. Raises `NotAllowed`, and `Conflict` while nobody has read the post.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        found = queries_drafts.material(session, obligation_id)
        version = found.version
        if version.reading is None:
            raise Conflict(f"Obligation {obligation_id} is of a post that was not read yet.")
        before = from_json(version.reading)
        points = [
            one for one in (point, *consequences(before, point)) if said(before, one.field, one.label) != one.value
        ]
        reading = before
        for one in points:
            _keep(session, cast(int, version.id), reading, one, cast(int, user.id), now)
            reading = put_right(reading, one)
        if not points:
            return False
        update_row(session, PostVersion, cast(int, version.id), reading=reading.as_json())
        record(session, [_line(version, before, one, actor) for one in points], now=now)
        _hurry(session, found.obligation, reading)
    return True


def _keep(session: Session, version_id: int, reading: Reading, point: Point, user_id: int, now: datetime) -> None:
    machine = queries_corrections.machine_said(session, version_id, point.field, point.label)
    machine = said(reading, point.field, point.label) if machine is None else machine
    queries_corrections.keep(
        session, version_id, point.field, point.label, machine=machine, person=point.value, user_id=user_id, now=now
    )


def _line(version: PostVersion, before: Reading, point: Point, actor: str) -> Change:
    """One point for the audit trail: `risks:legal=yes` became `risks:legal=no`."""
    name = f"{point.field.value}:{point.label}" if point.label else point.field.value
    old = said(before, point.field, point.label)
    return Change("post_version", cast(int, version.id), f"{name}={old}", f"{name}={point.value}", actor, "corrected")


def _hurry(session: Session, duty: Obligation, reading: Reading) -> None:
    """Bring the deadlines of an open duty forward as the anger demands."""
    if duty.state != ObligationState.OPEN:
        return
    due = tighten(Deadlines(duty.holding_due_at, duty.due_at), reading.anger, duty.created_at)
    queries_drafts.bring_forward(session, cast(int, duty.id), due.due_at, due.holding_due_at)
