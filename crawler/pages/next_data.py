"""Reviews in the data of a Next.js page (`__NEXT_DATA__`), brought into the shape of schema.org nodes."""

from __future__ import annotations

from typing import Any

from crawler.pages.nodes import Node, get, lowered, walk
from crawler.shape import load_json


def nodes(root: Any, errors: list[str]) -> list[Node]:
    """One node per review found in the page's data; unreadable data become a line in `errors`."""
    found: list[Node] = []
    for script in root.xpath("//script[@id='__NEXT_DATA__']"):
        try:
            data = lowered(load_json(script.text or "{}"))
        except Exception as error:  # noqa: BLE001 - ValueError, Misshapen, RecursionError: all mean unreadable
            errors.append(f"The page's __NEXT_DATA__ is broken and was left out ({error}).")
            continue
        found.extend(_review(node) for node, key in walk([data]) if key == "reviews" and _looks_like(node))
        found.extend(_totals(data))
    return found


def _looks_like(node: Node) -> bool:
    words = get(node, "text", "comment", "body", "reviewbody", "title")
    known = "@type" not in node and get(node, "id", "reviewid") is not None
    return known and (isinstance(words, str) or "rating" in node)


def _review(node: Node) -> Node:
    dates = node | _part(node, "dates")
    person = _part(node, "consumer", "author", "user", "reviewer")
    name = get(person, "displayname", "name") or get(node, "authorname", "author", "username")
    review: Node = {
        "@type": "Review",
        "identifier": str(get(node, "id", "reviewid")),
        "headline": get(node, "title", "headline"),
        "reviewBody": get(node, "text", "comment", "body", "reviewbody"),
        "inLanguage": get(node, "language", "locale"),
        "datePublished": get(dates, "publisheddate", "createdat", "date", "datepublished"),
        "dateModified": get(dates, "updateddate", "updatedat"),
        "author": {"@type": "Person", "name": name, "identifier": person.get("id")},
    }
    rating = get(node, "rating", "stars", "score")
    review["reviewRating"] = rating if isinstance(rating, dict) else {"ratingValue": rating}
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
