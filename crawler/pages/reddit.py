"""Posts and comments of Reddit, from its interface (JSON) and from its feeds (Atom). Bytes in, posts out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

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

MORE = "more"
MOST_NAMED = 100
"""So many comments may be asked for by their names at once."""

NOBODY = "[deleted]"
WITHDRAWN = {"[deleted]", "[removed]"}
MODERATION = "AutoModerator"
NO_LISTING = "The site's answer holds no list of posts; its interface may have changed."
FOOTER = re.compile(r"submitted by\s{1,20}/u/\S+.*\Z", re.DOTALL)


def read(body: bytes, url: str, own: Accounts) -> PageRead:
    """A listing, a thread, which is two of them, or comments that a thread named only, fetched from `url`."""
    try:
        data = json_of(body)
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    listings = data if isinstance(data, list) else [_named(data) or data]
    if not listings or not all(_is_listing(listing) for listing in listings):
        return PageRead(errors=[NO_LISTING])
    after = listings[0]["data"].get("after")
    page = PageRead(next_url=with_query(url, "after", str(after)) if after else "")
    things = [thing for listing in listings for thing in _things(listing)]
    for kind, item in things:
        if kind == MORE:
            page.lists |= dict(_hidden(item, _link(things, url), url))
        else:
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


def _named(data: Any) -> dict[str, Any] | None:
    """Comments that were asked for by name, as a listing."""
    found = data["json"].get("data") if isinstance(data, dict) and isinstance(data.get("json"), dict) else None
    things = found.get("things") if isinstance(found, dict) else None
    return {"data": {"children": things}} if isinstance(things, list) else None


def _things(listing: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The posts, comments and "more" of a listing by their kind, answers behind what they answer."""
    for child in listing["data"]["children"] if _is_listing(listing) else ():
        kind, item = (child.get("kind"), child.get("data")) if isinstance(child, dict) else ("", None)
        if not isinstance(item, dict):
            continue
        if kind == MORE or (kind in KINDS and str(item.get("name", "")).startswith(KINDS)):
            yield kind, item
            yield from _things(item.get("replies"))


def _link(things: Sequence[tuple[str, dict[str, Any]]], url: str) -> str:
    """The name of the post whose thread this is; comments asked for by name say it in their address."""
    posts = (str(item["name"]) for kind, item in things if kind == "t3")
    return next(posts, "") or parse_qs(urlsplit(url).query).get("link_id", [""])[0]


def _hidden(more: dict[str, Any], link: str, url: str) -> Iterator[tuple[str, str]]:
    """Where comments that are named only can be had, each address with a word that changes when others are named.

    A branch that is too deep to be shown names none: it is the thread below the comment that it hangs from.
    """
    children = more.get("children")
    names = [str(name) for name in children] if isinstance(children, list) else []
    if not link.startswith("t3_"):
        return
    for start in range(0, len(names), MOST_NAMED):
        asked = quote(",".join(names[start : start + MOST_NAMED]), safe=",")
        query = f"api_type=json&link_id={link}&sort=new&children={asked}&raw_json=1"
        yield urljoin(url, f"/api/morechildren?{query}"), str(more.get("count"))
    parent = str(more.get("parent_id") or "")
    if not names and parent.startswith("t1_"):
        place = f"/comments/{link[3:]}/_/{quote(parent[3:], safe='')}"
        yield urljoin(url, f"{place}?sort=new&limit=500&raw_json=1"), str(more.get("count"))


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
