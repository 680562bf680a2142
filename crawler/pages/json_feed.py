"""JSON Feed (jsonfeed.org): the same entries as in an Atom feed, written as JSON."""

from __future__ import annotations

import re
from typing import Any

from crawler.items import Post
from crawler.pages.nodes import Node, get, objects, string
from crawler.pages.values import join, moment
from crawler.shape import load_json
from crawler.text import html_to_text, one_line, tidy

MARK = re.compile(r'"version"\s{0,20}:\s{0,20}"https?:\\?/\\?/jsonfeed\.org\\?/version')
HEAD = 65536
"""Characters; the version stands before the entries, or the feed is very short."""


def is_one(text: str) -> bool:
    """Whether this is a JSON feed."""
    return text.lstrip("\ufeff \t\r\n").startswith("{") and bool(MARK.search(text[:HEAD]) or MARK.search(text[-HEAD:]))


def entries(text: str, url: str) -> tuple[list[Post], str]:
    """The entries and the address of the next page. Raises `ValueError` or `Misshapen`."""
    feed = load_json(text.lstrip("\ufeff"))
    home = string(get(feed, "home_page_url")) or url
    following = string(get(feed, "next_url"))
    posts = [_post(item, feed, join(url, home)) for item in objects(get(feed, "items"))]
    return posts, join(url, following) if following else ""


def _post(item: Node, feed: Node, home: str) -> Post:
    person = _author(item)
    html = string(get(item, "content_html"))
    link = string(get(item, "url", "external_url"))
    created, updated = (moment(string(get(item, name))) for name in ("date_published", "date_modified"))
    return Post(
        external_id=string(get(item, "id")).strip() or link,
        text=html_to_text(html) if html else tidy(string(get(item, "content_text", "summary"))),
        title=one_line(string(get(item, "title"))),
        url=join(home, link) if link else "",
        author_name=one_line(string(get(person, "name"))),
        author_url=string(get(person, "url")),
        language=string(get(item, "language")) or string(get(feed, "language")),
        created_at=created or updated,
        updated_at=updated if created else None,
    )


def _author(item: Node) -> dict[str, Any]:
    """The writer of the entry itself; who publishes the feed is somebody else."""
    return next(iter(objects(get(item, "authors", "author"))), {})
