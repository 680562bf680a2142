"""A network of its own, in which public addresses are ours: run as `python -m tests.e2e.island FOLDER`.

Its only interface is the loopback of a fresh network namespace. It carries the addresses below, so that a page can
really stand at a public address, and a door behind every private one shows whether anybody knocked. Prints what
`gelassen crawl` did with a redirect from the one to each of the others, as JSON.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.daemon import House, make_house
from tests.peers.site import Site, block, page, review, running_site

PUBLIC = "93.184.216.34"
INNER = ("10.0.0.5", "127.0.0.1", "169.254.169.254")
UNSHARE = ("unshare", "--net") if os.geteuid() == 0 else ("unshare", "--user", "--map-root-user", "--net")


def missing() -> list[str]:
    """What this machine lacks for an island, in words; empty when one can be made."""
    try:
        tried = subprocess.run([*UNSHARE, "ip", "link", "set", "lo", "up"], capture_output=True, text=True)
    except FileNotFoundError as error:
        return [f"the program {error.filename}"]
    return [f"the right to make a network namespace ({tried.stderr.strip()})"] if tried.returncode else []


def visit(folder: Path) -> list[dict[str, Any]]:
    """The findings of a run inside a namespace of its own."""
    command = [*UNSHARE, sys.executable, "-m", "tests.e2e.island", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


@contextmanager
def door(address: str, port: int = 80) -> Iterator[socket.socket]:
    """A port that nobody opens: who knocks stays in its queue."""
    with socket.create_server((address, port)) as listening:
        listening.setblocking(False)
        yield listening


def knocked(listening: socket.socket) -> bool:
    """Whether anybody connected."""
    try:
        listening.accept()[0].close()
    except BlockingIOError:
        return False
    return True


def crawl_towards(house: House, site: Site, address: str) -> dict[str, Any]:
    """One crawl of the public page while it redirects to `address`."""
    site.redirects["/gasthof"] = f"http://{address}/inner"
    with door(address) as listening:
        done = house.attempt("crawl", "gasthof", "--json")
        report = json.loads(done.stdout)
        return {
            "address": address,
            "code": done.returncode,
            "health": report["health"],
            "errors": report["errors"],
            "asked": [path for path, _ in site.asked()],
            "knocked": knocked(listening),
            "status": house.status(),
        }


def main(folder: Path) -> None:
    for address in (PUBLIC, *INNER):
        subprocess.run(["ip", "address", "replace", f"{address}/32", "dev", "lo"], check=True)
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    with running_site(PUBLIC, 80) as site:
        site.pages["/gasthof"] = page(block(review(1, "Der Aufzug war kaputt.")))
        house = make_house(folder, crawl_delay="0")
        house.command("source", "add", f"http://{PUBLIC}/gasthof", "--name", "gasthof")
        site.asked()
        print(json.dumps([crawl_towards(house, site, address) for address in INNER]))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
