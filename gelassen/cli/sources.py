"""`gelassen source`: the places we watch."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain, count
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli import recognising, saved_mail, source_changes
from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.cli.recognising import show, title
from gelassen.cli.sites import Private, may_be_address, same_site, short_name
from gelassen.cli.source_changes import UNKNOWN, OwnId, Secret, Setting
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from sqlmodel import Session

    from crawler.spiders.scout import Found


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    source = typer.Typer(help="Places we watch.", no_args_is_help=True)
    source.command()(add)
    source.command("list")(list_sources)
    source.command("test")(try_source)
    source.command("set")(source_changes.change)
    source.command()(pause)
    source.command()(resume)
    source.command()(source_changes.remove)
    app.add_typer(source, name="source")


def add(
    address: str,
    kind: Annotated[str, typer.Option(help="Kind of source; recognised by itself. See docs/sources.md.")] = "",
    name: Annotated[str, typer.Option(help="Short name; made from the address by itself.")] = "",
    locale: Annotated[str, typer.Option(help="de-DE, de-AT, de-CH, en, fr or it.")] = "",
    form: Annotated[str, typer.Option("--address", help="Form of address: sie or du.")] = "",
    confidential: Annotated[bool, typer.Option(help="Never confirm that somebody is a customer.")] = False,
    since: Annotated[str, typer.Option(help="Answer only posts from this date on, e.g. 2026-11-01.")] = "",
    every: Annotated[str, typer.Option(help="How often to look, e.g. 15m.")] = "15m",
    allow_private: Private = False,
    own_name: Annotated[list[str] | None, typer.Option(help="Name you answer under there; may be repeated.")] = None,
    own_id: OwnId = None,
    setting: Setting = None,
    channel: Annotated[str, typer.Option(help="The channel that answers there.")] = "",
    secret: Secret = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Recognise what is at ADDRESS, show what was found, and watch it from now on."""
    from db.queries_sources import add_source, list_channels
    from gelassen.source_settings import merged
    from gelassen.spans import seconds, start_of_day

    with opened(data) as (home, database):
        settings = home.settings
        locale, form = locale or settings.locale, form or settings.address
        source_changes.check_voice(locale, form)
        recognising.check_kind(kind)
        given = _given(address, kind, setting or [], own_id)
        found = recognising.recognise(
            home,
            address,
            kind,
            allow_private=allow_private,
            secret=secret,
            settings=merged({}, given),
            as_json=as_json,
        )
        show(found)
        fields: dict[str, Any] = {
            "locale": locale,
            "address_form": form,
            "confidential": confidential,
            "allow_private": allow_private,
            "cadence_seconds": max(10, seconds(every)),
            "answer_from": start_of_day(since, settings.timezone) if since else None,
            "own_names": list(own_name or ([settings.business] if settings.business else [])),
            "secret": secret,
            "settings": merged(found.settings, given),
        }
        with database.write() as session:
            _refuse_twice(session, found)
            chosen = source_changes.channel_named(session, channel) if channel else None
            chosen = chosen or same_site(list_channels(session), found.address)
            fields["channel_id"] = chosen.id if chosen else None
            wanted = name or _free_name(session, short_name(found.address))
            add_source(session, wanted, found.kind, found.address, now=now(), **fields)
    if as_json:
        emit({"name": wanted, "kind": found.kind, "address": found.address, "found": len(found.sample)})
    talk(f"Watching {wanted} ({title(found.kind)}), every {every}. Next: gelassen crawl {wanted}")


def list_sources(data: Data = None, as_json: Json = False) -> None:
    """Show the sources and how they are."""
    from db.queries_status import source_statuses

    with opened(data) as (home, database), database.read() as session:
        rows = [asdict(row) for row in source_statuses(session, now())]
    if as_json:
        emit(rows)
    else:
        shown = ("name", "kind", "health", "why", "last_good", "posts", "open", "overdue")
        told = [row | {"kind": title(row["kind"])} for row in rows]
        table(shown, ([row[key] for key in shown] for row in told), home.settings.timezone)


def try_source(
    target: str, allow_private: Private = False, secret: Secret = "", data: Data = None, as_json: Json = False
) -> None:
    """Fetch a source (by name, as it is stored) or any address; show what is read, what is left and why.

    A mail that was saved as a file (.eml) is read by the rules for mails, step by step. Nothing is stored.
    """
    from crawler.kinds import claims, meant
    from db.queries_sources import NothingToLookAt, get_source

    with opened(data) as (home, database):
        if saved_mail.is_one(target):
            saved_mail.show(home, database, target, as_json=as_json)
            return
        with database.read() as session:
            source = None if "://" in target else get_source(session, target)
        if source is None:
            if not (claims(target) or meant(target) or may_be_address(target)):
                raise UserError(UNKNOWN.format(target))
            given: dict[str, Any] = {"allow_private": allow_private, "secret": secret, "as_json": as_json}
            found = recognising.recognise(home, target, "", **given)
        elif not source.address:
            raise NothingToLookAt(target)
        else:
            source.secret, source.allow_private = secret or source.secret, allow_private or source.allow_private
            found = recognising.look_again(home, source)
    if as_json:
        sample = [asdict(post) for post in found.sample]
        lines = [asdict(line) for line in found.lines]
        emit({"kind": found.kind, "address": found.address, "notes": found.notes, "sample": sample, "report": lines})
    show(found)
    for line in found.lines:
        talk(f"  {line}")


def pause(name: str, data: Data = None) -> None:
    """Stop looking at a source; what is open stays open."""
    from db.queries_sources import pause_source

    _with_source(data, name, pause_source)
    talk(f"{name} is paused. Go on with: gelassen source resume {name}")


def resume(name: str, data: Data = None) -> None:
    """Look at a paused source again."""
    from db.queries_sources import resume_source

    _with_source(data, name, resume_source)
    talk(f"{name} is watched again.")


def _with_source(data: Any, name: str, change: Any) -> None:
    from db.queries_sources import get_source

    with opened(data) as (_, database), database.write() as session:
        source = get_source(session, name)
        if source is None:
            raise UserError(UNKNOWN.format(name))
        try:
            change(session, source.id, actor="cli", why="command line", now=now())
        except ValueError as error:
            raise UserError(f"{name} is {source.state} already.") from error


def _given(address: str, kind: str, pairs: list[str], own_id: list[str] | None) -> dict[str, Any]:
    """What was said about settings; it needs a kind, because each kind knows others."""
    from crawler.kinds import claims, meant

    if not (pairs or own_id):
        return {}
    vague = meant(address)
    kind = kind or next((claim.kind for claim in claims(address)), "") or (vague.name if vague else "")
    if not kind:
        raise WrongUse("The address does not tell the kind of source; say it with --kind, so that the settings fit.")
    return source_changes.settings_given(kind, pairs, own_id)


def _refuse_twice(session: Session, found: Found) -> None:
    """The same place twice would mean every post twice, and two answers."""
    from db.queries_sources import list_sources

    def place(settings: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in settings.items() if key in found.settings and key != "own_ids"}

    for row in list_sources(session):
        if (row.kind, row.address, place(row.settings)) == (found.kind, found.address, place(found.settings)):
            raise UserError(
                f"{found.address} is watched already, as {row.name}. Change it with: gelassen source set {row.name} …"
            )


def _free_name(session: Session, wanted: str) -> str:
    """`wanted`, or with a number behind it when a source has that name already."""
    from db.queries_sources import get_source

    names = chain([wanted], (f"{wanted}-{number}" for number in count(2)))
    return next(name for name in names if get_source(session, name) is None)
