"""The small parts of the generic reader: encodings, times, stars, sizes, doubles, the stream of Next.js."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.bounds import MAX_ID, MAX_NAME, MAX_TITLE, bound, identity
from crawler.charset import decoded
from crawler.items import Line, OwnerReply, Post
from crawler.pages import feed, flight, schema_org
from crawler.pages.merging import Merged, once
from crawler.pages.stars import stars
from crawler.pages.times import point_in_time
from crawler.pages.values import join
from crawler.shape import Misshapen, check_html, check_xml, load_json
from crawler.text import MAX_TEXT
from tests.spiders.markup import block, page, review

TEXT = "Süßes für 3 €"


@pytest.mark.parametrize(
    ("body", "announced"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode(), "text/html; charset=iso-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8"),
        (TEXT.encode("cp1252"), ""),
        (TEXT.encode("iso-8859-15"), "text/html; charset=iso-8859-15"),
        (TEXT.encode("utf-16"), "text/html; charset=utf-8"),
        (TEXT.encode("utf-16-le"), ""),
        (TEXT.encode("utf-16-be"), ""),
        (b"\xef\xbb\xbf" + TEXT.encode(), "text/html; charset=iso-8859-1"),
    ],
)
def test_bytes_are_read_as_what_they_are(body: bytes, announced: str) -> None:
    assert decoded(body, announced) == TEXT


def test_one_wrong_byte_does_not_spoil_the_rest() -> None:
    assert decoded(f"{TEXT} {TEXT} ".encode() + b"\xff", "text/html; charset=utf-8") == f"{TEXT} {TEXT} \ufffd"


def test_a_zero_byte_is_shown() -> None:
    assert decoded(b"ein Byte\x00 zu viel") == "ein Byte\ufffd zu viel"


@given(st.binary(max_size=200), st.sampled_from(["", "text/html; charset=x", "text/html; charset=utf-16"]))
def test_no_bytes_and_no_announcement_make_decoding_fail(body: bytes, announced: str) -> None:
    assert "\x00" not in decoded(body, announced)


@pytest.mark.parametrize(
    "text", ["1." * 30, "9" * 70, "1/1/1/1", "a" * 81, "31. Februar 2026", "2. Blaubär 2026", "12:30"]
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert point_in_time(text) is None


@pytest.mark.parametrize("text", ["0001-01-01", "9999-12-31T23:59:59", "1.1.1066", "1970-01-01"])
def test_times_before_the_web_and_far_ahead_are_slips(text: str) -> None:
    assert point_in_time(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "So., 01.03.2026",
        "am 01.03.2026",
        "Bewertet am 1. März 2026",
        "Sonntag, den 1. März 2026",
        "Datum: 1.3.2026",
        "2026-3-1",
        "domingo 1 março 2026",
        "1 de marzo de 2026",
        "1 maart 2026",
        "1 марта 2026",
    ],
)
def test_a_day_is_read_as_people_of_many_countries_write_it(text: str) -> None:
    assert point_in_time(text) == datetime(2026, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize("text", ["bis 01.03.2026", "seit 1. März 2026", "vor 3 Tagen", "Kunde seit dem 1. März 2026"])
def test_a_day_until_or_since_when_is_not_the_day(text: str) -> None:
    assert point_in_time(text) is None


@pytest.mark.parametrize("text", ["12:05 AM", "12:05 a.m."])
def test_midnight_is_twelve_in_english(text: str) -> None:
    assert point_in_time(f"Nov 2, 2026 {text}") == datetime(2026, 11, 2, 0, 5, tzinfo=UTC)


@given(st.text(alphabet="0123456789.:/- TZaApPMmUhrJanNovDez,", max_size=40))
def test_no_text_makes_reading_a_time_fail(text: str) -> None:
    point_in_time(text)


@pytest.mark.parametrize(
    ("rating", "found"),
    [
        ({"ratingvalue": "4,5 von 5"}, (4.5, 5, 1)),
        ({"ratingvalue": "7/10"}, (7, 10, 1)),
        ({"ratingvalue": "60 %"}, (60, 100, 1)),
        ({"ratingvalue": "★★★"}, (3, 5, 1)),
        ({"ratingvalue": "1,3", "bestrating": "1", "worstrating": "6"}, (5.7, 6, 1)),
        ({"ratingvalue": 2, "bestrating": 1, "worstrating": 1}, (2, 5, 1)),
        ({"ratingvalue": "sehr gut"}, None),
        ({"ratingvalue": {"@value": "3"}}, (3, 5, 1)),
        ({"ratingvalue": "☆☆☆☆☆"}, None),
        ({}, None),
    ],
)
def test_stars_are_read_however_they_are_written(rating: dict[str, Any], found: Any) -> None:
    assert stars(rating) == (pytest.approx(found) if found else None)


def test_nothing_too_long_and_nothing_unstorable_goes_on() -> None:
    post = Post(
        "i" * 9_000, "t" * (MAX_TEXT + 9), "h" * 9_000, url="u" * 9_000, author_id="a\x00\ud800",
        author_name="n" * 9_000,
        author_url="http://a/\x00", language="l" * 99, parent_external_id="i" * 9_000,
        owner_replies=[OwnerReply("r" * 9_000, "t" * (MAX_TEXT + 9), None, "n" * 9_000)],
    )  # fmt: skip
    bound([post])
    [reply] = post.owner_replies
    assert (len(post.text), len(post.title), len(post.author_name)) == (MAX_TEXT, MAX_TITLE, MAX_NAME)
    assert (post.url, post.language, post.author_id, post.author_url) == ("", "", "a\ufffd\ufffd", "http://a/\ufffd")
    assert post.parent_external_id == post.external_id
    assert max(len(post.external_id), len(reply.external_id)) <= MAX_ID
    assert (len(reply.text), len(reply.author_name)) == (MAX_TEXT, MAX_NAME)


@given(st.text(max_size=20), st.text(max_size=20))
def test_long_ids_still_tell_posts_apart(one: str, other: str) -> None:
    long = [identity("x" * MAX_ID + text) for text in (one, other)]
    assert (long[0] == long[1]) == (one == other)


def test_an_address_that_is_none_is_empty() -> None:
    assert join("https://laden.example/", "http://[") == ""
    assert join("https://laden.example/a", " b ") == "https://laden.example/b"


def at(day: int, text: str, author: str = "Anna", identity: str = "", **fields: Any) -> Post:
    return Post(
        identity or f"{author}{day}{text}",
        text,
        author_name=author,
        created_at=datetime(2026, 1, day, tzinfo=UTC),
        **fields,
    )


LONG = "Das Bett knarzt seit dem ersten Tag, und niemand kommt."


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (at(1, LONG), True),
        (at(1, f" {LONG.upper()} "), True),
        (at(1, LONG[:30] + "…"), True),
        (at(1, LONG, author=""), True),
        (at(1, LONG[:30]), True),
        (at(1, LONG[:12]), False),
        (at(3, LONG), False),
        (at(1, LONG, author="Ben"), False),
        (at(1, LONG, rating=1.0, rating_best=5.0, rating_worst=1.0), False),
        (at(9, "anderes", identity="x"), True),
    ],
)
def test_the_same_review_in_two_parts_is_recognised(other: Post, same: bool) -> None:
    merged = Merged()
    merged.add([at(1, LONG, identity="x", rating=5.0, rating_best=5.0, rating_worst=1.0)])
    assert (merged.add([other]) == []) == same


def test_two_reviews_alike_in_one_part_are_two() -> None:
    merged = Merged()
    merged.add([at(1, "Super!", identity="1"), at(1, "Super!", identity="2")])
    assert len(merged.posts) == 2


def stub(author: str = "Anna", stars: int = 5, **fields: Any) -> dict[str, Any]:
    """What shops tell of a review beside the product: who, and how many stars."""
    return {"@type": "Review", "author": author, "reviewRating": {"@type": "Rating", "ratingValue": stars}} | fields


@pytest.mark.parametrize(
    ("others", "number"),
    [
        ([stub(reviewBody=LONG, datePublished="2026-11-01")], 1),
        ([stub(reviewBody=LONG), stub()], 2),
        ([stub(stars=2, reviewBody=LONG)], 2),
        ([stub(author="Ben", reviewBody=LONG)], 2),
        ([stub(author="Ben")], 2),
    ],
    ids=["the same", "two of one person", "other stars", "another person", "two without words"],
)
def test_a_review_told_by_its_stars_and_in_full_is_one(others: list[dict[str, Any]], number: int) -> None:
    assert len(schema_org.read(page(stub(), *others).encode(), "https://laden.example/sessel").posts) == number


MICRODATA = f"""<div itemscope itemtype="https://schema.org/Review"><span itemprop="author">Anna</span>
<meta itemprop="datePublished" content="2026-11-01T10:00:07Z"><span itemprop="ratingValue">5</span>
<p itemprop="reviewBody">{LONG}</p></div>"""


def test_stars_in_one_part_and_the_full_review_in_another_are_one() -> None:
    (post,) = schema_org.read(page(stub(), body=MICRODATA).encode(), "https://laden.example/sessel").posts
    assert (post.text, post.author_name) == (LONG, "Anna")


BROKEN = (
    '{"@type": "Review", "author": "%s", "datePublished": "%s", '
    '"reviewBody": "Das <a href="https://laden.example/bett\\"">Bett</a> knarzt" }'
)


@pytest.mark.parametrize(
    ("author", "moment", "number"),
    [
        ("anna_77", "2026-11-01T10:00:07.345Z", 1),
        ("Anna", "2026-11-01", 1),
        ("Ben", "2026-11-02T09:00:00Z", 2),
    ],
    ids=["the same second", "the same person and day", "another review"],
)
def test_a_block_with_a_guessed_text_tells_no_review_a_second_time(author: str, moment: str, number: int) -> None:
    body = f"<html><head>{block(BROKEN % (author, moment))}</head><body>{MICRODATA}</body></html>"
    posts = schema_org.read(body.encode(), "https://laden.example/sessel").posts
    assert len(posts) == number
    assert LONG in {post.text for post in posts}


def test_a_contribution_with_nothing_but_the_title_of_the_talk_is_left_out() -> None:
    silent, said = at(1, "", "Jo", title="Lieferung"), at(1, LONG, title="Lieferung")
    assert once([said, silent]) == [said]
    assert len(once([at(1, "", "Jo", title="Lieferung"), at(1, LONG, title="Bett")])) == 2


def push(text: str) -> str:
    return f"<script>self.__next_f.push([1,{json.dumps(text)}])</script>"


@pytest.mark.parametrize(
    "stream", ["", "x", "1:", "1:T5,ab", "1:{kaputt}\n", "1:" + "[" * 3_000, "1:Tzz,\n", '1:["$1"]\n1:["$1"]', "\ud83d"]
)
def test_a_broken_stream_is_no_error(stream: str) -> None:
    read = schema_org.read(f"<html><body>{push(stream)}</body></html>".encode("utf-8", "replace"), "https://a.example/")
    assert (read.posts, read.errors) == ([], [])


def test_texts_of_the_stream_are_put_in_where_they_are_named() -> None:
    from lxml import etree

    row = '2:["$1","$$1","$D2026-01-01","$9","$undefined"]\n'
    root = etree.fromstring("<html>" + push("1:T3,\u00fcb" + row) + "</html>", etree.HTMLParser())
    assert flight.trees(root) == [["üb", "$1", "2026-01-01", "$9", "$undefined"]]


@pytest.mark.parametrize(
    "start",
    ["", "\ufeff", " \n", '<?xml version="1.0"?>', "<!-- <html> -->\n<?x y?>", "<!DOCTYPE rss [<!ENTITY a 'b'>]>"],
)
def test_a_feed_is_known_by_its_first_element(start: str) -> None:
    assert feed.is_feed(f"{start}<rss version='2.0'>".encode())
    assert not feed.is_feed(f"{start}<html><rss>".encode())


def test_a_json_feed_is_a_feed_and_other_json_is_none() -> None:
    assert feed.is_feed(b'{"version": "https://jsonfeed.org/version/1.1", "items": []}')
    assert not feed.is_feed(b'{"version": "1.1", "items": []}')


def test_a_broken_json_feed_is_named() -> None:
    assert (
        "broken" in feed.read(b'{"version":"https://jsonfeed.org/version/1","items":[', "https://a.example/").errors[0]
    )


def test_open_tags_in_the_texts_of_a_feed_are_no_nesting() -> None:
    check_xml("<rss><channel>" + "<item><description><![CDATA[<div><div>]]></description></item>" * 2_000)
    with pytest.raises(Misshapen):
        check_html("<![CDATA[" + "<div>" * 2_000)


def test_a_page_that_begins_again_and_again_is_refused() -> None:
    with pytest.raises(Misshapen, match="again"):
        check_html("".join(f"<body a{number}>" for number in range(1_000)))


@pytest.mark.parametrize("data", ["[" + "{}," * 200_001 + "1]", "[" + "1," * 400_001 + "1]"])
def test_json_that_would_fill_the_memory_is_refused_before_it_is_read(data: str) -> None:
    with pytest.raises(Misshapen, match="more values"):
        load_json(data)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r"a\ud83db", "a\ufffdb"),
        (r"a\ude00b", "a\ufffdb"),
        (r"\ud83d\ude00", "😀"),
        (r"\ud83d\ud83d\ude00", "\ufffd😀"),
    ],
)
def test_half_a_character_is_replaced(written: str, read: str) -> None:
    assert load_json(f'"{written}"') == read


def test_a_page_cut_for_its_size_says_so() -> None:
    read = schema_org.read(b"<i itemscope></i>" * 200_000, "https://a.example/")
    assert "only its first part" in read.errors[0]


def test_the_report_tells_every_part() -> None:
    body = '<div itemscope itemtype="https://schema.org/Review"><p itemprop="reviewBody">Nur hier.</p></div>'
    read = schema_org.read(page(review(1), body=body).encode(), "https://a.example/")
    assert read.report == [Line("JSON-LD block 1", 1), Line("microdata", 1)]
    assert [str(line) for line in read.report] == ["JSON-LD block 1: 1 read", "microdata: 1 read"]


def test_markup_beside_a_broken_block_is_left_with_a_word() -> None:
    body = '<div itemscope itemtype="https://schema.org/Review"><p itemprop="reviewBody">Anders.</p></div>'
    broken = block('{"@type": "Review", "reviewBody": "Ander')
    read = schema_org.read((broken + page(review(1), body=body)).encode(), "https://a.example/")
    assert [line.where for line in read.report if line.left] == ["JSON-LD block 1", "microdata"]


def test_markup_beside_a_broken_block_about_something_else_is_read() -> None:
    body = '<div itemscope itemtype="https://schema.org/Review"><p itemprop="reviewBody">Anders.</p></div>'
    broken = block('{"@type": "BreadcrumbList", "itemListElement": [')
    read = schema_org.read((broken + page(review(1), body=body)).encode(), "https://a.example/")
    assert [post.text for post in read.posts][1:] == ["Anders."]


def test_an_answer_that_stands_before_its_review_is_not_told_as_left() -> None:
    firm = {"@type": "Organization", "@id": "#firm", "name": "Laden"}
    answer = {"@type": "Comment", "text": "Danke!", "author": {"@id": "#firm"}, "parentItem": {"@id": "#bewertung-1"}}
    graph = {
        "@graph": [answer, review(1, itemReviewed={"@id": "#firm"}), firm | {"aggregateRating": {"reviewCount": 1}}]
    }
    read = schema_org.read(block(graph).encode(), "https://a.example/")
    assert [reply.text for reply in read.posts[0].owner_replies] == ["Danke!"]
    assert read.report == [Line("JSON-LD block 1", 1)]


def test_a_person_who_calls_himself_like_the_business_is_still_a_customer() -> None:
    [post] = schema_org.read(page(review(1, author="Laden")).encode(), "https://a.example/", own_names=["Laden"]).posts
    assert post.author_name == "Laden"


@pytest.mark.parametrize(
    ("more", "is_read"),
    [
        ({}, True),
        ({"author": {"@type": "Person", "name": "Gerda Kastner"}}, False),
        ({"author": {"@id": "#gerda"}}, False),
        ({"author": "Gerda Kastner"}, False),
        ({"publisher": {"@type": "Organization", "name": "Portal"}}, True),
        ({"publisher": {"@type": "Organization", "name": "Blatt"}, "alternativeHeadline": "Mahlt fein"}, False),
        ({"@type": ["Review", "NewsArticle"]}, False),
        ({"@type": "Comment", "author": "Gerda Kastner", "text": "Danke!"}, True),
    ],
)
def test_what_the_author_of_the_page_wrote_is_no_review_of_a_customer(more: dict[str, Any], is_read: bool) -> None:
    writer = {"@type": "Person", "@id": "#gerda", "name": "Gerda Kastner"}
    article = {"@type": "BlogPosting", "headline": "Linsensuppe", "author": {"@id": "#gerda"}}
    graph = {"@graph": [writer, article, review(1, author="Tilo") | more]}
    read = schema_org.read(block(graph).encode(), "https://a.example/")
    assert bool(read.posts) is is_read
    left = [line.left for line in read.report if "whoever wrote the page" in line.left]
    assert bool(left) is not is_read


def test_of_a_part_without_reviews_the_things_are_named_that_stand_there() -> None:
    graph = {"@graph": [{"@type": "BreadcrumbList"}, {"@type": ["https://schema.org/Store", "Bakery"]}]}
    read = schema_org.read(block(graph).encode(), "https://a.example/")
    assert [str(line) for line in read.report] == [
        "JSON-LD block 1: left: nothing in it is a review (BreadcrumbList, Store, Bakery)"
    ]
