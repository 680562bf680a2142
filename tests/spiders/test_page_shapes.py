"""Markup as shops, forums and themes really write it: what people see as words, name, day and stars is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crawler.items import Post
from crawler.pages import schema_org
from crawler.pages.result import PageRead

ADDRESS = "https://laden.example/klingel"
TEXT = "Die Klingel läutet laut und deutlich."
ANSWER = "Nach drei Wochen war die Batterie leer."


def read(page: str) -> PageRead:
    return schema_org.read(f"<html><body>{page}</body></html>".encode(), ADDRESS)


def only(page: str) -> Post:
    (post,) = read(page).posts
    return post


def item(inner: str, kind: str = "Review") -> str:
    return f'<article itemscope itemtype="http://schema.org/{kind}">{inner}</article>'


SIGNED = '<span itemprop="author">Anna B.</span>'


def test_the_name_of_a_writer_is_read_from_the_link_to_his_page() -> None:
    post = only(item(f'<a itemprop="author" href="/leute/anna">Anna B.</a><p itemprop="text">{TEXT}</p>', "Comment"))
    assert (post.author_name, post.author_url) == ("Anna B.", "https://laden.example/leute/anna")


def test_what_a_comment_is_called_is_who_wrote_it() -> None:
    post = only(item(f'<cite itemprop="name">Anna B.</cite><div itemprop="text">{TEXT}</div>', "Comment"))
    assert (post.author_name, post.title) == ("Anna B.", "")


def test_what_is_written_around_the_words_is_no_part_of_them() -> None:
    around = (
        f'<div itemprop="text"><h4>{SIGNED}</h4><time itemprop="datePublished" datetime="2026-03-01">1.3.</time>'
        f'<p>{TEXT}</p><a href="#">weiterlesen</a><button>Hilfreich</button>'
        '<a class="comment-reply-link" href="/?replytocom=5#respond">Antworten</a></div>'
    )
    post = only(item(around, "Comment"))
    assert (post.text, post.author_name, f"{post.created_at:%d.%m.%Y}") == (TEXT, "Anna B.", "01.03.2026")


def test_a_link_in_the_words_stays() -> None:
    assert only(item(f'{SIGNED}<p itemprop="reviewBody">Siehe <a href="/b">hier</a>.</p>')).text == "Siehe hier."


def test_the_exact_time_stands_inside_of_what_is_shown() -> None:
    shown = '<span itemprop="commentTime"><time datetime="2026-03-01T10:00:00+01:00">vor 3 Tagen</time></span>'
    post = only(item(f'{SIGNED}{shown}<p itemprop="commentText">{TEXT}</p>', "UserComments"))
    assert f"{post.created_at:%d.%m.%Y %H:%M}" == "01.03.2026 09:00"


def test_an_abbreviated_time_is_read_in_full() -> None:
    when = '<abbr itemprop="commentTime" title="2026-03-01T10:00:00+01:00">1. März</abbr>'
    post = only(item(f'<b itemprop="creator name">Jo</b>{when}<p itemprop="commentText">{TEXT}</p>', "UserComments"))
    assert (f"{post.created_at:%d.%m.%Y %H:%M}", post.author_name, post.title) == ("01.03.2026 09:00", "Jo", "")


DATED = '<meta itemprop="datePublished" content="2026-03-01">'


@pytest.mark.parametrize(("who", "number"), [("", 0), (SIGNED, 1), (DATED, 1)])
def test_stars_that_nobody_gave_at_any_time_are_no_review(who: str, number: int) -> None:
    assert len(read(item(f'{who}<meta itemprop="reviewRating" content="5">')).posts) == number


def test_words_that_stand_in_the_reviewed_thing_are_read() -> None:
    words = f'<p itemprop="reviewBody">{TEXT}</p>'
    thing = f'<span itemprop="itemReviewed" itemtype="http://schema.org/LocalBusiness">{words}</span>'
    assert only(item(SIGNED + thing)).text == TEXT


@pytest.mark.parametrize("word", ["Der <Code> fehlt.", "Auf <Button> drücken", "<b>fett</b> geschrieben", "a <br b"])
def test_words_in_angle_brackets_that_people_see_stay(word: str) -> None:
    shown = word.replace("<", "&lt;").replace(">", "&gt;")
    post = only(item(f'{SIGNED}<h3 itemprop="name">{shown}</h3><p itemprop="reviewBody">{shown}</p>'))
    assert (post.text, post.title) == (word, word)


def test_breaks_that_a_shop_escaped_by_mistake_are_breaks() -> None:
    assert only(item(f'{SIGNED}<p itemprop="reviewBody">Laut.&lt;br /&gt;Und schön.</p>')).text == "Laut.\nUnd schön."


def comment(text: str, name: str, below: str = "") -> str:
    said = f'<span class="p-author">{name}</span><p class="p-content">{text}</p>'
    return f'<div class="u-comment h-cite">{said}{below}</div>'


def test_a_comment_under_a_comment_hangs_there() -> None:
    first, second = read(comment(ANSWER, "Jörg", comment(TEXT, "Anna"))).posts
    assert (first.text, second.text, second.parent_external_id) == (ANSWER, TEXT, first.external_id)


def test_comments_nested_without_end_break_nothing() -> None:
    assert 0 < len(read('<div class="u-comment h-cite"><p class="p-content">Ja</p>' * 450 + "</div>" * 450).posts) < 450


def test_the_stars_of_a_review_in_a_review_are_its_own() -> None:
    inner = f'<div class="hreview"><p class="description">{TEXT}</p><span class="reviewer">Anna</span></div>'
    posts = read(
        f'<div class="hreview"><p class="description">{ANSWER}</p><span class="reviewer">Jo</span>{inner}</div>'
    )
    assert [(post.text, post.author_name) for post in posts.posts] == [(ANSWER, "Jo"), (TEXT, "Anna")]


def test_comments_under_a_thread_that_only_has_a_title_are_read() -> None:
    said = f'{SIGNED}<p itemprop="text">{TEXT}</p>'
    below = f'<ul><li itemprop="comment" itemscope itemtype="http://schema.org/Comment">{said}</li></ul>'
    post = only(item(f'<meta itemprop="headline" content="Klingel stumm">{below}', "DiscussionForumPosting"))
    assert (post.text, post.parent_external_id) == (TEXT, "")


def test_a_comment_without_a_type_under_a_post_is_one() -> None:
    thread = {
        "@type": "DiscussionForumPosting",
        "text": ANSWER,
        "author": "Jo",
        "comment": {"text": TEXT, "author": "Anna"},
    }
    posts = read(f'<script type="application/ld+json">{json.dumps(thread)}</script>').posts
    assert [post.author_name for post in posts] == ["Jo", "Anna"]


DRUPAL = (
    '<article typeof="schema:Comment"><span rel="schema:author">'
    '<span typeof="schema:Person" property="schema:name">Anna B.</span></span>'
    '<span property="schema:dateCreated" content="2026-03-01T09:15:00+00:00"></span>'
    f'<div property="schema:text"><p>{TEXT}</p></div></article>'
)
OLD_DRUPAL = (
    '<div typeof="sioc:Post sioct:Comment"><span rel="sioc:has_creator">'
    '<span typeof="sioc:UserAccount" property="foaf:name">Anna B.</span></span>'
    '<span property="dc:date dc:created" content="2026-03-01T09:15:00+00:00">1.3.</span>'
    f'<div property="content:encoded"><p>{TEXT}</p></div></div>'
)


@pytest.mark.parametrize("page", [DRUPAL, OLD_DRUPAL])
def test_comments_of_drupal_are_read_with_name_and_day(page: str) -> None:
    post = only(page)
    assert (post.text, post.author_name, f"{post.created_at:%d.%m.%Y}") == (TEXT, "Anna B.", "01.03.2026")


FORM = (
    '<input itemprop="author"><textarea itemprop="reviewBody"></textarea>'
    '<select itemprop="reviewRating"><option>5</option></select>'
)


@pytest.mark.parametrize(
    "page",
    [
        item(FORM),
        item('<span itemprop="author">{{ author }}</span><p itemprop="reviewBody">{{ review.body }}</p>'),
        item('<span itemprop="author">${name}</span><p itemprop="reviewBody">${text}</p>'),
    ],
    ids=["form", "pattern", "another pattern"],
)
def test_a_form_and_a_pattern_that_nobody_filled_in_are_no_review(page: str) -> None:
    assert read(page).posts == []


def test_an_unfilled_pattern_is_told() -> None:
    told = "; ".join(line.left for line in read(item(f'{SIGNED}<p itemprop="reviewBody">{{{{ body }}}}</p>')).report)
    assert "1 pattern that nobody filled in" in told


def goods(**fields: Any) -> PageRead:
    value = {"@type": "Product", "name": "Klingel"} | fields
    return read(f'<script type="application/ld+json">{json.dumps(value)}</script>')


MAKER = {"@type": "Organization", "name": "Klingel GmbH"}
OWN = {"@type": "Review", "author": MAKER, "reviewBody": TEXT, "reviewRating": {"@type": "Rating", "ratingValue": 5}}


@pytest.mark.parametrize("role", ["brand", "manufacturer", "provider", "seller", "author", "publisher"])
def test_who_makes_or_sells_goods_writes_no_reviews_of_them(role: str) -> None:
    assert goods(**{role: {"@type": "Brand", "name": "Klingel GmbH"}}, review=OWN).posts == []


def test_another_firm_may_review_goods() -> None:
    assert len(goods(brand={"@type": "Brand", "name": "Gong AG"}, review=OWN).posts) == 1


def test_a_recommendation_is_a_review() -> None:
    assert len(goods(review=OWN | {"@type": "Recommendation"}).posts) == 1


def test_the_writer_with_a_name_counts_where_a_picture_is_marked_as_one_too() -> None:
    picture = '<div itemprop="author" itemscope itemtype="http://schema.org/Person"><img src="a.png"></div>'
    for name in ('<span itemprop="author">Anna B.</span>', '<a itemprop="author" href="/anna">Anna B.</a>'):
        assert only(item(f'{picture}{name}<p itemprop="reviewBody">{TEXT}</p>')).author_name == "Anna B."
