"""What stands on pages as if it were a review or a title, and reviews that stand where nobody would look."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.pages import schema_org
from crawler.pages.result import PageRead

ADDRESS = "https://laden.example/klingel"


def read(page: str) -> PageRead:
    return schema_org.read(f"<html><body>{page}</body></html>".encode(), ADDRESS)


def linked(*values: Any) -> PageRead:
    return read("".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values))


def left(found: PageRead) -> str:
    return "; ".join(line.left for line in found.report)


WRITTEN = {
    "ReviewText": "Scharfes Bild, aber das Netzteil summt.",
    "Rating": 4,
    "UserNickname": "Heiner",
    "SubmissionTime": "2026-05-02T15:21:16.000+00:00",
}


def state(item: dict[str, Any]) -> str:
    data = {"bazaarVoiceReview": {"cache": {"4711_10_0": {"data": {"Results": [item]}}}}}
    return f"<script>window.__data={json.dumps(data)};</script>"


def test_words_that_call_themselves_a_review_are_one_in_whatever_list_they_stand() -> None:
    (post,) = read(state(WRITTEN)).posts
    assert (post.text, post.rating, post.author_name) == (WRITTEN["ReviewText"], 4.0, "Heiner")


@pytest.mark.parametrize("missing", ["Rating", "UserNickname", "SubmissionTime"])
def test_the_same_words_without_stars_name_or_day_are_none(missing: str) -> None:
    assert read(state({key: value for key, value in WRITTEN.items() if key != missing})).posts == []


def test_the_name_of_a_customer_may_stand_in_the_plural() -> None:
    item = {"rating": "9", "customers_name": "Heiner", "date": "2026-05-02 15:35:36", "text": "\t Sitzt gut. \n"}
    (post,) = read(f"<script>var reviews = {json.dumps([item])};</script>").posts
    assert (post.author_name, post.text) == ("Heiner", "Sitzt gut.")


def question(said: str) -> str:
    return (
        '<ol><li itemscope itemtype="http://schema.org/Question"><span itemprop="author">Heiner</span>'
        '<h3 itemprop="headline">Passt sie an die alte Klingel?</h3>'
        f'<div itemprop="text">{said}</div></li></ol>'
    )


def test_a_question_that_was_asked_on_another_site_is_no_post() -> None:
    found = read(question("<span>Originally posted on kaufhaus.example</span>"))
    assert found.posts == []
    assert "1 question that was asked on another site" in left(found)


def test_a_question_that_somebody_asked_here_is_one() -> None:
    assert len(read(question("Bei uns hängt noch eine mit Draht.")).posts) == 1


def titled(title: str) -> str:
    (post,) = read(
        '<div itemscope itemtype="http://schema.org/Review"><span itemprop="author">Heiner</span>'
        f'<h3 itemprop="name">{title}</h3><p itemprop="reviewBody">Läuft seit einem Jahr.</p></div>'
    ).posts
    return post.title


@pytest.mark.parametrize("name", ["sr-only", "visually-hidden", "bv-off-screen", "screen-reader-text"])
def test_words_for_reading_aloud_are_no_part_of_a_title(name: str) -> None:
    assert titled(f'<span class="{name}">Von Heiner. 4 von 5 Sternen.</span> Tut, was sie soll') == "Tut, was sie soll"


def test_a_title_of_nothing_else_is_kept() -> None:
    assert titled('<span class="sr-only">Tut, was sie soll</span>') == "Tut, was sie soll"


def judged_by(address: str) -> PageRead:
    review = {
        "@type": "Review",
        "author": {"@type": "Person", "name": "Heiner", "url": address},
        "reviewRating": {"ratingValue": "4.6", "bestRating": "5"},
        "reviewBody": "Nach drei Wochen im Dauerbetrieb unser Liebling.",
    }
    return linked({"@context": "https://schema.org", "@type": "Product", "name": "Klingel", "review": review})


@pytest.mark.parametrize("folder", ["autoren", "auteurs", "author", "redaktion/team"])
def test_a_test_by_a_writer_of_the_site_is_no_review_of_a_customer(folder: str) -> None:
    found = judged_by(f"https://laden.example/{folder}/heiner/")
    assert found.posts == []
    assert "1 review by whoever wrote the page itself" in left(found)


@pytest.mark.parametrize("address", ["https://laden.example/profil/heiner", "https://netz.example/author/heiner/"])
def test_a_customer_may_have_a_page_of_his_own(address: str) -> None:
    assert len(judged_by(address).posts) == 1
