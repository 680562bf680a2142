"""Identity and belonging on pages with review markup: the same review stays the same, different ones stay apart."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.items import Post
from crawler.pages import schema_org
from tests.spiders.markup import block, page, review

URL = "https://laden.example/sessel"


def read(source: str, url: str = URL, **options: Any) -> list[Post]:
    return schema_org.read(source.encode(), url, **({"address": URL} | options)).posts


def bare(**fields: Any) -> dict[str, Any]:
    """A review that brings no id."""
    return {key: value for key, value in review(1).items() if key != "@id"} | fields


@pytest.mark.parametrize(
    "identity",
    [
        {"@id": "#b-1"},
        {"@id": "https://laden.example/b/1"},
        {"identifier": "b-1"},
        {"identifier": {"@type": "PropertyValue", "value": "b-1"}},
        {"url": "https://laden.example/bewertung/1"},
        {"url": "#bewertung-1"},
    ],
)
def test_an_id_of_its_own_survives_an_edit(identity: dict[str, Any]) -> None:
    before, after = (read(page(bare(reviewBody=text, **identity)))[0] for text in ("Zu spät.", "Zu spät und kaputt!"))
    assert before.external_id == after.external_id
    assert not before.external_id.startswith("sha256:")


def test_a_review_without_id_is_known_by_author_time_and_words() -> None:
    one = read(page(bare()))[0].external_id
    assert one == read(page(bare(), body="anderes drumherum"))[0].external_id
    assert one != read(page(bare(author="Ben")))[0].external_id
    assert one != read(page(bare(datePublished="2026-11-03")))[0].external_id
    assert one != read(page(bare(reviewBody="Ganz anders.")))[0].external_id


@pytest.mark.parametrize("url", [f"{URL}?page=3", f"{URL}?utm_source=brief", f"{URL}#oben", f"{URL}?seite=2&gclid=x"])
def test_the_page_it_stands_on_does_not_change_the_id(url: str) -> None:
    assert read(page(bare()))[0].external_id == read(page(bare()), url)[0].external_id
    assert read(page(review(1)))[0].external_id == read(page(review(1)), url)[0].external_id


def test_a_blank_node_is_no_id() -> None:
    assert read(page(bare(**{"@id": "_:b0"})))[0].external_id.startswith("sha256:")


def test_ratings_without_words_or_name_are_told_apart_by_their_full_time() -> None:
    ratings = [
        {"@type": "Review", "datePublished": f"2026-11-01T08:00:{second:02}Z", "reviewRating": {"ratingValue": 5}}
        for second in range(10)
    ]
    assert len({post.external_id for post in read(page(*ratings))}) == 10


def test_reviews_that_all_carry_the_address_of_the_page_stay_apart() -> None:
    posts = read(page(*(bare(url=URL, author=name) for name in ("Anna", "Ben", "Vera"))))
    assert len({post.external_id for post in posts}) == 3


def test_one_review_written_twice_in_a_page_is_one_post() -> None:
    full, short = review(1, "Der Sessel kam zu spät und war kaputt."), review(1, "Der Sessel kam zu spät…")
    assert [post.text for post in read(page(short, full))] == [full["reviewBody"]]


def test_a_reference_beside_the_review_is_no_second_post() -> None:
    source = block(
        {"@graph": [{"@type": "Product", "review": [{"@type": "Review", "@id": "#bewertung-1"}]}, review(1)]}
    )
    assert len(read(source)) == 1


def test_an_answer_by_reference_is_not_a_post() -> None:
    answer = {
        "@type": "Comment",
        "@id": "#a",
        "text": "Das tut mir leid.",
        "author": {"@type": "Organization", "name": "L"},
    }
    for graph in ([answer, review(1, comment={"@id": "#a"})], [review(1, comment={"@id": "#a"}), answer]):
        posts = read(block({"@graph": graph}))
        assert [len(post.owner_replies) for post in posts] == [1]


def test_references_in_circles_end() -> None:
    graph = [review(1, comment={"@id": "#a"}), {"@type": "Comment", "@id": "#a", "text": "x", "comment": {"@id": "#a"}}]
    assert len(read(block({"@graph": graph}))) == 2


def test_a_person_with_the_name_of_the_business_answers_for_it() -> None:
    comment = {"@type": "Comment", "text": "Das tut mir leid.", "author": {"@type": "Person", "name": "Jana Brandt"}}
    assert len(read(page(review(1, comment=comment)))) == 2
    [post] = read(page(review(1, comment=comment)), own_names=("jana brandt",))
    assert post.owner_replies[0].text == "Das tut mir leid."


def test_the_same_review_in_two_syntaxes_keeps_its_answer_from_either() -> None:
    markup = (
        '<div itemscope itemtype="https://schema.org/Review"><span itemprop="author">Anna</span>'
        f'<p itemprop="reviewBody">{review(1)["reviewBody"]}</p>'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><p itemprop="text">Tut mir leid.</p>'
        '<span itemprop="author" itemscope itemtype="https://schema.org/Organization"></span></div></div>'
    )
    [post] = read(page(review(1), body=markup))
    assert post.owner_replies[0].text == "Tut mir leid."


@pytest.mark.parametrize(
    ("rating", "shown"),
    [
        ({"ratingValue": "4,2"}, (4.2, 5, 1)),
        ({"ratingValue": 4, "bestRating": 5, "worstRating": 5}, (4, 5, 1)),
        ({"ratingValue": "7"}, (7, 10, 1)),
        ({"ratingValue": "82", "bestRating": "100", "worstRating": "0"}, (82, 100, 0)),
        ({"ratingValue": 0}, (None, None, None)),
        ({"ratingValue": 0, "bestRating": 10, "worstRating": 0}, (0, 10, 0)),
        ({"ratingValue": "sehr gut"}, (None, None, None)),
        ({"ratingValue": [5]}, (5, 5, 1)),
        (3, (3, 5, 1)),
        ([], (None, None, None)),
    ],
)
def test_ratings_are_kept_as_given_with_their_scale(rating: Any, shown: tuple[float | None, ...]) -> None:
    [post] = read(page(review(1, reviewRating=rating)))
    assert (post.rating, post.rating_best, post.rating_worst) == shown


@pytest.mark.parametrize(
    "author",
    ["Anna", {"name": "Anna"}, [{"@type": "Person", "name": "Anna"}], {"name": ["Anna"]}, {"name": {"@value": "Anna"}}],
)
def test_an_author_may_be_written_in_many_ways(author: Any) -> None:
    assert read(page(review(1) | {"author": author}))[0].author_name == "Anna"


def test_an_author_id_counts_only_if_it_means_somebody_outside_the_page() -> None:
    anna = {"name": "Anna", "@id": "https://laden.example/person/7"}
    assert read(page(review(1) | {"author": anna}))[0].author_id == "https://laden.example/person/7"
    assert read(page(review(1) | {"author": {"name": "Anna", "@id": "#p1", "identifier": "k-7"}}))[0].author_id == "k-7"
    assert read(page(review(1) | {"author": {"name": "Anna", "@id": "_:b3"}}))[0].author_id == ""


def test_the_count_of_what_holds_the_reviews_comes_before_the_shops() -> None:
    shop = block({"@type": "Organization", "aggregateRating": {"reviewCount": "99999"}})
    read_page = schema_org.read((shop + page(review(1), total=128)).encode(), URL)
    assert read_page.published_total == 128


def test_without_it_the_count_may_stand_inside_a_review() -> None:
    thing = {"@type": "Product", "aggregateRating": {"reviewCount": "1.284"}}
    inside = block(review(1) | {"itemReviewed": thing})
    assert schema_org.read(inside.encode(), URL).published_total == 1284


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                "@type @id url author name review reviewRating ratingValue comment reviewBody datePublished".split()
            ),
            st.one_of(inner, st.sampled_from(["Review", "Comment", "Organization", "#a"])),
            max_size=5,
        ),
    ),
    max_leaves=20,
)


@given(st.lists(JSON, max_size=4))
def test_no_markup_makes_the_reader_fail(values: list[Any]) -> None:
    posts = read("".join(block(value) for value in values) + page(review(1)))
    assert len({post.external_id for post in posts}) == len(posts)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fail(body: bytes) -> None:
    schema_org.read(body, URL)


@pytest.mark.parametrize("data", [[review(n) for n in range(10_050)], [{"name": "Sessel"}] * 20_050 + [review(1)]])
def test_a_page_with_more_than_can_be_read_says_so(data: list[Any]) -> None:
    result = schema_org.read(block(data).encode(), URL)
    assert result.errors == ["The page holds more data than can be read at once; only its first part was read."]


def languages(source: str) -> list[str]:
    return [post.language for post in read(f'<html lang="de"><body>{source}</body></html>')]


@pytest.mark.parametrize(
    ("fields", "language"),
    [
        ({}, "de"),
        ({"inLanguage": "fr-CH"}, "fr-CH"),
        ({"inLanguage": {"@type": "Language", "name": "Dutch", "alternateName": "nl"}}, "nl"),
        ({"reviewBody": {"@value": "Too late.", "@language": "en"}}, "en"),
    ],
)
def test_the_language_is_that_of_the_review_before_that_of_the_page(fields: dict[str, Any], language: str) -> None:
    assert languages(block(review(1) | fields)) == [language]


@pytest.mark.parametrize("attribute", ["lang", "xml:lang"])
@pytest.mark.parametrize("place", ["around", "item", "text"])
def test_the_language_of_an_element_counts_for_what_stands_in_it(attribute: str, place: str) -> None:
    around, item, text = (f' {attribute}="en"' if place == name else "" for name in ("around", "item", "text"))
    microdata = (
        f'<div{around}><div itemscope itemtype="https://schema.org/Review"{item}><b itemprop="author">Ben</b>'
        f'<p itemprop="reviewBody"{text}>Too late.</p></div></div>'
    )
    microformat = (
        f'<div{around}><div class="h-review"{item}><b class="p-author">Ben</b>'
        f'<p class="e-content"{text}>Too late.</p></div></div>'
    )
    assert languages(microdata) == ["en"]
    assert languages(microformat) == ["en"]


def test_a_foreign_word_does_not_make_a_text_foreign() -> None:
    text = '<p itemprop="reviewBody">War <i lang="en">very nice</i>, danke.</p>'
    assert languages(f'<div itemscope itemtype="https://schema.org/Review">{text}</div>') == ["de"]


@pytest.mark.parametrize("base", ["/stuehle/", "https://laden.example/stuehle/", "  ../stuehle/"])
def test_addresses_on_a_page_count_from_its_base(base: str) -> None:
    source = f'<head><base href="{base}"></head>' + block(bare(url="sessel/stimme-1"))
    (post,) = read(source, "https://laden.example/shop/sessel")
    assert post.url == "https://laden.example/stuehle/sessel/stimme-1"


@pytest.mark.parametrize("base", ["javascript:alert(1)", "data:text/html,x", "", "http://["])
def test_a_base_that_is_no_web_address_is_ignored(base: str) -> None:
    (post,) = read(f'<head><base href="{base}"></head>' + block(bare(url="/stimme-1")))
    assert post.url == "https://laden.example/stimme-1"
