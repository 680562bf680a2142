"""`gelassen source`: the places we watch."""

from __future__ import annotations

from dataclasses import asdict
from itertools import count
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.cli.sites import Private, may_be_address, same_site, short_name
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from sqlmodel import Session

    from crawler.spiders.scout import Found
    from db.models import Source

Secret = Annotated[
    str, typer.Option("--secret", help="Name of the credential for reading (GELASSEN_READ_<NAME>_FILE).")
]
UNKNOWN = "There is no source named {!r}. `gelassen source list` shows them."


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    source = typer.Typer(help="Places we watch.", no_args_is_help=True)
    source.command()(add)
    source.command("list")(list_sources)
    source.command("test")(try_source)
    source.command()(pause)
    source.command()(resume)
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
    channel: Annotated[str, typer.Option(help="The channel that answers there.")] = "",
    secret: Secret = "",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Recognise what is at ADDRESS, show what was found, and watch it from now on."""
    from db.queries_sources import add_source, get_channel, list_channels
    from gelassen.spans import seconds, start_of_day
    from responder.words import LOCALES

    with opened(data) as (home, database):
        settings = home.settings
        locale, form = locale or settings.locale, form or settings.address
        if locale not in LOCALES or form not in ("sie", "du"):
            raise WrongUse(f"--locale takes one of {', '.join(LOCALES)}; --address takes sie or du.")
        found = _recognise(address, kind, allow_private, secret)
        _show_found(found)
        fields: dict[str, Any] = {
            "locale": locale,
            "address_form": form,
            "confidential": confidential,
            "allow_private": allow_private,
            "cadence_seconds": max(10, seconds(every)),
            "answer_from": start_of_day(since, settings.timezone) if since else None,
            "own_names": list(own_name or ([settings.business] if settings.business else [])),
            "secret": secret,
            "settings": dict(found.settings),
        }
        with database.write() as session:
            chosen = get_channel(session, channel) if channel else same_site(list_channels(session), found.address)
            if channel and chosen is None:
                raise UserError(f"There is no channel named {channel!r}. `gelassen channel list` shows them.")
            fields["channel_id"] = chosen.id if chosen else None
            wanted = name or _free_name(session, short_name(found.address))
            add_source(session, wanted, found.kind, found.address, now=now(), **fields)
    if as_json:
        emit({"name": wanted, "kind": found.kind, "address": found.address, "found": len(found.sample)})
    talk(f"Watching {wanted} ({found.kind}), every {every}. Next: gelassen crawl {wanted}")


def list_sources(data: Data = None, as_json: Json = False) -> None:
    """Show the sources and how they are."""
    from db.queries_status import source_statuses

    with opened(data) as (home, database), database.read() as session:
        rows = [asdict(row) for row in source_statuses(session, now())]
    if as_json:
        emit(rows)
    else:
        shown = ("name", "kind", "health", "why", "last_good", "posts", "open", "overdue")
        table(shown, ([row[key] for key in shown] for row in rows), home.settings.timezone)


def try_source(
    target: str, allow_private: Private = False, secret: Secret = "", data: Data = None, as_json: Json = False
) -> None:
    """Fetch a source (by name) or any address; show what is read there, what is left and why. Nothing is stored."""
    from crawler.kinds import claims
    from db.queries_sources import NothingToLookAt

    source = None if "://" in target else _stored(data, target)
    if source is not None and not source.address:
        raise NothingToLookAt(target)
    if source is None and not (claims(target) or may_be_address(target)):
        raise UserError(UNKNOWN.format(target))
    address, private, kind = (
        (source.address, source.allow_private, source.kind) if source else (target, allow_private, "")
    )
    found = _recognise(address, kind, private, secret or (source.secret if source else ""))
    if as_json:
        sample = [asdict(post) for post in found.sample]
        lines = [asdict(line) for line in found.lines]
        emit({"kind": found.kind, "address": found.address, "notes": found.notes, "sample": sample, "report": lines})
    _show_found(found)
    for line in found.lines:
        talk(f"  {line}")


def _stored(data: Any, name: str) -> Source | None:
    from db.queries_sources import get_source

    with opened(data) as (_, database), database.read() as session:
        return get_source(session, name)


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


def _free_name(session: Session, wanted: str) -> str:
    """`wanted`, or with a number behind it when a source has that name already."""
    from db.queries_sources import get_source

    names = (wanted, *(f"{wanted}-{number}" for number in count(2)))
    return next(name for name in names if get_source(session, name) is None)


def _recognise(address: str, kind: str, allow_private: bool, secret: str) -> Found:
    from crawler.kinds import KINDS
    from crawler.recognise import recognise
    from gelassen.secrets import find_reading_secret

    if kind and kind not in KINDS:
        raise WrongUse(f"There is no kind {kind!r} of source. Kinds are {', '.join(KINDS)}.")
    value = find_reading_secret(secret) if secret else ""
    try:
        found = recognise(address, kind=kind, secret=value, allow_private=allow_private)
    except (ValueError, OSError) as error:
        raise UserError(str(error)) from error
    if found.problem:
        raise UserError("\n".join([found.problem, *found.notes, *map(str, found.lines)]))
    return found


def _show_found(found: Found) -> None:
    talk(f"{found.address}: {found.kind}{', for example' if found.sample else ''}")
    for post in found.sample[:3]:
        stars = f"{post.rating:g}/{post.rating_best or 5:g} " if post.rating is not None else ""
        talk(f"  {stars}{post.author_name}: {(post.title or post.text)[:90]}")
    for note in found.notes:
        talk(f"  {note}")
