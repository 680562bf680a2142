"""One Gelassen installation with its daemon, as the fault tests start, kill and inspect it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import httpx2
from sqlmodel import col, select

from db.engine import Database
from db.invariants import check
from db.models import Approval, Channel, Draft, Obligation, Post, Reply, Source, User
from db.moves import Conflict
from db.states import ChannelState, DraftState, ObligationState
from gelassen import home
from responder import approval
from tests.faults.platform import TOKEN, Platform, children_of
from tests.peers.wordpress import free_port

OPEN = col(Obligation.state) == ObligationState.OPEN


@dataclass
class Installation:
    """`say_yes` plays the person who approves; `problems` is what must always be empty."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    daemon: subprocess.Popen[bytes] | None = None
    database: Database = field(init=False)
    anna: User = field(init=False)

    def __post_init__(self) -> None:
        made = home.create(
            self.folder,
            business="Möbelhaus Lindner",
            signature="Anna Lindner",
            undo_seconds=0,
            crawl_delay=0.05,
            port=self.port,
            **self.settings,
        )
        self.database = made.open()
        now = datetime.now(UTC)
        self.anna = User(name="anna", roles=["approver"], created_at=now)
        with self.database.write() as session:
            session.add(self.anna)

    def watch(self, platform: Platform, *places: str) -> None:
        now = datetime.now(UTC)
        channel = Channel(
            name="demo", kind="demo", address=platform.url, secret="demo", state=ChannelState.ARMED,
            settings={"allow_private": True}, created_at=now,
        )  # fmt: skip
        with self.database.write() as session:
            session.add(channel)
            session.flush()
            for place in places:
                session.add(
                    Source(
                        name=place,
                        kind="schema_org",
                        address=f"{platform.url}/{place}",
                        allow_private=True,
                        cadence_seconds=10,
                        channel_id=channel.id,
                        next_look_at=now,
                        created_at=now,
                    )
                )

    def start(self) -> None:
        command = [sys.executable, "-m", "gelassen", "run", "--data", str(self.folder)]
        environment = {**os.environ, "GELASSEN_SECRET_DEMO": TOKEN}
        with (self.folder / "daemon.log").open("ab") as log:
            self.daemon = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment)

    def stop(self) -> None:
        if self.daemon and self.daemon.poll() is None:
            self.daemon.terminate()
            self.daemon.wait(timeout=20)

    def serving(self) -> bool:
        try:
            return httpx2.get(f"http://127.0.0.1:{self.port}/readyz", timeout=2).status_code == 200
        except httpx2.HTTPError:
            return False

    def kill(self, role: str) -> bool:
        """SIGKILL daemon, worker or poster; False when it is not running just now."""
        assert self.daemon
        pid = self.daemon.pid if role == "daemon" else children_of(self.daemon.pid).get(role)
        if pid is None:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        if role == "daemon":
            self.daemon.wait()
            self.start()
        return True

    def say_yes(self, at_most: int = 3) -> int:
        """Approve up to `at_most` waiting drafts that need nothing more, as Anna would."""
        with self.database.read() as session:
            waiting = session.exec(
                select(Draft)
                .join(Obligation, col(Obligation.id) == col(Draft.obligation_id))
                .where(col(Draft.state) == DraftState.WAITING, col(Obligation.state) == ObligationState.OPEN)
                .order_by(col(Draft.id))
            ).all()
        return sum(self._approve(draft) for draft in [d for d in waiting if not d.needs][:at_most])

    def _approve(self, draft: Draft) -> bool:
        assert draft.id is not None
        now = datetime.now(UTC)
        try:
            approval.approve(self.database, draft.id, draft.revision, self.anna, now=now, undo_seconds=0)
        except (Conflict, approval.Blocked):
            return False
        return True

    def go_on(self) -> None:
        """What Anna does once she knows that the platform works again: nobody waits for the next planned attempt."""
        for reply in self.replies():
            with suppress(Conflict):
                approval.try_now(self.database, reply.id or 0, self.anna, datetime.now(UTC))

    def problems(self) -> list[str]:
        with self.database.read() as session:
            return check(session, datetime.now(UTC))

    def unapproved(self, platform: Platform) -> list[tuple[str, str]]:
        """Answers that stand on the platform although nobody signed these words for that review."""
        with self.database.read() as session:
            signed = {
                (str(a.target).rpartition("/")[2].rpartition("#")[2], a.text) for a in session.exec(select(Approval))
            }
        return [pair for pair in platform.answers() if pair not in signed]

    def undrafted(self) -> bool:
        """Whether a duty still has no draft."""
        with self.database.read() as session:
            return bool(session.exec(select(Obligation.id).where(~col(Obligation.drafted), OPEN)).first())

    def unseen(self) -> bool:
        """Whether an answer that was sent has not been seen in public yet."""
        with self.database.read() as session:
            replied = col(Obligation.state) == ObligationState.REPLIED
            return bool(session.exec(select(Obligation.id).where(replied)).first())

    def forgotten(self, platform: Platform) -> list[str]:
        """Reviews on the platform that Gelassen does not know."""
        with self.database.read() as session:
            known = {str(external_id).rpartition("#")[2] for external_id in session.exec(select(Post.external_id))}
        return [review["id"] for review in platform.reviews() if review["id"] not in known]

    def replies(self) -> list[Reply]:
        with self.database.read() as session:
            return list(session.exec(select(Reply)).all())

    def wait_for(self, done: Callable[[], bool], seconds: float) -> bool:
        """Poll real processes until `done()`; there is nothing to await across process borders."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if done():
                return True
            time.sleep(0.1)
        return bool(done())
