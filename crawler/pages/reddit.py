"""Posts and comments of Reddit, from its interface (JSON) and from its feeds (Atom). Bytes in, posts out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from crawler.items import Post
from crawler.pages import feed as atom
from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.paging import with_query
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts
from crawler.text import one_line, tidy

SITE = "https://www.reddit.com"
KINDS = ("t1", "t3")
"""Comments and posts; a thread also holds "more", which names comments without showing them."""

NOBODY = "[deleted]"
WITHDRAWN = {"[deleted]", "[removed]"}
MODERATION = "AutoModerator"
NO_LISTING = "The site's answer holds no list of posts; its interface may have changed."
FOOTER = re.compile(r"submitted by\s{1,20}/u/\S+.*\Z", re.DOTALL)


def read(body: bytes, url: str, own: Accounts) -> PageRead:
    """A listing, or a thread, which is two of them, fetched from `url`."""
    try:
        data = json_of(body)
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    listings = data if isinstance(data, list) else [data]
    if not listings or not all(_is_listing(listing) for listing in listings):
        return PageRead(errors=[NO_LISTING])
    after = listings[0]["data"].get("after")
    page = PageRead(next_url=with_query(url, "after", str(after)) if after else "")
    for item in (item for listing in listings for item in _items(listing)):
        _add(page, item, own)
    return page


def feed(body: bytes, url: str, own: Accounts, *, content_type: str = "") -> PageRead:
    """A feed fetched from `url`. It tells the thread of a comment, but not which comment it answers."""
    page = atom.read(body, url, content_type=content_type)
    for post in page.posts:
        post.external_id = post.external_id.rpartition("/")[2]  # the parser takes it for a relative address
        post.author_name = post.author_name.removeprefix("/u/")
        if post.external_id.startswith("t3_"):
            post.text = FOOTER.sub("", post.text).rstrip()
        else:
            post.title, post.parent_external_id = "", _thread(post.url)
        if own.wrote("", post.author_name):
            page.own.add(post.external_id)
            post.parent_external_id = ""  # which comment our answer belongs to is not known here
    page.posts = [post for post in page.posts if post.author_name != MODERATION]
    return page


def _is_listing(value: Any) -> bool:
    data = value.get("data") if isinstance(value, dict) else None
    return isinstance(data, dict) and isinstance(data.get("children"), list)


def _items(listing: Any) -> Iterator[dict[str, Any]]:
    """The posts and comments of a listing, answers behind what they answer."""
    for child in listing["data"]["children"] if _is_listing(listing) else ():
        item = child.get("data") if isinstance(child, dict) and child.get("kind") in KINDS else None
        if isinstance(item, dict) and str(item.get("name", "")).startswith(KINDS):
            yield item
            yield from _items(item.get("replies"))


def _add(page: PageRead, item: dict[str, Any], own: Accounts) -> None:
    identity, author = item["name"], str(item.get("author") or "")
    text = str(item.get("body") or item.get("selftext") or "")
    if author == MODERATION:
        return
    if item.get("removed_by_category") or (author == NOBODY and text.strip() in WITHDRAWN):
        page.posts.append(Post(identity, deleted=True))
        return
    name = "" if author == NOBODY else one_line(author)
    account = str(item.get("author_fullname") or "")
    if own.wrote(account, name):
        page.own.add(identity)
    page.posts.append(
        Post(
            external_id=identity,
            text=tidy(text),
            title=one_line(str(item.get("title") or "")),
            url=f"{SITE}{str(item.get('permalink') or item.get('context') or '').partition('?')[0]}",
            author_id=account,
            author_name=name,
            author_url=f"{SITE}/user/{name}" if name else "",
            created_at=_time(item.get("created_utc")),
            updated_at=_time(item.get("edited")),
            parent_external_id=str(item.get("parent_id") or ""),
        )
    )


def _time(seconds: Any) -> datetime | None:
    """`edited` is false or a time."""
    known = isinstance(seconds, (int, float)) and not isinstance(seconds, bool)
    return datetime.fromtimestamp(int(seconds), UTC) if known else None


def _thread(url: str) -> str:
    found = re.search(r"/comments/(\w+)/", url)
    return f"t3_{found.group(1)}" if found else ""
