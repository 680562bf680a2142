"""An answer of which nobody knows whether it arrived: the page asks, and takes both answers."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.models import Draft, Reply
from db.moves import move
from db.states import ReplyState
from tests.web.conftest import CALM, House

DENY, CONFIRM = "/reply/1/deny", "/reply/1/confirm"
QUIET = timedelta(minutes=5)


def doubtful(house: House) -> int:
    """An item whose answer was sent and not acknowledged; it may still arrive during the quiet time."""
    item = house.waiting(url="https://example.org/r/1")
    form = {"revision": "1", "text": CALM}
    house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/approve", data=form)
    steps = ((ReplyState.PLANNED, ReplyState.SENDING), (ReplyState.SENDING, ReplyState.UNKNOWN))
    with house.database.write() as session:
        for before, after in steps:
            move(
                session, Reply, 1, before, after, actor="poster", why="test", now=house.clock(),
                sending_since=house.clock(), quiet_until=house.clock() + QUIET,
            )  # fmt: skip
    return item


def test_a_doubt_is_shown_with_the_way_to_look_and_both_answers(house: House) -> None:
    item = doubtful(house)
    house.clock.at += QUIET
    page = house.browser("Ben").get(f"/post/{item}").text
    for expected in (CALM, 'href="https://example.org/r/1"', DENY, CONFIRM, "Sie steht dort", "Sie steht nicht dort"):
        assert expected in page
    assert "Ich habe es veröffentlicht" not in page
    assert page.count(f'action="{CONFIRM}"') == 1


def test_as_long_as_it_may_still_arrive_only_a_yes_is_offered(house: House) -> None:
    item = doubtful(house)
    page = house.browser("Ben").get(f"/post/{item}").text
    assert CONFIRM in page
    assert DENY not in page
    assert "kann der erste Versuch noch ankommen" in page


def test_an_early_no_is_refused_in_plain_words(house: House) -> None:
    doubtful(house)
    answer = house.browser("Anna").post(DENY)
    assert answer.status_code == 409
    assert "Dafür ist es noch zu früh" in answer.text
    assert house.rows(Reply)[0].state == "unknown"


def test_a_no_brings_the_text_back_to_be_approved_anew(house: House) -> None:
    item = doubtful(house)
    house.clock.at += QUIET
    browser = house.browser("Ben")
    answer = browser.post(DENY)
    assert answer.headers["location"] == f"/post/{item}?note=denied"
    page = browser.get(answer.headers["location"]).text
    for expected in (
        "Nachgesehen: steht nicht dort",
        "nach einer neuen Freigabe",
        'id="draft-text"',
        "wartet der Text",
    ):
        assert expected in page
    assert page.count("Jemand hat auf der Seite nachgesehen") == 1
    assert [one.state for one in house.rows(Draft)] == ["superseded", "waiting"]


def test_a_yes_settles_the_doubt(house: House) -> None:
    doubtful(house)
    assert house.browser("Ben").post(CONFIRM, data={"url": "https://example.org/a/1"}).status_code == 303
    assert (house.rows(Reply)[0].state, house.rows(Reply)[0].url) == ("confirmed", "https://example.org/a/1")


def test_of_two_people_the_first_answer_stands(house: House) -> None:
    doubtful(house)
    house.clock.at += QUIET
    house.browser("Ben").post(CONFIRM)
    assert house.browser("Anna").post(DENY).status_code == 409
    assert house.rows(Reply)[0].state == "confirmed"


@pytest.mark.parametrize("path", [DENY, CONFIRM])
def test_somebody_who_only_looks_is_not_asked(house: House, path: str) -> None:
    item = doubtful(house)
    house.clock.at += QUIET
    browser = house.browser("Vera")
    assert path not in browser.get(f"/post/{item}").text
    assert browser.post(path).status_code == 403


def test_an_answer_that_waits_to_leave_is_not_asked_about(house: House) -> None:
    item = house.waiting()
    form = {"revision": "1", "text": CALM}
    house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/approve", data=form)
    page = house.browser("Anna").get(f"/post/{item}").text
    assert DENY not in page
    assert CONFIRM not in page
    assert house.browser("Anna").post(DENY).status_code == 409
