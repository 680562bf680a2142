"""Comments on YouTube: threads and their replies, who the business is there, and what the key is for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crawler.items import Target
from crawler.spiders.youtube import THREADS
from tests.spiders.conftest import Run, local
from tests.spiders.google import JSON, error, error_info
from tests.spiders.shelf import Shelf
from tests.spiders.signed_in import Ask, asking
from tests.spiders.site import Answer, Site
from tests.spiders.tube import KEY, OWNER, VIDEO, Tube


@pytest.fixture
def tube(site: Site) -> Iterator[Tube]:
    made = Tube(site)
    yield made
    assert made.checked.problems == []


@pytest.fixture
def target(tube: Tube) -> Target:
    settings = {"video": VIDEO, "api": tube.site.url}
    return local(f"https://www.youtube.com/watch?v={VIDEO}", "youtube", settings=settings, secret=KEY)


@pytest.fixture
def ask(target: Target, shelf: Shelf, run: Run[object]) -> Ask:
    return asking(run, shelf, target)


def test_a_comment_is_read_with_a_key_that_stands_in_no_address(tube: Tube, ask: Ask, shelf: Shelf, site: Site) -> None:
    identity = tube.write("Der Sessel knarzt schon beim Auspacken.")
    report = ask()
    assert (report.new, report.requests, report.health) == (1, 1, "ok")
    post = shelf.posts[identity]
    assert (post.text, post.author_name, post.author_id) == (
        "Der Sessel knarzt schon beim Auspacken.", "@karl", "UCkarl",
    )  # fmt: skip
    assert post.url == f"https://www.youtube.com/watch?v={VIDEO}&lc={identity}"
    assert not any(KEY in path for path in site.paths)
    assert not any(KEY in repr(page) for page in shelf.pages)


def test_an_unchanged_video_costs_one_request_and_no_row(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    busy = tube.write("Knarzt.")
    for number in range(9):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    ask()
    report = ask()
    assert (report.requests, report.rows_written) == (1, 0)


def test_threads_come_page_by_page(tube: Tube, ask: Ask) -> None:
    for number in range(230):
        tube.write(f"Meinung {number}")
    report = ask()
    assert (report.new, report.requests) == (230, 3)


def test_replies_beyond_the_shown_ones_are_asked_for(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    busy = tube.write("Knarzt.")
    for number in range(130):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    report = ask()
    assert (report.new, report.requests) == (131, 3)
    assert {post.parent_external_id for post in shelf.posts.values()} == {"", busy}


def test_a_thread_of_many_replies_is_read_to_its_end(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    busy = tube.write("Knarzt.")
    for number in range(720):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    assert (ask().new, len(shelf.posts)) == (721, 721)


def test_replies_beyond_all_measure_are_told_of(tube: Tube, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawler.spiders.youtube.MAX_PAGES", 1)
    busy = tube.write("Knarzt.")
    for number in range(130):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    report = ask()
    assert "more than 100 replies" in report.errors[0]
    assert ask().requests == 1


def test_a_thread_that_could_not_be_read_to_its_end_is_read_by_the_next_look(
    tube: Tube, ask: Ask, shelf: Shelf
) -> None:
    busy = tube.write("Knarzt.")
    for number in range(130):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    tube.refusals["comments"] = error(500, "backendError")
    assert ask().health == "degraded"
    assert shelf.posts[busy].answers_unknown
    del tube.refusals["comments"]
    ask()
    assert len(shelf.posts) == 131
    assert not shelf.posts[busy].answers_unknown


def test_a_further_reply_that_the_list_does_not_show_is_noticed(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    busy = tube.write("Knarzt.")
    for number in range(7):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    ask()
    hidden = tube.write("Bei mir nicht.", under=busy)
    comments = tube.threads[busy]
    comments.insert(1, comments.pop())  # beyond the five that are shown
    assert ask().new == 1
    assert shelf.posts[hidden].text == "Bei mir nicht."


def test_only_so_many_threads_are_completed_in_one_look_and_the_others_in_the_next(tube: Tube, ask: Ask) -> None:
    for number in range(2 * THREADS + 3):
        busy = tube.write(f"Frage {number}")
        for _ in range(6):
            tube.write("Ich auch.", under=busy)
    report = ask(max_pages=2)
    assert (report.requests, report.seen) == (1 + 2 * THREADS, 7 * 2 * THREADS + 6 * 3)
    report = ask(max_pages=2)
    assert (report.requests, report.new, report.errors) == (1 + 3 * 2, 3, [])
    assert ask(max_pages=2).requests == 1


def test_an_edited_comment_is_seen_with_the_time_of_its_edit(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    identity = tube.write("Knarzt.")
    ask()
    tube.edit(identity, "Knarzt nicht mehr.")
    assert ask().changed == 1
    post = shelf.posts[identity]
    assert post.created_at is not None
    assert post.updated_at is not None
    assert (post.text, post.updated_at > post.created_at) == ("Knarzt nicht mehr.", True)


def test_the_owners_answer_hangs_under_the_comment_at_the_top(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    identity = tube.write("Knarzt.")
    answer = tube.answer_as_owner(identity, "Das tut uns leid.")
    ask()
    assert list(shelf.posts) == [identity]
    assert [reply.external_id for reply in shelf.posts[identity].owner_replies] == [answer]


def test_an_answer_to_somebody_by_name_hangs_under_his_comment(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    top = tube.write("Knarzt.")
    other = tube.write("Bei mir auch.", "@karla", "UCkarla", under=top)
    tube.answer_as_owner(top, "@karla Schreiben Sie uns bitte.")
    ask()
    assert shelf.posts[top].owner_replies == []
    assert [reply.text for reply in shelf.posts[other].owner_replies] == ["@karla Schreiben Sie uns bitte."]


def test_a_name_that_only_begins_alike_is_somebody_else(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    top = tube.write("Knarzt.", "@rosi", "UCrosi")
    other = tube.write("Bei mir auch.", "@kar", "UCkar", under=top)
    tube.answer_as_owner(top, "@karla ist nicht mehr bei uns.")
    ask()
    assert shelf.posts[other].owner_replies == []
    assert len(shelf.posts[top].owner_replies) == 1


def test_questions_under_our_own_comment_are_posts_and_ours_is_none(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    ours = tube.write("Fragen gern hier.", "@möbel-lindner", OWNER)
    question = tube.write("Gibt es ihn in Grün?", under=ours)
    tube.answer_as_owner(ours, "Ein Nachtrag von uns.")
    ask()
    assert list(shelf.posts) == [question]
    assert (shelf.posts[question].parent_external_id, shelf.posts[question].owner_replies) == (ours, [])


def test_whoever_takes_the_owners_name_is_a_customer(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    identity = tube.write("Alles gelogen!", "@möbel-lindner", "UCfremd")
    ask()
    assert list(shelf.posts) == [identity]


def test_under_a_strangers_video_our_channel_is_the_one_that_is_named(
    tube: Tube, target: Target, ask: Ask, shelf: Shelf
) -> None:
    identity = tube.write("Knarzt.")
    strangers = tube.answer_as_owner(identity, "Ich zeige ihn nur.")
    ours = tube.write("Wir tauschen ihn um.", "@wir", "UCwir", under=identity)
    ask(settings=target.settings | {"own_ids": ["UCwir"]})
    assert list(shelf.posts) == [identity, strangers]
    assert [reply.external_id for reply in shelf.posts[identity].owner_replies] == [ours]


def test_a_channel_is_found_by_its_handle_once(tube: Tube, ask: Ask, site: Site) -> None:
    tube.write("Knarzt.")
    by_name = {"handle": "m%C3%B6bel-lindner", "api": site.url}
    assert (ask(settings=by_name).requests, ask(settings=by_name).requests) == (2, 1)
    assert "allThreadsRelatedToChannelId" in site.paths[1]
    assert ask(settings=by_name, conditional=False).requests == 2


def test_a_channel_is_found_by_its_old_user_name(tube: Tube, ask: Ask, site: Site) -> None:
    tube.write("Knarzt.")
    assert ask(settings={"user": "MoebelLindner", "api": site.url}).new == 1


def test_a_handle_that_nobody_has_is_told(tube: Tube, ask: Ask, site: Site) -> None:
    report = ask(settings={"handle": "niemand", "api": site.url})
    assert (report.health, report.requests) == ("degraded", 1)
    assert "no channel by the name niemand" in report.errors[0]


@pytest.mark.parametrize(
    "secret", ["", "zu kurz", "AIza\r\nX-Boese: 1 0123456789abcdef", '{"type": "service_account"}']
)
def test_what_is_no_key_is_said_and_sent_nowhere(secret: str, tube: Tube, ask: Ask, site: Site) -> None:
    report = ask(secret=secret)
    assert (report.health, site.paths) == ("degraded", [])
    assert "not an API key for YouTube" in report.errors[0]


def test_a_key_that_google_does_not_know_is_said(tube: Tube, ask: Ask) -> None:
    report = ask(secret="AIzaSyFalsch-0123456789abcdefghijklmn")
    assert "does not accept the credential" in report.errors[0]
    assert "Falsch" not in " ".join(report.errors)


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        (error(403, "quotaExceeded"), "the quota of this credential is used up"),
        (error(403, "commentsDisabled"), "comments are switched off there"),
        (error(403, "accessNotConfigured"), "Switch it on in the Google Cloud console"),
        (error(403, "forbidden"), "Check its rights"),
        (error_info(403, "RATE_LIMIT_EXCEEDED"), "come less often"),
        (error(404, "videoNotFound"), "Check the address of the source"),
        (error(429), "come less often"),
        (error(500, "backendError"), "the next look will try again"),
        (error(401, "authError"), "does not accept the credential"),
        (Answer("{kaputt"), "not the JSON it should be"),
        (Answer('{"kind": "youtube#commentThreadListResponse"}', headers=JSON), "no list of posts"),
    ],
)
def test_what_youtube_refuses_or_garbles_is_said_and_nothing_stored(
    refusal: Answer, told: str, tube: Tube, ask: Ask, shelf: Shelf
) -> None:
    tube.refusals["commentThreads"] = refusal
    report = ask()
    assert (report.health, shelf.pages) == ("degraded", [])
    assert told in report.errors[0]


@pytest.mark.parametrize("refusal", [error(403, "quotaExceeded"), Answer("{kaputt"), error(404, "commentNotFound")])
def test_replies_that_cannot_be_read_cost_only_themselves(refusal: Answer, tube: Tube, ask: Ask, shelf: Shelf) -> None:
    busy = tube.write("Knarzt.")
    for number in range(7):
        tube.write(f"Bei mir auch ({number}).", under=busy)
    tube.refusals["comments"] = refusal
    report = ask()
    assert (report.new, len(report.errors)) == (6, 1)


def test_a_thread_without_its_first_comment_is_left_out_and_told(tube: Tube, ask: Ask, shelf: Shelf) -> None:
    tube.refusals["commentThreads"] = Answer(
        '{"items": [{"id": "Ug1", "snippet": {"totalReplyCount": 1}}, {"snippet": {"topLevelComment": {"id": "Ug2"}}}]}'
    )
    report = ask()
    assert list(shelf.posts) == ["Ug2"]
    assert report.errors == ["1 posts without id or content were left out; the interface may have changed."]
