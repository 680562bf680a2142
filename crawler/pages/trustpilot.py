"""Reviews as Trustpilot's interface lists them. Bytes in, posts out.

A page of Trustpilot that a person saved is read by the generic reader, from its `__NEXT_DATA__`.
"""

from __future__ import annotations

from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.result import PageRead
from crawler.pages.values import moment, number
from crawler.text import one_line, value_to_text

PER_PAGE = 100


def read(body: bytes) -> PageRead:
    """One page of the list. Never raises for bad content: what could not be read stands in `errors`."""
    try:
        items = listed(json_of(body), "reviews")
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    return PageRead([_post(item) for item in items if item.get("id") and item.get("status", "active") == "active"])


def is_full(body: bytes) -> bool:
    """Whether the page holds as many reviews as were asked for, so that another one may follow."""
    try:
        return len(listed(json_of(body), "reviews")) >= PER_PAGE
    except NotAsExpected:
        return False


def unit(body: bytes) -> str:
    """The id of the company that a search by its domain found. Raises `NotAsExpected`."""
    found = json_of(body)
    if not isinstance(found, dict) or not found.get("id"):
        raise NotAsExpected("Trustpilot knows no company by this domain.")
    return str(found["id"])


def _post(item: dict[str, Any]) -> Post:
    consumer = _part(item, "consumer")
    person = str(consumer.get("id") or "")
    return Post(
        external_id=str(item["id"]),
        text=value_to_text(str(item.get("text") or "")),
        title=one_line(str(item.get("title") or "")),
        url=f"https://www.trustpilot.com/reviews/{item['id']}",
        author_id=person,
        author_name=one_line(str(consumer.get("displayName") or "")),
        author_url=f"https://www.trustpilot.com/users/{person}" if person else "",
        rating=number(item.get("stars")),
        rating_best=5.0,
        rating_worst=1.0,
        language=str(item.get("language") or ""),
        created_at=moment(item.get("createdAt")),
        updated_at=moment(item.get("updatedAt")),
        owner_replies=_replies(item),
    )


def _replies(item: dict[str, Any]) -> list[OwnerReply]:
    reply = _part(item, "companyReply")
    text = reply.get("text")
    if not isinstance(text, str) or not text.strip():
        return []
    return [OwnerReply(f"{item['id']}/reply", value_to_text(text), moment(reply.get("createdAt")))]


def _part(item: dict[str, Any], key: str) -> dict[str, Any]:
    value = item.get(key)
    return value if isinstance(value, dict) else {}
