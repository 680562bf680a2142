"""Whole ingest against plain Scrapy, in CPU seconds measured in one run.

Both sides read the same local pages, `PAGES` of `REVIEWS` reviews each. The floor is plain Scrapy, its default
settings without delay and logging, yielding one item per review and storing nothing. Ours crawls, reads the pages,
removes doubles and stores posts, cases, obligations and audit trail in a real SQLite file. Each side runs in child
processes, in turn, and its best run counts. Imports and migration, paid once by a worker, are left out on both sides,
and so is the server. Prints one JSON line.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PAGES, REVIEWS, ROUNDS, GOAL = 200, 50, 3, 0.75
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


def floor(address: str) -> tuple[int, float]:
    """Plain Scrapy: one dictionary per review, nothing stored. Returns the number of reviews and CPU seconds."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = [address]

        def parse(self, response: Any) -> Any:
            product = json.loads(response.css('script[type="application/ld+json"]::text').get())
            for review in product["review"]:
                yield {
                    "id": review["@id"],
                    "author": review["author"]["name"],
                    "rating": float(review["reviewRating"]["ratingValue"]),
                    "title": review["headline"],
                    "text": review["reviewBody"],
                    "created_at": datetime.fromisoformat(review["datePublished"]),
                }
            following = response.css('link[rel="next"]::attr(href)').get()
            if following:
                yield response.follow(following)

    process = AsyncCrawlerProcess({"LOG_ENABLED": False, "DOWNLOAD_DELAY": 0})
    crawler = process.create_crawler(Plain)
    started = time.process_time()
    process.crawl(crawler)
    process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0)), time.process_time() - started


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
        started = time.process_time()
        target = Target(source.id or 0, "bench", "schema_org", address, True, delay_seconds=0.0, max_pages=PAGES)
        [report] = crawl([target], lambda page: receive(database, page, now=now), limits=Limits(look_seconds=600))
        spent = time.process_time() - started
        database.close()
    assert not report.errors, report.errors
    return report.new, spent


def measure(side: str, address: str) -> float:
    """CPU seconds, user and system, of a child process that runs `side`."""
    command = [sys.executable, __file__, side, address]
    done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{side} failed\n{done.stderr}")
    reviews, spent = json.loads(done.stdout)
    if reviews != PAGES * REVIEWS:
        raise SystemExit(f"{side} read {reviews} reviews instead of {PAGES * REVIEWS}")
    return float(spent)


def main() -> None:
    context = get_context("spawn")
    port = context.Queue()
    server = context.Process(target=serve, args=(port,), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{port.get()}/0"
    times = {side: [0.0] * ROUNDS for side in ("floor", "ours")}
    for turn in range(ROUNDS):
        for side, row in times.items():
            row[turn] = measure(side, address)
    server.terminate()
    best = {side: round(min(row), 3) for side, row in times.items()}
    ratio = round(best["ours"] / best["floor"], 3)
    print(json.dumps({"name": "ingest", **best, "ratio": ratio, "goal": GOAL}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps({"floor": floor, "ours": ours}[sys.argv[1]](sys.argv[2])))
    else:
        main()
