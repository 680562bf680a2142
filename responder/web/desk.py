"""What every page module is handed: the database, the clock, the settings, the renderer. And who is asking."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, cast

from fastapi import Depends, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from db.engine import Database
from db.models import Source
from responder import people
from responder.people import Visitor
from responder.profile import Profile
from responder.profiles import plain_profile
from responder.web.limits import Tries
from responder.web.render import FORM_COOKIE, Renderer
from responder.web.settings import PageSettings


class Stranger(Exception):
    """Nobody is logged in, and the page is not for everybody."""


class Forbidden(Exception):
    """The person is known but lacks the role. `hidden` pages do not exist for her."""

    def __init__(self, hidden: bool = False) -> None:
        self.hidden = hidden


class ForeignForm(Exception):
    """A form without the key of this session, and without headers that would tell where it came from."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One running page."""

    database: Database
    now: Callable[[], datetime]
    settings: PageSettings
    wake: Callable[[], None]
    renderer: Renderer
    tries: Tries

    @property
    def make_profile(self) -> Callable[[Source], Profile]:
        """How the business sounds at a source, today."""
        return self.settings.make_profile or plain_profile(self.now().astimezone(self.settings.zone))

    def page(self, request: Request, template: str, status_code: int = 200, **context: Any) -> Response:
        """Render `template` in the language of whoever asks."""
        return self.renderer.response(request, template, status_code, self.now(), context)


def get_desk(request: Request) -> Desk:
    """The desk of this app."""
    return cast(Desk, request.app.state.desk)


def get_visitor(request: Request) -> Visitor | None:
    """Who asks, by the session cookie; looked up once a request. A polling page (`quiet`) does not keep one alive."""
    if not hasattr(request.state, "visitor"):
        desk = get_desk(request)
        cookie = request.cookies.get(desk.settings.cookie, "")
        touch = "quiet" not in request.query_params
        request.state.visitor = people.visitor(desk.database, cookie, desk.now(), touch=touch) if cookie else None
    return cast(Visitor | None, request.state.visitor)


class Allowed:
    """A dependency: somebody is logged in and, if `roles` are named, holds one of them."""

    def __init__(self, *roles: str, hidden: bool = False) -> None:
        self.roles, self.hidden = roles, hidden

    def __call__(self, request: Request) -> Visitor:
        who = get_visitor(request)
        if who is None:
            raise Stranger
        if self.roles and not who.has(*self.roles):
            raise Forbidden(self.hidden)
        return who


def form_key(request: Request) -> str:
    """The key for the forms of this page: the session's own, else derived from a cookie that only we can read."""
    who = get_visitor(request)
    if who is not None:
        return who.form_key
    if not hasattr(request.state, "form_cookie"):
        request.state.form_cookie = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)
    return hashlib.sha256(f"form:{request.state.form_cookie}".encode()).hexdigest()


async def require_form_key(request: Request) -> None:
    """The second wall against foreign forms; asked only when the headers did not tell (see `responder.web.guard`)."""
    if not getattr(request.state, "key_needed", False):
        return
    given = (await request.form()).get("key", "")
    expected = await run_in_threadpool(form_key, request)
    if not isinstance(given, str) or not hmac.compare_digest(given.encode(), expected.encode()):
        raise ForeignForm


DeskHere = Annotated[Desk, Depends(get_desk)]
Anybody = Annotated[Visitor | None, Depends(get_visitor)]
Known = Annotated[Visitor, Depends(Allowed())]
Drafter = Annotated[Visitor, Depends(Allowed(people.DRAFTER, people.APPROVER))]
Approver = Annotated[Visitor, Depends(Allowed(people.APPROVER))]
Admin = Annotated[Visitor, Depends(Allowed(people.ADMIN, hidden=True))]
Stopper = Annotated[Visitor, Depends(Allowed(people.APPROVER, people.ADMIN))]
Id = Annotated[int, Path(ge=1, le=2**31 - 1)]
