"""Is our reply really visible? Only what the crawler saw in public makes an obligation `answered`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import datetime, timedelta

from sqlmodel import Session

from db import queries_intake as queries
from db import queries_outbox as outbox
from db.bulk import insert_rows
from db.engine import Database
from db.models import Obligation, OwnerReply, Post, PostVersion, Reply, Sighting
from db.states import CloseReason, ObligationState, ReplyState, SightingState
from responder.incoming import IncomingPost, IncomingReply
from responder.intake_changes import TRIFLES
from responder.intake_work import Work
from responder.replied import ENDS_THE_DUTY, bring_back, confirm, wake_case
from responder.similar import is_near_repeat, normalise_text, same_words

LOOKS = (timedelta(0), timedelta(minutes=15), timedelta(hours=24), timedelta(days=7), timedelta(days=30))
"""When we look for a confirmed reply, counted from its confirmation."""

AGAIN = timedelta(hours=1)
"""After a reply was missing a day or more after its confirmation, we look once more before we believe it."""

MISSING = "missing"
"""`Reply.outcome` after a look that did not find the reply."""


def match_replies(work: Work, posts: Sequence[IncomingPost], ids: Mapping[str, int], new: Set[int]) -> None:
    """Compare the answers seen under the posts of one page with our own, and note answers given elsewhere.

    Under posts that are `new` with this page there cannot be any of ours; where nobody looked, none is missing.
    """
    seen = _seen_replies(work, posts, ids)
    looked = [post for post in posts if post.external_id in ids and not (post.deleted or post.answers_unknown)]
    listed = {ids[post.external_id] for post in looked}
    around = sorted((listed | {post_id for post_id, _reply in seen}) - new)
    ours = outbox.our_replies(work.session, around) if around else {}
    stored = queries.owner_replies(work.session, [post_id for post_id, _reply in seen]) if seen else {}
    found: set[int] = set()
    for post_id, reply in seen:
        mine = _which(ours.get(post_id, []), reply)
        if mine is not None:
            found.add(mine.reply_id)
        _take_reply(work, post_id, reply, mine, stored.get((post_id, reply.external_id)))
    for mine in (one for post_id in sorted(listed - new) for one in ours.get(post_id, [])):
        if mine.reply_id not in found and _is_due(mine, work.now):
            _not_seen(work, mine)


def due_looks(database: Database, now: datetime) -> list[int]:
    """`looks_due` in a transaction of its own; takes the write lock only when a look has to be counted."""
    with database.read() as session:
        rows = outbox.due_looks(session, now)
    if not any(_looked_in_vain(due, looked) for _source, _reply, due, looked in rows):
        return sorted({row[0] for row in rows})
    with database.write() as session:
        return looks_due(session, now)


def looks_due(session: Session, now: datetime) -> list[int]:
    """The sources that need a full look now because a public reply of ours should be looked for.

    A full look that took place since and did not list the post proves nothing: it is counted and the next one
    planned, so that a post that has left the list is not looked for without end.
    """
    wanted: set[int] = set()
    for source_id, reply_id, due, looked in outbox.due_looks(session, now):
        if _looked_in_vain(due, looked):
            _plan_next(session, reply_id, now)
        else:
            wanted.add(source_id)
    return sorted(wanted)


def _looked_in_vain(due: datetime, looked: datetime | None) -> bool:
    return looked is not None and looked > due


def _seen_replies(work: Work, posts: Sequence[IncomingPost], ids: Mapping[str, int]) -> list[tuple[int, IncomingReply]]:
    """Answers under posts, and comments of our own that name the post they answer."""
    seen = [(ids[post.external_id], reply) for post in posts if post.external_id in ids for reply in post.owner_replies]
    own = [post for post in posts if post.parent_external_id and not post.deleted and work.is_own(post)]
    parents = dict(ids)
    missing = [post.parent_external_id for post in own if post.parent_external_id not in parents]
    if missing:
        parents |= outbox.post_ids(work.session, work.source_id, missing)
    return seen + [(parents[post.parent_external_id], post) for post in own if post.parent_external_id in parents]


def _which(ours: Sequence[outbox.OurReply], reply: IncomingReply) -> outbox.OurReply | None:
    """Our reply that this is: in the same words, or sent by us and touched up by the platform or a colleague."""
    for mine in ours:
        if same_words(mine.text, reply.text):
            return mine
    sent = [mine for mine in ours if mine.state is ReplyState.CONFIRMED]
    return next((mine for mine in sent if is_near_repeat(mine.text, reply.text)), None)


def _is_due(mine: outbox.OurReply, now: datetime) -> bool:
    return mine.state is ReplyState.CONFIRMED and mine.next_look_at is not None and mine.next_look_at <= now


def _take_reply(
    work: Work, post_id: int, reply: IncomingReply, mine: outbox.OurReply | None, stored: OwnerReply | None
) -> None:
    is_news = stored is None or normalise_text(stored.text) != normalise_text(reply.text)
    _store_reply(work, post_id, reply, mine, stored, is_news=is_news)
    if mine is not None:
        _seen(work, mine, reply)
    elif is_news:
        _answered_elsewhere(work, post_id, reply)


def _store_reply(
    work: Work,
    post_id: int,
    reply: IncomingReply,
    mine: outbox.OurReply | None,
    stored: OwnerReply | None,
    *,
    is_news: bool,
) -> None:
    ours = mine.reply_id if mine is not None else None
    if stored is None:
        row = {
            "post_id": post_id,
            "external_id": reply.external_id,
            "text": reply.text,
            "author_name": reply.author_name,
            "created_at": reply.created_at,
            "seen_at": work.now,
            "reply_id": ours,
        }
        work.insert(OwnerReply, [row])
    elif is_news or (ours is not None and stored.reply_id is None):
        assert stored.id is not None
        values = {"text": reply.text, "reply_id": ours or stored.reply_id}
        work.receipt.rows_written += queries.update_row(work.session, OwnerReply, stored.id, **values)


def _seen(work: Work, mine: outbox.OurReply, reply: IncomingReply) -> None:
    """Our reply stands there. A look that was not due and has nothing to tell writes nothing."""
    if mine.state is not ReplyState.CONFIRMED:
        row = _reply(work.session, mine.reply_id)
        confirm(work.session, row, actor=work.actor, why="seen in public", now=work.now, external_id=reply.external_id)
    obligation = queries.obligation_of(work.session, mine.obligation_id)
    first = mine.kind in ENDS_THE_DUTY and obligation.state == ObligationState.REPLIED
    if not (first or _is_due(mine, work.now) or mine.outcome == MISSING or mine.state is not ReplyState.CONFIRMED):
        return
    _sighting(work.session, mine.reply_id, SightingState.SEEN, {"external_id": reply.external_id}, work.now)
    _plan_next(work.session, mine.reply_id, work.now, outcome="ok")
    work.receipt.rows_written += 2
    if first:
        work.move(
            Obligation, mine.obligation_id, ObligationState.REPLIED, ObligationState.ANSWERED, "seen in public",
            answered_at=work.now,
        )  # fmt: skip


def _answered_elsewhere(work: Work, post_id: int, reply: IncomingReply) -> None:
    """The business answered on the platform itself: that ends the duty for every wording older than the answer."""
    version, duty = queries.versions_of(work.session, post_id)[-1]
    if duty.state != ObligationState.OPEN:
        return
    if not _is_newer(work, reply, post_id, version):
        return
    assert duty.id is not None
    work.drop_answers(duty.id, "answered_elsewhere")
    work.move(
        Obligation, duty.id, ObligationState.OPEN, ObligationState.ANSWERED, "answered_elsewhere",
        answered_at=work.now, held_until=None,
    )  # fmt: skip
    work.rest_case(duty.case_id)


def _is_newer(work: Work, reply: IncomingReply, post_id: int, version: PostVersion) -> bool:
    """Whether an answer came after this wording. Without times, an edit seen together with an answer came later."""
    written = version.updated_at
    if version.version == 1:
        post = work.session.get(Post, post_id)
        written = written or (post.created_at if post else None)
        return written is None or reply.created_at is None or reply.created_at >= written
    if reply.created_at is None:
        return version.seen_at < work.now
    return reply.created_at >= (written or version.seen_at)


def _not_seen(work: Work, mine: outbox.OurReply) -> None:
    """The post is listed and our reply is not under it, although it was due to be."""
    reply = _reply(work.session, mine.reply_id)
    age = work.now - (reply.confirmed_at or work.now)
    if age < LOOKS[1] or not outbox.shows_replies(work.session, work.source_id):
        _plan_next(work.session, mine.reply_id, work.now)
        work.receipt.rows_written += 1
        return
    _sighting(work.session, mine.reply_id, SightingState.MISSING, {"post_listed": True}, work.now)
    work.receipt.rows_written += 2
    if age >= LOOKS[2] and reply.outcome == MISSING:
        _vanished(work, reply)
    elif age >= LOOKS[2]:
        again = {"outcome": MISSING, "next_look_at": work.now + AGAIN}
        queries.update_row(work.session, Reply, mine.reply_id, **again)
    else:
        _plan_next(work.session, mine.reply_id, work.now, outcome=MISSING)


def _vanished(work: Work, reply: Reply) -> None:
    """Twice in a row not there: the duty is open again and the text waits for a person.

    Where a newer wording has a duty of its own, that one goes on untouched and takes the place of this one.
    """
    why = "vanished from the page"
    assert reply.id is not None
    work.move(Reply, reply.id, ReplyState.CONFIRMED, ReplyState.GONE, why, outcome="vanished", next_look_at=None)
    duty = queries.obligation_of(work.session, reply.obligation_id)
    if reply.kind not in ENDS_THE_DUTY or duty.state not in (ObligationState.REPLIED, ObligationState.ANSWERED):
        return
    approval = outbox.dispatch(work.session, reply.id).approval
    again = _due_again(work, duty)
    if again is not duty:
        work.close(duty, CloseReason.SUPERSEDED)
    if again is not None:
        _open_again(work, again, why)
    note = "The reply is no longer visible in public. Please check the page before you send it again."
    bring_back(
        work.session, approval, actor=work.actor, why=why, note=note, now=work.now,
        obligation_id=None if again is None else again.id,
    )  # fmt: skip


def _due_again(work: Work, duty: Obligation) -> Obligation | None:
    """The duty that a vanished answer to `duty` brings back: that of the newest wording, if it relied on the answer.

    None when a newer wording said something new: it was, or will be, answered for itself.
    """
    duties = [one for _version, one in queries.versions_of(work.session, duty.post_id)]
    later = duties[duties.index(duty) + 1 :]
    return [duty, *later][-1] if all(one.reason in TRIFLES for one in later) else None


def _open_again(work: Work, duty: Obligation, why: str) -> None:
    assert duty.id is not None
    work.move(
        Obligation, duty.id, ObligationState(duty.state), ObligationState.OPEN, why,
        reason="", closed_by="", replied_at=None, answered_at=None,
    )  # fmt: skip
    wake_case(work.session, duty.case_id, actor=work.actor, why=why, now=work.now)


def _plan_next(session: Session, reply_id: int, now: datetime, outcome: str | None = None) -> None:
    """Count one look and set the time of the next one that still lies ahead, if any."""
    reply = _reply(session, reply_id)
    start = reply.confirmed_at or now
    ahead = [number for number, after in enumerate(LOOKS) if number > reply.looks and start + after > now]
    looks = ahead[0] if ahead else len(LOOKS)
    values = {"looks": looks, "next_look_at": start + LOOKS[looks] if ahead else None}
    queries.update_row(session, Reply, reply_id, **values, outcome=reply.outcome if outcome is None else outcome)


def _sighting(session: Session, reply_id: int, state: SightingState, evidence: dict[str, object], at: datetime) -> None:
    row = {"reply_id": reply_id, "at": at, "state": state.value, "evidence": evidence}
    insert_rows(session, Sighting, [row])


def _reply(session: Session, reply_id: int) -> Reply:
    reply = session.get(Reply, reply_id, populate_existing=True)
    assert reply is not None
    return reply
