"""The approval page as one FastAPI app; `create_app` is all that other rooms need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import Depends, FastAPI, Request
from starlette.types import ASGIApp

from db import queries_inbox
from db.engine import Database
from db.queries_settings import POSTING_PAUSED, get_setting
from db.queries_status import troubled
from responder import people
from responder.web import assets, errors
from responder.web.desk import Desk, form_key, get_visitor, require_form_key
from responder.web.guard import Guard
from responder.web.limits import Tries
from responder.web.pages import actions, correcting, health, house, inbox, item, login, team
from responder.web.render import Renderer
from responder.web.settings import PageSettings

MAX_BODY = 256 * 1024


class GuardedApp(FastAPI):
    """A FastAPI app with the guard around all of it; `add_middleware` would put it inside the handlers of errors."""

    def __init__(self, page: PageSettings, **options: Any) -> None:
        self.page = page
        super().__init__(**options)

    def build_middleware_stack(self) -> ASGIApp:
        """Everything that an answer can come from, and the guard outside it."""
        return Guard(super().build_middleware_stack(), hosts=self.page.hosts, https=self.page.secure_cookies)


def create_app(
    database: Database, *, now: Callable[[], datetime], settings: PageSettings, wake: Callable[[], None]
) -> FastAPI:
    """The page over `database`. `now` gives aware UTC; `wake` is called when the clock should look at once."""
    app = GuardedApp(
        settings,
        title="Gelassen",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        max_body_size=MAX_BODY,
        dependencies=[Depends(require_form_key)],
    )
    renderer = Renderer(settings, surroundings(database, settings.disk_full))
    app.state.desk = Desk(database, now, settings, wake, renderer, Tries())
    for module in (login, inbox, item, actions, correcting, house, team, health):
        app.include_router(module.router)
    app.include_router(assets.router(assets.load()))
    errors.install(app)
    return app


def surroundings(database: Database, disk_full: Callable[[], bool]) -> Callable[[Request, datetime], dict[str, Any]]:
    """What the frame of every page shows: who is logged in, what is wrong just now, what can be undone."""

    def look(request: Request, at: datetime) -> dict[str, Any]:
        who = get_visitor(request)
        with database.read() as session:
            paused = bool(get_setting(session, POSTING_PAUSED, False)) if who else False
            undoable = queries_inbox.undoable(session, who.user.id or 0, at) if who else []
            ill = troubled(session, at) if who and who.has(people.APPROVER, people.ADMIN) else 0
        seen = {"visitor": who, "form_key": form_key(request), "paused": paused, "undoable": undoable, "troubled": ill}
        return seen | {"disk_full": bool(who) and disk_full()}

    return look
