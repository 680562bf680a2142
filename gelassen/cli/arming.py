"""`gelassen channel arm`, `pause` and `test`: whether a channel sends, and whether it could."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, talk
from gelassen.errors import UserError

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Channel

UNKNOWN = "There is no channel named {!r}. `gelassen channel list` shows them."


def register(channel: typer.Typer) -> None:
    """Add the commands to the group `channel`."""
    channel.command()(arm)
    channel.command()(pause)
    channel.command("test")(try_channel)


def arm(
    name: str,
    waiting: Annotated[bool, typer.Option("--with-waiting", help="Also send what was approved meanwhile.")] = False,
    data: Data = None,
) -> None:
    """Let approved answers really go out through this channel."""
    _refuse_old_answers(name, waiting, data)
    channel = _set_state(data, name, "armed", "arm")
    talk(f"{name} is armed: approved answers go out after the undo time.")
    _warn_without_secret(channel)


def _refuse_old_answers(name: str, waiting: bool, data: Any) -> None:
    """Answers approved long ago may name days that have passed; a person looks at them before they leave."""
    from db.queries_outbox import waiting_at
    from gelassen.spans import local

    with opened(data) as (home, database), database.read() as session:
        sending_channel(session, name, "arm")
        count, oldest = waiting_at(session, name)
    if oldest and not waiting:
        since = local(oldest, home.settings.timezone)
        raise UserError(
            f"{count} approved answers wait for {name}, the oldest since {since}, and would leave at once. "
            "Read them on the page, take back what no longer fits, then: "
            f"gelassen channel arm {name} --with-waiting"
        )


def _warn_without_secret(channel: Channel) -> None:
    from gelassen.secrets import NoSecret, find_secret

    try:
        find_secret(channel.secret)
    except NoSecret as error:
        talk(f"Careful: {error} If only the daemon is given it, all is well; else the first answer stops the channel.")


def pause(name: str, data: Data = None) -> None:
    """Send nothing through this channel until it is armed again."""
    _set_state(data, name, "paused", "pause")
    talk(f"{name} is paused. Approved answers wait.")


def try_channel(name: str, data: Data = None, as_json: Json = False) -> None:
    """Log in with the channel's secret and say who we are there; sends nothing."""
    from gelassen.accounts import try_login

    with opened(data) as (_, database):
        with database.read() as session:
            channel = sending_channel(session, name, "test")
        said = try_login(channel)
    if as_json:
        emit({"name": name, "ok": True, "detail": said})
    talk(said)


def _set_state(data: Any, name: str, state: str, verb: str) -> Channel:
    from db.queries_sources import set_channel_state
    from db.states import ChannelState

    with opened(data) as (_, database), database.write() as session:
        channel = sending_channel(session, name, verb)
        set_channel_state(session, channel.id or 0, ChannelState(state), actor="cli", why="command line", now=now())
    return channel


def sending_channel(session: Session, name: str, verb: str) -> Channel:
    """The channel of that name. Raises `UserError` when there is none, or when people send for it by hand."""
    from db.queries_sources import get_channel
    from gelassen.accounts import needs_secret

    channel = get_channel(session, name)
    if channel is None:
        raise UserError(UNKNOWN.format(name))
    if not needs_secret(channel):
        raise UserError(f"{name} is a manual channel: people post its answers themselves, there is nothing to {verb}.")
    return channel
