"""The real servers of Bluesky, which `make test-bluesky` installs: PDS, AppView and directory, read by the command.

Nothing is left out of what the spider asks: notifications, search, posts and threads are answered by the AppView
behind the PDS. What these servers cannot show is the hosted service in front of them: bsky.social as the entrance to
many PDSs, its limits, its moderation, and handles that stand in the DNS or on a web site.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.look import Look
from crawler.pages import bluesky as pages
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders.bluesky import BlueskySpider
from crawler.spiders.residence import Directory
from tests.conftest import drop_postgresql
from tests.operate.helpers import gelassen, gelassen_alone, json_lines
from tests.peers.bluesky import PASSWORD, Bluesky, Person, ended, require, running_bluesky
from tests.spiders.alike import unlike
from tests.spiders.conftest import local
from tests.spiders.plc import document
from tests.spiders.shelf import Shelf
from tests.spiders.site import Site
from tests.spiders.sky import OWN, Sky

pytestmark = pytest.mark.optin
FIXTURES = Path(__file__).parent / "fixtures" / "bluesky"


@pytest.fixture(scope="module")
def sky(tmp_path_factory: pytest.TempPathFactory, fresh_postgresql: Callable[..., Any]) -> Iterator[Bluesky]:
    require()
    url = fresh_postgresql(template="template0")
    with running_bluesky(tmp_path_factory.mktemp("bluesky"), url.render_as_string(hide_password=False)) as running:
        yield running
    drop_postgresql(url)


@pytest.fixture(scope="module")
def shop(sky: Bluesky) -> Person:
    shop = sky.join("laden")
    shop.call_myself("Laden Nord")
    return shop


@pytest.fixture(scope="module")
def secret(shop: Person) -> str:
    """The credential of the source, with a password for apps as the business makes it for Gelassen."""
    return f"laden.test:{shop.call('com.atproto.server.createAppPassword', name='Gelassen')['password']}"


@pytest.fixture(scope="module")
def customer(sky: Bluesky) -> Person:
    customer = sky.join("karla")
    customer.call_myself("Karla Kundin")
    return customer


class Installation:
    """Gelassen with the account as its one source, used by its commands, each in a process of its own."""

    def __init__(self, folder: Path, sky: Bluesky, secret: str) -> None:
        self.folder, self.sky, self.secret = folder, sky, secret
        gelassen("init", "--data", folder)

    def add(self) -> str:
        """Add the source; returns what the command said."""
        return self._run("source", "add", "@laden.test", "--name", "laden", "--secret", "LADEN", "--allow-private",
                         "--setting", f"api={self.sky.pds}").stderr  # fmt: skip

    def look(self) -> dict[str, Any]:
        """The report of a look, once everything written before is known."""
        self.sky.settle()
        [report] = json_lines(self._run("crawl", "laden", "--json").stdout)
        assert (report["health"], report["errors"]) == ("ok", [])
        return dict(report)

    def posts(self) -> dict[str, dict[str, Any]]:
        listed = json_lines(gelassen("posts", "--json", "--data", self.folder).stdout)
        return {post["external_id"]: post for post in listed}

    @property
    def session_file(self) -> Path:
        files = (self.folder / "sessions").glob("*.json")
        return next(file for file in files if "access" in json.loads(file.read_text()))

    def _run(self, *arguments: str) -> Any:
        return gelassen_alone(*arguments, "--data", self.folder, GELASSEN_READ_LADEN=self.secret)


@pytest.fixture
def installation(tmp_path: Path, sky: Bluesky, secret: str) -> Installation:
    return Installation(tmp_path / "data", sky, secret)


def test_a_conversation_is_followed_from_the_mention_to_its_deletion(
    sky: Bluesky, shop: Person, customer: Person, installation: Installation
) -> None:
    post = customer.write("@laden.test Drei Wochen warten, dann defekt. 😡", to=shop)
    sky.settle()
    assert "Drei Wochen warten, dann defekt." in installation.add()
    assert installation.look()["new"] >= 1
    seen = installation.posts()[post["uri"]]
    assert (seen["author_name"], seen["text"]) == ("Karla Kundin", "@laden.test Drei Wochen warten, dann defekt. 😡")
    assert installation.look()["rows_written"] == 0

    answer = shop.write("Das tut uns leid. Wir melden uns morgen.", above=post)
    assert installation.look()["rows_written"] > 0
    [reply] = installation.posts()[post["uri"]]["owner_replies"]
    assert reply["text"] == "Das tut uns leid. Wir melden uns morgen."

    more = customer.write("Es ist übermorgen.", above=answer)
    assert installation.look()["new"] == 1
    assert installation.posts()[more["uri"]]["text"] == "Es ist übermorgen."

    customer.edit(post, "@laden.test Vier Wochen warten.")
    assert installation.look()["changed"] == 1
    assert installation.posts()[post["uri"]]["text"] == "@laden.test Vier Wochen warten."

    customer.delete(more)
    assert installation.look()["deleted"] == 1
    assert installation.posts()[more["uri"]]["deleted"]
    assert installation.look()["rows_written"] == 0


def test_the_session_is_kept_between_processes_and_refreshed_when_it_has_ended(installation: Installation) -> None:
    installation.add()
    first = json.loads(installation.session_file.read_text())
    assert installation.look()["requests"] >= 1
    assert json.loads(installation.session_file.read_text()) == first
    installation.session_file.write_text(json.dumps(first | {"access": ended(first["access"])}))
    installation.look()
    second = json.loads(installation.session_file.read_text())
    assert (second["access"] != first["access"], second["refresh"] != first["refresh"]) == (True, True)
    assert installation.look()["health"] == "ok"


def test_a_session_that_was_revoked_is_followed_by_a_login(sky: Bluesky, installation: Installation) -> None:
    installation.add()
    first = json.loads(installation.session_file.read_text())
    revoked = sky.client.post(
        "/xrpc/com.atproto.server.deleteSession", headers={"Authorization": f"Bearer {first['refresh']}"}
    )
    assert revoked.status_code == 200
    installation.session_file.write_text(json.dumps(first | {"access": ended(first["access"])}))
    assert installation.look()["health"] == "ok"
    assert json.loads(installation.session_file.read_text())["refresh"] != first["refresh"]


@pytest.fixture
def ask(sky: Bluesky, shelf: Shelf, monkeypatch: pytest.MonkeyPatch, run: Callable[[Any], Any]) -> Callable[..., Any]:
    """Looks that find the server by themselves, with the directory of these servers in place of the public one."""
    resolve = f"{sky.pds}/xrpc/com.atproto.identity.resolveHandle?handle={{handle}}"
    monkeypatch.setattr(BlueskySpider, "directory", Directory((resolve,), f"{sky.plc}/{{did}}"))
    sessions = InMemory()

    def once(secret: str, **settings: str) -> CrawlReport:
        sky.settle()
        target = local("laden", "bluesky", settings=settings, secret=secret)
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        run(Crawler().run(look, BlueskySpider))
        return look.report

    return once


def test_the_server_is_found_by_the_handle(
    shop: Person, customer: Person, secret: str, ask: Callable[..., Any], shelf: Shelf
) -> None:
    post = customer.write("@laden.test Kalt.", to=shop)
    report = ask(secret)
    assert (report.errors, post["uri"] in shelf.posts) == ([], True)


def test_the_server_is_found_by_the_did(shop: Person, secret: str, ask: Callable[..., Any]) -> None:
    assert ask(f"{shop.did}:{secret.partition(':')[2]}").errors == []


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("laden.test:falsch", "does not accept the credential"),
        ("gibt-es-nicht.test:falsch", "No account proves to be gibt-es-nicht.test"),
        ("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa:falsch", "There is no document of the account"),
    ],
)
def test_a_wrong_credential_is_told(shop: Person, wrong: str, told: str, ask: Callable[..., Any]) -> None:
    assert told in ask(wrong).errors[0]


def test_a_search_finds_the_words(customer: Person, secret: str, ask: Callable[..., Any], shelf: Shelf) -> None:
    post = customer.write("Im Morgenrotcafe war es kalt.")
    assert ask(secret, query="Morgenrotcafe").errors == []
    assert list(shelf.posts) == [post["uri"]]


@pytest.fixture(scope="module")
def answers(sky: Bluesky, shop: Person, customer: Person) -> dict[str, list[Any]]:
    """Real answers by the name of what was asked."""
    post = customer.write("@laden.test Der Laden Nord ist kalt", to=shop)
    answer = shop.write("@karla.test Das tut uns leid.", to=customer, above=post)
    customer.write("@laden.test Gern.", to=shop, above=answer, root=post)
    customer.write("Das nennt ihr Antwort?", quoting=answer)
    angry = sky.join("max")
    angry.write("@laden.test Das nennt ihr Service?", to=shop, above=post)
    angry.block(shop)
    sky.settle()
    login = {"identifier": "laden.test", "password": PASSWORD}
    session = sky.client.post("/xrpc/com.atproto.server.createSession", json=login).json()
    again = sky.client.post(
        "/xrpc/com.atproto.server.refreshSession", headers={"Authorization": f"Bearer {session['refreshJwt']}"}
    )
    thread = "app.bsky.feed.getPostThread"
    return {
        "session": [session, again.json()],
        "notifications": [shop.ask("app.bsky.notification.listNotifications", limit=limit).json() for limit in (1, 50)],
        "search": [shop.ask("app.bsky.feed.searchPosts", q="Laden", limit=limit).json() for limit in (1, 50)],
        "posts": [shop.ask("app.bsky.feed.getPosts", uris=[post["uri"], answer["uri"]]).json()],
        "thread": [shop.ask(thread, uri=post["uri"], depth=6).json()],
        "document": [sky.client.get(f"{sky.plc}/{shop.did}").json()],
        "handle": [sky.client.get("/xrpc/com.atproto.identity.resolveHandle", params={"handle": "laden.test"}).json()],
    }


def test_the_documents_that_the_ordinary_tests_read_look_like_real_ones(answers: dict[str, list[Any]]) -> None:
    for name in ("notifications", "search", "thread"):
        ours = json.loads((FIXTURES / name / "input.json").read_text(encoding="utf-8"))
        below = ours.get("thread", {}).get("replies", [])
        below[:] = [reply for reply in below if "notFound" not in reply]  # allowed there, but not seen so far
        assert list(unlike(ours, answers[name], name)) == []


def test_the_server_that_the_ordinary_tests_play_answers_like_a_real_one(
    answers: dict[str, list[Any]], site: Site
) -> None:
    played = Sky(site, site)
    post = played.write("@laden.bsky.social Der Laden ist kalt")
    answer = played.write("Das tut uns leid.", "laden", above=post)
    reasons = {"reasons": ["mention"], "limit": ["50"]}
    ours = {
        "session": played.session(),
        "notifications": played.notifications(reasons),
        "search": played.search({"q": ["Laden"], "limit": ["50"]}),
        "posts": played.get_posts({"uris": [post, answer]}),
        "thread": played.thread({"uri": [post]}),
    }
    for name, made in ours.items():
        assert list(unlike(json.loads(made.body), answers[name], name)) == []
    assert list(unlike(document(OWN, "laden.example", site.url), answers["document"], "document")) == []
    assert list(unlike({"did": OWN}, answers["handle"], "handle")) == []


def test_what_is_refused_is_refused_with_the_same_words(sky: Bluesky, shop: Person, customer: Person) -> None:
    listing, thread = "app.bsky.notification.listNotifications", "app.bsky.feed.getPostThread"
    gone = customer.write("Weg.")
    customer.delete(gone)
    sky.settle()
    wrong = {"identifier": "laden.test", "password": "falsch"}
    login = sky.client.post("/xrpc/com.atproto.server.createSession", json=wrong)
    refused = [
        shop.ask(listing, ended(shop.session["accessJwt"])),
        shop.ask(listing, "kein-token"),
        sky.client.get(f"/xrpc/{listing}"),
        login,
        shop.ask(thread, uri=gone["uri"]),
        sky.client.get("/xrpc/com.atproto.identity.resolveHandle", params={"handle": "niemand.test"}),
    ]
    assert [(one.status_code, pages.error_code(one.content)) for one in refused] == [
        (400, "ExpiredToken"), (400, "InvalidToken"), (401, "AuthMissing"), (401, "AuthenticationRequired"),
        (400, "NotFound"), (400, "HandleNotFound"),
    ]  # fmt: skip
