"""One Twisted reactor for all crawl tests of a process, kept in a thread, and a web site to look at."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Iterator
from typing import Any, TypeVar

import pytest

from crawler.items import CrawlReport, Target
from crawler.run import Crawler, Limits, run_reactor
from tests.spiders.shelf import Shelf
from tests.spiders.site import Site, running_site

T = TypeVar("T")
Run = Callable[[Coroutine[Any, Any, T]], T]
QUICK = Limits(request_seconds=3, look_seconds=10, longest_wait=1.5)


@pytest.fixture(scope="session")
def reactor_loop() -> Iterator[asyncio.AbstractEventLoop]:
    """The loop of a running reactor; a reactor cannot be started twice in one process."""
    ready = threading.Event()
    loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []

    async def main(_crawler: Crawler) -> None:
        stop = asyncio.Event()
        loops.append((asyncio.get_running_loop(), stop))
        ready.set()
        await stop.wait()

    thread = threading.Thread(target=run_reactor, args=(main,), daemon=True)
    thread.start()
    assert ready.wait(20)
    loop, stop = loops[0]
    yield loop
    loop.call_soon_threadsafe(stop.set)
    thread.join(20)


@pytest.fixture
def run(reactor_loop: asyncio.AbstractEventLoop) -> Run[Any]:
    """Run a coroutine in the reactor and wait for its result."""

    def wait(coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, reactor_loop).result(60)

    return wait


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def look(run: Run[Any], shelf: Shelf) -> Callable[..., CrawlReport]:
    """Look at a target once, into the shelf, which gives the cursor of the look before."""

    def once(target: Target, limits: Limits = QUICK, **changes: Any) -> CrawlReport:
        report: CrawlReport = run(Crawler(limits).crawl(shelf.target(target, **changes), shelf.receive))
        return report

    return once


def local(url: str, kind: str = "schema_org", **fields: Any) -> Target:
    """A target on this machine, permitted and without delay."""
    return Target(1, "Laden", kind, url, **({"allow_private": True, "delay_seconds": 0.0} | fields))
