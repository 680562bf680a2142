"""A house with people, posts and drafts, and browsers that talk to its page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlmodel import SQLModel, col, select
from starlette.testclient import TestClient

from crawler.items import Page, Post
from db.engine import Database
from db.models import Channel, Draft, Obligation, PostVersion, Source, User
from db.queries_sources import add_channel, add_source, set_health
from responder import passwords, people
from responder.intake import receive
from responder.passwords import hash_password
from responder.reading.model import Reading
from responder.replied import add_draft
from responder.web import PageSettings, create_app

Row = TypeVar("Row", bound=SQLModel)
PASSWORD = "Der Himmel ist heute blau"
SAME_ORIGIN = {"sec-fetch-site": "same-origin"}
CALM = (
    "Guten Tag, danke, dass Sie das so klar schreiben. Drei Wochen auf den Sessel zu warten, das tut mir leid. "
    "Ich sehe heute nach, wo die Sendung steht, und nenne Ihnen hier bis Dienstag, 24. November, den Liefertag. "
    "Jana Brandt"
)
ANGRY = "Drei Wochen warte ich jetzt auf den Sessel, und am Telefon geht keiner ran. Nie wieder."


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """argon2id at its lowest cost; `tests/web/test_passwords.py` looks at the real one."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "hasher", lambda: quick)
        patch.setattr(passwords, "NOBODY", quick.hash("thrown away"))
        yield


@pytest.fixture(scope="session")
def password_hash(quick_passwords: None) -> str:
    """Everybody's password, hashed once."""
    return hash_password(PASSWORD)


def fall_ill(house: House) -> None:
    """The first source of the house lives well; the second one lists fewer posts than usual."""
    newest = int(house.clock().timestamp()) - 86400
    well = {"rhythm": 3 * 86400, "read": 10, "met": 10, "times": [newest]}
    ill = {"rhythm": 6 * 3600, "read": 6, "met": 7, "times": [newest], "doubts": {"fewer": {}}}
    why = "The list shows 6 of usually 20 posts. Part of the page may have a new layout."
    with house.database.write() as session:
        first, second = session.exec(select(Source).order_by(col(Source.id)).limit(2)).all()
        first.vitals, first.last_good_at, first.published_total = well, house.clock(), 128
        second.vitals, second.last_good_at = ill, house.clock() - timedelta(days=1)
        set_health(session, second.id or 0, False, why, house.clock())


@dataclass
class Clock:
    """Time that only moves when a test says so."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, **delta: float) -> None:
        self.at += timedelta(**delta)


@dataclass
class House:
    """A business with four people: Anna approves, Ben drafts, Vera only looks, Ada administers."""

    database: Database
    clock: Clock
    settings: PageSettings
    password_hash: str
    woken: list[datetime] = field(default_factory=list)
    app: FastAPI = field(init=False)

    def __post_init__(self) -> None:
        self.app = create_app(
            self.database, now=self.clock, settings=self.settings, wake=lambda: self.woken.append(self.clock())
        )
        for name, roles in (
            ("Anna", ["drafter", "approver"]),
            ("Ben", ["drafter"]),
            ("Vera", ["viewer"]),
            ("Ada", ["admin"]),
        ):
            self.person(name, roles)

    def person(self, name: str, roles: list[str]) -> None:
        with self.database.write() as session:
            session.add(
                User(
                    name=name,
                    display_name=name,
                    roles=roles,
                    password_hash=self.password_hash,
                    created_at=self.clock(),
                )
            )

    def user(self, name: str) -> User:
        with self.database.read() as session:
            return session.exec(select(User).where(col(User.name) == name)).one()

    def browser(self, name: str = "", **headers: str) -> TestClient:
        """A browser on this machine; logged in as `name` if given. It sends what browsers send from our own page."""
        client = TestClient(
            self.app, "http://localhost", headers=SAME_ORIGIN | headers, follow_redirects=False,
            raise_server_exceptions=False,
        )  # fmt: skip
        if name:
            client.cookies.set(self.settings.cookie, people.log_in(self.database, self.user(name), self.clock()))
        return client

    def source(self, name: str = "Möbelhaus", channel: bool = True, **values: Any) -> Source:
        with self.database.write() as session:
            found = None
            if channel:
                found = add_channel(session, f"Konto {name}", "demo", now=self.clock(), address="http://localhost:1/")
            return add_source(
                session, name, "schema_org", f"https://example.org/{name}", now=self.clock(),
                channel_id=found.id if isinstance(found, Channel) else None, **values,
            )  # fmt: skip

    def post(self, source: Source, text: str = ANGRY, **values: Any) -> int:
        """A customer writes; returns the id of the obligation to answer it."""
        values = {"external_id": f"p{self._count()}", "author_id": "petra", "author_name": "Petra M.", **values}
        post = Post(text=text, **{"created_at": self.clock(), "rating": 1.0, **values})
        receive(self.database, Page(source.id or 0, source.address, self.clock(), [post]), now=self.clock())
        with self.database.read() as session:
            return session.exec(select(col(Obligation.id)).order_by(col(Obligation.id).desc())).first() or 0

    def draft(self, obligation_id: int, text: str = CALM, reading: Reading | None = None, **values: Any) -> int:
        """What the worker would do: a reading and a waiting draft; returns the draft's id."""
        now = self.clock()
        draft = Draft(obligation_id=obligation_id, text=text, created_at=now, updated_at=now, **values)
        with self.database.write() as session:
            duty = session.get_one(Obligation, obligation_id)
            version = session.get_one(PostVersion, duty.post_version_id)
            duty.drafted = True
            version.reading = (reading or Reading(language="de", sentiment="negative", anger=1)).as_json()
            session.add_all([duty, version])
            add_draft(session, draft, actor="worker", why="drafted", now=now)
        return draft.id or 0

    def waiting(self, source: Source | None = None, text: str = ANGRY, draft: str = CALM, **values: Any) -> int:
        """A post with a draft, ready to be approved; returns the obligation's id."""
        obligation_id = self.post(source or self.source(), text, **values)
        self.draft(obligation_id, draft)
        return obligation_id

    def draft_of(self, obligation_id: int) -> Draft:
        """The newest draft of an obligation."""
        with self.database.read() as session:
            query = select(Draft).where(col(Draft.obligation_id) == obligation_id).order_by(col(Draft.id).desc())
            return session.exec(query).first() or pytest.fail("there is no draft")

    def rows(self, table: type[Row]) -> list[Row]:
        with self.database.read() as session:
            return list(session.exec(select(table)))

    def _count(self) -> int:
        return len(self.rows(PostVersion)) + 1


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def kept_in(sqlite_database: Database) -> Database:
    """Where the house keeps its rows. Modules about queries replace it by `database`, to run on PostgreSQL as well."""
    return sqlite_database


@pytest.fixture
def build(kept_in: Database, clock: Clock, password_hash: str) -> Callable[..., House]:
    """A function that builds a house with other settings."""

    def make(**settings: Any) -> House:
        return House(kept_in, clock, PageSettings(business="Möbelhaus Brandt", **settings), password_hash)

    return make


@pytest.fixture
def house(build: Callable[..., House]) -> House:
    return build()
