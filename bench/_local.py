"""What several benchmarks need: pages from a local server in a process of its own, and what a child process cost."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
Answer = tuple[int, Mapping[str, str], bytes]
Answers = Callable[[str, Mapping[str, str]], Answer]
"""From the path and the headers of a request to status, headers and body; a top-level function of its module."""


@contextmanager
def serving(answers: Answers) -> Iterator[str]:
    """Serve `answers` from a process of its own; gives the address without a slash at its end."""
    context = get_context("spawn")
    port = context.Queue()
    server = context.Process(target=_serve, args=(answers, port), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{port.get()}"
    finally:
        server.terminate()


def _serve(answers: Answers, port: Any) -> None:
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

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    port.put(server.server_port)
    server.serve_forever()


class Clock:
    """Wall and processor seconds of this process since the first call of `start`."""

    def __init__(self) -> None:
        self.started: tuple[float, float] | None = None

    def start(self) -> None:
        self.started = self.started or (time.perf_counter(), time.process_time())

    def spent(self) -> tuple[float, float]:
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


def cost(file: str, side: str, address: str, python: Path | str = sys.executable) -> Cost:
    """Run `file` for one side in a process of its own, its log going to a file, as in earnest.

    The process prints a JSON list: what it has to say, then wall and processor seconds of its own measuring.
    """
    command = [str(python), file, side, address]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    with tempfile.TemporaryFile("w+") as log:
        done = subprocess.run(command, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, stderr=log)
        if done.returncode:
            log.seek(0)
            raise SystemExit(f"{side} failed\n{log.read()[-5000:]}")
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    said, inner_time, inner_cpu = json.loads(done.stdout)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(said, wall, cpu, inner_time, inner_cpu)
