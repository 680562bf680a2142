"""The texts of a feed are HTML of all ages; what a customer reads of it is what we keep."""

from __future__ import annotations

from html import escape

import pytest

from crawler.items import Post
from crawler.pages import feed

REPLY = (
    "<p>Als Antwort auf <a href={quote}https://blog.example/a/?p=1&#038;page=2#comment-3{quote}>Vera</a>.</p><p>Ja</p>"
)


def only_post(text: str) -> Post:
    """The post of a feed with one entry of this HTML."""
    item = f"<item><guid>https://blog.example/#comment-4</guid><description>{escape(text)}</description></item>"
    read = feed.read(
        f'<?xml version="1.0"?><rss version="2.0"><channel>{item}</channel></rss>'.encode(),
        "https://blog.example/feed/",
    )
    (post,) = read.posts
    return post


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("Danke<script>stehlen()</script> sehr<style>p { color: red }</style>", "Danke sehr"),
        ('<p onclick="stehlen()">Gut &amp; günstig</p>', "Gut & günstig"),
        ("Nie wieder <3 &#8222;Sessel&#8220;", "Nie wieder <3 „Sessel“"),
        ('<a href="/sessel">Der Sessel</a> wackelt', "Der Sessel wackelt"),
        ("<p>Aus Word<o:p></o:p></p>", "Aus Word"),
        ("<!--[if gte mso 9]><xml>unsichtbar</xml><![endif]-->Sichtbar", "Sichtbar"),
    ],
)
def test_a_text_is_what_is_seen_of_its_html(source: str, text: str) -> None:
    assert only_post(source).text == text


@pytest.mark.parametrize("quote", ['"', "'"])
def test_the_line_above_an_answer_names_its_parent_and_is_no_text(quote: str) -> None:
    post = only_post(REPLY.format(quote=quote))
    assert post.text == "Ja"
    assert post.parent_external_id.endswith("#comment-3")


def rated(*ratings: str) -> list[Post]:
    """The posts of a feed whose entries tell these ratings in a namespace of the portal."""
    items = "".join(
        f"<item><guid>{place}</guid><description>Pizza kalt</description><p:author>Jan</p:author>{rating}</item>"
        for place, rating in enumerate(ratings)
    )
    head = '<rss version="2.0" xmlns:p="https://portal.example/ns" xmlns:media="http://search.yahoo.com/mrss/">'
    return feed.read(f"{head}<channel>{items}</channel></rss>".encode(), "https://portal.example/feed").posts


def test_stars_and_author_in_elements_of_the_portal_are_read() -> None:
    (post,) = rated("<p:rating>2</p:rating>")
    assert (post.author_name, post.rating, post.rating_best) == ("Jan", 2.0, 5.0)


def test_ratings_on_a_scale_nobody_told_are_not_taken_for_stars() -> None:
    assert [post.rating for post in rated("<p:rating>4</p:rating>", "<p:rating>9</p:rating>")] == [None, None]


def test_what_a_feed_says_of_its_audience_is_no_rating() -> None:
    assert [post.rating for post in rated("<media:rating>nonadult</media:rating>", "")] == [None, None]


FILM = """<?xml version="1.0" encoding="UTF-8"?><feed xmlns:media="http://search.yahoo.com/mrss/"
 xmlns="http://www.w3.org/2005/Atom"><entry><id>film:1</id><title>Der Sessel</title>
<media:group><media:title>Der Sessel</media:title><media:content url="https://film.example/1">{picture}</media:content>
<media:description>Wir bauen einen Sessel.
Und dann noch einen.</media:description></media:group>{own}</entry></feed>"""
PICTURE = "<media:description>Ein Sessel von vorn</media:description>"


@pytest.mark.parametrize("picture", ["", PICTURE])
def test_the_description_of_a_film_is_the_text_where_there_is_no_other(picture: str) -> None:
    (post,) = feed.read(FILM.format(picture=picture, own="").encode(), "https://film.example/feed").posts
    assert (post.title, post.text) == ("Der Sessel", "Wir bauen einen Sessel.\nUnd dann noch einen.")


def test_the_text_of_an_entry_comes_before_the_description_of_its_film() -> None:
    own = "<content>Das ist der Text.</content>"
    (post,) = feed.read(FILM.format(picture=PICTURE, own=own).encode(), "https://film.example/feed").posts
    assert post.text == "Das ist der Text."


@pytest.mark.parametrize("name", ["p:author", "p:reviewer", "p:name", "p:reviewer_name", "p:nickname", "reviewer"])
def test_who_wrote_is_read_beside_the_stars(name: str) -> None:
    said = f"<description>Kalt</description><{name}>Jan</{name}><p:rating>2</p:rating>"
    item = f"<item><guid>1</guid>{said}</item>"
    body = f'<rss version="2.0" xmlns:p="https://portal.example/ns"><channel>{item}</channel></rss>'
    (post,) = feed.read(body.encode(), "https://portal.example/feed").posts
    assert (post.author_name, post.rating) == ("Jan", 2.0)


def test_a_name_without_stars_may_be_that_of_anything() -> None:
    item = "<item><guid>1</guid><description>Kalt</description><p:name>Pizza</p:name></item>"
    body = f'<rss version="2.0" xmlns:p="https://portal.example/ns"><channel>{item}</channel></rss>'
    assert [post.author_name for post in feed.read(body.encode(), "https://portal.example/feed").posts] == [""]


def test_goods_on_offer_are_no_posts() -> None:
    item = "<item><title>Sessel</title><description>Bequem.</description><g:price>90 EUR</g:price></item>"
    body = f'<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>{item}</channel></rss>'
    found = feed.read(body.encode(), "https://laden.example/feed")
    assert found.posts == []
    assert "1 offer of goods" in "; ".join(line.left for line in found.report)


def test_words_in_brackets_and_an_arrow_in_the_description_of_a_film_stay() -> None:
    film = FILM.format(picture="", own="").replace("Wir bauen", "-> Der &lt;Code&gt; gilt\nWir bauen")
    (post,) = feed.read(film.encode(), "https://film.example/feed").posts
    assert post.text.startswith("-> Der <Code> gilt\nWir bauen einen")


def test_a_description_of_a_film_may_stand_in_cdata() -> None:
    film = FILM.format(picture="", own="").replace("Wir bauen", "<![CDATA[Gut & günstig: ]]>Wir bauen")
    (post,) = feed.read(film.encode(), "https://film.example/feed").posts
    assert post.text.startswith("Gut & günstig")


def test_articles_of_the_site_are_no_posts_of_customers() -> None:
    item = (
        "<item><title>Unser Sommerfest</title><description>Es war schön.</description>"
        "<wfw:commentRss>https://blog.example/fest/feed/</wfw:commentRss></item>"
    )
    head = '<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel>'

    read = feed.read(f"{head}{item}{item}</channel></rss>".encode(), "https://blog.example/feed/")

    assert read.posts == []
    assert str(read.report[-1]) == "RSS feed: left: 2 articles of the site, not their comments"


def test_an_article_that_appeared_first_here_is_no_post_of_a_customer() -> None:
    item = (
        "<item><title>Sommerfest</title><description><![CDATA[<p>Schön war es.</p><p>Der Beitrag "
        '<a href="/fest">Sommerfest</a> erschien zuerst auf <a href="/">Gasthof</a>.</p>]]></description></item>'
    )
    read = feed.read(f'<rss version="2.0"><channel>{item}</channel></rss>'.encode(), "https://gasthof.example/feed/")
    assert read.posts == []
