"""One item of the approval page: post and versions, draft, replies, and what this author wrote before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.models import (
    Approval,
    Author,
    Case,
    Channel,
    Draft,
    Obligation,
    OwnerReply,
    Post,
    PostVersion,
    Reply,
    Sighting,
    Source,
    User,
)
from db.queries_corrections import Corrected, of_version
from db.states import DraftState, ReplyState

HISTORY_POSTS = 30

Answer = tuple[Approval, Reply]


@dataclass(frozen=True, slots=True)
class Sent:
    """A signature and the reply it set on its way, with the newest looks for it in public."""

    approval: Approval
    reply: Reply
    approver: User
    sightings: tuple[Sighting, ...] = ()


@dataclass(frozen=True, slots=True)
class Earlier:
    """One earlier (or later) post of the same author: its newest wording and what was answered to it."""

    post: Post
    version: PostVersion
    obligation: Obligation
    owner_replies: tuple[OwnerReply, ...]
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Everything the item page shows."""

    obligation: Obligation
    post: Post
    version: PostVersion
    author: Author
    source: Source
    case: Case
    channel: Channel | None
    draft: Draft | None
    versions: tuple[PostVersion, ...] = ()
    past_drafts: tuple[Draft, ...] = ()
    sent: tuple[Sent, ...] = ()
    owner_replies: tuple[OwnerReply, ...] = ()
    previous: tuple[Answer, ...] = ()
    """Our answers to older versions of this post."""
    corrections: tuple[Corrected, ...] = ()
    """What people read otherwise than the reader in this wording."""
    earlier: tuple[Earlier, ...] = ()

    @property
    def live(self) -> Sent | None:
        """The full answer that is public or may still become so."""
        return next((one for one in self.sent if one.reply.state in LIVE and one.reply.kind != "holding"), None)

    @property
    def by_hand(self) -> bool:
        """Whether a person posts the answer: no channel, or one that only shows what to do."""
        return self.channel is None or self.channel.kind == "manual"


LIVE = frozenset({ReplyState.PLANNED, ReplyState.SENDING, ReplyState.CONFIRMED, ReplyState.PENDING, ReplyState.UNKNOWN})


def item(session: Session, obligation_id: int) -> Item | None:
    """The item of one obligation in eight queries; None when there is no such obligation."""
    found = session.exec(_head(obligation_id)).one_or_none()
    if found is None:
        return None
    obligation, post, version, author, source, case, channel = found
    drafts = _drafts(session, obligation_id)
    replies = _owner_replies(session, post.author_id)
    answers = _answers(session, post.author_id)
    return Item(
        obligation=obligation,
        post=post,
        version=version,
        author=author,
        source=source,
        case=case,
        channel=channel,
        draft=next((one for one in drafts if one.state == DraftState.WAITING), None),
        versions=_versions(session, post),
        past_drafts=tuple(one for one in drafts if one.state != DraftState.WAITING),
        sent=_sent(session, obligation_id),
        owner_replies=tuple(one for one in replies if one.post_id == post.id),
        previous=tuple(one for one in answers.get(post.id, ()) if one[0].obligation_id != obligation_id),
        earlier=_earlier(session, post, replies, answers),
        corrections=of_version(session, obligation.post_version_id),
    )


def _head(obligation_id: int) -> Any:
    return (
        select(Obligation, Post, PostVersion, Author, Source, Case, Channel)  # type: ignore[call-overload]
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(PostVersion, col(PostVersion.id) == col(Obligation.post_version_id))
        .join(Author, col(Author.id) == col(Post.author_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .join(Case, col(Case.id) == col(Obligation.case_id))
        .outerjoin(Channel, col(Channel.id) == col(Source.channel_id))
        .where(col(Obligation.id) == obligation_id)
    )


def _drafts(session: Session, obligation_id: int) -> list[Draft]:
    query = select(Draft).where(col(Draft.obligation_id) == obligation_id)
    return list(session.exec(query.order_by(col(Draft.id).desc())))


def _versions(session: Session, post: Post) -> tuple[PostVersion, ...]:
    query = select(PostVersion).where(col(PostVersion.post_id) == post.id)
    return tuple(session.exec(query.order_by(col(PostVersion.version).desc())))


def _sent(session: Session, obligation_id: int) -> tuple[Sent, ...]:
    found = session.exec(
        select(Approval, Reply, User)
        .join(Reply, col(Reply.approval_id) == col(Approval.id))
        .join(User, col(User.id) == col(Approval.approver_id))
        .where(col(Approval.obligation_id) == obligation_id)
        .order_by(col(Approval.id).desc())
    ).all()
    looks = session.exec(
        select(Sighting)
        .join(Reply, col(Reply.id) == col(Sighting.reply_id))
        .where(col(Reply.obligation_id) == obligation_id)
        .order_by(col(Sighting.id).desc())
        .limit(20)
    ).all()
    return tuple(
        Sent(approval, reply, user, tuple(look for look in looks if look.reply_id == reply.id))
        for approval, reply, user in found
    )


def _owner_replies(session: Session, author_id: int) -> list[OwnerReply]:
    query = select(OwnerReply).join(Post, col(Post.id) == col(OwnerReply.post_id))
    return list(session.exec(query.where(col(Post.author_id) == author_id).order_by(col(OwnerReply.id))))


def _answers(session: Session, author_id: int) -> dict[int | None, list[Answer]]:
    """Everything we answered this author, by post; what was taken back in time is left out."""
    found = session.exec(
        select(Approval, Reply, col(Obligation.post_id))
        .join(Reply, col(Reply.approval_id) == col(Approval.id))
        .join(Obligation, col(Obligation.id) == col(Approval.obligation_id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .where(col(Post.author_id) == author_id, col(Approval.withdrawn_at).is_(None))
        .order_by(col(Approval.id))
    )
    answers: dict[int | None, list[Answer]] = {}
    for approval, reply, post_id in found:
        answers.setdefault(post_id, []).append((approval, reply))
    return answers


def _earlier(
    session: Session, post: Post, owner_replies: list[OwnerReply], answers: dict[int | None, list[Answer]]
) -> tuple[Earlier, ...]:
    rows = session.exec(
        select(Post, PostVersion, Obligation)
        .join(PostVersion, col(PostVersion.post_id) == col(Post.id))
        .join(Obligation, col(Obligation.post_version_id) == col(PostVersion.id))
        .where(col(Post.author_id) == post.author_id, col(Post.id) != post.id)
        .where(col(PostVersion.version) == col(Post.version))
        .order_by(col(Post.id).desc())
        .limit(HISTORY_POSTS)
    )
    return tuple(
        Earlier(
            one,
            version,
            obligation,
            tuple(reply for reply in owner_replies if reply.post_id == one.id and reply.reply_id is None),
            tuple(answers.get(one.id, ())),
        )
        for one, version, obligation in rows
    )


def draft_place(session: Session, draft_id: int) -> int | None:
    """The obligation a draft belongs to."""
    return session.exec(select(col(Draft.obligation_id)).where(col(Draft.id) == draft_id)).one_or_none()


def approval_place(session: Session, approval_id: int) -> int | None:
    """The obligation an approval belongs to."""
    return session.exec(select(col(Approval.obligation_id)).where(col(Approval.id) == approval_id)).one_or_none()


def reply_place(session: Session, reply_id: int) -> int | None:
    """The obligation a reply belongs to."""
    return session.exec(select(col(Reply.obligation_id)).where(col(Reply.id) == reply_id)).one_or_none()
