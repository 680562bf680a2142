"""The demo outlet against the protocol of the demo platform, and the table of outlets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from responder.publishers import LIMITS, PUBLISHERS, limits_of, make_publisher
from responder.publishers.base import Account, Doubles, Outgoing, Publisher, Result, Trouble
from tests.publishers.platform import Faults, Platform, Reply, Request

TEXT = "Guten Tag, es tut uns leid, dass Sie warten mussten. Rosi Beck"


class FakeDemo(Platform):
    """One review; posting twice publishes twice."""

    def __init__(self) -> None:
        super().__init__()
        self.review: dict[str, Any] = {
            "id": "h-01",
            "title": "Enttäuscht",
            "text": "Eine Stunde gewartet.",
            "rating": 2,
            "deleted": False,
            "replies": [],
        }

    def handle(self, request: Request) -> Reply:
        if request.headers.get("authorization") != "Bearer geheim":
            return Reply(401, {"code": "unauthorized"})
        if request.path == "/api/review/h-01":
            return Reply(200, self.review)
        if request.path != "/reply" or request.body["review"] != "h-01":
            return Reply(404, {"code": "no_such_review"})
        if self.review["deleted"]:
            return Reply(410, {"code": "deleted"})
        reply = {"id": f"a{len(self.review['replies']) + 1}", "text": request.body["text"], "created_at": "…"}
        self.review["replies"].append(reply)
        return Reply(201, reply | {"url": "http://demo.example/hotel#a1"})


@pytest.fixture
def demo() -> FakeDemo:
    return FakeDemo()


@pytest.fixture
def address(demo: FakeDemo) -> Iterator[str]:
    with demo.running() as base:
        yield base


@pytest.fixture
def publisher(address: str) -> Publisher:
    return outlet(address)


def outlet(address: str, secret: str = "geheim") -> Publisher:
    return make_publisher("demo", Account(address, secret=secret, allow_private=True, settings={"timeout_seconds": 1}))


def outgoing(target: str = "h-01") -> Outgoing:
    return Outgoing(target, "http://demo.example/hotel#h-01", TEXT, "key-1")


def test_the_review_stands_with_title_text_and_stars(publisher: Publisher) -> None:
    standing = publisher.standing(outgoing())
    assert (standing.title, standing.text, standing.rating) == ("Enttäuscht", "Eine Stunde gewartet.", 2.0)


def test_a_reply_is_posted_once_with_its_key(publisher: Publisher, demo: FakeDemo) -> None:
    outcome = publisher.send(outgoing())
    assert (outcome.result, outcome.external_id, outcome.url) == (Result.OK, "a1", "http://demo.example/hotel#a1")
    assert demo.requests[-1].body == {"review": "h-01", "text": TEXT, "key": "key-1"}


def test_before_sending_it_is_not_there_and_afterwards_it_is(publisher: Publisher) -> None:
    assert publisher.find(outgoing()).result is Result.REFUSED
    publisher.send(outgoing())
    assert publisher.find(outgoing()).result is Result.OK


def test_an_answer_cut_off_after_accepting_is_found(publisher: Publisher, demo: FakeDemo) -> None:
    demo.faults.append(Faults(cut=True))
    with pytest.raises(ConnectionError):
        publisher.send(outgoing())
    assert publisher.find(outgoing()).external_id == "a1"


@pytest.mark.parametrize(
    ("status", "result"), [(503, Result.UNKNOWN), (429, Result.RETRY_LATER), (422, Result.REFUSED)]
)
def test_failures_have_their_class(publisher: Publisher, demo: FakeDemo, status: int, result: Result) -> None:
    demo.faults.append(Faults(instead=Reply(status, {"code": "no"})))
    assert publisher.send(outgoing()).result is result


def test_a_deleted_review_neither_stands_nor_takes_a_reply(publisher: Publisher, demo: FakeDemo) -> None:
    demo.review["deleted"] = True
    assert not publisher.standing(outgoing()).exists
    assert publisher.send(outgoing()).result is Result.GONE
    assert publisher.find(outgoing()).result is Result.GONE


def test_an_unknown_review_does_not_stand(publisher: Publisher) -> None:
    assert not publisher.standing(outgoing("h-99")).exists


def test_a_wrong_token_is_found_out_before_anything_is_sent(address: str, demo: FakeDemo) -> None:
    wrong = outlet(address, "falsch")
    with pytest.raises(Trouble) as trouble:
        wrong.standing(outgoing())
    assert trouble.value.outcome.result is Result.AUTH
    assert wrong.send(outgoing()).result is Result.AUTH
    assert demo.review["replies"] == []


@pytest.mark.parametrize("kind", sorted(PUBLISHERS))
def test_every_outlet_keeps_the_contract(kind: str) -> None:
    publisher = make_publisher(kind, Account("https://gasthaus.example/"))
    assert publisher.kind == kind
    assert publisher.limits == LIMITS[kind] == limits_of(kind)
    assert publisher.timeout_seconds > 0
    assert publisher.settle_seconds >= 0


def test_an_unknown_outlet_is_named_with_those_that_exist() -> None:
    with pytest.raises(LookupError, match="manual"):
        make_publisher("fax", Account(""))
    assert limits_of("fax").max_len == 0


def test_the_manual_outlet_sends_nothing_and_claims_nothing() -> None:
    manual = make_publisher("manual", Account(""))
    assert manual.doubles is Doubles.NO_READ_BACK
    assert manual.standing(outgoing()).exists
    assert manual.send(outgoing()).result is Result.REFUSED
    assert manual.find(outgoing()).result is Result.UNKNOWN
