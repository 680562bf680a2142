"""Templates: one Jinja environment a language, everything escaped, a forgotten variable is an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_timedelta
from babel.numbers import format_decimal, format_percent
from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from responder.people import LANGUAGES
from responder.web import labels
from responder.web.assets import load
from responder.web.differences import differences
from responder.web.sentences import tell
from responder.web.translate import N_, preferred, words
from responder.web.visible import count_invisible, visible

if TYPE_CHECKING:
    from responder.web.settings import PageSettings

REMOVED, ADDED = N_("removed"), N_("added")
TEMPLATES = Path(__file__).parent / "templates"


class Renderer:
    """Turns a template and its values into a page for one request."""

    def __init__(self, settings: PageSettings, surroundings: Surroundings) -> None:
        self.settings = settings
        self.surroundings = surroundings
        self.environments = {language: environment(language, settings.zone) for language in LANGUAGES}

    def language(self, request: Request) -> str:
        """The language of the person, else of the browser, else of the business."""
        who = getattr(request.state, "visitor", None)
        if who is not None and who.user.language in self.environments:
            return str(who.user.language)
        return preferred(request.headers.get("accept-language", ""), LANGUAGES, self.settings.language)

    def response(
        self, request: Request, template: str, status_code: int, now: datetime, context: Mapping[str, Any]
    ) -> Response:
        """The rendered page; `context` may replace any of the surroundings."""
        around = self.surroundings(request, now)
        response = self._render(request, template, status_code, {"now": now} | around | dict(context))
        cookie = getattr(request.state, "form_cookie", "")
        if cookie and cookie != request.cookies.get(FORM_COOKIE):
            response.set_cookie(
                FORM_COOKIE, cookie, path="/", secure=self.settings.secure_cookies, httponly=True, samesite="strict"
            )
        return response

    def error(self, request: Request, status_code: int, now: datetime, context: Mapping[str, Any]) -> Response:
        """The error page: rendered without asking the database for anything."""
        return self._render(request, "error.html", status_code, NO_SURROUNDINGS | {"now": now} | dict(context))

    def _render(self, request: Request, template: str, status_code: int, values: dict[str, Any]) -> HTMLResponse:
        language = self.language(request)
        values = {"language": language, "settings": self.settings, "path": request.url.path} | values
        values["note"] = note_for(request.query_params.get("note", ""), bool(values["undoable"]))
        return HTMLResponse(self.environments[language].get_template(template).render(values), status_code)


def note_for(key: str, undoable: bool) -> str:
    """The confirmation an address asks for; after approving, the countdown says it already."""
    return "" if key == "approved" and undoable else labels.NOTES.get(key, "")


FORM_COOKIE = "gelassen-form"
"""Holds the secret behind the form key of pages before login."""

NO_SURROUNDINGS: dict[str, Any] = {
    "visitor": None, "form_key": "", "paused": False, "disk_full": False, "undoable": [], "troubled": 0,
}  # fmt: skip

Surroundings = Callable[[Request, datetime], dict[str, Any]]
"""What the frame around every page needs: who is logged in, the form key, what is wrong, what can be undone."""


@cache
def environment(language: str, zone: ZoneInfo) -> Environment:
    """The Jinja environment of one language, with its dates and texts."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(words(language).gettext, words(language).ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(
        t=words(language).gettext,  # for texts from variables: unlike `_`, it never marks them as safe markup
        tell=partial(tell, translate=words(language).gettext),
        changes=partial(differences, removed=words(language).gettext(REMOVED), added=words(language).gettext(ADDED)),
        visible=visible,
        invisible=count_invisible,
        day=partial(_day, locale=language, zone=zone, style="long" if language == "de" else "d MMMM y"),
        short_day=partial(_day, locale=language, zone=zone, style="d. MMM y" if language == "de" else "d MMM y"),
        moment=partial(_moment, locale=language, zone=zone),
        input_moment=partial(_input_moment, zone=zone),
        span=partial(_span, locale=language),
        number=partial(format_decimal, locale=language),
        share=partial(_share, locale=language),
        stars=labels.stars,
        web_address=web_address,
    )
    env.globals.update(asset={name: f"/static/{asset.name}" for name, asset in load().items()}, labels=labels)
    return env


def web_address(url: str) -> str:
    """`url` if it is a plain http(s) address, else nothing: other schemes must never become a link."""
    return url if urlsplit(url).scheme in ("http", "https") else ""


def _day(at: datetime | None, locale: str, zone: ZoneInfo, style: str) -> str:
    return format_date(at.astimezone(zone).date(), style, locale=locale) if at else ""


def _moment(at: datetime | None, locale: str, zone: ZoneInfo) -> str:
    return (
        format_datetime(at, "EEE d. MMM, HH:mm" if locale == "de" else "EEE d MMM, HH:mm", zone, locale) if at else ""
    )


def _input_moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%dT%H:%M")


def _span(delta: timedelta, locale: str, direction: bool = False) -> str:
    return format_timedelta(delta, locale=locale, threshold=1.2, add_direction=direction)


def _share(part: float, locale: str) -> str:
    """In per cent, rounded down: what is not whole must not look whole."""
    return format_percent(int(part * 100) / 100, locale=locale)
