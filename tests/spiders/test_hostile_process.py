"""One crawl process meets every hostile page, feed and server in a row, with a good source after each.

Its time is counted in seconds of its own work, which a busy machine does not lengthen: what it works without the event
loop having a turn is a pause for everybody else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.spiders.hostile import FEEDS, PAGES
from tests.spiders.markup import page, review
from tests.spiders.rawsite import MISDEEDS, bombs, misbehaving
from tests.spiders.site import Answer, Site
from tests.spiders.test_process import child

MEGABYTES = 450
PAUSE = 1.0
"""Seconds of work without a turn of the event loop."""

SECONDS = 5.0
"""Seconds of work for one hostile source."""

CRAWL = """
    import asyncio, time
    from crawler.run import Crawler, run_reactor

    connections = set()
    sys.addaudithook(lambda event, about: connections.add(about[1][0]) if event == "socket.connect" else None)
    pauses, costs, reports = [], [], []

    async def beat():
        last = time.process_time()
        while True:
            await asyncio.sleep(0.02)
            pauses.append(time.process_time() - last)
            last = time.process_time()

    async def main(crawler):
        beating = asyncio.create_task(beat())
        for kind, address in json.load(sys.stdin):
            target = Target(1, "x", kind, address, True, delay_seconds=0)
            started = time.process_time()
            report = await crawler.crawl(target, lambda page: Received(seen=len(page.posts), new=len(page.posts)))
            costs.append(time.process_time() - started)
            reports.append([report.health, report.seen])
        beating.cancel()

    run_reactor(main, Crawler(Limits(request_seconds=4, look_seconds=15, longest_wait=0.5)))
    # not by getrusage: there the size of the process that started this one counts too
    [peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    size = int(peak.split()[1]) // 1024
    said = {"size": size, "pause": max(pauses), "cost": max(costs), "turns": len(pauses)}
    print(json.dumps(said | {"connections": sorted(connections), "reports": reports}))
"""


def hostile(site: Site, stack: ExitStack) -> Iterator[tuple[str, str]]:
    """Kind and address of every hostile source; documents are made when they are asked for."""
    for kind, documents in (("schema_org", PAGES), ("feed", FEEDS)):
        for number, make in enumerate(documents.values()):
            path = f"/{kind}/{number}"
            site[path] = lambda _asked, make=make: Answer(make().encode("utf-8", "surrogatepass"))
            yield kind, site.url + path
    for misdeed in (*MISDEEDS.values(), *bombs().values()):
        yield "schema_org", stack.enter_context(misbehaving(misdeed))


@pytest.mark.heavy
def test_one_process_survives_everything_in_a_row(site: Site) -> None:
    site["/good"] = page(review(1))
    with ExitStack() as stack:
        sources = [source for bad in hostile(site, stack) for source in (bad, ("schema_org", f"{site.url}/good"))]
        done = child(CRAWL, given=json.dumps(sources), seconds=900)
    said = json.loads(done.stdout)
    assert said["reports"][1::2] == [["ok", 1]] * (len(sources) // 2), done.stderr
    assert said["connections"] == ["127.0.0.1"]
    assert said["size"] < MEGABYTES
    assert said["turns"] > len(sources)
    assert said["pause"] < PAUSE
    assert said["cost"] < SECONDS
