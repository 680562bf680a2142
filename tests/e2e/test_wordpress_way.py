"""The whole way on a real WordPress: a visitor writes, Anna approves in a real browser, the public reads the answer."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.daemon import House, approve, eventually, log_in, make_house, open_first, running
from tests.peers.chromium import running_chromium
from tests.peers.wordpress import WordPress, running_wordpress

FIRST = "Eine Stunde auf das Frühstück gewartet, und dann war der Kaffee kalt. Sehr schade."
EDITED = "Eine Stunde auf das Frühstück gewartet, dann war der Kaffee kalt und niemand hat sich entschuldigt!"
AGAIN = "Schon das zweite Mal schreibe ich hier: Ich habe wieder eine Stunde auf das Frühstück gewartet."


@dataclass
class Way:
    wordpress: WordPress
    house: House
    page: Page
    visitor: Page


@pytest.fixture
def way(tmp_path: Path, peers: None) -> Iterator[Way]:
    with running_wordpress(tmp_path / "wp") as wordpress, running_chromium() as browser:
        house = make_house(
            tmp_path / "data",
            business="Café Morgenrot",
            sector="restaurant",
            signature="Nele Brandt",
            undo_seconds="1",
            crawl_delay="0.1",
            secret_cafe=wordpress.password,
        )
        house.command("source", "add", wordpress.url, "--name", "cafe", "--every", "10s", "--allow-private")
        house.command(
            *("channel", "add", wordpress.url, "--kind", "wordpress", "--name", "cafe"),
            *("--account", wordpress.account, "--allow-private"),
        )
        house.command("channel", "test", "cafe")
        house.command("channel", "arm", "cafe")
        link = house.command("user", "add", "anna", "--role", "approver").strip()
        with running(house):
            page = browser.new_context(locale="de-DE").new_page()
            log_in(page, link)
            yield Way(wordpress, house, page, browser.new_context().new_page())


def write_in_the_form(visitor: Page, wordpress: WordPress, text: str) -> int:
    """The visitor's own way: WordPress's comment form in a browser."""
    visitor.goto(f"{wordpress.url}/2026/hello-world/")
    visitor.fill("#comment", text)
    visitor.fill("#author", "Frau Möller")
    visitor.fill("#email", "moeller@example.test")
    with visitor.expect_navigation():
        visitor.click("#commentform [type=submit]")
    return int(re.search(r"#comment-(\d+)$", visitor.url)[1])  # type: ignore[index]


def answers_to(wordpress: WordPress, comment: int) -> list[str]:
    raw = [found["content"]["rendered"] for found in wordpress.comments(parent=comment)]
    return [" ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split()) for text in raw]


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.heavy
def test_a_visitor_is_answered_in_public_and_answered_again_when_he_comes_back(way: Way) -> None:
    comment = write_in_the_form(way.visitor, way.wordpress, FIRST)
    open_first(way.page, way.house.url, containing="Eine Stunde auf das Frühstück")
    first = approve(way.page)
    eventually(lambda: len(answers_to(way.wordpress, comment)) == 1, "the reply under the comment")
    assert answers_to(way.wordpress, comment) == [flat(first)]
    eventually(lambda: way.house.status()["answered"] == 1, "the sighting of the reply")

    way.wordpress.edit(comment, EDITED)
    open_first(way.page, way.house.url, containing="niemand hat sich entschuldigt")
    assert "Eine Stunde auf das Frühstück gewartet, und dann" in way.page.inner_text("main")
    assert first.splitlines()[0] in way.page.inner_text("main")
    second = approve(way.page)
    eventually(lambda: way.house.status()["answered"] == 2, "the answer to the edited comment")

    write_in_the_form(way.visitor, way.wordpress, AGAIN)
    open_first(way.page, way.house.url, containing="Schon das zweite Mal")
    third = approve(way.page)
    eventually(lambda: way.house.status()["answered"] == 3, "the answer to the repeat")

    assert len({flat(text) for text in (first, second, third)}) == 3
    [case] = way.house.lines("cases")
    assert [duty["step"] for duty in case["obligations"]] == [1, 2, 3]
    assert {duty["state"] for duty in case["obligations"]} == {"answered"}
    status = way.house.status()
    assert (status["collected"], status["open"], status["balanced"]) == (3, 0, True)
