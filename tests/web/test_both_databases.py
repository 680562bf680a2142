"""Every page and every action once on each database: the item, its history, people and the switch."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest

from crawler.items import OwnerReply
from db import queries_inbox, queries_item, queries_people
from db.engine import Database
from db.models import Approval, Obligation, Reply, UserSession
from db.queries_inbox import Filters
from db.states import ReplyState
from responder import people
from responder.by_hand import write_by_hand
from responder.reading.model import Reading
from tests.web.conftest import CALM, PASSWORD, House


@pytest.fixture
def kept_in(database: Database) -> Database:
    """Both databases."""
    return database


def approve(house: House, item: int) -> None:
    form = {"revision": "1", "text": CALM}
    answer = house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/approve", data=form)
    assert answer.status_code == 303


def queue(house: House, tab: str = "open", **filters: object) -> list[int | None]:
    with house.database.read() as session:
        found = queries_inbox.queue(session, tab, Filters(**filters), house.clock())  # type: ignore[arg-type]
        return [row.obligation.id for row in found]


def test_the_counts_agree_with_the_tabs(house: House) -> None:
    source, by_hand = house.source(), house.source("Hotel", channel=False)
    items = [house.waiting(source, f"Beitrag {n} über den Sessel.", author_id=f"a{n}") for n in range(3)]
    manual = house.waiting(by_hand, author_id="m")
    approve(house, items[0])
    approve(house, manual)
    form = {"until": (house.clock() + timedelta(hours=2)).astimezone(house.settings.zone).strftime("%Y-%m-%dT%H:%M")}
    house.browser("Ben").post(f"/post/{items[1]}/hold", data=form)
    with house.database.read() as session:
        counts = queries_inbox.counts(session, house.clock())
    assert (counts.open, counts.later, counts.way, counts.manual) == (1, 1, 1, 1)
    assert [queue(house, tab) for tab in ("open", "later", "way", "manual")] == [
        [items[2]], [items[1]], [items[0]], [manual],
    ]  # fmt: skip


def test_a_post_that_was_never_read_has_no_mood(house: House) -> None:
    house.post(house.source())
    assert [queue(house, mood=mood) for mood in queries_inbox.MOODS] == [[], [], [], []]


def test_mood_and_source_and_paging_narrow_together(house: House) -> None:
    shop, hotel = house.source("Laden"), house.source("Hotel")
    items = []
    for number in range(6):
        item = house.post(shop if number % 2 else hotel, f"Beitrag {number} vom Sessel.", author_id=f"a{number}")
        house.draft(item, reading=Reading(language="de", sentiment="negative", anger=3 if number < 4 else 0))
        items.append(item)
    assert queue(house, mood="angry", source_id=shop.id) == [items[1], items[3]]
    with house.database.read() as session:
        due_at = session.get_one(Obligation, items[1]).due_at
    assert queue(house, mood="angry", source_id=shop.id, after=(due_at, items[1])) == [items[3]]


def test_the_next_item_follows_the_deadline_and_comes_round(house: House) -> None:
    source = house.source()
    items = [house.waiting(source, f"Beitrag {n} über den Sessel.", author_id=f"a{n}") for n in range(3)]
    with house.database.read() as session:
        keys = [(session.get_one(Obligation, item).due_at, item) for item in items]
        following = [queries_inbox.next_open(session, key, house.clock()) for key in keys]
    assert following == [items[1], items[2], items[0]]


def test_an_item_comes_with_its_whole_story(house: House) -> None:
    source = house.source()
    first = house.waiting(source, external_id="r1")
    approve(house, first)
    house.clock.pass_(days=1)
    reply = OwnerReply("o1", "Wir haben telefoniert.", house.clock(), "Möbelhaus Brandt")
    house.post(source, "Etwas ganz anderes: der Tisch wackelt.", external_id="r2", owner_replies=[reply])
    last = house.post(source, "Der Sessel kam heute, aber zerkratzt und ohne Füße.", external_id="r1")
    with house.database.read() as session:
        found = queries_item.item(session, last)
    assert found is not None
    assert [version.version for version in found.versions] == [2, 1]
    assert [one.owner_replies[0].text for one in found.earlier if one.owner_replies] == ["Wir haben telefoniert."]
    assert house.browser("Vera").get(f"/post/{last}").status_code == 200


def test_an_approval_is_taken_back_while_it_can_be(house: House) -> None:
    item = house.waiting()
    approve(house, item)
    with house.database.read() as session:
        undoable = queries_inbox.undoable(session, house.user("Anna").id or 0, house.clock())
    assert [one.obligation_id for one in undoable] == [item]
    house.browser("Anna").post(f"/approval/{house.rows(Approval)[0].id}/undo")
    assert house.rows(Reply)[0].state == ReplyState.CANCELLED


def test_writing_by_hand_leaves_one_draft(house: House) -> None:
    item = house.post(house.source())
    drafts = [write_by_hand(house.database, item, house.user("Ben"), house.clock()).id for _ in range(2)]
    assert drafts[0] == drafts[1]


def test_every_tab_opens_with_every_filter(house: House) -> None:
    approve(house, house.waiting())
    browser = house.browser("Vera")
    for tab, mood in itertools.product(queries_inbox.TABS, ("", *queries_inbox.MOODS)):
        answer = browser.get("/", params={"tab": tab, "mood": mood, "source": "1"})
        assert answer.status_code == 200, (tab, mood)


@pytest.mark.parametrize("address", ["/sources", "/status", "/people", "/account", "/help", "/readyz"])
def test_every_other_page_opens(house: House, address: str) -> None:
    house.waiting()
    assert house.browser("Ada").get(address).status_code == 200


def test_people_come_in_and_go_out(house: House) -> None:
    token = people.add_user(house.database, "Carla", ["drafter"], house.clock())
    cookie = people.redeem_link(house.database, token, PASSWORD, house.clock())
    assert cookie is not None
    assert people.visitor(house.database, cookie, house.clock()) is not None
    house.clock.pass_(hours=13)
    with house.database.write() as session:
        queries_people.end_stale_sessions(session, house.clock())
    assert not house.rows(UserSession)
    assert people.check_password(house.database, "Carla", PASSWORD) is not None


def test_posting_stops_and_goes_on(house: House) -> None:
    browser = house.browser("Anna")
    browser.post("/posting/pause")
    assert "gestoppt" in browser.get("/").text
    browser.post("/posting/resume")
    assert "gestoppt" not in browser.get("/").text
