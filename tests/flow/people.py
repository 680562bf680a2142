"""Builders for the flow tests: a source, its channel, posts as a crawler hands them over, and the four people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, select

from crawler.items import OwnerReply, Page, Post
from db.engine import Database
from db.models import Channel, Source, User

T = TypeVar("T", bound=SQLModel)

LONG_WAIT = "Wir haben am Samstag fast eine Stunde auf das Essen gewartet, und niemand hat sich entschuldigt."
COLD_FOOD = "Das Schnitzel kam kalt an den Tisch und der Kellner war unfreundlich."
PRAISE = "Sehr freundliche Bedienung, das Frühstück war ausgezeichnet!"


def add_source(database: Database, now: datetime, *, channel: str | None = "armed", **values: Any) -> int:
    """A watched page, by default with an armed WordPress-like channel; `channel=None` is answered by hand."""
    with database.write() as session:
        channel_id = _add_channel(session, now, channel) if channel else None
        given: dict[str, Any] = {"name": "gasthaus", "kind": "schema_org", "address": "https://gasthaus.example/"}
        source = Source(**(given | {"channel_id": channel_id, "created_at": now} | values))
        session.add(source)
        session.flush()
        assert source.id is not None
        return source.id


def _add_channel(session: Session, now: datetime, state: str) -> int | None:
    channel = Channel(
        name=f"kanal-{state}", kind="fake", address="https://gasthaus.example/", state=state, created_at=now
    )
    session.add(channel)
    session.flush()
    return channel.id


def add_user(database: Database, name: str, roles: Sequence[str], now: datetime) -> User:
    with database.write() as session:
        user = User(name=name, display_name=name.title(), roles=list(roles), created_at=now)
        session.add(user)
        session.flush()
    return user


def review(external_id: str = "r1", text: str = LONG_WAIT, **values: Any) -> Post:
    """One review of Sabine Huber, two of five stars, unless said otherwise."""
    given: dict[str, Any] = {
        "rating": 2.0,
        "rating_best": 5.0,
        "rating_worst": 1.0,
        "author_name": "Sabine Huber",
        "author_id": "u1",
    }
    return Post(external_id=external_id, text=text, **(given | values))


def answer(text: str, external_id: str = "a1", created_at: datetime | None = None) -> OwnerReply:
    return OwnerReply(external_id=external_id, text=text, created_at=created_at, author_name="Gasthaus Linde")


def page(source_id: int, now: datetime, *posts: Post, **values: Any) -> Page:
    return Page(source_id=source_id, url="https://gasthaus.example/", fetched_at=now, posts=list(posts), **values)


def rows(database: Database, table: type[T]) -> list[T]:
    """All rows of a table in the order of their ids."""
    with database.read() as session:
        columns: Any = table
        return list(session.exec(select(table).order_by(columns.id)))
