"""The WordPress outlet against a server that speaks WordPress and misbehaves on command."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest

from responder.publishers import make_publisher
from responder.publishers.base import Account, Doubles, Outgoing, Publisher, Result, Trouble
from responder.publishers.wordpress.publisher import plain, rest_base
from tests.publishers.fake_wordpress import PASSWORD, USER, Comment, FakeWordPress
from tests.publishers.platform import Faults, Reply

TEXT = "Guten Tag Herr Müller,\n\nes tut uns leid, dass Sie so lange „warten“ mussten & niemand kam.\n\nRosi Beck"


@pytest.fixture
def site() -> FakeWordPress:
    return FakeWordPress()


@pytest.fixture
def address(site: FakeWordPress) -> Iterator[str]:
    with site.running() as base:
        yield base


@pytest.fixture
def publisher(address: str) -> Publisher:
    return outlet(address)


def outlet(address: str, secret: str = PASSWORD, timeout_seconds: float = 2.0, **values: object) -> Publisher:
    account = Account(address, USER, secret, allow_private=True, settings={"timeout_seconds": timeout_seconds})
    for key, value in values.items():
        account = Account(**{**{name: getattr(account, name) for name in account.__slots__}, key: value})
    return make_publisher("wordpress", account)


def outgoing(text: str = TEXT, target: str = "2") -> Outgoing:
    return Outgoing(target, "https://gasthaus.example/2026/kundenstimmen/#comment-2", text, "key-1")


def test_the_standing_comment_is_read_as_plain_words(publisher: Publisher) -> None:
    standing = publisher.standing(outgoing())
    assert (standing.exists, standing.text) == (True, "Ich habe eine Stunde gewartet & niemand kam.")
    assert (standing.title, standing.rating) == (None, None)


def test_a_reply_stands_under_its_comment_with_number_and_link(publisher: Publisher, site: FakeWordPress) -> None:
    outcome = publisher.send(outgoing())
    assert (outcome.result, outcome.external_id) == (Result.OK, "3")
    assert outcome.url.endswith("#comment-3")
    assert site.comments[3] == Comment(3, TEXT, parent=2, author=1)


def test_the_password_goes_by_basic_authentication_and_nowhere_else(publisher: Publisher, site: FakeWordPress) -> None:
    publisher.send(outgoing())
    assert all(request.headers["authorization"].startswith("Basic ") for request in site.requests)
    assert not any(PASSWORD in f"{request.path}{request.query}{request.body}" for request in site.requests)


@pytest.mark.parametrize("status", ["hold", "spam", "trash"])
def test_a_comment_that_is_not_public_does_not_stand(publisher: Publisher, site: FakeWordPress, status: str) -> None:
    site.comments[2].status = status
    assert not publisher.standing(outgoing()).exists


def test_a_deleted_comment_does_not_stand_and_gets_no_reply_in_the_void(
    publisher: Publisher, site: FakeWordPress
) -> None:
    del site.comments[2]
    site.comments[9] = Comment(9, "andere")
    assert not publisher.standing(outgoing()).exists
    assert publisher.send(outgoing()).result is Result.RETRY_LATER
    assert site.posts() == 0


def test_the_same_words_twice_count_as_published_once(publisher: Publisher, site: FakeWordPress) -> None:
    assert publisher.send(outgoing()).result is Result.OK
    again = publisher.send(outgoing())
    assert (again.result, again.external_id) == (Result.OK, "3")
    assert site.ours == [TEXT]


def test_a_reply_in_moderation_is_pending_until_it_is_public(publisher: Publisher, site: FakeWordPress) -> None:
    site.rules.new_status = "hold"
    assert publisher.send(outgoing()).result is Result.PENDING
    assert publisher.find(outgoing()).result is Result.PENDING
    site.comments[3].status = "approved"
    assert publisher.find(outgoing()).result is Result.OK


def test_an_author_who_may_not_moderate_finds_his_public_reply(publisher: Publisher, site: FakeWordPress) -> None:
    site.rules.moderator = False
    publisher.send(outgoing())
    assert publisher.find(outgoing()).external_id == "3"


def test_a_duplicate_that_nobody_can_see_waits_in_moderation(publisher: Publisher, site: FakeWordPress) -> None:
    site.rules.moderator, site.rules.new_status = False, "hold"
    publisher.send(outgoing())
    again = publisher.send(outgoing())
    assert (again.result, site.ours) == (Result.PENDING, [TEXT])


def test_what_is_not_there_is_certainly_not_there(publisher: Publisher, site: FakeWordPress) -> None:
    site.comments[3] = Comment(3, TEXT, parent=2, author=7)
    site.comments[4] = Comment(4, "Etwas anderes.", parent=2, author=1)
    site.comments[5] = Comment(5, TEXT, parent=4, author=1)
    assert publisher.find(outgoing()).result is Result.REFUSED


def test_a_wrong_password_is_found_out_when_sending_and_when_looking(address: str, site: FakeWordPress) -> None:
    wrong = outlet(address, secret="falsch")
    assert wrong.send(outgoing()).result is Result.AUTH
    assert wrong.find(outgoing()).result is Result.AUTH
    assert site.ours == []


@pytest.mark.parametrize(
    ("rule", "text", "result"),
    [
        ({"closed": True}, TEXT, Result.REFUSED),
        ({"flood": True}, TEXT, Result.RETRY_LATER),
        ({}, "ä" * 33_000, Result.REFUSED),
        ({}, " ", Result.REFUSED),
    ],
)
def test_every_refusal_has_its_class(
    publisher: Publisher, site: FakeWordPress, rule: dict[str, bool], text: str, result: Result
) -> None:
    for name, value in rule.items():
        setattr(site.rules, name, value)
    assert publisher.send(outgoing(text)).result is result
    assert site.ours == []


def test_the_flood_guard_is_waited_out_half_a_minute(publisher: Publisher, site: FakeWordPress) -> None:
    site.rules.flood = True
    assert publisher.send(outgoing()).wait_seconds == 30.0


def test_a_vanished_article_makes_the_post_gone(publisher: Publisher, site: FakeWordPress) -> None:
    site.comments[2].post = 99
    assert publisher.send(outgoing()).result is Result.GONE


@pytest.mark.parametrize(
    ("reply", "result", "wait"),
    [
        (Reply(500, "<h1>Error</h1>"), Result.UNKNOWN, None),
        (Reply(502, "Bad Gateway"), Result.UNKNOWN, None),
        (Reply(503, "", {"retry-after": "120"}), Result.RETRY_LATER, 120.0),
        (Reply(503, ""), Result.UNKNOWN, None),
        (Reply(429, "", {"retry-after": "7"}), Result.RETRY_LATER, 7.0),
        (Reply(302, "", {"location": "https://fremd.example/"}), Result.AUTH, None),
        (Reply(404, {"code": "rest_no_route"}), Result.AUTH, None),
        (Reply(200, "<html>Cache</html>"), Result.UNKNOWN, None),
        (Reply(201, "kaputt"), Result.UNKNOWN, None),
    ],
)
def test_statuses_of_the_way_are_told_apart(
    publisher: Publisher, site: FakeWordPress, reply: Reply, result: Result, wait: float | None
) -> None:
    site.faults.append(Faults(instead=reply))
    outcome = publisher.send(outgoing())
    assert (outcome.result, outcome.wait_seconds) == (result, wait)


def test_an_answer_cut_off_after_accepting_is_found_and_stands_once(publisher: Publisher, site: FakeWordPress) -> None:
    site.faults.append(Faults(cut=True))
    with pytest.raises(ConnectionError):
        publisher.send(outgoing())
    assert publisher.find(outgoing()).result is Result.OK
    assert site.ours == [TEXT]


@pytest.mark.parametrize("fault", [Faults(latency=1.5), Faults(drip=True)])
def test_the_whole_attempt_ends_in_its_time_even_when_bytes_keep_coming(
    address: str, site: FakeWordPress, fault: Faults
) -> None:
    site.faults.append(fault)
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        outlet(address, timeout_seconds=0.5).send(outgoing())
    assert time.monotonic() - started < 1.2


@pytest.mark.parametrize("look", [lambda one: one.standing, lambda one: one.find], ids=["standing", "find"])
def test_a_look_that_fails_proves_nothing(
    publisher: Publisher, site: FakeWordPress, look: Callable[[Publisher], Callable[[Outgoing], object]]
) -> None:
    site.faults.append(Faults(method="GET", instead=Reply(500, "<h1>Error</h1>")))
    try:
        outcome = look(publisher)(outgoing())
    except Trouble as trouble:
        outcome = trouble.outcome
    assert getattr(outcome, "result", None) is Result.RETRY_LATER


def test_a_site_in_a_private_network_needs_permission(address: str, site: FakeWordPress) -> None:
    with pytest.raises(Trouble, match="private network"):
        outlet(address, allow_private=False).standing(outgoing())
    assert site.requests == []


@pytest.mark.parametrize(
    ("given", "base"),
    [
        ("https://gasthaus.example", "https://gasthaus.example/wp-json"),
        ("https://gasthaus.example/blog/", "https://gasthaus.example/blog/wp-json"),
        ("https://gasthaus.example/wp-json/wp/v2/comments", "https://gasthaus.example/wp-json"),
    ],
)
def test_the_interface_is_found_from_the_sites_address(given: str, base: str) -> None:
    assert rest_base(given) == base


def test_rendered_words_lose_their_markup_and_nothing_else() -> None:
    assert plain("<p>1 &lt; 2 &amp; <b>gut</b></p>\n<p>Ende</p>").split() == ["1", "<", "2", "&", "gut", "Ende"]


def test_the_limits_are_wordpresss_own(publisher: Publisher) -> None:
    assert (publisher.limits.max_len, publisher.limits.unit) == (65525, "bytes")
    assert publisher.doubles is Doubles.LIST_THEN_POST
