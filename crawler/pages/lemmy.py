"""Posts and comments of a Lemmy instance, in the third and the fourth version of its interface. Bytes in, posts out.

What is written on one instance appears on many; its address in the federation (`ap_id`) is the same everywhere.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from crawler.items import Post
from crawler.kind import Claim
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts
from crawler.pages.values import moment
from crawler.text import one_line, tidy

MARK = "window.isoData"
PLACE = re.compile(r"(?P<root>https?://[^/?#]+)/(?:c/(?P<community>[\w.@-]+)|post/(?P<post>\d+))(?:[/?#].*)?")
LISTS = ("posts", "comments", "items")
SINGLE = ("post_view", "comment_view")


def read(body: bytes, root: str, own: Accounts) -> PageRead:
    """What a list of the instance at `root`, or a single post or comment, says. `next_url` is only a mark or empty."""
    try:
        data = json_of(body)
        views = _views(data)
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    page = PageRead(next_url=str(data.get("next_page") or ""))
    ids = {view["comment"].get("id"): str(view["comment"].get("ap_id")) for view in views if _is_comment(view)}
    for view in views:
        post = _comment(view, ids, root) if _is_comment(view) else _post(view, root)
        if post is not None and post.external_id:
            page.posts.append(post)
            if not post.deleted and own.wrote(post.author_id, handle(post.author_id)):
                page.own.add(post.external_id)
    return page


def error_code(body: bytes) -> str:
    """What an answer that is an error calls it, empty when it is none of Lemmy's."""
    try:
        data = json_of(body)
    except NotAsExpected:
        return ""
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def handle(account: str) -> str:
    """`name@instance` of an account's address in the federation."""
    parts = urlsplit(account)
    return f"{parts.path.rpartition('/')[2]}@{parts.netloc}" if parts.netloc else ""


def trace(html: str, url: str) -> Claim | None:
    """The community or post at `url`, if Lemmy's own interface made the page."""
    place = PLACE.fullmatch(url)
    if MARK not in html or place is None:
        return None
    named = {key: value for key, value in place.groupdict().items() if value and key != "root"}
    return Claim("lemmy", url, {"api": place["root"], **named})


def _views(data: Any) -> list[dict[str, Any]]:
    if not isinstance(data, dict):
        return listed(data)
    single = [data[key] for key in SINGLE if key in data]
    key = next((key for key in LISTS if key in data), "posts")
    return [view for view in single or listed(data, key) if isinstance(view, dict)]


def _is_comment(view: dict[str, Any]) -> bool:
    return isinstance(view.get("comment"), dict)


def _post(view: dict[str, Any], root: str) -> Post | None:
    item = view.get("post")
    if not isinstance(item, dict):
        return None
    post = _common(item, view, f"{root}/post/{item.get('id')}")
    post.title = one_line(str(item.get("name") or ""))
    post.text = tidy(str(item.get("body") or ""))
    return post


def _comment(view: dict[str, Any], ids: dict[Any, str], root: str) -> Post:
    item = view["comment"]
    post = _common(item, view, f"{root}/comment/{item.get('id')}")
    post.text = tidy(str(item.get("content") or ""))
    post.parent_external_id = _parent(view, ids, root)
    return post


def _common(item: dict[str, Any], view: dict[str, Any], url: str) -> Post:
    identity = str(item.get("ap_id") or "")
    if item.get("deleted") or item.get("removed"):
        return Post(identity, url=url, deleted=True)
    creator = view["creator"] if isinstance(view.get("creator"), dict) else {}
    account = str(creator.get("ap_id") or creator.get("actor_id") or "")
    return Post(
        external_id=identity,
        url=url,
        author_id=account,
        author_name=one_line(str(creator.get("name") or "")),
        author_url=account,
        created_at=moment(item.get("published_at") or item.get("published")),
        updated_at=moment(item.get("updated_at") or item.get("updated")),
    )


def _parent(view: dict[str, Any], ids: dict[Any, str], root: str) -> str:
    """What a comment answers; the instance's own address for a comment that is not at hand."""
    steps = str(view["comment"].get("path") or "").split(".")
    above = int(steps[-2]) if len(steps) > 2 and steps[-2].isdigit() else 0
    if above:
        return ids.get(above) or f"{root}/comment/{above}"
    item = view.get("post")
    return str(item.get("ap_id") or "") if isinstance(item, dict) else ""
