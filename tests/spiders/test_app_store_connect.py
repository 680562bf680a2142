"""Reviews of an app through App Store Connect, with a key that signs for itself."""

from __future__ import annotations

import pytest

from crawler.items import Target
from tests.spiders.apple import APP, Connect, failure
from tests.spiders.conftest import Run, local
from tests.spiders.keys import apple_key, google_pair
from tests.spiders.shelf import Shelf
from tests.spiders.signed_in import Ask, asking
from tests.spiders.site import Answer, Site

ADDRESS = f"https://appstoreconnect.apple.com/apps/{APP}"


@pytest.fixture
def connect(site: Site) -> Connect:
    return Connect(site)


@pytest.fixture
def target(connect: Connect) -> Target:
    settings = {"app": APP, "api": connect.site.url}
    return local(ADDRESS, "app_store_connect", settings=settings, secret=apple_key())


@pytest.fixture
def ask(target: Target, shelf: Shelf, run: Run[object]) -> Ask:
    return asking(run, shelf, target)


def test_a_review_is_read_with_a_signed_login(connect: Connect, ask: Ask, shelf: Shelf) -> None:
    identity = connect.write("Stürzt ab.", 1)
    report = ask()
    assert (report.new, report.requests, report.health) == (1, 1, "ok")
    post = shelf.posts[identity]
    assert (post.title, post.text, post.rating, post.author_name) == ("Naja", "Stürzt ab.", 1.0, "Karl Berger")
    assert (post.author_id, post.url) == ("", ADDRESS)
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-11-20T08:00:00+00:00"


def test_an_answer_counts_once_the_public_sees_it(connect: Connect, ask: Ask, shelf: Shelf) -> None:
    identity = connect.write("Stürzt ab.", 1)
    connect.reply(identity, "Mit 2.1 behoben.", "PENDING_PUBLISH")
    ask()
    assert shelf.posts[identity].owner_replies == []
    connect.reply(identity, "Mit 2.1 behoben.")
    ask()
    [answer] = shelf.posts[identity].owner_replies
    assert (answer.external_id, answer.text) == (f"a-{identity}", "Mit 2.1 behoben.")


def test_an_unchanged_app_costs_one_request_and_no_row(connect: Connect, ask: Ask) -> None:
    for number in range(5):
        connect.write(f"Meinung {number}")
    ask()
    report = ask()
    assert (report.requests, report.rows_written) == (1, 0)


def test_many_reviews_come_page_by_page_with_the_platforms_count(connect: Connect, ask: Ask, shelf: Shelf) -> None:
    for number in range(450):
        connect.write(f"Meinung {number}")
    report = ask()
    assert (report.new, report.requests) == (450, 3)
    assert {page.published_total for page in shelf.pages} == {450}


def test_the_login_goes_to_no_other_place(connect: Connect, ask: Ask, shelf: Shelf) -> None:
    connect.elsewhere = "http://127.0.0.1:9"
    for number in range(250):
        connect.write(f"Meinung {number}")
    report = ask()
    assert (report.new, report.requests) == (200, 1)


def test_the_login_is_kept_between_looks_and_renewed_once(connect: Connect, ask: Ask) -> None:
    ask()
    ask()
    assert connect.logins[0] == connect.logins[1]
    connect.refused = {connect.logins[0]}
    assert ask().health == "ok"
    assert len(set(connect.logins)) == 2


def test_a_key_that_apple_does_not_know_is_tried_twice_and_said(connect: Connect, ask: Ask) -> None:
    connect.refusal = failure(401, "NOT_AUTHORIZED")
    report = ask()
    assert (report.health, report.requests) == ("degraded", 2)
    assert "does not accept the credential" in report.errors[0]


@pytest.mark.parametrize(
    "secret", ["", "2X9R4HXF34", '{"issuer_id": "x"}', apple_key(private_key=google_pair().private)]
)
def test_a_wrong_credential_is_said_and_sent_nowhere(secret: str, ask: Ask, site: Site) -> None:
    report = ask(secret=secret)
    assert (report.health, site.paths) == ("degraded", [])
    assert "in the credential" in report.errors[0] or "The credential of this source" in report.errors[0]
    assert "PRIVATE KEY" not in " ".join(report.errors)


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (failure(403, "FORBIDDEN_ERROR"), "Check its rights"),
        (failure(403, "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"), "has agreed to Apple's new terms"),
        (failure(404, "NOT_FOUND"), "Check the address of the source"),
        (failure(429, "RATE_LIMIT_EXCEEDED"), "come less often"),
        (failure(500, "UNEXPECTED_ERROR"), "the next look will try again"),
        (Answer("{kaputt"), "not the JSON it should be"),
        (Answer('{"links": {}}'), "no list of posts"),
    ],
)
def test_what_apple_refuses_or_garbles_is_said_and_nothing_stored(
    refusal: Answer, told: str, connect: Connect, ask: Ask, shelf: Shelf
) -> None:
    connect.refusal = refusal
    report = ask()
    assert (report.health, shelf.pages) == ("degraded", [])
    assert told in report.errors[0]


def test_a_review_without_fields_is_read_as_far_as_it_goes(connect: Connect, ask: Ask, shelf: Shelf) -> None:
    connect.refusal = Answer(
        '{"data": [{"id": "r1", "attributes": {"body": "Naja."}}, {"attributes": {}}, 7], "included": "nichts"}'
    )
    report = ask()
    assert (report.new, shelf.posts["r1"].rating) == (1, None)
    assert len(report.errors) == 1
