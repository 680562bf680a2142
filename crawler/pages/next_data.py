"""Reviews in the data that pages carry for their own scripts, brought into the shape of schema.org nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crawler.pages import flight, json_ld, page_state
from crawler.pages.nodes import BRANCHES, MAX_NODES, Node, get, lowered, walk
from crawler.shape import Misshapen, load_json

BETWEEN = {"edges", "node", "nodes", "items", "results", "data", "list", "entries", "content"}
"""Properties that only wrap a list; what they hold is called as the list is."""


IDS = ("id", "reviewid", "uuid")
WORDS = ("text", "comment", "body", "reviewbody", "title")
DATES = ("publisheddate", "createdat", "date", "datepublished", "submittedat")


def nodes(root: Any, errors: list[str]) -> list[Node]:
    """One node per review found in the page's data; unreadable data become a line in `errors`."""
    found: list[Node] = []
    for script in root.xpath("//script[@id='__NEXT_DATA__']"):
        try:
            found.extend(_found(lowered(load_json(script.text or "{}"))))
        except (ValueError, Misshapen, RecursionError) as error:
            errors.append(f"The page's __NEXT_DATA__ is broken and was left out ({error}).")
    return found


def streamed(root: Any) -> list[Any]:
    """The same for the stream of the app router, with the JSON-LD that it carries along."""
    data = lowered(flight.trees(root))
    return [*_found(data), *(value for node, _ in walk(data) for value in _packed(node))]


def carried(root: Any) -> list[Node]:
    """The same for the data of other programs."""
    return _found(lowered(page_state.trees(root)))


def _found(data: Any) -> list[Node]:
    return [
        *(_review(node) for node, key in _named(data) if _is_called_review(node, key) and _looks_like(node)),
        *_totals(data),
    ]


def _named(data: Any) -> Iterator[tuple[Node, str]]:
    """Every object with the name of the list it stands in."""
    stack: list[tuple[Any, str]] = [(data, "")]
    seen = 0
    while stack and seen < MAX_NODES:
        value, key = stack.pop()
        if isinstance(value, list):
            stack.extend([(item, key) for item in reversed(value) if isinstance(item, BRANCHES)])
        elif isinstance(value, dict):
            seen += 1
            yield value, key
            below = [(name, child) for name, child in reversed(value.items()) if isinstance(child, BRANCHES)]
            stack.extend([(child, key if name in BETWEEN else name) for name, child in below])


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


def _is_called_review(node: Node, key: str) -> bool:
    """By the list it stands in, or by the type that GraphQL writes into each object."""
    kind = node.get("__typename")
    return key.endswith("reviews") or (isinstance(kind, str) and kind.endswith("Review"))


def _looks_like(node: Node) -> bool:
    """An object with an id and words or stars; without an id it must have both, and a date."""
    if "@type" in node:
        return False
    words, rating = isinstance(get(node, *WORDS), str), "rating" in node
    if get(node, *IDS) is not None:
        return words or rating
    return words and rating and isinstance(get(node, *DATES), str)


def _review(node: Node) -> Node:
    dates = node | _part(node, "dates")
    person = _part(node, "consumer", "author", "user", "customer")
    name = get(person, "displayname", "name", "username", "firstname") or get(node, "authorname", "author", "username")
    review: Node = {
        "@type": "Review",
        "identifier": str(get(node, *IDS) or ""),
        "headline": get(node, "title", "headline"),
        "reviewBody": get(node, "text", "comment", "body", "reviewbody"),
        "inLanguage": get(node, "language", "locale"),
        "datePublished": get(dates, *DATES),
        "dateModified": get(dates, "updateddate", "updatedat"),
        "author": {"@type": "Person", "name": name, "identifier": person.get("id")},
    }
    rating = get(node, "rating", "stars", "score")
    review["reviewRating"] = (
        {"bestRating": rating.get("max")} | rating if isinstance(rating, dict) else {"ratingValue": rating}
    )
    return review | _answer(node)


def _answer(node: Node) -> Node:
    reply = _part(node, "reply", "companyreply", "ownerreply", "response")
    words = get(reply, "message", "text", "body")
    if not isinstance(words, str):
        return {}
    date = get(reply, "publisheddate", "createdat", "date")
    author = {"@type": "Organization", "name": get(reply, "author", "name") or ""}
    return {"comment": {"@type": "Comment", "text": words, "datePublished": date, "author": author}}


def _totals(data: Any) -> list[Node]:
    for node, key in walk([data]):
        total = node.get("totalcount") if key == "pagination" else node.get("numberofreviews")
        if isinstance(total, int):
            return [{"aggregateRating": {"reviewCount": total}}]
    return []


def _part(node: Node, *names: str) -> Node:
    value = get(node, *names)
    return value if isinstance(value, dict) else {}
