"""`gelassen crawl` from the outside: what it costs to look again, and what an edit leaves behind."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.daemon import House, make_house
from tests.peers.site import Site, block, page, review, running_site

FIFTY = [review(number, f"Das Frühstück war am Tag {number} leider kalt.") for number in range(50)]


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as found:
        found.pages["/gasthof"] = page(block(*FIFTY))
        yield found


@pytest.fixture
def house(tmp_path: Path, site: Site) -> House:
    made = make_house(tmp_path, crawl_delay="0")
    made.command("source", "add", f"{site.url}/gasthof", "--name", "gasthof", "--allow-private")
    site.asked()
    return made


def crawl(house: House) -> dict[str, Any]:
    [report] = house.lines("crawl", "gasthof")
    return report


def contents(house: House) -> str:
    """A digest of every row of every table."""
    connection = sqlite3.connect(house.folder / "gelassen.db")
    try:
        return hashlib.sha256("\n".join(connection.iterdump()).encode()).hexdigest()
    finally:
        connection.close()


def test_a_page_of_fifty_reviews_is_collected_with_one_request(house: House, site: Site) -> None:
    report = crawl(house)
    assert (report["seen"], report["new"], report["requests"], report["errors"]) == (50, 50, 1, [])
    assert [path for path, _ in site.asked()] == ["/gasthof"]


def test_looking_again_costs_one_conditional_request_and_changes_no_row(house: House, site: Site) -> None:
    crawl(house)
    site.asked()
    before = contents(house)
    report = crawl(house)
    assert site.asked() == [("/gasthof", True)]
    assert (report["requests"], report["rows_written"], report["new"]) == (1, 0, 0)
    assert contents(house) == before


def test_an_edited_review_opens_a_new_obligation_and_the_old_wording_stays(house: House, site: Site) -> None:
    crawl(house)
    edited = [review(0, "Das Frühstück war kalt, und auf meine Beschwerde kam nur ein Schulterzucken."), *FIFTY[1:]]
    site.pages["/gasthof"] = page(block(*edited))
    report = crawl(house)
    assert (report["new"], report["changed"]) == (0, 1)
    [post] = [post for post in house.lines("posts") if post["version"] == 2]
    assert post["obligation"]["state"] == "open"
    shown = house.command("show", str(post_id(house)))
    assert "am Tag 0 leider kalt" in shown
    assert "Schulterzucken" in shown


def post_id(house: House) -> Any:
    """The id of the inbox entry with the edited wording."""
    entries = [entry for entry in house.lines("inbox") if "Schulterzucken" in json.dumps(entry, ensure_ascii=False)]
    assert len(entries) == 1
    return entries[0]["id"]


def test_every_collected_wording_is_accounted_for(house: House, site: Site) -> None:
    crawl(house)
    site.pages["/gasthof"] = page(block(review(0, "Jetzt doch zufrieden: das Frühstück war warm.", rating=5)))
    crawl(house)
    status = house.status()
    assert (status["collected"], status["open"], status["closed"], status["balanced"]) == (51, 50, 1, True)
