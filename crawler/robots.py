"""What robots.txt says, remembered: a host is asked for it once a day, across looks and processes (RFC 9309, 2.4)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser

from crawler.sessions import InMemory, Sessions

LONGEST, SHORTEST = 86400, 3600
"""Seconds. A host may want to be asked again sooner than after a day (`max-age`); a second request with every look
would burden it more than it helps."""

MOST_TEXT = 500 * 1024
"""Bytes of a robots.txt that are read, as much as the RFC asks for."""

MOST_KEPT = 32 * 1024
"""Bytes; a longer robots.txt is asked for at every look, so that nobody can fill memory and disk with them."""

IN_MEMORY = 500
"""So many hosts are remembered in parsed form."""

MAX_AGE = re.compile(r"""\bmax-age\s*=\s*"?(\d{1,9})""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host said; good `until` then."""

    parser: RobotParser
    until: datetime


class Robots:
    """The rules of all hosts, by origin (`https://laden.example`). `kept` outlives the process."""

    def __init__(self, kept: Sessions | None = None) -> None:
        self._kept: Sessions = kept or InMemory()
        self._rules: dict[str, Rules] = {}

    def text(self, origin: str, now: datetime) -> tuple[bytes, datetime] | None:
        """A robots.txt that an earlier process was given and until when it is good; None if there is none."""
        kept = self._kept.get(_key(origin))
        try:
            until, text = datetime.fromisoformat(kept["until"]), str(kept["text"])
        except (KeyError, TypeError, ValueError):
            return None
        return (text.encode(), until) if is_good(until, now) else None

    def rules(self, origin: str, now: datetime) -> RobotParser | None:
        """What the host said, as long as that is good."""
        rules = self._rules.get(origin)
        return rules.parser if rules and is_good(rules.until, now) else None

    def learn(self, origin: str, parser: RobotParser, until: datetime) -> None:
        """Remember rules for the looks of this process."""
        if origin not in self._rules and len(self._rules) >= IN_MEMORY:
            del self._rules[next(iter(self._rules))]
        self._rules[origin] = Rules(parser, until)

    def keep(self, origin: str, text: bytes, until: datetime) -> None:
        """Remember a robots.txt for later processes too."""
        self._kept.put(_key(origin), {"until": until.isoformat(), "text": text.decode("utf-8", "ignore")})


def is_good(until: datetime, now: datetime) -> bool:
    """Whether something good until then is good now; what a wrong clock made good for more than a day is not."""
    return timedelta() < until - now <= timedelta(seconds=LONGEST)


def seconds_good(cache_control: str) -> int:
    """How long a robots.txt sent with this `Cache-Control` is good."""
    found = MAX_AGE.search(cache_control)
    return min(max(int(found.group(1)), SHORTEST), LONGEST) if found else LONGEST


class RobotsMiddleware(RobotsTxtMiddleware):
    """Obeys robots.txt as Scrapy does, except that it asks for it as seldom as `Robots` allows.

    What is forbidden by a robots.txt from memory is asked for anew, so that a permission counts from the next look on.
    One that could not be had is not remembered: what that means is decided by `crawler.patience`.
    """

    async def robot_parser(self, request: Request) -> RobotParser | None:
        """What the host of `request` allows, None if that cannot be found out; the same for a whole look."""
        look, origin = request.meta["look"], _origin(request.url)
        if origin not in look.rules:
            parser = self._remembered(look.robots, origin)
            if parser is None or not parser.allowed(request.url, self._default_useragent):
                parser = await self._asked(look, origin)
            look.rules[origin] = parser
            if parser is not None:
                look.patience.learn(parser, request)
        rules: RobotParser | None = look.rules[origin]
        return rules

    def _remembered(self, robots: Robots, origin: str) -> RobotParser | None:
        now = datetime.now(UTC)
        parser = robots.rules(origin, now)
        if parser is None and (known := robots.text(origin, now)):
            text, until = known
            parser = self._read(text)
            robots.learn(origin, parser, until)
        return parser

    async def _asked(self, look: Any, origin: str) -> RobotParser | None:
        meta = {"look": look, "dont_obey_robotstxt": True}
        request = Request(f"{origin}/robots.txt", priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception:  # noqa: BLE001 - whatever it was, patience has seen it and knows what may still be asked
            return None
        text = response.body[:MOST_TEXT] if response.status < 400 else b""
        parser = self._read(text)
        if len(text) <= MOST_KEPT and response.status < 500 and response.status != 429:
            control = (response.headers.get("Cache-Control") or b"").decode("latin-1")
            until = datetime.now(UTC) + timedelta(seconds=seconds_good(control))
            look.robots.learn(origin, parser, until)
            if not look.rules:  # where the source itself is; where it leads may be another place every time
                look.robots.keep(origin, text, until)
        return parser

    def _read(self, text: bytes) -> RobotParser:
        parser: RobotParser = self._parserimpl.from_crawler(self.crawler, text)
        return parser


def _origin(url: str) -> str:
    """Scheme, host and port, to which the rules of one robots.txt apply."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"


def _key(origin: str) -> str:
    return f"robots/{origin}"
