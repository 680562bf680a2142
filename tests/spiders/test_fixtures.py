"""Documents as the web has them, each beside what must be read from it. No network, no clock.

To add a case: a folder with `input.*`; run the test, look at the difference it prints, and write `expected.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from crawler.kinds import KINDS
from crawler.pages import (
    app_store,
    app_store_connect,
    bluesky,
    discourse,
    feed,
    google_business,
    google_play,
    isso,
    lemmy,
    mail,
    mastodon,
    reddit,
    schema_org,
    trusted_shops,
    trustpilot,
    wordpress,
    youtube,
)
from crawler.pages.result import PageRead
from crawler.pages.talk import Listing, answers
from crawler.pages.threads import Accounts, hang
from tests.peers.discovery import discovery

FOLDER = Path(__file__).parent / "fixtures"
CASES = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*"))
ADDRESS = "https://laden.example/topf"
ARRIVED = datetime(2026, 11, 25, 7, 12, 9, tzinfo=UTC)
GOOGLE = "https://dienst.googleapis.example/liste?maxResults=100"
DESCRIBED = {
    "google_play": ("androidpublisher.v3", "/androidpublisher/v3/applications/at.lindner.app/reviews"),
    "youtube": ("youtube.v3", "/youtube/v3/commentThreads"),
}


def read_wordpress(body: bytes) -> PageRead:
    arranged = wordpress.arrange(wordpress.comments(body), wordpress.Own.of([1], []))
    return PageRead(arranged.posts, errors=[f"missing {number}" for number in arranged.missing.values()])


def read_mastodon(body: bytes) -> PageRead:
    return customers(mastodon.listing(body), "117020565966271181")


def read_bluesky(body: bytes) -> PageRead:
    own = "did:plc:ri7nnotfojtfmg2vxwljpo5c"
    if b'"thread"' not in body:
        return customers(bluesky.listing(body, "notifications" if b'"notifications"' in body else "posts"), own)
    thread = bluesky.thread(body) or []
    thread[0].post.owner_replies = answers(thread[0].post.external_id, thread, own)
    return PageRead([one.post for one in thread if one.post.author_id != own])


def customers(listing: Listing, own: str) -> PageRead:
    private = [f"private: {one.post.external_id}" for one in listing.said if one.private]
    posts = [one.post for one in listing.posts(own)]
    return PageRead(posts, listing.errors + private, next_url=listing.older)


def hung(read: PageRead) -> PageRead:
    """A conversation with our answers under what they answer."""
    posts = hang(read.posts, read.own)
    missing = [f"missing {name}" for name in posts.missing.values()]
    return PageRead(posts.posts, [*read.errors, *missing], read.published_total, read.next_url)


ROSI = Accounts.of(["072d8bb7f6a9"], ["@rosi", "rosi@laden.example"])

READERS: dict[str, Callable[[bytes], PageRead]] = {
    "schema_org": lambda body: schema_org.read(body, ADDRESS),
    "feed": lambda body: feed.read(body, "https://bad.example/forum.atom", own_names=["Wirtin", "Stadtbad Team"]),
    "wordpress": read_wordpress,
    "trusted_shops": trusted_shops.read,
    "trustpilot": trustpilot.read,
    "mail": lambda body: mail.read(body, arrived=ARRIVED),
    "mastodon": read_mastodon,
    "bluesky": read_bluesky,
    "isso": lambda body: hung(isso.read(body, ADDRESS, ROSI)),
    "discourse": lambda body: hung(discourse.read(body, "https://forum.example", ROSI)),
    "lemmy": lambda body: hung(lemmy.read(body, "https://feddit.example", ROSI)),
    "reddit": lambda body: hung(reddit.read(body, "https://oauth.reddit.com/r/lieferung/new?limit=100", ROSI)),
    "reddit_feed": lambda body: hung(reddit.feed(body, "https://www.reddit.com/r/lieferung/new/.rss", ROSI)),
    "app_store": app_store.read,
    "app_store_connect": lambda body: app_store_connect.read(
        body, "https://api.appstoreconnect.apple.com/v1/apps/1234567890/customerReviews?limit=3", ADDRESS
    ),
    "google_play": lambda body: google_play.read(body, GOOGLE, "at.lindner.app"),
    "google_business": lambda body: google_business.read(body, GOOGLE),
    "youtube": lambda body: youtube.read(body, GOOGLE),
}


def plain(read: PageRead) -> dict[str, Any]:
    """The reading as JSON, without what is empty."""
    posts = [
        {
            key: _plain(value)
            for key, value in asdict(post).items()
            if value not in ("", None, []) and value is not False
        }
        for post in read.posts
    ]
    shown: dict[str, Any] = {"posts": posts, "errors": [error.partition(" (")[0] for error in read.errors]}
    return shown | {key: getattr(read, key) for key in ("published_total", "next_url") if getattr(read, key)}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list):
        return [{key: _plain(inner) for key, inner in item.items() if inner not in ("", None)} for item in value]
    return value


@pytest.mark.parametrize("case", CASES)
def test_a_document_is_read_as_expected(case: str) -> None:
    [source] = (FOLDER / case).glob("input.*")
    read = READERS[case.partition("/")[0]](source.read_bytes())
    expected = json.loads((FOLDER / case / "expected.json").read_text(encoding="utf-8"))
    assert plain(read) == expected


@pytest.mark.parametrize("case", [case for case in CASES if case.partition("/")[0] in DESCRIBED])
def test_a_document_is_one_that_google_describes(case: str) -> None:
    name, path = DESCRIBED[case.partition("/")[0]]
    body = (FOLDER / case / "input.json").read_bytes()
    assert discovery(name).answer("GET", path, body) == []


def test_every_kind_has_cases() -> None:
    assert {case.partition("/")[0] for case in CASES} == set(READERS)


def test_every_kind_that_can_be_watched_has_documents() -> None:
    assert set(KINDS) <= set(READERS)
