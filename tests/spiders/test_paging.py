"""Following a list over its pages: where it goes on, where it stops, and what a broken look leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from crawler.items import CrawlReport
from tests.spiders.conftest import local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
NEXT = '<link rel="next" href="{}">'


def paged(site: Site, pages: int, *newer: dict[str, Any], size: int = 2) -> None:
    """So many pages of reviews, newest first, each linked to the next; `newer` ones push the others down."""
    listed = [*newer, *(review(number) for number in range(size * pages))]
    parts = [listed[start : start + size] for start in range(0, len(listed), size)]
    for number, part in enumerate(parts, 1):
        head = NEXT.format(f"/sessel?page={number + 1}") if number < len(parts) else ""
        site["/sessel" if number == 1 else f"/sessel?page={number}"] = page(*part, head=head)


def test_a_first_look_reads_all_pages(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 4)
    report = look(local(f"{site.url}/sessel"))
    assert (report.pages, report.requests, report.new) == (4, 4, 8)
    assert "rest" not in shelf.cursor


def test_one_item_is_handed_over_for_each_page(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 3)
    look(local(f"{site.url}/sessel"))
    assert [len(handed.posts) for handed in shelf.pages] == [2, 2, 2]


def test_the_page_limit_of_a_source_holds(site: Site, look: Look) -> None:
    paged(site, 9)
    assert look(local(f"{site.url}/sessel", max_pages=3)).pages == 3


@pytest.mark.parametrize(("size", "pages"), [(2, 3), (10, 3), (25, 1)])
def test_a_later_look_ends_after_twenty_known_posts_or_two_pages_of_them(
    site: Site, look: Look, shelf: Shelf, size: int, pages: int
) -> None:
    paged(site, 5, size=size)
    target = local(f"{site.url}/sessel")
    look(target)
    paged(site, 5, review(900), size=size)
    report = look(target)
    assert (report.pages, report.new) == (pages, 1)
    assert "rest" not in shelf.cursor


def test_news_below_posts_that_are_stuck_at_the_top_are_found(site: Site, look: Look) -> None:
    stuck = [review(number) for number in range(800, 804)]
    paged(site, 4, *stuck, size=5)
    target = local(f"{site.url}/sessel")
    look(target)
    paged(site, 4, *stuck, review(900), review(901), review(902), size=5)
    assert look(target).new == 3


def test_what_one_look_cannot_read_is_read_by_the_next_ones(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 9)
    target = local(f"{site.url}/sessel", max_pages=2)
    reports = [look(target) for _ in range(6)]
    assert [report.new for report in reports] == [4, 4, 4, 4, 2, 0]
    assert [report.requests for report in reports] == [2, 4, 4, 4, 3, 1]
    assert "rest" not in shelf.cursor


def test_while_older_posts_are_still_to_be_read_the_news_come_first(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 20)
    target = local(f"{site.url}/sessel")
    look(target)
    paged(site, 20, review(900), review(901))
    look(target)
    assert [post.external_id[-3:] for post in shelf.pages[5].posts] == ["900", "901"]
    while "rest" in shelf.cursor:
        look(target)
    assert len(shelf.posts) == 42


def test_more_news_than_one_look_reads_are_collected_by_the_next(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 30, size=5)
    target = local(f"{site.url}/sessel", max_pages=2)
    for _ in range(20):
        look(target)
    paged(site, 30, *(review(number) for number in range(900, 930)), size=5)
    reports = [look(target) for _ in range(4)]
    assert [report.new for report in reports] == [15, 10, 5, 0]
    assert (sum(report.requests for report in reports) < 20, "rest" in shelf.cursor) == (True, False)


def test_posts_that_went_while_the_place_was_kept_tear_no_hole(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 12)
    target = local(f"{site.url}/sessel")
    look(target)
    paged(site, 0, *(review(number) for number in range(24) if number not in range(4, 8)))
    while "rest" in shelf.cursor:
        look(target)
    assert len(shelf.posts) == 24


@pytest.mark.parametrize("expired", [Answer(status=410), Answer(status=400), Answer(page()), None])
def test_page_addresses_that_expire_are_read_again_from_the_front(
    site: Site, look: Look, shelf: Shelf, expired: Answer | None
) -> None:
    paged(site, 9)
    target = local(f"{site.url}/sessel", max_pages=3)
    look(target)
    kept = shelf.cursor["rest"]["url"].removeprefix(site.url)
    site["/sessel?token=neu"] = site.pages[kept]
    site[kept] = expired or site.pages["/sessel"]
    site["/sessel?page=2"] = page(review(2), review(3), head=NEXT.format("/sessel?token=neu"))
    reports = [look(target) for _ in range(5)]
    assert {report.health for report in reports} == {"ok"}
    assert (len(shelf.posts), "rest" in shelf.cursor) == (18, False)


def test_a_place_kept_from_another_host_is_not_asked_for(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 4)
    shelf.cursor = {"digest": "", "rest": {"url": "http://127.0.0.2:9/sessel?page=3", "pages": 3, "known": 0}}
    report = look(local(f"{site.url}/sessel"))
    assert (report.health, report.new, "rest" in shelf.cursor) == ("ok", 8, False)


def test_a_full_look_reads_on_although_nothing_is_new(site: Site, look: Look) -> None:
    paged(site, 4)
    target = local(f"{site.url}/sessel")
    look(target)
    report = look(target, conditional=False)
    assert (report.pages, report.seen, report.rows_written) == (4, 8, 0)


def test_a_full_look_reads_four_times_as_deep_and_each_further_one_a_part_of_what_lies_below(
    site: Site, look: Look, shelf: Shelf
) -> None:
    paged(site, 12, size=5)
    target = local(f"{site.url}/sessel", max_pages=2)
    while len(shelf.posts) < 60 or "rest" in shelf.cursor:
        look(target)
    site["/sessel?page=7"] = page(review(30, "Geändert, weit unten."), head=NEXT.format("/sessel?page=8"))
    assert look(target, conditional=False).changed == 1
    site["/sessel?page=12"] = page(review(59, "Geändert, ganz unten."))
    assert [look(target, conditional=False).changed for _ in range(3)] == [0, 1, 0]


def test_a_look_broken_off_half_way_is_taken_up_where_it_ended(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 4)
    whole = site.pages.pop("/sessel?page=3")
    target = local(f"{site.url}/sessel")
    assert look(target).health == "degraded"
    site.pages["/sessel?page=3"] = whole
    report = look(target)
    assert (report.health, len(shelf.posts)) == ("ok", 8)
    assert site.paths[-3:] == ["/sessel?page=2", "/sessel?page=3", "/sessel?page=4"]


def test_posts_before_the_start_date_are_not_searched_for(site: Site, look: Look, shelf: Shelf) -> None:
    for number, month in enumerate(("11", "10", "09", "08"), 1):
        path = "/sessel" if number == 1 else f"/sessel?page={number}"
        head = NEXT.format(f"/sessel?page={number + 1}")
        site[path] = page(review(number, datePublished=f"2026-{month}-05T10:00:00+01:00"), head=head)
    target = local(f"{site.url}/sessel", since=datetime(2026, 10, 1, tzinfo=UTC))
    report = look(target)
    assert (report.pages, report.health, len(shelf.posts), "rest" in shelf.cursor) == (4, "ok", 4, False)


def test_a_list_that_leads_back_to_itself_ends(site: Site, look: Look) -> None:
    site["/sessel"] = page(review(1), head=NEXT.format("/sessel?page=2"))
    site["/sessel?page=2"] = page(review(2), head=NEXT.format("/sessel"))
    assert look(local(f"{site.url}/sessel")).pages == 2


def test_a_page_that_repeats_itself_under_new_numbers_ends(site: Site, look: Look) -> None:
    for number in range(1, 6):
        path = "/sessel" if number == 1 else f"/sessel?page={number}"
        site[path] = page(review(1), head=NEXT.format(f"/sessel?page={number + 1}"))
    assert look(local(f"{site.url}/sessel")).pages == 3


def test_the_next_page_is_never_on_another_host(site: Site, look: Look) -> None:
    site["/sessel"] = page(review(1), head=NEXT.format("http://anderswo.example/sessel?page=2"))
    assert look(local(f"{site.url}/sessel")).errors == []


@pytest.mark.parametrize(
    "body",
    [
        '<a rel="next" href="/sessel?page=2">weiter</a>',
        '<ul><li class="next"><a href="/sessel?page=2">»</a></li></ul>',
        '<a aria-label="Nächste Seite" href="/sessel?page=2">»</a>',
        '<a href="/sessel?page=1">1</a> <a href="/sessel?page=2">2</a> <a href="/sessel?page=3">3</a>',
        '<a href="?page=2">2</a>',
    ],
)
def test_links_to_the_next_page_are_found_in_the_body(site: Site, look: Look, body: str) -> None:
    site["/sessel"] = page(review(1), body=body)
    site["/sessel?page=2"] = page(review(2))
    assert look(local(f"{site.url}/sessel")).new == 2


def test_the_link_header_names_the_next_page(site: Site, look: Look) -> None:
    site["/sessel"] = Answer(page(review(1)), headers={"Link": '</sessel?seite=2>; rel="next"'})
    site["/sessel?seite=2"] = page(review(2))
    assert look(local(f"{site.url}/sessel")).new == 2


def test_a_review_that_moves_to_the_next_page_keeps_its_id(site: Site, look: Look, shelf: Shelf) -> None:
    def bare(number: int) -> dict[str, Any]:
        return {key: value for key, value in review(number).items() if key != "@id"}

    target = local(f"{site.url}/sessel")
    site["/sessel"] = page(bare(1), head=NEXT.format("/sessel?page=2"))
    site["/sessel?page=2"] = page(bare(2))
    look(target)
    site["/sessel"] = page(bare(3), head=NEXT.format("/sessel?page=2"))
    site["/sessel?page=2"] = page(bare(1), bare(2))
    assert look(target).new == 1
    assert len(shelf.posts) == 3
