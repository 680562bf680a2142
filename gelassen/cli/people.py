"""`gelassen user`: accounts, from the command line because there is no default user and no open sign-up."""

from __future__ import annotations

from typing import Annotated

import typer

from gelassen.cli.common import Data, Json, emit, now, opened, table, talk
from gelassen.errors import WrongUse

Role = Annotated[list[str] | None, typer.Option("--role", help="viewer, drafter, approver or admin; may be repeated.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    user = typer.Typer(help="People who may log in.", no_args_is_help=True)
    user.command("add")(add)
    user.command("reset")(reset)
    user.command("list")(list_users)
    app.add_typer(user, name="user")


def add(name: str, role: Role = None, data: Data = None, as_json: Json = False) -> None:
    """Create an account and print its one-time login link (15 minutes)."""
    from responder.people import ROLES, add_user

    roles = role or ["drafter", "approver"]
    if unknown := sorted(set(roles) - set(ROLES)):
        raise WrongUse(f"There is no role {', '.join(unknown)}. Roles are {', '.join(ROLES)}.")
    with opened(data) as (home, database):
        token = add_user(database, name, roles, now(), language=home.settings.language)
        _hand_over(name, token, home.settings.page, as_json)


def reset(name: str, data: Data = None, as_json: Json = False) -> None:
    """End password and sessions of an account and print a new one-time login link."""
    from responder.people import reset_user

    with opened(data) as (home, database):
        token = reset_user(database, name, now())
        _hand_over(name, token, home.settings.page, as_json)


def list_users(data: Data = None, as_json: Json = False) -> None:
    """Show the accounts and their roles."""
    from db.queries_people import list_users as query

    with opened(data) as (_, database), database.read() as session:
        users = query(session)
    if as_json:
        emit([{"name": user.name, "roles": user.roles, "disabled": user.disabled} for user in users])
    else:
        table(("name", "roles", "disabled"), [(user.name, ", ".join(user.roles), user.disabled) for user in users])


def _hand_over(name: str, token: str, page: str, as_json: bool) -> None:
    link = f"{page}/einladung/{token}"
    if as_json:
        emit({"name": name, "link": link})
    else:
        typer.echo(link)
    talk(f"{name} logs in once with this link, within 15 minutes, and then chooses a password.")
