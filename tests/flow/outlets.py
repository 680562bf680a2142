"""A fake outlet in memory that keeps what was posted and misbehaves on command, and the way to an approved reply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from db import lease
from db.engine import Database
from db.models import Approval, Channel, Draft, Obligation, Reply, User
from responder.approval import approve
from responder.intake import receive
from responder.outbox import send_due
from responder.publishers.base import Doubles, Limits, Outcome, Outgoing, Publisher, Result, Standing
from tests.flow.people import add_source, add_user, page, review, rows

CALM = (
    "Guten Tag Frau Huber, danke, dass Sie uns von dem langen Warten am Samstag schreiben. Es tut uns leid, dass Sie "
    "fast eine Stunde auf Ihr Essen warten mussten. Wir sehen uns den Ablauf in der Küche an und melden uns bis "
    "Mittwoch, 25. November, hier bei Ihnen. Was wäre für Sie eine gute Lösung?\n\nRosi Beck"
)


class Killed(BaseException):
    """The process ends here, as by SIGKILL: nothing behind this point runs."""


@dataclass
class Outlet:
    """`then` and `first` name an outcome or exception for the next sends: after accepting the text, or instead."""

    posted: list[str] = field(default_factory=list)
    stands: Standing = field(default_factory=lambda: Standing(exists=True))
    first: list[Outcome | BaseException] = field(default_factory=list)
    then: list[Outcome | BaseException] = field(default_factory=list)
    finds: list[Outcome | BaseException] = field(default_factory=list)
    kind: str = "fake"
    doubles: Doubles = Doubles.LIST_THEN_POST
    limits: Limits = field(default_factory=lambda: Limits(0, "chars"))
    timeout_seconds: float = 5.0
    settle_seconds: float = 60.0

    def standing(self, outgoing: Outgoing) -> Standing:
        return self.stands

    def send(self, outgoing: Outgoing) -> Outcome:
        if self.first:
            return _play(self.first)
        self.posted.append(outgoing.text)
        return _play(self.then) if self.then else Outcome(Result.OK, f"a{len(self.posted)}", "https://x.example/#a1")

    def find(self, outgoing: Outgoing) -> Outcome:
        if self.finds:
            return _play(self.finds)
        if outgoing.text in self.posted:
            return Outcome(Result.OK, f"a{self.posted.index(outgoing.text) + 1}", "https://x.example/#a1")
        return Outcome(Result.REFUSED, detail="The reply is not there.")


def _play(script: list[Outcome | BaseException]) -> Outcome:
    step = script.pop(0)
    if isinstance(step, BaseException):
        raise step
    return step


@dataclass
class House:
    """A database with one review of two stars, a waiting draft, and Anna who approves."""

    database: Database
    now: datetime
    outlet: Outlet = field(default_factory=Outlet)
    source: int = 0
    anna: User = field(init=False)
    epoch: int = 1

    @classmethod
    def open(cls, database: Database, now: datetime, *, channel: str | None = "armed", **values: Any) -> House:
        house = cls(database, now)
        house.source = add_source(database, now, channel=channel, **values)
        house.anna = add_user(database, "anna", ["approver"], now)
        house.epoch = house.take_lease("poster-1")
        receive(database, page(house.source, now, review()), now=now)
        house.draft(CALM)
        return house

    def draft(self, text: str = CALM, **values: Any) -> int:
        with self.database.write() as session:
            given: dict[str, Any] = {"obligation_id": 1, "text": text, "created_at": self.now, "updated_at": self.now}
            draft = Draft(**(given | values))
            session.add(draft)
            obligation = session.get(Obligation, draft.obligation_id)
            assert obligation is not None
            obligation.drafted = True
            session.add(obligation)
            session.flush()
            assert draft.id is not None
            return draft.id

    def take_lease(self, owner: str) -> int:
        with self.database.write() as session:
            epoch = lease.acquire(session, "poster", owner, self.now, timedelta(0))
        assert epoch is not None
        return epoch

    def approve(self, draft_id: int = 1, revision: int = 1, *, undo_seconds: float = 0, **values: Any) -> Approval:
        return approve(self.database, draft_id, revision, self.anna, now=self.now, undo_seconds=undo_seconds, **values)

    def send(self, publishers: Callable[[Channel], Publisher] | None = None) -> int:
        return send_due(
            self.database, publishers or (lambda _channel: self.outlet), now=lambda: self.now, epoch=self.epoch
        )

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    @property
    def reply(self) -> Reply:
        return rows(self.database, Reply)[-1]

    @property
    def duty(self) -> Obligation:
        return rows(self.database, Obligation)[0]
