"""One engine for all looks: what goes wrong in one of them, or ends it, is nothing to the others."""

from __future__ import annotations

import asyncio
import logging
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.look import Look
from crawler.run import Crawler, Limits
from crawler.spiders.source import SourceSpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import page, review
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Run = Callable[[Any], Any]


class Clumsy(SourceSpider):
    """Asks for its page and stumbles."""

    async def read_source(self) -> None:
        await self.fetch(self.look.target.address)
        raise RuntimeError("Anna schrieb: nie wieder")


@pytest.fixture
def silent() -> Iterator[str]:
    """A host that accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=16) as server:
        yield f"http://127.0.0.1:{server.getsockname()[1]}/"


def new_look(url: str) -> Look:
    return Look(local(url), Shelf().receive)


def test_an_error_of_ours_is_told_and_logged(run: Run, site: Site, caplog: pytest.LogCaptureFixture) -> None:
    site["/"] = page(review(1))
    look = new_look(f"{site.url}/")
    with caplog.at_level(logging.ERROR, "crawler"):
        run(Crawler(QUICK).run(look, Clumsy))
    assert look.report.errors == ["The page could not be read because of an error in this program; see the log."]
    assert look.report.health == "degraded"
    [record] = caplog.records
    assert (record.message, record.exc_info and record.exc_info[0]) == ("look_failed", RuntimeError)


def test_the_looks_beside_and_after_an_error_go_on(run: Run, site: Site) -> None:
    site["/"] = page(review(1))
    crawler = Crawler(QUICK)

    async def both() -> CrawlReport:
        good = crawler.crawl(local(f"{site.url}/"), Shelf().receive)
        return (await asyncio.gather(good, crawler.run(new_look(f"{site.url}/"), Clumsy)))[0]

    assert run(both()).new == 1
    assert run(crawler.crawl(local(f"{site.url}/"), Shelf().receive)).new == 1


def test_a_look_that_is_cancelled_leaves_nothing_behind(run: Run, site: Site, silent: str) -> None:
    site["/"] = page(review(1))
    crawler = Crawler(QUICK)

    async def cancelled() -> bool:
        look = asyncio.ensure_future(crawler.crawl(local(silent), Shelf().receive))
        await asyncio.sleep(0)
        await crawler.crawl(local(f"{site.url}/"), Shelf().receive)  # meanwhile the other one waits for its answer
        look.cancel()
        await asyncio.wait([look])
        return look.cancelled()

    assert run(cancelled())
    assert run(crawler.crawl(local(f"{site.url}/"), Shelf().receive)).new == 1


def test_looks_beside_each_other_have_time_limits_of_their_own(run: Run, site: Site, silent: str) -> None:
    site["/"] = page(review(1))
    crawler = Crawler(Limits(request_seconds=10, look_seconds=0.5))

    async def both() -> list[CrawlReport]:
        looks = (crawler.crawl(local(url), Shelf().receive) for url in (silent, f"{site.url}/"))
        return list(await asyncio.gather(*looks))

    slow, fast = run(both())
    assert slow.errors == ["The look took longer than 0.5 s and was broken off."]
    assert (fast.health, fast.new) == ("ok", 1)


def test_a_connection_serves_all_pages_of_a_look_and_ends_with_it(run: Run) -> None:
    served: list[int] = []
    ended = threading.Event()

    def serve(server: socket.socket) -> None:
        while not ended.is_set():
            connection, _ = server.accept()
            with connection:
                while connection.recv(65536):
                    connection.sendall(b"HTTP/1.1 404 x\r\nContent-Length: 0\r\n\r\n")
                    served.append(connection.fileno())
            ended.set()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, args=(server,), daemon=True).start()
        run(Crawler(QUICK).crawl(local(f"http://127.0.0.1:{server.getsockname()[1]}/"), Shelf().receive))
        assert ended.wait(10)
    assert len(served) == 2  # robots.txt and the page
    assert len(set(served)) == 1


def test_what_a_page_asks_for_counts_for_its_own_look(run: Run, site: Site) -> None:
    site["/"] = Answer(status=302, headers={"Location": "/hier"})
    site["/hier"] = page(review(1))
    crawler = Crawler(QUICK)

    async def both() -> list[CrawlReport]:
        looks = (crawler.crawl(local(site.url + path), Shelf().receive) for path in ("/", "/hier"))
        return list(await asyncio.gather(*looks))

    assert [report.requests for report in run(both())] == [2, 1]
