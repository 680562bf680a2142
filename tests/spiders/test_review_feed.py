"""The feed of reviews that a shop gives to Google."""

from __future__ import annotations

from crawler.items import Post
from crawler.pages import feed

REVIEW = """<review><review_id>{number}</review_id><reviewer><name is_anonymous="false">Anna &amp; Ben</name>
<reviewer_id>77</reviewer_id></reviewer><review_timestamp>2026-03-01T13:05:40+02:00</review_timestamp>
<title>Sehr laut</title>{said}<review_url type="group">https://laden.example/r/{number}</review_url>
<ratings><overall min="1" max="5">{stars}</overall></ratings>
<products><product><product_name>Klingel</product_name></product></products></review>"""
CONTENT = "<content>Läutet &lt;sehr&gt; laut.\nAuch hinten.</content>"


def posts(*reviews: str) -> list[Post]:
    head = '<?xml version="1.0" encoding="UTF-8"?><feed xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning">'
    body = f"{head}<version>2.3</version><reviews>{''.join(reviews)}</reviews></feed>".encode()
    assert feed.is_feed(body)
    return feed.read(body, "https://laden.example/reviews.xml").posts


def test_every_review_is_read_in_full() -> None:
    first, second = posts(*(REVIEW.format(number=number, said=CONTENT, stars=number) for number in (3, 4)))
    assert (first.external_id, first.url, first.author_id) == ("3", "https://laden.example/r/3", "77")
    assert (first.text, first.title) == ("Läutet <sehr> laut.\nAuch hinten.", "Sehr laut")
    assert (first.author_name, first.rating, first.rating_best, second.rating) == ("Anna & Ben", 3.0, 5.0, 4.0)
    assert f"{first.created_at:%d.%m.%Y %H:%M}" == "01.03.2026 11:05"


def test_what_somebody_liked_and_disliked_is_the_text_where_there_is_no_other() -> None:
    (post,) = posts(REVIEW.format(number=3, stars=4, said="<pros><pro>laut</pro></pros><cons><con>teuer</con></cons>"))
    assert post.text == "+ laut\n- teuer"


def test_a_review_without_stars_or_day_is_read() -> None:
    (post,) = posts("<review><review_id>9</review_id><content>Laut.</content></review>")
    assert (post.text, post.rating, post.created_at) == ("Laut.", None, None)


def test_a_feed_that_breaks_off_gives_what_came_before() -> None:
    body = f"<feed><reviews>{REVIEW.format(number=3, said=CONTENT, stars=5)}<review><review_id>4"
    assert [post.external_id for post in feed.read(body.encode(), "https://laden.example/r").posts][:1] == ["3"]
