"""`FEEDS` feeds of `ITEMS` entries each against the `reader` library, in processor time.

Both read the same local feeds, one after another, into a fresh SQLite file. `reader`, the floor, adds the feeds and
updates them, the way its documentation says. Ours asks for robots.txt, crawls, reads the pages, removes doubles and
stores posts, cases, obligations and audit trail, one transaction a feed. Sides run in turn, each in a process of its
own. `whole` is the process from its start to its end; `running` begins when the first feed is stored, so that imports
and migration, paid once by a worker, are left out; `parsing` is feedparser alone, which ours cannot be faster than.

`reader` is no dependency of ours: `make bench` installs it into `bench/.peers`. Without it, ours runs alone.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from email.message import Message
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from bench.local import ROOT, Answer, Clock, cost, figure, run, serving, sized

FEEDS, ITEMS, ROUNDS, GOAL = sized(100), 50, sized(5), 0.6
PEER = ROOT / "bench" / ".peers" / "bin" / "python"

TEXT = (
    "<p>Der Sessel kam {n} Tage zu spät, am Telefon ging <em>niemand</em> ran, und die Lehne hat einen Kratzer.</p>\n"
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def answers(path: str, _headers: Message) -> Answer:
    """The feed of that number."""
    name = path.strip("/")
    if not name.isdigit():
        return 404, {}, b""
    return 200, {"Content-Type": "application/rss+xml; charset=utf-8"}, feed(int(name))


@lru_cache(maxsize=FEEDS)
def feed(number: int) -> bytes:
    """Comments of one blog, newest first, as blogs give them out."""
    first = number * ITEMS
    items = "".join(_item(n) for n in reversed(range(first, first + ITEMS)))
    names = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    head = f"<title>Kommentare {number}</title><link>https://laden-{number}.example/</link><language>de-DE</language>"
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{head}{items}</channel></rss>'.encode()


def _item(n: int) -> str:
    text = TEXT.format(n=n) * 3
    link = f"https://laden.example/sessel/#comment-{n}"
    return (
        f"<item><title>Von: Kundin {n}</title><link>{link}</link><dc:creator><![CDATA[Kundin {n}]]></dc:creator>"
        f"<pubDate>{format_datetime(START + timedelta(minutes=n))}</pubDate><guid>{link}</guid>"
        f"<description>{escape(text[:120])}</description><content:encoded><![CDATA[{text}]]></content:encoded></item>"
    )


def reader(address: str) -> tuple[int, float, float]:
    """The library: add, update. Returns the number of entries stored, and seconds since the first feed was."""
    from reader import make_reader

    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        library = make_reader(str(Path(folder) / "reader.sqlite"))
        for number in range(FEEDS):
            library.add_feed(f"{address}/{number}")
        for _ in library.update_feeds_iter():
            clock.start()
        time, cpu = clock.spent()
        stored = library.get_entry_counts().total
        library.close()
    return stored, time, cpu


def ours(address: str) -> tuple[int, float, float]:
    """Add, crawl, read and store. Returns the number of posts stored, and seconds since the first feed was."""
    from crawler.items import Page, Received, Target
    from crawler.run import Limits, crawl
    from db.engine import open_database, sqlite_url
    from db.migrate import upgrade
    from db.queries_sources import add_source
    from responder.intake import receive

    clock, now = Clock(), datetime.now(UTC)
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(sqlite_url(Path(folder) / "bench.db"))
        upgrade(database)
        targets = []
        for name in map(str, range(FEEDS)):
            with database.write() as session:
                source = add_source(session, name, "feed", f"{address}/{name}", now=now, allow_private=True)
            targets.append(Target(source.id or 0, name, "feed", source.address, True, delay_seconds=0.0))

        def store(page: Page) -> Received:
            receipt = receive(database, page, now=now)
            clock.start()
            return Received(**asdict(receipt))

        reports = crawl(targets, store, limits=Limits(look_seconds=600))
        time, cpu = clock.spent()
        database.close()
    assert not any(report.errors for report in reports), reports
    return sum(report.new for report in reports), time, cpu


def parsing(_address: str) -> tuple[int, float, float]:
    """feedparser alone, with what ours leaves out switched off. Returns the number of entries, and seconds."""
    from feedparser.api import parse

    documents, clock, found = [feed(number) for number in range(FEEDS)], Clock(), 0
    given: dict[str, Any] = {"sanitize_html": False, "resolve_relative_uris": False}
    given["response_headers"] = {"content-type": "application/xml; charset=utf-8"}
    clock.start()
    for document in documents:
        found += len(parse(document, **given).entries)  # type: ignore[no-untyped-call]
    return found, *clock.spent()


SIDES = {"reader": reader, "parsing": parsing, "ours": ours}


def main() -> None:
    """Measure and print."""
    pythons = {"reader": PEER, "parsing": Path(sys.executable), "ours": Path(sys.executable)}
    if not PEER.exists():
        print(f"{PEER} is not there (make bench), so there is nothing to compare with.", file=sys.stderr)
        del pythons["reader"]
    with serving(answers) as address:
        rows = [{side: cost("feeds", side, address, python) for side, python in pythons.items()} for _ in range(ROUNDS)]
    for row in rows:
        for side, spent in row.items():
            if spent.said != FEEDS * ITEMS:
                raise SystemExit(f"{side} stored {spent.said} entries instead of {FEEDS * ITEMS}")
    if "reader" in pythons:
        whole = [(row["reader"].cpu, row["ours"].cpu) for row in rows]
        figure("feeds, whole process", "CPU s", whole, GOAL)
        figure("feeds, running", "CPU s", [(row["reader"].inner_cpu, row["ours"].inner_cpu) for row in rows], None)
    alone = [(row["parsing"].inner_cpu, row["ours"].cpu) for row in rows]
    figure("feeds, against parsing alone", "CPU s", alone, None)


if __name__ == "__main__":
    run(SIDES, main)
