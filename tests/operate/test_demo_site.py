"""The demo platform: its pages, its protocol, and its faults on command."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
import uvicorn
from starlette.testclient import TestClient

from gelassen.demo.faults import Faults
from gelassen.demo.site import create_site, review_id
from gelassen.demo.state import Platform

TOKEN = "geheim"
OWNER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
def platform(now: datetime) -> Platform:
    return Platform(now)


@pytest.fixture
def site(platform: Platform, now: datetime) -> Iterator[TestClient]:
    with TestClient(create_site(platform, TOKEN, now=lambda: now)) as client:
        yield client


def markup(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    loaded: dict[str, Any] = json.loads(found[1])
    return loaded


def reply(site: TestClient, review: str, text: str = "Danke für Ihre Zeilen.", **headers: str) -> httpx2.Response:
    return site.post("/reply", data={"review": review, "text": text, "key": "k"}, headers=headers or OWNER)


def test_the_seed_holds_at_least_forty_reviews_with_unique_ids(platform: Platform) -> None:
    later = [entry for entry in platform.later if "id" in entry]
    ids = [*platform.reviews, *(entry["id"] for entry in later)]
    assert len(ids) == len(set(ids)) >= 40


def test_one_customer_comes_back_three_times_and_edits_once(platform: Platform, now: datetime) -> None:
    while platform.release(now):
        pass
    hers = [review for review in platform.reviews.values() if review.author == "Sabine Hofer"]
    assert len(hers) == 3
    assert sum(bool(review.updated_at) for review in hers) == 1


@pytest.mark.parametrize("place", ["laden", "hotel"])
def test_a_page_shows_its_reviews_to_people_and_in_its_markup(site: TestClient, platform: Platform, place: str) -> None:
    page = site.get(f"/{place}").text
    reviews = markup(page)["review"]
    assert [entry["identifier"] for entry in reviews] == [review.id for review in platform.of(place)]
    assert all(f'id="{entry["identifier"]}"' in page for entry in reviews)
    assert markup(page)["aggregateRating"]["reviewCount"] == len(reviews)


def test_an_owner_reply_stands_in_the_markup_as_a_comment_of_the_business(site: TestClient) -> None:
    review = next(one for one in markup(site.get("/hotel").text)["review"] if one["identifier"] == "h-08")
    (comment,) = review["comment"]
    assert comment["author"] == {"@type": "Organization", "name": "Hotel Seeblick"}


def test_more_reviews_than_fit_are_on_a_next_page(site: TestClient, platform: Platform, now: datetime) -> None:
    for number in range(20):
        platform.add(now, place="laden", author=f"Gast {number}", rating=4, text="Gut.")
    first = site.get("/laden").text
    assert '<link rel="next" href="/laden?seite=2">' in first
    second = markup(site.get("/laden?seite=2").text)["review"]
    assert len(markup(first)["review"]) + len(second) == len(platform.of("laden"))


def test_the_crawler_reads_every_review_of_the_page(site: TestClient, platform: Platform) -> None:
    from crawler.pages.schema_org import read

    response = site.get("/laden")
    posts = read(response.content, "http://testserver/laden", own_names=("Möbelhaus Lindner",)).posts
    assert {post.external_id for post in posts} == {review.id for review in platform.of("laden")}
    answered = next(post for post in posts if post.external_id == "l-03")
    assert [one.author_name for one in answered.owner_replies] == ["Möbelhaus Lindner"]


def test_an_unchanged_page_is_not_sent_again(site: TestClient) -> None:
    tag = site.get("/laden").headers["etag"]
    again = site.get("/laden", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_every_change_gives_the_page_another_tag(site: TestClient, platform: Platform, now: datetime) -> None:
    tags = [site.get("/laden").headers["etag"]]
    for change in (
        lambda: platform.reply("l-01", "Danke.", now),
        lambda: platform.edit("l-01", now, text="Anders."),
        lambda: platform.delete("l-01"),
    ):
        change()
        tags.append(site.get("/laden").headers["etag"])
    assert len(set(tags)) == 4


def test_a_change_on_one_page_leaves_the_other_unchanged(site: TestClient, platform: Platform, now: datetime) -> None:
    tag = site.get("/hotel").headers["etag"]
    platform.reply("l-01", "Danke.", now)
    assert site.get("/hotel").headers["etag"] == tag


def test_a_reply_appears_on_the_page_and_in_the_api(site: TestClient) -> None:
    answer = reply(site, "l-01", "Guten Tag, das tut uns leid.")
    assert answer.status_code == 201
    assert "Guten Tag, das tut uns leid." in site.get("/laden").text
    shown = site.get("/api/review/l-01").json()
    assert [one["text"] for one in shown["replies"]] == ["Guten Tag, das tut uns leid."]
    assert answer.json()["url"].endswith(f"/laden#{shown['replies'][0]['id']}")


def test_a_reply_sent_twice_stands_there_twice(site: TestClient) -> None:
    reply(site, "l-01")
    reply(site, "l-01")
    assert len(site.get("/api/review/l-01").json()["replies"]) == 2


@pytest.mark.parametrize(
    ("review", "text", "headers", "status"),
    [
        ("l-01", "Danke.", {"Authorization": "Bearer falsch"}, 401),
        ("l-01", "Danke.", {"X-Other": "1"}, 401),
        ("l-99", "Danke.", OWNER, 404),
        ("l-01", "  ", OWNER, 422),
        ("l-01", "x" * 4001, OWNER, 422),
    ],
)
def test_a_reply_is_refused(site: TestClient, review: str, text: str, headers: dict[str, str], status: int) -> None:
    assert reply(site, review, text, **headers).status_code == status
    assert site.get("/api/review/l-01").json()["replies"] == []


def test_a_site_without_a_token_takes_no_reply(platform: Platform) -> None:
    with TestClient(create_site(platform, "")) as site:
        assert reply(site, "l-01", Authorization="Bearer ").status_code == 401


def test_a_deleted_review_is_gone_from_page_and_takes_no_reply(site: TestClient) -> None:
    site.post("/admin/faults", json={"delete": "l-01"})
    assert 'id="l-01"' not in site.get("/laden").text
    assert site.get("/api/review/l-01").json()["deleted"] is True
    assert reply(site, "l-01").status_code == 410
    assert site.get("/laden/bewertung/l-01").status_code == 410


def test_an_edited_review_shows_its_new_words(site: TestClient) -> None:
    site.post("/admin/faults", json={"edit": {"id": "l-01", "text": "Jetzt ist er da.", "rating": 4}})
    shown = site.get("/api/review/l-01").json()
    assert (shown["text"], shown["rating"], bool(shown["updated_at"])) == ("Jetzt ist er da.", 4, True)


def test_released_reviews_arrive_in_the_order_of_the_file(site: TestClient) -> None:
    assert site.post("/admin/faults", json={"release": 5}).json()["released"] == [
        "l-17",
        "h-15",
        "h-16",
        "l-18",
        "l-17",
    ]


def test_a_visitor_writes_a_review_by_the_form(site: TestClient) -> None:
    form = {"name": "Fremd", "rating": "2", "title": "Naja", "text": "<script>alert(1)</script>"}
    assert site.post("/hotel/bewertung", data=form, follow_redirects=False).status_code == 303
    page = site.get("/hotel").text
    assert "<script>alert(1)" not in page
    assert markup(page)["review"][0]["reviewBody"] == form["text"]


@pytest.mark.parametrize("form", [{"name": "", "rating": "2"}, {"name": "F", "rating": "9"}])
def test_a_review_without_name_or_stars_is_refused(site: TestClient, form: dict[str, str]) -> None:
    assert site.post("/hotel/bewertung", data=form).status_code == 422


def test_a_wrong_command_is_refused(site: TestClient) -> None:
    assert site.post("/admin/faults", json={"latency": "lang"}).status_code == 422
    assert site.post("/admin/faults", json={"delete": "l-99"}).status_code == 404
    assert site.post("/admin/faults", content="latency=1").status_code == 415


def test_errors_come_as_often_as_commanded(site: TestClient) -> None:
    site.post("/admin/faults", json={"error_rate": 1.0, "status": 503})
    failed = site.get("/laden")
    assert (failed.status_code, failed.headers["retry-after"]) == (503, "1")
    site.post("/admin/faults", json={"error_rate": 0})
    assert site.get("/laden").status_code == 200


async def test_latency_is_at_most_what_was_commanded(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    faults = Faults(latency=0.5, random=random.Random(1))
    for _ in range(50):
        assert await faults.before() is None
    assert 0 < max(waited) <= 0.5


def test_a_dropped_connection_has_accepted_the_reply(platform: Platform) -> None:
    with served(platform) as address:
        httpx2.post(f"{address}/admin/faults", json={"drop_after_accept": 1.0})
        form = {"review": "l-01", "text": "Danke.", "key": "k"}
        with pytest.raises(httpx2.TransportError):
            httpx2.post(f"{address}/reply", data=form, headers=OWNER)
        assert [one.text for one in platform.reviews["l-01"].replies] == ["Danke."]


def test_what_happened_survives_a_restart(tmp_path: Path, now: datetime) -> None:
    file = tmp_path / "state.json"
    first = Platform(now, file)
    first.reply("l-01", "Danke.", now)
    first.release(now)
    second = Platform(now + timedelta(days=1), file)
    assert second.reviews == first.reviews
    assert second.later == first.later


@pytest.mark.parametrize(
    "given", ["l-01", "http://x/laden/bewertung/l-01", "http://x/laden#l-01", "/laden/bewertung/l-01/"]
)
def test_a_review_is_found_by_id_or_address(given: str) -> None:
    assert review_id(given) == "l-01"


class served:
    """The site behind a real socket, for what only a real socket can do."""

    def __init__(self, platform: Platform) -> None:
        app = create_site(platform, TOKEN, now=lambda: datetime.now(UTC))
        self.server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.socket]}, daemon=True)

    def __enter__(self) -> str:
        self.thread.start()
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def __exit__(self, *_error: object) -> None:
        self.server.should_exit = True
        self.thread.join(5)
        self.socket.close()
