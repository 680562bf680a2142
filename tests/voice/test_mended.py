"""Clauses that once came out wrong when said back: ordinals, small letters, conditions, and what refers back."""

from __future__ import annotations

from datetime import date

import pytest

from responder.drafting import DraftRequest, Turn, draft
from responder.playbook import load_playbook
from responder.playbook.capitals import with_capitals
from responder.playbook.deeds import deed
from responder.playbook.evidence import criticises
from responder.playbook.inquiry import asked_clause
from responder.playbook.retold import retold
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text

VOICE = load_playbook().voice("de-DE")


def said(text: str, rating: int = 2) -> str:
    post = Text(text, rating=rating)
    found = retold(read(post), post, VOICE, formal=True)
    return found.that if found else ""


@pytest.mark.parametrize(
    ("post", "that"),
    [
        ("Am 12. Oktober wurde meine Lieferung abgesagt.", "Ihre Lieferung am 12. Oktober abgesagt wurde"),
        ("Der Whirlpool war drei Tage außer Betrieb.", "der Whirlpool drei Tage außer Betrieb war"),
        ("Die App vergisst nach jedem Update meine Favoriten.", "die App nach jedem Update Ihre Favoriten vergisst"),
        ("Die Audioguides sind so leise, dass man in Saal 3 gar nichts versteht.", "die Audioguides zu leise sind"),
        ("Die Wände sind so dünn, dass wir jedes Wort der Nachbarn verstanden haben.", "die Wände zu dünn sind"),
        ("die heizung im bad war kaputt und keiner kam", "die Heizung im Bad kaputt war"),
        ("Die Liste verliert immer noch Einträge, wenn zwei tippen.", "die Liste immer noch Einträge verliert"),
    ],
)
def test_a_clause_is_said_back_as_a_person_would(post: str, that: str) -> None:
    assert said(post) == that


@pytest.mark.parametrize(
    "post",
    [
        "Der Bus um 7:12 fährt seit zwei Wochen nur noch, wenn er Lust hat.",
        "drei wochen ohne internet und der techniker kommt nicht",
    ],
)
def test_half_a_sentence_is_not_said_back(post: str) -> None:
    assert not said(post)


def test_praise_behind_so_is_no_harm() -> None:
    assert not said("Der Saal ist so groß, dass alle gut Platz hatten.", 5)
    assert not said("Die Suppe war so lecker, dass wir zweimal bestellt haben.", 3)


def test_a_text_with_capitals_is_left_as_it_is() -> None:
    assert with_capitals("Die heizung im bad", VOICE.nouns) == "Die heizung im bad"
    assert with_capitals("die heizung im bad war kalt", VOICE.nouns) == "die Heizung im Bad war kalt"


def test_an_emoji_before_a_new_sentence_ends_the_last_one() -> None:
    post = Text("Die neue Verkäuferin kann Gebärdensprache 🥹 Mein Mann hat ganz allein bestellt.", rating=5)
    found = deed(read(post), post, VOICE, formal=True)
    assert found is not None
    assert found.that == "die neue Verkäuferin Gebärdensprache kann"


def test_a_question_that_the_writer_answers_himself_is_not_answered_again() -> None:
    assert not asked_clause(Text("Was stand drauf? Das Falsche."))
    assert asked_clause(Text("Wann kommt der Techniker?"))


def again(text: str, before: str) -> str:
    post, first = Text(text, rating=1), Text(before, rating=1)
    profile = Profile(locale="de-DE", signature="Jana Brandt", contact="hilfe@linde.example", today=date(2026, 11, 26))
    history = (Turn("customer", before), Turn("us", "Guten Tag, wir melden uns bis Montag, 30. November. Jana Brandt"))
    return draft(DraftRequest(read(post), post, profile, step=2, key="k", history=history, earlier=(read(first),))).text


def test_what_refers_back_is_named_by_its_thing() -> None:
    text = again("Das mit der Rechnung ist noch immer nicht geklärt?", "Auf der Rechnung steht ein falscher Betrag.")
    assert "mit der Rechnung" in text


def test_a_danger_referred_back_to_is_still_a_danger() -> None:
    text = again("Das mit der Scherbe ist wohl vergessen?", "Im Salat lag eine Glasscherbe.")
    assert "mit der Scherbe" in text
    assert "leitung" in text


def test_what_is_settled_is_no_matter_any_more() -> None:
    assert "mit der Rechnung" not in again("Das mit der Rechnung ist geklärt, der Aufzug steht.", "Falsche Rechnung.")


def test_a_friendly_english_question_is_answered_as_one() -> None:
    post = Text("Nice app. Does the family plan let me add my granddad?", rating=4)
    profile = Profile(locale="de-DE", signature="Jana Brandt", today=date(2026, 11, 26))
    assert draft(DraftRequest(read(post), post, profile, key="k")).situation == "question"


def test_what_is_set_apart_from_praise_is_the_fault() -> None:
    assert said("Zimmer sauber. Einzig die Handtücher waren etwas rau.", 5) == "die Handtücher etwas rau waren"
    assert not said("Gutes Haus. Nur die Bedienung war super.", 4)


def test_whoever_writes_a_third_time_is_not_asked_what_would_have_convinced_him() -> None:
    post = Text("Tag 23. Jetzt hängt ein zweiter Zettel dran. Ich will ein Datum.")
    profile = Profile(locale="de-DE", signature="Jana Brandt", today=date(2026, 11, 26))
    assert draft(DraftRequest(read(post), post, profile, step=3, key="k")).situation != "lukewarm"


def test_what_is_so_until_today_is_told_in_the_present() -> None:
    assert said("Rückzahlung bis heute nicht da.", 1) == "die Rückzahlung bis heute nicht da ist"


def test_only_one_fault_is_told_without_the_word_only() -> None:
    assert said("Tolles Haus, einzig das WLAN war etwas langsam.", 4) == "das WLAN etwas langsam war"


@pytest.mark.parametrize(
    ("post", "found"),
    [
        ("Zimmer sauber, Frühstück top. Einzig die Handtücher waren etwas rau.", True),
        ("Leckeres Brot, leider selten noch da, wenn ich komme.", True),
        ("So viel Liebe zum Detail findet man leider selten.", False),
    ],
)
def test_one_small_fault_beside_much_praise_is_seen(post: str, *, found: bool) -> None:
    assert criticises(Text(post, rating=5), 1.0) is found


def test_how_long_somebody_waited_is_not_how_long_a_thing_was_broken() -> None:
    post = Text("75 Minuten gewartet und der Fotoautomat kaputt.", rating=2)
    profile = Profile(locale="de-DE", signature="Jana Brandt", today=date(2026, 11, 26))
    text = draft(DraftRequest(read(post), post, profile, key="k")).text
    assert text.count("75") == 1
