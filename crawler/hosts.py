"""Manners toward each host, across looks: how far apart requests are, and when a host is left alone altogether.

A host is closed as long as it asked for (`Retry-After`, a limit that is used up) and, after trouble, for a pause that
grows with every failure in a row. After several failures it opens by one request only, whose outcome decides. Pure
but for what is kept of a host's own wish, so that it holds for the next process too; time is an argument.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from crawler.sessions import InMemory, Sessions

LONGEST_DELAY = 30.0
"""Seconds; a robots.txt that asks for more between two pages gets this and, like every source, few looks a day."""

LONGEST_WISH = 86400.0
"""Seconds; a host that asks for a longer pause is asked again after a day."""

KEPT_FROM = 10.0
"""Seconds; a shorter wish is over before another process could disregard it."""

FIRST_PAUSE, GROWTH, LONGEST_PAUSE, JITTER = 1.0, 4, 3600.0, 0.25
REPEATED = 3
"""So many failures in a row, and the host is opened by one trial request only."""

TRIAL = timedelta(seconds=60)
"""A trial whose outcome is never told, because its look was broken off, bars the others no longer than this."""

USUAL_PORT = re.compile(r":(80|443)?$")
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class Closed(Exception):
    """Nothing may be sent to the host before `until`.

    `failures` counts its failures in a row if they are the reason, and is 0 where the host itself asked for it.
    """

    def __init__(self, until: datetime, failures: int) -> None:
        super().__init__(until, failures)
        self.until, self.failures = until, failures


class RulesUnknown(Exception):
    """The host answers its robots.txt with an error (`status`) of its own: nobody knows what it allows."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass(slots=True)
class Host:
    """What is remembered of one host. `crawl_delay` in seconds, as its robots.txt asks."""

    crawl_delay: float = 0.0
    sent_at: datetime = LONG_AGO
    wish: datetime = LONG_AGO
    pause: datetime = LONG_AGO
    failures: int = 0


class Hosts:
    """All hosts by name (`host_of`). `kept` outlives the process; `chance` gives random numbers in [0, 1)."""

    def __init__(self, kept: Sessions | None = None, chance: Callable[[], float] = random.random) -> None:
        self._kept: Sessions = kept or InMemory()
        self._chance = chance
        self._hosts: dict[str, Host] = {}

    def check(self, name: str, longest: float, now: datetime) -> float:
        """Seconds that the host is still closed, 0 if it is open. Raises `Closed` if that is more than `longest`."""
        host = self._host(name)
        if host.wish > now + timedelta(seconds=LONGEST_WISH):  # the clock was wrong when that was noted
            host.wish = LONG_AGO
        until = max(host.wish, host.pause)
        wait = (until - now).total_seconds()
        if wait > longest:
            raise Closed(until, 0 if host.wish >= host.pause else host.failures)
        return max(0.0, wait)

    def spacing(self, name: str, gap: float, now: datetime) -> float:
        """Seconds until the next page may be asked for, if pages are to be `gap` seconds apart."""
        passed = (now - self._host(name).sent_at).total_seconds()
        return max(0.0, gap - passed) if passed >= 0 else gap  # the clock was put back

    def crawl_delay(self, name: str) -> float:
        """Seconds between two pages as the robots.txt wants them, within reason."""
        return min(self._host(name).crawl_delay, LONGEST_DELAY)

    def wants_delay(self, name: str, seconds: float) -> None:
        """The robots.txt of the host asks for so many seconds between two pages; 0 if for none."""
        self._host(name).crawl_delay = seconds

    def sent(self, name: str, now: datetime) -> None:
        """A page is asked for. If this is the trial after repeated failures, all others wait for its outcome."""
        host = self._host(name)
        host.sent_at = now
        if host.failures >= REPEATED:
            host.pause = now + TRIAL

    def failed(self, name: str, asked: float | None, now: datetime) -> None:
        """A request brought no page and should not have been sent; `asked` is the pause that the host wants."""
        host = self._host(name)
        pause = min(FIRST_PAUSE * GROWTH ** min(host.failures, 10), LONGEST_PAUSE)
        host.failures += 1
        host.pause = now + timedelta(seconds=pause * (1 + JITTER * self._chance()))
        self._respect(name, asked, now)

    def answered(self, name: str, used_up: float | None, now: datetime) -> None:
        """A request was answered as it should be; `used_up` is how long its limit on requests is exhausted."""
        host = self._host(name)
        host.failures, host.pause = 0, LONG_AGO
        self._respect(name, used_up, now)

    def _respect(self, name: str, seconds: float | None, now: datetime) -> None:
        host = self._host(name)
        if not seconds:
            return
        host.wish = max(host.wish, now + timedelta(seconds=min(seconds, LONGEST_WISH)))
        if seconds >= KEPT_FROM:
            self._kept.put(_key(name), {"until": host.wish.isoformat()})

    def _host(self, name: str) -> Host:
        if name not in self._hosts:
            until = self._kept.get(_key(name)).get("until")
            self._hosts[name] = Host(wish=datetime.fromisoformat(until) if until else LONG_AGO)
        return self._hosts[name]


def host_of(url: str) -> str:
    """The name of the host of a web address, with its port where that is no usual one."""
    return USUAL_PORT.sub("", urlsplit(url).netloc.rpartition("@")[2].lower())


def _key(name: str) -> str:
    return f"host/{name}"
