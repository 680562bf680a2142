"""A review that one page tells in two places is one review, in whatever words and marks each place tells it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.items import Post
from crawler.pages import schema_org

ADDRESS = "https://laden.example/klingel"
TEXT = "Die Klingel läutet laut und deutlich, auch hinten im Garten."


def read(page: str) -> list[Post]:
    return schema_org.read(f"<html><body>{page}</body></html>".encode(), ADDRESS).posts


def linked(text: str = TEXT, **fields: Any) -> str:
    told = {"@type": "Review", "author": "Anna B.", "datePublished": "2026-03-01", "reviewRating": 5} | fields
    return f'<script type="application/ld+json">{json.dumps(told | {"reviewBody": text})}</script>'


def marked(text: str = TEXT, author: str = "Anna B.", day: str = "2026-03-01", stars: int = 5) -> str:
    return (
        f'<div itemscope itemtype="https://schema.org/Review"><span itemprop="author">{author}</span>'
        f'<meta itemprop="datePublished" content="{day}"><meta itemprop="reviewRating" content="{stars}">'
        f'<p itemprop="reviewBody">{text}</p></div>'
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (linked(), marked(f"{TEXT} Alle anzeigen")),
        (linked(headline="Sehr laut"), marked(f"<b>Sehr laut</b><br>{TEXT}")),
        (linked(), marked(f"{TEXT} 🙂")),
        (linked(), marked(author="Anna B. aus Ulm")),
        (linked(), marked(author="ANNA B")),
        (linked("Die Klingel läutet laut und deutlich, auch"), marked()),
        (linked(), marked(stars=4)),
        (linked(), linked(TEXT.replace("ä", "&auml;"))),
    ],
    ids=["button", "title in it", "picture", "longer name", "capitals", "cut without a sign", "average", "escaped"],
)
def test_two_tellings_are_one_review_with_the_text_in_full(first: str, second: str) -> None:
    (post,) = read(first + second)
    assert (post.text, post.author_name, post.rating) == (TEXT, "Anna B.", 5.0)


@pytest.mark.parametrize(
    "second",
    [
        marked("Die Klingel läutet laut und deutlich, aber nur an der Tür."),
        marked(author="Bea"),
        marked("Läutet laut.", day="2026-03-09"),
        marked("Läutet laut."),
    ],
    ids=["goes on otherwise", "somebody else", "another day", "other words"],
)
def test_what_only_resembles_it_is_another_review(second: str) -> None:
    assert len(read(linked() + second)) == 2


def test_a_review_for_narrow_screens_beside_that_for_wide_ones_is_one() -> None:
    (post,) = read(marked() + marked(TEXT[:40] + "…"))
    assert post.text == TEXT


@pytest.mark.parametrize(("author", "day"), [("Bea", "2026-03-01"), ("Anna B.", "2026-03-09")])
def test_a_shortened_review_of_somebody_else_or_of_another_day_stays(author: str, day: str) -> None:
    assert len(read(marked() + marked(TEXT[:40] + "…", author=author, day=day))) == 2


EMPLOYER = {"reviewId": 77, "ratingOverall": 4, "reviewDateTime": "2026-03-01T10:00:00.1", "summary": "Gute Firma"}
SCRIPT = (
    f"<script>window.__S__={json.dumps({'reviews': [EMPLOYER | {'pros': 'Kollegen', 'cons': 'Kantine'}]})}</script>"
)


def card(title: str = "Gute Firma", day: str = "2026-03-01") -> str:
    return (
        f'<li class="hreview"><span class="summary">„{title}“</span><span class="rating">4.0</span>'
        f'<span class="reviewer">Angestellte in Ulm</span><span class="dtreviewed">{day}</span></li>'
    )


def test_data_for_scripts_and_a_card_without_words_are_one_by_title_and_day() -> None:
    (post,) = read(SCRIPT + card())
    assert (post.text, post.author_name, post.rating) == ("+ Kollegen\n- Kantine", "Angestellte in Ulm", 4.0)


@pytest.mark.parametrize("other", [card(title="Nie wieder"), card(day="2026-03-09"), card(day="")])
def test_a_card_with_another_title_or_day_or_without_one_is_another_review(other: str) -> None:
    assert len(read(SCRIPT + other)) == 2


def test_a_block_whose_texts_had_to_be_guessed_adds_no_doubles_to_the_markup() -> None:
    said = 'Die "laute", die "leise": beide läuten.'
    broken = f'{{"@type":"Review","reviewBody":"{said}","author":"Anna B.","datePublished":"2026-03-01"}}'
    (post,) = read(f'<script type="application/ld+json">{broken}</script>{marked(said)}')
    assert post.text == said
