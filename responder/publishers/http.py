"""The outlets' way to the network: one request, a hard limit on its whole life, and no private addresses.

httpx2's time limits count per phase, so a server that sends one byte at a time could hold a request for ever. Here
every connect, read and write gets only what is left of the request's total time. Names are resolved once, checked, and
the connection goes to the checked address. Redirects are not followed: a secret must not wander.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpcore2
import httpx2

from responder.publishers.base import Outcome, Result

MAX_BYTES = 5 * 1024 * 1024
"""The longest answer that is read; more is a fault of the other side."""


class NotPublic(Exception):
    """The address leads into a private network and the account does not permit that."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One HTTP response: status, lower-case header names, and the body as JSON (None when it is none)."""

    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> str:
        """The machine-readable error code, if the body has one."""
        return str(self.body.get("code", "")) if isinstance(self.body, dict) else ""

    @property
    def wait_seconds(self) -> float | None:
        """What `Retry-After` asks for, given in seconds or as a date."""
        given = self.headers.get("retry-after", "").strip()
        if given.isdigit():
            return float(given)
        try:
            return max(0.0, parsedate_to_datetime(given).timestamp() - time.time())
        except ValueError:
            return None


class Line:
    """HTTP to one account's platform. All requests since `start` end within `timeout_seconds` in total."""

    def __init__(self, timeout_seconds: float, *, allow_private: bool = False) -> None:
        self.timeout_seconds = timeout_seconds
        self.allow_private = allow_private
        self.trust: ssl.SSLContext | None = None
        self.deadline = 0.0

    def start(self) -> None:
        """Begin a new total time: to be called first in every method of a publisher."""
        self.deadline = time.monotonic() + self.timeout_seconds

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request on a connection of its own.

        Raises `TimeoutError` when the time is over, `NotPublic` before anything was sent, `ConnectionError` when the
        connection failed or broke.
        """
        backend = _Guarded(self.deadline, allow_private=self.allow_private)
        given = {"accept": "application/json", "user-agent": "gelassen", "connection": "close", **(headers or {})}
        try:
            with (
                httpcore2.ConnectionPool(ssl_context=self._trust(url), network_backend=backend) as pool,
                pool.stream(method, url, headers=list(given.items()), content=body) as response,
            ):
                raw = _limited(response.iter_stream())
                named = {key.decode("latin-1").lower(): v.decode("latin-1") for key, v in response.headers}
                return Answer(response.status, named, _as_json(raw))
        except httpcore2.TimeoutException as error:
            raise TimeoutError(f"No complete answer within {self.timeout_seconds:g} s.") from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise ConnectionError(f"The connection failed: {type(error).__name__}") from error

    def _trust(self, url: str) -> ssl.SSLContext | None:
        if self.trust is None and urlsplit(url).scheme == "https":
            self.trust = httpx2.create_ssl_context()
        return self.trust


def usual_outcome(answer: Answer) -> Outcome:
    """What a status means where an outlet has nothing more precise: never by the words of the body."""
    status = answer.status
    detail = f"The platform answered {status}{f' ({answer.code})' if answer.code else ''}."
    if status == 429 or (status == 503 and "retry-after" in answer.headers):
        return Outcome(Result.RETRY_LATER, detail=detail, wait_seconds=answer.wait_seconds)
    if status == 401:
        return Outcome(Result.AUTH, detail=f"{detail} Name or password of the account are not accepted.")
    if status in (404, 410):
        return Outcome(Result.GONE, detail=detail)
    if 300 <= status < 400:
        return Outcome(Result.AUTH, detail=f"{detail} The address of the account has moved; please correct it.")
    if 400 <= status < 500 and status != 408:
        return Outcome(Result.REFUSED, detail=detail)
    return Outcome(Result.UNKNOWN, detail=detail)


def is_public(address: str) -> bool:
    """Whether an IP address belongs to the public internet; IPv4 inside IPv6 is looked at as what it is."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (inner is None or (inner.is_global and not inner.is_multicast))


def _limited(stream: Iterable[bytes]) -> bytes:
    raw = bytearray()
    for part in stream:
        raw += part
        if len(raw) > MAX_BYTES:
            raise ConnectionError(f"The answer is longer than {MAX_BYTES} bytes.")
    return bytes(raw)


def _as_json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


class _Guarded(httpcore2.NetworkBackend):
    """Connects to checked addresses only; no socket operation outlives the deadline (monotonic seconds)."""

    def __init__(self, deadline: float, *, allow_private: bool) -> None:
        self.deadline = deadline
        self.allow_private = allow_private
        self.inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        address = self._checked(host, port)
        stream = self.inner.connect_tcp(address, port, _left(self.deadline), local_address, socket_options)
        return _Bounded(stream, self.deadline)

    def _checked(self, host: str, port: int) -> str:
        found = _resolve(host, port, _left(self.deadline))
        if not self.allow_private and not all(is_public(address) for address in found):
            raise NotPublic(f"{host} is an address in a private network; the account does not permit that.")
        return found[0]


class _Bounded(httpcore2.NetworkStream):
    """A stream whose every operation gets what is left of the total time."""

    def __init__(self, inner: httpcore2.NetworkStream, deadline: float) -> None:
        self.inner = inner
        self.deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.inner.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.inner.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self.inner.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _Bounded(secured, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore2.ReadTimeout("total time is over")
    return left


def _resolve(host: str, port: int, seconds: float) -> list[str]:
    """All addresses of a name. The system's resolver knows no limit, so it asks in a thread that may be left behind."""
    found: list[str] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            found.extend(str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            failed.append(error)

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds)
    if not found and not failed:
        raise httpcore2.ConnectTimeout(f"{host} was not found in time")
    if not found:
        raise httpcore2.ConnectError(f"{host} was not found")
    return found
