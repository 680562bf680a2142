"""What is said to an account on Bluesky, and the session it is read with, look after look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.look import Look
from crawler.pages import bluesky
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders.bluesky import BlueskySpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site, running_site
from tests.spiders.sky import OWN, SECRET, Sky

Ask = Callable[..., CrawlReport]
ACCOUNT = {"account": "laden.bsky.social"}


@pytest.fixture
def home() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def sky(site: Site, home: Site) -> Sky:
    return Sky(site, home)


@pytest.fixture
def sessions() -> InMemory:
    return InMemory()


@pytest.fixture
def looks() -> list[Look]:
    """The looks of a test, the newest last."""
    return []


@pytest.fixture
def ask(sky: Sky, shelf: Shelf, sessions: InMemory, looks: list[Look], run: Callable[[Any], Any]) -> Ask:
    def once(secret: str = SECRET, settings: dict[str, Any] = ACCOUNT, **fields: Any) -> CrawlReport:
        target = local("laden", "bluesky", settings={"api": sky.entry.url, **settings}, secret=secret, **fields)
        sky.home.asked.clear()
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        looks.append(look)
        run(Crawler(QUICK).run(look, BlueskySpider))
        return look.report

    return once


def methods(site: Site) -> list[str]:
    """What was asked of the account's server, in short."""
    return [path.partition("?")[0].rpartition(".")[2] for path in site.paths]


def test_a_mention_is_read_with_what_belongs_to_it(sky: Sky, ask: Ask, shelf: Shelf, looks: list[Look]) -> None:
    uri = sky.write("@laden.bsky.social Drei Wochen warten,\ndann defekt. 😡")
    assert ask().health == "ok"
    assert looks[0].learned == {"own_ids": [OWN]}
    post = shelf.posts[uri]
    assert (post.text, post.language) == ("@laden.bsky.social Drei Wochen warten,\ndann defekt. 😡", "de")
    assert (post.author_id, post.author_name) == ("did:plc:karla", "Karla")
    assert post.url == "https://bsky.app/profile/did:plc:karla/post/3n2uofuz20000"
    assert "cdn.example" not in repr(post)


@pytest.mark.parametrize(
    ("written", "taken"),
    [("2031-01-01T00:00:00Z", "2026-11-01 08:00:00+00:00"), ("2026-10-31T22:00:00Z", "2026-10-31 22:00:00+00:00")],
)
def test_nobody_writes_in_the_future(written: str, taken: str, sky: Sky, ask: Ask, shelf: Shelf) -> None:
    uri = sky.write("Kalt.", written=written)
    ask()
    assert str(shelf.posts[uri].created_at) == taken


def test_mentions_replies_and_quotes_are_read_and_likes_are_not(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    wanted = {sky.write(reason, reason=reason) for reason in ("mention", "reply", "quote")}
    sky.write("gefällt", reason="like")
    ask()
    assert set(shelf.posts) == wanted


def test_everything_but_the_login_is_asked_of_the_accounts_own_server(sky: Sky, ask: Ask) -> None:
    sky.write("Kalt.")
    ask()
    assert sky.entry.paths == ["/xrpc/com.atproto.server.createSession"]
    assert methods(sky.home) == ["listNotifications", "getPosts"]


def test_nothing_new_and_nothing_unanswered_costs_one_request_and_writes_nothing(sky: Sky, ask: Ask) -> None:
    uri = sky.write("Kalt.")
    sky.write("Das tut uns leid.", "laden", above=uri)
    ask()
    report = ask()
    assert methods(sky.home) == ["listNotifications"]
    assert (report.rows_written, report.requests, report.health) == (0, 1, "ok")


def test_unanswered_posts_are_asked_for_again_in_one_request(sky: Sky, ask: Ask) -> None:
    for number in range(20):
        sky.write(f"Meinung {number}")
    ask()
    report = ask()
    assert methods(sky.home) == ["listNotifications", "getPosts"]
    assert report.rows_written == 0


def test_our_answer_hangs_under_the_post_that_it_answers(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    first = sky.write("Kalt.")
    ask()
    answer = sky.write("Das tut uns leid.", "laden", above=first)
    sky.write("Kommen Sie vorbei!", "laden", above=answer)
    more = sky.write("Gern, wann?", above=answer, reason="reply")
    sky.write("Morgen.", "laden", above=more)
    sky.write("Ich auch!", "max", above=first, reason="")
    ask()
    assert [reply.text for reply in shelf.posts[first].owner_replies] == ["Das tut uns leid.", "Kommen Sie vorbei!"]
    assert [reply.text for reply in shelf.posts[more].owner_replies] == ["Morgen."]
    assert shelf.posts[more].parent_external_id == answer


def test_an_edit_keeps_the_address_and_changes_the_text(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    uri = sky.write("Kalt.")
    ask()
    sky.edit(uri, "Lauwarm.")
    assert ask().changed == 1
    assert shelf.posts[uri].text == "Lauwarm."
    assert ask().rows_written == 0


def test_a_deleted_post_is_gone_by_its_own_address(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    kept, gone = sky.write("Kalt."), sky.write("Heiß.")
    ask()
    sky.delete(gone)
    assert ask().deleted == 1
    assert (shelf.posts[gone].deleted, shelf.posts[kept].deleted) == (True, False)
    assert "getPostThread" in methods(sky.home)
    assert ask().deleted == 0


def test_where_the_list_is_empty_a_post_whose_thread_was_read_is_the_witness(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    answered, gone = sky.write("Kalt."), sky.write("Heiß.")
    sky.write("Das tut uns leid.", "laden", above=answered)
    ask()
    sky.heard.clear()  # edited posts leave the notifications, as do those that the owner clears away
    sky.delete(gone)
    assert ask().deleted == 1
    assert (shelf.posts[gone].deleted, shelf.posts[answered].deleted) == (True, False)


def test_where_the_list_is_empty_and_no_thread_was_read_nothing_is_proven(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    gone = sky.write("Heiß.")
    ask()
    sky.heard.clear()
    sky.delete(gone)
    assert (ask().deleted, shelf.posts[gone].deleted) == (0, False)


def test_a_post_of_somebody_who_blocks_us_is_not_deleted(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    uri = sky.write("Kalt.")
    ask()
    sky.blocked.add(uri)
    sky.heard.clear()
    report = ask()
    assert (report.deleted, report.health, shelf.posts[uri].deleted) == (0, "ok", False)
    ask()
    assert methods(sky.home) == ["listNotifications"]


def test_the_daily_look_reads_everything_that_is_known(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    uri = sky.write("Kalt.")
    answer = sky.write("Das tut uns lei.", "laden", above=uri)
    ask()
    sky.edit(answer, "Das tut uns leid.")
    assert ask().changed == 0
    assert ask(conditional=False).changed == 1
    assert shelf.posts[uri].owner_replies[0].text == "Das tut uns leid."


def test_what_was_missed_is_read_back_to_what_is_known(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.write("Kalt.")
    ask()
    for number in range(120):
        sky.write(f"Meinung {number}")
    assert ask().new == 120
    assert methods(sky.home).count("listNotifications") == 3


def test_a_list_whose_end_is_not_said_is_read_until_it_is_empty(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.says_the_end = False
    for number in range(60):
        sky.write(f"Meinung {number}")
    assert (ask().new, methods(sky.home).count("listNotifications")) == (60, 3)
    assert ask().rows_written == 0


def test_nothing_is_lost_when_reading_back_fails(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.write("Kalt.")
    ask()
    for number in range(60):
        sky.write(f"Meinung {number}")
    listing = sky.home.pages["/xrpc/app.bsky.notification.listNotifications?"]
    assert callable(listing)
    sky.home["/xrpc/app.bsky.notification.listNotifications?"] = lambda asked: (
        Answer("{}", 403) if "cursor" in asked.path else listing(asked)
    )
    assert ask().health == "degraded"
    assert len(shelf.posts) == 51
    sky.home["/xrpc/app.bsky.notification.listNotifications?"] = listing
    assert ask().new == 10


def test_a_search_finds_what_is_said_about_the_business(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    uri = sky.write("Der Laden Nord ist kalt", reason="")
    sky.write("Der Laden Nord hat offen", "laden")
    sky.write("Etwas anderes", reason="")
    ask(settings={"query": "Laden%20Nord"})
    assert list(shelf.posts) == [uri]
    assert "q=Laden+Nord&sort=latest" in sky.home.paths[0]


def test_the_session_is_kept_between_looks(sky: Sky, ask: Ask, sessions: InMemory) -> None:
    ask()
    ask()
    assert (sky.logins, sky.refreshes) == (1, 0)


def test_an_ended_session_is_refreshed_and_both_tokens_are_kept(sky: Sky, ask: Ask) -> None:
    ask()
    for _ in range(2):
        sky.end("access")
        assert ask().health == "ok"
    assert (sky.logins, sky.refreshes) == (1, 2)


def test_a_login_is_made_when_there_is_no_other_way(sky: Sky, ask: Ask) -> None:
    ask()
    sky.end("access", "refresh")
    assert ask().health == "ok"
    assert (sky.logins, sky.refreshes) == (2, 0)


def test_no_login_is_made_when_refreshing_only_fails_for_now(sky: Sky, ask: Ask) -> None:
    ask()
    sky.end("access")
    sky.home["/xrpc/com.atproto.server.refreshSession"] = Answer("{}", 502)
    report = ask()
    assert "502" in report.errors[0]
    assert sky.logins == 1


def test_too_many_logins_are_said_and_no_token_is_lost(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.allowed_logins = 0
    report = ask()
    assert "asks us to come less often (429). It asks to wait: 289 s." in report.errors[0]
    sky.allowed_logins = 30
    assert ask().health == "ok"


@pytest.mark.parametrize("secret", ["laden.bsky.social:falsch", "ohne-namen"])
def test_a_password_that_is_refused_is_said_without_it(secret: str, sky: Sky, ask: Ask) -> None:
    report = ask(secret)
    assert "does not accept the credential" in report.errors[0]
    assert secret.rpartition(":")[2] not in " ".join(report.errors)
    assert report.health == "degraded"


def test_neither_password_nor_tokens_nor_mail_address_are_left_anywhere(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.write("Kalt.")
    report = ask()
    sky.end("access", "refresh")
    sky.allowed_logins = 0
    told = f"{shelf.pages!r} {report!r} {ask()!r}"
    for secret in ("abcd-efgh", "access1", "refresh1", "post.example"):
        assert secret not in told


def test_the_account_of_somebody_else_reads_nothing(sky: Sky, ask: Ask, shelf: Shelf) -> None:
    sky.write("Kalt.")
    report = ask(settings={"account": "bank.bsky.social"})
    assert "belongs to laden.bsky.social, not to bank.bsky.social" in report.errors[0]
    assert shelf.posts == {}


@pytest.mark.parametrize("account", [OWN, "Laden.bsky.social"])
def test_the_account_may_be_named_by_its_id_and_in_any_case(account: str, sky: Sky, ask: Ask) -> None:
    assert ask(settings={"account": account}).health == "ok"


@pytest.mark.parametrize("place", ["ftp://laden.example", "", "http://"])
def test_tokens_are_not_sent_to_an_odd_or_less_safe_place(place: str) -> None:
    service = f'{{"service":[{{"id":"#atproto_pds","serviceEndpoint":"{place}"}}]}}'
    body = f'{{"did":"d","handle":"h","accessJwt":"a","refreshJwt":"r","didDoc":{service}}}'
    session = bluesky.session(body.encode(), "https://bsky.social")
    assert session is not None
    assert session["host"] == "https://bsky.social"


@pytest.mark.parametrize("body", [b"{}", b"[]", b"<html>", b'{"did":"d","handle":"h"}'])
def test_an_answer_without_tokens_is_no_session(body: bytes) -> None:
    assert bluesky.session(body, "https://bsky.social") is None


def test_recognising_an_account_learns_whose_it_is(sky: Sky, run: Callable[[Any], Any]) -> None:
    sky.write("Kalt.")
    trial = local("@laden.bsky.social", "", max_pages=1, secret=SECRET, settings={"api": sky.entry.url})
    found = run(examine(Crawler(QUICK), trial))
    assert (found.kind, found.address) == ("bluesky", "https://bsky.app/profile/laden.bsky.social")
    assert found.settings == ACCOUNT | {"own_ids": [OWN], "post_kind": "social", "api": sky.entry.url}
    assert [post.text for post in found.sample] == ["Kalt."]


def test_without_a_credential_nothing_is_asked(sky: Sky, run: Callable[[Any], Any]) -> None:
    found = run(examine(Crawler(QUICK), local("@laden.bsky.social", "", settings={"api": sky.entry.url})))
    assert "Bluesky: this can only be read with a credential" in found.problem
    assert found.wants_credential
    assert sky.entry.paths == []
