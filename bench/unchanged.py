"""An unchanged source: what a look at it asks and writes, and `LOOKS` looks against plain Scrapy in processor time.

A first look reads a feed and keeps its ETag. Every look after that, claimed and noted as one by hand, must send exactly
one request for the feed, a conditional one, and change no row: the server counts the requests, SQLite the rows, and
this fails where either is wrong; robots.txt is remembered. The floor is Scrapy as it comes, without robots.txt, sending
the same conditional request as often in one crawl and over one connection, and storing nothing. Sides run in turn, each
in a process of its own; their time counts from the first answer, after imports and migration.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.local import Answer, Clock, cost, figure, run, serving, sized

LOOKS, ROUNDS = sized(200), sized(5)
ETAG = '"unchanged"'
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>Kommentare</title>'
    + "".join(
        f"<item><guid>https://laden.example/#comment-{n}</guid><description>Danke, Text {n}</description></item>"
        for n in range(50)
    )
    + "</channel></rss>"
).encode()
asked: Counter[str] = Counter()
"""In the server's process: how often what was asked for, `/asked` tells and forgets."""


def answers(path: str, headers: Message) -> Answer:
    """The feed to whoever does not have it yet."""
    if path == "/asked":
        told = json.dumps(asked).encode()
        asked.clear()
        return 200, {}, told
    known = headers.get("If-None-Match") == ETAG
    asked[path if path != "/feed" else "conditional" if known else "full"] += 1
    if path != "/feed":
        return 404, {}, b""
    return 304 if known else 200, {"ETag": ETAG, "Content-Type": "application/rss+xml"}, b"" if known else FEED


def was_asked(address: str) -> dict[str, int]:
    """What the server was asked for since the last call."""
    with urlopen(f"{address}/asked") as answer:
        return dict(json.load(answer))


def plain(address: str) -> tuple[dict[str, int], float, float]:
    """Plain Scrapy: the conditional request again and again."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    clock = Clock()

    class Plain(scrapy.Spider):
        name = "plain"
        handle_httpstatus_list = [304]

        async def start(self) -> Any:
            for _ in range(LOOKS + 1):
                yield scrapy.Request(f"{address}/feed", headers={"If-None-Match": ETAG}, dont_filter=True)

        def parse(self, response: Any) -> None:
            clock.start()

    settings = {"CONCURRENT_REQUESTS": 1, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False}
    process = AsyncCrawlerProcess(settings)
    _running = process.crawl(Plain)
    process.start()
    spent = clock.spent()
    return was_asked(address), *spent


def ours(address: str) -> tuple[dict[str, int], float, float]:
    """A first look, then looks at the unchanged source, each of them claimed, looked and noted."""
    from crawler.run import Crawler, run_reactor
    from db.models import Source
    from db.queries_sources import add_source
    from gelassen.home import create
    from gelassen.look_once import look, make_crawler, note, receiver

    clock = Clock()
    counts: list[dict[str, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = create(Path(folder) / "data", crawl_delay=0)
        with closing(home.open()) as database:
            now = datetime.now(UTC)
            with database.write() as session:
                number = add_source(session, "bench", "feed", f"{address}/feed", now=now, allow_private=True).id
            store = receiver(database, lambda: datetime.now(UTC), "bench")

            async def once(crawler: Crawler) -> int:
                with database.read() as session:
                    source = session.get_one(Source, number)
                report = await look(crawler, database, source, home.settings, store)
                note(database, source, report, datetime.now(UTC), by_clock=False)
                assert not report.errors, report.errors
                return report.rows_written

            async def main(crawler: Crawler) -> None:
                assert await once(crawler) > 0
                await once(crawler)
                before = changes(database)
                was_asked(address)
                clock.start()
                assert not any([await once(crawler) for _ in range(LOOKS)])
                counts.append({"rows": changes(database) - before})

            run_reactor(main, make_crawler(home))
            spent = clock.spent()
    return counts[0] | was_asked(address), *spent


def changes(database: Any) -> int:
    """How many rows the connection that writes has changed so far."""
    with database.write() as session:
        return int(session.connection().exec_driver_sql("SELECT total_changes()").scalar())


SIDES = {"plain": plain, "ours": ours}


def main() -> None:
    """Measure and print."""
    with serving(answers) as address:
        rows = [{side: cost("unchanged", side, address) for side in SIDES} for _ in range(ROUNDS)]
    for row in rows:
        said = row["ours"].said
        if said != {"rows": 0, "conditional": LOOKS}:
            raise SystemExit(f"{LOOKS} looks at an unchanged source should ask once each and write nothing: {said}")
    spent = [(row["plain"].inner_cpu, row["ours"].inner_cpu) for row in rows]
    figure("unchanged", "CPU ms a look", spent, None, 1000 / LOOKS)


if __name__ == "__main__":
    run(SIDES, main)
