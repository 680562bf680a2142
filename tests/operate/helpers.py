"""What the tests of the command line share: running it in a process of its own, waiting with a limit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

ROOT = Path(__file__).parents[2]
T = TypeVar("T")


def clean_environ(**extra: str) -> dict[str, str]:
    """The environment without anything of Gelassen's, and with the checkout importable."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GELASSEN_")}
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "gelassen", *map(str, arguments)]


def gelassen(
    *arguments: object, stdin: str | bytes = "", code: int = 0, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one command and check its exit code."""
    given = stdin.encode() if isinstance(stdin, str) else stdin
    raw = subprocess.run(command(*arguments), input=given, capture_output=True, env=clean_environ(**env), timeout=120)
    done = subprocess.CompletedProcess(raw.args, raw.returncode, raw.stdout.decode(), raw.stderr.decode())
    assert done.returncode == code, f"exit {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


def json_lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def as_lines(rows: Iterable[object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = 60) -> T:
    """The first true answer of `ask`, or a failure that names what did not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:g} s: {what}")


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
