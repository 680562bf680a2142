"""Reviews and comments in class names (hReview, h-review, comments of an h-entry) as schema.org nodes.

Review services that shops use have class names of their own, which say the same on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from crawler.pages import languages
from crawler.pages.nodes import Node
from crawler.text import Seen, html_to_text

MARKS = ("hreview", "h-review", "u-comment", "p-comment", "jdgm-rev", "spr-review", "stamped-review", "yotpo-review")
"""A page without any of these classes has none of them."""

REVIEWS = {"hreview", "h-review", "jdgm-rev", "spr-review", "stamped-review", "yotpo-review"}
COMMENTS = {"u-comment", "p-comment"}
CITED = {"h-cite", "h-entry"}
"""A comment is one only if it is an item of its own; else the class wraps a widget or a number."""

PEOPLE = {
    *("reviewer", "p-reviewer", "u-reviewer", "p-author", "u-author", "author", "comment-author"),
    *("jdgm-rev__author", "yotpo-user-name"),
}
ITEMS = {"item", "p-item"}
NAMES = {"fn", "p-name"}
FIELDS = {
    "summary": "headline",
    "p-summary": "headline",
    "p-name": "headline",
    "description": "reviewBody",
    "e-description": "reviewBody",
    "p-description": "reviewBody",
    "e-content": "reviewBody",
    "p-content": "reviewBody",
    "dtreviewed": "datePublished",
    "dt-published": "datePublished",
    "dt-reviewed": "datePublished",
    "rating": "ratingValue",
    "p-rating": "ratingValue",
    "best": "bestRating",
    "p-best": "bestRating",
    "worst": "worstRating",
    "p-worst": "worstRating",
    "jdgm-rev__title": "headline",
    "jdgm-rev__body": "reviewBody",
    "jdgm-rev__timestamp": "datePublished",
    "jdgm-rev__rating": "ratingValue",
    "jdgm-rev__reply-content": "ownerResponse",
    "spr-review-header-title": "headline",
    "spr-review-content-body": "reviewBody",
    "spr-review-header-starratings": "ratingValue",
    "spr-review-reply-body": "ownerResponse",
    "stamped-review-header-title": "headline",
    "stamped-review-content-body": "reviewBody",
    "stamped-starratings": "ratingValue",
    "created": "datePublished",
    "content-title": "headline",
    "content-review": "reviewBody",
    "yotpo-review-stars": "ratingValue",
    "yotpo-review-date": "datePublished",
}
SIGNED_LINE = "spr-review-header-byline"
"""Who, and when."""

MAX_NESTING = 20
"""Comments under comments under comments; deeper ones are passed over."""

ATTRIBUTES = ("datetime", "data-content", "data-score", "data-rating", "value", "title")


def reviews(root: Any) -> list[Node]:
    """One node per review below `root` (an lxml element), and per comment that does not hang under one of them."""
    found: list[Node] = []
    spoken = languages.Languages()
    stack = [(root, False)]
    while stack:
        element, is_within = stack.pop()
        kind = _kind(element)
        if kind == "Review" or (kind and not is_within):
            found.append(_review(element, kind, spoken))
        stack.extend((child, is_within or bool(kind)) for child in reversed(element))
    return found


def _kind(element: Any) -> str:
    classes = _classes(element)
    if classes & REVIEWS:
        return "Review"
    return "Comment" if classes & COMMENTS and classes & CITED else ""


def _review(root: Any, kind: str, spoken: languages.Languages, nesting: int = 0) -> Node:
    fields: Node = {}
    below: list[Node] = []
    for element, classes in _parts(root):
        if within := _kind(element):
            hangs = within == "Comment" and nesting < MAX_NESTING
            below += [_review(element, within, spoken, nesting + 1)] if hangs else []
            continue
        person = "author" if classes & PEOPLE else "itemReviewed" if classes & ITEMS else ""
        if person:
            fields[person] = fields.get(person) or {"name": _name(element)}
            continue
        if SIGNED_LINE in classes:
            who = _text(element[0]) if len(element) else ""
            fields |= {"author": {"name": who}, "datePublished": _text(element).removeprefix(who).strip(" -–,")}
        for name in {FIELDS[found] for found in classes & FIELDS.keys()} - fields.keys():
            fields[name] = _value(element)
            if name == "reviewBody" and (own := languages.declared(element)):
                fields["inLanguage"] = own
    fields.setdefault("inLanguage", spoken.of(root))
    rating = {name: fields.pop(name) for name in ("ratingValue", "bestRating", "worstRating") if name in fields}
    if kind == "Comment":
        fields["reviewBody"] = fields.get("reviewBody") or fields.pop("headline", "")
        fields["url"] = next((link.get("href") or "" for link in root.iter("a") if "u-url" in _classes(link)), "")
        fields.pop("headline", None)
    return {
        "@type": kind,
        "identifier": root.get("data-review-id") or "",
        "reviewRating": rating,
        "comment": below,
        **fields,
    }


def _parts(root: Any) -> Iterator[tuple[Any, set[str]]]:
    """Elements with a class, in document order; people, things and other posts are not entered."""
    stack = [*reversed(root)]
    while stack:
        element = stack.pop()
        classes = _classes(element)
        if classes:
            yield element, classes
        if not classes & (PEOPLE | ITEMS) and not _kind(element):
            stack.extend(reversed(element))


def _name(element: Any) -> str:
    named = [below for below in element.iterdescendants() if _classes(below) & (NAMES | PEOPLE)]
    best = next((below for below in named if _classes(below) & NAMES), named[0] if named else element)
    return _text(best)


def _value(element: Any) -> str:
    inner = next((below for below in element.iter() if _classes(below) & {"value", "value-title"}), element)
    given = next((inner.get(name) for name in ATTRIBUTES if inner.get(name)), None)
    return str(given) if given else _text(inner) or inner.get("aria-label") or ""


def _text(element: Any) -> str:
    return Seen(html_to_text(etree.tostring(element, encoding="unicode", method="html", with_tail=False)))


def _classes(element: Any) -> set[str]:
    return set((element.get("class") or "").split()) if isinstance(element.tag, str) else set()
