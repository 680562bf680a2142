"""Reviews of a Google Business Profile as its owner may list them. Bytes in, posts out.

Google puts its own translation into the text of a foreign review. The customer's words are kept, the translation not.
"""

from __future__ import annotations

import re
from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of
from crawler.pages.fields import at, id_at, page_of, sparse_list, text_at, unreadable
from crawler.pages.google import next_page
from crawler.pages.result import PageRead
from crawler.pages.values import count, moment
from crawler.text import one_line

BESIDE = frozenset({"averageRating", "totalReviewCount", "nextPageToken"})
STARS = {"ONE": 1.0, "TWO": 2.0, "THREE": 3.0, "FOUR": 4.0, "FIVE": 5.0}
TRANSLATED = re.compile(r"^\((?:Translated by Google|Übersetzt von Google)\)", re.MULTILINE)
ORIGINAL = re.compile(r"^\(Original\)", re.MULTILINE)


def read(body: bytes, url: str) -> PageRead:
    """The answer to a request for `url`. A profile without reviews has no list at all."""
    try:
        answer = json_of(body)
        reviews = sparse_list(answer, "reviews", BESIDE)
    except NotAsExpected as error:
        return unreadable(error)
    read = page_of(reviews, _post)
    read.errors += [told for review in reviews if (told := _refused(review))]
    read.published_total = count(at(answer, "totalReviewCount"))
    read.next_url = next_page(url, "pageToken", answer, "nextPageToken")
    return read


def original(text: str) -> str:
    """The customer's own words: behind "(Original)", or else before Google's translation."""
    translation = TRANSLATED.search(text)
    if translation is None:
        return text
    mark = ORIGINAL.search(text)
    if mark is None:
        return text[: translation.start()].strip() or text[translation.end() :].strip()
    end = translation.start() if mark.start() < translation.start() else len(text)
    return text[mark.end() : end].strip()


def _post(review: dict[str, Any]) -> Post:
    created, updated = moment(at(review, "createTime")), moment(at(review, "updateTime"))
    named = at(review, "reviewer", "isAnonymous") is not True
    return Post(
        external_id=_identity(review),
        text=original(text_at(review, "comment")),
        author_name=one_line(text_at(review, "reviewer", "displayName")) if named else "",
        rating=STARS.get(text_at(review, "starRating")),
        rating_best=5.0,
        rating_worst=1.0,
        created_at=created,
        updated_at=updated if updated != created else None,
        owner_replies=_replies(review),
    )


def _identity(review: dict[str, Any]) -> str:
    return id_at(review, "reviewId") or id_at(review, "name").rpartition("/reviews/")[2]


def _replies(review: dict[str, Any]) -> list[OwnerReply]:
    """The business's answer once the public sees it; there is one at most, and it has no id of its own."""
    text = original(text_at(review, "reviewReply", "comment"))
    if not text or at(review, "reviewReply", "reviewReplyState") in ("PENDING", "REJECTED"):
        return []
    return [OwnerReply(f"{_identity(review)}/reply", text, moment(at(review, "reviewReply", "updateTime")))]


def _refused(review: dict[str, Any]) -> str:
    """A sentence about an answer that Google does not show."""
    if at(review, "reviewReply", "reviewReplyState") != "REJECTED":
        return ""
    cause = id_at(review, "reviewReply", "policyViolation") or "REJECTED"
    return f"Google does not show the answer to review {_identity(review)} ({cause}). Please write another one."
