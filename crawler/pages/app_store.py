"""The public feed of customer reviews of the App Store. Bytes in, posts out.

Every value is wrapped in `label`, numbers are strings, and a list with one member is that member. The only time is
that of the last change, in Californian time. The app itself may be the first entry.
"""

from __future__ import annotations

from typing import Any

from crawler.items import Post
from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.fields import at, id_at, page_of, text_at, unreadable
from crawler.pages.result import PageRead
from crawler.pages.values import moment, number
from crawler.text import one_line


def read(body: bytes) -> PageRead:
    """One page. Without entries it holds no posts, which says nothing: full pages follow empty ones."""
    try:
        feed = at(json_of(body), "feed")
    except NotAsExpected as error:
        return unreadable(error)
    if not isinstance(feed, dict):
        return unreadable(NotAsExpected("The site's answer holds no list of posts; its interface may have changed."))
    found = feed.get("entry", [])
    entries = found if isinstance(found, list) else [found]
    return page_of((entry for entry in entries if _is_review(entry)), _post)


def _is_review(entry: Any) -> bool:
    return isinstance(entry, dict) and "im:rating" in entry


def _post(entry: dict[str, Any]) -> Post:
    return Post(
        external_id=id_at(entry, "id", "label"),
        title=one_line(text_at(entry, "title", "label")),
        text=text_at(entry, "content", "label"),
        url=text_at(_first(at(entry, "link")), "attributes", "href"),
        author_id=_number_in(text_at(entry, "author", "uri", "label")),
        author_name=one_line(text_at(entry, "author", "name", "label")),
        rating=number(at(entry, "im:rating", "label")),
        rating_best=5.0,
        rating_worst=1.0,
        created_at=moment(at(entry, "updated", "label")),
    )


def _first(links: Any) -> Any:
    return links[0] if isinstance(links, list) and links else links


def _number_in(profile: str) -> str:
    """The number of the customer from the address of his reviews (`…/reviews/id123`)."""
    digits = profile.rpartition("/id")[2]
    return digits if digits.isascii() and digits.isdigit() else ""
