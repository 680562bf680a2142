"""A review that its platform's interface does not know any more is deleted; one that a list omits is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from crawler.items import CrawlReport, Target, Watched
from tests.spiders.conftest import local
from tests.spiders.keys import apple_key, google_login
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Asked, Site

Look = Callable[..., CrawlReport]
TOKEN = json.dumps({"access_token": "t1", "expires_in": 3600})


@dataclass(frozen=True)
class Interface:
    """Where a kind's list and single posts stand, what a list with one post looks like, and what settings it needs."""

    kind: str
    list: str
    item: str
    listed: dict[str, Any]
    settings: dict[str, Any]
    secret: str
    gone: Answer
    there: Answer


NOT_FOUND = Answer("{}", 404)
FOUND = Answer('{"id": "da"}')
INTERFACES = (
    Interface(
        "trustpilot", "/business-units/u1/reviews?", "/reviews/{}",
        {"reviews": [{"id": "da", "stars": 2, "text": "Wackelt.", "status": "active", "consumer": {"id": "k"}}]},
        {"domain": "laden.example"}, "schluessel", NOT_FOUND, FOUND,
    ),
    Interface(
        "trusted_shops", "/reviews-minimal?", "/reviews/{}",
        {"items": [{"id": "da", "rating": 2, "comment": "Wackelt.", "status": "APPROVED"}], "paging": {"cursor": {}}},
        {}, "laden:geheim", NOT_FOUND, FOUND,
    ),
    Interface(
        "google_business", "/v4/accounts/1/locations/2/reviews?", "/v4/accounts/1/locations/2/reviews/{}",
        {"reviews": [{"reviewId": "da", "starRating": "TWO", "comment": "Wackelt."}], "totalReviewCount": 1},
        {"account": "1", "location": "2"}, google_login(), NOT_FOUND, FOUND,
    ),
    Interface(
        "app_store_connect", "/v1/apps/159/customerReviews?", "/v1/customerReviews/{}",
        {"data": [{"id": "da", "attributes": {"rating": 2, "body": "Wackelt."}}], "links": {}},
        {"app": "159"}, apple_key(), NOT_FOUND, FOUND,
    ),
    Interface(
        "youtube", "/youtube/v3/commentThreads?", "/youtube/v3/comments?part=id&id={}",
        {"items": [{"id": "da", "snippet": {"totalReplyCount": 0, "topLevelComment": {"id": "da", "snippet": {
            "textOriginal": "Wackelt.", "authorChannelId": {"value": "UCk"}}}}}]},
        {"video": "dQw4w9WgXcQ"}, "A" * 39, Answer('{"items": []}'), Answer('{"items": [{"id": "da"}]}'),
    ),
)  # fmt: skip


@pytest.fixture(params=INTERFACES, ids=lambda interface: interface.kind)
def interface(request: pytest.FixtureRequest, site: Site) -> Interface:
    chosen: Interface = request.param
    site[chosen.item.format("da")] = chosen.there
    site.pages[chosen.list] = Answer(json.dumps(chosen.listed))
    site.pages["/business-units/find?"] = Answer('{"id": "u1"}')
    for place in ("/token", "/oauth/token"):
        site[place] = TOKEN
    return chosen


@pytest.fixture
def target(interface: Interface, site: Site) -> Target:
    """A full look at a source in which the post `weg` waits for an answer, and the list does not show it."""
    settings = interface.settings | {"api": site.url, "login": site.url, "token_uri": f"{site.url}/token"}
    watched = (Watched(1, "weg", ""),)
    return local(
        "laden", interface.kind, settings=settings, secret=interface.secret, conditional=False, watched=watched
    )


def deleted(shelf: Shelf) -> list[str]:
    return [post.external_id for page in shelf.pages for post in page.posts if post.deleted]


def test_a_review_that_the_interface_does_not_know_any_more_is_deleted(
    interface: Interface, target: Target, site: Site, shelf: Shelf, look: Look
) -> None:
    site[interface.item.format("weg")] = interface.gone
    report = look(target)
    assert (report.health, report.errors, deleted(shelf)) == ("ok", [], ["weg"])


def test_a_review_that_only_the_list_omits_stays(
    interface: Interface, target: Target, site: Site, shelf: Shelf, look: Look
) -> None:
    site[interface.item.format("weg")] = interface.there
    assert look(target).health == "ok"
    assert deleted(shelf) == []


def test_an_interface_that_knows_no_single_reviews_proves_nothing(
    interface: Interface, target: Target, site: Site, shelf: Shelf, look: Look
) -> None:
    for identity in ("weg", "da"):
        site[interface.item.format(identity)] = interface.gone
    assert look(target).health == "ok"
    assert deleted(shelf) == []


@pytest.mark.parametrize("status", [401, 403, 500])
def test_a_refusal_proves_nothing_and_is_no_trouble(
    interface: Interface, target: Target, site: Site, shelf: Shelf, look: Look, status: int
) -> None:
    site[interface.item.format("weg")] = Answer("{}", status)
    assert look(target).health == "ok"
    assert deleted(shelf) == []


def test_an_ordinary_look_does_not_ask(interface: Interface, target: Target, site: Site, look: Look) -> None:
    asked: list[Asked] = []
    site[interface.item.format("weg")] = lambda one: asked.append(one) or interface.gone  # type: ignore[func-returns-value]
    look(target, conditional=True)
    assert asked == []
