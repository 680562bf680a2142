"""Trustpilot through its interface, and pages of it that a person saved."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.items import CrawlReport, Target
from crawler.kinds import KINDS
from crawler.pages import schema_org, trustpilot
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Asked, Site

UNIT = "507f191e810c19729de860ea"
KEY = "schluessel-4711"
Look = Callable[..., CrawlReport]


class Trustpilot:
    """Knows one company; the newest review comes first. Asks for the key in a header."""

    def __init__(self, site: Site) -> None:
        self.reviews: list[dict[str, Any]] = []
        self.status = 200
        site.pages["/v1/business-units/find?"] = self.find
        site.pages[f"/v1/business-units/{UNIT}/reviews?"] = self.list

    def write(self, text: str = "Alles bestens.", stars: int = 5, **fields: Any) -> dict[str, Any]:
        number = len(self.reviews) + 1
        review = {
            "id": f"{number:024x}", "stars": stars, "title": "Meinung", "text": text, "language": "de",
            "createdAt": "2026-11-20T09:00:00Z", "updatedAt": None, "status": "active",
            "consumer": {"id": f"{number:020x}", "displayName": "Petra M."}, "companyReply": None, **fields,
        }  # fmt: skip
        self.reviews.insert(0, review)
        return review

    def find(self, asked: Asked) -> Answer:
        known = parse_qs(urlsplit(asked.path).query)["name"] == ["laden.example"]
        return self._guarded(
            asked, json.dumps({"id": UNIT} if known else {"message": "not found"}), 200 if known else 404
        )

    def list(self, asked: Asked) -> Answer:
        query = parse_qs(urlsplit(asked.path).query)
        page, size = int(query["page"][0]), int(query["perPage"][0])
        shown = self.reviews[(page - 1) * size : page * size]
        return self._guarded(asked, json.dumps({"reviews": shown}), self.status)

    def _guarded(self, asked: Asked, body: str, status: int) -> Answer:
        return Answer(body, status) if asked.headers.get("apikey") == KEY else Answer('{"code": "unauthorized"}', 401)


@pytest.fixture
def platform(site: Site) -> Trustpilot:
    return Trustpilot(site)


@pytest.fixture
def target(site: Site) -> Target:
    settings = {"api": f"{site.url}/v1", "domain": "laden.example"}
    return local("https://www.trustpilot.com/review/laden.example", "trustpilot", settings=settings, secret=KEY)


def test_a_review_is_read_with_its_person_and_address(
    platform: Trustpilot, target: Target, look: Look, shelf: Shelf
) -> None:
    review = platform.write("Drei Wochen gewartet.\nDann kaputt.", 1)
    assert look(target).health == "ok"
    post = shelf.posts[review["id"]]
    assert (post.text, post.rating, post.language) == ("Drei Wochen gewartet.\nDann kaputt.", 1.0, "de")
    assert (post.author_id, post.author_name) == (review["consumer"]["id"], "Petra M.")
    assert post.url == f"https://www.trustpilot.com/reviews/{review['id']}"


def test_an_answer_of_the_company_hangs_under_its_review(
    platform: Trustpilot, target: Target, look: Look, shelf: Shelf
) -> None:
    review = platform.write(companyReply={"text": "Danke!", "createdAt": "2026-11-21T09:00:00Z"})
    look(target)
    assert [reply.text for reply in shelf.posts[review["id"]].owner_replies] == ["Danke!"]


def test_an_edit_is_seen_with_its_time(platform: Trustpilot, target: Target, look: Look, shelf: Shelf) -> None:
    review = platform.write("Gut.")
    look(target)
    review |= {"text": "Doch nicht gut.", "updatedAt": "2026-11-22T09:00:00Z"}
    assert look(target).changed == 1
    assert shelf.posts[review["id"]].updated_at is not None


def test_the_key_stands_in_no_address(platform: Trustpilot, target: Target, look: Look, site: Site) -> None:
    platform.write()
    look(target)
    assert KEY not in " ".join(asked.path for asked in site.asked)


def test_all_pages_are_read(platform: Trustpilot, target: Target, look: Look, shelf: Shelf) -> None:
    for number in range(250):
        platform.write(f"Meinung {number}")
    look(target)
    assert len(shelf.posts) == 250


def test_a_review_that_was_taken_out_of_sight_is_left_alone(
    platform: Trustpilot, target: Target, look: Look, shelf: Shelf
) -> None:
    platform.write(status="archived")
    look(target)
    assert shelf.posts == {}


def test_an_unknown_company_is_said(platform: Trustpilot, target: Target, look: Look) -> None:
    report = look(target, settings=target.settings | {"domain": "fremd.example"})
    assert "knows nothing by this name" in report.errors[0]


def test_a_wrong_key_is_said(platform: Trustpilot, target: Target, look: Look) -> None:
    report = look(target, secret="falsch")
    assert (report.health, "credential" in report.errors[0]) == ("degraded", True)
    assert "falsch" not in report.errors[0]


def test_a_company_search_that_answers_otherwise_is_said(
    platform: Trustpilot, target: Target, look: Look, site: Site
) -> None:
    site.pages["/v1/business-units/find?"] = Answer('{"businessUnits": []}')
    assert "knows no company" in look(target).errors[0]


def test_a_used_up_quota_degrades_the_source(platform: Trustpilot, target: Target, look: Look) -> None:
    platform.status = 429
    assert look(target).health == "degraded"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"reviews": {}}'])
def test_an_answer_of_another_shape_is_told(body: bytes) -> None:
    read = trustpilot.read(body)
    assert (read.posts, len(read.errors), trustpilot.is_full(body)) == ([], 1, False)


def test_odd_items_do_no_harm() -> None:
    items = [{}, {"id": "a"}, {"id": "b", "consumer": "x", "companyReply": [], "stars": None}, 3]
    assert [post.external_id for post in trustpilot.read(json.dumps({"reviews": items}).encode()).posts] == ["a", "b"]


def test_a_saved_page_gives_the_same_ids_as_the_interface() -> None:
    data = {
        "props": {"pageProps": {
            "businessUnit": {"displayName": "Laden", "numberOfReviews": 312},
            "reviews": [{
                "id": "65f0c0ffee0123456789abcd", "rating": 2, "title": "Schade", "text": "Der Sessel wackelt.",
                "language": "de", "likes": 0, "labels": {"verification": {"isVerified": True}},
                "dates": {"publishedDate": "2026-11-02T10:00:00.000Z", "updatedDate": None},
                "consumer": {"id": "5f00", "displayName": "Petra M.", "numberOfReviews": 3},
                "reply": {"message": "Das tut uns leid.", "publishedDate": "2026-11-03T10:00:00.000Z"},
            }],
        }}
    }  # fmt: skip
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'
    html = f'<html lang="de"><body>{script}</body></html>'
    read = schema_org.read(html.encode(), "https://de.trustpilot.com/review/laden.example")
    (post,) = read.posts
    assert (post.external_id, post.author_id, post.rating) == ("65f0c0ffee0123456789abcd", "5f00", 2.0)
    assert [reply.text for reply in post.owner_replies] == ["Das tut uns leid."]
    assert read.published_total == 312


@pytest.mark.parametrize(
    "pasted",
    [
        "https://de.trustpilot.com/review/www.laden.example", "https://www.trustpilot.com/review/laden.example?page=2",
        "trustpilot.com/review/laden.example/", "https://ch.trustpilot.com/review/laden.example?languages=all",
    ],
)  # fmt: skip
def test_what_people_paste_is_recognised(pasted: str) -> None:
    claim = KINDS["trustpilot"].claim(pasted)
    assert claim
    assert (claim.address, claim.settings) == (
        "https://www.trustpilot.com/review/laden.example",
        {"domain": "laden.example"},
    )


@pytest.mark.parametrize(
    "pasted", ["https://www.trustpilot.com/", "https://www.trustpilot.com/reviews/65f0", "laden.example"]
)
def test_near_misses_are_something_else(pasted: str) -> None:
    assert KINDS["trustpilot"].claim(pasted) is None
