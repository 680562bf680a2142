"""Following a list over its pages: where it goes on, where it stops, and what a broken look leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import CrawlReport
from tests.spiders.conftest import local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Look = Callable[..., CrawlReport]
NEXT = '<link rel="next" href="{}">'


def paged(site: Site, pages: int, first: int = 0) -> None:
    """Two reviews a page, newest first, each page linked to the next."""
    for number in range(1, pages + 1):
        head = NEXT.format(f"/sessel?page={number + 1}") if number < pages else ""
        top = first + 2 * (number - 1)
        path = "/sessel" if number == 1 else f"/sessel?page={number}"
        site[path] = page(review(top), review(top + 1), head=head)


def test_a_first_look_reads_all_pages(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 4)
    report = look(local(f"{site.url}/sessel"))
    assert (report.pages, report.requests, report.new) == (4, 4, 8)
    assert "unfinished" not in shelf.cursor


def test_one_item_is_handed_over_for_each_page(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 3)
    look(local(f"{site.url}/sessel"))
    assert [len(handed.posts) for handed in shelf.pages] == [2, 2, 2]


def test_the_page_limit_of_a_source_holds(site: Site, look: Look) -> None:
    paged(site, 9)
    assert look(local(f"{site.url}/sessel", max_pages=3)).pages == 3


def test_a_later_look_stops_where_nothing_is_new(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 4)
    target = local(f"{site.url}/sessel")
    look(target)
    site["/sessel"] = page(review(20), review(0), review(1), head=NEXT.format("/sessel?page=2"))
    report = look(target)
    assert (report.pages, report.new) == (2, 1)
    assert "unfinished" not in shelf.cursor


def test_a_full_look_reads_on_although_nothing_is_new(site: Site, look: Look) -> None:
    paged(site, 4)
    target = local(f"{site.url}/sessel")
    look(target)
    report = look(target, conditional=False)
    assert (report.pages, report.seen, report.rows_written) == (4, 8, 0)


def test_a_look_broken_off_half_way_is_taken_up_in_full(site: Site, look: Look, shelf: Shelf) -> None:
    paged(site, 3)
    whole = site.pages.pop("/sessel?page=2")
    target = local(f"{site.url}/sessel")
    assert look(target).health == "degraded"
    site.pages["/sessel?page=2"] = whole
    report = look(target)
    assert (report.health, len(shelf.posts)) == ("ok", 6)
    assert "if-none-match" not in site.asked[-3].headers


def test_a_list_that_leads_back_to_itself_ends(site: Site, look: Look) -> None:
    site["/sessel"] = page(review(1), head=NEXT.format("/sessel?page=2"))
    site["/sessel?page=2"] = page(review(2), head=NEXT.format("/sessel"))
    assert look(local(f"{site.url}/sessel")).pages == 2


def test_a_page_that_repeats_itself_under_new_numbers_ends(site: Site, look: Look) -> None:
    for number in range(1, 6):
        path = "/sessel" if number == 1 else f"/sessel?page={number}"
        site[path] = page(review(1), head=NEXT.format(f"/sessel?page={number + 1}"))
    assert look(local(f"{site.url}/sessel")).pages == 2


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
