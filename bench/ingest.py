"""Whole ingest against plain Scrapy, in processor time.

All sides read the same local pages, `PAGES` of `REVIEWS` reviews each. `plain` is Scrapy as it comes, without delay
and robots.txt, yielding one item per review and storing nothing; it logs every item, as Scrapy does by default.
`silent` is the same without any log. Ours crawls, reads the pages, removes doubles and stores posts, cases, obligations
and audit trail in a real SQLite file, one transaction a page. Sides run in turn, each in a process of its own; user and
system time count from the arrival of the first page, so that imports and migration, paid once by a worker, are left
out everywhere.
"""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import lru_cache
from pathlib import Path
from typing import Any

from bench.local import Answer, Clock, cost, figure, run, serving, sized

PAGES, REVIEWS, ROUNDS, GOAL = sized(300), 50, sized(5), 0.75
TEXT = "Der Sessel kam {n} Tage zu spät, am Telefon ging niemand ran, und die Lehne hat einen Kratzer. " * 3
START = datetime(2026, 1, 1, tzinfo=UTC)


def answers(path: str, _headers: Message) -> Answer:
    """The page of that number."""
    name = path.strip("/")
    if not name.isdigit() or int(name) >= PAGES:
        return 404, {}, b""
    return 200, {"Content-Type": "text/html; charset=utf-8"}, page(int(name))


@lru_cache(maxsize=PAGES)
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


@dataclass
class Item:
    """A review the way a plain spider yields it."""

    id: str
    author: str
    rating: float
    title: str
    text: str
    created_at: datetime


def plain(address: str, **settings: Any) -> tuple[int, float, float]:
    """Plain Scrapy: one item per review, nothing stored. Returns the number of reviews, and seconds."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerProcess

    clock = Clock()

    class Plain(scrapy.Spider):
        name = "plain"
        start_urls = [f"{address}/0"]

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
    _running = process.crawl(crawler)
    process.start()
    return int(crawler.stats.get_value("item_scraped_count", 0)), *clock.spent()


def silent(address: str) -> tuple[int, float, float]:
    """`plain` without its log."""
    return plain(address, LOG_ENABLED=False)


def ours(address: str) -> tuple[int, float, float]:
    """Crawl, read and store in a fresh SQLite file. Returns the number of posts stored, and seconds."""
    from crawler.items import Received, Target
    from crawler.run import Limits, crawl
    from db.engine import open_database, sqlite_url
    from db.migrate import upgrade
    from db.queries_sources import add_source
    from responder.intake import receive

    now, first = datetime.now(UTC), f"{address}/0"
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "bench.db"))
        upgrade(database)
        with database.write() as session:
            source = add_source(session, name="bench", kind="schema_org", address=first, now=now, allow_private=True)
        clock = Clock()
        target = Target(source.id or 0, "bench", "schema_org", first, True, delay_seconds=0.0, max_pages=PAGES)
        [report] = crawl(
            [target],
            lambda page: Received(**asdict(receive(database, page, now=now))),
            on_progress=lambda _: clock.start(),
            limits=Limits(look_seconds=600),
        )
        spent = clock.spent()
        database.close()
    assert not report.errors, report.errors
    return report.new, *spent


SIDES = {"plain": plain, "silent": silent, "ours": ours}


def main() -> None:
    """Measure and print."""
    with serving(answers) as address:
        rows = [{side: cost("ingest", side, address) for side in SIDES} for _ in range(ROUNDS)]
    for row in rows:
        for side in SIDES:
            if row[side].said != PAGES * REVIEWS:
                raise SystemExit(f"{side} read {row[side].said} reviews instead of {PAGES * REVIEWS}")
    for name, floor, goal in (("ingest", "plain", GOAL), ("ingest against a silent crawl", "silent", None)):
        spent = [(row[floor].inner_cpu, row["ours"].inner_cpu) for row in rows]
        figure(name, "CPU ms a page", spent, goal, 1000 / PAGES)


if __name__ == "__main__":
    run(SIDES, main)
