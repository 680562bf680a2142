"""Whatever customers do, and wherever the worker ends: every wording has exactly one obligation."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy.exc import IntegrityError

from crawler.items import Post
from db import invariants
from db.engine import Database, open_database, sqlite_url
from db.migrate import upgrade
from db.models import Obligation, PostVersion
from responder.intake import receive
from tests.flow.people import COLD_FOOD, LONG_WAIT, PRAISE, add_source, answer, page, review, rows

NAMES = st.sampled_from(["r1", "r2", "r3"])
TEXTS = st.sampled_from([LONG_WAIT, LONG_WAIT.upper(), COLD_FOOD, PRAISE, ""])
STARS = st.sampled_from([1.0, 5.0, None])


class Customers(RuleBasedStateMachine):
    """A page of three reviews on which anything happens, and a store that must keep up."""

    template: Path | None = None

    @initialize()
    def open(self) -> None:
        self.folder = tempfile.mkdtemp(prefix="gelassen-laws-")
        if Customers.template is None:
            Customers.template = Path(tempfile.mkdtemp(prefix="gelassen-laws-")) / "empty.db"
            made = open_database(sqlite_url(Customers.template))
            upgrade(made)
            made.close()
        file = shutil.copy(Customers.template, Path(self.folder) / "store.db")
        self.database: Database = open_database(sqlite_url(Path(file)))
        self.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
        self.source = add_source(self.database, self.now)
        self.shown: dict[str, Post] = {}

    def crawl(self, *posts: Post) -> None:
        self.now += timedelta(minutes=10)
        receive(self.database, page(self.source, self.now, *posts), now=self.now)

    @rule(name=NAMES, text=TEXTS, stars=STARS, author=st.sampled_from(["u1", "u2"]))
    def a_customer_writes_or_edits(self, name: str, text: str, stars: float | None, author: str) -> None:
        before = self.shown.get(name)
        replies = before.owner_replies if before else []
        author = before.author_id if before else author
        self.shown[name] = review(name, text, rating=stars, author_id=author, owner_replies=replies)
        self.crawl(self.shown[name])

    @rule()
    def the_page_is_crawled_again(self) -> None:
        before = [duty.model_dump() for duty in rows(self.database, Obligation)]
        self.crawl(*self.shown.values())
        assert [duty.model_dump() for duty in rows(self.database, Obligation)] == before

    @rule(name=NAMES)
    def a_review_is_deleted(self, name: str) -> None:
        if name in self.shown:
            self.crawl(review(name, deleted=True))
            del self.shown[name]

    @rule(name=NAMES)
    def the_business_answers_on_the_platform(self, name: str) -> None:
        if name in self.shown:
            number = len(self.shown[name].owner_replies) + 1
            self.shown[name].owner_replies = [
                *self.shown[name].owner_replies,
                answer(f"Danke für Ihre Worte, {number}.", f"{name}-{number}", self.now + timedelta(minutes=10)),
            ]
            self.crawl(self.shown[name])

    @rule(name=NAMES, text=TEXTS)
    def the_worker_ends_before_its_commit(self, name: str, text: str) -> None:
        counted = len(rows(self.database, PostVersion))
        broken = review("r9", author_id="u9")
        broken.language = None  # type: ignore[assignment]
        with pytest.raises(IntegrityError, match="language"):
            self.crawl(review(name, text), broken)
        assert len(rows(self.database, PostVersion)) == counted

    @invariant()
    def every_wording_has_exactly_one_obligation(self) -> None:
        if not hasattr(self, "database"):
            return
        versions = [version.id for version in rows(self.database, PostVersion)]
        assert sorted(duty.post_version_id for duty in rows(self.database, Obligation)) == versions
        with self.database.read() as session:
            assert invariants.check(session, self.now) == []

    def teardown(self) -> None:
        if hasattr(self, "database"):
            self.database.close()
            shutil.rmtree(self.folder)


TestCustomers = Customers.TestCase
TestCustomers.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
