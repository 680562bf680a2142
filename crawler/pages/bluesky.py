"""Answers of Bluesky: notifications, found posts, posts by their at:// address, threads, sessions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.items import Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.did import server_of
from crawler.pages.talk import UNREADABLE, Listing, Said
from crawler.pages.values import count, moment
from crawler.text import one_line, tidy

WEB = "https://bsky.app/profile"


def listing(body: bytes, key: str) -> Listing:
    """The list under `key` (`notifications`, `posts`). Never raises: what could not be read stands in `errors`."""
    try:
        data = json_of(body)
        items = listed(data, key)
    except NotAsExpected as error:
        return Listing(errors=[str(error)])
    found = [_said(item) for item in items]
    said = [one for one in found if one is not None]
    errors = [UNREADABLE.format(number=len(items) - len(said))] if len(said) < len(items) else []
    return Listing(said, _text(data, "cursor"), errors)


def thread(body: bytes) -> list[Said] | None:
    """A post and what stands below it; None if the answer says that the post is gone. Raises `NotAsExpected`."""
    data = json_of(body)
    top = data.get("thread") if isinstance(data, dict) else None
    if not isinstance(top, dict):
        raise NotAsExpected("The site's answer holds no list of posts; its interface may have changed.")
    return None if top.get("notFound") is True else list(_below(top))


def session(body: bytes, host: str) -> dict[str, str] | None:
    """A login as it is kept, None if the answer is none; `host` keeps the account if the answer names no other place.

    Tokens are never sent to a place that is less safe than `host`.
    """
    try:
        data = json_of(body)
    except NotAsExpected:
        return None
    if not isinstance(data, dict):
        return None
    named = server_of(data.get("didDoc"))
    place = named if named.startswith(f"{host.partition(':')[0]}://") else host
    keys = {"did": "did", "handle": "handle", "access": "accessJwt", "refresh": "refreshJwt"}
    given = {key: _text(data, name) for key, name in keys.items()}
    return {"host": place, **given} if all(given.values()) else None


def error_code(body: bytes) -> str:
    """The machine code of an error, empty if the answer has none."""
    try:
        data = json_of(body)
    except NotAsExpected:
        return ""
    return _text(data, "error") if isinstance(data, dict) else ""


def _below(top: dict[str, Any]) -> Iterator[Said]:
    """Every post of a thread that is there to be read; blocked and missing ones are not."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        post = node.get("post")
        said = _said(post) if isinstance(post, dict) else None
        if said is not None:
            yield said
        replies = node.get("replies")
        below = replies if isinstance(replies, list) else []
        waiting.extend(reply for reply in reversed(below) if isinstance(reply, dict))


def _said(item: dict[str, Any]) -> Said | None:
    writer, record = item.get("author"), item.get("record")
    parts = _text(item, "uri").removeprefix("at://").split("/")
    if len(parts) != 3 or not isinstance(writer, dict) or not isinstance(record, dict) or not _text(writer, "did"):
        return None
    return Said(_post(item, writer, record, parts[2]), _text(item, "cid"), count(item.get("replyCount")))


def _post(item: dict[str, Any], writer: dict[str, Any], record: dict[str, Any], key: str) -> Post:
    did, languages = _text(writer, "did"), record.get("langs")
    times = [moment(record.get("createdAt")), moment(item.get("indexedAt"))]
    return Post(
        external_id=_text(item, "uri"),
        text=tidy(_text(record, "text")),
        url=f"{WEB}/{did}/post/{key}",
        author_id=did,
        author_name=one_line(_text(writer, "displayName") or _text(writer, "handle")),
        author_url=f"{WEB}/{did}",
        language=str(languages[0]) if isinstance(languages, list) and languages else "",
        created_at=min((time for time in times if time is not None), default=None),
        parent_external_id=_parent(record),
    )


def _parent(record: dict[str, Any]) -> str:
    reply = record.get("reply")
    parent = reply.get("parent") if isinstance(reply, dict) else None
    return _text(parent, "uri") if isinstance(parent, dict) else ""


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return value if isinstance(value, str) else ""
