"""Children with real processes: started for work, replaced when they die or fall silent, never left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from gelassen.children import Child, Patience

from .helpers import ROOT, alive, clean_environ, wait_for

QUICK = Patience(silence=2.0, life=60, farewell=2.0, first_pause=0.05, longest_pause=0.2)

GOOD = """
import sys
print('{"doing": "waiting"}', flush=True)
for line in sys.stdin:
    print('{"doing": "got %s"}' % line.strip(), flush=True)
"""
STUCK = 'import time; print(\'{"doing": "crawl:7"}\', flush=True); time.sleep(600)'
DIES = "import sys; sys.exit(3)"
LEAVES = 'print(\'{"doing": "nothing"}\', flush=True)'
DEAF = "import time, signal; print('{}', flush=True)\nwhile True: print('{}', flush=True); time.sleep(0.1)"
CHATTY = 'while True: print(\'{"doing": "talking"}\', flush=True)'


class Watched:
    """A child with everything that was reported about it."""

    def __init__(self, program: str, patience: Patience = QUICK) -> None:
        self.events: list[tuple[str, Mapping[str, Any]]] = []
        command = [sys.executable, "-c", program]
        report = lambda event, details: self.events.append((event, dict(details)))  # noqa: E731
        self.child = Child("test", command, clean_environ(), report=report, patience=patience)

    def names(self) -> list[str]:
        return [event for event, _ in self.events]

    async def until(self, ask: Callable[[], object], what: str) -> None:
        end = time.monotonic() + 20
        while not ask():
            assert time.monotonic() < end, f"{what}; happened: {self.events}"
            await asyncio.sleep(0.02)


@asynccontextmanager
async def watched(program: str, patience: Patience = QUICK) -> AsyncIterator[Watched]:
    one = Watched(program, patience)
    one.child.start()
    yield one
    await one.child.stop()


async def test_nothing_runs_before_the_first_poke() -> None:
    async with watched(GOOD) as one:
        await asyncio.sleep(0)
        assert one.child.pid is None


async def test_a_poke_starts_the_child_and_reaches_it() -> None:
    async with watched(GOOD) as one:
        one.child.poke()
        await one.until(lambda: one.child.last.get("doing") == "got work", "the poke arrives")


async def test_a_warm_child_runs_but_has_not_been_poked() -> None:
    async with watched(GOOD) as one:
        one.child.warm()
        await one.until(lambda: one.child.last.get("doing") == "waiting", "it waits")
        one.child.poke()
        await one.until(lambda: one.child.last.get("doing") == "got work", "the poke arrives")


async def test_a_child_that_leaves_is_started_again_by_the_next_poke() -> None:
    async with watched(LEAVES) as one:
        for round_number in (1, 2):
            one.child.poke()
            await one.until(lambda n=round_number: one.names().count("child_ended") == n, "it ends")
        assert "child_died" not in one.names()


async def test_a_silent_child_is_killed_and_replaced_and_what_it_did_is_told() -> None:
    async with watched(STUCK, Patience(silence=0.5, first_pause=0.05, farewell=1)) as one:
        one.child.poke()
        await one.until(lambda: one.names().count("child_started") == 2, "a second one")
        stuck = next(details for event, details in one.events if event == "child_stuck")
        assert stuck["doing"] == "crawl:7"
        assert not alive(stuck["pid"])


async def test_a_child_that_cannot_be_started_is_tried_again() -> None:
    one = Watched(GOOD)
    one.child.command = ["/nowhere/python"]
    one.child.start()
    one.child.poke()
    await one.until(lambda: "child_not_started" in one.names(), "it is told")
    one.child.command = [sys.executable, "-c", GOOD]
    await one.until(lambda: one.child.last.get("doing") == "got work", "it runs after all")
    await one.child.stop()


async def test_a_child_that_never_begins_is_replaced_too() -> None:
    async with watched("import time; time.sleep(600)", Patience(birth=0.3, first_pause=0.05)) as one:
        one.child.poke()
        await one.until(lambda: one.names().count("child_stuck") == 1, "it is given up")


async def test_a_child_may_take_longer_to_begin_than_between_two_heartbeats() -> None:
    slow = 'import time; time.sleep(1); print(\'{"doing": "begun"}\', flush=True)'
    async with watched(slow, Patience(birth=20, silence=0.2)) as one:
        one.child.poke()
        await one.until(lambda: one.child.last.get("doing") == "begun", "it begins")
        assert "child_stuck" not in one.names()


async def test_a_killed_child_is_replaced() -> None:
    async with watched(GOOD) as one:
        one.child.poke()
        await one.until(lambda: one.child.last, "it lives")
        first = one.child.pid
        assert first is not None
        os.kill(first, signal.SIGKILL)
        await one.until(lambda: one.child.pid not in (None, first), "another one")
        assert "child_died" in one.names()


async def test_the_longest_silence_of_a_process_is_told_at_its_end_without_the_time_it_took_to_begin() -> None:
    program = "import time\ntime.sleep(1)\nfor pause in (0.1, 0.6, 0): print('{}', flush=True); time.sleep(pause)"
    async with watched(program) as one:
        one.child.poke()
        await one.until(lambda: "child_ended" in one.names(), "it ends")
        assert 0.5 <= dict(one.events)["child_ended"]["longest_silence"] < 1


async def test_a_child_that_keeps_dying_is_started_at_growing_intervals() -> None:
    async with watched(DIES, Patience(first_pause=0.05, longest_pause=0.2)) as one:
        one.child.poke()
        await one.until(lambda: one.names().count("child_died") >= 4, "it keeps dying")
        assert one.child.failures >= 3
        assert one.child._pause() == 0.2


async def test_a_child_past_its_life_is_asked_to_leave_and_replaced_by_the_next_poke() -> None:
    async with watched(GOOD, Patience(silence=5, life=0)) as one:
        one.child.poke()
        await one.until(lambda: "child_ended" in one.names(), "it left")
        assert dict(one.events)["child_ended"]["code"] == 0


async def test_a_child_that_does_not_listen_is_killed_in_the_end() -> None:
    async with watched(DEAF, Patience(farewell=0.3)) as one:
        one.child.poke()
        await one.until(lambda: one.child.pid, "it lives")
        pid = one.child.pid
    assert pid is not None
    assert not alive(pid)


async def test_a_chatty_child_can_be_stopped_at_any_moment() -> None:
    """A heartbeat that arrives together with the stop must not swallow it."""
    for _ in range(8):
        one = Watched(CHATTY)
        one.child.start()
        one.child.poke()
        await one.until(lambda one=one: one.child.last, "it talks")
        async with asyncio.timeout(10):
            await one.child.stop()
        assert one.child.pid is None


async def test_grandchildren_of_a_stuck_child_are_killed_with_it(tmp_path: Path) -> None:
    program = f"""
import subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open({str(tmp_path / "pid")!r}, "w").write(str(grandchild.pid))
print('{{}}', flush=True)
time.sleep(600)
"""
    async with watched(program, Patience(silence=1.0, first_pause=60)) as one:
        one.child.poke()
        await one.until(lambda: "child_stuck" in one.names(), "it is stuck")
        pid = int((tmp_path / "pid").read_text())
        await one.until(lambda: not alive(pid), "the grandchild is gone")


BOUND = """
from gelassen.lifeline import die_with_parent
die_with_parent()
import time
print('{"doing": "bound"}', flush=True)
time.sleep(600)
"""

PARENT = """
import asyncio, os, sys
from gelassen.children import Child

async def main(program, file):
    one = Child("x", [sys.executable, "-c", program], dict(os.environ), report=lambda event, details: None)
    one.start()
    one.poke()
    while not one.last:
        await asyncio.sleep(0.02)
    with open(file, "w") as out:
        out.write(str(one.pid))
    await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


def test_the_kernel_kills_a_child_whose_parent_was_killed(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    parent = subprocess.Popen([sys.executable, "-c", PARENT, BOUND, str(file)], env=clean_environ(), cwd=ROOT)
    pid = int(wait_for(lambda: file.read_text() if file.exists() else None, "the child"))
    assert alive(pid)
    parent.kill()
    parent.wait(10)
    wait_for(lambda: not alive(pid), "the end of the child", 5)


def test_a_child_whose_parent_is_gone_already_does_not_begin() -> None:
    program = "from gelassen.lifeline import die_with_parent; die_with_parent(); print('began')"
    done = subprocess.run(
        [sys.executable, "-c", program], env=clean_environ(GELASSEN_PARENT="1"), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "began" not in done.stdout


@pytest.mark.parametrize(
    ("limit", "program"), [("memory", "bytearray(400_000_000)"), ("files", "[open('/dev/null') for _ in range(99)]")]
)
def test_limits_hold(limit: str, program: str) -> None:
    before = "from gelassen.lifeline import limit; limit(cpu_seconds=60, memory_bytes=200_000_000, files=64)"
    done = subprocess.run(
        [sys.executable, "-c", f"{before}\n{program}"], env=clean_environ(), capture_output=True, text=True
    )
    assert done.returncode == 1
    assert {"memory": "MemoryError", "files": "Too many open files"}[limit] in done.stderr


def test_endless_work_ends_at_the_processor_limit() -> None:
    program = (
        "from gelassen.lifeline import limit; limit(cpu_seconds=1, memory_bytes=10**9, files=64)\nwhile True: pass"
    )
    done = subprocess.run([sys.executable, "-c", program], env=clean_environ(), capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGXCPU
