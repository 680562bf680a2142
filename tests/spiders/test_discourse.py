"""Posts of a Discourse forum: what is new, edited, answered, hidden or gone, and how many requests that takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.pages.discourse import text_of, trace
from crawler.recognise import examine
from crawler.run import Crawler
from tests.spiders.conftest import QUICK, local
from tests.spiders.forum import Forum
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
PAGE = '<html><head><meta name="generator" content="Discourse 3.4.1 - https://github.com/discourse/discourse"></head>{}'


@pytest.fixture
def forum(site: Site) -> Forum:
    return Forum(site)


@pytest.fixture
def target(forum: Forum) -> Target:
    return local(f"{forum.site.url}/", "discourse", settings={"api": forum.site.url}, own_names=("@rosi",))


@pytest.fixture
def topic(target: Target) -> Target:
    return replace(target, settings={**target.settings, "topic": "1"})


@pytest.fixture
def category(target: Target) -> Target:
    return replace(target, settings={**target.settings, "list": "c/service/5"})


def test_the_newest_posts_of_a_forum(forum: Forum, target: Target, look: Look, shelf: Shelf) -> None:
    forum.write("Seit drei Wochen nichts.")
    forum.write("Bei mir auch.", "lena", reply_to=1)
    assert (look(target).new, look(target).requests) == (2, 1)
    first = shelf.posts["1"]
    assert (first.title, first.text, first.author_name) == (
        "Wo bleibt die Lieferung?",
        "Seit drei Wochen nichts.",
        "karl_m",
    )
    assert first.url == f"{forum.site.url}/t/lieferung/1/1"
    assert (shelf.posts["2"].parent_external_id, shelf.posts["2"].title) == ("1", "")


@pytest.mark.parametrize("place", ["target", "topic", "category"])
def test_an_unchanged_place_costs_one_request_and_no_row(
    forum: Forum, place: str, look: Look, request: pytest.FixtureRequest
) -> None:
    watched = request.getfixturevalue(place)
    for number in range(70):
        forum.write(f"Meinung {number}", topic=1 + number // 60)
    assert look(watched).new >= 40
    report = look(watched)
    assert (report.requests, report.rows_written) == (1, 0)


@pytest.mark.parametrize(("place", "requests"), [("target", 2), ("topic", 3)])
def test_older_posts_come_page_by_page(
    forum: Forum, place: str, requests: int, look: Look, request: pytest.FixtureRequest
) -> None:
    for number in range(60):
        forum.write(f"Meinung {number}")
    report = look(request.getfixturevalue(place))
    assert (report.new, report.requests) == (60, requests)


def test_an_edit_is_seen_with_its_time(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    number = forum.write("Kalt.")
    look(topic)
    forum.edit(number, "Kalt, zum zweiten Mal.")
    assert look(topic).changed == 1
    post = shelf.posts["1"]
    assert (post.text, str(post.updated_at)) == ("Kalt, zum zweiten Mal.", "2026-11-02 08:00:00+00:00")


def test_our_answer_hangs_under_what_it_answers(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    forum.write("Wann kommt mein Paket?")
    forum.write("Meines auch nicht da.", "lena")
    forum.write("Morgen.", "rosi", reply_to=2)
    forum.write("Und Ihres am Freitag.", "rosi")
    look(topic)
    assert sorted(shelf.posts) == ["1", "2"]
    assert [reply.text for reply in shelf.posts["2"].owner_replies] == ["Morgen."]
    assert [reply.text for reply in shelf.posts["1"].owner_replies] == ["Und Ihres am Freitag."]


def test_our_answer_to_an_old_post_fetches_that_post(forum: Forum, target: Target, look: Look, shelf: Shelf) -> None:
    for number in range(55):
        forum.write(f"Meinung {number}")
    look(replace(target, max_pages=1))
    forum.write("Danke!", "rosi", reply_to=1)
    report = look(replace(target, max_pages=1))
    assert [reply.text for reply in shelf.posts["1"].owner_replies] == ["Danke!"]
    assert report.requests == 4
    assert (shelf.posts["1"].title, "/t/1/1.json" in forum.site.paths) == ("Wo bleibt die Lieferung?", True)


def test_our_answer_to_a_post_that_is_gone_is_no_trouble(forum: Forum, target: Target, look: Look) -> None:
    forum.delete(forum.write("Kalt."))
    forum.write("Danke!", "rosi", reply_to=1)
    assert look(target).health == "ok"


def test_staff_is_ours_where_that_is_said(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    forum.staff = {"mod_anna"}
    forum.write("Kalt.")
    forum.write("Danke für den Hinweis.", "mod_anna", reply_to=1)
    look(topic)
    assert sorted(shelf.posts) == ["1", "2"]
    shelf.posts.clear()
    look(replace(topic, own_names=("@staff",), conditional=False))
    assert [len(post.owner_replies) for post in shelf.posts.values()] == [1]


def test_a_display_name_is_not_an_account(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    forum.write("Kalt.")
    forum.posts[forum.write("Stimmt nicht!", "boeser_bube")]["name"] = "rosi"
    look(topic)
    assert sorted(shelf.posts) == ["1", "2"]


@pytest.mark.parametrize(("way", "requests"), [("delete", 3), ("withdraw", 1)])
@pytest.mark.parametrize("place", ["target", "topic", "category"])
def test_a_post_is_deleted_on_the_forums_own_word(
    forum: Forum, place: str, way: str, requests: int, look: Look, shelf: Shelf, request: pytest.FixtureRequest
) -> None:
    watched = request.getfixturevalue(place)
    forum.write("Bleibt.")
    number = forum.write("Geht.")
    look(watched)
    getattr(forum, way)(number)
    report = look(watched, conditional=False)
    assert report.deleted == 1
    assert report.requests == requests + (place == "category")
    assert (shelf.posts["1"].deleted, shelf.posts["2"].deleted) == (False, True)


def test_a_post_hidden_after_complaints_keeps_its_text(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    forum.write("Bleibt.")
    number = forum.write("Ihr Halsabschneider!")
    look(topic)
    forum.hide(number)
    report = look(topic)
    assert (report.changed, report.deleted) == (0, 0)
    assert shelf.posts["2"].text == "Ihr Halsabschneider!"


def test_only_topics_with_news_are_read_again(forum: Forum, category: Target, look: Look, shelf: Shelf) -> None:
    for number in range(3):
        forum.write(f"Frage {number}", topic=number + 1)
    assert look(category).requests == 4
    forum.write("Noch etwas.", "lena", topic=2)
    report = look(category)
    assert (report.new, report.requests) == (1, 2)


def test_system_notices_are_no_posts(forum: Forum, topic: Target, look: Look, shelf: Shelf) -> None:
    forum.write("Echt.")
    forum.posts[forum.write("hat dieses Thema geschlossen")]["post_type"] = 3
    forum.posts[forum.write("Willkommen!", "system")]["user_id"] = -1
    look(topic)
    assert list(shelf.posts) == ["1"]


def test_a_closed_forum_is_read_with_a_key(forum: Forum, target: Target, look: Look) -> None:
    forum.write("Kalt.")
    forum.key = "abc123"
    refused = look(target)
    assert refused.health == "degraded"
    assert "credential of this source" not in refused.errors[0]
    allowed = look(replace(target, secret="wirtin:abc123"))
    assert (allowed.health, allowed.new) == ("ok", 1)
    assert forum.site.asked[-1].headers["api-username"] == "wirtin"


def test_a_key_that_is_refused_is_said_without_the_key(forum: Forum, target: Target, look: Look) -> None:
    forum.key = "abc123"
    report = look(replace(target, secret="wirtin:falsch"))
    assert "Check its rights" in report.errors[0]
    assert "falsch" not in str(report)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("{}", 429, {"Retry-After": "60"}), "less often"),
        (Answer("<html>", 500), "error 500"),
        (Answer("<html>Wartung</html>"), "not the JSON"),
        (Answer('{"posts": []}'), "no list of posts"),
        (Answer('{"latest_posts": []}'), "1 posts stood here"),
    ],
)
def test_trouble_is_told_and_deletes_nothing(
    forum: Forum, target: Target, look: Look, shelf: Shelf, answer: Answer, told: str
) -> None:
    forum.write("Kalt.")
    look(target)
    before = dict(shelf.cursor)
    forum.site["/posts.json"] = answer
    report = look(target)
    assert report.health == "degraded"
    assert told in report.errors[0]
    assert (shelf.cursor, shelf.posts["1"].deleted) == (before, False)


def test_a_category_that_answers_nonsense_is_told(forum: Forum, category: Target, look: Look) -> None:
    forum.site.pages["/c/service/5/l/latest.json?"] = Answer('{"topic_list": {}}')
    assert "no list of posts" in look(category).errors[0]


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ("https://forum.example/", {}),
        ("https://forum.example", {}),
        ("https://forum.example/latest", {}),
        ("https://laden.example/forum/latest?order=created", {"api": "https://laden.example/forum"}),
        ("https://forum.example/t/wo-bleibt-die-lieferung/123", {"topic": "123"}),
        ("https://forum.example/t/wo-bleibt-die-lieferung/123/7?u=karl", {"topic": "123"}),
        ("https://forum.example/t/123", {"topic": "123"}),
        (
            "https://laden.example/forum/t/lieferung/123",
            {"api": "https://laden.example/forum", "topic": "123"},
        ),
        ("https://forum.example/c/service/5", {"list": "c/service/5"}),
        ("https://forum.example/c/service/versand/7/l/latest", {"list": "c/service/versand/7"}),
        ("https://forum.example/tag/versand", {"list": "tag/versand"}),
        ("https://forum.example/tags/c/service/5/versand", {"list": "tags/c/service/5/versand"}),
    ],
)
def test_a_forums_addresses(address: str, settings: dict[str, str]) -> None:
    claim = trace(PAGE.format(""), address)
    assert claim is not None
    assert claim.settings == {"api": "https://forum.example"} | settings


@pytest.mark.parametrize(
    ("html", "address"),
    [
        ("<html><p>Discourse 3.4</p></html>", "https://forum.example/t/x/1"),
        ('<meta name="generator" content="WordPress 6.1">', "https://forum.example/t/x/1"),
        (PAGE.format(""), "https://forum.example/u/karl"),
    ],
)
def test_what_only_looks_like_a_forum_is_left(html: str, address: str) -> None:
    assert trace(html, address) is None


def test_a_forum_is_recognised_by_its_page(forum: Forum, site: Site, run: Callable[[Any], Any]) -> None:
    forum.write("Kalt.")
    posting = '<span itemprop="headline">Wo?</span><div itemprop="text">Kalt.</div>'
    site["/"] = PAGE.format(f'<p itemscope itemtype="http://schema.org/DiscussionForumPosting">{posting}</p></html>')
    found = run(examine(Crawler(QUICK), local(f"{site.url}/", "", max_pages=1)))
    assert (found.kind, found.settings) == ("discourse", {"api": site.url, "post_kind": "social"})
    assert [post.text for post in found.sample] == ["Kalt."]


@pytest.mark.parametrize(
    ("cooked", "text"),
    [
        ("<p>Kalt &amp; trocken.</p>\n<p>Schade.</p>", "Kalt & trocken.\n\nSchade."),
        (
            '<aside class="quote no-group" data-username="rosi"><div class="title">rosi:</div>'
            "<blockquote><p>Alles pünktlich</p></blockquote></aside>\n<p>Eben nicht.</p>",
            "Eben nicht.",
        ),
        ('<p>Danke <img src="/e.png" title=":slight_smile:" class="emoji" alt=":slight_smile:"> sehr</p>',
         "Danke :slight_smile: sehr"),
        (
            '<p>Seht:</p><div class="lightbox-wrapper"><a class="lightbox"><img src="/b.jpg">'
            '<div class="meta"><span class="filename">b.jpg</span></div></a></div>',
            "Seht:",
        ),
        ("<p>Menge < 5 und I &lt;3 Kuchen</p>", "Menge < 5 und I <3 Kuchen"),
    ],
)  # fmt: skip
def test_what_a_person_wrote_is_taken_from_what_is_shown(cooked: str, text: str) -> None:
    assert text_of(cooked) == text


def test_a_topic_that_is_not_given_out_waits_and_holds_up_nobody(
    forum: Forum, category: Target, look: Look, shelf: Shelf
) -> None:
    for number in range(3):
        forum.write(f"Frage {number}", topic=number + 1)
    given = forum.site.pages["/t/2/1000000.json"]
    forum.site["/t/2/1000000.json"] = Answer("{}", 403)
    assert (look(category).new, look(category).health) == (2, "degraded")
    forum.site["/t/2/1000000.json"] = given
    assert (look(category).new, look(category).requests) == (1, 1)


def test_a_topic_that_has_gone_is_no_trouble(forum: Forum, category: Target, look: Look) -> None:
    for number in range(3):
        forum.write(f"Frage {number}", topic=number + 1)
    del forum.site.pages["/t/2/1000000.json"]
    report = look(category)
    assert (report.new, report.health, report.errors) == (2, "ok", [])
    assert look(category).requests == 1


def test_more_topics_than_one_look_reads_wait_for_the_next_ones(forum: Forum, category: Target, look: Look) -> None:
    for number in range(70):
        forum.write(f"Frage {number}", topic=number + 1)
    assert [look(category).new for _ in range(5)] == [20, 20, 20, 10, 0]
    assert look(category).requests == 1


def test_a_topic_that_comes_up_while_others_wait_is_read_first(
    forum: Forum, category: Target, look: Look, shelf: Shelf
) -> None:
    for number in range(50):
        forum.write(f"Frage {number}", topic=number + 1)
    look(category)
    late = forum.write("Und noch etwas.", topic=1)
    look(category)
    assert str(late) in shelf.posts
