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
