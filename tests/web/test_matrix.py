"""Who may call what: every route of the app, for every role, for strangers, and from foreign pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

import pytest
from starlette.testclient import TestClient

from db.models import Approval, Correction, Obligation, PostVersion, Reply, Source, Transition, User
from tests.web.conftest import CALM, House

PUBLIC = {
    "GET /login", "POST /login", "GET /einladung/{token}", "POST /einladung/{token}",
    "GET /healthz", "GET /readyz", "GET /static/{name}", "HEAD /static/{name}",
}  # fmt: skip
EVERYBODY = {"Vera", "Ben", "Anna", "Ada"}
DRAFTING, APPROVING, ADMINISTERING = {"Ben", "Anna"}, {"Anna"}, {"Ada"}

ALLOWED = {
    "GET /": EVERYBODY,
    "GET /post/{obligation_id}": EVERYBODY,
    "GET /sources": EVERYBODY,
    "GET /status": EVERYBODY,
    "GET /account": EVERYBODY,
    "GET /help": EVERYBODY,
    "POST /logout": EVERYBODY,
    "POST /account/password": EVERYBODY,
    "POST /account/language": EVERYBODY,
    "POST /draft/{draft_id}/check": DRAFTING,
    "POST /draft/{draft_id}/edit": DRAFTING,
    "POST /draft/{draft_id}/apply": DRAFTING,
    "POST /post/{obligation_id}/hold": DRAFTING,
    "POST /post/{obligation_id}/assess": DRAFTING,
    "POST /post/{obligation_id}/holding": DRAFTING,
    "POST /post/{obligation_id}/correct": DRAFTING,
    "POST /post/{obligation_id}/write": DRAFTING,
    "POST /reply/{reply_id}/confirm": DRAFTING,
    "POST /reply/{reply_id}/now": DRAFTING,
    "POST /reply/{reply_id}/deny": DRAFTING,
    "POST /draft/{draft_id}/approve": APPROVING,
    "POST /draft/{draft_id}/reject": APPROVING,
    "POST /approval/{approval_id}/undo": APPROVING,
    "POST /post/{obligation_id}/close": APPROVING,
    "POST /posting/pause": {"Anna", "Ada"},
    "POST /posting/resume": {"Anna", "Ada"},
    "POST /sources/{source_id}/pause": ADMINISTERING,
    "POST /sources/{source_id}/resume": ADMINISTERING,
    "GET /people": ADMINISTERING,
    "POST /people": ADMINISTERING,
    "POST /people/{user_id}/link": ADMINISTERING,
    "POST /people/{user_id}/disable": ADMINISTERING,
    "POST /people/{user_id}/enable": ADMINISTERING,
}
HIDDEN = {route for route, people in ALLOWED.items() if people == ADMINISTERING}

FORM = {
    "revision": "1", "text": CALM, "wording": "C6:0:1", "note": "weil", "reason": "spam", "assessment": "right",
    "until": "2026-11-23T12:00", "name": "Carla", "roles": "viewer", "language": "de", "old": "x", "new": "y",
    "point": "risks+legal",
}  # fmt: skip


def routes(house: House) -> Iterator[str]:
    """`METHOD /path` of everything the app answers to."""
    for included in house.app.routes:
        for route in cast(Any, included).original_router.routes:
            for method in route.methods:
                yield f"{method} {route.path}"


def busy(house: House) -> None:
    """One of everything, so that every path with id 1 exists: a signed reply by hand and a waiting draft."""
    house.waiting(house.source(channel=False))
    form = {"revision": "1", "text": CALM}
    assert house.browser("Anna").post("/draft/1/approve", data=form).status_code == 303


def call(browser: TestClient, route: str) -> int:
    method, _, path = route.partition(" ")
    for name in ("obligation_id", "draft_id", "approval_id", "reply_id", "source_id", "user_id", "token", "name"):
        path = path.replace("{" + name + "}", "1")
    return browser.request(method, path, data=FORM if method == "POST" else None).status_code


def state(house: House) -> list[str]:
    """Everything that a forbidden request must not change."""
    return [
        repr(row)
        for table in (Obligation, Approval, Reply, Source, User, Transition, Correction, PostVersion)
        for row in house.rows(table)
    ]


def test_the_matrix_names_every_route_of_the_app(house: House) -> None:
    assert set(routes(house)) == PUBLIC | set(ALLOWED)


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_what_a_role_may_not_do_is_refused_and_changes_nothing(house: House, name: str) -> None:
    busy(house)
    browser, before = house.browser(name), state(house)
    for route, people in ALLOWED.items():
        if name not in people:
            assert call(browser, route) == (404 if route in HIDDEN else 403), route
            assert state(house) == before, route


@pytest.mark.parametrize("name", sorted(EVERYBODY))
def test_what_a_role_may_do_gets_through(house: House, name: str) -> None:
    busy(house)
    for route, people in ALLOWED.items():
        if name in people:
            assert call(house.browser(name), route) not in (401, 403, 404, 500), route


def test_a_stranger_gets_nothing(house: House) -> None:
    busy(house)
    before = state(house)
    for route in ALLOWED:
        assert call(house.browser(), route) == (401 if route.startswith("POST") else 303 if route == "GET /" else 404)
        assert state(house) == before, route


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {}])
def test_no_write_comes_from_a_foreign_page(house: House, headers: dict[str, str]) -> None:
    busy(house)
    for route in (route for route in {*ALLOWED, *PUBLIC} if route.startswith("POST")):
        browser = house.browser(min(ALLOWED.get(route, EVERYBODY)))
        browser.headers.pop("sec-fetch-site")
        browser.headers.update(headers)
        before = state(house)
        assert call(browser, route) == 403, route
        assert state(house) == before, route
