"""Who is looked at next when many wait: side by side, one look per host, and no slow host delays the others.

A look that takes long is waiting for its host, not working. After `PATIENCE` seconds it stands aside, so that another
one takes its place; `AT_MOST` bounds how many there are in all, and with them the pages held in memory.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Generic, TypeVar

AT_ONCE = 8
AT_MOST = 40
PATIENCE = 1.0
"""Seconds."""

T = TypeVar("T")


class Line(Generic[T]):
    """Those who wait, longest first, each with its host, and the hosts being looked at. Pure: time is an argument."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, T]] = []
        self.since: dict[str, float] = {}

    def fill(self, waiting: Iterable[tuple[str, T]]) -> None:
        """Let these (host, who) wait in place of those who did."""
        self.waiting = list(waiting)

    def take(self, now: float) -> tuple[str, T] | None:
        """The first whose host is free, if there is a place; the host is taken until `done`."""
        if len(self.since) >= AT_MOST or self._moving(now) >= AT_ONCE:
            return None
        for place, (host, who) in enumerate(self.waiting):
            if host not in self.since:
                del self.waiting[place]
                self.since[host] = now
                return host, who
        return None

    def done(self, host: str) -> None:
        """The look at this host has ended."""
        del self.since[host]

    def next_aside(self, now: float) -> float | None:
        """Seconds until the next look stands aside, None if none will."""
        ahead = [left for since in self.since.values() if (left := since + PATIENCE - now) > 0]
        return min(ahead, default=None)

    def _moving(self, now: float) -> int:
        return sum(now - since < PATIENCE for since in self.since.values())


class Crowd(Generic[T]):
    """Does `work` for everybody in a line. What a work raises ends the step that notices it."""

    def __init__(self, work: Callable[[T], Coroutine[Any, Any, None]], clock: Callable[[], float] = time.monotonic):
        self.line: Line[T] = Line()
        self._work, self._clock = work, clock
        self._tasks: dict[asyncio.Task[None], str] = {}

    @property
    def busy(self) -> bool:
        """Whether anybody is being worked for."""
        return bool(self._tasks)

    async def step(self, *others: asyncio.Future[Any]) -> None:
        """Begin whatever may begin, then wait until something changes: a work ends, or one of `others` is done."""
        while taken := self.line.take(self._clock()):
            host, who = taken
            self._tasks[asyncio.ensure_future(self._work(who))] = host
        left = self.line.next_aside(self._clock()) if self.line.waiting else None
        done, _ = await asyncio.wait([*self._tasks, *others], timeout=left, return_when=asyncio.FIRST_COMPLETED)
        ended = [task for task in done if task in self._tasks]
        for task in ended:
            self.line.done(self._tasks.pop(task))
        for task in ended:
            task.result()

    async def stop(self) -> None:
        """Break off what is being done."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


async def for_all(waiting: Iterable[tuple[str, T]], work: Callable[[T], Coroutine[Any, Any, None]]) -> None:
    """Do `work` once for each of (host, who). Raises what a work raised, after breaking off the others."""
    crowd = Crowd(work)
    crowd.line.fill(waiting)
    try:
        while crowd.line.waiting or crowd.busy:
            await crowd.step()
    finally:
        await crowd.stop()
