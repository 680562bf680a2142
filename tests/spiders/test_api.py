"""A platform's own interface: its login, what it refuses, and what never leaves for elsewhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from scrapy.http import Response

from crawler.items import CrawlReport, Post, Watched
from crawler.look import Look
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.result import PageRead
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders.api import ApiSpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Asked, Site

SECRET = "laden:streng-geheim"
LIST = "/v1/reviews"
Ask = Callable[..., CrawlReport]


class Reviews(ApiSpider):
    """A list behind a token that is bought with the secret."""

    name = "reviews"

    def first_url(self) -> str:
        return f"{self.base}{LIST}"

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        form = {"grant_type": "client_credentials", "secret": self.look.target.secret}
        token = await self.token(f"{self.base}/token", form, {}, fresh=fresh)
        return None if token is None else {"Authorization": f"Bearer {token}"}

    def item_url(self, post: Watched) -> str:
        return f"{self.base}{LIST}/{post.external_id}"

    def read(self, response: Response) -> PageRead:
        try:
            return PageRead([Post(str(item["id"])) for item in listed(json_of(response.body), "reviews")])
        except NotAsExpected as error:
            return PageRead(errors=[str(error)])


class Platform:
    """Gives tokens t1, t2 … and accepts only the newest."""

    def __init__(self, site: Site) -> None:
        self.site, self.given, self.status, self.lifetime = site, 0, 200, 3600
        site["/token"] = self.grant
        site[LIST] = self.reviews

    def grant(self, asked: Asked) -> Answer:
        if b"streng-geheim" not in asked.body or asked.method != "POST":
            return Answer(json.dumps({"error": "invalid_client"}), 401)
        self.given += 1
        return Answer(json.dumps({"access_token": f"t{self.given}", "expires_in": self.lifetime}))

    def reviews(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer t{self.given}":
            return Answer("{}", 401)
        return Answer('{"reviews": [{"id": 1}, {"id": 2}]}', self.status)


@pytest.fixture
def platform(site: Site) -> Platform:
    return Platform(site)


@pytest.fixture
def sessions() -> InMemory:
    return InMemory()


@pytest.fixture
def ask(site: Site, shelf: Shelf, sessions: InMemory, run: Callable[[Any], Any]) -> Ask:
    def once(secret: str = SECRET) -> CrawlReport:
        target = local("laden", "reviews", settings={"api": f"{site.url}/"}, secret=secret)
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        run(Crawler(QUICK).run(look, Reviews))
        return look.report

    return once


def test_the_list_is_read_with_a_token(platform: Platform, ask: Ask) -> None:
    report = ask()
    assert (report.seen, report.health, report.requests) == (2, "ok", 2)


def test_the_login_is_kept_between_looks(platform: Platform, ask: Ask) -> None:
    ask()
    ask()
    assert platform.given == 1


def test_a_posts_own_address_is_asked_with_the_login_and_may_prove_it_gone(
    platform: Platform, site: Site, shelf: Shelf, run: Callable[[Any], Any]
) -> None:
    for identity, status in (("7", 410), ("1", 200)):  # the one that the list shows is there, so the address is real
        site[f"{LIST}/{identity}"] = lambda asked, status=status: Answer(
            "{}", status if asked.headers.get("authorization") == "Bearer t1" else 401
        )
    waiting = (Watched(1, "7", ""), Watched(2, "1", ""))
    target = local("laden", "reviews", settings={"api": f"{site.url}/"}, secret=SECRET, watched=waiting)
    look = Look(replace(target, conditional=False), shelf.receive)
    run(Crawler(QUICK).run(look, Reviews))
    assert ([post.external_id for post in shelf.pages[-1].posts], look.report.deleted) == (["7"], 1)


def test_a_login_that_is_about_to_end_is_renewed(platform: Platform, ask: Ask) -> None:
    platform.lifetime = 30
    ask()
    ask()
    assert platform.given == 2


def test_a_login_that_is_refused_is_renewed_once(platform: Platform, ask: Ask) -> None:
    ask()
    platform.given += 1  # the platform has forgotten its tokens
    assert ask().health == "ok"
    assert platform.given == 3


def test_another_secret_means_another_login(platform: Platform, ask: Ask) -> None:
    ask()
    ask("laden:streng-geheim-neu")
    assert platform.given == 2


def test_a_secret_that_is_not_accepted_is_said_without_the_secret(platform: Platform, ask: Ask) -> None:
    report = ask("laden:falsch")
    assert report.health == "degraded"
    assert "credential" in report.errors[0]
    assert "falsch" not in " ".join(report.errors)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Answer("busy", 503, {"Retry-After": "0"}), "answers with the error 503"),
        (Answer("", 429, {"Retry-After": "7200"}), "come less often"),
        (Answer('{"access_token": ["t1"]}'), "does not accept the credential"),
        (Answer("<html>Wartung</html>"), "does not accept the credential"),
    ],
)
def test_a_place_for_tokens_in_trouble_is_said_as_it_is(
    answer: Answer, told: str, platform: Platform, site: Site, ask: Ask
) -> None:
    site["/token"] = answer
    assert told in ask().errors[0]


def test_a_lifetime_that_cannot_be_read_is_taken_for_an_hour(platform: Platform, ask: Ask) -> None:
    platform.lifetime = "bald"  # type: ignore[assignment]
    ask()
    assert ask().health == "ok"
    assert platform.given == 1


def test_what_may_not_be_read_is_asked_once_and_said(platform: Platform, site: Site, ask: Ask) -> None:
    platform.status = 403
    report = ask()
    assert "Check its rights" in report.errors[0]
    assert site.paths.count(LIST) == 1


def test_a_redirect_is_no_answer_and_takes_no_credential_along(platform: Platform, site: Site, ask: Ask) -> None:
    site[LIST] = Answer("", 302, {"Location": f"{site.url}/elsewhere"})
    report = ask()
    assert report.health == "degraded"
    assert "/elsewhere" not in site.paths


@pytest.mark.parametrize(
    ("answer", "told"),
    [("<html>Wartung</html>", "not the JSON it should be"), ('{"data": []}', "no list of posts")],
)
def test_an_answer_that_is_something_else_is_said(
    answer: str, told: str, platform: Platform, site: Site, ask: Ask
) -> None:
    site[LIST] = answer
    report = ask()
    assert report.health == "degraded"
    assert told in report.errors[0]


def test_robots_txt_is_not_asked_where_the_platform_gave_a_key(platform: Platform, site: Site, ask: Ask) -> None:
    ask()
    assert "/robots.txt" not in [asked.path for asked in site.asked]
