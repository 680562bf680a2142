"""`gelassen source set` and `remove`, and what `add` says without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from db.engine import open_database
from db.models import Source
from db.queries_sources import add_channel, add_source, get_channel, get_source
from tests.peers.site import block, page, review, running_site

from .helpers import ANNA, as_lines, gelassen, gelassen_alone

HANDLE = "laden.bsky.social:abcd-efgh-ijkl-mnop"


@contextmanager
def rows_of(folder: Path) -> Iterator[Session]:
    database = open_database(f"sqlite:///{folder / 'gelassen.db'}")
    with database.write() as session:
        yield session
    database.close()


@pytest.fixture
def forum(fresh: Path, now: datetime) -> Path:
    """A data folder with the App Store source `app`, the Isso source `stimmen` and a channel."""
    with rows_of(fresh) as session:
        add_source(session, "app", "app_store", "https://apps.apple.com/app/id1", now=now, settings={"app": "1"})
        settings = {"api": "https://isso.example", "uri": "/stimmen.html"}
        add_source(session, "stimmen", "isso", "https://laden.example/stimmen.html", now=now, settings=settings)
        add_channel(session, "konto", "wordpress", now=now, address="https://laden.example")
    return fresh


def source(folder: Path, *words: object, code: int = 0, **env: str) -> str:
    """Run `gelassen source …`; returns what it says."""
    return gelassen("source", *words, "--data", folder, code=code, **env).stderr


def stored(folder: Path, name: str) -> Source:
    with rows_of(folder) as session:
        found = get_source(session, name)
        assert found is not None
        session.expunge(found)
        return found


def test_every_option_of_set_is_stored(forum: Path) -> None:
    source(forum, "set", "stimmen", "--every", "1h", "--locale", "de-AT", "--address", "du", "--confidential",
           "--since", "2026-11-01", "--own-name", "Rosi", "--own-id", "abc", "--own-id", "def", "--channel", "konto",
           "--secret", "stimmen", "--allow-private", "--setting", "uri=/neu.html", "--setting", "delay=0,5",
           "--setting", "signature=Jana Brandt")  # fmt: skip
    found = stored(forum, "stimmen")
    assert (found.cadence_seconds, found.locale, found.address_form, found.confidential) == (3600, "de-AT", "du", True)
    assert found.answer_from is not None
    assert (found.own_names, found.secret, found.allow_private) == (["Rosi"], "stimmen", True)
    assert found.settings == {
        "api": "https://isso.example", "uri": "/neu.html", "delay": 0.5, "own_ids": ["abc", "def"],
        "signature": "Jana Brandt",
    }  # fmt: skip
    with rows_of(forum) as session:
        channel = get_channel(session, "konto")
        assert channel is not None
        assert found.channel_id == channel.id


def test_what_was_set_can_be_taken_away(forum: Path) -> None:
    source(forum, "set", "app", "--setting", "countries=de, AT", "--secret", "x", "--channel", "konto", "--since",
           "2026-11-01")  # fmt: skip
    assert stored(forum, "app").settings == {"app": "1", "countries": ["de", "at"]}
    source(forum, "set", "app", "--setting", "countries=", "--secret", "", "--channel", "", "--since", "")
    found = stored(forum, "app")
    assert (found.settings, found.secret, found.channel_id, found.answer_from) == ({"app": "1"}, "", None, None)


def test_the_change_is_told_as_json(forum: Path) -> None:
    done = gelassen("source", "set", "app", "--setting", "max_pages=10", "--json", "--data", forum)
    assert json.loads(done.stdout) == {
        "name": "app", "kind": "app_store", "changed": ["settings"], "settings": {"app": "1", "max_pages": 10},
    }  # fmt: skip


def test_an_unknown_setting_is_refused_with_the_known_ones_explained(forum: Path) -> None:
    said = source(forum, "set", "app", "--setting", "country=de", code=2)
    assert "There is no setting 'country' here. Did you mean countries?" in said
    assert "countries: countries whose reviews are read" in said
    assert "delay: seconds between two requests" in said
    assert "uri" not in said
    assert stored(forum, "app").settings == {"app": "1"}


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ("max_pages=viele", "a whole number from 1"),
        ("delay=-1", "seconds from 0 to 600"),
        ("countries=deutschland", "codes of two letters"),
        ("api=laden.example", "begins with https://"),
        ("post_kind=frage", "review or social"),
        ("countries", "written KEY=VALUE"),
    ],
)
def test_a_value_that_cannot_be_is_refused(forum: Path, pair: str, told: str) -> None:
    assert told in source(forum, "set", "app", "--setting", pair, code=2)


def test_what_a_source_cannot_do_without_is_not_taken_away(forum: Path) -> None:
    assert "cannot be empty" in source(forum, "set", "stimmen", "--setting", "uri=", code=2)


def test_own_ids_are_refused_where_answers_stand_inside_the_review(forum: Path) -> None:
    assert "--own-id does not fit" in source(forum, "set", "app", "--own-id", "7", code=2)


def test_set_without_anything_says_what_can_be_set(forum: Path) -> None:
    said = source(forum, "set", "stimmen", code=2)
    for words in ("--setting KEY=VALUE", "uri: the page under which", "own_ids: your own accounts"):
        assert words in said


@pytest.mark.parametrize("words", [("--locale", "xx"), ("--address", "ihr"), ("--every", "bald")])
def test_what_sources_cannot_be_is_refused(forum: Path, words: tuple[str, ...]) -> None:
    source(forum, "set", "app", *words, code=2)


def test_a_channel_that_is_not_there_is_refused(forum: Path) -> None:
    assert "no channel named 'nie'" in source(forum, "set", "app", "--channel", "nie", code=1)


def test_a_credential_that_lies_nowhere_is_told_at_once_but_kept(forum: Path) -> None:
    assert "GELASSEN_READ_APPLE_FILE" in source(forum, "set", "app", "--secret", "apple")
    assert stored(forum, "app").secret == "apple"
    assert "GELASSEN_READ" not in source(forum, "set", "app", "--secret", "pear", GELASSEN_READ_PEAR="x")


@pytest.mark.parametrize("verb", [("set", "app"), ("add", "@laden.bsky.social")])
def test_a_credential_in_place_of_its_name_is_refused_and_not_repeated(forum: Path, verb: tuple[str, str]) -> None:
    said = source(forum, *verb, "--secret", HANDLE, code=2)
    assert "takes a name that you choose" in said
    assert "abcd" not in said


@pytest.mark.parametrize("verb", [("set", "nie", "--every", "1h"), ("remove", "nie")])
def test_a_source_that_is_not_there_is_said(forum: Path, verb: tuple[str, ...]) -> None:
    assert "There is no source named 'nie'" in source(forum, *verb, code=1)


def test_a_source_without_posts_is_removed(forum: Path) -> None:
    assert "app is removed" in source(forum, "remove", "app")
    assert "app" not in gelassen("source", "list", "--data", forum).stdout.split()


def test_a_source_where_customers_wait_is_not_removed(fresh: Path) -> None:
    (fresh / "history.jsonl").write_text(as_lines([ANNA]), encoding="utf-8")
    gelassen("import", fresh / "history.jsonl", "--data", fresh)
    assert "1 posts from there wait" in source(fresh, "remove", "laden", code=1)
    assert stored(fresh, "laden").state == "paused"


def test_a_source_whose_posts_are_settled_goes_out_of_watch_and_keeps_them(fresh: Path) -> None:
    (fresh / "history.jsonl").write_text(as_lines([ANNA]), encoding="utf-8")
    gelassen("import", fresh / "history.jsonl", "--since", "2026-12-01", "--data", fresh)
    assert "Its 1 posts and their answers stay" in source(fresh, "remove", "laden")
    assert ANNA["text"] in gelassen("posts", "--json", "--data", fresh).stdout


def test_the_list_says_kinds_in_words_and_its_json_by_name(forum: Path) -> None:
    assert "App in the App Store" in gelassen("source", "list", "--data", forum).stdout
    kinds: list[Any] = json.loads(gelassen("source", "list", "--json", "--data", forum).stdout)
    assert [one["kind"] for one in kinds] == ["app_store", "isso"]


def test_a_setting_without_a_known_kind_asks_for_the_kind(fresh: Path) -> None:
    said = source(fresh, "add", "https://laden.example", "--setting", "delay=1", code=2)
    assert "say it with --kind" in said


def test_a_kind_that_there_is_not_is_refused_with_those_there_are(fresh: Path) -> None:
    said = source(fresh, "add", "https://laden.example", "--kind", "facebook", "--setting", "delay=1", code=2)
    assert "There is no kind 'facebook' of source. Kinds are schema_org, feed" in said


def test_sources_of_one_host_get_names_of_their_own_and_no_place_is_watched_twice(fresh: Path) -> None:
    with running_site() as site:
        for path in ("/hotel", "/wirtshaus"):
            site.pages[path] = page(block(review(1, "Das Frühstück war kalt.")))
            gelassen_alone("source", "add", site.url + path, "--allow-private", "--data", fresh)
        said = gelassen_alone("source", "add", f"{site.url}/hotel", "--allow-private", "--data", fresh, code=1).stderr
    assert "is watched already, as 127.0.0.1." in said
    listed = json.loads(gelassen("source", "list", "--json", "--data", fresh).stdout)
    assert [one["name"] for one in listed] == ["127.0.0.1", "127.0.0.1-2"]


def test_a_kind_that_needs_a_credential_says_what_to_do_step_by_step(fresh: Path) -> None:
    said = gelassen_alone("source", "add", "@laden.bsky.social", "--data", fresh, code=1).stderr
    for words in (
        "What it holds: an app password",
        "How to get it: in Bluesky under Settings",
        "export GELASSEN_READ_BLUESKY_FILE=",
        "gelassen source add '@laden.bsky.social' --secret bluesky",
    ):
        assert words in said


def test_a_stored_source_is_tested_with_its_own_settings(forum: Path) -> None:
    source(forum, "set", "stimmen", "--setting", "api=http://127.0.0.1:9", "--allow-private")
    said = gelassen_alone("source", "test", "stimmen", "--data", forum, code=1).stderr
    assert "http://127.0.0.1:9/" in said
    assert "accepts no connection" in said


def test_a_stored_source_without_its_credential_says_which_variable_is_missing(forum: Path) -> None:
    source(forum, "set", "stimmen", "--secret", "stimmen")
    assert "GELASSEN_READ_STIMMEN_FILE" in source(forum, "test", "stimmen", code=1)
