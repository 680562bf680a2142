"""Pages that a person saved from the browser, read as the crawler would have read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from email import message_from_bytes
from email.policy import default as modern
from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages import feed, schema_org
from crawler.pages.result import PageRead
from gelassen.errors import WrongUse
from gelassen.exchange.lines import BadLine, Row

SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->", re.IGNORECASE)
CANONICAL = re.compile(rb"<link\b[^<>]*\brel=[\"']?canonical\b[^<>]*>", re.IGNORECASE)
OPEN_GRAPH = re.compile(rb"<meta\b[^<>]*\bproperty=[\"']og:url[\"'][^<>]*>", re.IGNORECASE)
TARGET = re.compile(rb"\b(?:href|content)=[\"'](https?://[^\"'<>\s]+)", re.IGNORECASE)


def page_rows(content: bytes, address: str = "", content_type: str = "") -> Iterator[Row]:
    """One row for each review or comment of a saved page or feed; what could not be read comes as a wrong row.

    Raises `WrongUse` when nothing on it can be read.
    """
    url = address or _own_address(content) or "https://saved.invalid/"
    reader = feed.read if feed.is_feed(content) else schema_org.read
    read: PageRead = reader(content, url, content_type=content_type)
    if not read.posts:
        why = (
            read.errors[0]
            if read.errors
            else "No reviews were found in it; the page may load them only in the browser."
        )
        raise WrongUse(why)
    return iter(_rows(read))


def archive_rows(content: bytes, address: str = "") -> Iterator[Row]:
    """The same for a page saved with everything on it (MHTML). Raises `WrongUse`."""
    archive = message_from_bytes(content, policy=modern)
    for part in archive.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            assert isinstance(payload, bytes)
            found = address or str(part.get("Content-Location") or archive.get("Snapshot-Content-Location") or "")
            return page_rows(payload, found, f"text/html; charset={part.get_content_charset('utf-8')}")
    raise WrongUse("There is no page in this file.")


NO_PART_OF_A_LINE = ("owner_replies", "answers_unknown")


def _rows(read: PageRead) -> list[Row]:
    posts = [Row(number, _said(post), _said(post)) for number, post in enumerate(read.posts, 1)]
    return posts + [Row(0, BadLine(error), error) for error in read.errors]


def _said(post: Post) -> dict[str, Any]:
    """The post with the keys of a line."""
    said = {key: _plain(value) for key, value in asdict(post).items() if key not in NO_PART_OF_A_LINE}
    return said | {"owner_replies": [_reply(reply) for reply in post.owner_replies]}


def _reply(reply: OwnerReply) -> dict[str, Any]:
    return {key: _plain(value) for key, value in asdict(reply).items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value


def _own_address(content: bytes) -> str:
    """Where the page was saved from: what the browser noted, else what the page says of itself."""
    head = content[: 256 * 1024]
    noted = SAVED_FROM.search(head)
    if noted:
        return noted.group(1).decode("latin-1")
    for tag in (CANONICAL.search(head), OPEN_GRAPH.search(head)):
        target = TARGET.search(tag.group()) if tag else None
        if target:
            return target.group(1).decode("latin-1")
    return ""
