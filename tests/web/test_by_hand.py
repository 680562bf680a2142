"""When no draft comes: the page says so, and a person writes the answer."""

from __future__ import annotations

import pytest

from db.models import Approval, Case, Draft, Obligation, Reply
from db.moves import Conflict
from responder import drafts, writing
from responder.by_hand import write_by_hand
from responder.profiles import plain_profile
from responder.reading import read
from responder.reading.linear import Linear
from responder.reading.model import Reading, Text
from responder.roles import NotAllowed
from tests.web.conftest import CALM, House

LATE = {"minutes": 11}


def write(house: House, item: int, name: str = "Anna") -> str:
    """Press “write it myself”; returns where it leads."""
    return str(house.browser(name).post(f"/post/{item}/write").headers["location"])


def drafted_by_worker(house: House) -> int | None:
    return drafts.draft_next(house.database, now=house.clock(), make_profile=plain_profile(house.clock()))


def test_a_fresh_post_is_still_being_drafted(house: House) -> None:
    item = house.post(house.source())
    browser = house.browser("Ben")
    assert "Entwurf wird geschrieben" in browser.get("/").text
    page = browser.get(f"/post/{item}").text
    assert "wird gerade geschrieben" in page
    assert "Selbst schreiben" in page


def test_a_post_long_without_a_draft_says_so_plainly(house: House) -> None:
    item = house.post(house.source())
    house.clock.pass_(**LATE)
    browser = house.browser("Ben")
    assert "Noch kein Entwurf" in browser.get("/").text
    page = browser.get(f"/post/{item}").text
    assert "Für diesen Beitrag gibt es keinen Entwurf" in page
    assert "wird gerade geschrieben" not in page


def test_an_empty_draft_asks_for_a_hand_in_the_inbox_too(house: House) -> None:
    item = house.post(house.source())
    house.draft(item, "", needs=[writing.BY_HAND])
    browser = house.browser("Anna")
    assert "Bitte selbst schreiben" in browser.get("/").text
    assert "Bitte schreiben Sie diese Antwort selbst" in browser.get(f"/post/{item}").text


def test_somebody_who_only_looks_is_offered_no_pen(house: House) -> None:
    item = house.post(house.source())
    assert "/write" not in house.browser("Vera").get(f"/post/{item}").text
    with pytest.raises(NotAllowed):
        write_by_hand(house.database, item, house.user("Vera"), house.clock())


def test_an_answer_written_from_nothing_is_approved_and_planned(house: House) -> None:
    item = house.post(house.source())
    assert write(house, item) == f"/post/{item}?note=by_hand"
    browser, draft = house.browser("Anna"), house.draft_of(item)
    assert 'id="draft-text"' in browser.get(f"/post/{item}").text
    browser.post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": CALM})
    assert [(one.text, one.approver_id) for one in house.rows(Approval)] == [(CALM, house.user("Anna").id)]
    assert [one.state for one in house.rows(Reply)] == ["planned"]


def test_a_draft_that_could_not_be_made_is_written_and_approved_all_the_same(house: House) -> None:
    item = house.post(house.source())
    house.draft(item, "", needs=[writing.BY_HAND])
    draft = house.draft_of(item)
    house.browser("Anna").post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": CALM})
    assert house.rows(Approval)[0].text == CALM


def test_an_empty_answer_is_not_approved(house: House) -> None:
    item = house.post(house.source())
    write(house, item)
    draft = house.draft_of(item)
    answer = house.browser("Anna").post(f"/draft/{draft.id}/approve", data={"revision": "1", "text": ""})
    assert answer.status_code == 422
    assert "Hier steht noch kein Text" in answer.text
    assert not house.rows(Approval)


def test_the_worker_leaves_a_post_alone_that_somebody_writes(house: House) -> None:
    item = house.post(house.source())
    write(house, item, "Ben")
    assert drafted_by_worker(house) is None
    assert [(one.text, one.origin) for one in house.rows(Draft)] == [("", "person")]


def test_a_worker_that_began_earlier_does_not_add_a_second_draft(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    item = house.post(house.source())

    def slow(text: Text, mood: Linear | None) -> Reading:
        write_by_hand(house.database, item, house.user("Ben"), house.clock())
        return read(text, mood)

    monkeypatch.setattr(writing, "read", slow)
    drafted_by_worker(house)
    assert [one.origin for one in house.rows(Draft)] == ["person"]


def test_two_clicks_open_one_sheet(house: House) -> None:
    item = house.post(house.source())
    write(house, item)
    write(house, item, "Ben")
    assert len(house.rows(Draft)) == 1


def test_writing_into_a_post_that_has_a_draft_keeps_that_draft(house: House) -> None:
    item = house.waiting()
    write(house, item)
    assert [one.text for one in house.rows(Draft)] == [CALM]


def test_an_answered_post_takes_no_second_answer(house: House) -> None:
    item = house.waiting()
    house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/approve", data={"revision": "1", "text": CALM})
    assert house.browser("Ben").post(f"/post/{item}/write").status_code == 409
    with pytest.raises(Conflict):
        write_by_hand(house.database, item, house.user("Ben"), house.clock())
    assert len(house.rows(Draft)) == 1


def test_a_refused_pen_changes_nothing(house: House) -> None:
    item = house.waiting()
    house.browser("Anna").post(f"/post/{item}/close", data={"reason": "spam"})
    before = house.rows(Obligation)
    assert house.browser("Ben").post(f"/post/{item}/write").status_code == 409
    assert [one.model_dump() for one in house.rows(Obligation)] == [one.model_dump() for one in before]
    assert house.rows(Case)
