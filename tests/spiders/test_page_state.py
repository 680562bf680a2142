"""Pages that build themselves in the browser carry their reviews as data for their scripts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.items import Post
from crawler.pages import schema_org

REVIEW = {"reviewId": 9, "comment": "Bett durchgelegen", "rating": {"value": 6, "max": 10}, "submittedAt": "2026-09-09"}
LD = {"@type": "Review", "reviewBody": "Bett durchgelegen", "author": "Heiner", "datePublished": "2026-09-09"}
STORE = {"@context": "https://schema.org", "@type": "Hotel", "name": "Düne", "review": LD}


def posts(*scripts: str) -> list[Post]:
    page = f"<html><body>{''.join(scripts)}</body></html>"
    read = schema_org.read(page.encode(), "https://haus.example/duene")
    assert read.errors == []
    return read.posts


def assigned(value: Any) -> str:
    data = json.dumps({"listing": {"reviews": {"items": [value]}}})
    return f"<script>window.__INITIAL_STATE__ = {data};(function(){{}})()</script>"


def nuxt(table: list[Any]) -> str:
    return f'<script type="application/json" id="__NUXT_DATA__">{json.dumps(table)}</script>'


def test_reviews_of_an_assigned_state_are_read() -> None:
    (post,) = posts(assigned(REVIEW | {"author": {"firstName": "Heiner"}}))
    assert (post.text, post.author_name) == ("Bett durchgelegen", "Heiner")
    assert (post.rating, post.rating_best) == (6.0, 10.0)


def test_a_state_written_as_a_text_to_be_parsed_is_read() -> None:
    data = json.dumps(json.dumps({"reviews": [REVIEW]}))
    (post,) = posts(f"<script>window.__STATE__=JSON.parse({data})</script>")
    assert post.text == "Bett durchgelegen"


def test_a_table_of_nuxt_is_read() -> None:
    dated = ["Date", "2026-06-01T10:00:00Z"]
    table = [["Reactive", 1], {"reviews": 2}, [3], {"id": 4, "text": 5, "rating": 6, "date": 7}, "r1", "Laut", 2, dated]
    (post,) = posts(nuxt(table))
    assert (post.text, post.rating) == ("Laut", 2.0)
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-06-01T10:00:00+00:00"


def test_a_review_is_known_by_its_graphql_type_too() -> None:
    cache = {
        "Review:5": {"__typename": "Review", "id": 5, "text": "Naht offen"},
        "Page:1": {"id": 1, "text": "Über uns"},
    }
    assert [post.text for post in posts(f"<script>window.__APOLLO_STATE__ = {json.dumps(cache)}</script>")] == [
        "Naht offen"
    ]


def test_a_review_without_id_needs_words_stars_and_a_date() -> None:
    whole = {"text": "Laut", "rating": 2, "date": "2026-06-01"}
    assert [post.text for post in posts(assigned(whole))] == ["Laut"]
    for missing in whole:
        assert posts(assigned({key: value for key, value in whole.items() if key != missing})) == []


def test_what_the_page_says_in_its_markup_too_is_read_once() -> None:
    marked = f'<script type="application/ld+json">{json.dumps(STORE)}</script>'
    assert [post.author_name for post in posts(marked, assigned(REVIEW | {"author": {"name": "Heiner"}}))] == ["Heiner"]


@pytest.mark.parametrize("state", ["{a: undefined}", '{"a": ', '"text"', "[" * 100_000, "JSON.parse('{}')"])
def test_a_state_that_is_no_json_costs_nothing_else(state: str) -> None:
    marked = f'<script type="application/ld+json">{json.dumps(STORE)}</script>'
    assert [post.author_name for post in posts(f"<script>window.__STATE__ = {state}</script>", marked)] == ["Heiner"]


@pytest.mark.parametrize(
    "table",
    [
        {},
        [],
        [0],
        [{"reviews": 0}],
        [["Reactive"]],
        [{"reviews": -1}],
        [[place + 1] * 10 for place in range(60)],
    ],
    ids=["an object", "empty", "itself", "in itself", "of nothing", "undefined", "tenfold each time"],
)
def test_a_table_built_to_choke_a_reader_gives_nothing(table: Any) -> None:
    assert posts(nuxt(table)) == []
