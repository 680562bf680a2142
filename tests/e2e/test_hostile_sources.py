"""The daemon among sources that mean it harm: it and its worker beat on time, nobody else waits, memory is bounded.

How long things take is compared with how long a witness in this process is kept waiting by the machine at the same
time, so that a busy machine is no excuse and no reproach.
"""

from __future__ import annotations

import json
import os
import signal
from ast import literal_eval
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from crawler.desk import SMALL
from db.engine import Database, open_database, sqlite_url
from db.models import Post, Source
from db.queries_sources import add_source
from gelassen.service import RENEW_SECONDS
from gelassen.worker import BEAT_EVERY
from tests.e2e.daemon import House, eventually, make_house, running
from tests.e2e.spy import spy_into
from tests.e2e.witness import Witness, child_of, megabytes, watching
from tests.spiders.hostile import FEEDS, PAGES
from tests.spiders.markup import page, review
from tests.spiders.rawsite import MISDEEDS, misbehaving
from tests.spiders.site import Answer, Asked, Site, running_site

SOME = 6
"""Of the hostile documents every so many are taken, and those that cost most; `tests/spiders` takes them all."""

COSTLY = {
    "items outside of items",
    "RDFa in RDFa",
    "a deep stack and strange paragraphs",
    "references to everything",
    "hReviews in a row",
    "the same words a thousand times",
    "empty blocks",
    "bases in a feed",
}
GOOD, GOOD_EVERY = 10, timedelta(seconds=6)
"""So many good sources are due one after the other."""

TICK = 5
"""Seconds between two questions of the clock for what is due."""

BEATS = 4
MEGABYTES, DAEMON_MEGABYTES = 500, 130
LATE = 1.0
"""Seconds by which a beat or an answer may come later than a glance of the witness could."""


@dataclass(frozen=True)
class Findings:
    """What was seen while every source was looked at. `hostile` is how many of them mean harm; `delays` are the seconds
    by which good ones were asked later than they were due, `posts` how many are known of them; `peak` and `daemon_peak`
    are the megabytes that the worker and the daemon had at most.
    """

    witness: Witness
    hostile: int
    delays: list[float]
    posts: dict[str, int]
    peak: int
    daemon_peak: int
    events: list[dict[str, Any]]
    connections: list[str]

    def of_worker(self, event: str) -> list[dict[str, Any]]:
        """What the daemon's log says about its worker."""
        return [said for said in self.events if said["event"] == event and said.get("child") == "worker"]


def hostile(site: Site, stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Kind and address of hostile pages, feeds and servers."""
    for kind, documents in (("schema_org", PAGES), ("feed", FEEDS)):
        chosen = [name for number, name in enumerate(documents) if number % SOME == 0 or name in COSTLY]
        for number, name in enumerate(chosen):
            path = f"/{kind}/{number}"
            site[path] = Answer(documents[name]().encode("utf-8", "surrogatepass"))
            yield kind, site.url + path
    for misdeed in list(MISDEEDS.values())[::SOME]:
        yield "schema_org", stack.enter_context(misbehaving(misdeed))


def watch(database: Database, name: str, kind: str, address: str, due: datetime) -> None:
    """Let a source be looked at for the first time at `due`, and not again in this test."""
    with database.write() as session:
        add_source(session, name, kind, address, now=due, allow_private=True, cadence_seconds=3600)


def unread(database: Database) -> list[str]:
    """Sources that no look has come back from yet."""
    with database.read() as session:
        waiting = select(Source.name).where(col(Source.last_good_at).is_(None), col(Source.failures) == 0)
        return list(session.exec(waiting))


def stored(database: Database) -> dict[str, int]:
    """How many posts there are of each good source."""
    with database.read() as session:
        found = session.exec(select(Source.name).join(Post, col(Post.source_id) == col(Source.id))).all()
    return {name: found.count(name) for name in found if name.startswith("good")}


def events(house: House) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (house.folder / "daemon.log").read_text().splitlines() if line[:1] == "{"]


def settle_hostile(database: Database, site: Site, stack: ExitStack) -> int:
    """Let all hostile sources be watched; returns how many there are."""
    sources = list(hostile(site, stack))
    for number, (kind, address) in enumerate(sources):
        watch(database, f"hostile {number}", kind, address, datetime.now(UTC))
    return len(sources)


def settle_good(database: Database, good: Site) -> list[float]:
    """Let good sources be watched, due one after the other; returns where will stand how late they were asked."""
    delays: list[float] = []

    def due(at: datetime) -> Callable[[Asked], Answer]:
        def answer(_asked: Asked) -> Answer:
            delays.append((datetime.now(UTC) - at).total_seconds())
            return Answer(page(review(1)))

        return answer

    now = datetime.now(UTC)
    for number in range(1, GOOD + 1):
        at = now + number * GOOD_EVERY
        good[f"/{number}"] = due(at)
        watch(database, f"good {number}", "schema_org", f"{good.url}/{number}", at)
    good["/big"] = page(review(2), body="x" * SMALL)
    watch(database, "good and big", "schema_org", f"{good.url}/big", now)
    return delays


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> Findings:
    """One daemon with all of them, watched until each was looked at and enough beats were seen."""
    house = make_house(tmp_path_factory.mktemp("house") / "data", crawl_delay="0")
    connections = spy_into(house.folder / "spy")
    house.environment["PYTHONPATH"] = str(connections.parent)
    with ExitStack() as stack:
        database = stack.enter_context(closing(open_database(sqlite_url(house.folder / "gelassen.db"))))
        bad, good = stack.enter_context(running_site()), stack.enter_context(running_site())
        number, delays = settle_hostile(database, bad, stack), settle_good(database, good)
        daemon = stack.enter_context(running(house))
        witness = stack.enter_context(watching(database, house.url))
        eventually(lambda: not unread(database), "a look at every source", 400)
        eventually(lambda: len(witness.beats) > BEATS, "beats of the daemon", 200)
        worker = child_of(daemon.pid, "gelassen-worker")
        peaks = megabytes(worker), megabytes(daemon.pid)
        os.kill(worker, signal.SIGKILL)  # at its end the daemon says how regularly it beat
        eventually(lambda: "child_died" in (house.folder / "daemon.log").read_text(), "the end of the worker")
        posts = stored(database)
    return Findings(witness, number, delays, posts, *peaks, events(house), connections.read_text().splitlines())


@pytest.mark.heavy
def test_there_are_enough_who_mean_harm(findings: Findings) -> None:
    assert findings.hostile >= 30


@pytest.mark.heavy
def test_the_worker_is_neither_lost_nor_replaced(findings: Findings) -> None:
    assert findings.of_worker("child_stuck") == []
    assert [died["code"] for died in findings.of_worker("child_died")] == [-signal.SIGKILL]


@pytest.mark.heavy
def test_the_daemon_beats_on_time(findings: Findings) -> None:
    assert len(findings.witness.pauses()) >= BEATS
    assert max(findings.witness.pauses()) < RENEW_SECONDS + LATE + findings.witness.late


@pytest.mark.heavy
def test_the_page_of_the_daemon_answers_at_once(findings: Findings) -> None:
    assert findings.witness.slowest < LATE + findings.witness.late


@pytest.mark.heavy
def test_the_worker_beats_on_time(findings: Findings) -> None:
    [died] = findings.of_worker("child_died")
    assert died["longest_silence"] < BEAT_EVERY + LATE + findings.witness.late


@pytest.mark.heavy
def test_good_sources_are_looked_at_when_they_are_due_all_the_while(findings: Findings) -> None:
    assert len(findings.delays) == GOOD
    assert max(findings.delays) < TICK + 2 * LATE + findings.witness.late


@pytest.mark.heavy
def test_good_pages_are_read_big_ones_too(findings: Findings) -> None:
    assert findings.posts == {"good and big": 1} | {f"good {number}": 1 for number in range(1, GOOD + 1)}


@pytest.mark.heavy
def test_memory_is_bounded(findings: Findings) -> None:
    assert findings.peak < MEGABYTES
    assert findings.daemon_peak < DAEMON_MEGABYTES


@pytest.mark.heavy
def test_nobody_but_the_sources_is_connected_to(findings: Findings) -> None:
    assert {literal_eval(address)[0] for address in findings.connections} == {"127.0.0.1"}
