"""A child's side of the line to the daemon: heartbeats on stdout, pokes on stdin, the end of stdin as farewell."""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable

from gelassen.lifeline import die_with_parent


class Pulse:
    """Tells the daemon that and what this process is doing. Never anything a customer wrote. Any thread may beat."""

    def __init__(self) -> None:
        self.doing = "starting"
        self.speaking = threading.Lock()
        # stdout belongs to the daemon: whatever a library prints must not get in between
        self.out = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def beat(self, doing: str | None = None) -> None:
        """Say that we are alive."""
        with self.speaking:
            self.doing = self.doing if doing is None else doing
            self.out.write(json.dumps({"doing": self.doing}) + "\n")
            self.out.flush()


def listen(on_poke: Callable[[], object], on_end: Callable[[], object]) -> None:
    """Follow stdin in a thread of its own."""

    # unbuffered: at the end of the process the interpreter would stumble over the lock of a buffer that still waits
    lines = open(sys.stdin.fileno(), "rb", buffering=0, closefd=False)  # noqa: SIM115 - it is never closed

    def follow() -> None:
        for _line in lines:
            on_poke()
        on_end()

    threading.Thread(target=follow, name="stdin", daemon=True).start()


def begin(name: str) -> None:
    """What every child does first: be bound to the daemon's life, log like it, ignore the terminal's Ctrl-C."""
    import signal

    from gelassen.logs import configure

    die_with_parent()
    configure()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform.startswith("linux"):
        with open("/proc/self/comm", "w", encoding="ascii") as comm:
            comm.write(f"gelassen-{name}"[:15])
