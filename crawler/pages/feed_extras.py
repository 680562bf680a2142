"""What feeds of reviews say in elements of their own: stars, and who wrote; and which entries offer something."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from crawler.pages.values import number

HIGHEST = 5.0
"""A feed tells no scale; where one of its ratings is higher, none of them is taken for stars."""

STARS = ("rating", "stars", "ratingvalue")
WRITERS = ("author", "reviewer")
NAMES = ("name", "reviewer_name", "nickname", "customer", "customer_name", "user", "username")
"""Somebody who wrote, where stars stand beside the name; else it may be the name of anything."""

_FIRST_HERE = re.compile(
    r"\b(?:erschien zuerst auf|appeared first on|est apparu en premier sur|proviene da|apareció primero en) <a\b"
)
"""How WordPress ends an article in its feed."""

OFFERS = ("price", "availability")


def ratings(entries: Sequence[Any]) -> list[float | None]:
    """The stars of each entry, from an element that is called so in whatever namespace."""
    read = [number(value) if (value := own(entry, *STARS)) else None for entry in entries]
    return read if all(0 < rating <= HIGHEST for rating in read if rating is not None) else [None] * len(read)


def writer(entry: Any) -> str:
    """Who wrote the entry, by an element that is no feed's own."""
    return own(entry, *WRITERS) or (own(entry, *NAMES) if own(entry, *STARS) else "")


def is_offer(entry: Any) -> bool:
    """Whether the entry offers goods, as in the feeds that shops give to price lists."""
    return bool(own(entry, *OFFERS)) and not own(entry, *STARS)


def own(entry: Any, *names: str) -> str:
    """The text of the first element of these names, in whatever namespace or in none."""
    for name in names:
        found = (
            value for key, value in entry.items() if name in (key, key.partition("_")[2]) and isinstance(value, str)
        )
        if text := next((value.strip() for value in found if value.strip()), ""):
            return text
    return ""


def is_article(entry: Any) -> bool:
    """Whether an entry is what the site itself published: WordPress names the feed of its comments, or ends it so."""
    return bool(entry.get("wfw_commentrss")) or bool(_FIRST_HERE.search(str(entry.get("summary", ""))))
