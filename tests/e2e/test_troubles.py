"""What can go wrong outside, tried from outside: each gives a clear message and leaves a safe state."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.daemon import House, eventually, make_house, running
from tests.peers.site import Site, block, page, review, running_site

GOOD = block(review(1, "Der Aufzug war kaputt."), review(2, "Das Zimmer war sauber.", rating=5))
BROKEN = '{"@type": "Hotel", "review": [{"@type": "Review", "reviewBody": "Das fehlt'


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as found:
        found.pages["/gasthof"] = page(GOOD)
        yield found


@pytest.fixture
def house(tmp_path: Path, site: Site) -> House:
    made = make_house(tmp_path, crawl_delay="0")
    made.command("source", "add", f"{site.url}/gasthof", "--name", "gasthof", "--allow-private")
    return made


def crawl(house: House) -> dict[str, Any]:
    """One pass; a degraded source makes the command end with 1, its report is on stdout all the same."""
    report: dict[str, Any] = json.loads(house.attempt("crawl", "gasthof", "--json").stdout)
    return report


def health(house: House) -> str:
    [source] = house.status()["sources"]
    return str(source["health"])


def test_a_page_that_lost_its_markup_degrades_the_source_and_keeps_every_post(house: House, site: Site) -> None:
    crawl(house)
    site.pages["/gasthof"] = "<html><body><h1>Wir ziehen um</h1>"
    for state in ("active", "degraded"):  # a single odd look alarms nobody
        report = crawl(house)
        assert report["health"] == "degraded"
        assert report["errors"]
        assert health(house) == state
    status = house.status()
    assert (status["collected"], status["open"], status["balanced"]) == (2, 2, True)


def test_a_source_recovers_by_itself_when_the_page_is_back(house: House, site: Site) -> None:
    crawl(house)
    site.pages["/gasthof"] = "<html><body>kaputt"
    for _ in range(2):
        crawl(house)
    assert health(house) == "degraded"
    site.pages["/gasthof"] = page(GOOD) + " "
    assert crawl(house)["health"] == "ok"
    assert health(house) != "degraded"


def test_one_broken_block_costs_only_itself_and_is_named(house: House, site: Site) -> None:
    site.pages["/gasthof"] = page(BROKEN, GOOD)
    report = crawl(house)
    assert report["new"] == 2
    assert any("1" in error and "JSON-LD" in error for error in report["errors"])


def test_a_redirect_to_something_that_is_no_web_page_is_refused(house: House, site: Site) -> None:
    site.redirects["/gasthof"] = "file:///etc/passwd"
    report = crawl(house)
    assert report["health"] == "degraded"
    assert "file:///etc/passwd" in report["errors"][0]


def test_a_private_address_is_refused_unless_allowed_for_this_source(tmp_path: Path, site: Site) -> None:
    house = make_house(tmp_path / "other")
    refused = house.attempt("source", "add", f"{site.url}/gasthof", "--name", "gasthof")
    assert refused.returncode != 0
    assert "--allow-private" in refused.stderr or "private" in refused.stderr
    assert site.asked() == []
    assert house.status()["sources"] == []


@pytest.mark.heavy
def test_a_second_daemon_waits_and_says_so(house: House) -> None:
    with running(house):
        log = house.folder / "second.log"
        with log.open("wb") as out:
            command = [sys.executable, "-m", "gelassen", "run"]
            second = subprocess.Popen(command, env=house.environment, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        try:
            eventually(lambda: "wait" in log.read_text().lower(), "the second daemon saying that it waits", 20)
            assert second.poll() is None
        finally:
            second.terminate()
            assert second.wait(timeout=20) is not None


@pytest.mark.heavy
def test_a_wrong_wordpress_password_stops_the_channel_and_is_said_plainly(tmp_path: Path, peers: None) -> None:
    from tests.peers.wordpress import running_wordpress

    with running_wordpress(tmp_path / "wp") as wordpress:
        house = make_house(tmp_path / "data", secret_cafe="falsch", approve_on_command_line="true", undo_seconds="0")
        wordpress.visitor_comments("Herr Sommer", "Der Kuchen war trocken und die Bedienung unfreundlich.")
        house.command("source", "add", wordpress.url, "--name", "cafe", "--allow-private")
        house.command(
            *("channel", "add", wordpress.url, "--kind", "wordpress", "--name", "cafe"),
            *("--account", wordpress.account, "--allow-private"),
        )
        tested = house.attempt("channel", "test", "cafe")
        assert tested.returncode == 1
        assert "falsch" not in tested.stderr + tested.stdout
        house.command("channel", "arm", "cafe")
        house.command("user", "add", "anna", "--role", "approver")
        with running(house):
            eventually(lambda: any(entry.get("draft") for entry in house.lines("inbox")), "a draft")
            [entry] = house.lines("inbox")
            house.command("approve", str(entry["id"]), "--as", "anna")
            eventually(lambda: channel_state(house) == "failed", "the channel to stop")
        assert wordpress.comments(parent=entry_comment(wordpress)) == []
        status = house.status()
        assert (status["answered"], status["replied"], status["open"], status["balanced"]) == (0, 0, 1, True)


def channel_state(house: House) -> str:
    [channel] = json.loads(house.command("channel", "list", "--json"))
    return str(channel["state"])


def entry_comment(wordpress: Any) -> int:
    [comment] = wordpress.comments()
    return int(comment["id"])
