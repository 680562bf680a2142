"""WordPress comments as its REST API lists them. Bytes in, comments out, and their arrangement into posts.

Personal data that WordPress hands out beside the text (avatars made from e-mail addresses, with a login also e-mail
and IP) are never read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crawler.items import Post
from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.threads import Hung, hang
from crawler.pages.values import moment
from crawler.text import html_to_text, one_line

FIELDS = "id,parent,author,author_name,author_url,date_gmt,content,link,type"


class NotComments(Exception):
    """The answer is not a list of comments; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `user` is 0 for visitors without an account."""

    id: int
    user: int
    post: Post


@dataclass(frozen=True, slots=True)
class Own:
    """By what the business's own comments are known: user ids of the site and display names."""

    ids: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()

    @classmethod
    def of(cls, ids: Sequence[Any], names: Sequence[str]) -> Own:
        """From a source's settings."""
        numbers = frozenset(int(value) for value in ids if str(value).isdigit())
        return cls(numbers, frozenset(name.casefold() for name in names))

    def wrote(self, comment: Comment) -> bool:
        """Whether the business wrote this comment; a visitor may call himself anything and is never the business."""
        named = comment.post.author_name.casefold() in self.names
        return comment.user > 0 and (comment.user in self.ids or named)


def comments(body: bytes) -> list[Comment]:
    """The public comments of one answer, pingbacks left out. Raises `NotComments`."""
    try:
        data = json_of(body)
    except NotAsExpected as error:
        raise NotComments(str(error)) from error
    if isinstance(data, dict):
        data = [data] if "content" in data else None
    if not isinstance(data, list):
        raise NotComments("The site answers with something else than comments.")
    return [_comment(item) for item in data if _is_comment(item)]


def arrange(found: Sequence[Comment], own: Own) -> Hung:
    """Put the business's comments under the customer's post that they answer, however deep the thread."""
    return hang([comment.post for comment in found], {c.post.external_id for c in found if own.wrote(c)})


def _is_comment(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("id"), int) and item.get("type", "comment") == "comment"


def _comment(item: dict[str, Any]) -> Comment:
    content = item.get("content")
    rendered = content.get("rendered") if isinstance(content, dict) else ""
    user = item.get("author") if isinstance(item.get("author"), int) else 0
    parent = item.get("parent") if isinstance(item.get("parent"), int) else 0
    written = str(item.get("date_gmt") or "")
    post = Post(
        external_id=str(item["id"]),
        text=html_to_text(str(rendered or "")),
        url=str(item.get("link") or ""),
        author_id=f"user:{user}" if user else "",
        author_name=one_line(str(item.get("author_name") or "")),
        author_url=str(item.get("author_url") or ""),
        created_at=moment(written if written.endswith("Z") else f"{written}Z"),
        parent_external_id=str(parent) if parent else "",
    )
    return Comment(item["id"], int(user or 0), post)
