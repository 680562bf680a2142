"""A small HTTP server on loopback that a test programs: routes answer from state, and it misbehaves on command."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Request:
    """What came in; `body` is JSON or form fields."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class Reply:
    """What goes out; `body` is sent as JSON, or as it is when it is text."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Faults:
    """Each is for the next request of its method, then over; `cut` breaks the connection after the work was done."""

    method: str = "POST"
    latency: float = 0.0
    cut: bool = False
    drip: bool = False
    instead: Reply | None = None


class Platform:
    """Answers by `handle`; keeps the requests it got."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.faults: list[Faults] = []

    def handle(self, request: Request) -> Reply:
        raise NotImplementedError

    def posts(self) -> int:
        """How many POSTs have arrived."""
        return sum(request.method == "POST" for request in self.requests)

    @contextmanager
    def running(self) -> Iterator[str]:
        """Serve on a free port of loopback; gives the base address."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _handler(platform: Platform) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Tests read `platform.requests` instead."""

        def do_GET(self) -> None:
            self.answer()

        def do_POST(self) -> None:
            self.answer()

        def answer(self) -> None:
            request = _read(self)
            platform.requests.append(request)
            fault = next((one for one in platform.faults if one.method == request.method), Faults())
            platform.faults = [one for one in platform.faults if one is not fault]
            reply = fault.instead or platform.handle(request)
            time.sleep(fault.latency)
            if fault.cut:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
            else:
                _write(self, reply, slowly=fault.drip)

    return Handler


def _read(handler: BaseHTTPRequestHandler) -> Request:
    url = urlsplit(handler.path)
    raw = handler.rfile.read(int(handler.headers.get("content-length", 0)))
    is_json = handler.headers.get("content-type", "").startswith("application/json")
    body = json.loads(raw) if is_json else dict(parse_qsl(raw.decode()))
    headers = {key.lower(): value for key, value in handler.headers.items()}
    return Request(handler.command, url.path, dict(parse_qsl(url.query)), headers, body)


def _write(handler: BaseHTTPRequestHandler, reply: Reply, *, slowly: bool) -> None:
    raw = reply.body.encode() if isinstance(reply.body, str) else json.dumps(reply.body).encode()
    handler.send_response(reply.status)
    for key, value in ({"content-type": "application/json; charset=UTF-8"} | reply.headers).items():
        handler.send_header(key, value)
    handler.send_header("content-length", str(len(raw)))
    handler.end_headers()
    size = 1 if slowly else len(raw) or 1
    for start in range(0, len(raw), size):
        try:
            handler.wfile.write(raw[start : start + size])
        except OSError:
            return
        time.sleep(0.05 if slowly else 0)
