"""Posts and comments of a Lemmy instance, in both versions of its interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.kinds import KINDS, claims
from crawler.pages.lemmy import trace
from crawler.recognise import examine
from crawler.run import Crawler
from tests.spiders.conftest import QUICK, local
from tests.spiders.instance import Instance
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
PAGE = "<html><head><script>window.isoData = {}</script></head><body></body></html>"


@pytest.fixture(params=["v3", "v4"])
def instance(site: Site, request: pytest.FixtureRequest) -> Instance:
    return Instance(site, request.param)


@pytest.fixture
def target(instance: Instance) -> Target:
    settings = {"community": "lieferung"}
    return local(f"{instance.site.url}/c/lieferung", "lemmy", settings=settings, own_names=("@rosi@laden.example",))


def test_posts_and_comments_of_a_community(instance: Instance, target: Target, look: Look, shelf: Shelf) -> None:
    number = instance.post("Wo bleibt die Lieferung?", "Seit **drei** Wochen nichts.")
    instance.comment("Bei mir auch.", "lena@anderswo.example", home="anderswo.example")
    assert (look(target).new, look(target).requests) == (2, 2)
    post, comment = (
        shelf.posts[key] for key in (f"{instance.site.url}/post/{number}", "https://anderswo.example/comment/9100")
    )
    assert (post.title, post.text) == ("Wo bleibt die Lieferung?", "Seit **drei** Wochen nichts.")
    assert (post.author_name, post.author_id) == ("karl", "https://nebenan.example/u/karl")
    assert (comment.parent_external_id, comment.url) == (post.external_id, f"{instance.site.url}/comment/100")
    assert comment.created_at is not None


def test_a_single_post_and_its_comments(instance: Instance, target: Target, look: Look, shelf: Shelf) -> None:
    instance.post("Wo bleibt die Lieferung?")
    instance.comment("Bei mir auch.")
    report = look(replace(target, settings={"post": "1"}))
    assert (report.new, report.health) == (2, "ok")


def test_the_version_is_found_out_once_and_no_change_writes_nothing(
    instance: Instance, target: Target, look: Look
) -> None:
    instance.post("Kalt.")
    assert look(target).requests == 3
    report = look(target)
    assert (report.requests, report.rows_written) == (2, 0)
    assert [path for path in instance.site.paths if "/site" in path] == ["/api/v4/site"]


def test_older_ones_come_page_by_page(instance: Instance, target: Target, look: Look) -> None:
    instance.post("Kalt.")
    for number in range(120):
        instance.comment(f"Meinung {number}")
    assert (look(target).new, look(target).new) == (121, 0)


def test_an_edit_is_seen_with_its_time(instance: Instance, target: Target, look: Look, shelf: Shelf) -> None:
    instance.post("Kalt.")
    number = instance.comment("Meiner auch.")
    look(target)
    instance.edit(number, "Meiner auch, gestern wieder.")
    assert look(target).changed == 1
    edited = shelf.posts[f"{instance.site.url}/comment/{number}"]
    assert edited.updated_at is not None
    assert edited.updated_at.isoformat().startswith("2026-11-02T08:00:00")


def test_our_answers_hang_under_what_they_answer(instance: Instance, target: Target, look: Look, shelf: Shelf) -> None:
    instance.post("Kalt.")
    question = instance.comment("Warum?", home="anderswo.example")
    instance.comment("Die Maschine war kaputt.", "rosi@laden.example", above=question)
    instance.comment("Das tut mir leid.", "rosi@laden.example")
    look(target)
    answered = {post.text or post.title: [reply.text for reply in post.owner_replies] for post in shelf.posts.values()}
    assert answered == {"Kalt.": ["Das tut mir leid."], "Warum?": ["Die Maschine war kaputt."]}


def test_the_same_name_on_another_instance_is_somebody_else(
    instance: Instance, target: Target, look: Look, shelf: Shelf
) -> None:
    instance.post("Kalt.")
    instance.comment("Alles gelogen!", "rosi@boese.example")
    look(target)
    assert len(shelf.posts) == 2


def test_our_answer_to_an_old_comment_fetches_that_comment(
    instance: Instance, target: Target, look: Look, shelf: Shelf
) -> None:
    instance.post("Kalt.")
    old = instance.comment("Warum?", home="anderswo.example")
    for number in range(50):
        instance.comment(f"Meinung {number}")
    once = replace(target, max_pages=1)
    look(once)
    instance.comment("Die Maschine war kaputt.", "rosi@laden.example", above=old)
    look(once)
    [answered] = [post for post in shelf.posts.values() if post.owner_replies]
    assert (answered.external_id, answered.text) == ("https://anderswo.example/comment/9100", "Warum?")


@pytest.mark.parametrize("mark", ["deleted", "removed", "purged"])
def test_a_comment_is_deleted_on_the_instances_own_word(
    instance: Instance, target: Target, look: Look, shelf: Shelf, mark: str
) -> None:
    instance.post("Kalt.")
    number = instance.comment("Geht.", home="anderswo.example")
    look(target)
    if mark == "purged":
        del instance.comments[number]
    else:
        instance.comments[number] |= {mark: True, "content": ""}
    report = look(target)
    assert (report.deleted, report.requests) == (1, 4 if mark == "purged" else 3)  # "not found" needs a witness
    assert [post.deleted for post in shelf.posts.values()] == [True, False]


def test_too_often_is_told_although_it_comes_as_a_bad_request(instance: Instance, target: Target, look: Look) -> None:
    instance.limited = True
    report = look(target)
    assert "less often" in report.errors[0]
    assert report.health == "degraded"


def test_a_closed_instance_is_read_with_a_token(instance: Instance, target: Target, look: Look) -> None:
    instance.token = "geheim"
    instance.post("Kalt.")
    assert "shows this only with a credential" in look(target).errors[0]
    report = look(replace(target, secret="geheim"))
    assert (report.health, report.new) == ("ok", 1)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("", 500), "error 500"),
        (Answer("{}", 403), "refuses"),
        (Answer("<html>"), "not the JSON"),
        (Answer('{"error": "?"}'), "no list of posts"),
        (Answer('{"items": [], "posts": [], "comments": []}'), "1 posts stood here"),
    ],
)
def test_trouble_is_told_and_deletes_nothing(
    instance: Instance, target: Target, look: Look, shelf: Shelf, answer: Answer, told: str
) -> None:
    instance.post("Kalt.")
    look(target)
    for kind in ("post", "comment"):
        instance.site.pages[f"/api/{instance.version}/{kind}/list?"] = answer
    report = look(target)
    assert report.health == "degraded"
    assert told in report.errors[0]
    assert not any(post.deleted for post in shelf.posts.values())


def test_one_list_that_is_broken_is_told_and_the_other_waits(
    instance: Instance, target: Target, look: Look, shelf: Shelf
) -> None:
    instance.post("Kalt.")
    instance.comment("Meiner auch.")
    look(target)
    before = dict(shelf.cursor)
    instance.post("Wieder kalt.")
    instance.site.pages[f"/api/{instance.version}/comment/list?"] = Answer("<html>")
    report = look(target)
    assert (report.health, report.new) == ("degraded", 0)
    assert shelf.cursor == before


@pytest.mark.parametrize(
    "pasted",
    [
        "!lieferung@feddit.example", " !lieferung@feddit.example ", "https://feddit.example/c/lieferung@feddit.example",
        "https://anderswo.example/c/lieferung@feddit.example?sort=New", "http://anderswo.example/c/Lieferung@feddit.example/",
    ],
)  # fmt: skip
def test_a_community_by_its_name(pasted: str) -> None:
    [claim] = claims(pasted)
    assert (claim.kind, claim.address.lower()) == ("lemmy", "https://feddit.example/c/lieferung")
    assert claim.settings["community"].lower() == "lieferung"


@pytest.mark.parametrize(
    "pasted",
    ["lieferung@feddit.example", "@karl@feddit.example", "!lieferung", "https://www.youtube.com/c/laden",
     "https://forum.example/c/service/5", "!lieferung@feddit"],
)  # fmt: skip
def test_what_only_looks_like_a_community_is_left(pasted: str) -> None:
    assert KINDS["lemmy"].claim(pasted) is None


@pytest.mark.parametrize(
    ("address", "settings"),
    [
        ("https://feddit.example/c/lieferung", {"community": "lieferung"}),
        ("https://feddit.example/c/lieferung?sort=New", {"community": "lieferung"}),
        ("https://feddit.example/post/123", {"post": "123"}),
        ("https://feddit.example/post/123/456#top", {"post": "123"}),
    ],
)
def test_a_lemmy_page(address: str, settings: dict[str, str]) -> None:
    claim = trace(PAGE, address)
    assert claim is not None
    assert claim.settings == {"api": "https://feddit.example"} | settings
    assert trace("<html></html>", address) is None


def test_a_page_that_is_neither_community_nor_post_is_left() -> None:
    assert trace(PAGE, "https://feddit.example/u/karl") is None


def test_a_community_is_recognised_by_its_page(instance: Instance, site: Site, run: Callable[[Any], Any]) -> None:
    instance.post("Kalt.")
    site["/c/lieferung"] = PAGE
    found = run(examine(Crawler(QUICK), local(f"{site.url}/c/lieferung", "", max_pages=1)))
    assert (found.kind, [post.title for post in found.sample]) == ("lemmy", ["Kalt."])
