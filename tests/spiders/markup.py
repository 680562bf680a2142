"""Pages with review markup, as tests need them."""

from __future__ import annotations

import json
from typing import Any


def review(number: int, text: str = "", author: str = "Anna", **fields: Any) -> dict[str, Any]:
    """One JSON-LD review with an id of its own."""
    return {
        "@type": "Review",
        "@id": f"#bewertung-{number}",
        "author": {"@type": "Person", "name": author},
        "datePublished": f"2026-11-{1 + number % 28:02}T10:{number % 60:02}:00+01:00",
        "reviewRating": {"@type": "Rating", "ratingValue": 2},
        "reviewBody": text or f"Der Sessel Nummer {number} kam drei Wochen zu spät.",
    } | fields


def block(data: Any) -> str:
    return f'<script type="application/ld+json">{data if isinstance(data, str) else json.dumps(data)}</script>'


def page(*reviews: dict[str, Any], head: str = "", body: str = "", total: int | None = None) -> str:
    """A German shop page with these reviews in one JSON-LD block."""
    product: dict[str, Any] = {"@context": "https://schema.org", "@type": "Product", "review": list(reviews)}
    if total is not None:
        product["aggregateRating"] = {"@type": "AggregateRating", "ratingValue": "4,2", "reviewCount": total}
    return f'<!doctype html><html lang="de"><head>{head}{block(product)}</head><body>{body}</body></html>'
