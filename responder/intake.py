"""What a fetched page shows, in one transaction with the source's cursor: new, edited, repeated, known, gone.

Every wording of a customer leaves here with exactly one obligation. A page that brings nothing new writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from db import queries_intake as queries
from db.engine import Database
from db.moves import record
from db.states import PostState
from responder.incoming import IncomingPage, IncomingPost, Receipt
from responder.intake_changes import take_deletion, take_edit, take_return
from responder.intake_new import add_new
from responder.intake_work import Work
from responder.sightings import match_replies
from responder.similar import content_hash


def receive(database: Database, page: IncomingPage, *, now: datetime, actor: str = "worker") -> Receipt:
    """Store what `page` brought and return the counted rows.

    `actor` is named in the audit trail. Raises `LookupError` for a source that does not exist; then, as with every
    other error, nothing of the page is stored, its cursor included.
    """
    with database.write() as session:
        source = queries.lock_source(session, page.source_id)
        if source is None:
            raise LookupError(f"There is no source {page.source_id}: the page was not stored.")
        work = Work(session, source, now, actor)
        _take_posts(work, page)
        work.receipt.rows_written += queries.store_cursor(session, source, dict(page.cursor), page.published_total)
        record(session, work.changes, now=now)
    return work.receipt


def _take_posts(work: Work, page: IncomingPage) -> None:
    posts = {post.external_id: post for post in page.posts if post.external_id}
    work.receipt.seen = len(posts)
    customers = [post for post in posts.values() if not work.is_own(post)]
    known = queries.known_posts(work.session, work.source_id, [post.external_id for post in posts.values()])
    fresh = add_new(work, in_order(post for post in customers if post.external_id not in known and not post.deleted))
    work.receipt.standing = [_take_known(work, post, known.get(post.external_id)) for post in customers]
    ids = fresh | {external_id: row.post_id for external_id, row in known.items()}
    match_replies(work, list(posts.values()), ids, new=frozenset(fresh.values()))
    receipt = work.receipt
    receipt.known_only = bool(receipt.seen) and not (receipt.new or receipt.changed or receipt.deleted)


def _take_known(work: Work, post: IncomingPost, known: queries.Known | None) -> int:
    """What a page says about a post we may know; returns its id if that is nothing new, else 0."""
    if known is None:
        return 0
    if post.deleted:
        if known.state == PostState.DELETED:
            return known.post_id
        take_deletion(work, known)
        return 0
    if content_hash(post.title, post.text, post.rating) != known.content_hash:
        take_edit(work, post, known)
        return 0
    if known.state == PostState.DELETED:
        take_return(work, known)
        return 0
    return known.post_id


def in_order(posts: Iterable[IncomingPost]) -> list[IncomingPost]:
    """Oldest first where every post says when it was written, else as they came."""
    listed = list(posts)
    dated = [(post.created_at, post) for post in listed if post.created_at is not None]
    if len(dated) < len(listed):
        return listed
    return [post for _at, post in sorted(dated, key=lambda pair: pair[0])]
