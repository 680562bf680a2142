"""Accounts on servers of their own: found by their handle, and no password for anybody else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.look import Look
from crawler.pages.did import Identity, identity, is_did, is_handle, named, server_of
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders.bluesky import BlueskySpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.plc import Book, document
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site, running_site
from tests.spiders.sky import OWN, SECRET, Sky

Ask = Callable[..., CrawlReport]
HANDLE, PASSWORD = "laden.bsky.social", "abcd-efgh-ijkl-mnop"
OTHER = "did:plc:abcdefghijklmnopqrstuvwx"
LOGIN = "/xrpc/com.atproto.server.createSession"


@pytest.fixture
def home() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def sky(home: Site) -> Sky:
    return Sky(home, home)


@pytest.fixture
def book(site: Site, home: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Book]:
    """Knows the account at the server `home`."""
    with running_site() as hosts:
        book = Book(site, hosts)
        book.public[HANDLE] = OWN
        book.keep(OWN, HANDLE, home.url)
        monkeypatch.setattr(BlueskySpider, "directory", book.directory)
        yield book


@pytest.fixture
def sessions() -> InMemory:
    return InMemory()


@pytest.fixture
def ask(sky: Sky, book: Book, shelf: Shelf, sessions: InMemory, run: Callable[[Any], Any]) -> Ask:
    def once(secret: str = SECRET, **fields: Any) -> CrawlReport:
        target = local("laden", "bluesky", settings={}, secret=secret, **fields)
        sky.home.asked.clear()
        book.clear()
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        run(Crawler(QUICK).run(look, BlueskySpider))
        return look.report

    return once


def saw_password(site: Site) -> bool:
    return any(PASSWORD.encode() in asked.body or PASSWORD in repr(asked.headers) for asked in site.asked)


def forget_residence(sessions: InMemory) -> None:
    """As after a day."""
    for kept in sessions._kept.values():
        if "did" in kept and "until" in kept:
            kept["until"] = "2026-01-01T00:00:00+00:00"


def test_an_account_is_found_at_its_own_server_and_nobody_else_sees_the_password(
    sky: Sky, book: Book, ask: Ask, shelf: Shelf
) -> None:
    uri = sky.write("Kalt.")
    assert (ask().health, list(shelf.posts)) == ("ok", [uri])
    assert book.paths == [f"/resolve?handle={HANDLE}", f"/plc/{OWN}"]
    assert [saw_password(place) for place in (book.site, book.hosts, sky.home)] == [False, False, True]


def test_a_handle_that_only_its_own_host_knows_is_found_there(sky: Sky, book: Book, ask: Ask) -> None:
    del book.public[HANDLE]
    book.own(HANDLE, OWN)
    assert (ask().errors, sky.logins) == ([], 1)


def test_a_handle_that_bluesky_remembers_wrongly_is_proven_by_its_own_host(sky: Sky, book: Book, ask: Ask) -> None:
    book.public[HANDLE] = OTHER
    book.keep(OTHER, "frueher.example", "https://anderswo.example")
    book.own(HANDLE, OWN)
    assert (ask().errors, sky.logins) == ([], 1)


def test_bluesky_in_trouble_is_made_up_for_by_the_handles_own_host(sky: Sky, book: Book, ask: Ask) -> None:
    book.site["/resolve?"] = Answer(status=503)
    book.own(HANDLE, OWN)
    assert (ask().errors, sky.logins) == ([], 1)


def test_an_account_may_be_named_by_its_did(sky: Sky, book: Book, ask: Ask) -> None:
    sky.name = OWN
    assert ask(f"{OWN}:{PASSWORD}").errors == []
    assert book.paths == [f"/plc/{OWN}"]


def test_the_document_of_a_did_on_the_web_stands_at_its_host(sky: Sky, book: Book, ask: Ask) -> None:
    sky.own = "did:web:laden.example"
    book.public[HANDLE] = sky.own
    book.keep(sky.own, HANDLE, sky.home.url)
    assert ask().errors == []
    assert book.paths[-1] == "/web/laden.example"


def test_a_document_that_does_not_name_the_handle_gets_no_password(sky: Sky, book: Book, ask: Ask) -> None:
    book.keep(OWN, "bank.example", sky.home.url)
    assert ask().errors == [
        "No account proves to be laden.bsky.social. Check the handle in the credential of this source."
    ]
    assert sky.home.asked == []


def test_a_document_alone_proves_no_handle(sky: Sky, book: Book, ask: Ask) -> None:
    book.public.clear()
    assert "No account proves to be" in ask().errors[0]
    assert sky.home.asked == []


@pytest.mark.parametrize("secret", ["karl@post.example:geheim", "geheim", "laden:geheim", "127.0.0.1:geheim"])
def test_a_credential_without_a_handle_is_sent_nowhere(secret: str, sky: Sky, book: Book, ask: Ask) -> None:
    report = ask(secret)
    assert "does not begin with the handle of an account" in report.errors[0]
    assert "geheim" not in repr(report)
    assert sky.home.asked == book.paths == []


@pytest.mark.parametrize("server", ["ftp://laden.example", "https://u@laden.example", "https://laden.example/xrpc", ""])
def test_a_document_without_a_proper_server_gets_no_password(server: str, sky: Sky, book: Book, ask: Ask) -> None:
    book.keep(OWN, HANDLE, server)
    assert ask().errors == [
        "The account laden.bsky.social names no server that keeps it and is reached by https. Nothing was sent."
    ]


def test_a_document_cannot_lead_to_a_forbidden_address(book: Book, ask: Ask) -> None:
    book.keep(OWN, HANDLE, "http://169.254.169.254")
    assert "169.254.169.254 is not public, so nothing was sent there" in ask().errors[0]


def test_a_did_that_is_not_known_is_said(sky: Sky, book: Book, ask: Ask) -> None:
    assert "There is no document of the account" in ask(f"{OTHER}:{PASSWORD}").errors[0]
    assert sky.home.asked == []


def test_a_directory_in_trouble_is_said_and_no_handle_is_blamed(sky: Sky, book: Book, ask: Ask) -> None:
    book.hosts[f"/plc/{OWN}"] = Answer(status=503)
    errors = ask().errors
    assert "answers with the error 503; the next look will try again." in errors[0]
    assert not any("No account" in error for error in errors)
    assert sky.home.asked == []


def test_a_server_that_lets_in_somebody_else_is_not_read(sky: Sky, book: Book, ask: Ask) -> None:
    book.public[HANDLE] = OTHER
    book.keep(OTHER, HANDLE, sky.home.url)
    report = ask()
    assert f"let in {OWN} instead of {HANDLE}. Nothing was read." in report.errors[0]
    assert sky.home.paths == [LOGIN]


def test_nothing_is_looked_up_while_the_session_lasts(sky: Sky, book: Book, ask: Ask) -> None:
    ask()
    assert (ask().requests, book.paths) == (1, [])
    sky.end("access")
    assert (ask().health, book.paths) == ("ok", [])


def test_a_new_login_within_a_day_looks_nothing_up(sky: Sky, book: Book, ask: Ask, sessions: InMemory) -> None:
    ask()
    sky.end("access", "refresh")
    assert (ask().health, sky.logins, book.paths) == ("ok", 2, [])
    sky.end("access", "refresh")
    forget_residence(sessions)
    assert (ask().health, sky.logins, len(book.paths)) == ("ok", 3, 2)


def test_an_account_that_moved_is_read_at_its_new_server(
    sky: Sky, book: Book, ask: Ask, sessions: InMemory, shelf: Shelf
) -> None:
    ask()
    sky.end("access", "refresh")
    with running_site() as new:
        moved = Sky(new, new)
        moved.logins = 10
        uri = moved.write("Kalt.")
        book.keep(OWN, HANDLE, new.url)
        forget_residence(sessions)
        assert "has moved to another server" in ask().errors[0]
        assert not any("access11" in repr(asked) for asked in sky.home.asked)
        assert (ask().health, list(shelf.posts)) == ("ok", [uri])


def test_a_full_look_finds_out_that_an_account_has_moved_though_its_old_server_goes_on(
    sky: Sky, book: Book, ask: Ask, sessions: InMemory, shelf: Shelf
) -> None:
    ask()
    forget_residence(sessions)
    with running_site() as new:
        moved = Sky(new, new)
        moved.logins = 10
        uri = moved.write("Kalt.")
        book.keep(OWN, HANDLE, new.url)
        assert (ask(conditional=False).errors, list(shelf.posts)) == ([], [uri])
        assert (book.paths, sky.home.paths) == ([f"/plc/{OWN}"], [])


def test_a_full_look_goes_on_where_the_document_cannot_be_had(
    sky: Sky, book: Book, ask: Ask, sessions: InMemory
) -> None:
    ask()
    forget_residence(sessions)
    book.hosts[f"/plc/{OWN}"] = Answer(status=503)
    assert (ask(conditional=False).errors, sky.logins) == ([], 1)


@pytest.mark.parametrize(
    ("did", "is_one"),
    [
        (OWN, True), ("did:web:laden.example", True), ("did:web:localhost%3A2583", True), ("did:plc:kurz", False),
        ("did:web:laden.example/x", False), ("did:key:zQ3sh", False), ("did:web:laden.example:wir", False), ("", False),
    ],
)  # fmt: skip
def test_only_dids_of_two_methods_are_accounts(did: str, is_one: bool) -> None:
    assert is_did(did) is is_one


@pytest.mark.parametrize(
    ("handle", "is_one"),
    [
        (HANDLE, True), ("Laden.example", True), ("laden", False), ("127.0.0.1", False), ("laden.example/x", False),
        ("laden.example?x", False), ("-laden.example", False), ("a." * 130 + "de", False),
    ],
)  # fmt: skip
def test_only_names_of_hosts_are_handles(handle: str, is_one: bool) -> None:
    assert is_handle(handle) is is_one


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"did": 1}', b'{"did": "laden"}', b"did:plc:ri7nnotfojtfmg2vxwljpo5c x", b"\xff"]
)
def test_what_names_no_did_names_nobody(body: bytes) -> None:
    assert named(body) == ""


def test_a_document_is_read_as_far_as_it_goes() -> None:
    read = identity(json.dumps(document(OWN, "Laden.Example", "https://pds.example/")).encode(), OWN)
    assert read == Identity(OWN, ("laden.example",), "https://pds.example")
    assert identity(b'{"id": "%s", "alsoKnownAs": [1], "service": [1]}' % OWN.encode(), OWN) == Identity(OWN, (), "")
    assert identity(json.dumps(document(OTHER, HANDLE, "https://pds.example")).encode(), OWN) is None
    assert identity(b"<html>", OWN) is None
    assert server_of({"service": [{"id": "#atproto_pds", "serviceEndpoint": "https://["}]}) == ""
