"""The queue: what is shown, in which order, and with how many questions to the database."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from db.engine import Database
from db.models import Obligation
from db.queries_inbox import TABS
from responder.reading.model import Reading
from tests.web.conftest import CALM, House


@pytest.fixture
def kept_in(database: Database) -> Database:
    """Both databases."""
    return database


def order(html: str) -> list[str]:
    """The ids of the rows, as the page lists them."""
    return [part.split('"', 1)[0] for part in html.split('id="row-')[1:]]


def test_the_most_urgent_post_comes_first(house: House) -> None:
    source = house.source()
    late = house.waiting(source, author_id="anton", author_name="Anton")
    with house.database.write() as session:
        session.get_one(Obligation, late).due_at = house.clock() + timedelta(hours=90)
    soon = house.waiting(source, "Auch bei mir fehlt etwas.", author_id="berta", author_name="Berta")
    with house.database.write() as session:
        session.get_one(Obligation, soon).due_at = house.clock() + timedelta(hours=2)
    assert order(house.browser("Vera").get("/").text) == [str(soon), str(late)]


def test_a_row_shows_source_author_stars_mood_and_deadline(house: House) -> None:
    house.waiting()
    page = house.browser("Vera").get("/").text
    for expected in ("Möbelhaus", "Petra M.", "★☆☆☆☆", "Kritisch", "noch ", "Drei Wochen warte ich", "Entwurf liegt"):
        assert expected in page


def test_a_second_post_of_the_same_person_is_marked_as_such(house: House) -> None:
    source = house.source()
    house.waiting(source)
    house.clock.pass_(days=1)
    house.waiting(source, "Schon das ZWEITE Mal schreibe ich das hier. Der Sessel ist immer noch nicht da.")
    assert "Schreibt wieder" in house.browser("Vera").get("/").text


def test_an_overdue_post_says_so(house: House) -> None:
    house.waiting()
    house.clock.pass_(days=20)
    assert "überfällig" in house.browser("Vera").get("/").text


def test_an_empty_inbox_is_good_news(house: House) -> None:
    assert "Alles beantwortet" in house.browser("Vera").get("/").text


@pytest.mark.parametrize(
    ("mood", "reading"),
    [
        ("angry", Reading(sentiment="negative", anger=3)),
        ("critical", Reading(sentiment="negative", anger=1)),
        ("neutral", Reading(sentiment="neutral")),
        ("positive", Reading(sentiment="positive")),
    ],
)
def test_the_mood_filter_keeps_only_that_mood(house: House, mood: str, reading: Reading) -> None:
    obligation_id = house.post(house.source())
    house.draft(obligation_id, reading=reading)
    browser = house.browser("Vera")
    for asked in ("angry", "critical", "neutral", "positive"):
        assert (f"row-{obligation_id}" in browser.get("/", params={"mood": asked}).text) == (asked == mood)


def test_the_source_filter_keeps_only_that_source(house: House) -> None:
    hotel, shop = house.source("Hotel"), house.source("Laden")
    here, there = house.waiting(hotel), house.waiting(shop)
    page = house.browser("Vera").get("/", params={"source": str(hotel.id)}).text
    assert order(page) == [str(here)]
    assert f"row-{there}" not in page


def test_every_post_is_reached_by_paging_and_none_twice(house: House) -> None:
    source = house.source()
    wanted = {str(house.post(source, f"Beitrag Nummer {n} über den Sessel.", author_id=f"a{n}")) for n in range(120)}
    browser, address, seen = house.browser("Vera"), "/", []
    while address:
        page = browser.get(address).text
        seen += order(page)
        address = (
            page.split('rel="next" href="', 1)[1].split('"', 1)[0].replace("&amp;", "&") if 'rel="next"' in page else ""
        )
    assert len(seen) == 120
    assert set(seen) == wanted


@pytest.mark.parametrize("tab", ["open", "later", "way", "manual", "answered", "closed"])
def test_every_tab_opens_even_when_it_is_empty(house: House, tab: str) -> None:
    assert house.browser("Vera").get("/", params={"tab": tab}).status_code == 200


@pytest.mark.parametrize(
    "query",
    ["tab=nonsense", "source=zwölf", "source=99999999999", "mood='", "after=x", "after=2026~1", "after=~" + "9" * 30],
)
def test_a_broken_address_shows_the_queue_instead_of_an_error(house: House, query: str) -> None:
    assert house.browser("Vera").get("/?" + query).status_code == 200


def test_an_approved_post_moves_to_its_way(house: House) -> None:
    obligation_id = house.waiting()
    draft = house.draft_of(obligation_id)
    browser = house.browser("Anna")
    browser.post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": CALM})
    assert f"row-{obligation_id}" not in browser.get("/").text
    assert f"row-{obligation_id}" in browser.get("/?tab=way").text


def test_an_answer_without_a_channel_waits_among_the_manual_ones(house: House) -> None:
    obligation_id = house.waiting(house.source(channel=False))
    draft = house.draft_of(obligation_id)
    browser = house.browser("Anna")
    browser.post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": CALM})
    assert f"row-{obligation_id}" in browser.get("/?tab=manual").text
    assert f"row-{obligation_id}" not in browser.get("/?tab=way").text


def queries_for(house: House, address: str) -> int:
    """How many statements a page sends to the database."""
    browser, sent = house.browser("Vera"), []
    listener = lambda *args: sent.append(args[2])  # noqa: E731
    event.listen(house.database.reader, "before_cursor_execute", listener)
    try:
        assert browser.get(address).status_code == 200
    finally:
        event.remove(house.database.reader, "before_cursor_execute", listener)
    return len([one for one in sent if not one.startswith("BEGIN")])


def test_a_full_page_asks_the_database_no_more_often_than_an_empty_one(house: House) -> None:
    addresses = [f"/?tab={tab}" for tab in TABS]
    empty = [queries_for(house, address) for address in addresses]
    source = house.source()
    for n in range(60):
        house.waiting(source, f"Beitrag Nummer {n} über den Sessel.", author_id=f"a{n}")
    assert [queries_for(house, address) for address in addresses] == empty
    assert max(empty) <= 8


def test_an_item_with_a_long_history_asks_no_more_often_than_a_short_one(house: House) -> None:
    source = house.source()
    first = house.waiting(source)
    few = queries_for(house, f"/post/{first}")
    for n in range(12):
        house.clock.pass_(days=1)
        last = house.waiting(source, f"Nun schreibe ich zum {n + 2}. Mal, und nichts geschieht mit dem Sessel.")
    assert queries_for(house, f"/post/{last}") == few <= 20
