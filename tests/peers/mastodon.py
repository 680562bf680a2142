"""An independent stand-in for a Mastodon server on loopback: the package `mastodon-mock`, with people who write there.

It is not Mastodon itself: mentions are plain text there, and it names no limits. So flows are tested with it, formats
with fixtures.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx2

from tests.peers.wordpress import free_port, process, wait_until

BUSINESS, CUSTOMER = "grace", "ada"


def missing() -> list[str]:
    """What this machine lacks to run the server, by name."""
    return [] if find_spec("mastodon_mock") else ["mastodon-mock"]


@dataclass
class Mastodon:
    """The running server; everybody's token is their name with `_token` behind it."""

    url: str
    client: httpx2.Client

    def write(self, name: str, text: str, **fields: str) -> str:
        """Say something as `name`; returns the id."""
        return str(self._call("POST", "", name, status=text, **{"visibility": "public", **fields})["id"])

    def edit(self, name: str, number: str, text: str) -> None:
        self._call("PUT", f"/{number}", name, status=text)

    def delete(self, name: str, number: str) -> None:
        self._call("DELETE", f"/{number}", name)

    def _call(self, method: str, tail: str, name: str, **form: str) -> dict[str, Any]:
        login = {"Authorization": f"Bearer {name}_token"}
        answer = self.client.request(method, f"/api/v1/statuses{tail}", data=form, headers=login)
        answer.raise_for_status()
        return dict(answer.json())


@contextmanager
def running_mastodon(folder: Path) -> Iterator[Mastodon]:
    """Start the server with its demo accounts, in memory; about four seconds."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "mastodon_mock", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with process([*command, "--in-memory", "--demo"], folder / "mastodon.log"), httpx2.Client(base_url=url) as client:
        wait_until(lambda: client.get("/api/v2/instance").status_code == 200, "the Mastodon stand-in")
        yield Mastodon(url, client)
