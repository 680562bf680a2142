"""`gelassen source` where no network is needed: names that do not exist, and sources that nobody can look at."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gelassen.cli.sites import may_be_address, short_name, site
from tests.spiders.site import running_site

from .helpers import as_lines, gelassen, gelassen_alone

ANNA = {"source": "altbestand", "external_id": "a1", "author_name": "Anna Berg", "text": "Der Sessel kam zu spät."}


@pytest.fixture
def imported(fresh: Path) -> Path:
    """A data folder with one source that exists only by import."""
    file = fresh.parent / "history.jsonl"
    file.write_text(as_lines([ANNA]), encoding="utf-8")
    gelassen("import", file, "--data", fresh)
    return fresh


@pytest.mark.parametrize("verb", ["resume", "pause"])
def test_an_imported_source_can_be_neither_resumed_nor_paused(imported: Path, verb: str) -> None:
    said = gelassen("source", verb, "altbestand", "--data", imported, code=1).stderr
    assert "altbestand exists only by import" in said
    assert "gelassen source add ADDRESS" in said
    (source,) = json.loads(gelassen("source", "list", "--json", "--data", imported).stdout)
    assert (source["health"], source["why"]) == ("paused", "imported; there is nothing to look at")


def test_an_imported_source_cannot_be_tested_or_crawled(imported: Path) -> None:
    assert "only by import" in gelassen("source", "test", "altbestand", "--data", imported, code=1).stderr
    done = gelassen_alone("crawl", "altbestand", "--json", "--data", imported, code=1)
    assert "only by import" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("name", ["altbestand", "mein laden", "Gasthof-Ammann", "-", "käse/brot"])
def test_a_name_that_is_neither_a_source_nor_a_host_is_not_taken_for_an_address(fresh: Path, name: str) -> None:
    done = gelassen("source", "test", "--data", fresh, "--", name, code=1)
    assert f"There is no source named {name!r}" in done.stderr
    assert "gelassen source list" in done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("laden.example", True),
        ("müller.de/bewertungen", True),
        ("www.laden.example.", True),
        ("laden.example:8080/x?y#z", True),
        ("localhost", True),
        ("localhost:8000/hotel", True),
        ("intranet:8000", True),
        ("127.0.0.1", True),
        ("[::1]:8000/", True),
        ("https://intranet/", True),
        ("intranet", False),
        ("mein laden.de", False),
        ("laden..de", False),
        ("laden:hotel", False),
        ("?laden.de", False),
        ("", False),
    ],
)
def test_what_may_be_an_address(text: str, expected: bool) -> None:
    assert may_be_address(text) is expected


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://www.laden.example/x", "laden.example"),
        ("laden.example:8080", "laden.example"),
        ("trusted-shops:chl-01234567", "trusted-shops:chl-01234567"),
        ("mastodon://server.example/search?q=laden", "server.example"),
    ],
)
def test_every_address_has_a_short_name(address: str, name: str) -> None:
    assert short_name(address) == name


def test_two_channels_of_one_credential_are_two_places() -> None:
    assert site("trusted-shops:chl-1") != site("trusted-shops:chl-2")


@pytest.mark.parametrize("verb", ["add", "test"])
def test_a_page_behind_a_login_is_told_with_another_way_in_and_not_saved(fresh: Path, verb: str) -> None:
    with running_site() as site:
        site["/stimmen"] = "<html><title>Anmelden</title><input type='password'></html>"
        address = f"{site.url}/stimmen"
        done = gelassen_alone("source", verb, address, "--allow-private", "--json", "--data", fresh, code=1)
    assert done.stdout == ""
    assert f"{address} shows a login page where the posts should be." in done.stderr
    assert "gelassen import FILE" in done.stderr
    assert "gelassen source add imaps://" in done.stderr
    assert gelassen("source", "list", "--json", "--data", fresh).stdout == "[]\n"
