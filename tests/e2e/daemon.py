"""Gelassen as its users run it: commands in a shell, a daemon, a page in a real browser."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from playwright.sync_api import Page

from tests.peers.wordpress import free_port, wait_until

PASSWORD = "ruhig-bleiben-und-antworten"


@dataclass
class House:
    """One data folder, its environment and its port."""

    folder: Path
    environment: dict[str, str]
    port: int

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def command(self, *words: str) -> str:
        """Run `gelassen …`; returns what it wrote to stdout."""
        done = self.attempt(*words)
        assert done.returncode == 0, f"gelassen {' '.join(words)}:\n{done.stdout}{done.stderr}"
        return done.stdout

    def attempt(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "gelassen", *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120)

    def lines(self, *words: str) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.command(*words, "--json").splitlines()]

    def status(self) -> dict[str, Any]:
        return dict(json.loads(self.command("status", "--json")))


def make_house(folder: Path, **settings: str) -> House:
    port = free_port()
    mine = {f"GELASSEN_{name.upper()}": value for name, value in settings.items()}
    base = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL") if key in os.environ}
    environment = {**base, "HOME": str(folder), "GELASSEN_DATA": str(folder), "GELASSEN_PORT": str(port), **mine}
    house = House(folder, environment, port)
    house.command("init")
    return house


@contextmanager
def running(house: House) -> Iterator[subprocess.Popen[bytes]]:
    with (house.folder / "daemon.log").open("ab") as log:
        command = [sys.executable, "-m", "gelassen", "run"]
        daemon = subprocess.Popen(command, env=house.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_until(lambda: httpx2.get(f"{house.url}/readyz").status_code == 200, "the daemon", 30)
        yield daemon
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.wait(timeout=20)


def log_in(page: Page, link: str) -> None:
    """Follow the one-time link and choose a password, as a new colleague does."""
    page.goto(link)
    page.fill("#password", PASSWORD)
    page.fill("#again", PASSWORD)
    page.click("form[action^='/einladung/'] button")
    page.wait_for_selector("#queue")


def open_first(page: Page, url: str, *, containing: str) -> None:
    """Wait until the inbox shows a drafted post with these words and open it."""

    def there() -> bool:
        page.goto(url)
        row = page.locator(".row", has_text=containing)
        return row.count() > 0 and row.locator(".ready").count() > 0

    eventually(there, f"a draft for “{containing}”")
    page.locator(".row", has_text=containing).locator("a.cover").click()
    page.wait_for_selector("textarea[name=text]")


def approve(page: Page) -> str:
    """Sign the text that stands in the editor; returns it."""
    text = page.input_value("textarea[name=text]")
    with page.expect_navigation():
        page.click("button[formaction$='/approve'], form[action$='/approve'] button[type=submit]")
    return text


def eventually(ready: Callable[[], bool], what: str, seconds: float = 60) -> None:
    """Poll across process borders, where nothing can be awaited."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if ready():
            return
        time.sleep(0.25)
    raise AssertionError(f"not seen within {seconds:.0f} s: {what}")
