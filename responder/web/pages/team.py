"""The people of the house (for admins) and one's own account."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request
from starlette.responses import Response

from db import queries_people as queries
from responder import people
from responder.passwords import WeakPassword
from responder.people import PeopleError, Visitor
from responder.web.desk import Admin, Desk, DeskHere, Id, Known
from responder.web.pages.login import go
from responder.web.translate import N_

router = APIRouter()


def people_page(request: Request, desk: Desk, *, status: int = 200, error: str = "", **fresh: Any) -> Response:
    """The list of accounts; `fresh` is a one-time link, shown exactly once, or a form that has to be mended."""
    with desk.database.read() as session:
        users = queries.list_users(session)
    blank = {"link": "", "link_name": "", "name": "", "roles": []}
    return desk.page(request, "people.html", status, users=users, error=error, **blank | fresh)


def link_address(request: Request, desk: Desk, token: str) -> str:
    """The full address of a one-time link."""
    base = desk.settings.public_url.rstrip("/") or str(request.base_url).rstrip("/")
    return f"{base}/einladung/{token}"


@router.get("/people")
def list_people(request: Request, desk: DeskHere, who: Admin) -> Response:
    return people_page(request, desk)


@router.post("/people")
def add_person(
    request: Request,
    desk: DeskHere,
    who: Admin,
    name: Annotated[str, Form()] = "",
    roles: Annotated[list[str] | None, Form()] = None,
) -> Response:
    try:
        token = people.add_user(
            desk.database, name, roles or [], desk.now(), actor=actor(who), language=desk.settings.language
        )
    except PeopleError as error:
        return people_page(request, desk, status=422, error=str(error), name=name, roles=roles or [])
    return people_page(request, desk, link=link_address(request, desk, token), link_name=name.strip())


@router.post("/people/{user_id}/link")
def new_link(request: Request, desk: DeskHere, who: Admin, user_id: Id) -> Response:
    """A new one-time link; the old password ends."""
    with desk.database.read() as session:
        user = queries.get_user(session, user_id)
    try:
        token = people.reset_user(desk.database, user.name if user else "", desk.now(), actor=actor(who))
    except PeopleError as error:
        return people_page(request, desk, status=422, error=str(error))
    return people_page(request, desk, link=link_address(request, desk, token), link_name=user.name if user else "")


@router.post("/people/{user_id}/disable")
def disable(request: Request, desk: DeskHere, who: Admin, user_id: Id) -> Response:
    try:
        people.disable_user(desk.database, user_id, True, desk.now(), actor=actor(who))
    except PeopleError as error:
        return people_page(request, desk, status=422, error=str(error))
    return go("/people?note=person_disabled")


@router.post("/people/{user_id}/enable")
def enable(desk: DeskHere, who: Admin, user_id: Id) -> Response:
    people.disable_user(desk.database, user_id, False, desk.now(), actor=actor(who))
    return go("/people?note=person_enabled")


@router.get("/account")
def account(request: Request, desk: DeskHere, who: Known) -> Response:
    return desk.page(request, "account.html", error="")


@router.post("/account/password")
def change_password(
    request: Request,
    desk: DeskHere,
    who: Known,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
) -> Response:
    address = request.client.host if request.client else ""
    wait = desk.tries.take(address, who.user.name, desk.now())
    if wait:
        return desk.page(request, "account.html", 429, error=N_("Too many tries. Please wait a few minutes."))
    try:
        people.change_password(desk.database, who, old, new, desk.now())
    except (PeopleError, WeakPassword) as error:
        return desk.page(request, "account.html", 422, error=str(error))
    desk.tries.forgive(address, who.user.name)
    return go("/account?note=password")


@router.post("/account/language")
def change_language(request: Request, desk: DeskHere, who: Known, language: Annotated[str, Form()] = "") -> Response:
    try:
        people.change_language(desk.database, who.user.id or 0, language)
    except PeopleError as error:
        return desk.page(request, "account.html", 422, error=str(error))
    return go("/account?note=language")


@router.get("/help")
def help_page(request: Request, desk: DeskHere, who: Known) -> Response:
    return desk.page(request, "help.html")


def actor(who: Visitor) -> str:
    """How the audit trail names this person."""
    return f"user:{who.user.id}"
