"""What a look has to know of the store before it begins."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from db.models import Obligation, Post
from db.queries_intake import plain_rows, rows
from db.states import ObligationState, PostState

_NEWEST = select(func.coalesce(func.max(col(Post.id)), 0))

WAITING = (ObligationState.OPEN.value, ObligationState.REPLIED.value)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A post that is not answered yet, or whose answer was not seen yet."""

    post_id: int
    external_id: str
    url: str


def newest_post(session: Session) -> int:
    """The highest id of a post, 0 if there is none: posts that arrive later have a higher one."""
    return int(plain_rows(session, _NEWEST, {})[0][0])


def waiting_posts(session: Session, source_id: int) -> list[Waiting]:
    """The public posts of a source that wait for an answer, oldest arrival first."""
    query = (
        select(col(Post.id), col(Post.external_id), col(Post.url))
        .join(Obligation, col(Obligation.post_id) == col(Post.id))
        .where(col(Post.source_id) == source_id, col(Post.state) != PostState.DELETED.value)
        .where(col(Obligation.state).in_(WAITING))
        .order_by(col(Post.id))
        .distinct()
    )
    return [Waiting(*row) for row in rows(session, query)]
