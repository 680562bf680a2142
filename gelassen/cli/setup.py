"""`gelassen init` and `gelassen config check`: the installation itself."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, talk


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    app.command()(init)
    config = typer.Typer(help="The settings.", no_args_is_help=True)
    config.command("check")(config_check)
    app.add_typer(config, name="config")
    app.command()(version)


def init(
    data: Data = None,
    business: Annotated[str, typer.Option(help="Name of the business.")] = "",
    signature: Annotated[str, typer.Option(help="Who signs the answers.")] = "",
    as_json: Json = False,
) -> None:
    """Create the data folder, a commented settings file and the database; bring an existing one up to date."""
    from gelassen.home import create, locate
    from gelassen.settings import CONFIG_NAME

    fresh = not (locate(data) / CONFIG_NAME).exists()
    given: dict[str, Any] = {"business": business, "signature": signature}
    if fresh and sys.stdin.isatty() and not as_json:
        given["business"] = business or typer.prompt("Name of the business", default="", err=True)
        given["signature"] = signature or typer.prompt("Who signs the answers", default="", err=True)
    home = create(data, **{key: value for key, value in given.items() if value})
    if as_json:
        emit({"data": str(home.folder), "config": str(home.folder / CONFIG_NAME), "created": fresh})
    talk(f"{'Created' if fresh else 'Up to date'}: {home.folder}")
    if fresh:
        talk("Next: gelassen user add NAME --role approver --role admin, gelassen source add ADDRESS, gelassen run")


def config_check(data: Data = None, as_json: Json = False) -> None:
    """Say whether the settings and the business's own phrases are right, and what holds now."""
    from gelassen.cli.common import table
    from gelassen.errors import UserError
    from gelassen.home import load
    from gelassen.own_playbook import examined

    home = load(data)
    settings = home.settings
    values = settings.model_dump() | {"database_url": "(set)" if settings.database_url else ""}
    if as_json:
        emit(values)
    else:
        table(("setting", "value"), values.items())
    if problems := examined(home, now()):
        raise UserError("\n".join(f"{home.playbook}/{problem}" for problem in problems))
    talk("The settings are fine.")


def version() -> None:
    """Say which version this is."""
    from gelassen import __version__

    typer.echo(__version__)
