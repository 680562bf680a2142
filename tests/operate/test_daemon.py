"""The daemon as a process: alone on its folder, light, quick to end, and steady when its parts fail."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from .helpers import alive, clean_environ, command, gelassen, gelassen_alone, wait_for

pytestmark = pytest.mark.heavy


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    gelassen("init", "--data", tmp_path / "data")
    return tmp_path / "data"


class Running:
    """One `gelassen run`."""

    def __init__(self, folder: Path, *arguments: str, name: str = "one", **env: str) -> None:
        self.log = folder.parent / f"{name}.log"
        with self.log.open("w") as stderr:
            self.process = subprocess.Popen(
                command("run", "--data", folder, *arguments), stderr=stderr, env=clean_environ(**env)
            )

    @property
    def said(self) -> str:
        return self.log.read_text()

    def until(self, text: str) -> None:
        wait_for(lambda: text in self.said, f"{text!r} in {self.said}")

    def children(self) -> dict[str, int]:
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return {Path(f"/proc/{pid}/comm").read_text().strip(): int(pid) for pid in tasks}

    def end(self, number: int = signal.SIGTERM) -> int:
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)


@pytest.fixture
def running(folder: Path) -> Iterator[Running]:
    one = Running(folder, "--port", str(free_port()))
    one.until('"running"')
    yield one
    one.end()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number: int = taken.getsockname()[1]
        return number


def test_it_loads_neither_the_crawler_nor_the_language_libraries() -> None:
    program = """
import sys
import gelassen.cli.work, gelassen.daemon, gelassen.service, gelassen.page, scheduler
heavy = {"scrapy", "twisted", "textblob", "textblob_de", "nltk", "py3langid", "numpy", "alembic"}
print(sorted(heavy & {name.partition(".")[0] for name in sys.modules}))
"""
    done = subprocess.run([sys.executable, "-c", program], env=clean_environ(), capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_second_daemon_waits_says_so_and_leaves_on_ctrl_c(running: Running, folder: Path) -> None:
    second = Running(folder, "--no-web", name="two")
    second.until(f"Another Gelassen (process {running.process.pid}) runs on this data folder. Waiting")
    assert '"running"' not in second.said
    assert second.end(signal.SIGINT) == 0
    assert running.process.poll() is None


def test_a_waiting_daemon_takes_over_at_once_when_the_first_is_killed(running: Running, folder: Path) -> None:
    second = Running(folder, "--no-web", name="two")
    second.until("Waiting until it ends")
    running.process.kill()
    running.process.wait(10)
    second.until('"running"')
    assert second.end() == 0


def test_it_ends_in_order_and_leaves_no_process(running: Running) -> None:
    wait_for(lambda: "gelassen-worker" in running.children(), "the worker")
    children = running.children()
    assert running.end() == 0
    assert '"stopping"' in running.said
    assert not [pid for pid in children.values() if alive(pid)]


def test_a_killed_worker_is_replaced_when_there_is_work(running: Running, folder: Path) -> None:
    first = wait_for(lambda: running.children().get("gelassen-worker"), "the worker")
    os.kill(first, signal.SIGKILL)
    running.until('"child_died"')
    wait_for(lambda: running.children().get("gelassen-worker", first) != first, "another worker")


def test_a_stopped_worker_counts_as_stuck_and_is_replaced(folder: Path) -> None:
    one = Running(folder, "--no-web")
    pid = wait_for(lambda: one.children().get("gelassen-worker"), "the worker")
    one.until('"running"')
    os.kill(pid, signal.SIGSTOP)
    wait_for(lambda: '"child_stuck"' in one.said, "it is noticed", 60)
    wait_for(lambda: not alive(pid), "it is gone")
    assert one.end() == 0


def test_the_worker_gets_no_secret_and_the_page_is_told_none(folder: Path) -> None:
    one = Running(folder, "--no-web", GELASSEN_SECRET_LADEN="streng-geheim")
    pid = wait_for(lambda: one.children().get("gelassen-worker"), "the worker")
    assert b"streng-geheim" not in Path(f"/proc/{pid}/environ").read_bytes()
    one.end()
    assert "streng-geheim" not in one.said


def test_no_process_but_the_page_listens_on_a_port(running: Running) -> None:
    wait_for(lambda: running.children().get("gelassen-worker"), "the worker")
    folders = [Path(f"/proc/{pid}/fd") for pid in running.children().values()]
    inodes = {os.readlink(link) for folder in folders for link in folder.iterdir() if link.is_symlink()}
    listening = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == "0A":
                listening.add(f"socket:[{columns[9]}]")
    assert not inodes & listening


def test_a_taken_port_is_said_plainly(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = gelassen_alone("run", "--data", folder, "--port", port, "--no-clock", code=1)
    assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_page_answers_without_the_clock(folder: Path) -> None:
    port = free_port()
    one = Running(folder, "--port", str(port), "--no-clock")
    one.until('"running"')
    assert httpx2.get(f"http://127.0.0.1:{port}/login").status_code == 200
    assert one.children() == {}
    assert one.end() == 0


def test_every_line_of_the_log_is_json(running: Running) -> None:
    running.end()
    events = [json.loads(line)["event"] for line in running.said.splitlines()]
    assert {"running", "stopping"} <= set(events)


def test_the_clock_leaves_its_ticks_in_the_database(running: Running, folder: Path) -> None:
    wait_for(lambda: json.loads(gelassen("status", "--json", "--data", folder).stdout)["last_tick"], "a tick")


def test_idle_memory_stays_small(running: Running) -> None:
    status = Path(f"/proc/{running.process.pid}/status").read_text()
    kilobytes = int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1])
    assert kilobytes < 110_000
