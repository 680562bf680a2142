"""How long a busy machine keeps somebody waiting who does nothing but sleep: what all measured times are compared with.

Whoever measures a pause measures the machine as well. A thread that only sleeps is held up by nothing else, neither
by an event loop nor by a lock, so that a pause of more than its own belongs to the program under test.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

NAP = 0.02
"""Seconds."""


class Sleeper:
    """`late` is by how many seconds it woke too late at most."""

    def __init__(self) -> None:
        self.late = 0.0
        self.stopping = threading.Event()

    def sleep(self) -> None:
        """Take one nap after another until stopped."""
        while not self.stopping.is_set():
            before = time.monotonic()
            self.stopping.wait(NAP)
            self.late = max(self.late, time.monotonic() - before - NAP)


@contextmanager
def sleeper() -> Iterator[Sleeper]:
    """Somebody who sleeps beside whatever is measured in this block."""
    one = Sleeper()
    thread = threading.Thread(target=one.sleep, daemon=True)
    thread.start()
    try:
        yield one
    finally:
        one.stopping.set()
        thread.join()
