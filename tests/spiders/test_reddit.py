"""Posts and comments of Reddit: with an app by the interface, without one by the feeds."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from crawler.items import CrawlReport, Target
from crawler.kinds import claims
from tests.spiders.conftest import local
from tests.spiders.reddit_site import RedditSite
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
SECRET = json.dumps({"client_id": "app", "client_secret": "streng-geheim", "refresh_token": "r1"})


@pytest.fixture
def reddit(site: Site) -> RedditSite:
    return RedditSite(site)


@pytest.fixture
def target(reddit: RedditSite) -> Target:
    settings = {"api": reddit.site.url, "sub": "lieferung"}
    return local(
        "https://www.reddit.com/r/lieferung", "reddit", settings=settings, secret=SECRET, own_names=("u/rosi",)
    )


@pytest.fixture
def visitor(target: Target) -> Target:
    return replace(target, secret="")


def test_posts_and_comments_of_a_subreddit(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Wo bleibt die Lieferung?", "Seit **drei** Wochen & mehr.")
    comment = reddit.comment("Bei mir auch.", "lena", above=post)
    report = look(target)
    assert (report.new, report.requests, report.health) == (2, 3, "ok")
    assert (shelf.posts[post].title, shelf.posts[post].text) == (
        "Wo bleibt die Lieferung?",
        "Seit **drei** Wochen & mehr.",
    )
    found = shelf.posts[comment]
    assert (found.author_id, found.author_name, found.parent_external_id) == ("t2_lena", "lena", post)
    assert found.url == "https://www.reddit.com/r/lieferung/comments/p0/titel/c1/"
    assert all("raw_json=1" in path for path in reddit.site.paths if "token" not in path)


def test_no_change_writes_nothing(reddit: RedditSite, target: Target, look: Look) -> None:
    reddit.post("Kalt.")
    look(target)
    assert look(target).rows_written == 0


def test_older_ones_come_page_by_page(reddit: RedditSite, target: Target, look: Look) -> None:
    post = reddit.post("Kalt.")
    for number in range(230):
        reddit.comment(f"Meinung {number}", above=post)
    assert look(target).new == 231


def test_news_that_fill_the_last_page_of_a_look_to_its_end_are_no_trouble(
    reddit: RedditSite, target: Target, look: Look
) -> None:
    post = reddit.post("Kalt.")
    look(target)
    for number in range(100):
        reddit.comment(f"Meinung {number}", above=post)
    report = look(target, max_pages=1)
    assert (report.new, report.health) == (100, "ok")


def test_a_long_history_comes_in_over_several_looks(reddit: RedditSite, target: Target, look: Look) -> None:
    post = reddit.post("Kalt.")
    for number in range(230):
        reddit.comment(f"Meinung {number}", above=post)
    reports = [look(target, max_pages=1) for _ in range(3)]
    assert ([report.new for report in reports], {report.health for report in reports}) == ([101, 100, 30], {"ok"})


def test_an_edit_is_seen_with_its_time(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    comment = reddit.comment("Auch.", above=reddit.post("Kalt."))
    look(target)
    reddit.edit(comment, "Auch, gestern wieder.")
    assert look(target).changed == 1
    assert shelf.posts[comment].updated_at is not None


def test_our_answers_hang_under_what_they_answer(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Kalt.")
    question = reddit.comment("Warum?", "lena", above=post)
    reddit.comment("Die Maschine war kaputt.", "Rosi", above=question)
    reddit.comment("Das tut mir leid.", "rosi", above=post)
    look(target)
    replies = {name: [reply.text for reply in found.owner_replies] for name, found in shelf.posts.items()}
    assert replies == {post: ["Das tut mir leid."], question: ["Die Maschine war kaputt."]}


def test_our_answer_to_an_old_comment_fetches_that_comment(
    reddit: RedditSite, target: Target, look: Look, shelf: Shelf
) -> None:
    old = reddit.comment("Warum?", "lena", above=reddit.post("Kalt."))
    for number in range(101):
        reddit.comment(f"Meinung {number}", above="t3_p0")
    once = replace(target, max_pages=1)
    look(once)
    reddit.comment("Die Maschine war kaputt.", "rosi", above=old)
    look(once)
    assert [reply.text for reply in shelf.posts[old].owner_replies] == ["Die Maschine war kaputt."]


@pytest.mark.parametrize("what", ["post", "comment"])
def test_what_is_gone_is_deleted_on_reddits_own_word(
    reddit: RedditSite, target: Target, look: Look, shelf: Shelf, what: str
) -> None:
    post = reddit.post("Kalt.", "Sehr.")
    comment = reddit.comment("Auch.", above=post)
    reddit.post("Bleibt.")
    look(target)
    gone = post if what == "post" else comment
    reddit.delete(gone)
    assert look(target).deleted == 1
    assert [name for name, found in shelf.posts.items() if found.deleted] == [gone]


def test_a_post_whose_author_left_is_still_there(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Kalt.", "Sehr kalt.")
    reddit.things[post] |= {"author": "[deleted]", "author_fullname": ""}
    look(target)
    assert (shelf.posts[post].text, shelf.posts[post].author_name, shelf.posts[post].deleted) == (
        "Sehr kalt.",
        "",
        False,
    )


def test_a_thread_is_read_down_its_tree(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Kalt.")
    answer = reddit.comment("Warum?", "lena", above=post)
    deep = reddit.comment("Keine Ahnung.", above=answer)
    reddit.comment("Bitte die Regeln lesen.", "AutoModerator", above=post)
    look(replace(target, settings={"api": reddit.site.url, "post": "p0"}))
    assert sorted(shelf.posts) == sorted([post, answer, deep])
    assert shelf.posts[deep].parent_external_id == answer


@pytest.fixture
def thread(target: Target, reddit: RedditSite) -> Target:
    return replace(target, settings={"api": reddit.site.url, "post": "p0"})


def test_comments_that_a_thread_only_names_are_asked_for(
    reddit: RedditSite, thread: Target, look: Look, shelf: Shelf
) -> None:
    post = reddit.post("Kalt.")
    reddit.shown = 2
    comments = [reddit.comment(f"Meinung {number}", above=post) for number in range(250)]
    below = reddit.comment("Warum?", "lena", above=comments[0])
    look(thread)
    look(thread)
    assert sorted(shelf.posts) == sorted([post, *comments, below])
    assert shelf.posts[below].parent_external_id == comments[0]


def test_a_branch_too_deep_to_be_shown_is_read_as_a_thread_of_its_own(
    reddit: RedditSite, thread: Target, look: Look, shelf: Shelf
) -> None:
    post = reddit.post("Kalt.")
    reddit.deepest = 2
    above = [post]
    for number in range(4):
        above.append(reddit.comment(f"Meinung {number}", above=above[-1]))
    reddit.branch(above[2])
    look(thread)
    assert sorted(shelf.posts) == sorted(above)


def test_a_long_thread_that_did_not_change_costs_one_request_beside_the_login(
    reddit: RedditSite, thread: Target, look: Look
) -> None:
    post = reddit.post("Kalt.")
    reddit.shown = 2
    for number in range(150):
        reddit.comment(f"Meinung {number}", above=post)
    look(thread)
    report = look(thread)
    assert (report.requests, report.rows_written) == (2, 0)


def test_an_answer_of_ours_far_down_a_thread_belongs_to_what_it_answers(
    reddit: RedditSite, thread: Target, look: Look, shelf: Shelf
) -> None:
    post = reddit.post("Kalt.")
    reddit.shown = 1
    question = reddit.comment("Warum?", "lena", above=post)
    reddit.comment("Die Maschine war kaputt.", "rosi", above=question)
    reddit.comment("Auch.", above=question)
    for _ in range(3):
        look(thread)
    assert [reply.text for reply in shelf.posts[question].owner_replies] == ["Die Maschine war kaputt."]


def test_a_customer_is_not_said_to_be_unanswered_while_answers_are_hidden(
    reddit: RedditSite, thread: Target, look: Look, shelf: Shelf
) -> None:
    post = reddit.post("Kalt.")
    reddit.shown = 1
    for number in range(2):
        reddit.comment(f"Meinung {number}", above=post)
    look(thread)
    assert shelf.posts[post].answers_unknown


@pytest.mark.parametrize(
    ("settings", "path"),
    [
        ({"query": "laden+wien"}, "/search?q=laden+wien&sort=new"),
        ({"query": "caf%C3%A9", "sub": "lieferung"}, "/r/lieferung/search?q=caf%C3%A9&sort=new&restrict_sr=1"),
        ({"mentions": "mentions"}, "/message/mentions?limit=100"),
    ],
)
def test_a_search_and_mentions(
    reddit: RedditSite, target: Target, look: Look, settings: dict[str, str], path: str
) -> None:
    reddit.comment("Hallo u/rosi, wo bleibt mein Paket?", above=reddit.post("Kalt."))
    report = look(replace(target, settings={"api": reddit.site.url} | settings))
    assert (report.new, report.health) == (1, "ok")
    assert reddit.site.paths[-1].startswith(path)


def test_a_token_that_ended_is_bought_anew(reddit: RedditSite, target: Target, look: Look) -> None:
    reddit.post("Kalt.")
    look(target)
    reddit.token = "t2"
    assert look(target).health == "ok"


@pytest.mark.parametrize("secret", ["kein JSON", "[]", '{"client_id": "app"}', SECRET.replace("streng", "falsch")])
def test_a_credential_that_is_wrong_is_said_without_it(
    reddit: RedditSite, target: Target, look: Look, secret: str
) -> None:
    report = look(replace(target, secret=secret))
    assert "credential of this source" in report.errors[0]
    assert report.health == "degraded"
    assert "geheim" not in str(report)


def test_a_visitor_reads_the_feeds(reddit: RedditSite, visitor: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Wo bleibt die Lieferung?", "Seit drei Wochen nichts.")
    link = reddit.post("Ein Bild")
    comment = reddit.comment("Bei mir auch.", "lena", above=post)
    reddit.comment("Morgen!", "rosi", above=comment)
    report = look(visitor)
    assert (report.new, report.requests, report.health) == (3, 2, "ok")
    assert (shelf.posts[post].text, shelf.posts[link].text) == ("Seit drei Wochen nichts.", "")
    found = shelf.posts[comment]
    assert (found.text, found.title, found.author_name, found.parent_external_id) == ("Bei mir auch.", "", "lena", post)
    assert (look(visitor).requests, look(visitor).rows_written) == (2, 0)


def test_what_left_the_feed_is_not_deleted(reddit: RedditSite, visitor: Target, look: Look, shelf: Shelf) -> None:
    post = reddit.post("Kalt.")
    reddit.post("Bleibt.")
    look(visitor)
    reddit.delete(post)
    assert look(visitor).deleted == 0
    assert not shelf.posts[post].deleted


def test_a_visitor_obeys_robots_txt(reddit: RedditSite, visitor: Target, target: Target, look: Look) -> None:
    reddit.post("Kalt.")
    reddit.site["/robots.txt"] = "User-agent: *\nDisallow: /\n"
    assert "robots.txt forbids it" in look(visitor).errors[0]
    assert look(target).health == "ok"


def test_mentions_need_the_account(reddit: RedditSite, visitor: Target, look: Look) -> None:
    report = look(replace(visitor, settings={"api": reddit.site.url, "mentions": "mentions"}))
    assert "the account alone" in report.errors[0]
    assert report.requests == 0


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("{}", 429, {"Retry-After": "300"}), "less often"),
        (Answer("", 500), "error 500"),
        (Answer('{"reason": "private", "error": 403}', 403), "Check its rights"),
        (Answer("<html>"), "not the JSON"),
        (Answer('{"kind": "t2", "data": {}}'), "no list of posts"),
    ],
)
def test_trouble_is_told_and_deletes_nothing(
    reddit: RedditSite, target: Target, look: Look, shelf: Shelf, answer: Answer, told: str
) -> None:
    reddit.post("Kalt.")
    look(target)
    reddit.site.pages["/r/lieferung/new?"] = answer
    report = look(target)
    assert report.health == "degraded"
    assert told in report.errors[0]
    assert not any(post.deleted for post in shelf.posts.values())


def test_an_empty_page_is_told(reddit: RedditSite, target: Target, look: Look, shelf: Shelf) -> None:
    reddit.post("Kalt.")
    look(target)
    empty = {"kind": "Listing", "data": {"after": None, "dist": 0, "children": [], "before": None}}
    reddit.site.pages["/r/lieferung/new?"] = Answer(json.dumps(empty))
    assert "1 posts stood here" in look(target).errors[0]


SUB, THREAD = {"sub": "lieferung"}, {"post": "abc12"}


@pytest.mark.parametrize(
    ("pasted", "settings"),
    [
        ("r/lieferung", SUB), ("/r/lieferung/", SUB), (" r/lieferung ", SUB), ("reddit.com/r/lieferung", SUB),
        ("https://www.reddit.com/r/lieferung/", SUB), ("https://old.reddit.com/r/lieferung/new/?count=25", SUB),
        ("https://de.reddit.com/r/lieferung/top/?t=week", SUB), ("https://www.reddit.com/r/lieferung/comments/", SUB),
        ("https://www.reddit.com/r/lieferung.rss", SUB), ("https://www.reddit.com/r/lieferung/new/.rss", SUB),
        ("https://www.reddit.com/r/lieferung/comments/abc12/wo_bleibt_sie/", THREAD),
        ("https://www.reddit.com/r/lieferung/comments/abc12/comment/def34/?context=3", THREAD),
        ("https://www.reddit.com/comments/abc12", THREAD), ("https://redd.it/abc12", THREAD),
        ("https://www.reddit.com/user/karl/comments/abc12/x/", THREAD),
        ("https://www.reddit.com/search?q=laden+wien", {"query": "laden+wien"}),
        ("https://www.reddit.com/search/?q=laden&type=link&sort=new", {"query": "laden"}),
        ("https://www.reddit.com/search.rss?sort=new&q=laden", {"query": "laden"}),
        ("https://www.reddit.com/r/lieferung/search/?q=laden&restrict_sr=1", {"query": "laden"} | SUB),
        ("https://www.reddit.com/message/mentions/", {"mentions": "mentions"}),
    ],
)  # fmt: skip
def test_what_people_paste(pasted: str, settings: dict[str, str]) -> None:
    [claim] = claims(pasted)
    assert (claim.kind, claim.settings) == ("reddit", settings | {"post_kind": "social"})
    assert claim.address.startswith("https://www.reddit.com/")


@pytest.mark.parametrize(
    "pasted",
    [
        "https://reddit.com.laden.example/r/lieferung", "https://notreddit.com/r/lieferung", "https://www.reddit.com/",
        "r/", "r/ab cd", "https://www.reddit.com/search", "https://laden.example/?x=reddit.com/r/lieferung",
        "https://www.reddit.com/user/karl", "karl/r/lieferung",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_left(pasted: str) -> None:
    assert claims(pasted) == []
