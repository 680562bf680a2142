"""What people paste that is no web address."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.kinds import KINDS, claims
from crawler.options import countries, number, own_ids, seconds, web_address, words
from crawler.pasted import SHORT_FORMS, no_address
from crawler.recognise import examine, examine_stored
from crawler.run import Crawler
from tests.spiders.conftest import QUICK, local
from tests.spiders.markup import page, review
from tests.spiders.site import Answer, Site


@pytest.mark.parametrize(
    ("pasted", "told"),
    [
        ("", "Nothing was given"),
        ("  ", "Nothing was given"),
        ("mein laden.de", "there is a blank in it"),
        ("Café Morgenrot", "there is a blank in it"),
        ("@laden", "@name@server for Mastodon"),
        ("info@laden.de", "is an e-mail address"),
        ("mailto:info@laden.de", "is an e-mail address"),
        ("ftp://laden.de/x", "ftp: is not known here"),
        ("fb://page/123", "fb: is not known here"),
        ("laden", "is no web address"),
        ("google-business:Mein-Laden", "google-business:accounts/123/locations/456"),
        ("app-store:laden", "app-store:123456789"),
    ],
)
def test_what_is_no_address_is_told_with_a_way_out(pasted: str, told: str) -> None:
    assert claims(pasted) == []
    assert told in no_address(pasted)


@pytest.mark.parametrize(
    "pasted",
    ["https://laden.de", "laden.de/stimmen", "laden.de:8443", "localhost", "localhost:8000/x", "http://[::1]/",
     "müller.de", "HTTPS://LADEN.DE", "https://medium.example/@laden"],
)  # fmt: skip
def test_what_may_be_an_address_passes(pasted: str) -> None:
    assert no_address(pasted) == ""


@pytest.mark.parametrize("example", SHORT_FORMS.values())
def test_every_example_of_a_short_form_is_recognised(example: str) -> None:
    assert len(claims(example)) == 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.credential], ids=lambda kind: str(kind.name))
def test_a_kind_with_a_credential_says_how_to_get_it(kind: Any) -> None:
    assert len(kind.way) > 20
    assert not kind.way.endswith(".")


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_settings_have_one_name_and_one_line_each(kind: Any) -> None:
    names = [option.name for option in kind.options]
    assert len(names) == len(set(names))
    assert {"delay", "max_pages"} <= set(names)
    assert all(option.about and "\n" not in option.about for option in kind.options)


def test_typed_values_are_read() -> None:
    assert number(1, 9)(" 7 ") == 7
    assert seconds("0,5") == 0.5
    assert words("a, b,,c") == ["a", "b", "c"]
    assert countries("DE, at") == ["de", "at"]
    assert web_address(" https://laden.example/api/ ") == "https://laden.example/api"
    assert own_ids("numbers").read("1,2") == ["1", "2"]


@pytest.mark.parametrize(
    ("read", "typed"),
    [(number(1, 9), "10"), (number(1, 9), "0"), (number(1, 9), "-3"), (number(1, 9), "²"), (seconds, "nan"),
     (seconds, "601"), (countries, "de,deu"), (web_address, "ftp://x"),
     (web_address, "https://a:b@c.example"), (web_address, "https://")],
)  # fmt: skip
def test_typed_nonsense_is_refused(read: Callable[[str], Any], typed: str) -> None:
    with pytest.raises(ValueError):
        read(typed)


def test_a_page_that_is_not_there_is_the_problem_and_not_the_lack_of_reviews(
    site: Site, run: Callable[[Any], Any]
) -> None:
    site["/weg"] = Answer("", 404)
    found = run(examine(Crawler(QUICK), local(f"{site.url}/weg", "", max_pages=1)))
    assert "does not exist (any more) (404)" in found.problem


def test_another_kind_than_the_wanted_one_is_named(site: Site, run: Callable[[Any], Any]) -> None:
    site["/"] = page(review(1))
    found = run(examine(Crawler(QUICK), local(f"{site.url}/", "wordpress", max_pages=1)))
    assert "not recognised as: WordPress comments" in found.problem
    assert "What is there: Page with review markup" in found.problem


def test_a_stored_source_is_looked_at_as_it_is_stored(site: Site, run: Callable[[Any], Any]) -> None:
    site["/"] = page(review(1))
    found = run(examine_stored(Crawler(QUICK), local(f"{site.url}/")))
    assert (found.kind, found.problem, len(found.sample)) == ("schema_org", "", 1)
    gone = run(examine_stored(Crawler(QUICK), local(f"{site.url}/weg")))
    assert "404" in gone.problem
    assert "von-morgen" in run(examine_stored(Crawler(QUICK), local(f"{site.url}/", "von-morgen"))).problem


@pytest.mark.parametrize(("status", "told"), [(401, "only with a credential"), (403, "refuses to be read by programs")])
def test_a_place_that_shows_nothing_to_strangers_wants_a_credential(
    status: int, told: str, site: Site, run: Callable[[Any], Any]
) -> None:
    site.pages["/r/kaffee/comments/.rss?"] = Answer("", status)
    trial = local("r/kaffee", "", max_pages=1, settings={"api": site.url})
    found = run(examine(Crawler(QUICK), trial))
    assert told in found.problem
    assert (found.kind, found.wants_credential) == ("reddit", True)


def test_a_kind_without_credentials_never_asks_for_one(site: Site, run: Callable[[Any], Any]) -> None:
    site["/de/rss/customerreviews/page=1/id=1/sortby=mostrecent/json"] = Answer("", 403)
    trial = local("app-store:1", "", max_pages=1, settings={"api": site.url, "countries": ["de"]})
    found = run(examine(Crawler(QUICK), trial))
    assert "403" in found.problem
    assert found.wants_credential is False
