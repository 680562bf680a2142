"""What posts show without a property that says so: the day, the words, and the marks of review services."""

from __future__ import annotations

import pytest

from tests.spiders.test_page_shapes import ANSWER, SIGNED, TEXT, item, only, read

SAID = f'<p itemprop="text">{TEXT}</p>'
WITH_NAME = '<p itemprop="creator" itemscope itemtype="http://schema.org/Person"><b itemprop="name">Jo</b>{}</p>'


@pytest.mark.parametrize("place", ["{name}{time}", "{inside}"])
def test_the_only_time_of_a_post_is_its_day_though_nothing_says_so(place: str) -> None:
    time = '<time datetime="2026-03-01">1.3.</time>'
    head = place.format(name=SIGNED, time=time, inside=WITH_NAME.format(time))
    post = only(item(head + SAID, "Comment"))
    assert f"{post.created_at:%d.%m.%Y}" == "01.03.2026"


def test_of_two_times_none_is_taken() -> None:
    times = '<time datetime="2026-03-01">bestellt</time><time datetime="2026-03-09">geliefert</time>'
    assert only(item(f'{SIGNED}{times}<p itemprop="reviewBody">{TEXT}</p>')).created_at is None


def test_the_time_of_an_answer_is_not_that_of_the_post() -> None:
    below = '<div itemprop="comment" itemscope itemtype="http://schema.org/Comment">{}</div>'
    answer = below.format(f'<time datetime="2026-03-09"></time>{SIGNED}<p itemprop="text">Ja.</p>')
    first, second = read(item(SIGNED + SAID + answer, "Comment")).posts
    assert (first.created_at, f"{second.created_at:%d.%m.%Y}") == (None, "09.03.2026")


def spoken(text: str, name: str) -> str:
    footer = (
        f'<footer><p>Von: <span itemprop="author">{name}</span></p><a class="comment-reply-link">Antworten</a></footer>'
    )
    return item(f"{footer}<p>Geschrieben von:</p><p>{text}</p>", "UserComments")


def test_what_stands_unmarked_in_a_comment_is_what_was_said() -> None:
    posts = read(spoken(TEXT, "Anna") + spoken("Danke dir!", "Jo")).posts
    assert [(post.text, post.author_name) for post in posts] == [(TEXT, "Anna"), ("Danke dir!", "Jo")]


def rated(text: str, name: str) -> str:
    stars = '<span itemprop="reviewRating" itemscope><meta itemprop="ratingValue" content="4"></span>'
    shown = f"<div>Qualität 4/5</div><div>{text}</div><div>Fanden 3 von 9 Kunden diese Bewertung hilfreich?</div>"
    return item(f'<span itemprop="author">{name}</span>{stars}{shown}')


def test_sentences_that_only_one_review_has_are_its_words() -> None:
    assert [post.text for post in read(rated(TEXT, "Anna") + rated(ANSWER, "Jo")).posts] == [TEXT, ANSWER]


def test_labels_and_short_notes_beside_stars_are_no_words() -> None:
    posts = read(rated("Gekauft in Rot", "Anna") + rated("Gekauft in Blau", "Jo")).posts
    assert [(post.text, post.rating) for post in posts] == [("", 4.0), ("", 4.0)]


def test_a_single_review_without_marked_words_has_none() -> None:
    assert [post.text for post in read(rated(TEXT, "Anna")).posts] == [""]


JUDGED = (
    "<div class='jdgm-rev'><span class='jdgm-rev__rating' data-score='4' aria-label='4 star review'></span>"
    "<span class='jdgm-rev__timestamp' data-content='2026-03-01 10:00:00 UTC'></span>"
    "<span class='jdgm-rev__author'>Anna B.</span><b class='jdgm-rev__title'>Laut</b>"
    f"<div class='jdgm-rev__body'><p>{TEXT}</p></div></div>"
)
SPR = (
    '<div class="spr-review"><span class="spr-review-header-starratings" aria-label="4 of 5 stars"></span>'
    '<h3 class="spr-review-header-title">Laut</h3><span class="spr-review-header-byline"><strong>Anna B.</strong> on '
    f'<strong>Mar 01, 2026</strong></span><p class="spr-review-content-body">{TEXT}</p></div>'
)
STAMPED = (
    '<div class="stamped-review"><div class="created">March 1, 2026</div><strong class="author">Anna B.</strong>'
    '<span class="stamped-starratings" data-rating="4"></span><h3 class="stamped-review-header-title">Laut</h3>'
    f'<p class="stamped-review-content-body">{TEXT}</p></div>'
)
YOTPO = (
    '<div class="yotpo-review"><span class="yotpo-user-name">Anna B.</span>'
    '<span class="yotpo-review-date">01.03.2026</span>'
    '<span class="yotpo-review-stars"><span class="sr-only">4.0 star rating</span></span>'
    f'<div class="content-title">Laut</div><div class="content-review">{TEXT}</div></div>'
)


@pytest.mark.parametrize("page", [JUDGED, SPR, STAMPED, YOTPO], ids=["judge.me", "spr", "stamped", "yotpo"])
def test_the_class_names_of_review_services_are_read(page: str) -> None:
    post = only(page)
    assert (post.text, post.title, post.author_name, post.rating) == (TEXT, "Laut", "Anna B.", 4.0)
    assert f"{post.created_at:%d.%m.%Y}" == "01.03.2026"


def test_the_id_that_a_service_gives_a_review_is_its_own() -> None:
    assert only(JUDGED.replace("class='jdgm-rev'", "class='jdgm-rev' data-review-id='a7'")).external_id == "a7"


def test_a_service_may_write_name_and_day_in_one_line() -> None:
    line = '<span class="spr-review-header-byline"><span>Anna B.</span> - 13.03.2026</span>'
    post = only(f'<div class="spr-review">{line}<p class="spr-review-content-body">{TEXT}</p></div>')
    assert (post.author_name, f"{post.created_at:%d.%m.%Y}") == ("Anna B.", "13.03.2026")


def test_the_innermost_mark_of_a_writer_holds_the_name() -> None:
    who = '<div class="author"><b class="reviewer">Angestellte</b> in <i>Ulm</i></div>'
    assert only(f'<div class="hreview">{who}<p class="description">{TEXT}</p></div>').author_name == "Angestellte"


def test_the_answer_of_a_shop_under_a_review_of_a_service_is_its_answer() -> None:
    answer = '<div class="spr-review-reply"><p class="spr-review-reply-body">Danke!</p></div>'
    (reply,) = only(SPR.replace("</p></div>", f"</p>{answer}</div>")).owner_replies
    assert reply.text == "Danke!"


def test_the_frame_of_a_review_service_without_reviews_holds_none() -> None:
    frame = '<div class="jdgm-widget jdgm-review-widget" data-average-rating="4.7"><b>12 Bewertungen</b></div>'
    assert read(frame + '<div class="yotpo yotpo-main-widget"></div>').posts == []
