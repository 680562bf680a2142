"""The WordPress spider against a real WordPress: Debian's package with MariaDB and PHP on loopback."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.spiders.scout import Found
from tests.peers.wordpress import WordPress, missing, running_wordpress
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf

pytestmark = pytest.mark.heavy
Look = Callable[..., CrawlReport]


@pytest.fixture(scope="module")
def wordpress(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    if missing() and not os.environ.get("CI"):
        pytest.skip(f"a real WordPress needs {', '.join(missing())}")
    with running_wordpress(tmp_path_factory.mktemp("wordpress")) as running:
        yield running


@pytest.fixture
def found(wordpress: WordPress, run: Callable[[Any], Any]) -> Found:
    result: Found = run(examine(Crawler(), local(f"{wordpress.url}/", "", max_pages=1)))
    return result


@pytest.fixture
def target(found: Found) -> Target:
    return local(found.address, found.kind, settings=found.settings)


def test_a_real_site_is_recognised_with_its_people(found: Found) -> None:
    assert (found.kind, found.settings["own_ids"]) == ("wordpress", [1])
    assert any("wirtin" in note for note in found.notes)


def test_comment_answer_edit_and_deletion_are_seen(
    wordpress: WordPress, target: Target, look: Look, shelf: Shelf
) -> None:
    number = wordpress.visitor_comments("Karl", "Der Kaffee war kalt & der Kuchen trocken.\n\nSchade.")
    assert look(target).health == "ok"
    post = shelf.posts[str(number)]
    assert (post.author_name, post.text) == ("Karl", "Der Kaffee war kalt & der Kuchen trocken.\n\nSchade.")
    assert (look(target).requests, look(target).rows_written) == (1, 0)

    login = (wordpress.account, wordpress.password)
    reply = {"post": 1, "parent": number, "content": "Guten Tag Karl, das tut mir leid."}
    wordpress.client.post("/wp-json/wp/v2/comments", json=reply, auth=login).raise_for_status()
    look(target)
    assert [answer.text for answer in shelf.posts[str(number)].owner_replies] == [reply["content"]]

    wordpress.edit(number, "Der Kaffee war wieder kalt.")
    assert look(target).changed == 1
    wordpress.delete(number)
    assert look(target).deleted == 1
    assert shelf.posts[str(number)].deleted


def test_the_comments_feed_tells_the_same(wordpress: WordPress, look: Look, shelf: Shelf) -> None:
    number = wordpress.visitor_comments("Lena", "Bei uns war er heiß <3")
    report = look(local(f"{wordpress.url}/comments/feed/", "feed"))
    assert report.health == "ok"
    [post] = [post for post in shelf.posts.values() if post.url.endswith(f"#comment-{number}")]
    assert (post.author_name, post.text) == ("Lena", "Bei uns war er heiß <3")
    again = look(local(f"{wordpress.url}/comments/feed/", "feed"))
    assert (again.requests, again.rows_written) == (1, 0)
