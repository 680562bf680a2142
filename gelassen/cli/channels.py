"""`gelassen channel`: the accounts that answer."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.cli.sites import Private, short_name, site
from gelassen.errors import UserError, WrongUse


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    channel = typer.Typer(help="Accounts that answer.", no_args_is_help=True)
    channel.command()(add)
    channel.command("list")(list_all)
    channel.command()(arm)
    channel.command()(pause)
    channel.command("test")(try_channel)
    app.add_typer(channel, name="channel")


def add(
    address: str,
    kind: Annotated[str, typer.Option(help="wordpress, demo or manual.")],
    name: Annotated[str, typer.Option(help="Short name.")] = "",
    account: Annotated[str, typer.Option(help="User name on that platform.")] = "",
    secret: Annotated[str, typer.Option(help="Name of the credential (default: the channel's name).")] = "",
    source: Annotated[list[str] | None, typer.Option(help="Source it answers for (default: same site).")] = None,
    allow_private: Private = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Add an account that answers. It starts in dry run: nothing goes out before `channel arm`."""
    from db.queries_sources import add_channel, get_source, list_sources
    from responder.publishers import PUBLISHERS

    if kind not in PUBLISHERS:
        raise WrongUse(f"There is no kind {kind!r} of channel. Kinds are {', '.join(sorted(PUBLISHERS))}.")
    wanted = name or short_name(address)
    with opened(data) as (_, database), database.write() as session:
        named = {one: get_source(session, one) for one in source or ()}
        if missing := [one for one, row in named.items() if row is None]:
            raise UserError(f"There is no source named {', '.join(missing)}.")
        fields = {"address": address, "account": account, "secret": secret or wanted}
        made = add_channel(session, wanted, kind, now=now(), settings={"allow_private": allow_private}, **fields)
        linked = [row for row in named.values() if row] or [
            row for row in list_sources(session) if row.channel_id is None and site(row.address) == site(address)
        ]
        for row in linked:
            row.channel_id = made.id
            session.add(row)
        names = [row.name for row in linked]
    if as_json:
        emit({"name": wanted, "kind": kind, "state": "dry_run", "sources": names})
    talk(f"{wanted} answers for: {', '.join(names) or 'no source yet'}. It is in dry run; see `gelassen channel test`.")


def list_all(data: Data = None, as_json: Json = False) -> None:
    """Show the channels."""
    from db.queries_sources import list_channels

    keys = ("name", "kind", "address", "account", "secret", "state", "state_reason")
    with opened(data) as (_, database), database.read() as session:
        rows = [{key: getattr(channel, key) for key in keys} for channel in list_channels(session)]
    if as_json:
        emit(rows)
    else:
        table(keys, (row.values() for row in rows))


def arm(
    name: str,
    waiting: Annotated[bool, typer.Option("--with-waiting", help="Also send what was approved meanwhile.")] = False,
    data: Data = None,
) -> None:
    """Let approved answers really go out through this channel."""
    _refuse_old_answers(name, waiting, data)
    _set_channel(data, name, "armed")
    talk(f"{name} is armed: approved answers go out after the undo time.")


def _refuse_old_answers(name: str, waiting: bool, data: Any) -> None:
    """Answers approved long ago may name days that have passed; a person looks at them before they leave."""
    from db.queries_outbox import waiting_at
    from gelassen.spans import local

    with opened(data) as (home, database), database.read() as session:
        count, oldest = waiting_at(session, name)
    if oldest and not waiting:
        since = local(oldest, home.settings.timezone)
        raise UserError(
            f"{count} approved answers wait for {name}, the oldest since {since}, and would leave at once. "
            "Read them on the page, take back what no longer fits, then: "
            f"gelassen channel arm {name} --with-waiting"
        )


def pause(name: str, data: Data = None) -> None:
    """Send nothing through this channel until it is armed again."""
    _set_channel(data, name, "paused")
    talk(f"{name} is paused. Approved answers wait.")


def try_channel(name: str, data: Data = None, as_json: Json = False) -> None:
    """Log in with the channel's secret and say who we are there; sends nothing."""
    from db.queries_sources import get_channel
    from gelassen.accounts import try_login

    with opened(data) as (_, database):
        with database.read() as session:
            channel = get_channel(session, name)
        if channel is None:
            raise UserError(f"There is no channel named {name!r}. `gelassen channel list` shows them.")
        said = try_login(channel)
    if as_json:
        emit({"name": name, "ok": True, "detail": said})
    talk(said)


def _set_channel(data: Any, name: str, state: str) -> None:
    from db.queries_sources import get_channel, set_channel_state
    from db.states import ChannelState

    with opened(data) as (_, database), database.write() as session:
        channel = get_channel(session, name)
        if channel is None or channel.id is None:
            raise UserError(f"There is no channel named {name!r}. `gelassen channel list` shows them.")
        set_channel_state(session, channel.id, ChannelState(state), actor="cli", why="command line", now=now())
