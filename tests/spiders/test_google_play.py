"""Reviews of an app on Google Play through the API of its owner."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import Watched
from tests.spiders.conftest import local
from tests.spiders.google import JSON, error, error_info
from tests.spiders.keys import google_login, service_account
from tests.spiders.play import LIST, PACKAGE, Play
from tests.spiders.shelf import Shelf
from tests.spiders.signed_in import Ask, asking
from tests.spiders.site import Answer, Site


@pytest.fixture
def play(site: Site) -> Iterator[Play]:
    made = Play(site)
    yield made
    assert made.checked.problems == []


@pytest.fixture
def ask(play: Play, shelf: Shelf, run: Callable[[Any], Any]) -> Ask:
    settings = {"package": PACKAGE, "api": play.site.url, "token_uri": play.tokens.address}
    address = f"https://play.google.com/store/apps/details?id={PACKAGE}"
    return asking(run, shelf, local(address, "google_play", settings=settings, secret=service_account()))


def test_a_review_is_read_with_a_signed_login(play: Play, ask: Ask, shelf: Shelf) -> None:
    play.write("Die App stürzt beim Bezahlen ab.")
    report = ask()
    assert (report.new, report.requests, report.health) == (1, 2, "ok")
    [post] = shelf.posts.values()
    assert (post.external_id, post.author_name, post.author_id) == ("r1", "Karl Berger", "")
    assert (post.text, post.rating, post.language) == ("Die App stürzt beim Bezahlen ab.", 2.0, "de")
    assert post.url == f"https://play.google.com/store/apps/details?id={PACKAGE}&reviewId=r1"
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-11-25T09:47:40+00:00"


def test_an_unchanged_week_costs_one_request_and_no_row(play: Play, ask: Ask, shelf: Shelf) -> None:
    play.write("Langsam.")
    ask()
    report = ask()
    assert (report.requests, report.rows_written, len(shelf.pages)) == (1, 0, 1)


def test_many_reviews_come_page_by_page(play: Play, ask: Ask) -> None:
    for number in range(230):
        play.write(f"Meinung {number}")
    report = ask()
    assert (report.new, report.requests) == (230, 4)


def test_an_edited_review_comes_up_again(play: Play, ask: Ask, shelf: Shelf) -> None:
    first = play.write("Langsam.")
    play.write("Gut.", 5)
    ask()
    play.edit(first, "Langsam, und jetzt stürzt sie auch noch ab.")
    report = ask()
    assert (report.new, report.changed) == (0, 1)
    assert shelf.posts[first].text == "Langsam, und jetzt stürzt sie auch noch ab."


def test_our_answer_hangs_under_its_review(play: Play, ask: Ask, shelf: Shelf) -> None:
    identity = play.write("Langsam.")
    play.reply(identity, "Mit Version 2.1 ist das behoben.")
    ask()
    [answer] = shelf.posts[identity].owner_replies
    assert (answer.external_id, answer.text) == ("r1/reply", "Mit Version 2.1 ist das behoben.")


def test_a_quiet_week_is_no_loss(play: Play, ask: Ask, shelf: Shelf) -> None:
    play.write("Langsam.")
    ask()
    play.pass_a_week()
    report = ask()
    assert (report.health, report.errors, report.deleted) == ("ok", [], 0)
    assert not shelf.posts["r1"].deleted


def test_a_review_that_google_does_not_know_any_more_is_deleted(play: Play, ask: Ask, shelf: Shelf) -> None:
    kept, gone = play.write("Langsam."), play.write("Stürzt ab.")
    ask()
    play.delete(gone)
    report = ask()
    assert (report.deleted, report.requests, report.errors) == (1, 3, [])
    assert [shelf.posts[identity].deleted for identity in (kept, gone)] == [False, True]
    assert ask().requests == 1


@pytest.mark.parametrize("full", [False, True])
def test_a_review_that_is_only_too_old_to_be_asked_for_is_not_deleted(
    play: Play, ask: Ask, shelf: Shelf, full: bool
) -> None:
    old = play.write("Langsam.")
    play.write("Stürzt ab.")
    ask()
    play.age(old)
    watched = (Watched(1, old, shelf.posts[old].url),)
    report = ask(conditional=not full, watched=watched)
    assert (report.deleted, report.requests) == (0, 1)
    assert ask().requests == 1


def test_an_interface_that_knows_no_single_review_proves_no_deletion(play: Play, ask: Ask) -> None:
    play.write("Langsam.")
    gone = play.write("Stürzt ab.")
    ask()
    play.delete(gone)
    play.knows_single = False
    assert ask().deleted == 0


def test_the_login_is_kept_and_renewed_when_it_is_refused(play: Play, ask: Ask) -> None:
    play.write("Langsam.")
    ask()
    ask()
    assert play.tokens.given == 1
    play.tokens.forget()
    assert ask().health == "ok"
    assert play.tokens.given == 3


def test_a_login_that_is_about_to_end_is_renewed(play: Play, ask: Ask) -> None:
    play.tokens.lifetime = 30
    ask()
    ask()
    assert play.tokens.given == 2


def test_a_login_that_is_refused_again_and_again_ends_the_look(play: Play, ask: Ask, site: Site) -> None:
    play.tokens.accepts = lambda _asked: False  # type: ignore[method-assign]
    report = ask()
    assert "does not accept the credential" in report.errors[0]
    assert (site.paths.count(f"{LIST}?maxResults=100"), play.tokens.given) == (2, 2)


def test_a_persons_login_serves_as_well(play: Play, ask: Ask) -> None:
    play.write("Langsam.")
    assert ask(secret=google_login()).new == 1


@pytest.mark.parametrize(
    ("secret", "told"),
    [
        ("", "neither the JSON key of a Google service account"),
        ("AIzaSyGeheim", "neither the JSON key of a Google service account"),
        (service_account(private_key="geheim"), "private key in the credential"),
    ],
)
def test_a_wrong_credential_is_said_and_sent_nowhere(secret: str, told: str, ask: Ask, site: Site) -> None:
    report = ask(secret=secret)
    assert (report.health, site.paths) == ("degraded", [])
    assert told in report.errors[0]
    assert "eheim" not in " ".join(report.errors)


def test_an_address_for_tokens_inside_the_key_is_not_believed(play: Play, ask: Ask, site: Site) -> None:
    report = ask(secret=service_account(token_uri=f"{site.url}/boese"))
    assert report.health == "ok"
    assert "/boese" not in site.paths


def test_a_key_that_google_has_withdrawn_is_said(play: Play, ask: Ask) -> None:
    play.tokens.answer = Answer('{"error": "invalid_grant"}', 400)
    assert "does not accept the credential" in ask().errors[0]


def test_a_token_place_in_trouble_is_not_taken_for_a_wrong_key(play: Play, ask: Ask) -> None:
    play.tokens.answer = Answer("busy", 503, {"Retry-After": "0"})
    assert "answers with the error 503; the next look will try again" in ask().errors[0]


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (error(403, "forbidden", "PERMISSION_DENIED"), "Check its rights"),
        (error(403, "quotaExceeded"), "quota of this credential is used up"),
        (error_info(403, "SERVICE_DISABLED"), "Switch it on in the Google Cloud console"),
        (error(403, "rateLimitExceeded"), "come less often"),
        (error(404, "applicationNotFound", "NOT_FOUND"), "Check the address of the source"),
        (error(429, "", "RESOURCE_EXHAUSTED"), "come less often"),
        (error(500, "backendError", "INTERNAL"), "the next look will try again"),
        (Answer("<html>Wartung</html>"), "not the JSON it should be"),
        (Answer("[" * 5000, headers=JSON), "nested"),
        (Answer('{"kind": "neu"}'), "no list of posts"),
        (Answer('{"reviews": {"r1": {}}}'), "no list of posts"),
    ],
)
def test_what_google_refuses_or_garbles_is_said_and_nothing_stored(
    refusal: Answer, told: str, play: Play, ask: Ask, shelf: Shelf
) -> None:
    play.refusal = refusal
    report = ask()
    assert (report.health, shelf.pages) == ("degraded", [])
    assert told in report.errors[0]


def test_a_review_without_id_or_content_is_left_out_and_told(play: Play, ask: Ask) -> None:
    play.refusal = Answer(
        '{"reviews": [{"authorName": "Karl"}, {"reviewId": "r9", "comments": [{"userComment": {"starRating": 3}}]}, 7]}'
    )
    report = ask()
    assert (report.new, report.health) == (1, "ok")
    assert report.errors == ["1 posts without id or content were left out; the interface may have changed."]
