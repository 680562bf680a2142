"""Retries that respect what the server asks for: `Retry-After` for 429 and 503, a short pause for other trouble.

A wait longer than `LONGEST_WAIT` seconds is not sat out: the answer goes to the spider, the source is reported as
degraded together with the time the server named, and the next look comes later.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError
from scrapy.http import Response

from crawler.download import asks_for_robots_txt

ASKS_TO_WAIT = {429, 503}
TROUBLE = {500, 502, 504}
BROKEN = (DownloadConnectionRefusedError, DownloadFailedError, ResponseDataLossError)
PAUSE = 1.0


def retry_after(value: str, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for (a number or an HTTP date), None if it says nothing usable."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


class Patience:
    """Downloader middleware: one repeat per request, never sooner than the server allows."""

    def __init__(self, longest: float) -> None:
        self.longest = longest

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler.settings.getfloat("LONGEST_WAIT"))

    def process_request(self, request: Request) -> None:
        """robots.txt waits in a line of its own, so that the delay is counted between real pages."""
        if asks_for_robots_txt(request):
            request.meta["download_slot"] = f"robots.txt of {urlsplit(request.url).netloc}"

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        if response.status in ASKS_TO_WAIT:
            named = (response.headers.get(b"Retry-After") or b"").decode("latin-1")
            asked = retry_after(named, datetime.now(UTC))
            return await self._again(request, PAUSE if asked is None else asked) or response
        if response.status in TROUBLE:
            return await self._again(request, PAUSE) or response
        return response

    async def process_exception(self, request: Request, exception: Exception) -> Request | None:
        return await self._again(request, PAUSE) if isinstance(exception, BROKEN) else None

    async def _again(self, request: Request, seconds: float) -> Request | None:
        if request.meta.get("repeated") or seconds > self.longest:
            return None
        await asyncio.sleep(seconds)
        return request.replace(dont_filter=True, meta={**request.meta, "repeated": True})
