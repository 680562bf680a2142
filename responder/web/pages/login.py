"""Coming in and going out: one-time link, password, logout."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from responder import people
from responder.passwords import WeakPassword
from responder.web.desk import Anybody, Desk, DeskHere, Known
from responder.web.translate import N_

router = APIRouter()


def go(path: str) -> RedirectResponse:
    """After a POST: look at `path`."""
    return RedirectResponse(path, status_code=303)


def safe_path(path: str) -> str:
    """`path` if it stays on this page, else the inbox."""
    try:
        parts = urlsplit(path)
    except ValueError:
        return "/"
    local = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return path if local and path.isprintable() else "/"


def welcome(desk: Desk, cookie: str, path: str) -> Response:
    """Into the page, with a new session cookie."""
    response = go(path)
    response.set_cookie(
        desk.settings.cookie,
        cookie,
        max_age=int(people.SESSION_LIFE.total_seconds()),
        path="/",
        secure=desk.settings.secure_cookies,
        httponly=True,
        samesite="strict",
    )
    return response


@router.get("/login")
def login_form(request: Request, desk: DeskHere, who: Anybody, next: str = "/") -> Response:
    if who is not None:
        return go(safe_path(next))
    return desk.page(request, "login.html", name="", next=safe_path(next), error="", wait=None)


@router.post("/login")
def log_in(
    request: Request,
    desk: DeskHere,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    next: Annotated[str, Form()] = "/",
) -> Response:
    now, address = desk.now(), request.client.host if request.client else ""
    form = {"name": name, "next": safe_path(next)}
    wait = desk.tries.take(address, name, now)
    if wait:
        return desk.page(request, "login.html", 429, **form, error=N_("Too many tries."), wait=wait)
    user = people.check_password(desk.database, name, password)
    if user is None:
        return desk.page(request, "login.html", 401, **form, error=N_("Name and password do not match."), wait=None)
    desk.tries.forgive(address, name)
    if old := request.cookies.get(desk.settings.cookie):
        people.log_out(desk.database, old)
    return welcome(desk, people.log_in(desk.database, user, now), safe_path(next))


@router.get("/einladung/{token}")
def invitation_form(request: Request, desk: DeskHere, token: str) -> Response:
    owner = people.link_owner(desk.database, token, desk.now())
    status = 200 if owner else 404
    return desk.page(request, "invitation.html", status, owner=owner, token=token, error="")


@router.post("/einladung/{token}")
def redeem(
    request: Request,
    desk: DeskHere,
    token: str,
    password: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    owner = people.link_owner(desk.database, token, desk.now())
    if owner and password != again:
        error = N_("The two passwords are not the same.")
        return desk.page(request, "invitation.html", 422, owner=owner, token=token, error=error)
    try:
        cookie = people.redeem_link(desk.database, token, password, desk.now())
    except WeakPassword as weak:
        return desk.page(request, "invitation.html", 422, owner=owner, token=token, error=str(weak))
    if cookie is None:
        return desk.page(request, "invitation.html", 404, owner=None, token=token, error="")
    return welcome(desk, cookie, "/")


@router.post("/logout")
def log_out(request: Request, desk: DeskHere, who: Known) -> Response:
    people.log_out(desk.database, request.cookies[desk.settings.cookie])
    response = go("/login?note=logged_out")
    response.delete_cookie(desk.settings.cookie, path="/", secure=desk.settings.secure_cookies, httponly=True)
    return response
