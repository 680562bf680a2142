"""A child process that is started when there is work, replaced when it dies or falls silent, and never left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from gelassen.lifeline import PARENT

Report = Callable[[str, Mapping[str, Any]], None]


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: until the first heartbeat (libraries load slowly on a small machine) and between two later ones; of one
    process's life, to end by itself, after which a start counts as a good one, and between two attempts after a death.
    """

    birth: float = 120.0
    silence: float = 30.0
    life: float = 3600.0
    farewell: float = 5.0
    steady: float = 5.0
    first_pause: float = 0.5
    longest_pause: float = 30.0


class Child:
    """One kind of child. `report` hears what happens: started, ended, died, stuck – with details, never contents.

    The child writes a JSON line to its stdout at least every `patience.silence` seconds and reads pokes from stdin;
    the end of stdin asks it to finish what it is doing and leave. `last` is what it said last, `longest_silence` how
    many seconds at most lay between two lines of this process.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        env: Mapping[str, str],
        *,
        report: Report,
        patience: Patience | None = None,
    ) -> None:
        self.name, self.command, self.report = name, list(command), report
        self.env = {**env, PARENT: str(os.getpid())}
        self.patience = patience or Patience()
        self.process: asyncio.subprocess.Process | None = None
        self.last: dict[str, Any] = {}
        self.heard: float | None = None
        self.longest_silence = 0.0
        self.failures = 0
        self.wanted = asyncio.Event()
        self.poked = False
        self.task: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id while it runs."""
        return self.process.pid if self.process else None

    def start(self) -> None:
        """Begin to look after the child; it is started by the first poke."""
        self.task = asyncio.create_task(self._supervise(), name=f"child-{self.name}")

    def warm(self) -> None:
        """Start the child without work, so that it is quick when work comes."""
        self.wanted.set()

    def poke(self) -> None:
        """There may be work. Starts the child if need be; a lost poke only costs the time until the next tick."""
        self.poked = True
        self._pass_on(self.process)
        if self.poked:
            self.wanted.set()

    async def stop(self) -> None:
        """End the child: first politely, then with its whole process group."""
        if self.task:
            self.task.cancel()
            with suppress(asyncio.CancelledError):
                await self.task
        if self.process:
            await self._end(self.process)

    async def _supervise(self) -> None:
        while True:
            await self.wanted.wait()
            self.wanted.clear()
            try:
                ended_well = await self._live()
            except OSError as error:  # no memory or no process left for another one just now
                self.report("child_not_started", {"child": self.name, "error": type(error).__name__})
                ended_well = False
            if ended_well:
                self.failures = 0
                continue
            self.failures += 1
            await asyncio.sleep(self._pause())
            self.wanted.set()  # whatever it was doing is still due

    def _pause(self) -> float:
        return float(min(self.patience.longest_pause, self.patience.first_pause * 2 ** (self.failures - 1)))

    async def _live(self) -> bool:
        """One process from start to end; whether it ended well."""
        process = await asyncio.create_subprocess_exec(
            *self.command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=self.env,
            start_new_session=True,
        )
        self.process, self.last, self.heard, self.longest_silence = process, {}, None, 0.0
        self.report("child_started", {"child": self.name, "pid": process.pid})
        self._pass_on(process)
        stuck = not await self._listen(process)
        if stuck:
            self._kill(process)
        code = await _gone(process)
        self.process = None
        self._report_end(process.pid, code, stuck)
        return code == 0 and not stuck

    async def _listen(self, process: asyncio.subprocess.Process) -> bool:
        """Follow the heartbeat until the child ends; False when it fell silent."""
        assert process.stdout is not None
        assert process.stdin is not None
        born, allowed = time.monotonic(), self.patience.birth
        while True:
            try:
                async with asyncio.timeout(allowed):  # wait_for may swallow a cancellation on Python 3.11
                    line = await process.stdout.readline()
            except (TimeoutError, ValueError):
                return False
            if not line:
                return True
            await asyncio.sleep(0)  # lines that are there already do not suspend: a flood must not hold up the page
            allowed = self.patience.silence
            self._hear(line)
            age = time.monotonic() - born
            if age > self.patience.steady:
                self.failures = 0
            if age > self.patience.life and not process.stdin.is_closing():
                process.stdin.close()

    def _hear(self, line: bytes) -> None:
        """Take note of a line; the time until the first one is no silence."""
        now = time.monotonic()
        self.longest_silence = max(self.longest_silence, now - (self.heard or now))
        self.heard = now
        if said := _parsed(line):
            self.last = said

    def _pass_on(self, process: asyncio.subprocess.Process | None) -> None:
        """Tell the child of the poke, once there is a child that reads its stdin."""
        if not self.poked or process is None or process.stdin is None or process.stdin.is_closing():
            return
        self.poked = False
        if process.stdin.transport.get_write_buffer_size() == 0:  # else it has not read the last one yet
            process.stdin.write(b"work\n")

    def _report_end(self, pid: int, code: int, stuck: bool) -> None:
        event = "child_stuck" if stuck else "child_ended" if code == 0 else "child_died"
        doing, silence = self.last.get("doing", ""), round(self.longest_silence, 1)
        self.report(event, {"child": self.name, "pid": pid, "code": code, "doing": doing, "longest_silence": silence})

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        if process.stdin:
            process.stdin.close()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.patience.farewell):
                await _gone(process)
        self._kill(process)
        await _gone(process)
        self.process = None

    def _kill(self, process: asyncio.subprocess.Process) -> None:
        """End the process and everything it started; its group is its own."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


async def _gone(process: asyncio.subprocess.Process) -> int:
    """Wait for the end; what it still says is read and dropped, because asyncio waits for an unread pipe for ever."""
    assert process.stdout is not None
    while await process.stdout.read(2**16):
        pass
    return await process.wait()


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
