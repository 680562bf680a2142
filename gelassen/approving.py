"""Approving from the command line: the same signature as on the page, by a named person with the role."""

from __future__ import annotations

from datetime import datetime

from db.engine import Database
from db.models import Approval
from db.queries_item import item
from db.queries_people import user_by_name
from gelassen.bridge import profile_of
from gelassen.errors import UserError
from gelassen.settings import Settings
from responder.approval import Blocked, Conflict, NotAllowed
from responder.approval import approve as sign


def approve_waiting(database: Database, settings: Settings, obligation_id: int, name: str, now: datetime) -> Approval:
    """Approve the draft that waits for this obligation. Raises `UserError` saying why not."""
    with database.read() as session:
        found, user = item(session, obligation_id), user_by_name(session, name)
    if user is None or user.disabled:
        raise UserError(f"There is no account named {name!r}. `gelassen user list` shows them.")
    if found is None or found.draft is None or found.draft.id is None:
        raise UserError(f"No draft waits under the id {obligation_id}. `gelassen inbox` lists what waits.")
    draft = found.draft
    try:
        return sign(
            database,
            found.draft.id,
            draft.revision,
            user,
            now=now,
            undo_seconds=settings.undo_seconds,
            make_profile=lambda source: profile_of(source, settings, now),
        )
    except Blocked as error:
        reasons = "\n".join(f"  {finding.rule}: {finding.why}" for finding in error.findings)
        raise UserError(f"Not approved, the text must be changed first:\n{reasons}") from error
    except NotAllowed as error:
        raise UserError(f"{name} may not approve: {error}") from error
    except Conflict as error:
        raise UserError(f"Not approved: {error}") from error
