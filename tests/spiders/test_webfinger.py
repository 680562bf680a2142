"""Accounts whose name stands under another address than their server: `@laden@example.org` at social.example.org."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport, Target
from crawler.look import Look
from crawler.pages.webfinger import server
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders import webfinger
from crawler.spiders.mastodon import MastodonSpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.fediverse import OWN, TOKEN, Server
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site, running_site

ASKED = "/.well-known/webfinger?resource=acct%3Aladen%40beispiel.example"
ADDRESS = "@laden@beispiel.example"
VERIFY = "/api/v1/accounts/verify_credentials"


def description(origin: str, **changes: Any) -> str:
    """What a domain answers, in the recorded shape."""
    actor = {"rel": "self", "type": "application/activity+json", "href": f"{origin}/users/laden"} | changes
    return json.dumps(
        {
            "subject": "acct:laden@beispiel.example",
            "aliases": [f"{origin}/@laden", f"{origin}/users/laden"],
            "links": [
                {
                    "rel": "http://webfinger.net/rel/profile-page",
                    "type": "text/html",
                    "href": f"{origin}/@laden",
                },
                actor,
                {"rel": "http://ostatus.org/schema/1.0/subscribe", "template": f"{origin}/authorize?uri={{uri}}"},
            ],
        }
    )


@pytest.fixture
def domain(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The domain of the name, which is no Mastodon server."""
    with running_site() as running:
        place = f"{running.url}/.well-known/webfinger?resource={{resource}}"
        monkeypatch.setattr(webfinger, "PLACE", place)
        yield running


@pytest.fixture
def server_there(site: Site) -> Server:
    running = Server(site)
    running.serve()
    return running


@pytest.fixture
def sessions() -> InMemory:
    return InMemory()


def trial(**fields: Any) -> Target:
    return local(ADDRESS, "", max_pages=1, secret=TOKEN, **fields)


def test_the_server_is_found_when_a_name_is_added(
    domain: Site, server_there: Server, site: Site, run: Callable[[Any], Any]
) -> None:
    domain[ASKED] = description(site.url)
    server_there.write("Kalt.")
    found = run(examine(Crawler(QUICK), trial()))
    assert (found.problem, [post.text for post in found.sample]) == ("", ["@laden Kalt."])
    assert found.settings == {
        "account": "laden", "server": "beispiel.example", "api": site.url, "own_ids": [OWN], "post_kind": "social",
    }  # fmt: skip


def test_the_domain_of_the_name_never_sees_the_token(
    domain: Site, server_there: Server, site: Site, run: Callable[[Any], Any]
) -> None:
    domain[ASKED] = description(site.url)
    run(examine(Crawler(QUICK), trial()))
    assert domain.paths == [ASKED]
    assert TOKEN not in repr(domain.asked)
    assert site.paths[0] == VERIFY


def test_a_question_that_is_sent_on_is_asked_there(
    domain: Site, server_there: Server, site: Site, run: Callable[[Any], Any]
) -> None:
    domain[ASKED] = Answer(status=301, headers={"Location": f"{site.url}/wf"})
    site["/wf"] = description(site.url)
    assert run(examine(Crawler(QUICK), trial())).settings["api"] == site.url
    assert "authorization" not in next(asked.headers for asked in site.asked if asked.path == "/wf")


def test_a_question_that_is_sent_in_circles_is_given_up(domain: Site, run: Callable[[Any], Any]) -> None:
    domain[ASKED] = Answer(status=302, headers={"Location": ASKED})
    run(examine(Crawler(QUICK), trial()))
    assert domain.paths == [ASKED] * 4


@pytest.fixture
def ask(shelf: Shelf, sessions: InMemory, run: Callable[[Any], Any]) -> Callable[..., CrawlReport]:
    def once(**settings: str) -> CrawlReport:
        settings = {"account": "laden", "server": "beispiel.example"} | settings
        target = local("laden", "mastodon", settings=settings, secret=TOKEN)
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        run(Crawler(QUICK).run(look, MastodonSpider))
        return look.report

    return once


def test_it_is_asked_once_for_each_token(
    domain: Site, server_there: Server, site: Site, ask: Callable[..., CrawlReport]
) -> None:
    domain[ASKED] = description(site.url)
    assert [ask().health for _ in range(2)] == ["ok", "ok"]
    assert (domain.paths, site.paths.count(VERIFY)) == ([ASKED], 1)


def test_it_is_not_asked_where_the_server_is_known(
    domain: Site, server_there: Server, site: Site, ask: Callable[..., CrawlReport]
) -> None:
    assert ask(api=site.url).health == "ok"
    assert domain.asked == []


@pytest.mark.parametrize("answer", [Answer(status=404), Answer("<html>"), Answer(status=500)])
def test_a_domain_that_does_not_say_is_its_own_server(
    answer: Answer, domain: Site, ask: Callable[..., CrawlReport]
) -> None:
    domain[ASKED] = answer
    errors = ask().errors
    assert len(errors) == 1
    assert errors[0].startswith(f"https://beispiel.example{VERIFY}")


@pytest.mark.parametrize(
    ("body", "origin"),
    [
        (description("https://social.example"), "https://social.example"),
        (description("https://social.example", type='application/ld+json; profile="https://www.w3.org/ns/'
                     'activitystreams"'), "https://social.example"),
        (description("https://social.example", type="text/html"), ""),
        (description("https://social.example", rel="alternate"), ""),
        (description("https://social.example", href=5), ""),
        (description("https://name@social.example"), ""),
        (description("https://["), ""),
        (description("gopher://social.example"), ""),
        ('{"links": {}}', ""), ("[]", ""), ("<html>", ""), ('{"links": [1, {}]}', ""),
    ],
)  # fmt: skip
def test_the_server_is_read_from_the_link_to_the_account(body: str, origin: str) -> None:
    assert server(body.encode()) == origin
