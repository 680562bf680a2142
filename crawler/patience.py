"""Where manners meet the requests: every request waits for its host, and every answer tells the host's record.

A wait longer than `Limits.longest_wait` is not sat out: the look ends, says until when nothing is sent, and the next
one comes after that. A request that met a passing trouble is repeated once, never sooner than the host allows.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from crawler.download import asks_for_robots_txt
from crawler.hosts import LONGEST_DELAY, Closed, RulesUnknown, host_of
from crawler.limits import HEADERS, asked_wait, used_up
from crawler.look import Look

PASSING = {429, 500, 502, 503, 504}
BROKEN = (DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError)
TROUBLE = (*BROKEN, DownloadTimeoutError, CannotResolveHostError)
ROBOTS_BYTES = 512 * 1024
"""So much of a robots.txt is read, as RFC 9309 allows: it is read in the reactor, which must not be held up."""

UNTIL = "until"
"""In the meta of a request: the moment before which nothing more is sent to its host."""


class PatienceMiddleware:
    """Downloader middleware: hands each request, and what comes of it, to the patience of the look it belongs to."""

    async def process_request(self, request: Request) -> None:
        """See `Patience.before`."""
        await _look(request).patience.before(request)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """See `Patience.after`."""
        return _look(request).patience.after(request, response)

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """See `Patience.failed`."""
        return _look(request).patience.failed(request, exception)


class Patience:
    """For the requests of one look. `delay` is the source's, `longest` the wait that is sat out, in seconds."""

    def __init__(self, look: Look, delay: float, longest: float, agent: str) -> None:
        self.look, self.hosts = look, look.hosts
        self.delay, self.longest, self.agent = delay, longest, agent
        self.refused: set[str] = set()
        self.unreachable: dict[str, Exception] = {}

    async def before(self, request: Request) -> None:
        """Wait until the host may be asked; raises `Closed` where that takes too long.

        robots.txt waits in a line of its own, so that the delay is counted between real pages. A host that does not
        give out its robots.txt is not asked for anything else.
        """
        host, robots = host_of(request.url), asks_for_robots_txt(request)
        request.meta["download_slot"] = f"robots.txt of {host}" if robots else host
        if not robots and host in self.unreachable:
            raise self.unreachable[host]
        await self._turn(host, request)
        if not robots:
            self.hosts.sent(host, utc_now())
        self.look.asked = True

    def after(self, request: Request, response: Response) -> Request | Response:
        """Tell the host's record how it answered; gives a request that is to be repeated in place of its answer."""
        host, now = host_of(request.url), utc_now()
        self.look.worked()
        headers = {name: value.decode("latin-1") for name in HEADERS if (value := response.headers.get(name))}
        if response.status in (403, 429) or response.status >= 500:
            if not self._refused_again(host, response.status):
                self.hosts.failed(host, asked_wait(response.status, headers, now), now)
            again = self._again(request, host) if response.status in PASSING else None
            if again is None and response.status != 403 and asks_for_robots_txt(request):
                self.unreachable[host] = RulesUnknown(response.status)
            return again or response
        if asks_for_robots_txt(request):  # the trial is the page, not what is read before it
            return _shortened(response)
        self.hosts.answered(host, used_up(headers, now), now)
        self._closed(host)
        return response

    def failed(self, request: Request, exception: Exception) -> Request | None:
        """Tell the host's record that no answer came; gives the request if it is to be repeated."""
        host = host_of(request.url)
        if not isinstance(exception, TROUBLE) or exception is self.unreachable.get(host):
            return None
        self.hosts.failed(host, None, utc_now())
        again = self._again(request, host) if isinstance(exception, BROKEN) else None
        if again is None and asks_for_robots_txt(request):
            self.unreachable[host] = exception
        return again

    def learn(self, robotparser: RobotParser, request: Request) -> None:
        """Take over the delay that a robots.txt asks for."""
        host, seconds = host_of(request.url), robotparser.crawl_delay(self.agent) or 0.0
        self.hosts.wants_delay(host, seconds)
        if seconds > LONGEST_DELAY:
            self.look.report.errors.append(
                f"The robots.txt of {host} asks for {seconds:g} s between two pages; {LONGEST_DELAY:g} s are kept."
            )

    async def _turn(self, host: str, request: Request) -> None:
        while True:
            wait = self._wait(host, request)
            if wait <= 0:
                return
            await asyncio.sleep(wait)  # meanwhile another look may have been faster, or the host been closed

    def _wait(self, host: str, request: Request) -> float:
        now = utc_now()
        try:
            closed = self.hosts.check(host, self.longest, now)
        except Closed as error:
            self.look.postpone(error.until)
            raise
        if asks_for_robots_txt(request):
            return closed
        delay = self.delay if request.meta.get("contract") else max(self.delay, self.hosts.crawl_delay(host))
        return max(closed, self.hosts.spacing(host, delay, now))

    def _refused_again(self, host: str, status: int) -> bool:
        """Whether this look was forbidden something before: single items may be, without the host barring us."""
        if status != 403:
            return False
        again = host in self.refused
        self.refused.add(host)
        return again

    def _again(self, request: Request, host: str) -> Request | None:
        """The same request once more, to be sent when its host opens; None where it was that or waits too long."""
        until = self._closed(host)
        if until is not None:
            request.meta[UNTIL] = until
        if until is not None or request.meta.get("repeated"):
            return None
        return request.replace(dont_filter=True, meta={**request.meta, "repeated": True})

    def _closed(self, host: str) -> datetime | None:
        """Until when the host is closed, if that is too long to be sat out; the look will say so."""
        try:
            self.hosts.check(host, self.longest, utc_now())
        except Closed as closed:
            self.look.postpone(closed.until)
            return closed.until
        return None


def _shortened(robots_txt: Response) -> Response:
    """Without what goes beyond the limit, half a rule included."""
    if len(robots_txt.body) <= ROBOTS_BYTES:
        return robots_txt
    return robots_txt.replace(body=robots_txt.body[:ROBOTS_BYTES].rpartition(b"\n")[0])


def _look(request: Request) -> Look:
    look: Look = request.meta["look"]
    return look


def utc_now() -> datetime:
    """The clock of the crawl."""
    return datetime.now(UTC)
