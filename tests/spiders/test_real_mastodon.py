"""The Mastodon spider against an independent server: mention, answer, edit, deletion, hashtag, search."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.recognise import examine
from crawler.run import Crawler
from tests.peers.mastodon import BUSINESS, CUSTOMER, Mastodon, missing, running_mastodon
from tests.spiders.conftest import local
from tests.spiders.shelf import Shelf

pytestmark = pytest.mark.heavy
Look = Callable[..., CrawlReport]
TOKEN = f"{BUSINESS}_token"


@pytest.fixture(scope="module")
def mastodon(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mastodon]:
    if missing() and not os.environ.get("CI"):
        pytest.skip(f"the Mastodon stand-in needs {', '.join(missing())}")
    with running_mastodon(tmp_path_factory.mktemp("mastodon")) as running:
        yield running


def watched(mastodon: Mastodon, secret: str = TOKEN, **settings: str) -> Target:
    return local("", "mastodon", settings={"api": mastodon.url, **settings}, secret=secret)


def test_mention_answer_edit_and_deletion_are_seen(mastodon: Mastodon, look: Look, shelf: Shelf) -> None:
    target = watched(mastodon, account=BUSINESS)
    mastodon.write(CUSTOMER, f"@{BUSINESS} Das hier bleibt stehen.")
    look(target)
    number = mastodon.write(CUSTOMER, f"@{BUSINESS} Drei Wochen gewartet & dann kaputt.", language="de")
    assert look(target).new == 1
    post = shelf.posts[number]
    assert (post.author_name, post.text) == ("Ada Lovelace", f"@{BUSINESS} Drei Wochen gewartet & dann kaputt.")
    assert look(target).rows_written == 0

    answer = mastodon.write(BUSINESS, f"@{CUSTOMER} Das tut uns leid.", in_reply_to_id=number)
    assert look(target).changed == 1
    [seen] = shelf.posts[number].owner_replies
    assert (seen.external_id, seen.text) == (answer, f"@{CUSTOMER} Das tut uns leid.")

    mastodon.edit(CUSTOMER, number, f"@{BUSINESS} Vier Wochen gewartet.")
    assert look(target).changed == 1
    assert shelf.posts[number].updated_at is not None
    mastodon.delete(CUSTOMER, number)
    assert look(target).deleted == 1
    assert look(target).rows_written == 0


def test_a_private_message_is_left_out(mastodon: Mastodon, look: Look, shelf: Shelf) -> None:
    target = watched(mastodon, account=BUSINESS)
    number = mastodon.write(CUSTOMER, f"@{BUSINESS} Meine Nummer ist 4711.", visibility="direct")
    assert any("Private" in error for error in look(target).errors)
    assert number not in shelf.posts


def test_more_mentions_than_a_page_holds_are_all_read(mastodon: Mastodon, look: Look, shelf: Shelf) -> None:
    target = watched(mastodon, account=BUSINESS)
    look(target)
    written = {mastodon.write(CUSTOMER, f"@{BUSINESS} Meinung Nummer {number}") for number in range(85)}
    assert look(target).new == 85
    assert written <= set(shelf.posts)


def test_a_hashtag_is_read_without_a_token(mastodon: Mastodon, look: Look, shelf: Shelf) -> None:
    number = mastodon.write(CUSTOMER, "Kalt war er. #MorgenrotTest")
    report = look(watched(mastodon, "", tag="MorgenrotTest"))
    assert (report.health, list(shelf.posts)) == ("ok", [number])


def test_a_search_finds_the_words(mastodon: Mastodon, look: Look, shelf: Shelf) -> None:
    number = mastodon.write(CUSTOMER, "Im Morgenrotcafe war es kalt.")
    report = look(watched(mastodon, query="Morgenrotcafe"))
    assert (report.health, list(shelf.posts)) == ("ok", [number])


def test_the_account_is_recognised(mastodon: Mastodon, run: Callable[[Any], Any]) -> None:
    mastodon.write(CUSTOMER, f"@{BUSINESS} Gerne wieder!")
    address = f"@{BUSINESS}@laden.example"
    found = run(examine(Crawler(), local(address, "", max_pages=1, secret=TOKEN, settings={"api": mastodon.url})))
    assert (found.kind, len(found.settings["own_ids"])) == ("mastodon", 1)
    assert found.sample[0].text == f"@{BUSINESS} Gerne wieder!"
