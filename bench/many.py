"""One worker and many sources: what slow hosts cost the others, and what 200 changed sources cost at all.

Every source is a host of its own on loopback (127.1.x.y), all served by one process. First part: a real worker process
looks at `FAST` quick sources without reviews, alone and then behind `SLOW` slow ones that have waited longer: hosts
that accept and never answer, hosts that give one byte every ten seconds, hosts that hang up. `beside_slow` is the time
until the last quick one was read as a share of the time alone. Second part: `CHANGED` sources with one new review each
are looked at side by side, read and stored, against plain Scrapy fetching and parsing the same pages, without
robots.txt and storing nothing: time and processor time, both sides in a process of their own. Prints one JSON line.
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
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FAST, SLOW, CHANGED, REVIEWS, ROUNDS = 970, 30, 200, 20, 2
GOAL = 1.25
"""To be reached for `beside_slow`."""

TEXT = "Der Sessel kam {n} Tage zu spät, am Telefon ging niemand ran, und die Lehne hat einen Kratzer."


def host(number: int) -> str:
    """The address of one of many hosts."""
    return f"127.1.{number // 250}.{number % 250 + 1}"


def page(name: str, reviews: int) -> bytes:
    """A page of the host `name`."""
    listed = [
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
    product = {"@context": "https://schema.org", "@type": "Product", "name": name, "review": listed}
    data = json.dumps(product | {"aggregateRating": total})
    return f'<!doctype html><meta charset="utf-8"><script type="application/ld+json">{data}</script>'.encode()


class Quick(BaseHTTPRequestHandler):
    """Serves a page on every host, and one that nobody has reviewed yet; after `/news` the page has one review more."""

    protocol_version = "HTTP/1.1"
    wbufsize = 1024 * 1024
    reviews = REVIEWS

    def do_GET(self) -> None:
        Quick.reviews += self.path == "/news"
        found = self.path != "/robots.txt"
        body = page(self.headers["Host"], 0 if self.path == "/empty" else Quick.reviews) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


async def never(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Accepts and says nothing."""
    await asyncio.Event().wait()


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


def serve(ports: Any) -> None:
    """Serve until killed; tells the ports of the quick and the three slow ways."""
    quick = Server(("0.0.0.0", 0), Quick)
    threading.Thread(target=quick.serve_forever, daemon=True).start()

    async def slow() -> None:
        servers = [await asyncio.start_server(way, "0.0.0.0", 0) for way in (never, drop_by_drop, hang_up)]
        ports.put([quick.server_port, *(server.sockets[0].getsockname()[1] for server in servers)])
        await asyncio.Event().wait()

    asyncio.run(slow())


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


def read_by_worker(ports: list[int], slow: int) -> float:
    """Seconds from the first look of a worker until the last of the quick sources was read."""
    stuck = [f"http://{host(2000 + number)}:{ports[1 + number % 3]}/" for number in range(slow)]
    with tempfile.TemporaryDirectory() as folder:
        home = furnish(Path(folder) / "data", stuck + [f"http://{host(n)}:{ports[0]}/empty" for n in range(FAST)])
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


class Spent:
    """Wall and processor seconds between two moments of this process."""

    def __enter__(self) -> Spent:
        self.began = (time.perf_counter(), time.process_time())
        return self

    def __exit__(self, *_: object) -> None:
        self.wall, self.cpu = time.perf_counter() - self.began[0], time.process_time() - self.began[1]


def plain(addresses: list[str]) -> tuple[int, float, float]:
    """Plain Scrapy: one item per review, nothing stored, eight requests at a time. Reviews, seconds, CPU seconds."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = addresses

        def parse(self, response: Any) -> Iterator[dict[str, Any]]:
            product = json.loads(response.css('script[type="application/ld+json"]::text').get())
            yield from product["review"]

    settings = {"CONCURRENT_REQUESTS": 8, "DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(Plain)
    with Spent() as spent:
        process.crawl(crawler)
        process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0)), spent.wall, spent.cpu


def ours(addresses: list[str]) -> tuple[int, float, float]:
    """A first look at all of them, then news everywhere, then the look that counts: claimed, read, stored, noted."""
    from crawler.line import for_all
    from crawler.run import Crawler, run_reactor
    from db.queries_sources import claim_source, due_sources
    from gelassen.look_once import in_line, look, make_crawler, note, receiver

    results: list[tuple[int, float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        home = furnish(Path(folder) / "data", addresses)
        database = home.open()

        async def main(crawler: Crawler) -> None:
            for later in (timedelta(), timedelta(days=2)):
                results.append(await everything(crawler, lambda later=later: datetime.now(UTC) + later))  # type: ignore[misc]
                await asyncio.to_thread(news, addresses[0])

        async def everything(crawler: Crawler, now: Callable[[], datetime]) -> tuple[int, float, float]:
            seen = 0

            async def one(due: Any) -> None:
                nonlocal seen
                with database.write() as session:
                    source = claim_source(session, due.id, now())
                assert source is not None
                report = await look(crawler, database, source, home.settings, receiver(database, now, "bench"))
                note(database, source, report, now(), by_clock=True)
                seen += report.seen

            with Spent() as spent:
                with database.read() as session:
                    due = in_line(due_sources(session, now()))
                await for_all(due, one)
            return seen, spent.wall, spent.cpu

        run_reactor(main, make_crawler(home))
        database.close()
    return results[-1]


def news(address: str) -> None:
    """Everybody gets one more review."""
    from urllib.request import urlopen

    with suppress(OSError), urlopen(f"{address}news") as answer:
        answer.read()


SIDES = {"plain": plain, "ours": ours}


def measure(side: str, port: int) -> tuple[float, float]:
    """Wall and CPU milliseconds a source of a child process that runs `side`; its log goes to a file."""
    command = [sys.executable, __file__, side, str(port)]
    with tempfile.TemporaryFile("w+") as log:
        done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=log)
        if done.returncode:
            log.seek(0)
            raise SystemExit(f"{side} failed\n{log.read()[-5000:]}")
    reviews, wall, cpu = json.loads(done.stdout)
    if reviews < CHANGED * REVIEWS:
        raise SystemExit(f"{side} read only {reviews} reviews")
    return wall / CHANGED * 1000, cpu / CHANGED * 1000


def main() -> None:
    context = get_context("spawn")
    queue = context.Queue()
    server = context.Process(target=serve, args=(queue,), daemon=True)
    server.start()
    ports = queue.get()
    rounds = [{side: measure(side, ports[0]) for side in SIDES} for _ in range(ROUNDS)]
    alone, beside = read_by_worker(ports, 0), read_by_worker(ports, SLOW)
    server.terminate()
    result: dict[str, Any] = {"name": "many", "fast_alone_s": round(alone, 1), "fast_beside_slow_s": round(beside, 1)}
    for number, kind in enumerate(("time", "cpu")):
        for side in SIDES:
            result[f"{side}_{kind}_ms"] = round(median(row[side][number] for row in rounds), 1)
        result[f"{kind}_ratio"] = round(median(row["ours"][number] / row["plain"][number] for row in rounds), 2)
    print(json.dumps(result | {"beside_slow": round(beside / alone, 2), "goal": GOAL}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(SIDES[sys.argv[1]]([f"http://{host(n)}:{sys.argv[2]}/" for n in range(CHANGED)])))
    else:
        main()
