"""Who hears that a source is in trouble, and what the page says about how each source lives."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest
from sqlmodel import select

from db.models import Source, Transition
from responder.web.vitals import DAY, rhythm
from tests.web.conftest import House, fall_ill

BANNER = "1 Quelle braucht Aufmerksamkeit"


@pytest.fixture
def ill(house: House) -> House:
    """Two sources, the second in trouble."""
    house.source("Möbelhaus")
    house.source("Hotel", channel=False)
    fall_ill(house)
    return house


@pytest.mark.parametrize("name", ["Anna", "Ada"])
def test_admins_and_approvers_are_told_on_every_page(ill: House, name: str) -> None:
    browser = ill.browser(name)
    for path in ("/", "/sources", "/status", "/help", "/account"):
        page = browser.get(path).text
        assert BANNER in page
        assert '<a href="/sources">' in page


@pytest.mark.parametrize("name", ["Ben", "Vera"])
def test_others_are_not_troubled_with_it(ill: House, name: str) -> None:
    assert "Aufmerksamkeit" not in ill.browser(name).get("/").text


def test_nobody_is_told_while_all_is_well_or_before_login(house: House) -> None:
    house.source()
    assert "Aufmerksamkeit" not in house.browser("Ada").get("/").text
    assert "Aufmerksamkeit" not in house.browser().get("/login").text


def test_several_sources_are_counted(ill: House) -> None:
    with ill.database.write() as session:
        source = session.exec(select(Source).where(Source.name == "Möbelhaus")).one()
        source.last_good_at, source.next_look_at = ill.clock() - timedelta(days=4), ill.clock() + timedelta(hours=1)
        session.add(source)
    page = ill.browser("Ada").get("/sources").text
    assert "2 Quellen brauchen Aufmerksamkeit" in page
    assert "Seit 4 Tagen konnte nicht mehr richtig gelesen werden." in page
    assert page.count("Macht Schwierigkeiten") == 2
    assert ill.browser("Ada").get("/status").text.count("Macht Schwierigkeiten") == 2


def test_a_source_shows_how_it_lives(ill: House) -> None:
    page = html.unescape(ill.browser("Vera").get("/sources").text)
    for expected in (
        "etwa alle 3 Tage ein neuer Beitrag",
        "etwa 4 neue Beiträge am Tag",
        "0 hier, 128 dort gezählt",
        "Die Liste zeigt 6 Beiträge, sonst sind es 20.",
        "100\xa0%",
        "85\xa0%",
        "Neuester Beitrag",
        "22. November 2026",
    ):
        assert expected in page, expected


def test_the_same_in_english(ill: House) -> None:
    browser = ill.browser("Ada")
    browser.post("/account/language", data={"language": "en"})
    page = html.unescape(browser.get("/sources").text)
    for expected in ("1 source needs attention", "a new post about every 3 days", "about 4 new posts a day", "0 here"):
        assert expected in page, expected


def test_a_source_that_was_never_read_claims_nothing(house: House) -> None:
    house.source()
    page = house.browser("Vera").get("/sources").text
    assert "noch nicht gelesen" in page
    for absent in ("Rhythmus", "Lesbar", "Neuester Beitrag"):
        assert absent not in page


def test_an_admin_says_that_a_source_is_fine_as_it_is(ill: House) -> None:
    browser = ill.browser("Ada")
    page = browser.get("/sources").text
    assert page.count("Das ist in Ordnung so") == 1
    source = next(row for row in ill.rows(Source) if row.state == "degraded")
    answer = browser.post(f"/sources/{source.id}/resume")
    assert "wird ab dem nächsten Lesen neu gelernt" in browser.get(answer.headers["location"]).text
    assert BANNER not in browser.get("/").text
    assert ill.rows(Transition)[-1].actor == f"user:{ill.user('Ada').id}"


def test_only_what_is_unlike_before_can_be_fine_as_it_is(ill: House) -> None:
    with ill.database.write() as session:
        for source in session.exec(select(Source)):
            source.vitals = {}
            session.add(source)
    assert "Das ist in Ordnung so" not in ill.browser("Ada").get("/sources").text


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0.01, ("a_day", 100)),
        (0.25, ("a_day", 4)),
        (0.7, ("a_day", 2)),
        (0.8, ("days", 1)),
        (1.2, ("days", 1)),
        (3.4, ("days", 3)),
        (13.9, ("days", 14)),
        (14.1, ("weeks", 2)),
        (61, ("months", 2)),
        (364, ("months", 12)),
        (900, ("rarely", 1)),
    ],
)
def test_a_rhythm_is_said_in_the_unit_that_fits(days: float, words: tuple[str, int]) -> None:
    assert rhythm(days * DAY) == words


def test_a_rhythm_without_any_pause_is_no_trouble() -> None:
    assert rhythm(0) == ("a_day", DAY)
