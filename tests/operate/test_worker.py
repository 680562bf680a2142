"""The worker as a process: many sources side by side, slow hosts in nobody's way, a hanging spider named."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from crawler.desk import SMALL
from db.engine import Database
from db.models import Source
from db.queries_sources import add_source
from gelassen.children import Child, Patience
from gelassen.home import Home, create
from tests.spiders.markup import page, review
from tests.spiders.site import Answer, Asked, Site, running_site

from .helpers import clean_environ

pytestmark = pytest.mark.heavy

HANGS = """
import sys, time
import crawler.pages.schema_org as pages
real = pages.read
pages.read = lambda body, *rest, **named: time.sleep(600) if b"HANG" in body else real(body, *rest, **named)
"""
READ_FOR_EVER = """
import re, time
import gelassen.worker as worker, crawler.pages.schema_org as pages
worker.READ_PATIENCE = 1
hang = {hang}
real = pages.read
pages.read = lambda body, *rest, **named: hang() if b"HANG" in body else real(body, *rest, **named)
"""
WITHOUT_THE_LOCK = "lambda: time.sleep(600)"
WITH_THE_LOCK = "lambda: re.match('(a|a)*b', 'a' * 60)"
"""How a thread hangs: the others go on, or the interpreter stands still."""

DRAFTS_HANG = """
import time
import gelassen.worker as worker, responder.drafts as drafts
worker.DRAFT_PATIENCE = 1
drafts.draft_next = lambda *_, **__: time.sleep(600)
"""
MAIN = "import sys; from gelassen.cli import main; sys.argv = ['gelassen', 'worker', '--data', {!r}]; main()"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return create(tmp_path / "data", crawl_delay=0)


@pytest.fixture
def database(home: Home) -> Iterator[Database]:
    opened = home.open()
    yield opened
    opened.close()


@pytest.fixture
def sites() -> Iterator[Callable[[], Site]]:
    """Starts sites, each a host of its own."""
    with ExitStack() as stack:
        yield lambda: stack.enter_context(running_site())


@pytest.fixture
def silent() -> Iterator[Callable[[], str]]:
    """Addresses of hosts that take every connection and never say a word."""
    with ExitStack() as stack:

        def start() -> str:
            server = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=16))
            return f"http://127.0.0.1:{server.getsockname()[1]}/"

        yield start


class Working:
    """A worker that is looked after like the daemon does; `events` is what was reported about it."""

    def __init__(self, home: Home, before: str = "", silence: float = 30.0) -> None:
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        program = before + MAIN.format(str(home.folder))
        self.child = Child(
            "worker", [sys.executable, "-c", program], clean_environ(), patience=Patience(silence=silence),
            report=lambda event, details: self.events.append((event, details)),
        )  # fmt: skip

    def stuck(self) -> list[str]:
        """What each process was doing that fell silent."""
        return [str(details["doing"]) for event, details in self.events if event == "child_stuck"]

    async def until(self, ask: Callable[[], bool], what: str, seconds: float = 60) -> None:
        """Let it work until `ask()` is true, then end it."""
        self.child.start()
        self.child.poke()
        try:
            async with asyncio.timeout(seconds):
                while not ask():
                    await asyncio.sleep(0.1)
        except TimeoutError:
            raise AssertionError(f"not within {seconds:g} s: {what}; {self.events}") from None
        finally:
            await self.child.stop()


def watch(database: Database, name: str, address: str) -> int:
    with database.write() as session:
        source = add_source(session, name, "schema_org", address, now=datetime.now(UTC), allow_private=True)
        assert source.id is not None
        return source.id


def stored(database: Database, *names: str) -> list[Source]:
    with database.read() as session:
        found = session.exec(select(Source)).all()
    return [source for source in found if source.name in names]


async def test_hosts_that_never_answer_do_not_delay_the_others(
    home: Home, database: Database, sites: Callable[[], Site], silent: Callable[[], str]
) -> None:
    slow = [f"slow {number}" for number in range(10)]
    fast = [f"fast {number}" for number in range(3)]
    for name in slow:
        watch(database, name, silent())
    for name in fast:
        site = sites()
        site["/"] = page(review(1))
        watch(database, name, f"{site.url}/")

    await Working(home).until(lambda: all(s.last_good_at for s in stored(database, *fast)), "the fast ones", 45)
    assert [source.state for source in stored(database, *slow)] == ["active"] * 10  # still waiting for their hosts


async def test_sources_at_one_host_are_looked_at_one_after_the_other(
    home: Home, database: Database, sites: Callable[[], Site]
) -> None:
    site, open_looks, most, slowly = sites(), [0], [0], threading.Event()

    def answer(_asked: Asked) -> Answer:
        open_looks[0] += 1
        most[0] = max(most[0], open_looks[0])
        slowly.wait(0.05)  # long enough for another one to arrive in the meantime, if it were sent
        open_looks[0] -= 1
        return Answer(page(review(1)))

    names = [f"source {number}" for number in range(6)]
    for name in names:
        site[f"/{name[-1]}"] = answer
        watch(database, name, f"{site.url}/{name[-1]}")
    await Working(home).until(lambda: all(s.last_good_at for s in stored(database, *names)), "all of them")
    assert most == [1]
    assert sorted(site.paths) == [f"/{number}" for number in range(6)]


async def test_a_spider_that_hangs_is_named_though_others_are_under_way(
    home: Home, database: Database, sites: Callable[[], Site], silent: Callable[[], str]
) -> None:
    hanging = sites()
    hanging["/"] = page(review(1), body="HANG")
    for number in range(2):
        watch(database, f"before {number}", silent())
    source_id = watch(database, "hanging", f"{hanging.url}/")
    watch(database, "after", silent())
    one = Working(home, HANGS, silence=4)
    await one.until(lambda: bool(one.stuck()), "it is noticed")
    assert one.stuck()[0] == f"crawl:{source_id}"


@pytest.mark.parametrize("hang", [WITHOUT_THE_LOCK, WITH_THE_LOCK], ids=["the loop goes on", "all stands still"])
async def test_a_big_document_at_which_reading_hangs_is_named_though_others_are_served(
    home: Home, database: Database, sites: Callable[[], Site], hang: str
) -> None:
    hanging, good = sites(), sites()
    hanging["/"] = page(review(1), body="HANG" * SMALL)
    good["/"] = page(review(1))
    source_id = watch(database, "hanging", f"{hanging.url}/")
    watch(database, "good", f"{good.url}/")
    one = Working(home, READ_FOR_EVER.format(hang=hang), silence=4)
    await one.until(lambda: bool(one.stuck()), "it is noticed")
    assert one.stuck()[0] == f"crawl:{source_id}"


async def test_a_draft_that_hangs_is_noticed_and_blamed_on_no_source(
    home: Home, database: Database, sites: Callable[[], Site], silent: Callable[[], str]
) -> None:
    site = sites()
    site["/"] = page(review(1))
    watch(database, "one", f"{site.url}/")
    watch(database, "two", silent())
    one = Working(home, DRAFTS_HANG, silence=5)
    await one.until(lambda: bool(one.stuck()), "it is noticed")
    assert one.stuck()[0] == "draft"


async def test_a_source_whose_host_asks_for_an_hour_is_planned_for_then(
    home: Home, database: Database, sites: Callable[[], Site]
) -> None:
    site = sites()
    site["/"] = Answer(status=429, headers={"Retry-After": "3600"})
    watch(database, "busy", f"{site.url}/")
    await Working(home).until(lambda: bool(stored(database, "busy")[0].failures), "the look is noted")
    [source] = stored(database, "busy")
    assert (source.state, source.failures, site.paths) == ("degraded", 1, ["/"])
    assert source.next_look_at is not None
    assert 3500 < (source.next_look_at - datetime.now(UTC)).total_seconds() <= 3600
