"""Accounts: adding, locking, new links, password, language."""

from __future__ import annotations

from db.models import User
from tests.web.conftest import PASSWORD, House

NEW = "Ein neuer Satz mit Wolken"


def test_an_admin_adds_somebody_and_sees_the_link_once(house: House) -> None:
    browser = house.browser("Ada")
    page = browser.post("/people", data={"name": "Carla", "roles": ["drafter", "viewer"]}).text
    link = page.split("http://localhost/einladung/", 1)[1].split("<", 1)[0]
    assert house.user("Carla").roles == ["viewer", "drafter"]
    assert house.browser().get(f"/einladung/{link}").status_code == 200
    assert link not in browser.get("/people").text


def test_names_and_roles_are_checked(house: House) -> None:
    browser = house.browser("Ada")
    for form, words in (
        ({"name": "Anna", "roles": "viewer"}, "gibt es schon"),
        ({"name": "  ", "roles": "viewer"}, "1 bis 80"),
        ({"name": "Carla"}, "mindestens eine Aufgabe"),
        ({"name": "Carla", "roles": "king"}, "mindestens eine Aufgabe"),
    ):
        answer = browser.post("/people", data=form)
        assert answer.status_code == 422
        assert words in answer.text
    assert len(house.rows(User)) == 4


def test_a_refused_form_keeps_what_was_filled_in(house: House) -> None:
    page = house.browser("Ada").post("/people", data={"name": "Anna", "roles": ["drafter"]}).text
    assert 'name="name" value="Anna"' in page
    assert 'value="drafter" checked' in page
    assert 'value="admin" checked' not in page


def test_locking_somebody_ends_all_sessions_at_once(house: House) -> None:
    anna = house.browser("Anna")
    assert anna.get("/").status_code == 200
    house.browser("Ada").post(f"/people/{house.user('Anna').id}/disable")
    assert anna.get("/").status_code == 303
    assert house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 401
    house.browser("Ada").post(f"/people/{house.user('Anna').id}/enable")
    assert house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 303


def test_the_last_admin_stays(house: House) -> None:
    answer = house.browser("Ada").post(f"/people/{house.user('Ada').id}/disable")
    assert answer.status_code == 422
    assert not house.user("Ada").disabled


def test_a_new_link_ends_the_old_password_and_sessions(house: House) -> None:
    anna = house.browser("Anna")
    page = house.browser("Ada").post(f"/people/{house.user('Anna').id}/link").text
    assert "http://localhost/einladung/" in page
    assert anna.get("/").status_code == 303
    assert house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 401


def test_a_link_for_nobody_is_refused(house: House) -> None:
    assert house.browser("Ada").post("/people/99/link").status_code == 422


def test_changing_the_password_ends_the_other_sessions_only(house: House) -> None:
    here, there = house.browser("Anna"), house.browser("Anna")
    answer = here.post("/account/password", data={"old": PASSWORD, "new": NEW})
    assert answer.headers["location"] == "/account?note=password"
    assert here.get("/").status_code == 200
    assert there.get("/").status_code == 303
    assert house.browser().post("/login", data={"name": "Anna", "password": NEW}).status_code == 303


def test_the_password_does_not_change_without_the_old_one_or_to_a_weak_one(house: House) -> None:
    browser = house.browser("Anna")
    wrong = browser.post("/account/password", data={"old": "falsch", "new": NEW})
    weak = browser.post("/account/password", data={"old": PASSWORD, "new": "kurz"})
    assert (wrong.status_code, weak.status_code) == (422, 422)
    assert "stimmt nicht" in wrong.text
    assert "mindestens 12 Zeichen" in weak.text
    assert house.browser().post("/login", data={"name": "Anna", "password": PASSWORD}).status_code == 303


def test_guessing_the_old_password_is_limited(house: House) -> None:
    browser = house.browser("Anna")
    codes = [browser.post("/account/password", data={"old": "x", "new": NEW}).status_code for _ in range(6)]
    assert codes == [422] * 5 + [429]


def test_the_page_speaks_the_chosen_language(house: House) -> None:
    browser = house.browser("Vera")
    assert browser.post("/account/language", data={"language": "en"}).status_code == 303
    assert "Inbox" in browser.get("/").text
    assert browser.post("/account/language", data={"language": "xx"}).status_code == 422


def test_help_names_the_keys(house: House) -> None:
    page = house.browser("Vera").get("/help").text
    for key in "jkoeau?":
        assert f"<kbd>{key}</kbd>" in page
