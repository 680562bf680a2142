"""WordPress comments: what is new, edited, answered or gone, and how many requests that takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from tests.spiders.blog import Blog
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]


@pytest.fixture
def blog(site: Site) -> Blog:
    return Blog(site)


@pytest.fixture
def target(blog: Blog) -> Target:
    return local(f"{blog.site.url}/", "wordpress", settings={"api": blog.api, "own_ids": [1]})


def test_a_visitors_comment_becomes_a_post(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    blog.write("Der Kaffee war kalt &amp; der Kuchen trocken.<br />\nSchade.")
    report = look(target)
    assert (report.new, report.requests, report.health) == (1, 1, "ok")
    [post] = shelf.posts.values()
    assert (post.external_id, post.author_name) == ("1", "Karl")
    assert post.text == "Der Kaffee war kalt & der Kuchen trocken.\nSchade."
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-11-01T08:01:00+00:00"


def test_an_unchanged_site_costs_one_request_and_no_row(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    for number in range(50):
        blog.write(f"Meinung {number}")
    look(target)
    report = look(target)
    assert (report.requests, report.rows_written, len(shelf.pages)) == (1, 0, 1)


def test_an_edit_is_found_although_wordpress_gives_no_sign(
    blog: Blog, target: Target, look: Look, shelf: Shelf
) -> None:
    number = blog.write("Kalt.")
    look(target)
    blog.edit(number, "Kalt, und das zum zweiten Mal.")
    report = look(target)
    assert (report.new, report.changed) == (0, 1)
    assert shelf.posts["1"].text == "Kalt, und das zum zweiten Mal."


def test_our_answer_stands_under_the_comment_it_replies_to(
    blog: Blog, target: Target, look: Look, shelf: Shelf
) -> None:
    question = blog.write("Habt ihr am 26. offen?")
    blog.write("Ja, von 9 bis 14 Uhr.", "Rosi", user=1, parent=question)
    look(target)
    assert list(shelf.posts) == ["1"]
    assert [reply.text for reply in shelf.posts["1"].owner_replies] == ["Ja, von 9 bis 14 Uhr."]


def test_an_answer_under_an_answer_goes_to_the_customer_above(
    blog: Blog, target: Target, look: Look, shelf: Shelf
) -> None:
    complaint = blog.write("Kalt.")
    answer = blog.write("Das tut mir leid.", "Rosi", user=1, parent=complaint)
    blog.write("Die Maschine läuft wieder.", "Rosi", user=1, parent=answer)
    look(target)
    assert [reply.external_id for reply in shelf.posts["1"].owner_replies] == ["3", "2"]


def test_a_customers_reply_to_our_answer_is_a_post(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    answer = blog.write("Das tut mir leid.", "Rosi", user=1, parent=blog.write("Kalt."))
    blog.write("Heute wieder kalt.", parent=answer)
    look(target)
    assert shelf.posts["3"].parent_external_id == str(answer)


def test_the_business_is_known_by_name_too(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    blog.write("Danke!", "Café Morgenrot", user=2, parent=blog.write("Schön hier."))
    named = local(target.address, "wordpress", settings={"api": blog.api}, own_names=("café morgenrot",))
    look(named)
    assert [len(post.owner_replies) for post in shelf.posts.values()] == [1]


def test_a_visitor_who_calls_himself_like_the_business_is_a_customer(
    blog: Blog, target: Target, look: Look, shelf: Shelf
) -> None:
    blog.write("Alles gelogen!", "Café Morgenrot", parent=blog.write("Schön hier."))
    look(local(target.address, "wordpress", settings={"api": blog.api}, own_names=("café morgenrot",)))
    assert sorted(shelf.posts) == ["1", "2"]


def test_pingbacks_are_no_posts(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    blog.write("[…] verlinkt […]", kind="pingback")
    blog.write("Echt.")
    look(target)
    assert list(shelf.posts) == ["2"]


def test_personal_data_beside_the_text_are_not_asked_for(blog: Blog, target: Target, look: Look) -> None:
    blog.write("Kalt.")
    look(target)
    assert "_fields=" in blog.site.paths[0]
    assert not {"author_email", "author_ip", "author_avatar_urls", "meta"} & set(blog.site.paths[0].split(","))


@pytest.mark.parametrize("way", ["remove", "trash"])
def test_a_comment_that_is_gone_is_deleted_on_the_sites_own_word(
    blog: Blog, target: Target, look: Look, shelf: Shelf, way: str
) -> None:
    blog.write("Bleibt.")
    number = blog.write("Geht.")
    look(target)
    getattr(blog, way)(number)
    report = look(target)
    assert (report.deleted, report.requests) == (1, 3)  # the second comment asked for is the witness
    assert shelf.posts[str(number)].deleted
    assert not shelf.posts["1"].deleted
    assert look(target).requests == 1


def test_a_comment_that_only_left_the_list_is_not_deleted(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    for number in range(100):
        blog.write(f"Meinung {number}")
    look(target)
    blog.write("Die hunderterste.")
    report = look(target)
    assert (report.deleted, report.new) == (0, 1)
    assert not any(post.deleted for post in shelf.posts.values())


def test_an_error_page_is_no_evidence_of_deletion(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    number = blog.write("Bleibt.")
    look(target)
    blog.remove(number)
    blog.site[f"/wp-json/wp/v2/comments/{number}?"] = Answer("<html>404</html>", 404)
    assert look(target).deleted == 0
    assert not shelf.posts[str(number)].deleted


def test_old_comments_come_in_page_by_page(blog: Blog, target: Target, look: Look, shelf: Shelf) -> None:
    for number in range(250):
        blog.write(f"Meinung {number}")
    report = look(target)
    assert (report.new, report.requests) == (250, 3)
    assert look(target).requests == 1


def test_many_new_comments_are_followed_until_a_known_one(blog: Blog, target: Target, look: Look) -> None:
    for number in range(150):
        blog.write(f"Meinung {number}")
    look(target)
    for number in range(130):
        blog.write(f"Neue Meinung {number}")
    assert look(target).new == 130


def test_our_answer_to_an_old_comment_fetches_that_comment(
    blog: Blog, target: Target, look: Look, shelf: Shelf
) -> None:
    old = blog.write("Uralt.")
    for number in range(120):
        blog.write(f"Meinung {number}")
    look(target)
    blog.write("Späte Antwort.", "Rosi", user=1, parent=old)
    look(target)
    assert [reply.text for reply in shelf.posts[str(old)].owner_replies] == ["Späte Antwort."]
    assert look(target).requests == 1


def test_without_known_address_the_api_is_found_from_the_site(blog: Blog, look: Look) -> None:
    blog.write("Kalt.")
    report = look(local(f"{blog.site.url}/", "wordpress"))
    assert (report.new, report.requests) == (1, 2)


def test_the_comments_of_one_post_only(blog: Blog, look: Look) -> None:
    blog.write("Kalt.")
    look(local(f"{blog.site.url}/stimmen/", "wordpress", settings={"api": blog.api, "post": 4}))
    assert "&post=4" in blog.site.paths[0]


def test_an_api_at_a_plain_address_is_asked_rightly(site: Site, look: Look) -> None:
    api = f"{site.url}/?rest_route=/"
    look(local(f"{site.url}/", "wordpress", settings={"api": api}))
    assert site.paths[0].startswith("/?rest_route=/wp/v2/comments&")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("<html>Wartung</html>"), "not the JSON"),
        (Answer('{"code":"rest_disabled"}'), "something else than comments"),
        (Answer('{"code":"rest_cannot_read"}', 401), "login"),
        (Answer("[" * 200_000), "nested"),
    ],
)
def test_a_closed_or_broken_api_is_named(blog: Blog, target: Target, look: Look, answer: Any, words: str) -> None:
    blog.site["/wp-json/wp/v2/comments?"] = answer
    report = look(target)
    assert (report.health, report.seen) == ("degraded", 0)
    assert words in report.errors[0]


def test_a_site_without_wordpress_is_named(site: Site, look: Look) -> None:
    site["/"] = "<html></html>"
    assert "WordPress" in look(local(f"{site.url}/", "wordpress")).errors[0]
