"""Changing and removing channels: nothing leaves through an account it was not approved for, nothing loses its way."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from db import queries_channels as channels
from db.audit import verify
from db.engine import Database
from db.models import Channel, Source, Transition
from db.queries_sources import get_channel, get_source
from tests.store import rows


@pytest.fixture
def blog(database: Database, now: datetime) -> str:
    """An armed channel that answers for one source, `shop`."""
    with database.write() as session:
        channel = rows.channel(
            session, now, name="blog", kind="wordpress", address="https://blog.example", account="rosi", state="armed"
        )
        rows.source(session, now, name="shop", channel_id=channel.id)
    return "blog"


def add_reply(database: Database, now: datetime, state: str) -> None:
    """An answer that was approved for the channel and is in `state`."""
    with database.write() as session:
        channel, source = get_channel(session, "blog"), get_source(session, "shop")
        assert channel is not None
        assert source is not None
        post = rows.post(session, now, source_id=source.id)
        draft = rows.draft(session, now, rows.obligation(session, now, rows.version(session, now, post)))
        approval = rows.approval(session, now, draft, channel_id=channel.id)
        rows.reply(session, now, approval, channel_id=channel.id, state=state)


def change(database: Database, now: datetime, **values: object) -> tuple[bool, Channel]:
    with database.write() as session:
        channel = channels.lock_channel(session, "blog")
        assert channel is not None
        somebody_else = channels.change_channel(session, channel, actor="cli", now=now, **values)
    return somebody_else, channel


def put_in_state(database: Database, state: str) -> None:
    with database.write() as session:
        session.execute(update(Channel).values(state=state))


def stored(database: Database) -> Channel | None:
    with database.read() as session:
        return get_channel(session, "blog")


def trail(database: Database) -> list[tuple[str, str, str]]:
    with database.read() as session:
        assert verify(session) == []
        return [(row.before, row.after, row.why) for row in session.exec(select(Transition))]


@pytest.mark.parametrize("values", [{"account": "jana"}, {"address": "https://neu.example"}])
@pytest.mark.parametrize("state", ["armed", "failed"])
def test_another_account_puts_a_channel_back_to_dry_run(
    database: Database, now: datetime, blog: str, values: dict[str, str], state: str
) -> None:
    put_in_state(database, state)
    somebody_else, _ = change(database, now, **values)
    found = stored(database)
    assert found is not None
    assert (somebody_else, found.state) == (True, "dry_run")
    assert {key: getattr(found, key) for key in values} == values
    assert trail(database) == [(state, "dry_run", f"changed: {next(iter(values))}")]


@pytest.mark.parametrize("state", ["dry_run", "paused"])
def test_a_channel_that_sends_nothing_keeps_its_state(database: Database, now: datetime, blog: str, state: str) -> None:
    put_in_state(database, state)
    change(database, now, account="jana")
    found = stored(database)
    assert found is not None
    assert (found.account, found.state) == ("jana", state)
    assert trail(database) == [(state, state, "changed: account")]


def test_another_secret_or_permission_leaves_an_armed_channel_armed(
    database: Database, now: datetime, blog: str
) -> None:
    somebody_else, channel = change(database, now, secret="new", settings={"allow_private": True})
    assert (somebody_else, channel.state) == (False, "armed")
    assert trail(database) == [("armed", "armed", "changed: secret, settings")]


def test_the_same_values_change_nothing(database: Database, now: datetime, blog: str) -> None:
    somebody_else, channel = change(database, now, account="rosi", address="https://blog.example")
    assert (somebody_else, channel.state, trail(database)) == (False, "armed", [])


@pytest.mark.parametrize("state", ["sending", "unknown", "pending"])
def test_the_account_stays_while_a_reply_is_in_doubt(database: Database, now: datetime, blog: str, state: str) -> None:
    add_reply(database, now, state)
    with pytest.raises(channels.ChannelInUse, match="1 answers through blog"):
        change(database, now, account="jana")
    change(database, now, secret="renewed")
    found = stored(database)
    assert found is not None
    assert (found.account, found.secret, found.state) == ("rosi", "renewed", "armed")


@pytest.mark.parametrize("state", ["planned", "confirmed", "refused"])
def test_the_account_changes_when_nothing_is_in_doubt(database: Database, now: datetime, blog: str, state: str) -> None:
    add_reply(database, now, state)
    assert change(database, now, account="jana")[0]


def remove(session: Session, now: datetime) -> None:
    channel = channels.lock_channel(session, "blog")
    assert channel is not None
    channels.remove_channel(session, channel, actor="cli", now=now)


def refusal(database: Database, now: datetime) -> str:
    """Why the channel cannot be removed; it is still there."""
    with database.write() as session, pytest.raises(channels.ChannelInUse) as error:
        remove(session, now)
    assert stored(database) is not None
    assert trail(database) == []
    return str(error.value)


def release(database: Database) -> None:
    with database.write() as session:
        session.execute(update(Source).values(channel_id=None))


def test_a_channel_with_a_source_is_not_removed_and_names_it(database: Database, now: datetime, blog: str) -> None:
    said = refusal(database, now)
    assert "it answers for shop (gelassen channel set blog --release shop)" in said
    assert "answers wait" not in said


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        ("planned", "1 approved answers wait for it"),
        ("sending", "1 answers are in doubt"),
        ("unknown", "1 answers are in doubt"),
        ("pending", "1 answers are in doubt"),
        ("confirmed", "1 answers were approved for it"),
        ("cancelled", "1 answers were approved for it"),
    ],
)
def test_a_channel_with_answers_is_not_removed_and_says_which(
    database: Database, now: datetime, blog: str, state: str, reason: str
) -> None:
    add_reply(database, now, state)
    release(database)
    said = refusal(database, now)
    assert reason in said
    assert "shop" not in said


def test_every_reason_is_named_at_once(database: Database, now: datetime, blog: str) -> None:
    for state in ("planned", "unknown"):
        add_reply(database, now, state)
    said = refusal(database, now)
    for words in ("answers for shop", "answers wait", "in doubt"):
        assert words in said


def test_a_channel_on_which_nothing_hangs_is_removed_with_a_line_in_the_trail(
    database: Database, now: datetime, blog: str
) -> None:
    release(database)
    with database.write() as session:
        remove(session, now)
    assert stored(database) is None
    assert trail(database) == [("armed", "removed", "removed")]


def test_sources_are_handed_from_one_channel_to_another(database: Database, now: datetime, blog: str) -> None:
    with database.write() as session:
        other, shop = rows.channel(session, now, name="other"), get_source(session, "shop")
        assert shop is not None
        channels.link_sources(session, other, [shop])
    with database.read() as session:
        first, second = get_channel(session, "blog"), get_channel(session, "other")
        assert first is not None
        assert second is not None
        assert (channels.use_of(session, first).sources, channels.use_of(session, second).sources) == ((), ("shop",))
