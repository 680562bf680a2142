"""What a look is told beforehand: the newest post, and the posts that wait for an answer."""

from __future__ import annotations

from datetime import datetime

from db.engine import Database
from db.models import Obligation, Post
from db.queries_look import newest_post, waiting_posts
from responder.intake import receive
from tests.flow.people import add_source, answer, page, review, rows


def test_in_an_empty_store_the_newest_post_has_number_zero(database: Database) -> None:
    with database.read() as session:
        assert newest_post(session) == 0


def test_later_posts_have_higher_numbers_than_the_newest_before(database: Database, now: datetime) -> None:
    source = add_source(database, now)
    receive(database, page(source, now, review("r1"), review("r2")), now=now)
    with database.read() as session:
        newest = newest_post(session)
    receive(database, page(source, now, review("r3")), now=now)
    later = [post.id or 0 for post in rows(database, Post) if post.external_id == "r3"]
    assert 0 < newest < later[0]


def test_open_posts_of_the_source_wait_and_answered_or_deleted_ones_do_not(database: Database, now: datetime) -> None:
    source, other = add_source(database, now), add_source(database, now, name="anderswo", channel=None)
    answered = review("r2", owner_replies=[answer("Danke.")])
    receive(database, page(source, now, review("r1", url="https://gasthaus.example/r1"), answered), now=now)
    receive(database, page(source, now, review("r3"), review("r4")), now=now)
    receive(database, page(source, now, review("r4", deleted=True)), now=now)
    receive(database, page(other, now, review("r1")), now=now)
    with database.read() as session:
        waiting = waiting_posts(session, source)
    assert [(post.external_id, post.url) for post in waiting] == [("r1", "https://gasthaus.example/r1"), ("r3", "")]
    assert len(rows(database, Obligation)) == 5
