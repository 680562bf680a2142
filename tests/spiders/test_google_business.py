"""Reviews of a Google Business Profile through the interface for its owner."""

from __future__ import annotations

import pytest

from crawler.pages.google_business import original
from tests.spiders.business import LIST, PLACE, Business
from tests.spiders.conftest import Run, local
from tests.spiders.google import error
from tests.spiders.keys import google_login, service_account
from tests.spiders.shelf import Shelf
from tests.spiders.signed_in import Ask, asking
from tests.spiders.site import Answer, Site

FIRST = f"{LIST}?pageSize=50&orderBy=updateTime+desc"
GERMAN = "Der Tisch wackelt.\nNiemand geht ans Telefon."
ENGLISH = "The table wobbles.\nNobody picks up the phone."


@pytest.fixture
def business(site: Site) -> Business:
    return Business(site)


@pytest.fixture
def ask(business: Business, shelf: Shelf, run: Run[object]) -> Ask:
    settings = {
        "account": "101", "location": "202", "api": business.site.url, "token_uri": business.tokens.address,
    }  # fmt: skip
    address = f"https://mybusiness.googleapis.com/v4/{PLACE}"
    return asking(run, shelf, local(address, "google_business", settings=settings, secret=google_login()))


def test_a_review_is_read_with_a_persons_login(business: Business, ask: Ask, shelf: Shelf) -> None:
    identity = business.write(GERMAN, 1)
    report = ask()
    assert (report.new, report.requests, report.health) == (1, 2, "ok")
    post = shelf.posts[identity]
    assert (post.text, post.rating, post.author_name, post.author_id) == (GERMAN, 1.0, "Karl Berger", "")
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-11-20T08:01:00.123456+00:00"
    assert post.updated_at is None


def test_the_platforms_own_count_is_told(business: Business, ask: Ask, shelf: Shelf) -> None:
    for number in range(60):
        business.write(f"Meinung {number}")
    assert ask().new == 60
    assert [page.published_total for page in shelf.pages] == [60, 60]


def test_stars_without_words_and_words_without_a_name_are_read(business: Business, ask: Ask, shelf: Shelf) -> None:
    stars, nameless = business.write("", 5), business.write("Nie wieder.", 1, name="")
    ask()
    assert (shelf.posts[stars].text, shelf.posts[stars].rating) == ("", 5.0)
    assert (shelf.posts[nameless].author_name, shelf.posts[nameless].text) == ("", "Nie wieder.")


def test_an_unchanged_profile_costs_one_request_and_no_row(business: Business, ask: Ask, shelf: Shelf) -> None:
    for number in range(60):
        business.write(f"Meinung {number}")
    ask()
    before = len(shelf.pages)
    report = ask()
    assert (report.requests, report.rows_written, len(shelf.pages)) == (1, 0, before)


def test_an_edited_review_comes_up_again_however_old(business: Business, ask: Ask, shelf: Shelf) -> None:
    first = business.write("Ganz gut.", 4)
    for number in range(70):
        business.write(f"Meinung {number}")
    ask()
    business.edit(first, "Doch nicht gut.")
    assert ask().changed == 1
    assert shelf.posts[first].text == "Doch nicht gut."
    assert shelf.posts[first].updated_at is not None


def test_an_answer_counts_once_the_public_sees_it(business: Business, ask: Ask, shelf: Shelf) -> None:
    identity = business.write(GERMAN)
    business.reply(identity, "Das tut uns leid.", "PENDING")
    ask()
    assert shelf.posts[identity].owner_replies == []
    business.reply(identity, "Das tut uns leid.")
    ask()
    [answer] = shelf.posts[identity].owner_replies
    assert (answer.external_id, answer.text) == (f"{identity}/reply", "Das tut uns leid.")


def test_an_answer_that_google_refuses_is_no_answer_and_is_told(business: Business, ask: Ask, shelf: Shelf) -> None:
    identity = business.write(GERMAN)
    business.reply(identity, "Rufen Sie uns an!", "REJECTED", "PERSONAL_INFORMATION")
    report = ask()
    assert (report.health, shelf.posts[identity].owner_replies) == ("ok", [])
    assert report.errors == [
        f"Google does not show the answer to review {identity} (PERSONAL_INFORMATION). Please write another one."
    ]


def test_a_profile_without_reviews_is_fine_but_one_that_lost_all_is_not(
    business: Business, ask: Ask, shelf: Shelf
) -> None:
    assert ask().health == "ok"
    business.write(GERMAN)
    ask()
    business.reviews.clear()
    report = ask()
    assert (report.health, report.deleted) == ("degraded", 0)
    assert "now none can be found" in report.errors[0]


def test_the_login_is_renewed_once_when_it_is_refused(business: Business, ask: Ask) -> None:
    ask()
    business.tokens.forget()
    assert ask().health == "ok"
    assert business.tokens.given == 3


def test_a_service_account_serves_as_well(business: Business, ask: Ask) -> None:
    business.write(GERMAN)
    assert ask(secret=service_account()).new == 1


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (error(403, "", "PERMISSION_DENIED"), "Check its rights"),
        (error(404, "", "NOT_FOUND"), "Check the address of the source"),
        (error(429, "", "RESOURCE_EXHAUSTED"), "come less often"),
        (error(503, "", "UNAVAILABLE"), "the next look will try again"),
        (Answer("{kaputt"), "not the JSON it should be"),
        (Answer('{"locationReviews": []}'), "no list of posts"),
    ],
)
def test_what_google_refuses_or_garbles_is_said_and_nothing_stored(
    refusal: Answer, told: str, business: Business, ask: Ask, shelf: Shelf
) -> None:
    business.refusal = refusal
    report = ask()
    assert (report.health, shelf.pages) == ("degraded", [])
    assert told in report.errors[0]


def test_a_redirect_takes_no_login_along(business: Business, ask: Ask, site: Site) -> None:
    business.refusal = Answer("", 302, {"Location": f"{site.url}/anderswo"})
    assert ask().health == "degraded"
    assert "/anderswo" not in site.paths


def test_the_list_is_sorted_by_the_last_change(business: Business, ask: Ask, site: Site) -> None:
    ask()
    assert FIRST in site.paths


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"(Translated by Google) {ENGLISH}\n\n(Original)\n{GERMAN}", GERMAN),
        (f"{GERMAN}\n\n(Translated by Google)\n{ENGLISH}", GERMAN),
        (f"(Original)\n{GERMAN}\n\n(Translated by Google)\n{ENGLISH}", GERMAN),
        (f"(Übersetzt von Google) {GERMAN}\n\n(Original)\n{ENGLISH}", ENGLISH),
        (f"(Translated by Google) {ENGLISH}", ENGLISH),
        (GERMAN, GERMAN),
        (
            "Der Tisch (Original) ist (Translated by Google) schön.",
            "Der Tisch (Original) ist (Translated by Google) schön.",
        ),
        ("(Original)\nSo steht es auf der Karte.", "(Original)\nSo steht es auf der Karte."),
        ("", ""),
    ],
)
def test_the_customers_own_words_are_kept_and_the_translation_not(text: str, kept: str) -> None:
    assert original(text) == kept
