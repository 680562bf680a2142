"""The outer wall: hosts, cross-site requests, headers, body size, errors that tell nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from sqlalchemy import event
from starlette.datastructures import Headers
from starlette.testclient import TestClient

from db import queries_inbox
from responder.web.guard import KEY_NEEDED, OK, REFUSED, host_name, judge
from responder.web.render import Renderer
from tests.web.conftest import CALM, PASSWORD, House

SAME, CROSS = "http://localhost", "https://evil.example"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "QUERY"])
@pytest.mark.parametrize(
    ("headers", "verdict"),
    [
        ({"sec-fetch-site": "same-origin"}, OK),
        ({"sec-fetch-site": "none"}, OK),
        ({"sec-fetch-site": "same-site"}, REFUSED),
        ({"sec-fetch-site": "cross-site"}, REFUSED),
        ({"sec-fetch-site": "cross-site", "origin": SAME}, REFUSED),
        ({"sec-fetch-site": "same-origin", "origin": CROSS}, OK),  # only a browser sets it, and it knows better
        ({"sec-fetch-site": ""}, REFUSED),
        ({"origin": SAME}, OK),
        ({"origin": CROSS}, REFUSED),
        ({"origin": "http://localhost:99"}, REFUSED),
        ({"origin": "http://localhost.evil.example"}, REFUSED),
        ({"origin": ""}, REFUSED),
        ({"origin": "null"}, KEY_NEEDED),
        ({}, KEY_NEEDED),
    ],
)
def test_where_a_write_comes_from_is_judged(method: str, headers: dict[str, str], verdict: str) -> None:
    assert judge(method, Headers({"host": "localhost", **headers})) == verdict


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_reading_is_always_allowed_from_anywhere(method: str) -> None:
    assert judge(method, Headers({"host": "localhost", "sec-fetch-site": "cross-site"})) == OK


@pytest.mark.parametrize(
    ("host", "name"),
    [("localhost:8787", "localhost"), ("LOCALHOST", "localhost"), ("[::1]:80", "[::1]"), ("a.b:c:d", "a.b"), ("", "")],
)
def test_the_port_does_not_belong_to_the_host_name(host: str, name: str) -> None:
    assert host_name(host) == name


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "127.0.0.2", "", "localhost@evil.example"])
def test_a_foreign_host_name_is_refused(house: House, host: str) -> None:
    assert house.browser("Anna").get("/", headers={"host": host}).status_code == 400


def without_headers(house: House, name: str = "Anna") -> TestClient:
    """A browser that tells nothing about where its requests come from."""
    client = house.browser(name)
    client.headers.pop("sec-fetch-site")
    return client


def key_in(html: str) -> str:
    """The form key of a page."""
    return html.split('name="key" value="', 1)[1].split('"', 1)[0]


def test_without_headers_a_form_needs_the_key_of_its_session(house: House) -> None:
    item = house.waiting()
    draft, browser = house.draft_of(item), without_headers(house)
    form = {"revision": "1", "text": CALM}
    for key in ("", "wrong", "ü", key_in(house.browser("Ben").get(f"/post/{item}").text)):
        assert browser.post(f"/draft/{draft.id}/approve", data=form | {"key": key}).status_code == 403
    key = key_in(browser.get(f"/post/{item}").text)
    assert browser.post(f"/draft/{draft.id}/approve", data=form | {"key": key}).status_code == 303


def test_without_headers_the_login_form_needs_its_own_key(house: House) -> None:
    browser = without_headers(house, "")
    form = {"name": "Anna", "password": PASSWORD}
    assert browser.post("/login", data=form).status_code == 403
    key = key_in(browser.get("/login").text)
    assert browser.post("/login", data=form | {"key": key}).status_code == 303
    stranger = without_headers(house, "")
    assert stranger.post("/login", data=form | {"key": key}).status_code == 403


def test_a_foreign_page_cannot_approve_for_me(house: House) -> None:
    draft = house.draft_of(house.waiting())
    browser = house.browser("Anna")
    key = key_in(browser.get("/account").text)
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site", "origin": CROSS}):
        answer = browser.post(f"/draft/{draft.id}/approve", data={"revision": "1", "key": key}, headers=headers)
        assert answer.status_code == 403
    assert house.draft_of(draft.obligation_id).state == "waiting"


@pytest.mark.parametrize("path", ["/", "/login", "/post/1", "/nothing", "/healthz", "/people", "/einladung/x"])
def test_every_answer_carries_the_security_headers(house: House, path: str) -> None:
    assert_guarded(house.browser("Anna").get(path).headers)


def assert_guarded(headers: Mapping[str, str]) -> None:
    """All headers of the wall are there, as strict as they are meant to be."""
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;")
    for part in (
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "require-trusted-types-for 'script'",
    ):
        assert part in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["cache-control"] == "no-store"
    assert "camera=()" in headers["permissions-policy"]


def test_no_template_holds_script_or_style_of_its_own() -> None:
    from responder.web.render import TEMPLATES

    for file in TEMPLATES.glob("*.html"):
        text = file.read_text()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick" not in text
        assert "|safe" not in text
        assert "hx-on" not in text
        for script in text.split("<script")[1:]:
            assert script.startswith(" src=")


def test_a_body_beyond_a_quarter_of_a_megabyte_is_refused(house: House) -> None:
    draft = house.draft_of(house.waiting())
    answer = house.browser("Anna").post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": "x" * 300_000})
    assert answer.status_code == 413
    assert_guarded(answer.headers)
    assert house.draft_of(draft.obligation_id).revision == 1


def explode(*_args: Any, **_more: Any) -> Any:
    raise RuntimeError("secret detail /etc/passwd")


def test_an_unexpected_failure_carries_the_security_headers(
    build: Callable[..., House], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_inbox, "counts", explode)
    answer = build(secure_cookies=True).browser("Anna").get("/")
    assert answer.status_code == 500
    assert "Fehlerkennung" in answer.text
    assert_guarded(answer.headers)
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_when_not_even_the_error_page_can_be_made_a_guarded_sentence_is_shown(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries_inbox, "counts", explode)
    monkeypatch.setattr(Renderer, "error", explode)
    answer = house.browser("Anna").get("/", headers={"accept-language": "de"})
    assert (answer.status_code, answer.text) == (500, "Da ist etwas schiefgegangen")
    assert_guarded(answer.headers)


def test_an_unexpected_failure_shows_an_id_and_no_detail(
    house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(queries_inbox, "counts", explode)
    with caplog.at_level(logging.ERROR):
        answer = house.browser("Anna").get("/")
    assert answer.status_code == 500
    assert "secret" not in answer.text
    shown = answer.text.split("Fehlerkennung: ", 1)[1][:8]
    assert [record.error_id for record in caplog.records if hasattr(record, "error_id")] == [shown]


def test_a_full_disk_is_named_and_nothing_is_changed(house: House) -> None:
    draft, browser = house.draft_of(house.waiting()), house.browser("Anna")
    with house.database.writer.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit = lambda connection, _record: connection.execute(f"PRAGMA max_page_count = {pages}")  # noqa: E731
    house.database.writer.dispose()
    event.listen(house.database.writer, "connect", limit)
    answer = browser.post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": CALM * 500})
    assert answer.status_code == 507
    assert "Festplatte ist voll" in answer.text
    assert house.draft_of(draft.obligation_id).text == CALM


def test_a_text_typed_after_the_session_ended_is_given_back(house: House) -> None:
    draft, browser = house.draft_of(house.waiting()), house.browser("Ben")
    house.clock.pass_(hours=2)
    answer = browser.post(f"/draft/{draft.id}/edit", data={"revision": "1", "text": "Meine lange Antwort <b>"})
    assert answer.status_code == 401
    assert "Meine lange Antwort &lt;b&gt;" in answer.text
    assert 'href="/login" target="_blank"' in answer.text


XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "{{ 7*7 }}{% raw %}",
    "</textarea><script>alert(1)</script>",
    "<!--><script>alert(1)//-->",
    "javascript:alert(1)",
    "<a href='javascript:alert(1)'>x</a>",
    "\u2028<script>\u2029",
    "&lt;script&gt;",
    "%(name)s %s {0}",
    "<iframe srcdoc='<script>alert(1)</script>'>",
]


@pytest.mark.parametrize("vector", XSS)
def test_what_strangers_write_never_becomes_markup(house: House, vector: str) -> None:
    source = house.source(f"Quelle {vector}")
    item = house.waiting(source, f"Text {vector}", draft=vector, title=f"Titel {vector}", author_name=f"Name {vector}")
    browser = house.browser("Anna")
    draft = house.draft_of(item)
    pages = [browser.get(path) for path in ("/", f"/post/{item}", "/sources", "/status")]
    pages.append(browser.post(f"/draft/{draft.id}/check", data={"text": vector}))
    for page in pages:
        assert page.status_code == 200
        for dangerous in ("<script>", "<img src=x", "<svg", "<iframe", "<a href='java", "onfocus=alert(1) x='\""):
            assert dangerous not in page.text
        assert "49" not in page.text.split("Text ")[-1][:20]


def test_an_origin_that_is_no_address_is_refused() -> None:
    assert judge("POST", Headers({"host": "localhost", "origin": "http://["})) == REFUSED
