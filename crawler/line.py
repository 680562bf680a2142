"""Who is looked at next when many wait: side by side, one look per host, and no slow host delays the others.

A look is nearly always waiting for its host, not working, so that many of them cost no more than a few. `AT_MOST`
bounds how many there are at a time, and with them the pages held in memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from typing import Any, Generic, TypeVar

AT_MOST = 40

T = TypeVar("T")


class Line(Generic[T]):
    """Those who wait, longest first, each with its host, and the hosts being looked at."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, T]] = []
        self.taken: set[str] = set()

    def fill(self, waiting: Iterable[tuple[str, T]]) -> None:
        """Let these (host, who) wait in place of those who did."""
        self.waiting = list(waiting)

    def take(self) -> tuple[str, T] | None:
        """The first whose host is free, if there is a place; the host is taken until `done`."""
        if len(self.taken) >= AT_MOST:
            return None
        for place, (host, who) in enumerate(self.waiting):
            if host not in self.taken:
                del self.waiting[place]
                self.taken.add(host)
                return host, who
        return None

    def done(self, host: str) -> None:
        """The look at this host has ended."""
        self.taken.remove(host)


class Crowd(Generic[T]):
    """Does `work` for everybody in a line. What a work raises ends the step that notices it."""

    def __init__(self, work: Callable[[T], Coroutine[Any, Any, None]]) -> None:
        self.line: Line[T] = Line()
        self._work = work
        self._tasks: dict[asyncio.Task[None], str] = {}

    @property
    def busy(self) -> bool:
        """Whether anybody is being worked for."""
        return bool(self._tasks)

    async def step(self, *others: asyncio.Future[Any]) -> None:
        """Begin whatever may begin, then wait until something changes: a work ends, or one of `others` is done."""
        while taken := self.line.take():
            host, who = taken
            self._tasks[asyncio.ensure_future(self._work(who))] = host
        done, _ = await asyncio.wait([*self._tasks, *others], return_when=asyncio.FIRST_COMPLETED)
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
