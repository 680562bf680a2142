"""The last look before sending: are rows and post still what a person signed? Pure over loaded rows."""

from __future__ import annotations

from db.queries_outbox import Dispatch
from responder.publishers.base import Standing
from responder.signature import key_of, signature
from responder.similar import content_hash, same_words


def altered(found: Dispatch) -> str:
    """What differs from what was signed, as a sentence for a person; empty when nothing does."""
    approval, version = found.approval, found.version
    bound = (
        signature(approval) == approval.sha256
        and key_of(approval, found.channel) == found.reply.idempotency_key
        and content_hash(version.title, version.text, version.rating) == version.content_hash
        and found.reply.obligation_id == approval.obligation_id
        and found.obligation.post_version_id == approval.post_version_id
        and (found.reply.kind, found.post.external_id) == (approval.kind, approval.target)
        and found.reply.channel_id == found.source.channel_id == approval.channel_id
        and approval.withdrawn_at is None
    )
    if bound:
        return ""
    return "Post, account or text are no longer exactly what was approved. Nothing was sent. Please approve again."


def other_account(found: Dispatch) -> str:
    """Why a reply in doubt cannot be looked up through its channel as it is now, for a person; empty when it can.

    Another account or address may not show what was sent with the old one, or show it as somebody else's.
    """
    if key_of(found.approval, found.channel) == found.reply.idempotency_key:
        return ""
    return (
        "The account is no longer the one that this answer was approved for, so it cannot be looked up. "
        "Please look at the page and say whether the answer stands there."
    )


def as_approved(standing: Standing, found: Dispatch) -> bool:
    """Compared by what the reader sees: mark-up that became other white space or other quotes does not count."""
    version = found.version
    title = version.title if standing.title is None else standing.title
    text = version.text if standing.text is None else standing.text
    rating = version.rating if standing.rating is None else standing.rating
    if content_hash(title, text, rating) == version.content_hash:
        return True
    return rating == version.rating and same_words(title, version.title) and same_words(text, version.text)
