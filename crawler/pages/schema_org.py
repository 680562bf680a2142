"""Any page with schema.org reviews: JSON-LD, microdata or the data of a Next.js page. Bytes in, posts out.

One review written in two syntaxes is one post. JSON-LD leads; microdata adds what JSON-LD does not have, except when
a JSON-LD block was broken: then the rest of the page is not guessed from markup whose ids may differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from lxml import etree
from w3lib.encoding import html_to_unicode

from crawler.items import Post
from crawler.pages import json_ld, microdata, next_data
from crawler.pages.nodes import COMMENT, MAX_NODES, REVIEW, Node, get, lowered, objects, outline, string, types, walk
from crawler.pages.paging import next_page
from crawler.pages.result import PageRead
from crawler.pages.reviews import Surroundings, fallback_id, is_empty, is_shell, posts_of
from crawler.pages.values import count
from crawler.shape import Misshapen, check_html

Outline = list[tuple[Node, bool]]
"""The objects of a page down to its posts, each with whether it is a post."""


def read(
    body: bytes, url: str, *, address: str = "", content_type: str = "", link: str = "", own_names: Sequence[str] = ()
) -> PageRead:
    """Read one page fetched from `url`; `address` is the source's (the same for all its pages), `link` the Link header.

    Never raises for bad content: what could not be read stands in `errors`.
    """
    text = html_to_unicode(content_type or None, body)[1].replace("\x00", "")
    try:
        check_html(text)
    except Misshapen as error:
        return PageRead(errors=[f"{error} Nothing of it was read."], unsafe=True)
    root = etree.fromstring(text.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True)) if text.strip() else None
    if root is None:
        return PageRead(errors=["The page is empty."])
    return _read(root, url, Surroundings(url, address or url, _language(root), tuple(own_names)), link)


def _read(root: Any, url: str, around: Surroundings, link: str) -> PageRead:
    blocks, errors = _blocks(root)
    data = next_data.nodes(root, errors)
    around.turn_to(lowered([*blocks, *data]))
    structured = _outlined(around.values)
    leading = _posts(structured, around)
    around.turn_to(lowered(microdata.items(root, url)))
    marked_up = _outlined(around.values)
    extra = [] if errors and leading else _posts(marked_up, around)
    if around.left <= 0:
        errors.append("The page holds more data than can be read at once; only its first part was read.")
    return PageRead(
        posts=_merged(leading, extra) if extra else leading,
        errors=errors,
        published_total=_total([*structured, *marked_up]),
        next_url=next_page(root, url, link),
        unread=around.shells,
    )


def _blocks(root: Any) -> tuple[list[Any], list[str]]:
    values: list[Any] = []
    errors: list[str] = []
    for position, block in enumerate(json_ld.scripts(root), 1):
        try:
            values.extend(json_ld.parse(block))
        except json_ld.Broken as error:
            errors.append(f"JSON-LD block {position} of the page is broken and was left out ({error}).")
    return values, errors


def _outlined(values: list[Any]) -> Outline:
    return [(node, is_post) for node, _, is_post in outline(values, _is_post)]


def _posts(nodes: Outline, around: Surroundings) -> list[Post]:
    groups: list[tuple[int, list[Post]]] = []
    for number, (node, is_post) in enumerate(nodes, 1):
        if number == MAX_NODES:
            around.left = 0
        if is_post and around.left > 0:
            groups.append((id(node), posts_of(node, around)))
    own = [group for node_id, group in groups if node_id not in around.answers and not is_empty(group[0])]
    around.shells += sum(is_shell(group[0]) for node_id, group in groups if node_id not in around.answers)
    _separate(own, around.place)
    found: dict[str, Post] = {}
    for post in (post for group in own for post in group):
        known = found.get(post.external_id)
        if known is None or len(known.text) < len(post.text):
            found[post.external_id] = post
    return list(found.values())


def _separate(groups: list[list[Post]], place: str) -> None:
    """Give reviews that share an id (often the address of the page) ids that tell them apart."""
    sharing: dict[str, list[Post]] = {}
    for post, *_ in groups:
        sharing.setdefault(post.external_id, []).append(post)
    ambiguous = {shared for shared, posts in sharing.items() if len(posts) > 1 and _differ(posts)}
    for post, *others in groups:
        shared = post.external_id
        if shared in ambiguous:
            post.external_id = fallback_id(post, place)
        for other in others:
            if other.parent_external_id == shared:
                other.parent_external_id = post.external_id


def _differ(posts: list[Post]) -> bool:
    """Whether these cannot be one review written down several times, perhaps shortened."""
    if len({post.author_name for post in posts if post.author_name}) > 1:
        return True
    longest = max((post.text for post in posts), key=len)
    if longest:
        return not all(longest.startswith(post.text.rstrip("….")) for post in posts)
    return len({(post.created_at, post.rating) for post in posts}) > 1


def _is_post(node: Node, key: str) -> bool:
    kinds = types(node)
    if "claimreview" in kinds or "aggregaterating" in kinds:
        return False
    return bool(kinds & (REVIEW | COMMENT)) or (key in ("review", "reviews") and len(node) > 1)


def _merged(leading: list[Post], extra: list[Post]) -> list[Post]:
    """Posts of both syntaxes, each once; answers known only to the second are carried over."""
    known = {key: post for post in leading for key in (*_likeness(post), *_likeness(post, undated=True))}
    result = list(leading)
    for post in extra:
        same = next((known[key] for key in _likeness(post, undated=not post.created_at) if key in known), None)
        if same is None:
            result.append(post)
        elif not same.owner_replies:
            same.owner_replies = post.owner_replies
    return result


def _likeness(post: Post, undated: bool = False) -> list[tuple[Any, ...]]:
    """By what the same review is recognised in another syntax: its id, else author, words and day."""
    words = " ".join(post.text.casefold().split())
    day = None if undated or not post.created_at else post.created_at.date()
    author = post.author_name.casefold()
    return [("id", post.external_id), (author, words, day) if words else (author, post.rating, post.created_at)]


def _total(nodes: Outline) -> int | None:
    """How many reviews the page itself counts; the rating of the thing that holds the reviews comes first."""
    claimed = _claims(node for node, _ in nodes)
    if not claimed:
        claimed = _claims(node for node, _ in walk([post for post, is_post in nodes if is_post]))
    return max(claimed, key=itemgetter(0))[1] if claimed else None


def _claims(nodes: Iterable[Node]) -> list[tuple[bool, int]]:
    """The numbers of reviews that things claim to have, each with whether the thing shows some of them."""
    claims: list[tuple[bool, int]] = []
    for node in (node for node in nodes if "aggregaterating" in node):
        for rating in objects(node["aggregaterating"]):
            claimed = count(string(get(rating, "reviewcount", "ratingcount")))
            if claimed is not None:
                claims.append((get(node, "review", "reviews") is not None, claimed))
    return claims


def _language(root: Any) -> str:
    return str(root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "")
