"""One worker and many sources: what slow hosts cost the others, and what 200 changed sources cost at all.

Every source is a host of its own on loopback (127.1.x.y), all served by one process. First part: a real worker process
looks at `FAST` quick sources without reviews, alone (the floor) and then behind `SLOW` slow ones that have waited
longer: hosts that accept and never answer, hosts that give one byte every ten seconds, hosts that hang up. What counts
is the time until the last quick one was read. Second part: `CHANGED` sources with one new review each are looked at
side by side, read and stored, against plain Scrapy fetching and parsing the same pages, without robots.txt and storing
nothing, both sides in a process of their own.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import Message
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from bench.local import ROOT, Answer, Clock, cost, figure, run, serving, sized

FAST, SLOW, CHANGED, REVIEWS, ROUNDS = sized(970), sized(30), sized(200), 20, sized(3)
GOAL = 1.05
"""To be reached beside slow hosts."""

TEXT = "Der Sessel kam {n} Tage zu spät, am Telefon ging niemand ran, und die Lehne hat einen Kratzer."
listed = [REVIEWS]
"""In the server's process: how many reviews every page has; `/news` adds one."""


def host(number: int) -> str:
    """The address of one of many hosts."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def answers(path: str, headers: Message) -> Answer:
    """A page on every host, and one that nobody has reviewed yet; after `/news` the page has one review more."""
    listed[0] += path == "/news"
    if path == "/robots.txt":
        return 404, {}, b""
    body = page(headers["Host"], 0 if path == "/empty" else listed[0])
    return 200, {"Content-Type": "text/html; charset=utf-8"}, body


def page(name: str, reviews: int) -> bytes:
    """A page of the host `name`."""
    shown = [
        {
            "@type": "Review",
            "@id": f"#{name}-{n}",
            "author": {"@type": "Person", "name": f"Kundin {n}"},
            "reviewRating": {"@type": "Rating", "ratingValue": str(1 + n % 5)},
            "reviewBody": TEXT.format(n=n),
        }
        for n in range(reviews)
    ]
    total = {"@type": "AggregateRating", "reviewCount": reviews}
    product = {"@context": "https://schema.org", "@type": "Product", "name": name, "review": shown}
    data = json.dumps(product | {"aggregateRating": total})
    return f'<!doctype html><meta charset="utf-8"><script type="application/ld+json">{data}</script>'.encode()


async def never(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Accepts and says nothing."""
    await asyncio.sleep(3600)  # the loop holds it; a bare event would be thrown away as garbage


async def drop_by_drop(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Begins an answer and gives one byte of it every ten seconds."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n")
    with suppress(OSError):
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(10)


async def hang_up(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Closes the connection at once."""
    writer.close()


@contextmanager
def slow_ports() -> Iterator[list[int]]:
    """The ports of the three slow ways, served by a process of their own."""
    context = get_context("spawn")
    ports = context.Queue()
    server = context.Process(target=_serve_slowly, args=(ports,), daemon=True)
    server.start()
    try:
        yield ports.get()
    finally:
        server.terminate()


def _serve_slowly(ports: Any) -> None:
    async def serve() -> None:
        servers = [await asyncio.start_server(way, "0.0.0.0", 0) for way in (never, drop_by_drop, hang_up)]
        ports.put([server.sockets[0].getsockname()[1] for server in servers])
        await asyncio.Event().wait()

    asyncio.run(serve())


def furnish(folder: Path, addresses: list[str]) -> Any:
    """A data folder that watches these addresses, the first of them due for the longest time."""
    from db.queries_sources import add_source
    from gelassen.home import create

    home = create(folder, crawl_delay=0)
    now = datetime.now(UTC)
    with closing(home.open()) as database, database.write() as session:
        for number, address in enumerate(addresses):
            due = now - timedelta(hours=2) + timedelta(seconds=number)
            add_source(
                session, f"{number}", "schema_org", address, now=now, allow_private=True, next_look_at=due,
                cadence_seconds=86400,
            )  # fmt: skip
    return home


def read_by_worker(port: str, slow: list[str]) -> float:
    """Seconds from the first look of a worker until the last of the quick sources was read."""
    with tempfile.TemporaryDirectory() as folder:
        home = furnish(Path(folder) / "data", slow + [f"http://{host(n)}:{port}/empty" for n in range(FAST)])
        command = [sys.executable, "-m", "gelassen", "worker", "--data", str(home.folder)]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as worker:
            assert worker.stdin is not None
            worker.stdin.write("work\n")
            worker.stdin.flush()
            started = next(time.time() for line in worker.stdout or () if '"crawl:' in line)
            threading.Thread(target=lambda: list(worker.stdout or ()), daemon=True).start()
            with closing(home.open()) as database:
                ended = wait_for_all(lambda: good_looks(database))
            worker.kill()
    return ended - started


def good_looks(database: Any) -> list[float]:
    """When sources were last read without trouble."""
    from sqlmodel import select

    from db.models import Source

    with database.read() as session:
        return [at.timestamp() for at in session.exec(select(Source.last_good_at)) if at]


def wait_for_all(looks: Callable[[], list[float]]) -> float:
    """The moment of the last good look, once all quick sources had one."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        if len(found := looks()) >= FAST:
            return max(found)
        time.sleep(0.5)
    raise SystemExit(f"only {len(found)} of {FAST} sources were read")


def changed(address: str) -> list[str]:
    """The addresses of the changed sources."""
    return [f"http://{host(n)}:{address.rpartition(':')[2]}/" for n in range(CHANGED)]


def plain(address: str) -> tuple[int, float, float]:
    """Plain Scrapy: one item per review, nothing stored, eight requests at a time. Reviews, and seconds."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = changed(address)

        def parse(self, response: Any) -> Iterator[dict[str, Any]]:
            product = json.loads(response.css('script[type="application/ld+json"]::text').get())
            yield from product["review"]

    settings = {"CONCURRENT_REQUESTS": 8, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Plain)
    clock = Clock()
    clock.start()
    _running = process.crawl(crawler)
    process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0)), *clock.spent()


def ours(address: str) -> tuple[int, float, float]:
    """A first look at all of them, then news everywhere, then the look that counts: claimed, read, stored, noted."""
    from crawler.line import for_all
    from crawler.run import Crawler, run_reactor
    from db.queries_sources import claim_source, due_sources
    from gelassen.look_once import in_line, look, make_crawler, note, receiver

    results: list[tuple[int, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = furnish(Path(folder) / "data", changed(address))
        database = home.open()

        async def main(crawler: Crawler) -> None:
            results.append(await everything(crawler, timedelta()))
            await asyncio.to_thread(news, address)
            results.append(await everything(crawler, timedelta(days=2)))

        async def everything(crawler: Crawler, later: timedelta) -> tuple[int, float, float]:
            seen, clock = 0, Clock()

            def now() -> datetime:
                return datetime.now(UTC) + later

            async def one(due: Any) -> None:
                nonlocal seen
                with database.write() as session:
                    source = claim_source(session, due.id, now())
                assert source is not None
                report = await look(crawler, database, source, home.settings, receiver(database, now, "bench"))
                note(database, source, report, now(), by_clock=True)
                seen += report.seen

            clock.start()
            with database.read() as session:
                due = in_line(due_sources(session, now()))
            await for_all(due, one)
            return seen, *clock.spent()

        run_reactor(main, make_crawler(home))
        database.close()
    return results[-1]


def news(address: str) -> None:
    """Everybody gets one more review."""
    from urllib.request import urlopen

    with urlopen(f"{address}/news") as answer:
        answer.read()


SIDES = {"plain": plain, "ours": ours}


def main() -> None:
    """Measure and print."""
    with serving(answers, "0.0.0.0") as address, slow_ports() as ports:
        rows = [{side: cost("many", side, address) for side in SIDES} for _ in range(ROUNDS)]
        for row in rows:
            for side in SIDES:
                if row[side].said < CHANGED * REVIEWS:
                    raise SystemExit(f"{side} read only {row[side].said} reviews")
        stuck = [f"http://{host(2000 + number)}:{ports[number % 3]}/" for number in range(SLOW)]
        port = address.rpartition(":")[2]
        beside = [(read_by_worker(port, []), read_by_worker(port, stuck)) for _ in range(ROUNDS)]
    spent = [(row["plain"].inner_cpu, row["ours"].inner_cpu) for row in rows]
    figure("many changed sources", "CPU ms a source", spent, None, 1000 / CHANGED)
    figure("quick sources beside slow ones", "s", beside, GOAL)


if __name__ == "__main__":
    run(SIDES, main)
