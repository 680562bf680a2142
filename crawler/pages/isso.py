"""Comments of an Isso server, and the mark by which a page shows that it uses one. Bytes in, posts out.

Isso numbers comments and gives the number of the newest one away again after its deletion; number and time of
writing together name a comment for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from parsel import Selector

from crawler.items import Post
from crawler.kind import Claim
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts
from crawler.pages.values import count
from crawler.text import one_line, tidy

DELETED = 4
SCRIPTS = ("/js/embed.min.js", "/js/embed.dev.js")


@dataclass(slots=True)
class Tree(PageRead):
    """`hidden` are comments (number and id) whose replies the server did not show in full."""

    hidden: dict[int, str] = field(default_factory=dict)


def read(body: bytes, page: str, own: Accounts, *, above: str = "") -> Tree:
    """The comments of the thread under the page at `page`, or those below the comment with the id `above`."""
    try:
        data = json_of(body)
        comments = listed(data, "replies")
    except NotAsExpected as error:
        return Tree(errors=[str(error)])
    tree = Tree(published_total=None if above else count(data.get("total_replies")))
    for comment, parent in _walk(comments, above):
        _add(tree, comment, parent, page, own)
        if hidden := count(comment.get("hidden_replies")):
            tree.hidden[comment["id"]] = _identity(comment)
            tree.mark += f"{comment['id']}:{hidden} "
    return tree


def number_of(identity: str) -> str:
    """The server's number of a comment."""
    return identity.partition("@")[0]


def trace(html: str, url: str) -> Claim | None:
    """The thread under a page that embeds Isso: by its script, and by the page's path unless it names another."""
    page = Selector(text=html)
    server = _server(page)
    if not server:
        return None
    thread = page.xpath("//*[@id='isso-thread']/@data-isso-id").get() or urlsplit(url).path or "/"
    return Claim("isso", url, {"api": urljoin(url, server).rstrip("/"), "uri": thread})


def _server(page: Selector) -> str:
    named = page.xpath("//script[@data-isso]/@data-isso").get()
    if named:
        return named
    sources = page.xpath("//*[@id='isso-thread']/ancestor::html//script/@src").getall()
    return next((src[: -len(end)] for src in sources for end in SCRIPTS if src.endswith(end)), "")


def _walk(comments: list[dict[str, Any]], above: str) -> Iterator[tuple[dict[str, Any], str]]:
    for comment in comments:
        if isinstance(comment.get("id"), int) and isinstance(comment.get("created"), (int, float)):
            yield comment, above
            below = comment.get("replies")
            yield from _walk(below if isinstance(below, list) else [], _identity(comment))


def _identity(comment: dict[str, Any]) -> str:
    return f"{comment['id']}@{int(comment['created'])}"


def _add(tree: Tree, comment: dict[str, Any], parent: str, page: str, own: Accounts) -> None:
    identity, author = _identity(comment), str(comment.get("hash") or "")
    if comment.get("mode") == DELETED:
        tree.posts.append(Post(identity, deleted=True))
        return
    if own.wrote(author):
        tree.own.add(identity)
    tree.posts.append(
        Post(
            external_id=identity,
            text=tidy(str(comment.get("text") or "")),
            url=f"{page}#isso-{comment['id']}",
            author_id=author,
            author_name=one_line(str(comment.get("author") or "")),
            author_url=str(comment.get("website") or ""),
            created_at=_time(comment["created"]),
            updated_at=_time(comment.get("modified")),
            parent_external_id=parent,
        )
    )


def _time(seconds: Any) -> datetime | None:
    return datetime.fromtimestamp(int(seconds), UTC) if isinstance(seconds, (int, float)) and seconds > 0 else None
