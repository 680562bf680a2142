"""Pages that stand where posts should be: recognised for what they are, and only those."""

from __future__ import annotations

import time

import pytest

from crawler.walls import find_wall

ASKED = "https://shop.example/bewertungen"
TALK = "<p>" + "Wir freuen uns auf Sie und sagen Ihnen gern alles über unsere Möbel. " * 20 + "</p>"


def page(title: str = "", body: str = "", head: str = "") -> bytes:
    return f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


def word(body: bytes, url: str = ASKED, asked: str = ASKED) -> str:
    found = find_wall(body, url, asked, "text/html; charset=utf-8")
    return found[0] if found else ""


@pytest.mark.parametrize(
    "title", ["Anmelden", "Login", "Anmelden | Portal", "Portal – Login", "Sign in to Portal", "Bitte anmelden"]
)
def test_a_page_with_the_title_of_a_login_is_one(title: str) -> None:
    assert word(page(title, TALK)) == "login"


@pytest.mark.parametrize("title", ["Anmeldezeiten der Praxis", "Blog: Loginsystem im Test", "Möbelhaus Brandt"])
def test_a_title_that_only_sounds_like_it_is_none(title: str) -> None:
    assert word(page(title, TALK)) == ""


@pytest.mark.parametrize("path", ["/login?next=/bewertungen", "/konto/anmelden", "/users/sign_in", "/wp-login.php"])
def test_a_redirect_to_a_login_is_one(path: str) -> None:
    assert word(page("Möbelhaus", TALK), f"https://shop.example{path}") == "login"
    assert word(b'{"error": 1}', f"https://shop.example{path}") == "login"


def test_a_redirect_elsewhere_is_none() -> None:
    assert word(page("Möbelhaus", TALK), "https://shop.example/blogindex") == ""


def test_an_address_that_is_about_logins_is_no_redirect_to_one() -> None:
    assert word(page("Forum", TALK), "https://a.example/forum/login/2", "https://a.example/forum/login/") == ""


def test_a_password_field_makes_a_login_only_of_a_page_that_says_little_else() -> None:
    form = '<form><input name="u"><input type="password"></form>'
    assert word(page("Portal", form)) == "login"
    assert word(page("Portal", form + TALK)) == ""


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Nur einen Moment…", "Attention Required! | X", "Sicherheitsprüfung"]
)
def test_a_page_with_the_title_of_a_challenge_is_one(title: str) -> None:
    assert word(page(title, TALK)) == "captcha"


@pytest.mark.parametrize("mark", ["g-recaptcha", "h-captcha", "cf-turnstile", "frc-captcha"])
def test_a_captcha_that_is_all_there_is(mark: str) -> None:
    assert word(page("Möbelhaus", f'<div class="{mark}"></div>')) == "captcha"
    assert word(page("Möbelhaus", f'<form class="{mark}">Kontakt</form>{TALK}')) == ""


@pytest.mark.parametrize(
    "body",
    [
        '<div id="__next"></div><script src="/_next/static/chunks/main.js"></script>',
        '<div id="root"></div><noscript>Bitte aktivieren Sie JavaScript.</noscript><script type="module"></script>',
        "<script>var state = " + "1;" * 5000 + "</script><div id=app></div>",
    ],
)
def test_an_empty_page_that_scripts_fill_is_a_shell(body: str) -> None:
    assert word(page("Bewertungen", body)) == "shell"


def test_data_in_a_script_do_not_make_a_shell() -> None:
    assert word(page("Bewertungen", '<script type="application/ld+json">{}</script><p>Leer</p>')) == ""


def test_a_page_with_scripts_and_words_is_just_a_page() -> None:
    assert word(page("Bewertungen", f'{TALK}<script src="/a.js"></script>')) == ""


@pytest.mark.parametrize("body", [b"", b"{}", b"\x00\xff", b"<?xml version='1.0'?><rss/>", b"<p>Willkommen</p>"])
def test_what_is_no_wall_is_left_alone(body: bytes) -> None:
    assert word(body) == ""


def test_a_page_built_to_choke_a_parser_costs_little() -> None:
    started = time.process_time()
    for body in (b"<div>" * 200_000, b"<script>" * 200_000, b"<i " + b"a=1 " * 40_000 + b">", b"<p>x" * 300_000):
        word(body)
    assert time.process_time() - started < 5
