"""RSS and Atom feeds, WordPress comment feeds among them. Bytes in, posts out.

An answer of the business (by `own_names`) is hung under the post it replies to; one whose post is not in the feed
is left out, because a feed shows no more than its newest entries.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin

from feedparser.api import parse
from w3lib.encoding import html_to_unicode

from crawler.items import OwnerReply, Post
from crawler.pages.result import PageRead
from crawler.shape import Misshapen, check_html
from crawler.text import html_to_text, one_line

COMMENT_MARK = "#comment-"
IN_REPLY_TO = re.compile(
    r"^\s*<p>\s*(?:In reply to|(?:Als )?Antwort auf|En réponse à|In risposta a)\s+"
    r"<a\b[^<>]*\bhref=\"([^\"<>]*)\"[^<>]*>[^<>]*</a>\s*\.?\s*</p>",
    re.IGNORECASE,
)
PICTURE_TEXT = re.compile(rb"<media:description\b[^<>]*>[^<>]*</media:description\s*>")


def read(body: bytes, url: str, *, content_type: str = "", own_names: Sequence[str] = ()) -> PageRead:
    """Read a feed fetched from `url`. Never raises for bad content: what could not be read stands in `errors`."""
    try:
        check_html(html_to_unicode(content_type or None, body)[1])
    except Misshapen as error:
        return PageRead(errors=[f"{error} Nothing of it was read."], unsafe=True)
    # a picture's description would replace the text of the post
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    parsed: Any = parse(  # type: ignore[no-untyped-call]
        BytesIO(PICTURE_TEXT.sub(b"", body)), response_headers=headers
    )
    if not parsed.version:
        return PageRead(errors=["This is not an RSS or Atom feed; it may be a page for people or an error message."])
    entries = [(_post(entry, parsed.feed, url), _parent(entry)) for entry in parsed.entries]
    return PageRead(posts=_threaded(entries, own_names), next_url=_next(parsed.feed, url))


def _post(entry: Any, feed: Any, url: str) -> Post:
    link = entry.get("link", "")
    identity = entry.get("id") or link
    updated = _time(entry, "updated_parsed")
    created = _time(entry, "published_parsed") or updated
    return Post(
        external_id=identity,
        text=html_to_text(IN_REPLY_TO.sub("", _html(entry))),
        title="" if COMMENT_MARK in identity + link else one_line(entry.get("title", "")),
        url=urljoin(url, link or (identity if identity.startswith(("http:", "https:")) else "")),
        author_name=_author(entry),
        author_url=entry.get("author_detail", {}).get("href", ""),
        language=entry.get("language") or feed.get("language", ""),
        created_at=created,
        updated_at=updated if updated != created else None,
    )


def _threaded(entries: list[tuple[Post, str]], own_names: Sequence[str]) -> list[Post]:
    """Customers' posts, each with the answers of the business that stand under it."""
    own = {name.casefold() for name in own_names}
    named = {key: post for post, _ in entries for key in (post.external_id, post.url) if key}
    posts: dict[str, Post] = {}
    for post, parent in entries:
        above = named.get(parent)
        if post.author_name.casefold() in own:
            if above is not None and above is not post:
                above.owner_replies.append(OwnerReply(post.external_id, post.text, post.created_at, post.author_name))
        elif post.external_id and (post.text or post.title):
            post.parent_external_id = above.external_id if above else parent if COMMENT_MARK in parent else ""
            posts.setdefault(post.external_id, post)
    return list(posts.values())


def _html(entry: Any) -> str:
    """The fullest text of an entry; empty elements do not hide filled ones."""
    candidates = [content.get("value", "") for content in entry.get("content", [])]
    candidates.append(entry.get("summary", ""))
    return next((text for text in candidates if text.strip()), "")


def _parent(entry: Any) -> str:
    """What the entry answers: Atom threading, else the line that WordPress puts before the text."""
    threading = entry.get("thr_in-reply-to", {})
    shown = IN_REPLY_TO.match(_html(entry))
    return threading.get("ref", "") or (shown.group(1) if shown else "")


def _author(entry: Any) -> str:
    """The display name; an e-mail address in its place is dropped."""
    name = one_line(entry.get("author_detail", {}).get("name", "") or entry.get("author", ""))
    return "" if "@" in name else name


def _time(entry: Any, key: str) -> datetime | None:
    parsed = entry[key] if key in entry else None  # noqa: SIM401 - get() would fall back to another key and warn
    if not parsed:
        return None
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError:
        return None


def _next(feed: Any, url: str) -> str:
    links = [link.get("href", "") for link in feed.get("links", []) if link.get("rel") == "next"]
    return urljoin(url, links[0]) if links and links[0] else ""
