"""What a cursor keeps of each list of a source."""

from __future__ import annotations

from crawler.items import Received, Target
from crawler.look import Cursor, Look
from crawler.part import KEEP, Part
from tests.spiders.board import run_now

FIRST, SECOND = "https://laden.example/kommentare", "https://laden.example/themen"


def look(cursor: Cursor | None = None) -> Look:
    return Look(Target(1, "Laden", "", FIRST, cursor=cursor or {}), lambda _page: Received())


def test_the_first_list_has_the_cursor_to_itself_and_further_ones_a_place_in_it() -> None:
    seen = look()
    run_now(Part(seen, FIRST).keep({"digest": "a"}))
    assert seen.cursor == {"digest": "a"}
    run_now(Part(seen, SECOND, first=False).keep({"digest": "b"}))
    seen.beside = {"owed": {"1": ""}}
    run_now(Part(seen, FIRST).keep({"digest": "c", "rest": {}}))
    assert seen.cursor == {
        "digest": "c", "rest": {}, "lists": {SECOND: {"digest": "b"}}, "beside": {"owed": {"1": ""}},
    }  # fmt: skip
    assert Part(look(seen.cursor), FIRST).before == {"digest": "c", "rest": {}}
    assert Part(look(seen.cursor), SECOND, first=False).before == {"digest": "b"}
    assert look(seen.cursor).beside == {"owed": {"1": ""}}


def test_a_list_that_was_never_read_keeps_nothing() -> None:
    assert Part(look({"digest": "a"}), SECOND, first=False).before == {}


def test_of_many_lists_those_read_last_and_those_with_something_unread_are_kept() -> None:
    seen = look()
    for number in range(KEEP + 20):
        kept = {"rest": {"url": "", "pages": 1, "known": 0}} if number == 3 else {"digest": "a"}
        run_now(Part(seen, f"{SECOND}/{number}", first=False).keep(kept))
    numbers = [int(url.rpartition("/")[2]) for url in seen.cursor["lists"]]
    assert numbers == [3, *range(20, KEEP + 20)]
