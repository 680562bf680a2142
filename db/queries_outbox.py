"""Every query of the outbox and of the looks whether our replies are visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, func, select, text, update
from sqlmodel import Session, col

from db.models import Approval, Channel, Obligation, OwnerReply, Post, PostVersion, Reply, Source
from db.queries_intake import chunks, plain_rows, rows
from db.states import LIVE_REPLY, ChannelState, ReplyState, quoted


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A reply with everything needed to send it and to check its signature: rows as stored, not to be edited."""

    reply: Reply
    approval: Approval
    obligation: Obligation
    version: PostVersion
    post: Post
    source: Source
    channel: Channel | None


@dataclass(frozen=True, slots=True)
class OurReply:
    """A reply that is, or may be, public, as the looks need it."""

    reply_id: int
    state: ReplyState
    kind: str
    obligation_id: int
    post_id: int
    text: str
    next_look_at: datetime | None
    outcome: str


DUE = text("reply.state IN ('planned', 'sending', 'unknown', 'pending')")
"""The literal predicate of the partial index over replies that a tick still has to move."""

DUE_LOOK = text("reply.state = 'confirmed' AND reply.next_look_at IS NOT NULL")


_OURS = (
    select(
        col(Reply.id),
        col(Reply.state),
        col(Reply.kind),
        col(Reply.obligation_id),
        col(Obligation.post_id),
        col(Approval.text),
        col(Reply.next_look_at),
        col(Reply.outcome),
    )
    .join(Obligation, col(Obligation.id) == col(Reply.obligation_id))
    .join(Approval, col(Approval.id) == col(Reply.approval_id))
    .where(col(Obligation.post_id).in_(bindparam("posts", expanding=True)))
    .where(text(f"reply.state IN ({quoted(LIVE_REPLY)})"))
)


def dispatch(session: Session, reply_id: int) -> Dispatch:
    """One reply with its surroundings. Raises `LookupError` when there is none."""
    query = (
        select(Reply, Approval, Obligation, PostVersion, Post, Source, Channel)
        .join(Approval, col(Approval.id) == col(Reply.approval_id))
        .join(Obligation, col(Obligation.id) == col(Reply.obligation_id))
        .join(PostVersion, col(PostVersion.id) == col(Approval.post_version_id))
        .join(Post, col(Post.id) == col(PostVersion.post_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .outerjoin(Channel, col(Channel.id) == col(Reply.channel_id))
        .where(col(Reply.id) == reply_id)
        .execution_options(populate_existing=True)
    )
    found = rows(session, query)
    if not found:
        raise LookupError(f"There is no reply {reply_id}.")
    return Dispatch(*found[0])


def next_planned(session: Session, now: datetime) -> int | None:
    """The reply that has been due longest on an armed channel."""
    query = (
        select(col(Reply.id))
        .join(Channel, col(Channel.id) == col(Reply.channel_id))
        .where(
            DUE,
            col(Reply.state) == ReplyState.PLANNED.value,
            col(Reply.next_try_at) <= now,
            col(Reply.not_before) <= now,
            col(Channel.state) == ChannelState.ARMED.value,
            col(Channel.kind) != "manual",
        )
        .order_by(col(Reply.next_try_at), col(Reply.id))
        .limit(1)
    )
    return next((row[0] for row in rows(session, query)), None)


def in_doubt(session: Session, state: ReplyState, now: datetime) -> list[int]:
    """Replies in `state` that a tick has to look at now, the longest due first."""
    query = (
        select(col(Reply.id))
        .where(DUE, col(Reply.state) == state.value, col(Reply.next_try_at) <= now)
        .order_by(col(Reply.next_try_at), col(Reply.id))
    )
    return [row[0] for row in rows(session, query)]


def mark_dry_runs(session: Session, now: datetime) -> int:
    """Show at due replies that their channel only rehearses; nothing is written twice."""
    dry = select(col(Channel.id)).where(col(Channel.state) == ChannelState.DRY_RUN.value)
    query = (
        update(Reply)
        .where(
            DUE,
            col(Reply.state) == ReplyState.PLANNED.value,
            col(Reply.not_before) <= now,
            col(Reply.channel_id).in_(dry),
            col(Reply.outcome) != "dry_run",
        )
        .values(outcome="dry_run")
    )
    return session.connection().execute(query).rowcount


def dry_runs_wanted(session: Session, now: datetime) -> bool:
    """Whether `mark_dry_runs` would write anything."""
    query = (
        select(col(Reply.id))
        .join(Channel, col(Channel.id) == col(Reply.channel_id))
        .where(
            DUE,
            col(Reply.state) == ReplyState.PLANNED.value,
            col(Reply.not_before) <= now,
            col(Channel.state) == ChannelState.DRY_RUN.value,
            col(Reply.outcome) != "dry_run",
        )
        .limit(1)
    )
    return bool(rows(session, query))


def approvals_in_state(session: Session, obligation_id: int, state: ReplyState) -> list[tuple[int, int, int]]:
    """(reply, approval, draft) ids of an obligation's replies in `state`."""
    query = (
        select(col(Reply.id), col(Approval.id), col(Approval.draft_id))
        .join(Approval, col(Approval.id) == col(Reply.approval_id))
        .where(col(Reply.obligation_id) == obligation_id, col(Reply.state) == state.value)
    )
    return [(row[0], row[1], row[2]) for row in rows(session, query)]


def live_reply(session: Session, obligation_id: int, kind: str | None = None) -> Reply | None:
    """The reply of an obligation that is, or may become, public; one that has not settled yet comes first."""
    query = select(Reply).where(col(Reply.obligation_id) == obligation_id, text(f"state IN ({quoted(LIVE_REPLY)})"))
    if kind is not None:
        query = query.where(col(Reply.kind) == kind)
    query = query.order_by(col(Reply.state) == ReplyState.CONFIRMED.value, col(Reply.id))
    return session.scalars(query.execution_options(populate_existing=True)).first()


def waiting_at(session: Session, channel: str) -> tuple[int, datetime | None]:
    """How many approved replies wait for the channel of that name, and since when the oldest does."""
    query = (
        select(func.count(), func.min(col(Reply.created_at)))
        .select_from(Reply)
        .join(Channel, col(Channel.id) == col(Reply.channel_id))
        .where(col(Channel.name) == channel, col(Reply.state) == ReplyState.PLANNED.value)
    )
    count, oldest = session.execute(query).one()
    return int(count), oldest


def live_approval(session: Session, draft_id: int) -> Approval | None:
    """The approval of a draft that was not withdrawn."""
    query = select(Approval).where(col(Approval.draft_id) == draft_id, text("withdrawn_at IS NULL"))
    return session.scalars(query.execution_options(populate_existing=True)).first()


def our_replies(session: Session, post_ids: Sequence[int]) -> dict[int, list[OurReply]]:
    """Replies that are or may be public under these posts, by post."""
    found: dict[int, list[OurReply]] = {}
    for chunk in chunks(post_ids):
        for row in plain_rows(session, _OURS, {"posts": chunk}):
            ours = OurReply(row[0], ReplyState(row[1]), *row[2:])
            found.setdefault(ours.post_id, []).append(ours)
    return found


def post_ids(session: Session, source_id: int, external_ids: Sequence[str]) -> dict[str, int]:
    """Ids of stored posts by external id."""
    found: dict[str, int] = {}
    for chunk in chunks(external_ids):
        query = select(col(Post.external_id), col(Post.id)).where(
            col(Post.source_id) == source_id, col(Post.external_id).in_(chunk)
        )
        found.update((row[0], row[1]) for row in rows(session, query))
    return found


def shows_replies(session: Session, source_id: int) -> bool:
    """Whether this source has ever shown an answer of the business: only then does a missing one mean anything."""
    query = select(exists().where(col(OwnerReply.post_id) == col(Post.id), col(Post.source_id) == source_id))
    return bool(rows(session, query)[0][0])


def due_looks(session: Session, now: datetime) -> list[tuple[int, int, datetime, datetime | None]]:
    """(source, reply, when due, last full look) of public replies that should be looked for now."""
    query = (
        select(col(Source.id), col(Reply.id), col(Reply.next_look_at), col(Source.last_full_look_at))
        .join(Obligation, col(Obligation.id) == col(Reply.obligation_id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .where(DUE_LOOK, col(Reply.next_look_at) <= now)
        .order_by(col(Reply.next_look_at), col(Reply.id))
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows(session, query)]
