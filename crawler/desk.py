"""Where big documents are read: in one thread beside the reactor, which serves the other sources meanwhile.

They are read one after another, so that never more than one is unfolded in memory. A thread is enough: the parsers
work without the interpreter's lock or return it every few milliseconds. Small documents are read in the reactor,
because passing them on would take as long as reading them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

SMALL = 64 * 1024
"""Bytes; what is not bigger is read at once."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What lies on the desk: a document of this source, since then (seconds of `time.monotonic`)."""

    source_id: int
    since: float


class Desk:
    """Shared by the looks of a process. `reading` is what is being read there at this moment, if anything."""

    def __init__(self) -> None:
        self.reading: Reading | None = None
        self._thread = ThreadPoolExecutor(1, "reading")

    async def read(self, source_id: int, work: Callable[[], T], begin: Callable[[], object]) -> T:
        """The result of `work`, before which `begin` is called, both in the thread. Raises what they raise.

        A caller that is cancelled while it waits in line is not read for; what has begun is brought to its end.
        """
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, source_id, work, begin)

    def _read(self, source_id: int, work: Callable[[], T], begin: Callable[[], object]) -> T:
        self.reading = Reading(source_id, time.monotonic())
        try:
            begin()
            return work()
        finally:
            self.reading = None
