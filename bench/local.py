"""What benchmarks share: pages from a local server in a process of its own, what a child process cost, and figures."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SCALE = "BENCH_SCALE"
Answer = tuple[int, Mapping[str, str], bytes]
Answers = Callable[[str, Message], Answer]
"""From the path and the headers of a request to status, headers and body; a top-level function of its module."""

Side = Callable[[str], tuple[Any, float, float]]
"""From the address of the server to what there is to say, and the wall and processor seconds it measured by itself."""


def sized(usual: int) -> int:
    """A size of a benchmark, made smaller by the environment where it only has to run."""
    return max(1, round(usual * float(os.environ.get(SCALE, "1"))))


@contextmanager
def serving(answers: Answers, host: str = "127.0.0.1") -> Iterator[str]:
    """Serve `answers` from a process of its own; gives the address without a slash at its end.

    With 0.0.0.0 as `host`, every address of loopback is served at that port.
    """
    context = get_context("spawn")
    port = context.Queue()
    server = context.Process(target=_serve, args=(answers, host, port), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{port.get()}"
    finally:
        server.terminate()


class _Server(ThreadingHTTPServer):
    request_queue_size = 256
    daemon_threads = True


def _serve(answers: Answers, host: str, port: Any) -> None:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = 1024 * 1024  # head and body in one packet: no delayed acknowledgement between them

        def do_GET(self) -> None:
            status, headers, body = answers(self.path, self.headers)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = _Server((host, 0), Handler)
    port.put(server.server_port)
    server.serve_forever()


class Clock:
    """Wall and processor seconds of this process since the first call of `start`."""

    def __init__(self) -> None:
        self.started: tuple[float, float] | None = None

    def start(self) -> None:
        """Begin, if this is the first call."""
        self.started = self.started or (time.perf_counter(), time.process_time())

    def spent(self) -> tuple[float, float]:
        """Seconds until now."""
        assert self.started is not None
        return time.perf_counter() - self.started[0], time.process_time() - self.started[1]


@dataclass(frozen=True)
class Cost:
    """Seconds. `time` and `cpu` are those of the whole process, the others those that it measured by itself."""

    said: Any
    time: float
    cpu: float
    inner_time: float
    inner_cpu: float


def cost(name: str, side: str, address: str, python: Path | str = sys.executable) -> Cost:
    """Run one side of the benchmark `name` in a process of its own, its log going to a file, as in earnest."""
    command = [str(python), "-m", f"bench.{name}", side, address]
    environment = {"PYTHONPATH": str(ROOT), SCALE: os.environ.get(SCALE, "1")}
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as log:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=log)
        if done.returncode:
            log.seek(0)
            raise SystemExit(f"{side} failed\n{log.read()[-5000:]}")
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said, inner_time, inner_cpu = json.loads(done.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(said, wall, cpu, inner_time, inner_cpu)


def run(sides: Mapping[str, Side], main: Callable[[], None]) -> None:
    """The end of every benchmark: one side, if the command line names it and an address, else all of it."""
    if len(sys.argv) == 3:
        print(json.dumps(sides[sys.argv[1]](sys.argv[2])))
    else:
        main()


def figure(name: str, unit: str, rounds: Iterable[tuple[float, float]], goal: float | None, each: float = 1) -> None:
    """Print what the rounds (floor, ours) come to, `each` making the `unit` of what was measured."""
    pairs = list(rounds)
    ratios = [ours / floor for floor, ours in pairs]
    floor, ours = (round(median(side) * each, 3) for side in zip(*pairs, strict=True))
    spread = {"ratio": median(ratios), "min": min(ratios), "max": max(ratios)}
    shares = {word: round(value, 2) for word, value in spread.items()}
    print(json.dumps({"name": name, "unit": unit, "floor": floor, "ours": ours, **shares, "goal": goal}), flush=True)
