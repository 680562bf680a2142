"""The Scrapy engine that carries the requests of all looks: it opens with the first one and stays open.

Building an engine takes longer than a look at an unchanged source. What differs from look to look comes with each
request: its meta names the `look`, which knows the source, its manners and its connections.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from scrapy import Spider
from scrapy.crawler import Crawler as ScrapyCrawler
from scrapy.settings import Settings


class Idle(Spider):
    """Asks for nothing by itself and keeps the engine open."""

    name = "idle"

    def __init__(self, opened: asyncio.Event, **kwargs: Any) -> None:
        super().__init__(self.name, **kwargs)
        self.opened = opened

    async def start(self) -> AsyncIterator[Any]:
        self.opened.set()
        await asyncio.Event().wait()
        yield


class Engine:
    """One engine with these settings; it ends with the reactor."""

    def __init__(self, settings: Settings) -> None:
        self._scrapy = ScrapyCrawler(Idle, settings)
        self._running: asyncio.Future[None] | None = None
        self._opened = asyncio.Event()

    async def open(self) -> ScrapyCrawler:
        """The crawler whose engine is open now. Raises what kept it from opening."""
        if self._running is None:
            self._running = asyncio.ensure_future(self._scrapy.crawl_async(opened=self._opened))
        if not self._opened.is_set():
            opened = asyncio.ensure_future(self._opened.wait())
            await asyncio.wait((opened, self._running), return_when=asyncio.FIRST_COMPLETED)
            opened.cancel()
        if self._running.done():
            self._running.result()
        return self._scrapy
