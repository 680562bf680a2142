"""Valid rows to start a test from: a customer's post, and step by step what happens to it.

Every function stores its row at once, so that the database refuses it here, and takes overrides of single columns.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from db.models import Approval, Author, Case, Channel, Draft, Obligation, Post, PostVersion, Reply, Source, User

Row = TypeVar("Row", bound=SQLModel)

number = count(1)
"""Makes names unique where a test does not care about them."""


def add(session: Session, row: Row) -> Row:
    """Store the row now."""
    session.add(row)
    session.flush()
    return row


def key(row: Any) -> int:
    """The primary key of a stored row."""
    assert isinstance(row.id, int)
    return row.id


def source(session: Session, now: datetime, **values: Any) -> Source:
    given = {"name": f"source {next(number)}", "kind": "feed", "address": "https://shop.example", "created_at": now}
    return add(session, Source(**(given | values)))


def channel(session: Session, now: datetime, **values: Any) -> Channel:
    return add(session, Channel(**({"name": f"channel {next(number)}", "kind": "demo", "created_at": now} | values)))


def user(session: Session, now: datetime, name: str = "", **values: Any) -> User:
    return add(session, User(**({"name": name or f"user {next(number)}", "created_at": now} | values)))


def post(session: Session, now: datetime, **values: Any) -> Post:
    """A post with its source, author and case, but without any version yet."""
    source_id = values.pop("source_id", None) or key(source(session, now))
    author = add(session, Author(source_id=source_id, external_id=f"author {next(number)}"))
    case = add(session, Case(author_id=key(author), created_at=now))
    given = {"source_id": source_id, "author_id": author.id, "case_id": case.id, "seen_at": now}
    return add(session, Post(**(given | {"external_id": f"post {next(number)}"} | values)))


def version(session: Session, now: datetime, of: Post, **values: Any) -> PostVersion:
    given = {"post_id": of.id, "text": "Drei Wochen warte ich.", "content_hash": "0" * 64, "seen_at": now}
    return add(session, PostVersion(**(given | values)))


def obligation(session: Session, now: datetime, of: PostVersion | None = None, **values: Any) -> Obligation:
    """The duty to answer `of`, by default the only version of a new post."""
    of = of or version(session, now, post(session, now))
    parent = session.get_one(Post, of.post_id)
    due = {"due_at": now + timedelta(hours=24), "holding_due_at": now + timedelta(hours=4), "created_at": now}
    given = {"post_id": of.post_id, "post_version_id": of.id, "case_id": parent.case_id, **due}
    return add(session, Obligation(**(given | values)))


def draft(session: Session, now: datetime, of: Obligation, **values: Any) -> Draft:
    of.drafted = True
    given = {"obligation_id": of.id, "text": "Guten Tag, danke.", "created_at": now, "updated_at": now}
    return add(session, Draft(**(given | values)))


def approval(session: Session, now: datetime, of: Draft, **values: Any) -> Approval:
    duty = session.get_one(Obligation, of.obligation_id)
    approver = session.exec(select(User)).first() or user(session, now, "Anna")
    signed = {"target": "post 1", "text": of.text, "sha256": "f" * 64, "approver_id": approver.id}
    given = {"draft_id": of.id, "obligation_id": duty.id, "post_version_id": duty.post_version_id, "kind": of.kind}
    of.state = "approved"
    return add(session, Approval(**(given | signed | {"approved_at": now, "undo_until": now} | values)))


def reply(session: Session, now: datetime, of: Approval, **values: Any) -> Reply:
    given = {"approval_id": of.id, "obligation_id": of.obligation_id, "kind": of.kind, "not_before": now}
    times = {"next_try_at": now, "created_at": now, "idempotency_key": f"key {next(number)}"}
    return add(session, Reply(**(given | times | values)))
