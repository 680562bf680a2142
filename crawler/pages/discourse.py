"""Posts of a Discourse forum, and the mark by which a page shows that it belongs to one. Bytes in, posts out.

The text is taken from what people see (`cooked`), which every list has, and not from the source (`raw`), which only
some have: one wording, wherever a post is met. Quotes of others are cut: they are not what this person says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

from lxml import etree
from parsel import Selector

from crawler.items import Post
from crawler.kind import Claim
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.paging import with_query
from crawler.pages.result import PageRead
from crawler.pages.threads import Accounts
from crawler.pages.values import count, moment
from crawler.shape import Misshapen, check_html
from crawler.text import html_to_text, one_line

REGULAR = 1
LATEST_SIZE = 50
BACK = 15
"""A page of a topic begins five posts before the number asked for and has twenty."""

STAFF = "staff"
"""The forum's own name for its administrators and moderators; nobody else can have it."""

PLACE = re.compile(
    r"(?P<root>https?://[^/?#]+(?:/[^/?#]+)??)"
    r"(?:/t/(?:[^/?#]+/)?(?P<topic>\d+)(?:/\d+)?(?:\.json)?"
    r"|/(?P<list>c/[^?#]*?[^/?#]|tags?/(?:c/)?[^?#]*?[^/?#])(?:/l/\w+)?(?:\.json)?"
    r"|/(?:latest|new|top|hot|categories|posts|about)?(?:\.json)?"
    r"|)/?(?:[?#].*)?",
    re.IGNORECASE,
)
NOISE = (
    "//aside[contains(concat(' ', @class, ' '), ' quote ')]|//div[@class='meta']|//*[contains(@class, 'lightbox')]//div"
)
EMOJI = "//img[contains(concat(' ', @class, ' '), ' emoji ')][@alt]"


def read(body: bytes, root: str, own: Accounts) -> PageRead:
    """The newest posts of the forum at `root`, a stretch of one of its topics, or a single post."""
    try:
        data = json_of(body)
        stream = data.get("post_stream") if isinstance(data, dict) else None
        if isinstance(stream, dict):
            return _topic(data, listed(stream, "posts"), stream.get("stream"), root, own)
        single = isinstance(data, dict) and "cooked" in data
        found = [data] if single else listed(data, "latest_posts")
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    page = _posts(found, root, own)
    if not single and len(found) >= LATEST_SIZE:
        page.next_url = f"{root}/posts.json?before={min(_number(item, 'id') for item in found)}"
    return page


def topics(body: bytes, url: str, address: Callable[[str], str]) -> PageRead:
    """A list of topics at `url`, each by its `address`, with a mark that changes when somebody writes there."""
    try:
        data = json_of(body)
        inner = data.get("topic_list") if isinstance(data, dict) else None
        found = listed(inner, "topics")
    except NotAsExpected as error:
        return PageRead(errors=[str(error)])
    marks = ("highest_post_number", "last_posted_at", "bumped_at")
    named = {
        address(str(item["id"])): "/".join(str(item.get(mark)) for mark in marks) for item in found if "id" in item
    }
    more = isinstance(inner, dict) and bool(inner.get("more_topics_url"))
    return PageRead(lists=named, mark=repr(named), next_url=_following(url) if more else "")


def _following(url: str) -> str:
    """The address of the next page of a list of topics; the first one has the number 0."""
    number = dict(parse_qsl(urlsplit(url).query)).get("page", "0")
    return with_query(url, "page", str(int(number) + 1 if number.isdigit() else 1))


def trace(html: str, url: str) -> Claim | None:
    """The topic, category, tag or whole forum at `url`, if its page says that Discourse made it."""
    generator = Selector(text=html).xpath("//meta[@name='generator']/@content").get() or ""
    place = PLACE.fullmatch(url)
    if not generator.startswith("Discourse ") or place is None:
        return None
    named = {key: value for key, value in place.groupdict().items() if value and key != "root"}
    return Claim("discourse", url, {"api": place["root"], **named})


def text_of(cooked: str) -> str:
    """What a person wrote, from the HTML of a post: without quotes, picture captions and the like."""
    try:
        check_html(cooked)
    except Misshapen:
        return html_to_text(cooked)
    if "<aside" not in cooked and "<img" not in cooked and "lightbox" not in cooked:
        return html_to_text(cooked)
    page = Selector(text=f"<div>{cooked}</div>")
    page.xpath(NOISE).drop()
    for picture in page.xpath(EMOJI):
        picture.root.tail = f"{picture.attrib['alt']}{picture.root.tail or ''}"
    return html_to_text(etree.tostring(page.root, encoding="unicode", method="html"))


def _topic(data: dict[str, Any], found: list[dict[str, Any]], stream: Any, root: str, own: Accounts) -> PageRead:
    page = _posts([{"topic_title": data.get("title"), **item} for item in found], root, own)
    page.published_total = count(data.get("posts_count"))
    first = min((_number(item, "post_number") for item in found), default=0)
    shown = {item.get("id") for item in found}
    if found and isinstance(stream, list) and stream and stream[0] not in shown:
        page.next_url = f"{root}/t/{_number(found[0], 'topic_id')}/{max(1, first - BACK)}.json"
    return page


def _posts(found: list[dict[str, Any]], root: str, own: Accounts) -> PageRead:
    page = PageRead()
    ids = {_place(item, "post_number"): str(item.get("id")) for item in found}
    for item in found:
        # a post hidden after complaints shows a notice in place of its text; forum robots have ids below zero
        if item.get("post_type", REGULAR) != REGULAR or item.get("hidden") or _number(item, "user_id") < 0:
            continue
        identity = str(item.get("id") or "")
        if _is_deleted(item):
            page.posts.append(Post(identity, deleted=True))
            continue
        if own.wrote(str(item.get("user_id")), str(item.get("username")), STAFF if item.get("staff") else ""):
            page.own.add(identity)
        page.posts.append(_post(item, identity, _parent(item, ids), root))
    return page


def _post(item: dict[str, Any], identity: str, parent: str, root: str) -> Post:
    username = one_line(str(item.get("username") or ""))
    path = item.get("post_url") or f"/t/{item.get('topic_slug')}/{_place(item, 'post_number')}"
    return Post(
        external_id=identity,
        text=text_of(str(item.get("cooked") or "")),
        title="" if parent else one_line(str(item.get("topic_title") or "")),
        url=urljoin(f"{root}/", str(path)),
        author_id=str(item.get("user_id") or ""),
        author_name=username,
        author_url=f"{root}/u/{username}" if username else "",
        created_at=moment(item.get("created_at")),
        updated_at=moment(item.get("updated_at")) if _number(item, "version") > 1 else None,
        parent_external_id=parent,
    )


def _parent(item: dict[str, Any], ids: dict[str, str]) -> str:
    """What a post answers: the one it names, else the topic's first; `topic/number` where its id is not at hand."""
    if _number(item, "post_number") <= 1:
        return ""
    place = _place(item, "reply_to_post_number" if item.get("reply_to_post_number") else "")
    return ids.get(place, place)


def _place(item: dict[str, Any], key: str) -> str:
    return f"{_number(item, 'topic_id')}/{_number(item, key) if key else 1}"


def _is_deleted(item: dict[str, Any]) -> bool:
    return bool(item.get("user_deleted") or item.get("deleted_at"))


def _number(item: dict[str, Any], key: str) -> int:
    value = item.get(key)
    return value if isinstance(value, int) else 0
