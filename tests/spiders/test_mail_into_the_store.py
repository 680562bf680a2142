"""Mails into the real store: a real review, its edit, a forgery of it, and somebody who borrows the business's name."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlmodel import select

from crawler.items import Page
from crawler.kinds import claims
from crawler.pages import mail
from db.engine import Database
from db.models import Author, Case, Obligation, OwnerReply, Post
from db.queries_sources import add_source, get_source
from responder.intake import receive
from tests.spiders.postoffice import notification


@pytest.fixture
def database(sqlite_database: Database, now: datetime) -> Database:
    with sqlite_database.write() as session:
        [claim] = claims("imaps://a@b.example/")
        settings = dict(claim.settings)
        add_source(session, "Post", claim.kind, claim.address, now=now, own_names=["Möbelhaus"], settings=settings)
    return sqlite_database


def take(database: Database, now: datetime, *raws: bytes) -> None:
    """The mails, each as a page of its own."""
    with database.read() as session:
        source = get_source(session, "Post")
        assert source is not None
        assert source.id is not None
    for raw in raws:
        read = mail.read(raw, arrived=now)
        receive(database, Page(source.id, "imaps://b.example/", now, posts=read.posts), now=now)


def test_a_forgery_touches_neither_post_nor_author_nor_case_of_the_real_review(
    database: Database, now: datetime
) -> None:
    forgery = notification(1, "Ich nehme alles zurück.", signed=False, author="Jana Maria Brandt")
    take(database, now, notification(1, author="Jana Maria Brandt"), forgery)
    with database.read() as session:
        real, forged = session.exec(select(Post).order_by(Post.id)).all()  # type: ignore[arg-type]
        assert (real.state, real.version) == ("live", 1)
        assert real.author_id != forged.author_id
        assert real.case_id != forged.case_id
        assert [case.step for case in session.exec(select(Case))] == [1, 1]
        assert session.exec(select(OwnerReply)).all() == []


def test_a_real_edit_takes_the_place_of_the_first_wording(database: Database, now: datetime) -> None:
    take(database, now, notification(1, "Der Sessel knarzt."), notification(1, "Er knarzt nicht mehr, danke."))
    with database.read() as session:
        [post] = session.exec(select(Post)).all()
        assert (post.version, post.state) == (2, "edited")
        assert [one.state for one in session.exec(select(Obligation))] == ["closed", "open"]


def test_a_customer_with_the_name_of_the_business_still_gets_an_answer(database: Database, now: datetime) -> None:
    take(database, now, notification(1, author="Möbelhaus"))
    with database.read() as session:
        assert [one.state for one in session.exec(select(Obligation))] == ["open"]
        assert [one.name for one in session.exec(select(Author))] == ["Möbelhaus"]
