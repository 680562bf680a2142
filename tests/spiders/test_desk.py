"""Big documents are read beside the reactor: other sources are served meanwhile, and nothing else changes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from crawler.desk import SMALL, Desk
from crawler.items import CrawlReport
from crawler.pages import schema_org
from crawler.pages.result import PageRead
from crawler.run import Crawler, Limits
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Site, running_site

Run = Callable[[Any], Any]
BIG = page(review(1), body="x" * SMALL)
SECONDS = 20


class Gate:
    """A document that is read for as long as a test wants."""

    def __init__(self) -> None:
        self.begun, self.open = threading.Event(), threading.Event()

    def pass_through(self) -> str:
        self.begun.set()
        assert self.open.wait(SECONDS)
        return threading.current_thread().name


@pytest.fixture
def gate() -> Iterator[Gate]:
    gate = Gate()
    yield gate
    gate.open.set()


@pytest.fixture
def other() -> Iterator[Site]:
    with running_site() as running:
        yield running


def nothing() -> None:
    pass


async def begun(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.begun.wait, SECONDS)


async def test_the_loop_goes_on_while_a_document_is_read(gate: Gate) -> None:
    desk = Desk()
    reading = asyncio.ensure_future(desk.read(7, gate.pass_through, nothing))
    await begun(gate)
    assert desk.reading is not None
    assert desk.reading.source_id == 7
    gate.open.set()
    assert (await reading).startswith("reading")
    assert desk.reading is None


async def test_documents_are_read_one_after_another(gate: Gate) -> None:
    desk, order = Desk(), []
    first = asyncio.ensure_future(desk.read(1, gate.pass_through, lambda: order.append("first begins")))
    second = asyncio.ensure_future(desk.read(2, nothing, lambda: order.append("second begins")))
    first.add_done_callback(lambda _: order.append("first is read"))
    await begun(gate)
    order.append("the gate opens")
    gate.open.set()
    await asyncio.gather(first, second)
    assert order.index("second begins") > order.index("the gate opens")


async def test_what_reading_raises_is_raised(gate: Gate) -> None:
    desk = Desk()
    with pytest.raises(ZeroDivisionError):
        await desk.read(1, lambda: 1 // 0, nothing)
    assert desk.reading is None


async def test_who_gives_up_in_the_line_is_not_read_for(gate: Gate) -> None:
    desk, read = Desk(), list[str]()
    first = asyncio.ensure_future(desk.read(1, gate.pass_through, nothing))
    second = asyncio.ensure_future(desk.read(2, lambda: read.append("second"), nothing))
    await begun(gate)
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    gate.open.set()
    await first
    await desk.read(3, lambda: read.append("third"), nothing)
    assert read == ["third"]


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch, gate: Gate) -> list[str]:
    """Big pages with reviews are read only after `gate` has opened; returns the threads in which pages were read."""
    real, threads = schema_org.read, list[str]()

    def read(body: bytes, *rest: Any, **named: Any) -> PageRead:
        threads.append(threading.current_thread().name)
        if len(body) > SMALL:
            gate.pass_through()
        return real(body, *rest, **named)

    monkeypatch.setattr(schema_org, "read", read)
    return threads


def test_a_small_page_is_read_at_once(site: Site, run: Run, held: list[str]) -> None:
    site["/"] = page(review(1))
    assert run(Crawler(QUICK).crawl(local(f"{site.url}/"), Shelf().receive)).new == 1
    assert not held[0].startswith("reading")


def test_a_source_is_looked_at_from_start_to_end_while_a_big_page_of_another_is_read(
    site: Site, other: Site, run: Run, gate: Gate, held: list[str]
) -> None:
    site["/"], other["/"] = BIG, page(review(2))

    async def both() -> tuple[CrawlReport, CrawlReport]:
        crawler = Crawler(QUICK)
        big = asyncio.ensure_future(crawler.crawl(local(f"{site.url}/"), Shelf().receive))
        await begun(gate)
        small = await crawler.crawl(local(f"{other.url}/"), Shelf().receive)
        assert not big.done()
        gate.open.set()
        return await big, small

    assert [report.new for report in run(both())] == [1, 1]
    assert held[0].startswith("reading")


def test_a_look_whose_page_is_read_for_too_long_ends_in_time_and_stores_nothing(
    site: Site, run: Run, gate: Gate, held: list[str]
) -> None:
    site["/"] = BIG
    shelf, target = Shelf(), local(f"{site.url}/")
    crawler = Crawler(Limits(look_seconds=1))
    report = run(crawler.crawl(target, shelf.receive))
    assert report.errors == ["The look took longer than 1 s and was broken off."]
    gate.open.set()
    run(crawler.desk.read(1, nothing, nothing))  # behind the page that was broken off
    assert shelf.pages == []


def test_an_error_of_this_program_while_a_big_page_is_read_is_told(
    site: Site, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/"] = BIG
    monkeypatch.setattr(schema_org, "read", lambda *_, **__: 1 // 0)
    report = run(Crawler(QUICK).crawl(local(f"{site.url}/"), Shelf().receive))
    assert report.errors == ["The page could not be read because of an error in this program; see the log."]


def test_what_stands_in_the_way_of_posts_is_looked_for_beside_the_reactor_too(
    site: Site, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    site["/"] = "<html><body>" + "Hier steht nichts. " * 5_000
    threads = list[str]()
    monkeypatch.setattr("crawler.spiders.source.find_wall", lambda *_: threads.append(threading.current_thread().name))
    run(Crawler(QUICK).crawl(local(f"{site.url}/"), Shelf().receive))
    assert [name.startswith("reading") for name in threads] == [True]


def test_whoever_watches_hears_of_a_source_when_its_page_is_begun_and_when_it_is_read(
    site: Site, other: Site, run: Run, gate: Gate, held: list[str]
) -> None:
    site["/"], other["/"] = BIG, page(review(2))
    heard = list[int]()

    async def both() -> None:
        crawler = Crawler(QUICK)
        crawler.on_work = heard.append
        big = asyncio.ensure_future(crawler.crawl(local(f"{site.url}/"), Shelf().receive))
        await begun(gate)
        assert heard[-1] == 1
        await crawler.crawl(replace(local(f"{other.url}/"), source_id=2), Shelf().receive)
        assert heard[-1] == 2
        gate.open.set()
        await big

    run(both())
    assert heard[-1] == 1
