"""Comments of a real Isso: written, answered, edited, deleted, and what that costs to see."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.spiders.isso import REPLIES
from tests.peers.isso import THREAD, Isso, missing, running_isso
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Site

pytestmark = pytest.mark.heavy
Look = Callable[..., CrawlReport]


@pytest.fixture
def isso(tmp_path: Any) -> Iterator[Isso]:
    if missing() and not os.environ.get("CI"):
        pytest.skip("a real Isso needs the package isso")
    with running_isso(tmp_path) as running:
        yield running


@pytest.fixture
def target(isso: Isso) -> Target:
    return local(f"http://laden.example{THREAD}", "isso", settings={"api": isso.url, "uri": THREAD})


def test_comment_reply_and_edit_are_seen_and_no_change_writes_nothing(
    isso: Isso, target: Target, look: Look, shelf: Shelf
) -> None:
    number = isso.visitor_comments("Der Kundendienst hat mich **dreimal** vertröstet & mehr.", "Sabine Groß")
    isso.visitor_comments("Mich auch!", "Lena", parent=number, address="10.9.9.9")
    assert look(target).new == 2
    complaint, reply = shelf.posts.values()
    assert (complaint.text, complaint.author_name) == (
        "Der Kundendienst hat mich **dreimal** vertröstet & mehr.",
        "Sabine Groß",
    )
    assert complaint.url == f"http://laden.example{THREAD}#isso-{number}"
    assert reply.parent_external_id == complaint.external_id
    assert reply.author_id != complaint.author_id
    again = look(target)
    assert (again.requests, again.rows_written) == (1, 0)

    isso.edit(number, "Viermal sogar.")
    assert look(target).changed == 1
    edited = shelf.posts[complaint.external_id]
    assert edited.text == "Viermal sogar."
    assert edited.updated_at is not None


def test_our_answers_are_known_by_their_hash_and_not_by_a_name(
    isso: Isso, target: Target, look: Look, shelf: Shelf
) -> None:
    number = isso.visitor_comments("Kalt.")
    answer = isso.post("Das tut mir leid.", "Café Morgenrot", parent=number, address="10.7.7.7").json()
    isso.visitor_comments("Alles gelogen!", "Café Morgenrot", address="10.9.9.9")
    ours = replace(target, settings={**target.settings, "own_ids": [answer["hash"]]}, own_names=("Café Morgenrot",))
    look(ours)
    assert [post.text for post in shelf.posts.values()] == ["Kalt.", "Alles gelogen!"]
    assert [reply.text for post in shelf.posts.values() for reply in post.owner_replies] == ["Das tut mir leid."]


def test_a_deleted_comment_is_deleted_by_the_servers_own_word(
    isso: Isso, target: Target, look: Look, shelf: Shelf
) -> None:
    isso.visitor_comments("Bleibt.")
    number = isso.visitor_comments("Geht.")
    look(target)
    isso.delete(number)
    report = look(target)
    assert (report.deleted, report.requests) == (1, 3)
    assert look(target).requests == 1


def test_a_deleted_comment_that_is_still_answered_is_marked(
    isso: Isso, target: Target, look: Look, shelf: Shelf
) -> None:
    number = isso.visitor_comments("Geht.")
    isso.visitor_comments("Schade drum.", parent=number)
    look(target)
    isso.delete(number)
    assert look(target).deleted == 1
    assert [post.deleted for post in shelf.posts.values()] == [True, False]


def test_a_number_given_away_again_is_another_comment(isso: Isso, target: Target, look: Look, shelf: Shelf) -> None:
    number = isso.visitor_comments("Unverschämt!", "Karl")
    look(target)
    [first] = list(shelf.posts)
    isso.delete(number)
    # the second comment must not be written in the same second: the server's clock tells them apart
    shelf.cursor["front"] = {f"{number}@1": ""}
    assert isso.visitor_comments("Sehr nett hier.", "Lena", address="10.9.9.9") == number
    report = look(target)
    assert (report.deleted, f"{number}@1" in shelf.posts) == (1, True)
    assert first.startswith(f"{number}@")


def test_replies_behind_show_more_are_fetched(isso: Isso, target: Target, look: Look, shelf: Shelf) -> None:
    number = isso.visitor_comments("Wie war es bei euch?")
    for reply in range(REPLIES + 3):
        isso.visitor_comments(f"Nummer {reply}", parent=number)
    report = look(target)
    assert (report.new, report.requests) == (REPLIES + 4, 2)
    assert (look(target).requests, look(target).rows_written) == (1, 0)


def test_too_many_comments_are_refused_to_their_writer_and_do_not_disturb_the_reader(
    tmp_path: Any, target: Target, look: Look, shelf: Shelf
) -> None:
    with running_isso(tmp_path / "streng", ratelimit=2) as strict:
        strict.visitor_comments("Eins.")
        strict.visitor_comments("Zwei.")
        refused = strict.post("Drei.")
        assert (refused.status_code, "ratelimit" in refused.text) == (403, True)
        report = look(replace(target, settings={"api": strict.url, "uri": THREAD}))
    assert (report.new, report.health) == (2, "ok")


def test_a_page_with_the_widget_is_recognised(isso: Isso, site: Site, run: Callable[[Any], Any]) -> None:
    isso.visitor_comments("Kalt.")
    script = f'<script data-isso="{isso.url.removeprefix("http:")}/" src="{isso.url}/js/embed.min.js"></script>'
    site[THREAD] = f'<html><body>{script}<section id="isso-thread"></section></body></html>'
    found = run(examine(Crawler(), local(f"{site.url}{THREAD}", "", max_pages=1)))
    assert (found.kind, found.settings) == ("isso", {"api": isso.url, "uri": THREAD})
    assert [post.text for post in found.sample] == ["Kalt."]


def test_the_servers_own_address_is_recognised(isso: Isso, run: Callable[[Any], Any]) -> None:
    isso.visitor_comments("Kalt.")
    found = run(examine(Crawler(), local(f"{isso.url}/?uri=%2Fstimmen.html&plain=1", "", max_pages=1)))
    assert (found.kind, [post.text for post in found.sample]) == ("isso", ["Kalt."])
