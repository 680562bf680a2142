"""Coming in and going out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from db.models import UserSession
from responder import people
from responder.web.pages.login import safe_path
from tests.web.conftest import PASSWORD, House


def test_the_right_password_opens_the_inbox(house: House) -> None:
    browser = house.browser()
    answer = browser.post("/login", data={"name": "Anna", "password": PASSWORD})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "Posteingang" in browser.get("/").text


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(house: House) -> None:
    cookie = house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).headers["set-cookie"]
    assert cookie.startswith("gelassen=")
    for flag in ("HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"):
        assert flag in cookie


def test_with_https_the_cookie_is_bound_to_this_host(build: Callable[..., House]) -> None:
    house = build(secure_cookies=True)
    answer = house.browser().post("/login", data={"name": "Anna", "password": PASSWORD})
    assert answer.headers["set-cookie"].startswith("__Host-gelassen=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "max-age" in answer.headers["strict-transport-security"]


@pytest.mark.parametrize(
    ("name", "password"), [("Anna", "falsch falsch falsch"), ("Fremd", PASSWORD), ("", ""), ("Anna", "")]
)
def test_wrong_name_and_wrong_password_look_the_same(house: House, name: str, password: str) -> None:
    answer = house.browser().post("/login", data={"name": name, "password": password})
    assert answer.status_code == 401
    assert "Name und Passwort passen nicht zusammen" in answer.text
    assert "set-cookie" not in {key for key in answer.headers if "gelassen=" in answer.headers[key]}


def test_a_locked_person_cannot_log_in(house: House) -> None:
    people.disable_user(house.database, house.user("Anna").id or 0, True, house.clock(), actor="cli")
    assert house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 401


def test_the_sixth_wrong_try_has_to_wait_and_time_heals_it(house: House) -> None:
    browser = house.browser()
    wrong = {"name": "Anna", "password": "falsch falsch falsch"}
    assert [browser.post("/login", data=wrong).status_code for _ in range(6)] == [401] * 5 + [429]
    assert "zu viele Versuche" in browser.post("/login", data=wrong).text
    assert browser.post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 429
    house.clock.pass_(minutes=6)
    assert browser.post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 303


def test_login_gives_a_new_session_and_ends_the_old_one(house: House) -> None:
    browser = house.browser("Anna")
    before = browser.cookies["gelassen"]
    browser.post("/login", data={"name": "Anna", "password": PASSWORD})
    browser.cookies.clear()
    browser.cookies.set("gelassen", before)
    assert browser.get("/").headers["location"] == "/login"


def test_a_copied_cookie_is_worthless_after_logout(house: House) -> None:
    browser = house.browser("Anna")
    cookie = browser.cookies["gelassen"]
    assert browser.get("/").status_code == 200
    assert browser.post("/logout").headers["location"] == "/login?note=logged_out"
    browser.cookies.set("gelassen", cookie)
    assert browser.get("/").status_code == 303
    assert browser.post("/draft/1/approve", data={"revision": "1"}).status_code == 401


def test_an_idle_session_ends_after_an_hour_and_use_keeps_it_alive(house: House) -> None:
    browser = house.browser("Anna")
    for _ in range(3):
        house.clock.pass_(minutes=50)
        assert browser.get("/").status_code == 200
    house.clock.pass_(minutes=61)
    assert browser.get("/").status_code == 303


def test_a_polling_page_does_not_keep_an_abandoned_session_alive(house: House) -> None:
    browser = house.browser("Anna")
    for _ in range(3):
        house.clock.pass_(minutes=19)
        assert browser.get("/?quiet=1").status_code == 200
    house.clock.pass_(minutes=5)
    assert browser.get("/?quiet=1").status_code == 303


def test_a_session_ends_after_twelve_hours_however_busy(house: House) -> None:
    browser = house.browser("Anna")
    for _ in range(14):
        house.clock.pass_(minutes=50)
        browser.get("/")
    house.clock.pass_(minutes=30)
    assert browser.get("/").status_code == 303


def test_only_a_hash_of_the_cookie_is_stored(house: House) -> None:
    cookie = house.browser("Anna").cookies["gelassen"]
    stored = house.rows(UserSession)[0].token_hash
    assert cookie not in stored
    assert stored == people.fingerprint(cookie)


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_login_never_leads_to_another_site(house: House, target: str) -> None:
    answer = house.browser().post("/login", data={"name": "Anna", "password": PASSWORD, "next": target})
    assert answer.headers["location"] == "/"


def test_login_returns_to_where_the_person_wanted_to_go(house: House) -> None:
    browser = house.browser("Anna")
    house.clock.pass_(hours=13)
    assert browser.get("/post/7").headers["location"] == "/login?next=/post/7"
    answer = browser.post("/login", data={"name": "Anna", "password": PASSWORD, "next": "/post/7"})
    assert answer.headers["location"] == "/post/7"


def invite(house: House, name: str = "Carla") -> str:
    return people.add_user(house.database, name, ["drafter"], house.clock())


def test_a_one_time_link_sets_the_password_and_opens_the_inbox(house: House) -> None:
    browser, token = house.browser(), invite(house)
    assert "Willkommen, Carla" in browser.get(f"/einladung/{token}").text
    answer = browser.post(f"/einladung/{token}", data={"password": PASSWORD, "again": PASSWORD})
    assert answer.headers["location"] == "/"
    assert "Carla" in browser.get("/").text
    assert house.browser().post("/login", data={"name": "Carla", "password": PASSWORD}).status_code == 303


def test_looking_at_a_link_does_not_use_it_up(house: House) -> None:
    token = invite(house)
    assert [house.browser().get(f"/einladung/{token}").status_code for _ in range(3)] == [200] * 3


def test_a_link_works_once(house: House) -> None:
    token, form = invite(house), {"password": PASSWORD, "again": PASSWORD}
    assert house.browser().post(f"/einladung/{token}", data=form).status_code == 303
    again = house.browser().post(f"/einladung/{token}", data=form)
    assert again.status_code == 404
    assert "Dieser Link gilt nicht mehr" in again.text


def test_a_link_ends_after_fifteen_minutes(house: House) -> None:
    token = invite(house)
    house.clock.pass_(minutes=15)
    assert house.browser().get(f"/einladung/{token}").status_code == 404


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("zu kurz", "zu kurz", "mindestens 12 Zeichen"),
        ("passwort1234", "passwort1234", "ausprobieren"),
        ("aaaaaaaaaaaaaa", "aaaaaaaaaaaaaa", "ausprobieren"),
        ("CarlaCarlaCarla1!", "CarlaCarlaCarla1!", "ausprobieren"),
        ("x" * 257, "x" * 257, "256"),
        (PASSWORD, PASSWORD + "!", "nicht gleich"),
    ],
)
def test_a_weak_password_is_refused_and_the_link_stays(house: House, password: str, again: str, words: str) -> None:
    token, browser = invite(house), house.browser()
    answer = browser.post(f"/einladung/{token}", data={"password": password, "again": again})
    assert answer.status_code == 422
    assert words in answer.text
    assert browser.get(f"/einladung/{token}").status_code == 200


def test_the_login_page_speaks_the_language_of_the_browser(house: House) -> None:
    assert "Log in" in house.browser(**{"accept-language": "en-GB,en;q=0.9,de;q=0.5"}).get("/login").text
    assert "Anmelden" in house.browser(**{"accept-language": "fr"}).get("/login").text


@pytest.mark.parametrize("path", ["//[", "http://[", "//evil.example", "/\\evil.example", "https://evil.example"])
def test_no_way_leads_off_the_page_after_login(path: str) -> None:
    assert safe_path(path) == "/"
