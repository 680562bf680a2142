"""`gelassen channel`: the accounts that answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli import arming
from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.cli.sites import Private, short_name, site
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Source

Address = Annotated[str | None, typer.Option("--address", help="New address of the platform.", show_default=False)]
Account = Annotated[str | None, typer.Option(help="New user name on that platform.", show_default=False)]
Secret = Annotated[str | None, typer.Option(help="New name of the credential.", show_default=False)]
Released = Annotated[list[str] | None, typer.Option("--release", help="Source it answers for no longer.")]
MayBePrivate = Annotated[
    bool | None,
    typer.Option("--allow-private/--no-allow-private", help="Allow an address in your own network or not."),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    channel = typer.Typer(help="Accounts that answer.", no_args_is_help=True)
    channel.command()(add)
    channel.command("list")(list_all)
    channel.command("set")(change)
    channel.command()(remove)
    arming.register(channel)
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
    from db.queries_channels import link_sources
    from db.queries_sources import add_channel, list_sources
    from responder.publishers import PUBLISHERS

    if kind not in PUBLISHERS:
        raise WrongUse(f"There is no kind {kind!r} of channel. Kinds are {', '.join(sorted(PUBLISHERS))}.")
    wanted = name or short_name(address)
    with opened(data) as (_, database), database.write() as session:
        fields = {"address": address, "account": account, "secret": secret or wanted}
        linked = _sources(session, source or ()) or [
            row for row in list_sources(session) if row.channel_id is None and site(row.address) == site(address)
        ]
        made = add_channel(session, wanted, kind, now=now(), settings={"allow_private": allow_private}, **fields)
        link_sources(session, made, linked)
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


def change(
    name: str,
    address: Address = None,
    account: Account = None,
    secret: Secret = None,
    source: Annotated[list[str] | None, typer.Option(help="Source it answers for from now on.")] = None,
    release: Released = None,
    allow_private: MayBePrivate = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Change a channel. Another address or account puts it back to dry run, and what waits is approved again."""
    from db.queries_channels import change_channel, link_sources, lock_channel, use_of

    given = {"address": address, "account": account, "secret": secret}
    values: dict[str, Any] = {key: value for key, value in given.items() if value is not None}
    if not (values or source or release or allow_private is not None):
        raise WrongUse("Say what to change: --address, --account, --secret, --source, --release or --allow-private.")
    with opened(data) as (_, database), database.write() as session:
        channel = lock_channel(session, name)
        if channel is None:
            raise UserError(arming.UNKNOWN.format(name))
        if allow_private is not None:
            values["settings"] = channel.settings | {"allow_private": allow_private}
        somebody_else = change_channel(session, channel, actor="cli", now=now(), **values)
        _release(session, channel.id, name, release or ())
        link_sources(session, channel, _sources(session, source or ()))
        session.flush()
        use = use_of(session, channel)
    if as_json:
        emit({"name": name, "kind": channel.kind, "state": channel.state, "sources": use.sources})
    talk(f"{name} is changed. It answers for: {', '.join(use.sources) or 'no source'}.")
    if somebody_else:
        _tell_new_account(name, channel.state, use.waiting)


def _tell_new_account(name: str, state: str, waiting: int) -> None:
    talk(f"It speaks as somebody else now and is in state {state}. Next: gelassen channel test {name}, then arm it.")
    if waiting:
        talk(
            f"{waiting} answers that wait were approved for the old account. They do not leave through the new one: "
            "once it is armed they come back to the page and are approved again."
        )


def remove(name: str, data: Data = None) -> None:
    """Remove a channel on which nothing hangs any more."""
    from db.queries_channels import lock_channel, remove_channel

    with opened(data) as (_, database), database.write() as session:
        channel = lock_channel(session, name)
        if channel is None:
            raise UserError(arming.UNKNOWN.format(name))
        remove_channel(session, channel, actor="cli", now=now())
    talk(f"{name} is removed.")


def _sources(session: Session, names: Iterable[str]) -> list[Source]:
    """The sources of these names. Raises `UserError` naming those that do not exist."""
    from db.queries_sources import get_source

    named = {one: get_source(session, one) for one in names}
    if missing := [one for one, row in named.items() if row is None]:
        raise UserError(f"There is no source named {', '.join(missing)}.")
    return [row for row in named.values() if row]


def _release(session: Session, channel_id: int | None, name: str, names: Iterable[str]) -> None:
    """From now on people answer by hand at these sources."""
    for row in _sources(session, names):
        if row.channel_id != channel_id:
            raise UserError(f"{name} does not answer for {row.name}.")
        row.channel_id = None
        session.add(row)
