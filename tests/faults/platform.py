"""The demo platform under test: its own process, told to misbehave, asked what really stands there."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from tests.peers.wordpress import free_port, process, wait_until

TOKEN = "kein-geheimnis"


@dataclass
class Platform:
    """Speaks to the running demo site; `answers` is the truth about what the public sees.

    `earlier` are the answers the shop had given before anybody installed Gelassen.
    """

    url: str
    client: httpx2.Client
    earlier: set[str] = field(default_factory=set)

    def command(self, **order: Any) -> dict[str, Any]:
        answer = self.client.post("/admin/faults", json=order)
        answer.raise_for_status()
        return dict(answer.json())

    def reviews(self) -> list[dict[str, Any]]:
        answer = self.client.get("/admin/state")
        answer.raise_for_status()
        return list(answer.json())

    def answers(self) -> Counter[tuple[str, str]]:
        """How often each (review id, text) stands under a review, deleted ones included."""
        found = ((review["id"], reply) for review in self.reviews() for reply in review["replies"])
        return Counter((review, reply["text"]) for review, reply in found if reply["id"] not in self.earlier)


@contextmanager
def running_platform(folder: Path) -> Iterator[Platform]:
    port = free_port()
    command = [sys.executable, "-m", "gelassen.demo.site", "--port", str(port), "--token", TOKEN]
    url = f"http://127.0.0.1:{port}"
    with process(command, folder / "platform.log"), httpx2.Client(base_url=url, timeout=30) as client:
        wait_until(lambda: client.get("/robots.txt").status_code == 200, "the demo platform")
        platform = Platform(url, client)
        platform.earlier = {reply["id"] for review in platform.reviews() for reply in review["replies"]}
        yield platform


def children_of(pid: int) -> dict[str, int]:
    """The daemon's children by role (`worker`, `poster`), read from the process table."""
    listed = subprocess.run(["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True)
    found = {}
    for line in listed.stdout.splitlines():
        number, _, command = line.strip().partition(" ")
        for role in ("worker", "poster"):
            if f" {role}" in command:
                found[role] = int(number)
    return found
