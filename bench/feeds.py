"""`FEEDS` feeds of `ITEMS` entries each against the `reader` library, in time and in processor time.

Both read the same local feeds, one after another, into a fresh SQLite file. `reader` adds the feeds and updates them,
the way its documentation says. Ours asks for robots.txt, crawls, reads the pages, removes doubles and stores posts,
cases, obligations and audit trail, one transaction a feed. Sides run in turn, each in a process of its own. `whole` is
the process from its start to its end; `running` begins when the first feed is stored, so that imports and migration,
paid once by a worker, are left out. Prints one JSON line: medians in seconds, and the median of our share with the
smallest and the largest share of all rounds.

`reader` is no dependency of ours: it is installed into `bench/.peers` when this runs for the first time.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from pathlib import Path
from statistics import median
from typing import Any

from _local import ROOT, Answer, Clock, Cost, cost, serving

FEEDS, ITEMS, ROUNDS, GOAL = 100, 50, 5, 0.6
PEER, NEEDED = "reader==3.26", "sgmllib3k==1.0.0"
"""Its copy of feedparser needs the second, which newer versions of feedparser itself do not bring along any more."""

TEXT = (
    "<p>Der Sessel kam {n} Tage zu spät, am Telefon ging <em>niemand</em> ran, und die Lehne hat einen Kratzer.</p>\n"
)
START = datetime(2026, 1, 1, tzinfo=UTC)


def answers(path: str, _headers: Mapping[str, str]) -> Answer:
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
    from reader import make_reader  # type: ignore[import-not-found]

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
    from crawler.items import Page, Target
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

        def store(page: Page) -> Any:
            receipt = receive(database, page, now=now)
            clock.start()
            return receipt

        reports = crawl(targets, store, limits=Limits(look_seconds=600))
        time, cpu = clock.spent()
        database.close()
    assert not any(report.errors for report in reports), reports
    return sum(report.new for report in reports), time, cpu


SIDES = {"reader": reader, "ours": ours}


def peer() -> Path | None:
    """The interpreter of an environment that has the library; None where it cannot be installed."""
    folder = ROOT / "bench" / ".peers" / PEER
    python = folder / "bin" / "python"
    if not (folder / "installed").exists():
        venv.create(folder, with_pip=True, clear=True)
        install = [str(python), "-m", "pip", "install", "--quiet", "--retries", "0", "--timeout", "20", PEER, NEEDED]
        if subprocess.run(install, capture_output=True).returncode:
            return None
        (folder / "installed").touch()
    return python


def share(rows: list[dict[str, Cost]], what: str) -> dict[str, float]:
    """Our share of the library's cost: median, smallest and largest of all rounds."""
    shares = [getattr(row["ours"], what) / getattr(row["reader"], what) for row in rows]
    return {"median": round(median(shares), 2), "min": round(min(shares), 2), "max": round(max(shares), 2)}


def main() -> None:
    python = peer()
    if python is None:
        left_out = f"{PEER} could not be installed (no network?), so there is nothing to compare with."
        print(json.dumps({"name": "feeds", "left_out": left_out}))
        return
    interpreters = {"reader": python, "ours": Path(sys.executable)}
    with serving(answers) as address:
        rows = [{side: cost(__file__, side, address, interpreters[side]) for side in SIDES} for _ in range(ROUNDS)]
    for side in SIDES:
        stored = {row[side].said for row in rows}
        if stored != {FEEDS * ITEMS}:
            raise SystemExit(f"{side} stored {stored} entries instead of {FEEDS * ITEMS}")
    result: dict[str, Any] = {"name": "feeds"}
    for part, fields in (("whole", ("time", "cpu")), ("running", ("inner_time", "inner_cpu"))):
        for what, field in zip(("time", "cpu"), fields, strict=True):
            for side in SIDES:
                result[f"{side}_{part}_{what}_s"] = round(median(getattr(row[side], field) for row in rows), 2)
            result[f"{part}_{what}_ratio"] = share(rows, field)
    print(json.dumps(result | {"goal": GOAL}))


if __name__ == "__main__":
    if len(sys.argv) == 3:
        print(json.dumps(SIDES[sys.argv[1]](sys.argv[2])))
    else:
        main()
