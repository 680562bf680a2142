"""A small web site under our control: pages by path, with entity tags, redirects and a log of the requests."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Site:
    """`pages` maps a path to its HTML; `redirects` a path to an address; `requests` are (path, conditional?)."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, bool]] = field(default_factory=list)

    def asked(self) -> list[tuple[str, bool]]:
        """The requests since the last time somebody asked, without robots.txt."""
        found = [entry for entry in self.requests if entry[0] != "/robots.txt"]
        self.requests.clear()
        return found


@contextmanager
def running_site(address: str = "127.0.0.1", port: int = 0) -> Iterator[Site]:
    """A site at `address`; port 0 takes a free one."""
    server = ThreadingHTTPServer((address, port), Handler)
    server.daemon_threads = True
    site = Site(f"http://{address}:{server.server_address[1]}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        tag = self.headers.get("If-None-Match")
        site.requests.append((self.path, tag is not None))
        if self.path in site.redirects:
            return self._answer(302, b"", Location=site.redirects[self.path])
        page = site.pages.get(self.path)
        if page is None:
            return self._answer(404, b"not here")
        body = page.encode()
        current = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if tag == current:
            return self._answer(304, b"", ETag=current)
        return self._answer(200, body, ETag=current, **{"Content-Type": "text/html; charset=utf-8"})

    def _answer(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """The log of requests is `Site.requests`."""


def review(number: int, text: str, *, rating: int = 2, author: str = "") -> dict[str, Any]:
    return {
        "@type": "Review",
        "@id": f"#r{number}",
        "author": {"@type": "Person", "name": author or f"Gast {number}"},
        "datePublished": f"2026-11-{1 + number % 20:02d}T10:00:00+01:00",
        "reviewRating": {"@type": "Rating", "ratingValue": rating, "bestRating": 5},
        "reviewBody": text,
    }


def page(*blocks: str) -> str:
    """A German page with these JSON-LD blocks, good or broken."""
    scripts = "".join(f'<script type="application/ld+json">{block}</script>' for block in blocks)
    return f"<!doctype html><html lang='de'><head><title>Gasthof Ammann</title>{scripts}</head><body></body></html>"


def block(*reviews: dict[str, Any]) -> str:
    found = {"@context": "https://schema.org", "@type": "Hotel", "name": "Gasthof Ammann", "review": list(reviews)}
    return json.dumps(found, ensure_ascii=False)
