"""Reviews as the interface of Trusted Shops (eTrusted) lists them. Bytes in, posts out.

What it tells about the customer (names, e-mail address, order number) is never read.
"""

from __future__ import annotations

from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.result import PageRead
from crawler.pages.values import moment, number
from crawler.text import one_line, value_to_text

PER_PAGE = 50
PUBLIC = {"", "APPROVED"}


def read(body: bytes) -> PageRead:
    """One page of the list; `next_url` holds the cursor of the following one. Never raises for bad content."""
    try:
        data = json_of(body)
        items = listed(data, "items")
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    posts = [_post(item) for item in items if item.get("id") and _status(item) in PUBLIC]
    return PageRead(posts, next_url=_after(data, items))


def _post(item: dict[str, Any]) -> Post:
    edited = moment(item.get("editedAt") or item.get("lastEditedAt"))
    return Post(
        external_id=str(item["id"]),
        text=value_to_text(str(item.get("comment") or "")),
        title=one_line(str(item.get("title") or "")),
        rating=number(item.get("rating")),
        rating_best=5.0,
        rating_worst=1.0,
        created_at=moment(item.get("submittedAt")) or moment(item.get("createdAt")),
        updated_at=edited,
        owner_replies=_replies(item),
    )


def _replies(item: dict[str, Any]) -> list[OwnerReply]:
    reply = item.get("reply")
    if not isinstance(reply, dict) or not isinstance(reply.get("comment"), str) or not reply["comment"].strip():
        return []
    at = moment(reply.get("createdAt")) or moment(reply.get("updatedAt"))
    return [OwnerReply(f"{item['id']}/reply", value_to_text(reply["comment"]), at)]


def _status(item: dict[str, Any]) -> str:
    """Only what has passed the platform's own check stands in public."""
    return str(item.get("status") or item.get("state") or "").upper()


def _after(data: Any, items: list[dict[str, Any]]) -> str:
    """The cursor of the next page: the platform's own, else the last review of a full page."""
    paging = data.get("paging") if isinstance(data, dict) else None
    cursor = paging.get("cursor") if isinstance(paging, dict) else None
    if isinstance(cursor, dict):
        return str(cursor.get("after") or "")
    return str(items[-1].get("id") or "") if len(items) >= PER_PAGE else ""
