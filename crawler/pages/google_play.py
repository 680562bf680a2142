"""Reviews as the Google Play Developer API lists them: those with a text, written or changed within a week.

Only the time of the last change is known. The answer, one at most, has no id of its own. What the API says about the
customer's device is never read.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.fields import at, id_at, page_of, sparse_list, text_at, unreadable
from crawler.pages.google import next_page
from crawler.pages.result import PageRead
from crawler.pages.values import number
from crawler.text import MAX_TEXT, one_line, tidy

BESIDE = frozenset({"pageInfo", "tokenPagination"})
STORE = "https://play.google.com/store/apps/details"


def read(body: bytes, url: str, package: str) -> PageRead:
    """The answer to a request for `url` about the app `package`. In a quiet week there is no list at all."""
    try:
        answer = json_of(body)
        reviews = sparse_list(answer, "reviews", BESIDE)
    except NotAsExpected as error:
        return unreadable(error)
    read = page_of(reviews, lambda review: _post(review, package))
    read.next_url = next_page(url, "token", answer, "tokenPagination", "nextPageToken")
    return read


def _post(review: dict[str, Any], package: str) -> Post:
    comments = at(review, "comments")
    said = [comment for comment in comments if isinstance(comment, dict)] if isinstance(comments, list) else []
    customer = next((found for comment in said if (found := comment.get("userComment"))), None)
    developer = next((found for comment in said if (found := comment.get("developerComment"))), None)
    answer = text_at(developer, "text")
    title, text = _title_and_text(customer)
    identity = id_at(review, "reviewId")
    return Post(
        external_id=identity,
        title=title,
        text=text,
        url=f"{STORE}?{urlencode({'id': package, 'reviewId': identity})}",
        author_name=one_line(text_at(review, "authorName")),
        rating=number(at(customer, "starRating")),
        rating_best=5.0,
        rating_worst=1.0,
        language=text_at(customer, "reviewerLanguage"),
        created_at=_time(customer),
        owner_replies=[OwnerReply(f"{identity}/reply", answer, _time(developer))] if answer else [],
    )


def _title_and_text(customer: Any) -> tuple[str, str]:
    """The customer's own words, not their translation; older reviews have a title before a tab."""
    written = at(customer, "originalText") or at(customer, "text")
    first, tab, rest = (written[:MAX_TEXT] if isinstance(written, str) else "").partition("\t")
    return (one_line(first), tidy(rest)) if tab else ("", tidy(first))


def _time(comment: Any) -> datetime | None:
    seconds = number(id_at(comment, "lastModified", "seconds"))
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None
    except (OverflowError, ValueError, OSError):
        return None
