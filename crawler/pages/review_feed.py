"""The feed of reviews that shops give to Google: one `review` after the other, each with its writer and its stars."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from crawler.items import Post
from crawler.pages.stars import stars
from crawler.pages.values import moment
from crawler.text import Seen, one_line, value_to_text

MARK = re.compile(r"<reviews\b[^<>]*>\s*<review\b")
HEAD = 65536
"""Characters; the first review stands before them, or it is another kind of feed."""


def is_one(text: str) -> bool:
    """Whether this is such a feed."""
    return bool(MARK.search(text[:HEAD]))


def posts(text: str) -> list[Post]:
    """One post per review. `text` must be safe to parse; what is broken in it is passed over."""
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(re.sub(r"^\s*<\?xml[^<>]{0,500}\?>", "", text).encode("utf-8", "replace"), parser)
    return [] if root is None else [_post(review) for review in root.iterfind("{*}reviews/{*}review")]


def _post(review: Any) -> Post:
    overall = review.find("{*}ratings/{*}overall")
    rated = None if overall is None else stars(_rating(overall))
    return Post(
        external_id=_text(review, "review_id"),
        text=value_to_text(Seen(_text(review, "content"))) or _notes(review),
        title=one_line(Seen(_text(review, "title"))),
        url=_text(review, "review_url"),
        author_id=_text(review, "reviewer/{*}reviewer_id"),
        author_name=one_line(Seen(_text(review, "reviewer/{*}name"))),
        created_at=moment(_text(review, "review_timestamp")),
        rating=rated[0] if rated else None,
        rating_best=rated[1] if rated else None,
        rating_worst=rated[2] if rated else None,
    )


def _rating(overall: Any) -> dict[str, Any]:
    return {"ratingvalue": overall.text, "bestrating": overall.get("max"), "worstrating": overall.get("min")}


def _notes(review: Any) -> str:
    kinds = (("+ ", "pros/{*}pro"), ("- ", "cons/{*}con"))
    return "\n".join(sign + one_line(note.text or "") for sign, path in kinds for note in review.iterfind("{*}" + path))


def _text(review: Any, path: str) -> str:
    return (review.findtext("{*}" + path) or "").strip()
