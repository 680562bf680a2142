"""A small web site on loopback whose every answer a test decides; it remembers what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Asked:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    method: str = "GET"
    body: bytes = b""


@dataclass
class Answer:
    """What the site replies. `etag` makes the answer conditional; `stream` writes the body by itself."""

    body: str | bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    stream: Callable[[Any], None] | None = None


Route = Answer | Callable[[Asked], Answer]


class Site:
    """`pages` maps paths (with query) to answers; a path that is not there is a 404."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.pages: dict[str, Route] = {}
        self.asked: list[Asked] = []

    def __setitem__(self, path: str, route: Route | str) -> None:
        self.pages[path] = Answer(route) if isinstance(route, str) else route

    @property
    def paths(self) -> list[str]:
        """Paths asked for so far, robots.txt left out."""
        return [asked.path for asked in self.asked if asked.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        route = self.pages.get(asked.path) or self.pages.get(asked.path.partition("?")[0] + "?") or Answer(status=404)
        answer = route if isinstance(route, Answer) else route(asked)
        if answer.etag and asked.headers.get("if-none-match") == answer.etag:
            return Answer(status=304, etag=answer.etag)
        return answer


@contextmanager
def running_site() -> Iterator[Site]:
    """Start a site on a free port of loopback; it stops with the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler := type("Bound", (_Handler,), {}))
    server.daemon_threads = True
    site = Site(server.server_port)
    handler.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_GET(self) -> None:
        headers_given = {name.lower(): value for name, value in self.headers.items()}
        sent = self.rfile.read(int(headers_given.get("content-length", 0)))
        answer = self.site.answer(Asked(self.path, headers_given, self.command, sent))
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        self.send_response(answer.status)
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | answer.headers
        for name, value in (headers | ({"ETag": answer.etag} if answer.etag else {})).items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
            if answer.stream:
                answer.stream(self.wfile)
        except OSError:
            self.close_connection = True

    do_POST = do_GET

    def log_message(self, *_: Any) -> None:
        """Say nothing; the test looks at `asked`."""
