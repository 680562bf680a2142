"""Crawling some sources: starts Scrapy, hands every page to the caller's intake function, reports what happened.

A Twisted reactor runs once per process: `crawl` is for one-shot commands, `run_reactor` with a `Crawler` for the
worker, which looks at many sources side by side in a reactor that keeps running.
"""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor

from crawler.desk import Desk
from crawler.download import new_connections
from crawler.engine import Engine
from crawler.hosts import Hosts, host_of
from crawler.items import CrawlReport, Target
from crawler.kinds import KINDS
from crawler.look import Look, Receive
from crawler.patience import Patience
from crawler.robots import Robots
from crawler.sessions import InMemory, Sessions

if TYPE_CHECKING:
    from crawler.spiders.source import SourceSpider

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
YOUNG_OBJECTS = 20_000
"""So many new objects, a few pages full, start a garbage collection; at Python's 700 it takes a tenth of a look."""

LOOK_UPS = 16
"""So many names are looked up at a time; more threads would use up the address space that a worker may have."""

NO_CONTACT = "contact: the business reviewed on this page"
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one request and for a whole look, bytes for one page, seconds to wait on the server's request."""

    request_seconds: float = 30
    look_seconds: float = 180
    page_bytes: int = 5 * 1024 * 1024
    longest_wait: float = 5


class Crawler:
    """Looks at sources inside a running reactor, as often as wanted, also at several side by side.

    `contact` is the e-mail address or page that site operators find in our user agent; `sessions` keeps logins and what
    hosts asked for. `mail_rules` is where the business may keep rules for mails. `on_work` hears of the source whose
    answer is worked on next, also from the thread at the `desk` where big documents are read.
    """

    def __init__(
        self,
        limits: Limits | None = None,
        on_progress: Progress | None = None,
        contact: str = NO_CONTACT,
        sessions: Sessions | None = None,
        mail_rules: Path | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self.sessions = sessions or InMemory()
        self.hosts, self.robots = Hosts(self.sessions), Robots(self.sessions)
        self.mail_rules = mail_rules
        self.desk = Desk()
        self.on_progress = on_progress
        self.on_work: Callable[[int], None] = lambda _source_id: None
        self.user_agent = f"Gelassen/0.1 (reads customer reviews to answer them; {contact})"

    async def crawl(self, target: Target, receive: Receive) -> CrawlReport:
        """One look at one source. Raises what `receive` raised; every other trouble stands in the report."""
        look = Look(target, receive, self.on_progress, self.sessions, self.limits.look_seconds)
        kind = KINDS.get(target.kind)
        if kind is None:
            look.trouble(f"{target.kind!r} is not a kind of source this version can read.")
            return look.report
        await self.run(look, kind.load())
        if look.failure:
            raise look.failure
        return look.report

    async def run(self, look: Look, spider: type[SourceSpider], **arguments: Any) -> None:
        """Run one spider for one look; what happened stands in the look afterwards."""
        scrapy = await _engine(self.user_agent, self.limits).open()
        self._give(look)
        try:
            async with asyncio.timeout(self.limits.look_seconds) as limit:
                await spider.from_crawler(scrapy, look=look, **arguments).read_source()
        except Exception as error:  # a page that nobody foresaw is told like any other trouble
            if limit.expired():
                look.trouble(f"The look took longer than {self.limits.look_seconds:g} s and was broken off.")
            else:
                logging.getLogger(__name__).error("look_failed", exc_info=error)
                look.trouble("The page could not be read because of an error in this program; see the log.")
        finally:
            look.connections.closeCachedConnections()  # type: ignore[no-untyped-call]
        if look.report.not_before and not look.asked:
            look.report.health = "waiting"

    def _give(self, look: Look) -> None:
        """What all looks share, and what serves this one alone."""
        look.hosts, look.robots, look.on_work = self.hosts, self.robots, partial(self.on_work, look.target.source_id)
        look.desk, look.mail_rules = self.desk, self.mail_rules
        look.patience = Patience(look, look.target.delay_seconds, self.limits.longest_wait, self.user_agent)
        look.connections = new_connections()


@cache
def _engine(user_agent: str, limits: Limits) -> Engine:
    """The engine of this process with these limits; there is one reactor in a process as well."""
    values = {
        "ADDONS": {"crawler.addon.Hardened": 0},
        "USER_AGENT": user_agent,
        "DOWNLOAD_TIMEOUT": limits.request_seconds,
        "DOWNLOAD_MAXSIZE": limits.page_bytes,
        "LOOK_SECONDS": limits.look_seconds,
    }
    return Engine(Settings(values))


def read_from(kind: str, address: str, settings: Mapping[str, Any]) -> str:
    """The host that a source is read from, as far as it is known before the look; else whatever names the place."""
    spider = KINDS[kind].load() if kind in KINDS else None
    place = str(settings.get("api") or getattr(spider, "default_base", "") or address)
    return host_of(place) or place


def run_reactor(main: Callable[[Crawler], Awaitable[None]], crawler: Crawler | None = None) -> None:
    """Start the reactor, run `main`, stop. Once per process. Raises what `main` raised."""
    install_reactor(REACTOR)
    logging.getLogger("scrapy").setLevel(logging.CRITICAL)  # what fails is told in the report, in one sentence
    from twisted.internet import reactor as running

    reactor: Any = running
    failures: list[BaseException] = []

    async def body() -> None:
        try:
            await main(crawler or Crawler())
        except BaseException as error:  # noqa: BLE001 - carried out of the reactor and raised below
            failures.append(error)
        finally:
            await _break_off_the_rest()
            reactor.stop()

    reactor.suggestThreadPoolSize(LOOK_UPS)  # names are looked up in threads: slow ones must not hold up the others
    gc.freeze()  # what has been imported by now stays
    gc.set_threshold(YOUNG_OBJECTS)
    tasks: list[asyncio.Task[None]] = []
    reactor.callWhenRunning(lambda: tasks.append(asyncio.ensure_future(body())))
    reactor.run(installSignalHandlers=False)
    tasks[0].get_loop().close()
    if failures:
        raise failures[0]


async def _break_off_the_rest() -> None:
    """End what looks that were cancelled have left running inside Scrapy."""
    rest = asyncio.all_tasks() - {asyncio.current_task()}
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


def crawl(
    targets: Sequence[Target],
    receive: Receive,
    *,
    on_progress: Progress | None = None,
    limits: Limits | None = None,
    contact: str = NO_CONTACT,
) -> list[CrawlReport]:
    """Look at each source once, in order, and return a report for each. Once per process.

    `receive` stores a page and says what that did; `on_progress` is called for each fetched page. What `receive`
    raises (a full disk) ends the run and is raised here.
    """
    reports: list[CrawlReport] = []

    async def main(crawler: Crawler) -> None:
        for target in targets:
            reports.append(await crawler.crawl(target, receive))

    run_reactor(main, Crawler(limits, on_progress, contact))
    return reports
