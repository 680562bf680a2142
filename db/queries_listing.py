"""Everything that was collected, as plain rows for lists and exports: posts, their versions, cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.models import Author, Case, Obligation, OwnerReply, Post, PostVersion, Source

BATCH = 500


@dataclass(frozen=True, slots=True)
class Listed:
    """A post with its newest wording (or, in a history, one of its wordings) and the obligation of that wording."""

    post: Post
    version: PostVersion
    author: Author
    source: Source
    obligation: Obligation
    owner_replies: tuple[OwnerReply, ...]


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One obligation of a case, with what is needed to name it."""

    case: Case
    author: Author
    source_name: str
    external_id: str
    version: int
    obligation: Obligation


def posts(session: Session, *, every_version: bool = False) -> Iterator[Listed]:
    """All posts in order of arrival, in batches; with `every_version` one entry per wording, oldest first."""
    last = 0
    while batch := _batch(session, last, every_version):
        last = batch[-1][1].id or 0
        replies = _replies(session, {row[0].id for row in batch})
        for post, version, author, source, obligation in batch:
            yield Listed(post, version, author, source, obligation, tuple(replies[post.id]))


def one_post(session: Session, source_id: int, external_id: str) -> Listed | None:
    """One post with its newest wording; None when it is unknown."""
    wanted = col(Post.source_id) == source_id, col(Post.external_id) == external_id
    newest = col(PostVersion.version) == col(Post.version)
    row = session.exec(_rows().where(*wanted, newest)).one_or_none()
    if row is None:
        return None
    post, version, author, source, obligation = row
    replies = tuple(_replies(session, [post.id])[post.id])
    return Listed(post, version, author, source, obligation, replies)


def newest_version_id(session: Session) -> int:
    """The highest id of a stored wording; 0 when there is none."""
    return session.exec(select(func.max(col(PostVersion.id)))).one() or 0


def wordings(session: Session, source_id: int, external_id: str, up_to: int) -> list[PostVersion]:
    """The wordings of one post whose id is at most `up_to`, oldest first."""
    return list(
        session.exec(
            select(PostVersion)
            .join(Post, col(Post.id) == col(PostVersion.post_id))
            .where(col(Post.source_id) == source_id, col(Post.external_id) == external_id)
            .where(col(PostVersion.id) <= up_to)
            .order_by(col(PostVersion.version))
        )
    )


def case_lines(session: Session) -> list[CaseLine]:
    """Every obligation with its case, by case and then in order of arrival."""
    query = (
        select(Case, Author, Source.name, Post.external_id, PostVersion.version, Obligation)  # type: ignore[call-overload]
        .join(Author, col(Author.id) == col(Case.author_id))
        .join(Obligation, col(Obligation.case_id) == col(Case.id))
        .join(Post, col(Post.id) == col(Obligation.post_id))
        .join(PostVersion, col(PostVersion.id) == col(Obligation.post_version_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .order_by(col(Case.id), col(Obligation.id))
    )
    return [CaseLine(*row) for row in session.exec(query)]


def _rows() -> Any:
    return (
        select(Post, PostVersion, Author, Source, Obligation)  # type: ignore[call-overload]
        .join(PostVersion, col(PostVersion.post_id) == col(Post.id))
        .join(Author, col(Author.id) == col(Post.author_id))
        .join(Source, col(Source.id) == col(Post.source_id))
        .join(Obligation, col(Obligation.post_version_id) == col(PostVersion.id))
    )


def _batch(session: Session, after: int, every_version: bool) -> list[Any]:
    query = _rows().where(col(PostVersion.id) > after).order_by(col(PostVersion.id)).limit(BATCH)
    if not every_version:
        query = query.where(col(PostVersion.version) == col(Post.version))
    return list(session.exec(query))


def _replies(session: Session, post_ids: Iterable[int | None]) -> defaultdict[int | None, list[OwnerReply]]:
    found: defaultdict[int | None, list[OwnerReply]] = defaultdict(list)
    query = select(OwnerReply).where(col(OwnerReply.post_id).in_(list(post_ids))).order_by(col(OwnerReply.id))
    for reply in session.exec(query):
        found[reply.post_id].append(reply)
    return found
