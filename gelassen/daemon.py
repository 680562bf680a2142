"""`gelassen run`: the page and the clock in one asyncio process, children for everything else.

Started and stopped in a fixed order: lock, children, database, lease, clock, page – and back. Imports neither Scrapy
nor the language libraries, so no spider and no text can freeze the page. What this module itself imports is light,
because the worker is started first and loads its libraries while the rest of this process does the same.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from gelassen.children import Child, Patience
from gelassen.errors import UserError
from gelassen.home import Home
from gelassen.locks import FolderLock
from gelassen.secrets import without_secrets

if TYPE_CHECKING:
    from db.engine import Database

RETRY_SECONDS = 0.5
POSTER_PATIENCE = Patience(silence=180, farewell=20)
Talk = Callable[[str], None]
Command = Callable[[str, Home], list[str]]
Prepare = Callable[["Database"], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """Which parts run, and where the page listens."""

    host: str
    port: int
    web: bool = True
    clock: bool = True


def child_command(name: str, home: Home) -> list[str]:
    """How a child of that name is started."""
    return [sys.executable, "-m", "gelassen", name, "--data", str(home.folder)]


class Daemon:
    """One run of the daemon.

    `talk` speaks to the person at the terminal. `prepare` is called with the upgraded database before anything works
    on it, `ready` once everything runs. `command` says how children are started.
    """

    def __init__(
        self,
        home: Home,
        parts: Parts,
        *,
        talk: Talk,
        prepare: Prepare | None = None,
        ready: Callable[[], None] = lambda: None,
        command: Command = child_command,
    ) -> None:
        self.home, self.parts, self.talk = home, parts, talk
        self.prepare, self.ready, self.command = prepare, ready, command
        self.stopping = asyncio.Event()
        self.on_child: list[Callable[[str, Mapping[str, Any]], None]] = []
        self.failure: UserError | None = None

    async def run(self) -> None:
        """Run until a signal or the loss of the lease. Raises `UserError` for what a person must mend first."""
        self._listen_to_signals()
        async with AsyncExitStack() as stack:
            lock = stack.enter_context(FolderLock(self.home.folder))
            why = f"Another Gelassen (process {lock.holder() or 'unknown'}) runs on this data folder"
            if not await self.wait_for(lock.take, why):
                return
            children = await self._start_children(stack) if self.parts.clock else None
            from gelassen.service import Service  # heavy; the worker is loading its own libraries meanwhile

            service = Service(self, children)
            if await service.start(stack):
                self.ready()
                await self.stopping.wait()
        if self.failure:
            raise self.failure

    def stop(self, failure: UserError | None = None) -> None:
        """Ask for an orderly end, with what a person should be told."""
        self.failure = self.failure or failure
        self.stopping.set()

    async def wait_for(self, take: Callable[[], bool], why: str) -> bool:
        """Try until it succeeds, saying once that we wait; False when asked to stop before."""
        said = False
        while not self.stopping.is_set():
            if await asyncio.to_thread(take):
                return True
            if not said:
                self.talk(f"{why}. Waiting until it ends; Ctrl-C gives up.")
                said = True
            with suppress(TimeoutError):
                async with asyncio.timeout(RETRY_SECONDS):
                    await self.stopping.wait()
        return False

    async def _start_children(self, stack: AsyncExitStack) -> tuple[Child, Child]:
        environ = dict(os.environ)
        worker = Child("worker", self.command("worker", self.home), without_secrets(environ), report=self._report)
        poster = Child(
            "poster", self.command("poster", self.home), environ, report=self._report, patience=POSTER_PATIENCE
        )
        for child in (worker, poster):
            child.start()
            stack.push_async_callback(child.stop)
        worker.warm()
        await asyncio.sleep(0)  # lets the worker's process begin before this one is busy importing
        return worker, poster

    def _report(self, event: str, details: Mapping[str, Any]) -> None:
        for listener in self.on_child:
            listener(event, details)

    def _listen_to_signals(self) -> None:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
