"""Customer reviews as App Store Connect lists them for the owner of an app. Bytes in, posts out."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.fields import at, id_at, page_of, text_at, unreadable
from crawler.pages.places import Place, PlacesRead
from crawler.pages.result import PageRead
from crawler.pages.values import count, moment, number
from crawler.text import one_line

AGREEMENT = "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"


def read(body: bytes, url: str, address: str) -> PageRead:
    """The answer to a request for `url`; `address` is where a person finds the app's reviews.

    The list goes on at the same site only, because the login goes along.
    """
    try:
        answer = json_of(body)
        reviews = listed(answer, "data")
    except NotAsExpected as error:
        return unreadable(error)
    answers = _answers(answer)
    read = page_of(reviews, lambda review: _post(review, answers, address))
    read.published_total = count(at(answer, "meta", "paging", "total"))
    read.next_url = _following(answer, url)
    return read


def apps(body: bytes, url: str) -> PlacesRead:
    """The apps of a team. Raises `NotAsExpected`."""
    answer = json_of(body)
    numbered = [_app(app) for app in listed(answer, "data") if id_at(app, "id").isdecimal()]
    return PlacesRead(numbered, _following(answer, url))


def _app(app: dict[str, Any]) -> Place:
    name, bundle = (one_line(text_at(app, "attributes", key)) for key in ("name", "bundleId"))
    return Place(f"app-store-connect:{id_at(app, 'id')}", f"{name} ({bundle})" if bundle else name)


def _following(answer: Any, url: str) -> str:
    """The next page, at the same site only."""
    following = text_at(answer, "links", "next")
    return following if _site(following) == _site(url) else ""


def codes(body: bytes) -> frozenset[str]:
    """The machine codes of an error."""
    try:
        return frozenset(id_at(error, "code") for error in listed(json_of(body), "errors"))
    except NotAsExpected:
        return frozenset()


def _answers(answer: Any) -> dict[str, dict[str, Any]]:
    """The business's answers by id; only those that the public sees."""
    included = at(answer, "included")
    return {
        id_at(item, "id"): item
        for item in (included if isinstance(included, list) else [])
        if at(item, "type") == "customerReviewResponses" and at(item, "attributes", "state") != "PENDING_PUBLISH"
    }


def _post(review: dict[str, Any], answers: dict[str, dict[str, Any]], address: str) -> Post:
    answer = answers.get(id_at(review, "relationships", "response", "data", "id"))
    return Post(
        external_id=id_at(review, "id"),
        title=one_line(text_at(review, "attributes", "title")),
        text=text_at(review, "attributes", "body"),
        url=address,
        author_name=one_line(text_at(review, "attributes", "reviewerNickname")),
        rating=number(at(review, "attributes", "rating")),
        rating_best=5.0,
        rating_worst=1.0,
        created_at=moment(at(review, "attributes", "createdDate")),
        owner_replies=[_reply(answer)] if answer else [],
    )


def _reply(answer: dict[str, Any]) -> OwnerReply:
    return OwnerReply(
        external_id=id_at(answer, "id"),
        text=text_at(answer, "attributes", "responseBody"),
        created_at=moment(at(answer, "attributes", "lastModifiedDate")),
    )


def _site(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return "", ""
    return parts.scheme, parts.netloc
