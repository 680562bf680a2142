"""Answers of a Mastodon server, or one that speaks like it: lists of statuses, threads, the account of a token.

Ids are those of the server that is asked: threads, answers and deletions are asked for by them. The declared language
is the writer's default and often wrong, so it is not read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from crawler.items import Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.talk import UNREADABLE, Listing, Said
from crawler.pages.values import count, moment
from crawler.text import html_to_text, one_line

PAGE = 40
PUBLIC = ("public", "unlisted")
INVISIBLE = re.compile(r'<span class="invisible">[^<]*</span>')
SHORTENED = re.compile(r'<span class="ellipsis">([^<]*)</span>')


@dataclass(frozen=True, slots=True)
class Account:
    """Whose token it is; `name` is the name on its own server."""

    id: str
    name: str


def listing(body: bytes) -> Listing:
    """A list of notifications or statuses, or the statuses that a search found. Never raises: see `errors`."""
    try:
        data = json_of(body)
        items = listed(data, "statuses" if isinstance(data, dict) else "")
    except NotAsExpected as error:
        return Listing(errors=[str(error)])
    found = [_said(item["status"] if isinstance(item.get("status"), dict) else item) for item in items]
    said = [one for one in found if one is not None]
    errors = [UNREADABLE.format(number=len(items) - len(said))] if len(said) < len(items) else []
    return Listing(said, _text(items[-1], "id") if len(items) >= PAGE else "", errors)


def status(body: bytes) -> Said | None:
    """A single status, None if the answer is something else."""
    try:
        data = json_of(body)
    except NotAsExpected:
        return None
    return _said(data) if isinstance(data, dict) else None


def thread(body: bytes) -> list[Said]:
    """What stands below a status. Raises `NotAsExpected`."""
    found = [_said(item) for item in listed(json_of(body), "descendants")]
    return [one for one in found if one is not None]


def account(body: bytes) -> Account:
    """The account that a token belongs to. Raises `NotAsExpected`."""
    data = json_of(body)
    if not isinstance(data, dict) or not _text(data, "id"):
        raise NotAsExpected("The site's answer names no account; its interface may have changed.")
    return Account(_text(data, "id"), _text(data, "username"))


def open_feeds(body: bytes) -> set[str]:
    """Which posts of a hashtag strangers may read: `local`, `remote`. A server that does not say hides none."""
    found: Any = None
    try:
        found = json_of(body)
        for key in ("configuration", "timelines_access", "hashtag_feeds"):
            found = found[key]
    except (NotAsExpected, KeyError, TypeError):
        found = None
    access = found if isinstance(found, dict) else {}
    return {feed for feed in ("local", "remote") if access.get(feed, "public") == "public"}


def text_of(content: str) -> str:
    """The text as people see it: links cut as the server cuts them, mentions as `@name`."""
    return html_to_text(SHORTENED.sub(r"\1…", INVISIBLE.sub("", content)))


def _said(item: dict[str, Any]) -> Said | None:
    writer = item.get("account")
    if not _text(item, "id") or not isinstance(writer, dict) or not _text(writer, "id"):
        return None
    post = _post(item, writer)
    return Said(
        post,
        version=sha256(repr((post.title, post.text)).encode()).hexdigest()[:12],
        replies=count(item.get("replies_count")),
        private=item.get("visibility") not in PUBLIC,
        noise=item.get("reblog") is not None or writer.get("bot") is True,
    )


def _post(item: dict[str, Any], writer: dict[str, Any]) -> Post:
    return Post(
        external_id=_text(item, "id"),
        text=text_of(_text(item, "content")),
        title=one_line(_text(item, "spoiler_text")),
        url=_text(item, "url") or _text(item, "uri"),
        author_id=_text(writer, "id"),
        author_name=one_line(_text(writer, "display_name") or _text(writer, "acct")),
        author_url=_text(writer, "url"),
        created_at=moment(item.get("created_at")),
        updated_at=moment(item.get("edited_at")),
        parent_external_id=_text(item, "in_reply_to_id"),
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, (str, int)) else ""
