"""Posts we know that changed: another wording, deleted, or back again."""

from __future__ import annotations

from typing import Any

from db import queries_intake as queries
from db.bulk import reserve_ids
from db.models import Obligation, Post, PostVersion
from db.states import CloseReason, ObligationState, PostState
from responder.incoming import IncomingPost
from responder.intake_new import obligation_row, version_row
from responder.intake_work import Work
from responder.replied import ended_by_deletion
from responder.similar import same_words

TRIFLES = (CloseReason.SPELLING_ONLY, CloseReason.STARS_ONLY)
"""Why a new wording needs no answer of its own, as long as the older one has its answer."""


def take_edit(work: Work, post: IncomingPost, known: queries.Known) -> None:
    """Store another wording with its own obligation.

    Before our answer it takes the place of the older duty and inherits its earliest deadline; after our answer it
    is a further step of the case, unless only spelling or stars changed.
    """
    history = queries.versions_of(work.session, known.post_id)
    before, duty = history[-1]
    ids = reserve_ids(work.session, {PostVersion: 1, Obligation: 1})
    version_id, obligation_id = ids[PostVersion][0], ids[Obligation][0]
    work.insert(PostVersion, [version_row(work, post, known.post_id, version_id, known.version + 1)])
    was_open = duty.state == ObligationState.OPEN
    trifle = None if was_open else _trifle(post, before, duty)
    step = known_step = duty.step
    if trifle is None:
        step = work.wake_case(known.case_id, further=not was_open and not _restarts(duty))
    if was_open:
        work.close(duty, CloseReason.SUPERSEDED)
    row = obligation_row(work, post, known.post_id, version_id, known.case_id, step, obligation_id)
    if was_open:
        row |= _inherited(row, duty)
    if trifle is not None:
        row |= {"state": "closed", "reason": trifle.value, "closed_by": work.actor, "step": known_step}
    work.insert(Obligation, [row])
    work.note("obligation", obligation_id, "", row["state"], row["reason"] or "edited post")
    work.move(
        Post, known.post_id, PostState(known.state), PostState.EDITED, "edited",
        version=known.version + 1, language=post.language,
    )  # fmt: skip
    work.receipt.changed += 1


def _restarts(duty: Obligation) -> bool:
    """Whether the duty ended without anybody having dealt with the post: then an edit is its first step."""
    return duty.reason in (CloseReason.BEFORE_START_DATE, CloseReason.DELETED_BEFORE_ANSWER)


def _inherited(row: dict[str, Any], duty: Obligation) -> dict[str, Any]:
    return {
        "due_at": min(row["due_at"], duty.due_at),
        "holding_due_at": min(row["holding_due_at"], duty.holding_due_at),
        "held_until": None,
        "first_word_at": duty.first_word_at,
        "step": duty.step,
    }


def _trifle(post: IncomingPost, before: PostVersion, duty: Obligation) -> CloseReason | None:
    """The reason to close at once when a dealt-with post changed in spelling or in stars alone."""
    if _restarts(duty) or not (same_words(post.title, before.title) and same_words(post.text, before.text)):
        return None
    return CloseReason.SPELLING_ONLY if post.rating == before.rating else CloseReason.STARS_ONLY


def take_deletion(work: Work, known: queries.Known) -> None:
    """The post itself is gone, and so are the duties of all its wordings; an answer on its way is stopped."""
    work.move(Post, known.post_id, PostState(known.state), PostState.DELETED, "deleted on the platform")
    for duty, reason in ended_by_deletion(work.session, known.post_id):
        work.close(duty, reason)
    work.rest_case(known.case_id)
    work.receipt.deleted += 1


def take_return(work: Work, known: queries.Known) -> None:
    """A deleted post stands there again in the same words: its duty, if it had ended with the post, is open again."""
    after = PostState.LIVE if known.version == 1 else PostState.EDITED
    work.move(Post, known.post_id, PostState.DELETED, after, "visible again")
    work.receipt.changed += 1
    if known.obligation_state != ObligationState.CLOSED or known.reason != CloseReason.DELETED_BEFORE_ANSWER:
        return
    work.move(
        Obligation, known.obligation_id, ObligationState.CLOSED, ObligationState.OPEN, "visible again",
        reason="", closed_by="", drafted=False,
    )  # fmt: skip
    work.wake_case(known.case_id, further=False)
