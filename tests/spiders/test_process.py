"""A crawl as a process of its own: it listens nowhere, keeps its hardened settings, and ends as it should."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from scrapy.settings import Settings

from crawler.addon import LOCKED, POLITE, Hardened
from tests.spiders.markup import page, review
from tests.spiders.site import Site

ROOT = Path(__file__).resolve().parents[2]

LISTENING = """
def listening():
    sockets = {link.stat().st_ino for link in Path("/proc/self/fd").iterdir() if link.is_socket()}
    tables = "".join(Path(f"/proc/net/{name}").read_text() for name in ("tcp", "tcp6"))
    lines = [line.split() for line in tables.splitlines() if not line.strip().startswith("sl")]
    return [line[1] for line in lines if line[3] == "0A" and int(line[9]) in sockets]
"""

HEAD = """
import json, sys
from pathlib import Path
from crawler.items import Received, Target
from crawler.run import Limits, crawl
"""


def child(body: str, *arguments: str, given: str = "", seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh interpreter, warnings as errors; `given` is what it reads from stdin."""
    script = HEAD + LISTENING + textwrap.dedent(body)
    command = [sys.executable, "-W", "error", "-c", script, *arguments]
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, timeout=seconds)


@pytest.mark.heavy
def test_a_crawl_process_listens_on_no_port(site: Site) -> None:
    site["/"] = page(review(1))
    done = child(
        """
        open_ports = []
        target = Target(1, "Laden", "schema_org", sys.argv[1], True, delay_seconds=0)
        [report] = crawl([target], lambda page: open_ports.append(listening()) or Received(new=1))
        print(json.dumps([report.health, open_ports]))
        """,
        f"{site.url}/",
    )
    assert json.loads(done.stdout) == ["ok", [[]]], done.stderr


@pytest.mark.heavy
def test_the_way_of_looking_would_see_an_open_port() -> None:
    done = child(
        """
        import socket
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0)); server.listen()
            print(len(listening()))
        """
    )
    assert done.stdout.strip() == "1", done.stderr


@pytest.mark.heavy
def test_several_sources_are_looked_at_in_order_and_progress_is_told(site: Site) -> None:
    site["/a"] = page(review(1))
    site["/c"] = page(review(2))
    done = child(
        """
        said = []
        targets = [Target(n, n, "schema_org", sys.argv[1] + n, True, delay_seconds=0) for n in "abc"]
        receive = lambda page: Received(new=len(page.posts))
        reports = crawl(targets, receive, on_progress=said.append, contact="post@example.test")
        print(json.dumps([[report.new for report in reports], [report.health for report in reports], len(said)]))
        """,
        f"{site.url}/",
    )
    assert json.loads(done.stdout) == [[1, 0, 1], ["ok", "degraded", "ok"], 3], done.stderr
    assert "post@example.test" in site.asked[-1].headers["user-agent"]


@pytest.mark.heavy
def test_what_intake_raises_ends_the_run_with_that_error(site: Site) -> None:
    site["/a"] = site["/b"] = page(review(1))
    done = child(
        """
        def receive(page):
            raise OSError("no room on the disk")
        targets = [Target(n, n, "schema_org", sys.argv[1] + n, True, delay_seconds=0) for n in "ab"]
        try:
            crawl(targets, receive)
        except OSError as error:
            print(error)
        """,
        f"{site.url}/",
    )
    assert done.stdout.strip() == "no room on the disk", done.stderr
    assert site.paths == ["/a"]


@pytest.mark.heavy
def test_recognising_works_from_a_plain_call(site: Site) -> None:
    site["/"] = page(review(1))
    done = child(
        """
        from crawler.recognise import recognise
        found = recognise(sys.argv[1], allow_private=True, delay_seconds=0)
        print(json.dumps([found.kind, len(found.sample)]))
        """,
        f"{site.url}/",
    )
    assert json.loads(done.stdout) == ["schema_org", 1], done.stderr


def settings(**given: Any) -> Settings:
    """The settings of a crawl after the add-on has seen them."""
    result = Settings(given, priority="project")
    Hardened().update_settings(result)
    return result


@pytest.mark.parametrize("name", LOCKED)
def test_what_is_locked_cannot_be_opened_by_a_project_or_spider(name: str) -> None:
    opened: Any = {"file": "offen"} if isinstance(LOCKED[name], dict) else "offen"
    result = settings(**{name: opened})
    result.set(name, opened, priority="spider")
    locked = result.getdict(name) if isinstance(LOCKED[name], dict) else result.get(name)
    assert locked == LOCKED[name]


@pytest.mark.parametrize("name", ["DOWNLOAD_TIMEOUT", "DOWNLOAD_MAXSIZE", "LOOK_SECONDS"])
def test_limits_can_be_refined_for_one_crawler(name: str) -> None:
    assert settings().get(name) == POLITE[name]
    assert settings(**{name: 7}).get(name) == 7


def test_nothing_but_http_and_https_has_a_handler() -> None:
    handlers = settings().getwithbase("DOWNLOAD_HANDLERS")
    assert {scheme for scheme, handler in handlers.items() if handler} == {"http", "https"}
