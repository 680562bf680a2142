"""Somebody who watches a daemon from outside: how regularly it beats, how soon it answers."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import httpx2
from sqlmodel import select

from db.engine import Database
from db.models import Lease
from tests.lateness import Sleeper, sleeper

PAUSE = 0.1
"""Seconds between two glances."""


class Witness:
    """`beats` are the moments to which the lease was prolonged, `slowest` the seconds that `/healthz` took at most.

    `late` is for how long the machine itself keeps somebody waiting at most (see `tests.lateness`).
    """

    def __init__(self, database: Database, url: str, other: Sleeper) -> None:
        self.database, self.client = database, httpx2.Client(base_url=url, timeout=60)
        self.beats: list[datetime] = []
        self.slowest = 0.0
        self.other, self.stopping = other, threading.Event()

    @property
    def late(self) -> float:
        return self.other.late

    def watch(self) -> None:
        """Look until it is stopped."""
        while not self.stopping.wait(PAUSE):
            self._glance()

    def pauses(self) -> list[float]:
        """Seconds between the beats."""
        return [(later - earlier).total_seconds() for earlier, later in pairwise(self.beats)]

    def _glance(self) -> None:
        with self.database.read() as session:
            until = session.exec(select(Lease.expires_at)).one()
        if until not in self.beats:
            self.beats.append(until)
        before = time.monotonic()
        assert self.client.get("/healthz").status_code == 200
        self.slowest = max(self.slowest, time.monotonic() - before)


@contextmanager
def watching(database: Database, url: str) -> Iterator[Witness]:
    """A witness at work in a thread."""
    with sleeper() as other:
        witness = Witness(database, url, other)
        thread = threading.Thread(target=witness.watch, daemon=True)
        thread.start()
        try:
            yield witness
        finally:
            witness.stopping.set()
            thread.join()
            witness.client.close()


def megabytes(pid: int) -> int:
    """The most memory that a process ever had."""
    [peak] = [line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) // 1024


def child_of(pid: int, name: str) -> int:
    """The only child of that name that the process has."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    [found] = [child for child in children if Path(f"/proc/{child}/comm").read_text().strip() == name]
    return int(found)
