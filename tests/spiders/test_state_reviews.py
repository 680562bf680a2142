"""Which objects in a page's data are reviews: by the list they stand in and by what they say, however it is spelled."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.items import Post
from crawler.pages import schema_org

URL = "https://haus.example/duene"
SAID = {"id": 7, "reviewText": "Bett durchgelegen", "starRating": 2, "createdAt": "2026-09-09T08:00:00Z"}


def read(page: str) -> list[Post]:
    return schema_org.read(f"<html><body>{page}</body></html>".encode(), URL).posts


def carried(data: Any) -> list[Post]:
    return read(f'<script type="application/json" id="daten">{json.dumps(data)}</script>')


def escaped(data: Any) -> str:
    return json.dumps(data).replace("&", "&amp;").replace('"', "&quot;")


CARRIERS = {
    "a block of JSON": f'<script type="application/json">{json.dumps({"reviews": [SAID]})}</script>',
    "Angular": '<script type="application/json">' + json.dumps({"reviews": [SAID]}).replace('"', "&q;") + "</script>",
    "SvelteKit's answers": '<script type="application/json" data-sveltekit-fetched>'
    + json.dumps({"status": 200, "body": json.dumps({"reviews": [SAID]})})
    + "</script>",
    "SvelteKit's start": '<script>kit.start(app, element, {data: [null,{type:"data",data:{reviews:[{id:7,reviewText:'
    '"Bett durchgelegen",starRating:2,createdAt:"2026-09-09T08:00:00Z"}]},uses:{}}]})</script>',
    "Remix": f"<script>window.__remixContext = {json.dumps({'state': {'reviews': [SAID]}})};</script>",
    "a variable": f"<script>var laden = {json.dumps({'reviews': [SAID]})};</script>",
    "a variable that is the list": f"<script>const kundenBewertungen = {json.dumps([SAID])};</script>",
    "a property that is the list": f"<script>window.reviews = {json.dumps([SAID])};</script>",
    "Nuxt 2": "<script>window.__NUXT__=(function(a,b){return {data:[{reviews:[{id:7,reviewText:a,starRating:b,"
    'createdAt:"2026-09-09T08:00:00Z"}]}]}}("Bett durchgelegen",2));</script>',
    "React Router": "<script>window.__reactRouterContext.streamController.enqueue("
    + json.dumps(
        json.dumps(
            [
                {"_1": 2},
                "reviews",
                [3],
                {"_4": 5, "_6": 7, "_8": 9, "_10": 11},
                *("id", 7, "reviewText", "Bett durchgelegen", "starRating", 2, "createdAt", "2026-09-09T08:00:00Z"),
            ]
        )
    )
    + ");</script>",
    "Inertia": f'<div id="app" data-page="{escaped({"props": {"reviews": [SAID]}})}"></div>',
    "an attribute that is the list": f'<stimmen :reviews="{escaped([SAID])}"></stimmen>',
    "Astro": '<astro-island props="'
    + escaped({"reviews": [1, [[0, {name: [0, value] for name, value in SAID.items()}]]]})
    + '"></astro-island>',
}


@pytest.mark.parametrize("carrier", CARRIERS)
def test_the_same_review_is_read_from_every_carrier(carrier: str) -> None:
    (post,) = read(CARRIERS[carrier])
    assert (post.text, post.rating, str(post.created_at)) == ("Bett durchgelegen", 2.0, "2026-09-09 08:00:00+00:00")


@pytest.mark.parametrize(
    ("given", "author"),
    [
        ({"author": {"node": {"name": "Heiner"}}}, "Heiner"),
        ({"user": {"display_name": "Heiner"}}, "Heiner"),
        ({"reviewer": {"firstName": "Heiner"}}, "Heiner"),
        ({"UserNickname": "Heiner"}, "Heiner"),
        ({"author_name": "Heiner"}, "Heiner"),
        ({}, ""),
    ],
)
def test_who_wrote_is_found_in_every_spelling(given: dict[str, Any], author: str) -> None:
    (post,) = carried({"customerReviews": {"edges": [{"node": SAID | given}]}})
    assert post.author_name == author


@pytest.mark.parametrize("field", ["text", "ReviewText", "review_body", "rawContent", "comments", "message"])
def test_words_are_found_in_every_spelling(field: str) -> None:
    rest = {key: value for key, value in SAID.items() if key != "reviewText"}
    assert [post.text for post in carried({"reviews": [rest | {field: "Zu laut."}]})] == ["Zu laut."]


def test_what_apollo_keeps_elsewhere_is_looked_up() -> None:
    store = {
        "ROOT_QUERY": {'reviews({"first":2})': [{"__ref": "Review:1"}, {"__ref": "Review:2"}]},
        "Review:1": {"__typename": "Review", "id": "1", "text": "Kalt.", "author": {"__ref": "User:1"}},
        "Review:2": {"__typename": "Review", "id": "2", "text": "Warm.", "author": {"type": "id", "id": "User:2"}},
        "User:1": {"__typename": "User", "id": "u1", "name": "Heiner"},
        "User:2": {"__typename": "User", "id": "u2", "displayName": "Rosi"},
    }
    posts = read(f"<script>window.__APOLLO_STATE__ = {json.dumps(store)};</script>")
    assert [(post.text, post.author_name, post.author_id) for post in posts] == [
        ("Kalt.", "Heiner", "u1"),
        ("Warm.", "Rosi", "u2"),
    ]


def test_a_store_without_types_tells_reviews_by_their_keys() -> None:
    store = {"VisitorReview:a:1": {"id": "a", "body": "Sehr gut", "created": "2026-10-09"}, "Other:1": {"body": "Nein"}}
    assert [post.text for post in read(f"<script>window.__APOLLO_STATE__ = {json.dumps(store)}</script>")] == [
        "Sehr gut"
    ]


def test_what_somebody_liked_and_disliked_is_what_he_wrote() -> None:
    parts = {"id": 1, "rating": 7, "positiveText": "Lage", "negativeText": "Lärm"}
    assert carried({"reviews": [parts]})[0].text == "+ Lage\n- Lärm"


def test_answers_of_the_house_hang_below() -> None:
    answer = {"text": "Das tut uns leid.", "createdAt": "2026-09-10"}
    (post,) = carried({"reviews": [SAID | {"ownerResponse": answer}]})
    assert [reply.text for reply in post.owner_replies] == ["Das tut uns leid."]
    (post,) = carried({"reviews": [SAID | {"merchant_reply": "Neue Matratze bestellt."}]})
    assert [reply.text for reply in post.owner_replies] == ["Neue Matratze bestellt."]


def test_in_a_conversation_staff_answers_and_visitors_comment() -> None:
    def said(number: int, name: str, **more: Any) -> dict[str, Any]:
        return {"id": number, "body": f"Wort {number}", "author_name": name, "created_at": "2026-09-09"} | more

    staff, guest = said(2, "Wirt", user={"id": 1, "is_admin": True}), said(3, "Gast")
    posts = carried({"comments": [said(1, "Heiner", comments=[staff, guest])]})
    assert [(post.text, bool(post.parent_external_id)) for post in posts] == [("Wort 1", False), ("Wort 3", True)]
    assert [reply.text for reply in posts[0].owner_replies] == ["Wort 2"]


@pytest.mark.parametrize(
    "data",
    [
        {"reviews": {"id": "p1", "rating": 4.5, "count": 233}},
        {"reviews": [{"id": "p1", "rating": 4.8, "reviewCount": 12, "name": "Sessel Ella"}]},
        {"reviews": [{"id": 1, "title": "Der neue X2 im Test", "slug": "x2", "score": 8.5, "author": "Redaktion"}]},
        {"reviews": [{"id": 3, "rating": 4}]},
        {"reviews": {"title": "Bewertungen", "text": "Alle anzeigen"}},
        {"testimonials": [{"id": 1, "textContent": "Großartig!", "reviewRating": 5, "author": "Lea"}]},
        {"comments": {"form": {"text": "Ihr Kommentar"}, "count": 3}},
        {"comments": [{"id": 1, "body": "ohne Namen", "date": "2026-01-01"}]},
        {"products": [{"id": 1, "text": "Review: weich", "rating": 5}]},
    ],
    ids=[
        "sum",
        "product",
        "magazine",
        "bare stars",
        "words of the page",
        "testimonial",
        "form",
        "unsigned",
        "elsewhere",
    ],
)
def test_what_is_no_review_of_a_customer_is_not_read(data: Any) -> None:
    assert carried(data) == []


@pytest.mark.parametrize(
    "data", [None, 3, "reviews", [[]], {"reviews": [None, 3, [], {}]}, {"comments": {"nodes": {}}}]
)
def test_any_data_are_survived(data: Any) -> None:
    assert carried({"reviews": data, "comments": data}) == []


def test_a_tree_that_hangs_in_itself_is_no_trouble() -> None:
    store = {"Review:1": {"__typename": "Review", "id": 1, "text": "Kalt.", "author": {"__ref": "Review:1"}}}
    assert [post.text for post in read(f"<script>window.__APOLLO_STATE__ = {json.dumps(store)}</script>")] == ["Kalt."]


@pytest.mark.parametrize(
    "item",
    [
        {"id": 1, "nickname": "Jo", "detail": "Bett hart", "rating": 4, "created_at": "2026-09-09"},
        {"id": 1, "externalUser": "Jo", "content": "Bett hart", "points": 4, "createdAt": "2026-09-09"},
        {"id": 1, "name": "Jo", "text": "Bett hart", "sterne": 4, "datum": "09.09.2026"},
        {"reviewId": 1, "author": "Jo", "body": "Bett hart", "ratingOverall": 4, "reviewDateTime": "2026-09-09"},
    ],
    ids=["Magento", "Shopware", "German names", "of an employer"],
)
def test_shops_and_portals_call_the_same_by_other_names(item: dict[str, Any]) -> None:
    (post,) = carried({"reviews": [item]})
    assert (post.text, post.rating, post.author_name) == ("Bett hart", 4.0, "Jo")
    assert f"{post.created_at:%d.%m.%Y}" == "09.09.2026"


def test_an_average_on_a_review_is_its_own_and_may_be_a_share_of_hundred() -> None:
    (post,) = carried(
        {"reviews": [{"nickname": "Jo", "text": "Bett hart", "average_rating": 80, "date": "2026-09-09"}]}
    )
    assert (post.rating, post.rating_best) == (80.0, 100.0)


def test_an_average_over_all_reviews_is_none() -> None:
    assert carried({"reviews": {"id": 1, "averageRating": 4.5, "total": 12, "date": "2026-09-09"}}) == []
