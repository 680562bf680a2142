"""A person writes the answer alone: where no draft could be made, or where nobody wants to wait for one."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from db import queries_intake as queries
from db.engine import Database
from db.models import Draft, Obligation, User
from db.moves import Conflict
from db.queries_outbox import live_reply
from db.states import DraftKind, DraftOrigin, ObligationState
from responder.replied import add_draft
from responder.roles import APPROVER, DRAFTER, require


def write_by_hand(database: Database, obligation_id: int, user: User, now: datetime) -> Draft:
    """An empty draft for a person to fill, or the one that waits already.

    The worker leaves the post alone from now on. Raises `NotAllowed`, and `Conflict` when the post needs no answer any
    more or has one on its way.
    """
    actor = require(user, DRAFTER, APPROVER)
    with database.write() as session:
        queries.update_row(session, Obligation, obligation_id, drafted=True)  # the row lock that the worker needs too
        _unanswered(session, obligation_id)
        waiting = queries.waiting_draft(session, obligation_id)
        if waiting is None:
            waiting = Draft(
                obligation_id=obligation_id, text="", origin=DraftOrigin.PERSON.value, edited_by_id=user.id,
                created_at=now, updated_at=now,
            )  # fmt: skip
            add_draft(session, waiting, actor=actor, why="by hand", now=now)
        session.expunge(waiting)
    return waiting


def _unanswered(session: Session, obligation_id: int) -> None:
    duty = queries.obligation_of(session, obligation_id)
    if duty.state != ObligationState.OPEN or live_reply(session, obligation_id, DraftKind.FULL.value) is not None:
        raise Conflict(f"Obligation {obligation_id} is answered, or its answer is on its way.")
