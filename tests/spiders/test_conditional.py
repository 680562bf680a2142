"""Looking twice: what has not changed costs one request and writes nothing; what has changed is found."""

from __future__ import annotations

from collections.abc import Callable

from crawler.items import CrawlReport
from tests.spiders.conftest import local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
FIFTY = [review(number) for number in range(50)]


def test_fifty_reviews_looked_at_twice_cost_one_conditional_request_and_no_row(
    site: Site, look: Look, shelf: Shelf
) -> None:
    site["/sessel"] = Answer(page(*FIFTY), etag='"1"')
    target = local(f"{site.url}/sessel")
    first = look(target)
    second = look(target)
    assert (first.requests, first.new, first.health) == (1, 50, "ok")
    assert (second.requests, second.pages, second.seen, second.rows_written) == (1, 1, 0, 0)
    assert site.asked[-1].headers["if-none-match"] == '"1"'
    assert len(shelf.pages) == 1


def test_last_modified_serves_where_there_is_no_etag(site: Site, look: Look) -> None:
    stamp = "Mon, 23 Nov 2026 08:00:00 GMT"
    site["/sessel"] = Answer(page(*FIFTY), headers={"Last-Modified": stamp})
    target = local(f"{site.url}/sessel")
    look(target)
    look(target)
    assert site.asked[-1].headers["if-modified-since"] == stamp


def test_an_unchanged_page_without_validators_is_not_handed_on(site: Site, look: Look, shelf: Shelf) -> None:
    site["/sessel"] = page(*FIFTY)
    target = local(f"{site.url}/sessel")
    look(target)
    second = look(target)
    assert (second.requests, second.rows_written, len(shelf.pages)) == (1, 0, 1)


def test_other_markup_around_the_same_reviews_is_no_change(site: Site, look: Look, shelf: Shelf) -> None:
    site["/sessel"] = page(review(1), body="Besucher heute: 17")
    target = local(f"{site.url}/sessel")
    look(target)
    site["/sessel"] = page(review(1), body="Besucher heute: 18")
    assert look(target).rows_written == 0
    assert len(shelf.pages) == 1


def test_a_new_validator_for_the_same_reviews_is_remembered(site: Site, look: Look, shelf: Shelf) -> None:
    site["/sessel"] = Answer(page(review(1)), etag='"1"')
    target = local(f"{site.url}/sessel")
    look(target)
    site["/sessel"] = Answer(page(review(1), body="neuer Fuß"), etag='"2"')
    report = look(target)
    assert (report.seen, shelf.pages[-1].posts, shelf.cursor["etag"]) == (0, [], '"2"')


def test_an_edited_review_arrives_under_its_old_id(site: Site, look: Look, shelf: Shelf) -> None:
    target = local(f"{site.url}/sessel")
    site["/sessel"] = page(review(1, "Kam zu spät."))
    look(target)
    site["/sessel"] = page(review(1, "Kam zu spät und war kaputt."))
    report = look(target)
    assert (report.new, report.changed) == (0, 1)
    assert [post.text for post in shelf.posts.values()] == ["Kam zu spät und war kaputt."]


def test_a_full_look_asks_unconditionally(site: Site, look: Look) -> None:
    site["/sessel"] = Answer(page(*FIFTY), etag='"1"')
    target = local(f"{site.url}/sessel")
    look(target)
    report = look(target, conditional=False)
    assert "if-none-match" not in site.asked[-1].headers
    assert (report.seen, report.rows_written) == (50, 0)


def test_robots_txt_is_not_counted_but_asked(site: Site, look: Look) -> None:
    site["/sessel"] = page(review(1))
    assert look(local(f"{site.url}/sessel")).requests == 1
    assert [asked.path for asked in site.asked] == ["/robots.txt", "/sessel"]


def test_the_user_agent_names_us_and_a_contact(site: Site, look: Look) -> None:
    site["/sessel"] = page(review(1))
    look(local(f"{site.url}/sessel"))
    assert {asked.headers["user-agent"].partition("/")[0] for asked in site.asked} == {"Gelassen"}
    assert "contact" in site.asked[-1].headers["user-agent"]


def test_no_cookie_is_kept_between_pages(site: Site, look: Look) -> None:
    site["/sessel"] = Answer(
        page(review(1), head='<link rel="next" href="/sessel?page=2">'), headers={"Set-Cookie": "wer=Anna"}
    )
    site["/sessel?page=2"] = page(review(2))
    look(local(f"{site.url}/sessel"))
    assert "cookie" not in site.asked[-1].headers
