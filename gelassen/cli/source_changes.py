"""`gelassen source set` and `gelassen source remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, talk
from gelassen.cli.recognising import check_name
from gelassen.errors import UserError, WrongUse

if TYPE_CHECKING:
    from sqlmodel import Session

    from db.models import Channel, Source

Secret = Annotated[
    str, typer.Option("--secret", help="Name of the credential for reading (GELASSEN_READ_<NAME>_FILE).")
]
OwnId = Annotated[list[str] | None, typer.Option(help="Id of your own account there; may be repeated.")]
Setting = Annotated[
    list[str] | None,
    typer.Option(metavar="KEY=VALUE", help="A setting of this kind of source; KEY= takes it away. May be repeated."),
]
NewSecret = Annotated[
    str | None, typer.Option("--secret", help="Name of the credential for reading; '' for none.", show_default=False)
]
NewChannel = Annotated[
    str | None, typer.Option(help="The channel that answers there; '' to answer by hand.", show_default=False)
]
NewNames = Annotated[
    list[str] | None, typer.Option("--own-name", help="Name you answer under there, instead of before.")
]
NewSince = Annotated[
    str | None, typer.Option(help="Answer only posts from this date on; '' for all. Not for collected ones.")
]
MayBePrivate = Annotated[
    bool | None, typer.Option("--allow-private/--no-allow-private", help="Allow an address in your own network or not.")
]
MayConfirm = Annotated[
    bool | None, typer.Option("--confidential/--no-confidential", help="Never confirm that somebody is a customer.")
]
Form = Annotated[str | None, typer.Option("--address", help="Form of address: sie or du.", show_default=False)]

UNKNOWN = "There is no source named {!r}. `gelassen source list` shows them."
WAYS = (
    "--every, --locale, --address, --confidential, --since, --own-name, --own-id, --channel, --secret, --allow-private "
    "or --setting KEY=VALUE"
)


def change(
    name: str,
    every: Annotated[str | None, typer.Option(help="How often to look, e.g. 15m.")] = None,
    locale: Annotated[str | None, typer.Option(help="de-DE, de-AT, de-CH, en, fr or it.")] = None,
    form: Form = None,
    confidential: MayConfirm = None,
    since: NewSince = None,
    own_name: NewNames = None,
    own_id: OwnId = None,
    channel: NewChannel = None,
    secret: NewSecret = None,
    allow_private: MayBePrivate = None,
    setting: Setting = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Change a source. The next look comes at once and reads everything anew."""
    from db.queries_source_changes import change_source, lock_source
    from gelassen.source_settings import describe, merged
    from gelassen.spans import seconds, start_of_day

    with opened(data) as (home, database), database.write() as session:
        source = _named(lock_source(session, name), name)
        check_name(secret or "")
        check_voice(locale or source.locale, form or source.address_form)
        given: dict[str, Any] = {
            "cadence_seconds": None if every is None else max(10, seconds(every)),
            "locale": locale,
            "address_form": form,
            "confidential": confidential,
            "own_names": own_name,
            "secret": secret,
            "allow_private": allow_private,
        }
        values = {key: value for key, value in given.items() if value is not None}
        if since is not None:
            values["answer_from"] = start_of_day(since, home.settings.timezone) if since else None
        if channel is not None:
            values["channel_id"] = channel_named(session, channel).id if channel else None
        if setting or own_id:
            values["settings"] = merged(source.settings, settings_given(source.kind, setting or [], own_id))
        if not values:
            raise WrongUse(f"Say what to change: {WAYS}. Settings of {name}:\n{describe(source.kind)}")
        changed = change_source(session, source, actor="cli", now=now(), **values)
        shown = {"name": name, "kind": source.kind, "changed": changed, "settings": dict(source.settings)}
    if as_json:
        emit(shown)
    talk(f"{name} is changed. Try it with: gelassen source test {name}" if changed else f"{name} is like that already.")
    _warn(secret)


def remove(name: str, data: Data = None) -> None:
    """Stop watching a source for good. Posts that were collected stay, and so does the source, paused."""
    from db.queries_source_changes import lock_source, remove_source

    with opened(data) as (_, database), database.write() as session:
        kept = remove_source(session, _named(lock_source(session, name), name), actor="cli", now=now())
    if kept:
        talk(f"{name} is not watched any more. Its {kept} posts and their answers stay; nothing collected is deleted.")
    else:
        talk(f"{name} is removed; nothing had been collected there.")


def check_voice(locale: str, form: str) -> None:
    """Raise `WrongUse` for a language or form of address that there is not."""
    from responder.words import LOCALES

    if locale not in LOCALES or form not in ("sie", "du"):
        raise WrongUse(f"--locale takes one of {', '.join(LOCALES)}; --address takes sie or du.")


def channel_named(session: Session, name: str) -> Channel:
    """The channel of that name. Raises `UserError`."""
    from db.queries_sources import get_channel

    found = get_channel(session, name)
    if found is None:
        raise UserError(f"There is no channel named {name!r}. `gelassen channel list` shows them.")
    return found


def settings_given(kind: str, pairs: list[str], own_id: list[str] | None) -> dict[str, Any]:
    """The settings that `--setting` and `--own-id` name. Raises `WrongUse`."""
    from gelassen.source_settings import check_own_ids, typed

    if own_id:
        check_own_ids(kind)
    return typed(kind, pairs) | ({"own_ids": own_id} if own_id else {})


def _named(source: Source | None, name: str) -> Source:
    if source is None:
        raise UserError(UNKNOWN.format(name))
    return source


def _warn(secret: str | None) -> None:
    """Say where the credential is looked for, if it is not there (the daemon may see another environment)."""
    from gelassen.secrets import NoSecret, find_reading_secret

    if not secret:
        return
    try:
        find_reading_secret(secret)
    except NoSecret as error:
        talk(str(error))
