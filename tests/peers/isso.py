"""A real Isso on loopback: the PyPI package with a SQLite file; up in about two seconds.

Visitors write as the widget in the page does: with the page's origin and a cookie that lets them edit for 15 minutes.
They come from several addresses, as the trusted proxy in front would say.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.peers.wordpress import free_port, process, wait_until

ORIGIN = "http://laden.example"
THREAD = "/stimmen.html"
PROGRAM = Path(sys.executable).with_name("isso")

CONFIG = """[general]
dbpath = {folder}/comments.db
host = {origin}
[server]
listen = http://127.0.0.1:{port}
trusted-proxies = 127.0.0.1
[guard]
enabled = true
ratelimit = {ratelimit}
direct-reply = 1000
reply-to-self = true
[hash]
salt = Pfeffer
"""


@dataclass
class Isso:
    """The running server; `cookies` are the rights to edit, by comment."""

    url: str
    client: httpx2.Client
    cookies: dict[int, str] = field(default_factory=dict)

    def post(self, text: str, name: str = "Karl", *, parent: int | None = None, address: str = "10.1.1.1") -> Any:
        """The server's answer to a visitor's comment."""
        sent = {"text": text, "author": name, "email": None, "website": None, "parent": parent, "title": "Stimmen"}
        headers = {"Origin": ORIGIN, "X-Forwarded-For": address}
        return self.client.post("/new", params={"uri": THREAD}, json=sent, headers=headers)

    def visitor_comments(self, text: str, name: str = "Karl", **how: Any) -> int:
        """Write a comment and keep the right to edit it; returns its number."""
        answer = self.post(text, name, **how)
        assert answer.status_code == 201, answer.text
        return self._remember(answer)

    def edit(self, number: int, text: str) -> None:
        headers = {"Origin": ORIGIN, "Cookie": self.cookies[number]}
        answer = self.client.put(f"/id/{number}", json={"text": text, "author": "Karl"}, headers=headers)
        assert answer.status_code == 200, answer.text
        self._remember(answer)

    def delete(self, number: int) -> None:
        headers = {"Origin": ORIGIN, "Cookie": self.cookies[number], "Content-Type": "application/json"}
        answer = self.client.delete(f"/id/{number}", headers=headers)
        assert answer.status_code == 200, answer.text

    def _remember(self, answer: Any) -> int:
        number = int(answer.json()["id"])
        self.cookies[number] = answer.headers["set-cookie"].split(";")[0]
        self.client.cookies.clear()
        return number


def missing() -> list[str]:
    """What this machine lacks to run Isso."""
    return [] if PROGRAM.exists() else ["isso"]


@contextmanager
def running_isso(folder: Path, *, ratelimit: int = 1000) -> Iterator[Isso]:
    """Start a server that keeps everything below `folder`; `ratelimit` comments a minute are let in from an address."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    config = folder / "isso.cfg"
    config.write_text(CONFIG.format(folder=folder, origin=ORIGIN, port=port, ratelimit=ratelimit))
    url = f"http://127.0.0.1:{port}"
    with (
        process([str(PROGRAM), "-c", str(config), "run"], folder / "isso.log"),
        httpx2.Client(base_url=url, timeout=30) as client,
    ):
        wait_until(lambda: client.get("/info").status_code == 200, "Isso")
        yield Isso(url, client)
