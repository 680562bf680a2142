"""Whole ingest against plain Scrapy, in CPU seconds measured in one run.

All sides read the same local pages, `PAGES` of `REVIEWS` reviews each. `plain` is Scrapy as it comes, without delay
and robots.txt, yielding one item per review and storing nothing; it logs every item, as Scrapy does by default.
`silent` is the same without any log. Ours crawls, reads the pages, removes doubles and stores posts, cases, obligations
and audit trail in a real SQLite file, one transaction a page. Sides run in turn, each in a process of its own; user and
system time count from the arrival of the first page, so that imports and migration, paid once by a worker, are left
out everywhere. Prints one JSON line: the medians in milliseconds a page and our share of both floors.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES, REVIEWS, ROUNDS, GOAL = 300, 50, 5, 0.75
TEXT = "Der Sessel kam {n} Tage zu spät, am Telefon ging niemand ran, und die Lehne hat einen Kratzer. " * 3
START = datetime(2026, 1, 1, tzinfo=UTC)


def page(number: int) -> bytes:
    """Page `number`, linked to the next one."""
    first = number * REVIEWS
    reviews = [_review(n) for n in range(first, first + REVIEWS)]
    data = json.dumps({"@context": "https://schema.org", "@type": "Product", "name": "Sessel", "review": reviews})
    following = f'<link rel="next" href="/{number + 1}">' if number + 1 < PAGES else ""
    head = f'<meta charset="utf-8">{following}<script type="application/ld+json">{data}</script>'
    body = "".join(f'<div class="review"><b>{r["author"]["name"]}</b><p>{r["reviewBody"]}</p></div>' for r in reviews)
    return f'<!doctype html><html lang="de"><head>{head}</head><body>{body}</body></html>'.encode()


def _review(n: int) -> dict[str, Any]:
    return {
        "@type": "Review",
        "@id": f"#bewertung-{n}",
        "author": {"@type": "Person", "name": f"Kundin {n}"},
        "datePublished": (START + timedelta(minutes=n)).isoformat(),
        "reviewRating": {"@type": "Rating", "ratingValue": str(1 + n % 5), "bestRating": "5"},
        "headline": f"Bestellung {n}",
        "reviewBody": TEXT.format(n=n),
    }


def serve(port: Any) -> None:
    """Serve the pages until killed; reports its port through the queue `port`."""
    pages = [page(number) for number in range(PAGES)]

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1024 * 1024  # head and body in one packet: no delayed acknowledgement between them

        def do_GET(self) -> None:
            name = self.path.strip("/")
            body = pages[int(name)] if name.isdigit() and int(name) < PAGES else b""
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_port)
    server.serve_forever()


@dataclass
class Item:
    """A review the way a plain spider yields it."""

    id: str
    author: str
    rating: float
    title: str
    text: str
    created_at: datetime


class Clock:
    """User and system seconds of this process since the first call of `start`."""

    def __init__(self) -> None:
        self.started: float | None = None

    def start(self) -> None:
        if self.started is None:
            self.started = time.process_time()

    def spent(self) -> float:
        assert self.started is not None
        return time.process_time() - self.started


def plain(address: str, **settings: Any) -> tuple[int, float]:
    """Plain Scrapy: one item per review, nothing stored. Returns the number of reviews and CPU seconds."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    clock = Clock()

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = [address]

        def parse(self, response: Any) -> Any:
            clock.start()
            product = json.loads(response.css('script[type="application/ld+json"]::text').get())
            for review in product["review"]:
                yield Item(
                    id=review["@id"],
                    author=review["author"]["name"],
                    rating=float(review["reviewRating"]["ratingValue"]),
                    title=review["headline"],
                    text=review["reviewBody"],
                    created_at=datetime.fromisoformat(review["datePublished"]),
                )
            following = response.css('link[rel="next"]::attr(href)').get()
            if following:
                yield response.follow(following)

    process = AsyncCrawlerProcess({"DOWNLOAD_DELAY": 0, "ROBOTSTXT_OBEY": False, **settings})
    crawler = process.create_crawler(Plain)
    process.crawl(crawler)
    process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0)), clock.spent()


def silent(address: str) -> tuple[int, float]:
    """`plain` without its log."""
    return plain(address, LOG_ENABLED=False)


def ours(address: str) -> tuple[int, float]:
    """Crawl, read and store in a fresh SQLite file. Returns the number of posts stored and CPU seconds."""
    from crawler.items import Target
    from crawler.run import Limits, crawl
    from db.engine import open_database, sqlite_url
    from db.migrate import upgrade
    from db.queries_sources import add_source
    from responder.intake import receive

    now = datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "bench.db"))
        upgrade(database)
        with database.write() as session:
            source = add_source(session, name="bench", kind="schema_org", address=address, now=now, allow_private=True)
        clock = Clock()
        target = Target(source.id or 0, "bench", "schema_org", address, True, delay_seconds=0.0, max_pages=PAGES)
        [report] = crawl(
            [target],
            lambda page: receive(database, page, now=now),
            on_progress=lambda _: clock.start(),
            limits=Limits(look_seconds=600),
        )
        spent = clock.spent()
        database.close()
    assert not report.errors, report.errors
    return report.new, spent


SIDES = {"plain": plain, "silent": silent, "ours": ours}


def measure(side: str, address: str) -> float:
    """CPU milliseconds a page of a child process that runs `side`; its log goes to a file, as in earnest."""
    command = [sys.executable, __file__, side, address]
    with tempfile.TemporaryFile("w+") as log:
        done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=log)
        if done.returncode:
            log.seek(0)
            raise SystemExit(f"{side} failed\n{log.read()[-5000:]}")
    reviews, spent = json.loads(done.stdout)
    if reviews != PAGES * REVIEWS:
        raise SystemExit(f"{side} read {reviews} reviews instead of {PAGES * REVIEWS}")
    return float(spent) / PAGES * 1000


def main() -> None:
    context = get_context("spawn")
    port = context.Queue()
    server = context.Process(target=serve, args=(port,), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{port.get()}/0"
    rounds = [{side: measure(side, address) for side in SIDES} for _ in range(ROUNDS)]
    server.terminate()
    cost = {side: round(median(row[side] for row in rounds), 2) for side in SIDES}
    ratios = {
        name: round(median(row["ours"] / row[floor] for row in rounds), 3)
        for name, floor in (("ratio", "plain"), ("ratio_to_silent", "silent"))
    }
    print(json.dumps({"name": "ingest", **cost, **ratios, "goal": GOAL}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(SIDES[sys.argv[1]](sys.argv[2])))
    else:
        main()
