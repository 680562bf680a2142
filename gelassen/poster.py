"""The poster process: the only one that holds secrets. Sends what was signed, and looks up what is in doubt.

It works under the lease `poster`; every write it makes carries the lease's epoch, so that a poster which was stopped
and overtaken can change nothing any more.
"""

from __future__ import annotations

import socket
import threading
import time
from datetime import UTC, datetime, timedelta

from db import lease
from db.engine import Database
from db.models import Channel
from gelassen.accounts import publisher_for
from gelassen.home import Home
from gelassen.lifeline import limit
from gelassen.logs import log
from gelassen.pulse import Pulse, begin, listen
from responder.outbox import LEASE, send_due
from responder.publishers.base import Publisher

LEASE_TTL = timedelta(minutes=5)
IDLE_SECONDS = 60.0
STEP_SECONDS = 1.0
CPU_SECONDS = 1800
MEMORY_BYTES = 1024**3
OPEN_FILES = 256


def main(home: Home, *, idle: float = IDLE_SECONDS) -> None:
    """Run the poster in this process until there is nothing to send or the daemon is gone."""
    begin("poster")
    limit(cpu_seconds=CPU_SECONDS, memory_bytes=MEMORY_BYTES, files=OPEN_FILES)
    pulse = Pulse()
    pulse.beat("starting")
    database = home.open()
    try:
        Poster(home, database, pulse).run(idle)
    finally:
        database.close()


class Poster:
    """The loop of the process, with its lease."""

    def __init__(self, home: Home, database: Database, pulse: Pulse) -> None:
        self.home, self.database, self.pulse = home, database, pulse
        # the folder lock of the daemon admits one poster per data folder, so a successor need not wait for the lease
        self.owner = f"{socket.gethostname()}:{home.folder}"
        self.epoch = 0
        self.poked, self.ending = threading.Event(), threading.Event()

    def run(self, idle: float) -> None:
        """Send until stdin ends or nothing was to do for `idle` seconds."""
        listen(self.poked.set, self._end)
        if not self._take_lease():
            return
        last_work = time.monotonic()
        while not self.ending.is_set() and time.monotonic() - last_work < idle:
            self.pulse.beat("posting")
            if not self._renew():
                log().warning("lease_lost", lease=LEASE)
                return
            if self._work():
                last_work = time.monotonic()
            self.poked.wait(STEP_SECONDS)
            self.poked.clear()
        with self.database.write() as session:
            lease.release(session, LEASE, self.owner, self.epoch, utc_now())

    def _work(self) -> int:
        return send_due(self.database, self._publisher, now=utc_now, epoch=self.epoch)

    def _publisher(self, channel: Channel) -> Publisher:
        self.pulse.beat(f"channel:{channel.id}")
        return publisher_for(channel)

    def _take_lease(self) -> bool:
        with self.database.write() as session:
            epoch = lease.acquire(session, LEASE, self.owner, utc_now(), LEASE_TTL)
        self.epoch = epoch or 0
        if epoch is None:
            log().warning("lease_held_elsewhere", lease=LEASE)
        return epoch is not None

    def _renew(self) -> bool:
        with self.database.write() as session:
            return lease.renew(session, LEASE, self.owner, self.epoch, utc_now(), LEASE_TTL)

    def _end(self) -> None:
        self.ending.set()
        self.poked.set()


def utc_now() -> datetime:
    """The clock of this process."""
    return datetime.now(UTC)
