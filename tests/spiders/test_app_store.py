"""The public feed of reviews in the App Store: countries, holes, two forms of one address."""

from __future__ import annotations

import pytest

from crawler.items import Target
from tests.spiders.apple import APP, Feed
from tests.spiders.conftest import Run, local
from tests.spiders.shelf import Shelf
from tests.spiders.signed_in import Ask, asking
from tests.spiders.site import Answer, Site

ADDRESS = f"https://apps.apple.com/app/id{APP}"


@pytest.fixture
def feed(site: Site) -> Feed:
    return Feed(site)


@pytest.fixture
def target(feed: Feed) -> Target:
    settings = {"app": APP, "api": feed.site.url, "countries": ["de"]}
    return local(ADDRESS, "app_store", settings=settings, max_pages=10)


@pytest.fixture
def ask(target: Target, shelf: Shelf, run: Run[object]) -> Ask:
    return asking(run, shelf, target)


def test_a_review_is_read_with_its_time_in_utc(feed: Feed, ask: Ask, shelf: Shelf) -> None:
    feed.write("Ganz in Ordnung.", 4)
    identity = feed.write("Stürzt beim Bezahlen ab.\nJedes Mal.", 1)
    report = ask()
    assert (report.new, report.health) == (2, "ok")
    post = shelf.posts[identity]
    assert (post.title, post.text, post.rating) == ("Naja", "Stürzt beim Bezahlen ab.\nJedes Mal.", 1.0)
    assert (post.author_name, post.author_id) == ("Karl Berger", "93001")
    assert post.created_at is not None
    assert post.created_at.isoformat() == "2026-11-22T10:01:00+00:00"


def test_a_single_review_is_an_object_and_no_list(feed: Feed, ask: Ask, shelf: Shelf) -> None:
    identity = feed.write("Die einzige.")
    assert ask().new == 1
    assert list(shelf.posts) == [identity]


def test_the_app_itself_is_no_review(feed: Feed, ask: Ask) -> None:
    feed.app_first = True
    feed.write("Gut.", 5)
    assert ask().new == 1


def test_an_unchanged_country_costs_one_request_and_no_row(feed: Feed, ask: Ask, shelf: Shelf) -> None:
    for number in range(120):
        feed.write(f"Meinung {number}")
    ask()
    before = len(shelf.pages)
    report = ask()
    assert (report.requests, report.rows_written, len(shelf.pages)) == (1, 0, before)


def test_several_countries_are_one_source(feed: Feed, ask: Ask, target: Target, shelf: Shelf) -> None:
    for country in ("de", "at", "ch", "fr"):
        feed.write(f"Aus {country}.", country=country)
    settings = {"app": APP, "api": feed.site.url}
    assert ask(settings=settings).new == 3
    assert ask(settings=settings).requests == 3
    assert ask(settings=settings | {"country": "FR"}).new == 1


def test_a_new_review_in_one_country_is_found(feed: Feed, ask: Ask, site: Site) -> None:
    settings = {"app": APP, "api": site.url}
    for country in ("de", "at"):
        feed.write("Gut.", 5, country)
    ask(settings=settings)
    feed.write("Schlecht.", 1, "at")
    assert ask(settings=settings).new == 1
    assert ask(settings=settings).rows_written == 0


def test_an_empty_page_between_full_ones_is_stepped_over(feed: Feed, ask: Ask) -> None:
    for number in range(200):
        feed.write(f"Meinung {number}")
    feed.blank = {(0, "de", 2), (1, "de", 2)}
    assert ask().new == 150


def test_a_page_that_is_empty_in_one_form_is_read_in_the_other(feed: Feed, ask: Ask) -> None:
    for number in range(100):
        feed.write(f"Meinung {number}")
    feed.blank = {(0, "de", 1), (0, "de", 2)}
    assert ask().new == 100


def test_two_empty_pages_are_the_end(feed: Feed, ask: Ask, site: Site) -> None:
    feed.write("Gut.", 5)
    ask()
    assert [path.partition("/customerreviews/")[2].split("/")[:2] for path in site.paths[1:]] == [
        ["page=2", f"id={APP}"],
        [f"id={APP}", "page=2"],
        ["page=3", f"id={APP}"],
        [f"id={APP}", "page=3"],
    ]


def test_ten_pages_are_all_there_is(feed: Feed, ask: Ask, target: Target) -> None:
    for number in range(540):
        feed.write(f"Meinung {number}")
    report = ask(max_pages=50)
    assert (report.new, report.requests) == (500, 10)


def test_an_edited_review_is_shown_again(feed: Feed, ask: Ask, shelf: Shelf) -> None:
    feed.write("Gut.", 5)
    identity = feed.write("Stürzt ab.", 1)
    ask()
    feed.reviews["de"][-1]["content"]["label"] = "Stürzt nicht mehr ab."
    assert ask().changed == 1
    assert shelf.posts[identity].text == "Stürzt nicht mehr ab."


def test_an_edit_far_back_is_found_by_the_full_look(feed: Feed, ask: Ask) -> None:
    for number in range(120):
        feed.write(f"Meinung {number}")
    ask()
    feed.reviews["de"][0]["content"]["label"] = "Doch anders."
    assert ask().changed == 0
    assert ask(conditional=False).changed == 1


def test_a_list_that_is_suddenly_empty_is_reported_and_nothing_is_deleted(feed: Feed, ask: Ask, shelf: Shelf) -> None:
    identity = feed.write("Gut.", 5)
    ask()
    kept = feed.reviews.pop("de")
    report = ask()
    assert (report.health, report.deleted, shelf.posts[identity].deleted) == ("degraded", 0, False)
    assert "1 posts stood here at the last look" in report.errors[0]
    feed.reviews["de"] = kept
    assert (ask().health, ask().rows_written) == ("ok", 0)


def test_a_country_without_any_review_is_fine(feed: Feed, ask: Ask) -> None:
    report = ask()
    assert (report.health, report.seen) == ("ok", 0)
    assert ask().rows_written == 0


def test_a_country_that_cannot_be_read_costs_only_itself(feed: Feed, ask: Ask, site: Site) -> None:
    settings = {"app": APP, "api": site.url}
    for country in ("de", "at", "ch"):
        feed.write("Gut.", 5, country)
    ask(settings=settings)
    feed.refusals[("de", 1)] = Answer("", 404)
    feed.write("Schlecht.", 1, "ch")
    report = ask(settings=settings)
    assert (report.health, report.new) == ("degraded", 1)
    feed.refusals.clear()
    assert ask(settings=settings).rows_written == 0


def test_a_country_that_was_broken_off_is_read_in_full_next_time(feed: Feed, ask: Ask) -> None:
    for number in range(150):
        feed.write(f"Meinung {number}")
    feed.refusals[("de", 2)] = Answer("", 404)
    assert ask().new == 50
    feed.refusals.clear()
    assert ask().new == 100


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("", 403), "refuses to be read by programs"),
        (Answer("", 429, {"Retry-After": "7200"}), "come less often"),
        (Answer("", 503, {"Retry-After": "0"}), "the next look will try again"),
        (Answer("<html>Wartung</html>"), "not the JSON it should be"),
        (Answer('{"results": []}'), "no list of posts"),
        (Answer('{"feed": {"entry": {"im:rating": {"label": "5"}}}}'), "posts without id or content were left out"),
    ],
)
def test_what_apple_refuses_or_garbles_is_said_and_nothing_stored(
    answer: Answer, told: str, feed: Feed, ask: Ask, shelf: Shelf
) -> None:
    feed.refusals[("de", 1)] = answer
    report = ask()
    assert (report.health, shelf.posts) == ("degraded", {})
    assert told in report.errors[0]


def test_a_full_disk_ends_the_look(feed: Feed, ask: Ask, shelf: Shelf, site: Site) -> None:
    feed.write("Gut.", 5)
    shelf.error = OSError("disk full")
    with pytest.raises(OSError, match="disk full"):
        ask(settings={"app": APP, "api": site.url})
    assert len(site.paths) == 1


def test_apples_rules_for_strangers_are_asked(feed: Feed, ask: Ask, site: Site) -> None:
    site["/robots.txt"] = Answer("User-agent: *\nDisallow: /de/rss", headers={"Content-Type": "text/plain"})
    report = ask()
    assert (report.health, site.paths) == ("degraded", [])
    assert "robots.txt forbids it" in report.errors[0]
