"""The schema.org markup of a demo page: what search engines, and our crawler, read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gelassen.demo.state import DemoReview, Place


def json_ld(place: Place, shown: Sequence[DemoReview], everything: Sequence[DemoReview], base: str) -> str:
    """One JSON-LD block, safe inside a script element."""
    document = {
        "@context": "https://schema.org",
        "@type": place.type,
        "@id": f"{base}/{place.key}#business",
        "name": place.business,
        "address": {"@type": "PostalAddress", "streetAddress": place.street, "addressLocality": place.city},
        "aggregateRating": _aggregate(everything),
        "review": [_review(place, review, base) for review in shown],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def author_slug(name: str) -> str:
    """The part of a profile address that stands for a person."""
    return "-".join("".join(c if c.isalnum() else " " for c in name.lower()).split())


def _aggregate(reviews: Sequence[DemoReview]) -> dict[str, Any]:
    mean = sum(review.rating for review in reviews) / max(len(reviews), 1)
    return {"@type": "AggregateRating", "ratingValue": round(mean, 1), "bestRating": 5, "reviewCount": len(reviews)}


def _review(place: Place, review: DemoReview, base: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "@type": "Review",
        "identifier": review.id,
        "url": f"{base}/{place.key}#{review.id}",
        "author": {
            "@type": "Person",
            "name": review.author,
            "identifier": author_slug(review.author),
            "url": f"{base}/profil/{author_slug(review.author)}",
        },
        "datePublished": review.created_at,
        "inLanguage": "de",
        "name": review.title,
        "reviewBody": review.text,
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5, "worstRating": 1},
    }
    if review.updated_at:
        data["dateModified"] = review.updated_at
    if review.replies:
        data["comment"] = [
            {
                "@type": "Comment",
                "identifier": reply.id,
                "text": reply.text,
                "datePublished": reply.created_at,
                "author": {"@type": "Organization", "name": place.business},
            }
            for reply in review.replies
        ]
    return data
