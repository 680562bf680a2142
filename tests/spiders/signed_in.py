"""Looking several times with the login kept in between, as the worker does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from crawler.items import CrawlReport, Target
from crawler.run import Crawler
from crawler.sessions import InMemory
from tests.spiders.conftest import QUICK
from tests.spiders.shelf import Shelf

Ask = Callable[..., CrawlReport]


def asking(run: Callable[[Any], Any], shelf: Shelf, target: Target) -> Ask:
    """A function that looks at `target` once; its keywords change the target for that look."""
    sessions = InMemory()

    def once(**changes: Any) -> CrawlReport:
        crawler = Crawler(QUICK, sessions=sessions)
        report: CrawlReport = run(crawler.crawl(shelf.target(target, **changes), shelf.receive))
        return report

    return once
