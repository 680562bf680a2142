"""Mentions, hashtags and searches on a Mastodon server, look after look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from crawler.items import CrawlReport
from crawler.look import Look
from crawler.pages.mastodon import text_of
from crawler.recognise import examine
from crawler.run import Crawler
from crawler.sessions import InMemory
from crawler.spiders.mastodon import MastodonSpider
from tests.spiders.conftest import QUICK, local
from tests.spiders.fediverse import OWN, TOKEN, Server
from tests.spiders.shelf import Shelf
from tests.spiders.site import Answer, Site

Ask = Callable[..., CrawlReport]
ACCOUNT = {"account": "laden", "server": "laden.example"}
NEWEST = "/api/v1/notifications?types%5B%5D=mention&limit=40"


@pytest.fixture
def server(site: Site) -> Server:
    running = Server(site)
    running.serve()
    return running


@pytest.fixture
def looks() -> list[Look]:
    """The looks of a test, the newest last."""
    return []


@pytest.fixture
def ask(site: Site, shelf: Shelf, looks: list[Look], run: Callable[[Any], Any]) -> Ask:
    sessions = InMemory()

    def once(secret: str = TOKEN, settings: dict[str, str] = ACCOUNT, **fields: Any) -> CrawlReport:
        target = local("laden", "mastodon", settings={"api": site.url, **settings}, secret=secret, **fields)
        site.asked.clear()
        look = Look(shelf.target(target), shelf.receive, sessions=sessions)
        looks.append(look)
        run(Crawler(QUICK).run(look, MastodonSpider))
        return look.report

    return once


def test_a_mention_is_read_with_what_belongs_to_it(server: Server, ask: Ask, shelf: Shelf) -> None:
    number = server.write("Drei Wochen gewartet,<br>dann kaputt.</p><p>Schade.", spoiler_text="Ärger")
    assert ask().health == "ok"
    post = shelf.posts[number]
    assert (post.title, post.text) == ("Ärger", "@laden Drei Wochen gewartet,\ndann kaputt.\n\nSchade.")
    assert (post.author_name, post.author_url) == ("Karla", "https://anderswo.example/@karla")
    assert post.url == f"https://anderswo.example/@karla/{number}"
    assert post.language == ""
    assert "post.example" not in repr(post)


def test_nothing_new_costs_one_request_and_writes_nothing(server: Server, ask: Ask, site: Site) -> None:
    server.write("Danke für den Kaffee!", above=server.write("Gruß", "laden", to=""))
    ask()
    report = ask()
    assert site.paths == [NEWEST]
    assert (report.requests, report.rows_written, report.health) == (1, 0, "ok")


def test_whose_token_it_is_is_asked_once_and_learned(server: Server, ask: Ask, site: Site, looks: list[Look]) -> None:
    ask()
    assert "/api/v1/accounts/verify_credentials" in site.paths
    ask()
    assert [look.learned for look in looks] == [{"own_ids": [OWN]}] * 2
    assert "/api/v1/accounts/verify_credentials" not in site.paths


def test_the_token_of_somebody_else_reads_nothing(server: Server, ask: Ask, shelf: Shelf) -> None:
    server.write("Kalt.")
    report = ask(settings={"account": "bank", "server": "laden.example"})
    assert "belongs to laden, not to bank" in report.errors[0]
    assert (report.health, shelf.posts) == ("degraded", {})


def test_an_account_that_was_renamed_is_still_ours(server: Server, ask: Ask) -> None:
    assert ask(settings={"account": "frueher", "own_ids": [OWN]}).health == "ok"


def test_mentions_without_a_token_are_said_and_not_asked(server: Server, ask: Ask, site: Site) -> None:
    report = ask(secret="")
    assert "only with a credential" in report.errors[0]
    assert (report.health, site.paths) == ("degraded", [])


def test_a_token_that_is_refused_is_said_without_the_token(server: Server, ask: Ask) -> None:
    report = ask(secret="abgelaufen")
    assert "does not accept the credential" in report.errors[0]
    assert "abgelaufen" not in " ".join(report.errors)
    assert report.requests == 1


def test_the_next_page_that_a_server_names_elsewhere_is_never_asked(server: Server, ask: Ask, site: Site) -> None:
    for number in range(45):
        server.write(f"Meinung {number}")
    assert ask().new == 45
    assert [path for path in site.paths if "max_id" in path] == [f"{NEWEST}&max_id=25"]


def test_boosts_programs_and_our_own_posts_are_left_out(server: Server, ask: Ask, shelf: Shelf) -> None:
    server.write("Angebot!", "werbung", bot=True)
    boosted = server.write("Alt.", to="")
    server.write("", "max", reblog=server.statuses[boosted])
    server.notify(server.write("Wir haben neu geöffnet.", "laden", to=""))
    assert ask().health == "ok"
    assert shelf.posts == {}


@pytest.mark.parametrize("visibility", ["direct", "private"])
def test_a_private_message_is_counted_once_and_kept_nowhere(
    visibility: str, server: Server, ask: Ask, shelf: Shelf
) -> None:
    server.write("Meine Bestellnummer ist 4711.", visibility=visibility)
    report = ask()
    assert report.errors == [
        "Private messages to the account were left out, for they are no public posts (1). Answer them there."
    ]
    assert (report.health, shelf.posts) == ("ok", {})
    assert "4711" not in repr(shelf.pages)
    assert ask().errors == []


def test_an_edit_is_seen_with_its_time(server: Server, ask: Ask, shelf: Shelf) -> None:
    number = server.write("Kalt.")
    ask()
    server.edit(number, "Lauwarm.")
    report = ask()
    assert (report.changed, report.requests) == (1, 1)
    assert shelf.posts[number].text == "@laden Lauwarm."
    assert str(shelf.posts[number].updated_at) == "2026-11-02 09:00:00.695000+00:00"


def test_our_answer_hangs_under_the_post_that_it_answers(server: Server, ask: Ask, shelf: Shelf) -> None:
    first = server.write("Kalt.")
    ask()
    answer = server.write("Das tut uns leid.", "laden", to="karla", above=first)
    server.write("Kommen Sie vorbei!", "laden", to="karla", above=answer)
    more = server.write("Gern, wann?", above=answer)
    server.write("Morgen.", "laden", to="karla", above=more)
    server.write("Ich auch!", "max", to="karla", above=first)
    ask()
    assert [reply.text for reply in shelf.posts[first].owner_replies] == [
        "@karla Das tut uns leid.", "@karla Kommen Sie vorbei!",
    ]  # fmt: skip
    assert [reply.text for reply in shelf.posts[more].owner_replies] == ["@karla Morgen."]
    assert shelf.posts[more].parent_external_id == answer
    assert ask().requests == 1


def test_nobody_becomes_the_business_by_its_name(server: Server, ask: Ask, shelf: Shelf) -> None:
    first = server.write("Kalt.")
    server.write("Stimmt nicht!", "falscher laden", to="karla", above=first)
    server.statuses[next(reversed(server.statuses))]["account"]["display_name"] = "Laden"
    ask(own_names=("Laden",))
    assert shelf.posts[first].owner_replies == []


def test_a_private_answer_of_ours_is_not_seen_in_public(server: Server, ask: Ask, shelf: Shelf) -> None:
    first = server.write("Kalt.")
    server.write("Ich auch.", "max", to="karla", above=first)
    server.write("Ihre Nummer?", "laden", to="karla", above=first, visibility="direct")
    ask()
    assert shelf.posts[first].owner_replies == []


def test_a_deleted_status_is_gone_by_its_own_address(server: Server, ask: Ask, shelf: Shelf) -> None:
    kept, gone = server.write("Kalt."), server.write("Heiß.")
    server.write("Lau.")
    ask()
    server.delete(gone)
    assert ask().deleted == 1
    assert (shelf.posts[gone].deleted, shelf.posts[kept].deleted) == (True, False)
    assert ask().requests == 1


def test_a_notification_that_was_cleared_deletes_nothing(server: Server, ask: Ask, shelf: Shelf) -> None:
    number = server.write("Kalt.")
    ask()
    server.notifications.clear()
    report = ask()
    assert (report.deleted, report.health) == (0, "ok")
    assert not shelf.posts[number].deleted
    assert ask().requests == 1


def test_a_status_that_cannot_be_asked_for_now_is_asked_for_again(
    server: Server, ask: Ask, site: Site, shelf: Shelf
) -> None:
    gone = server.write("Heiß.")
    server.write("Lau.")
    ask()
    server.delete(gone)
    site[f"/api/v1/statuses/{gone}"] = Answer("{}", 503)
    assert (ask().health, ask().deleted) == ("ok", 0)
    server.serve()
    assert ask().deleted == 1
    assert shelf.posts[gone].deleted


def test_what_was_missed_is_read_from_the_newest_on(server: Server, ask: Ask, site: Site, shelf: Shelf) -> None:
    server.write("Kalt.")
    ask()
    for number in range(100):
        server.write(f"Meinung {number}")
    report = ask()
    assert (report.new, len(shelf.posts)) == (100, 101)
    assert [path.rpartition("=")[2] for path in site.paths if "max_id" in path] == ["81", "41"]
    assert ask().requests == 1


def test_the_first_look_goes_back_as_far_as_allowed_and_the_next_one_goes_on(server: Server, ask: Ask) -> None:
    for number in range(100):
        server.write(f"Meinung {number}")
    assert [ask(max_pages=2).new for _ in range(3)] == [80, 20, 0]


def test_the_daily_look_reads_threads_and_old_unanswered_posts(server: Server, ask: Ask, shelf: Shelf) -> None:
    old = server.write("Kalt.")
    ask()
    for number in range(50):
        server.write(f"Meinung {number}")
    ask()
    server.write("Das tut uns leid.", "laden", to="karla", above=old)
    assert ask().changed == 0
    assert ask(conditional=False).changed == 1
    assert len(shelf.posts[old].owner_replies) == 1


def test_a_known_post_whose_thread_cannot_be_read_is_not_shown_as_unanswered(
    server: Server, ask: Ask, site: Site, shelf: Shelf
) -> None:
    first = server.write("Kalt.")
    server.write("Das tut uns leid.", "laden", to="karla", above=first)
    ask()
    site[f"/api/v1/statuses/{first}/context"] = Answer("{}", 403)
    report = ask(conditional=False)
    assert (report.changed, report.health) == (0, "degraded")
    assert len(shelf.posts[first].owner_replies) == 1
    assert shelf.pages[-1].posts[0].answers_unknown


def test_a_status_that_goes_while_it_is_read_is_deleted(server: Server, ask: Ask, site: Site, shelf: Shelf) -> None:
    number, kept = server.write("Kalt."), server.write("Lau.")
    server.write("Ich auch.", "max", to="karla", above=number)

    def gone(_asked: object) -> Answer:
        server.delete(number)
        return Answer("{}", 404)

    site[f"/api/v1/statuses/{number}/context"] = gone
    ask()
    assert ask().deleted == 1
    assert [post.deleted for post in (shelf.posts[number], shelf.posts[kept])] == [True, False]


@pytest.mark.parametrize(("status", "asked"), [(429, 1), (503, 1), (403, 3)])
def test_a_server_in_trouble_is_asked_for_no_more_threads(
    status: int, asked: int, server: Server, ask: Ask, site: Site, shelf: Shelf
) -> None:
    for number in range(3):
        answered = server.write(f"Meinung {number}")
        server.write("Danke!", "laden", to="karla", above=answered)
        site[f"/api/v1/statuses/{answered}/context"] = Answer(
            "{}", status, {} if status == 403 else {"Retry-After": "300"}
        )
    assert (ask().health, len(shelf.posts)) == ("degraded", 3)
    assert sum(path.endswith("/context") for path in site.paths) == asked
    server.serve()
    assert ask().changed == 3


def test_too_many_threads_are_read_over_several_looks(server: Server, ask: Ask, site: Site, shelf: Shelf) -> None:
    for number in range(35):
        server.write("Danke!", "laden", to="karla", above=server.write(f"Meinung {number}"))
    assert ask().new == 35
    assert sum(path.endswith("/context") for path in site.paths) == 30
    ask()
    assert sum(path.endswith("/context") for path in site.paths) == 5
    assert all(post.owner_replies for post in shelf.posts.values())


def test_a_hashtag_is_read_without_a_token(server: Server, ask: Ask, site: Site, shelf: Shelf) -> None:
    number = server.write("Kalt. #Laden", to="")
    report = ask(secret="", settings={"tag": "Laden", "server": "laden.example"})
    assert (report.health, list(shelf.posts)) == ("ok", [number])
    assert site.paths == ["/api/v2/instance", "/api/v1/timelines/tag/Laden?limit=40"]
    assert "authorization" not in site.asked[-1].headers
    assert ask(secret="", settings={"tag": "Laden"}).requests == 1


@pytest.mark.parametrize("closed", ["authenticated", "disabled"])
def test_a_hashtag_that_strangers_may_not_read_is_not_polled(closed: str, server: Server, ask: Ask, site: Site) -> None:
    server.feeds = {"local": closed, "remote": closed}
    for _ in range(2):
        report = ask(secret="", settings={"tag": "Laden"})
        assert "only with a credential" in report.errors[0]
    assert site.paths == ["/api/v2/instance"]


def test_only_the_open_part_of_a_hashtag_is_asked_for(server: Server, ask: Ask, site: Site) -> None:
    server.feeds = {"local": "public", "remote": "authenticated"}
    ask(secret="", settings={"tag": "Laden"})
    assert site.paths[-1] == "/api/v1/timelines/tag/Laden?local=true&limit=40"


def test_a_server_too_old_to_say_what_is_open_is_tried(server: Server, ask: Ask) -> None:
    server.feeds = None
    server.write("Kalt. #Laden", to="")
    assert ask(secret="", settings={"tag": "Laden"}).new == 1


def test_our_own_posts_with_the_hashtag_are_no_customers(server: Server, ask: Ask, shelf: Shelf) -> None:
    server.write("Neu bei uns! #Laden", "laden", to="")
    ask(settings={"tag": "Laden"})
    assert shelf.posts == {}


def test_a_search_finds_what_is_said_about_the_business(server: Server, ask: Ask, site: Site, shelf: Shelf) -> None:
    number = server.write("Der Laden Nord ist kalt", to="")
    server.write("Etwas anderes", to="")
    ask(settings={"query": "Laden+Nord"})
    assert list(shelf.posts) == [number]
    assert "q=Laden+Nord&type=statuses&resolve=false" in site.paths[-1]


@pytest.mark.parametrize(
    ("body", "told"),
    [("<html>Wartung</html>", "not the JSON it should be"), ('{"error":"x"}', "no list of posts")],
)
def test_an_answer_that_is_something_else_stores_nothing(
    body: str, told: str, server: Server, ask: Ask, site: Site, shelf: Shelf
) -> None:
    number = server.write("Kalt.")
    ask()
    site.pages["/api/v1/notifications?"] = Answer(body)
    report = ask()
    assert told in report.errors[0]
    assert (report.health, report.rows_written, shelf.posts[number].deleted) == ("degraded", 0, False)


def test_recognising_an_account_learns_whose_it_is(server: Server, site: Site, run: Callable[[Any], Any]) -> None:
    server.write("Kalt.")
    trial = local("@laden@laden.example", "", max_pages=1, secret=TOKEN, settings={"api": site.url})
    found = run(examine(Crawler(QUICK), trial))
    assert (found.kind, found.address) == ("mastodon", "https://laden.example/@laden")
    assert found.settings == ACCOUNT | {"own_ids": [OWN], "post_kind": "social", "api": site.url}
    assert [post.text for post in found.sample] == ["@laden Kalt."]


def test_the_posts_that_are_shown_first_are_the_newest(server: Server, site: Site, run: Callable[[Any], Any]) -> None:
    for number in range(90):
        server.write(f"Meinung {number}")
    trial = local("@laden@laden.example", "", secret=TOKEN, settings={"api": site.url})
    found = run(examine(Crawler(QUICK), trial))
    assert [post.text for post in found.sample[:3]] == ["@laden Meinung 89", "@laden Meinung 88", "@laden Meinung 87"]


def test_the_first_page_is_judged_like_any_other(server: Server, ask: Ask) -> None:
    server.write("")
    server.write("Kalt.")
    saw = ask().saw
    assert (saw.listed, saw.elastic, saw.total) == (2, True, None)


def test_two_pages_without_any_customer_do_not_end_the_list(server: Server, ask: Ask, shelf: Shelf) -> None:
    old = server.write("Kalt.")
    for number in range(100):
        server.write(f"Angebot {number}", "werbung", bot=True)
    ask()
    assert list(shelf.posts) == [old]


def test_links_are_shown_as_the_server_cuts_them() -> None:
    link = (
        '<p>Siehe <a href="https://www.laden.example/angebote/herbst" rel="nofollow"><span class="invisible">'
        'https://www.</span><span class="ellipsis">laden.example/angebote</span><span class="invisible">/herbst'
        "</span></a>!</p>"
    )
    assert text_of(link) == "Siehe laden.example/angebote…!"


def test_an_answer_that_was_withdrawn_and_given_anew_is_seen(server: Server, ask: Ask, shelf: Shelf) -> None:
    number = server.write("Kalt.")
    first = server.write("Das tut uns leid.", "laden", to="karla", above=number)
    ask()
    server.delete(first)
    server.statuses[number]["replies_count"] = 0
    ask()
    assert shelf.posts[number].owner_replies == []
    server.write("Das tut uns sehr leid.", "laden", to="karla", above=number)
    ask()
    assert [reply.text for reply in shelf.posts[number].owner_replies] == ["@karla Das tut uns sehr leid."]
