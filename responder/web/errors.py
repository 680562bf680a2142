"""When something goes wrong: what happened, what it means, what to do. Details go to the log under an id, never out."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from db.engine import StoreBusy, StoreFull
from db.moves import Conflict
from responder.roles import NotAllowed
from responder.web.desk import Forbidden, ForeignForm, Stranger, get_desk
from responder.web.translate import N_

log = logging.getLogger(__name__)

MISSING = (N_("This page does not exist"), N_("It may have been moved, or it is not meant for you."))
FORBIDDEN = (
    N_("You may not do this"),
    N_("Your role does not allow it. Nothing was changed. An administrator can help."),
)
SESSION_OVER = (N_("You are no longer logged in"), N_("Nothing was changed. Log in again and repeat the last step."))
BAD_FORM = (N_("The form was incomplete"), N_("Nothing was changed. Go back, load the page again and repeat the step."))
FOREIGN = (
    N_("This form does not come from our page"),
    N_("Nothing was changed. Load the page again and repeat the step there."),
)
CHANGED = (N_("Somebody else was faster"), N_("Nothing was changed. Load the page again to see how things stand now."))
FULL = (
    N_("There is no room on the disk"),
    N_("Nothing was changed and nothing is being posted. Please make room on the server; then everything goes on."),
)
BUSY = (
    N_("The database is busy"),
    N_("Nothing was changed. Please wait a moment and repeat the step."),
)
BROKEN = (N_("Something went wrong"), N_("Nothing was posted by this. Please try again; if it stays, tell us this id."))


def page(request: Request, status: int, words: tuple[str, str], **context: Any) -> Response:
    """The error page; asks the database for nothing."""
    desk = get_desk(request)
    values = {"heading": words[0], "advice": words[1], "error_id": "", "kept": "", "session_over": False, **context}
    return desk.renderer.error(request, status, desk.now(), values)


async def typed(request: Request) -> str:
    """The answer that was sent along with a form, so that a failure does not lose it."""
    return str((await request.form()).get("text", "")) if request.method == "POST" else ""


async def on_stranger(request: Request, _error: Exception) -> Response:
    """To the login form where that helps; to anybody else the page does not exist."""
    came_before = get_desk(request).settings.cookie in request.cookies
    if request.method != "GET" or request.headers.get("hx-request"):
        return page(request, 401, SESSION_OVER, kept=await typed(request), session_over=True)
    if request.url.path == "/" or came_before:
        target = quote(request.url.path, safe="/")
        return RedirectResponse("/login" if target == "/" else f"/login?next={target}", status_code=303)
    return page(request, 404, MISSING)


async def on_forbidden(request: Request, error: Exception) -> Response:
    hidden = isinstance(error, Forbidden) and error.hidden
    return page(request, 404, MISSING) if hidden else page(request, 403, FORBIDDEN)


async def on_foreign_form(request: Request, _error: Exception) -> Response:
    return page(request, 403, FOREIGN)


async def on_invalid(request: Request, error: Exception) -> Response:
    in_path = isinstance(error, RequestValidationError) and any(one["loc"][0] == "path" for one in error.errors())
    return page(request, 404, MISSING) if in_path else page(request, 422, BAD_FORM)


async def on_http(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return page(request, status, MISSING if status in (404, 405) else BAD_FORM)


async def on_conflict(request: Request, _error: Exception) -> Response:
    return page(request, 409, CHANGED, kept=await typed(request))


async def on_full(request: Request, _error: Exception) -> Response:
    return page(request, 507, FULL, kept=await typed(request))


async def on_busy(request: Request, _error: Exception) -> Response:
    return page(request, 503, BUSY, kept=await typed(request))


async def on_crash(request: Request, error: Exception) -> Response:
    error_id = secrets.token_hex(4)
    log.error("page failed", exc_info=error, extra={"action": "page_failed", "error_id": error_id})
    return page(request, 500, BROKEN, error_id=error_id)


def install(app: FastAPI) -> None:
    """Give every kind of failure its page."""
    handlers = {
        Stranger: on_stranger,
        Forbidden: on_forbidden,
        NotAllowed: on_forbidden,
        ForeignForm: on_foreign_form,
        RequestValidationError: on_invalid,
        HTTPException: on_http,
        Conflict: on_conflict,
        StoreFull: on_full,
        StoreBusy: on_busy,
        Exception: on_crash,
    }
    for error, handler in handlers.items():
        app.add_exception_handler(error, handler)
