"""The one door to the network: a Scrapy HTTP handler that asks the guard about every URL and every connection.

Twisted resolves a name first and then calls `connectTCP` with the numeric address, for literal addresses too. The
reactor handed to the agent checks exactly there, so what was judged is what is connected to, on every hop.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _ScrapyAgent,
)
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.interfaces import IReactorPluggableNameResolver, IReactorTCP, IReactorTime
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS
from twisted.web.client import Agent, HTTPConnectionPool
from zope.interface.declarations import implementer

from crawler.guard import Refused, check_address, check_url
from crawler.look import Look

MAX_HEAD = 256 * 1024
"""Bytes of status line and headers, interim answers (100, 103) included; servers and proxies stop at 64 KiB or less."""


class EndlessHead(Exception):
    """The server goes on and on with headers; no body has begun."""


class RefusedRequest(IgnoreRequest):
    """The guard refused a request to `url`; the message is a sentence for the operator."""

    def __init__(self, url: str, sentence: str) -> None:
        super().__init__(sentence)
        self.url = url


@implementer(IReactorPluggableNameResolver, IReactorTCP, IReactorTime)  # type: ignore[no-untyped-call]
class GuardedReactor:
    """The running reactor, except that it opens connections to permitted addresses only."""

    def __init__(self, allow_private: bool) -> None:
        from twisted.internet import reactor

        self._reactor: Any = reactor
        self._allow_private = allow_private

    def connectTCP(self, host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        """Connect to a numeric address, or raise `Refused`."""
        check_address(host, allow_private=self._allow_private)
        return self._reactor.connectTCP(host, port, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._reactor, name)


class GuardedAgent(_ScrapyAgent):
    """Scrapy's agent without proxies, with the guarded reactor underneath and the connections of one look.

    They are not shared, because what may be connected to differs from look to look.
    """

    def _get_agent(self, request: Request, timeout: float) -> Agent:
        look: Look = request.meta["look"]
        reactor = GuardedReactor(look.target.allow_private)
        return Agent(reactor, self._contextFactory, timeout, None, look.connections)  # type: ignore[no-untyped-call]


class _Head:
    """Stands before a protocol of Twisted, which itself sets no limit, and counts what comes before the body."""

    def __init__(self, protocol: Any) -> None:
        self._protocol = protocol
        self._pass_on = protocol.dataReceived
        self._parser: Any = None
        self._left = MAX_HEAD
        protocol.dataReceived = self.received

    def received(self, data: bytes) -> None:
        """Pass on what arrived, or give the answer up."""
        parser = self._protocol._parser
        if parser is not self._parser:  # each answer on a connection has a parser of its own
            self._parser, self._left = parser, MAX_HEAD
        if parser is not None and parser.state in (STATUS, HEADER):
            self._left -= len(data)
            if self._left < 0:
                self._protocol._giveUp(Failure(EndlessHead("headers without end")))  # type: ignore[no-untyped-call]
                return
        self._pass_on(data)


class _BoundedFactory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> Any:
        protocol = super().buildProtocol(addr)
        _Head(protocol)
        return protocol


def new_connections() -> HTTPConnectionPool:
    """What the requests of one look share; to be closed when it ends."""
    from twisted.internet import reactor

    pool = HTTPConnectionPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
    pool.maxPersistentPerHost = 1
    pool._factory = _BoundedFactory
    return pool


def asks_for_robots_txt(request: Request) -> bool:
    """Whether Scrapy asks for robots.txt by itself, which no spider wanted."""
    return bool(request.meta.get("dont_obey_robotstxt")) and not request.meta.get("contract")


class GuardedHandler(HTTP11DownloadHandler):
    """Downloads over HTTP/1.1 what the guard permits; counts requests, leaving out robots.txt."""

    async def download_request(self, request: Request) -> Response:
        look: Look = request.meta["look"]
        try:
            check_url(request.url, allow_private=look.target.allow_private)
            if not asks_for_robots_txt(request):
                look.report.requests += 1
            with wrap_twisted_exceptions():
                return await maybe_deferred_to_future(self._agent().download_request(request))
        except Refused as refusal:
            raise RefusedRequest(request.url, str(refusal)) from refusal

    def _agent(self) -> GuardedAgent:
        return GuardedAgent(
            contextFactory=self._contextFactory,
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
