"""The daemon among sources that mean it harm: its worker lives, nobody is blamed wrongly, good sources are read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest
from sqlmodel import col, select

from db.engine import Database, open_database, sqlite_url
from db.models import Post, Source
from db.queries_sources import add_source
from tests.e2e.daemon import House, eventually, make_house, running
from tests.spiders.hostile import FEEDS, PAGES
from tests.spiders.markup import page, review
from tests.spiders.rawsite import MISDEEDS, misbehaving
from tests.spiders.site import Answer, Site, running_site

SOME = 6
"""Of the hostile documents every so many are taken; `tests/spiders` takes them all."""


@pytest.fixture
def house(tmp_path: Path) -> House:
    return make_house(tmp_path / "data", crawl_delay="0")


@pytest.fixture
def database(house: House) -> Iterator[Database]:
    opened = open_database(sqlite_url(house.folder / "gelassen.db"))
    yield opened
    opened.close()


def hostile(site: Site, stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Kind and address of hostile pages, feeds and servers."""
    for kind, documents in (("schema_org", PAGES), ("feed", FEEDS)):
        for number, make in enumerate(list(documents.values())[::SOME]):
            path = f"/{kind}/{number}"
            site[path] = Answer(make().encode("utf-8", "surrogatepass"))
            yield kind, site.url + path
    for misdeed in list(MISDEEDS.values())[::SOME]:
        yield "schema_org", stack.enter_context(misbehaving(misdeed))


def watch(database: Database, name: str, kind: str, address: str) -> None:
    with database.write() as session:
        add_source(session, name, kind, address, now=datetime.now(UTC), allow_private=True, cadence_seconds=600)


def unread(database: Database) -> list[str]:
    """Sources that no look has come back from yet."""
    with database.read() as session:
        waiting = select(Source.name).where(col(Source.last_good_at).is_(None), col(Source.failures) == 0)
        return list(session.exec(waiting))


@pytest.mark.heavy
def test_a_daemon_among_hostile_sources_keeps_its_worker_and_reads_the_good_ones(
    house: House, database: Database
) -> None:
    with running_site() as site, running_site() as good, ExitStack() as stack:
        good["/"] = page(review(1))
        for number, (kind, address) in enumerate(hostile(site, stack)):
            watch(database, f"hostile {number}", kind, address)
        watch(database, "good", "schema_org", f"{good.url}/")
        with running(house):
            eventually(lambda: not unread(database), f"a look at {unread(database)}", 300)
            assert httpx2.get(f"{house.url}/healthz", timeout=10).status_code == 200
    with database.read() as session:
        found = session.exec(
            select(Post).join(Source, col(Source.id) == col(Post.source_id)).where(Source.name == "good")
        )
        assert len(found.all()) == 1
    log = (house.folder / "daemon.log").read_text()
    assert "child_stuck" not in log
    assert "child_died" not in log
