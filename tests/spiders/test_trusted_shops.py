"""Trusted Shops through its interface: a stateful stand-in that speaks the documented shapes."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawler.items import CrawlReport, Target
from crawler.kinds import KINDS
from crawler.pages import trusted_shops
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Asked, Site

CHANNEL = "chl-0f3a11c2-5b6d-4e7f-8a90-b1c2d3e4f506"
SHOP = "X" + "0123456789ABCDEF" * 2
Look = Callable[..., CrawlReport]


class Shop:
    """Gives out tokens for the right client and lists its reviews, newest first, fifty on a page."""

    def __init__(self, site: Site) -> None:
        self.reviews: list[dict[str, Any]] = []
        self.status = 200
        self.tokens = 0
        site["/oauth/token"] = self.grant
        site.pages["/reviews-minimal?"] = self.list

    def write(self, text: str = "Schnelle Lieferung.", rating: int = 5, **fields: Any) -> dict[str, Any]:
        number = len(self.reviews) + 1
        review = {
            "id": f"rev-{number:04}", "rating": rating, "title": "", "comment": text, "status": "APPROVED",
            "createdAt": "2026-11-20T09:00:00.000Z", "submittedAt": f"2026-11-20T09:{number % 60:02}:00.000Z",
            "customer": {"email": "petra@kunden.example", "firstName": "Petra", "lastName": "Muster"},
            "transaction": {"reference": "B-4711", "date": "2026-11-12"}, **fields,
        }  # fmt: skip
        self.reviews.insert(0, review)
        return review

    def grant(self, asked: Asked) -> Answer:
        form = parse_qs(asked.body.decode())
        if (form.get("client_id"), form.get("client_secret")) != (["laden"], ["geheim"]):
            return Answer('{"error": "access_denied"}', 401)
        assert form["audience"] == ["https://api.etrusted.com"]
        self.tokens += 1
        return Answer(json.dumps({"access_token": f"t{self.tokens}", "expires_in": 3600}))

    def list(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer t{self.tokens}":
            return Answer("{}", 401)
        query = parse_qs(urlsplit(asked.path).query)
        ids = [review["id"] for review in self.reviews]
        start = ids.index(query["after"][0]) + 1 if "after" in query else 0
        shown = self.reviews[start : start + int(query["count"][0])]
        more = start + len(shown) < len(ids)
        paging = {"count": len(shown), "cursor": {"after": shown[-1]["id"] if more else None, "before": None}}
        return Answer(json.dumps({"items": shown, "paging": paging}), self.status)


@pytest.fixture
def shop(site: Site) -> Shop:
    return Shop(site)


@pytest.fixture
def target(site: Site) -> Target:
    settings = {"api": site.url, "login": site.url, "channel": CHANNEL}
    return local(f"trusted-shops:{CHANNEL}", "trusted_shops", settings=settings, secret="laden:geheim")


def test_a_review_is_read_without_anything_about_the_customer(
    shop: Shop, target: Target, look: Look, shelf: Shelf
) -> None:
    shop.write("Der Sessel wackelt.\n\nSchade.", 2, title="Wackelt")
    assert look(target).health == "ok"
    (post,) = shelf.posts.values()
    assert (post.external_id, post.title, post.text) == ("rev-0001", "Wackelt", "Der Sessel wackelt.\n\nSchade.")
    assert (post.rating, post.rating_best, post.author_name, post.author_id) == (2.0, 5.0, "", "")
    assert not {"Petra", "kunden.example", "B-4711"} & set(repr(post).split("'"))


def test_the_channel_is_asked_for(shop: Shop, target: Target, look: Look, site: Site) -> None:
    look(target)
    assert f"channels={CHANNEL}" in site.paths[-1]
    assert "status=APPROVED" in site.paths[-1]


def test_an_answer_hangs_under_its_review(shop: Shop, target: Target, look: Look, shelf: Shelf) -> None:
    shop.write(reply={"comment": "Danke, das freut uns.", "createdAt": "2026-11-21T08:00:00.000Z"})
    look(target)
    (reply,) = shelf.posts["rev-0001"].owner_replies
    assert (reply.external_id, reply.text) == ("rev-0001/reply", "Danke, das freut uns.")


def test_reviews_that_are_not_public_are_left_alone(shop: Shop, target: Target, look: Look, shelf: Shelf) -> None:
    shop.write(status="MODERATION")
    shop.write()
    look(target)
    assert list(shelf.posts) == ["rev-0002"]


def test_all_pages_are_read_and_then_only_the_news(
    shop: Shop, target: Target, look: Look, shelf: Shelf, site: Site
) -> None:
    for number in range(120):
        shop.write(f"Meinung {number}")
    look(target)
    assert len(shelf.posts) == 120
    shop.write("Ganz neu")
    look(target)
    assert shelf.posts["rev-0121"].text == "Ganz neu"


def test_an_unchanged_shop_costs_one_request_and_no_row(shop: Shop, target: Target, look: Look) -> None:
    shop.write()
    look(target)
    again = look(target)
    assert again.rows_written == 0
    assert again.requests <= 2  # the login is bought anew here, because this test keeps no sessions


def test_a_wrong_credential_is_said_and_nothing_is_lost(shop: Shop, target: Target, look: Look, shelf: Shelf) -> None:
    shop.write()
    look(target)
    report = look(target, secret="laden:falsch")
    assert "does not accept the credential" in report.errors[0]
    assert list(shelf.posts) == ["rev-0001"]


@pytest.mark.parametrize("status", [403, 500, 429])
def test_a_refusal_degrades_the_source(shop: Shop, target: Target, look: Look, status: int) -> None:
    shop.status = status
    assert look(target).health == "degraded"


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"items": 3}', b"\xff\xfe"])
def test_an_answer_of_another_shape_is_told(body: bytes) -> None:
    read = trusted_shops.read(body)
    assert (read.posts, len(read.errors)) == ([], 1)


@pytest.mark.parametrize("item", [{}, {"id": ""}, {"id": "r", "comment": None, "rating": "fünf", "reply": "ja"}])
def test_odd_items_do_no_harm(item: dict[str, Any]) -> None:
    read = trusted_shops.read(json.dumps({"items": [item, 7, None]}).encode())
    assert [post.external_id for post in read.posts] == ([item["id"]] if item.get("id") else [])


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        (f"trusted-shops:{CHANNEL}", f"trusted-shops:{CHANNEL}"),
        (f"etrusted:{CHANNEL}", f"trusted-shops:{CHANNEL}"),
        (f"https://www.trustedshops.de/bewertung/info_{SHOP}.html", f"https://www.trustedshops.de/bewertung/info_{SHOP}.html"),
        (f"trustedshops.at/bewertung/info_{SHOP}.html?x=1", f"https://www.trustedshops.de/bewertung/info_{SHOP}.html"),
    ],
)  # fmt: skip
def test_what_people_paste_is_recognised(pasted: str, address: str) -> None:
    claim = KINDS["trusted_shops"].claim(pasted)
    assert claim
    assert claim.address == address


@pytest.mark.parametrize("pasted", ["https://www.trustedshops.de/", "trustedshops.de/bewertung/info_X12.html", CHANNEL])
def test_near_misses_are_something_else(pasted: str) -> None:
    assert KINDS["trusted_shops"].claim(pasted) is None
