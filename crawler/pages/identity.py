"""By what a post is known again.

`@id`, `identifier`, `itemid` or a `url` of its own keep a post the same when its text is edited. Without them it is a
hash of the source's address, author, time as written and the first 200 characters.
"""

from __future__ import annotations

from hashlib import sha256

from crawler.items import Post
from crawler.pages.nodes import Node, first, get, string
from crawler.pages.surroundings import Surroundings, plain_address
from crawler.pages.values import join


def identify(post: Post, node: Node, around: Surroundings) -> None:
    """Give the post its id and its address."""
    own_url, identity = _own_url(node, around), _identity(node, around)
    anchor = identity if identity.startswith(around.site) else ""
    post.url = own_url or anchor or around.url
    post.external_id = identity or own_url or fallback_id(post, around.place)


def fallback_id(post: Post, place: str) -> str:
    """The id of a post that brings none. Two nameless ratings without text differ by time and stars only."""
    written = post.created_at.isoformat() if post.created_at else ""
    stars = "" if post.text or post.author_name else str(post.rating)
    parts = (place, post.author_name, written, post.text[:200], stars)
    return "sha256:" + sha256("\x1f".join(parts).encode()).hexdigest()


def _identity(node: Node, around: Surroundings) -> str:
    declared = string(node.get("@id"))
    if declared and not declared.startswith("_:"):
        return around.place + declared if declared.startswith("#") else join(around.place, declared)
    given = first(get(node, "identifier"))
    if isinstance(given, dict):
        given = get(given, "value", "@id")
    return string(given)


def _own_url(node: Node, around: Surroundings) -> str:
    """The review's own address; the address of the page or of the reviewed thing is not one."""
    given = string(get(node, "url"))
    url = join(around.base, given) if given else ""
    if not url:
        return ""
    things = around.objects(get(node, "itemreviewed"))
    shared = {around.url, around.address, *(join(around.base, string(get(thing, "url"))) for thing in things)}
    return "" if url in shared or ("#" not in url and _plain(url) in {around.place, *shared}) else url


def _plain(url: str) -> str:
    try:
        return plain_address(url)
    except ValueError:  # too many parameters, or brackets that hold no address
        return url
