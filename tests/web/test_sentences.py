"""What other rooms store in English reads German on the German page."""

from __future__ import annotations

import ast
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Obligation, Reply, Source
from db.moves import move
from db.queries_settings import note_tick
from db.queries_sources import list_channels, pause_source, set_channel_state, set_health
from db.states import ChannelState, ReplyState
from responder.exact_text import problems
from responder.playbook.request import Proposal
from responder.publishers.http import Answer, usual_outcome
from responder.web import labels
from responder.web.sentences import CHECKS, LONGEST, SENTENCES, recognise, tell
from responder.web.translate import words
from responder.writing import BY_HAND
from tests.web.conftest import CALM, House
from tests.web.spoken import EXAMPLE, sentences, spoken

GERMAN, ENGLISH = words("de").gettext, words("en").gettext
NO_LITERAL_OF_ITS_OWN = {
    "{url}: {rest}",
    "{number} posts stood here at the last look, now none can be found.",
    "No posts were found on {url}.",
    "no answer in time",
}
"""Made of pieces, or a literal whose last gap stayed empty."""


SPOKEN = list(spoken())


@pytest.mark.parametrize(("place", "sentence"), SPOKEN, ids=[place for place, _ in SPOKEN])
def test_every_sentence_that_is_stored_for_people_is_known(place: str, sentence: str) -> None:
    assert recognise(sentence), f"{place}: responder/web/sentences.py does not know this sentence: {sentence}"


def test_no_sentence_is_kept_that_nobody_says_any_more() -> None:
    said = {found[0] for _place, sentence in SPOKEN if (found := recognise(sentence))}
    assert set(SENTENCES) - said == NO_LITERAL_OF_ITS_OWN


def test_the_walk_notices_a_new_sentence() -> None:
    fresh = ast.parse(
        'def f(url):\n    """A docstring."""\n    trouble(f"{url} smells of burning.")\n    say("It burns.")'
    )
    found = [text for _line, text in sentences(fresh)]
    assert found == [f"{EXAMPLE} smells of burning.", "It burns."]
    assert not any(recognise(text) for text in found)


def test_what_exact_texts_lack_is_known() -> None:
    said = {finding.why for text in ("", "a\u200bb", "[Name]") for finding in problems(text)}
    assert said == set(CHECKS)


@pytest.mark.parametrize(
    ("stored", "german"),
    [
        ("The reply is not there.", "Die Antwort steht nicht dort."),
        ("https://a.example/x redirects in circles.", "https://a.example/x leitet im Kreis weiter."),
        (
            "https://a.example/ asks us to come less often (429). It asks to wait: 120.",
            "https://a.example/ bittet uns, seltener zu kommen (429). So lange sollen wir warten: 120.",
        ),
        (
            "https://a.example/ asks us to come less often (429). It asks to wait: 120. "
            "Nothing is sent there before 2026-11-23 08:02 UTC.",
            "https://a.example/ bittet uns, seltener zu kommen (429). So lange sollen wir warten: 120. "
            "Vor 2026-11-23 08:02 UTC wird dort nicht wieder angefragt.",
        ),
        (
            "Given up after 10 attempts. The platform could not be reached properly (no answer in time).",
            "Nach 10 Versuchen aufgegeben. "
            "Die Plattform war nicht richtig zu erreichen (keine Antwort in der erwarteten Zeit).",
        ),
        (
            "https://a.example/wp: The site answers with something else than comments.",
            "https://a.example/wp: Die Seite antwortet mit etwas anderem als Kommentaren.",
        ),
        ("7 posts stood here at the last look, now none can be found. ", "Beim letzten Mal standen hier 7 Beiträge"),
        ("command line", "Auf der Kommandozeile geändert."),
    ],
)
def test_a_stored_sentence_is_told_in_german(stored: str, german: str) -> None:
    assert tell(stored, GERMAN).startswith(german)


@pytest.mark.parametrize("status", [301, 401, 403, 404, 429, 503])
def test_whatever_status_a_platform_answers_is_told_in_german(status: int) -> None:
    detail = usual_outcome(Answer(status, {"retry-after": "5"}, {"code": "rest_forbidden"})).detail
    assert tell(detail, GERMAN).startswith(f"Die Plattform hat mit {status} (rest_forbidden) geantwortet.")
    assert "platform" not in tell(detail, GERMAN)


@given(st.text(max_size=60))
def test_a_foreign_text_is_told_as_it_is(text: str) -> None:
    assert recognise(text) or tell(text, GERMAN) == text


@given(st.text(alphabet=st.sampled_from("a {}%(x)s."), min_size=1, max_size=30))
def test_what_stands_in_a_gap_is_never_read_as_a_template(name: str) -> None:
    told = tell(f"The secret file /x{name}x cannot be read. Check path and permissions.", GERMAN)
    assert f"/x{name}x" in told


def test_an_endless_text_is_not_looked_through() -> None:
    assert recognise("The platform answered " + "4" * LONGEST + ".") is None


@pytest.mark.parametrize("template", SENTENCES)
def test_every_sentence_is_told_in_both_languages(template: str) -> None:
    filled = re.sub(r"\{\w+\}", EXAMPLE, template)
    assert recognise(filled)
    assert tell(filled, ENGLISH)
    assert tell(filled, GERMAN) != filled or template == "{url}: {rest}"


def test_every_need_of_a_draft_has_its_words() -> None:
    listed = (Proposal.__doc__ or "").split("approved:", 1)[1].split(".")[0]
    assert set(re.findall(r"[a-z_]+", listed)) - {"or"} | {BY_HAND} == set(labels.NEEDS)


def approved(house: House) -> tuple[int, int]:
    """An item whose answer is signed; returns its id and that of the reply."""
    item = house.waiting()
    form = {"revision": "1", "text": CALM}
    house.browser("Anna").post(f"/draft/{house.draft_of(item).id}/approve", data=form)
    return item, house.rows(Reply)[0].id or 0


def test_a_refused_reply_says_why_in_the_language_of_the_page(house: House) -> None:
    item, reply_id = approved(house)
    detail = "The post was changed after the answer had been approved. Nothing was sent. Please read it again."
    with house.database.write() as session:
        move(
            session, Reply, reply_id, ReplyState.PLANNED, ReplyState.REFUSED, actor="poster", why="changed",
            now=house.clock(), outcome="changed", detail=detail,
        )  # fmt: skip
    browser = house.browser("Anna")
    for address in (f"/post/{item}", "/?tab=way"):
        page = browser.get(address).text
        assert "Der Beitrag wurde nach der Freigabe geändert." in page
        assert "Zurückgehalten: Beitrag geändert" in page
        assert "The post was" not in page
    browser.post("/account/language", data={"language": "en"})
    assert detail in browser.get(f"/post/{item}").text


def test_troubled_sources_and_channels_speak_the_language_of_the_page(house: House) -> None:
    source = house.source()
    why = "https://example.org/M has been removed for good (410). Check the address."
    with house.database.write() as session:
        set_health(session, source.id or 0, False, why, house.clock())
        channel = list_channels(session)[0]
        set_channel_state(
            session, channel.id or 0, ChannelState.ARMED, actor="cli", why="command line", now=house.clock()
        )
        refused = "The platform answered 401. Name or password of the account are not accepted."
        set_channel_state(session, channel.id or 0, ChannelState.FAILED, actor="poster", why=refused, now=house.clock())
    page = house.browser("Vera").get("/sources").text
    assert "wurde endgültig entfernt (410)" in page
    assert "Name oder Passwort des Kontos werden nicht angenommen." in page
    assert "answered 401" not in page


def test_a_source_that_is_watched_gives_no_reason(house: House) -> None:
    source = house.source()
    with house.database.write() as session:
        pause_source(session, source.id or 0, actor="cli", why="command line", now=house.clock())
    browser = house.browser("Ada")
    assert "Auf der Kommandozeile geändert." in browser.get("/sources").text
    browser.post(f"/sources/{source.id}/resume")
    assert house.rows(Source)[0].state_reason
    assert "wieder gestartet" not in browser.get("/sources").text


def test_the_clock_is_told_in_words(house: House) -> None:
    with house.database.write() as session:
        note_tick(session, "crawl", house.clock(), "due")
    page = house.browser("Vera").get("/status").text
    assert "Quellen lesen" in page
    assert "es gab etwas zu tun" in page
    assert "crawl" not in page


@pytest.mark.parametrize("need", sorted(labels.NEEDS))
def test_a_draft_says_what_it_needs_in_words(house: House, need: str) -> None:
    item = house.post(house.source())
    house.draft(item, needs=[need])
    page = house.browser("Ben").get(f"/post/{item}").text
    assert GERMAN(labels.NEEDS[need]) in page
    assert f"<li>{need}</li>" not in page


def test_the_duty_of_a_lost_reply_shows_the_note_of_its_new_draft_once(house: House) -> None:
    item = house.post(house.source())
    note = "The reply is no longer visible in public. Please check the page before you send it again."
    house.draft(item, note=note)
    assert house.browser("Anna").get(f"/post/{item}").text.count("öffentlich nicht mehr zu sehen. Bitte sehen") == 1
    assert house.rows(Obligation)[0].state == "open"
