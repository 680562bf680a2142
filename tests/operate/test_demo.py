"""`gelassen demo` from the command to an answer that the public can see, with every process real."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from db.audit import verify
from db.engine import Database, open_database, sqlite_url
from db.invariants import check
from db.models import Draft, Obligation, User
from responder.approval import approve
from responder.signature import signature

from .helpers import alive, clean_environ, command, wait_for

pytestmark = pytest.mark.heavy


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Demo]:
    running = Demo(tmp_path / "data")
    yield running
    running.end()


class Demo:
    """A running demo: its process, its database, its addresses."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.stderr = (folder.parent / "stderr").open("w+")
        started = command("demo", "--data", folder, "--port", 0, "--every", 0)
        self.process = subprocess.Popen(started, env=clean_environ(), stderr=self.stderr)
        self.opened: Database | None = None

    @property
    def said(self) -> str:
        return (self.folder.parent / "stderr").read_text()

    @property
    def database(self) -> Database:
        if self.opened is None:
            self.opened = open_database(sqlite_url(self.folder / "gelassen.db"))
        return self.opened

    def address(self, pattern: str) -> str:
        found = wait_for(lambda: re.search(pattern, self.said), f"{pattern} on stderr")
        return found[1]

    def waiting(self) -> Draft | None:
        """A draft that may be approved as it is."""
        try:
            with self.database.read() as session:
                drafts = session.exec(select(Draft).where(Draft.state == "waiting").order_by(Draft.id)).all()
        except OperationalError:
            return None
        fine = (one for one in drafts if one.text and not one.needs)
        return next((one for one in fine if all(f["severity"] != "block" for f in one.findings)), None)

    def obligation(self, number: int) -> Obligation:
        with self.database.read() as session:
            return session.get_one(Obligation, number)

    def children(self) -> list[int]:
        tasks = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in tasks.read_text().split()]

    def end(self) -> None:
        if self.opened:
            self.opened.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)
        self.stderr.close()


def approved(demo: Demo) -> tuple[Draft, Any]:
    """The demo user approves the first good draft."""
    draft = wait_for(demo.waiting, "a draft")
    with demo.database.read() as session:
        user = session.exec(select(User)).one()
    approval = approve(
        demo.database, draft.id or 0, draft.revision, user, now=datetime.now(UTC) - timedelta(minutes=1), undo_seconds=0
    )
    return draft, approval


def test_an_approved_draft_becomes_visible_on_the_site_and_its_obligation_answered(demo: Demo) -> None:
    page, site = demo.address(r"Gelassen runs at +(\S+)"), demo.address(r"demo platform +(http://[^/]+)")
    wait_for(lambda: answers(f"{page}/login"), "the page")
    draft, approval = approved(demo)
    wait_for(lambda: shown(site, approval.target, draft.text), "the reply on the site")
    wait_for(lambda: demo.obligation(draft.obligation_id).state == "answered", "answered")
    with demo.database.read() as session:
        assert verify(session) == []
        assert check(session, datetime.now(UTC), sign=signature) == []
    review = httpx2.get(f"{site}/api/review/{approval.target}").json()
    assert [reply["text"] for reply in review["replies"]].count(draft.text) == 1


def test_the_login_link_works_once_and_leads_to_the_inbox(demo: Demo) -> None:
    link = demo.address(r"Log in once with +(\S+)")
    wait_for(lambda: answers(link), "the invitation")
    with httpx2.Client(follow_redirects=True) as browser:
        form = browser.get(link)
        assert form.status_code == 200
        assert "password" in form.text


def test_ctrl_c_ends_every_process(demo: Demo) -> None:
    demo.address(r"Gelassen runs at +(\S+)")
    wait_for(demo.waiting, "a draft")
    children = demo.children()
    assert len(children) >= 2
    demo.process.send_signal(signal.SIGINT)
    assert demo.process.wait(30) == 0
    wait_for(lambda: not any(map(alive, children)), "the end of the children", 10)


def test_a_killed_daemon_leaves_no_process_behind(demo: Demo) -> None:
    wait_for(demo.waiting, "a draft")
    children = demo.children()
    os.kill(demo.process.pid, signal.SIGKILL)
    demo.process.wait(10)
    wait_for(lambda: not any(map(alive, children)), "the end of the children", 10)


def test_a_throw_away_folder_goes_with_the_demo(tmp_path: Path) -> None:
    env = clean_environ(TMPDIR=str(tmp_path))
    with (tmp_path / "said").open("w") as said:
        process = subprocess.Popen(command("demo", "--port", 0, "--every", 0), env=env, stderr=said)
    wait_for(lambda: "Log in once" in (tmp_path / "said").read_text(), "the link")
    assert list(tmp_path.glob("gelassen-demo-*"))
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert not list(tmp_path.glob("gelassen-demo-*"))


def answers(address: str) -> bool:
    try:
        return httpx2.get(address, timeout=5).status_code == 200
    except httpx2.TransportError:
        return False


def shown(site: str, review: str, text: str) -> bool:
    replies = httpx2.get(f"{site}/api/review/{review}").json()["replies"]
    return any(reply["text"] == text for reply in replies)
