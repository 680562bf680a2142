"""Reviews in the data that pages carry for their own scripts."""

from __future__ import annotations

from typing import Any

from crawler.pages import flight, json_ld, page_state, state_reviews
from crawler.pages.nodes import Node, lowered, types, walk
from crawler.shape import Misshapen, load_json


def nodes(root: Any, errors: list[str]) -> list[Any]:
    """What `__NEXT_DATA__` says about reviews; unreadable data become a line in `errors`."""
    found: list[Any] = []
    for script in root.xpath("//script[@id='__NEXT_DATA__']"):
        try:
            found.extend(_found(load_json(script.text or "{}")))
        except (ValueError, Misshapen, RecursionError) as error:
            errors.append(f"The page's __NEXT_DATA__ is broken and was left out ({error}).")
    return found


def streamed(root: Any) -> list[Any]:
    """The same for the stream of the app router, with the JSON-LD that it carries along."""
    data = flight.trees(root)
    return [*_found(data), *(value for node, _ in walk(lowered(data)) for value in _packed(node))]


def carried(root: Any, text: str) -> list[Any]:
    """The same for the data of other programs; `text` is the page itself."""
    return [node for tree in page_state.trees(root, text) for node in _found(tree)]


def _found(tree: Any) -> list[Any]:
    """Reviews by their looks, and those that are schema.org's already."""
    return [*state_reviews.reviews(tree), *_declared(tree)]


def _declared(tree: Any) -> list[Node]:
    """JSON-LD that the page's program is going to write, or has written."""
    return [
        node for node, _ in walk([lowered(tree)]) if "@type" in node and ("review" in node or "review" in types(node))
    ]


def _packed(node: Node) -> list[Any]:
    """The values of a JSON-LD script that React is going to write."""
    inner = node.get("dangerouslysetinnerhtml")
    text = inner.get("__html") if isinstance(inner, dict) else None
    if node.get("type") != "application/ld+json" or not isinstance(text, str):
        return []
    try:
        return json_ld.parse(text)
    except json_ld.Broken:
        return []
