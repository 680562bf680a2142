"""A stored post in the form in which it would arrive again."""

from __future__ import annotations

from crawler.items import OwnerReply, Post
from db.engine import Database
from db.queries_listing import Listed, one_post
from db.states import PostState


def recall(database: Database, source_id: int, external_id: str) -> Post | None:
    """The post with its newest wording, all answers seen and whether it was removed; None when it is unknown."""
    with database.read() as session:
        found = one_post(session, source_id, external_id)
        return as_post(found) if found else None


def as_post(listed: Listed) -> Post:
    """The row as an item of a page."""
    post, version = listed.post, listed.version
    return Post(
        external_id=post.external_id,
        text=version.text,
        title=version.title,
        url=post.url,
        author_id=listed.author.external_id,
        author_name=listed.author.name,
        author_url=listed.author.url,
        rating=version.rating,
        rating_best=version.rating_best,
        rating_worst=version.rating_worst,
        language=post.language,
        created_at=post.created_at,
        updated_at=version.updated_at,
        parent_external_id=post.parent_external_id,
        owner_replies=[OwnerReply(r.external_id, r.text, r.created_at, r.author_name) for r in listed.owner_replies],
        deleted=post.state == PostState.DELETED,
    )
