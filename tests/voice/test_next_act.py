"""Whoever writes again is told the next act: who does what by when, from the catalogue, and how to reach us."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from responder.drafting import DraftRequest, Turn, draft
from responder.playbook.promised import missed
from responder.profile import Profile
from responder.reading import read
from responder.reading.model import Text

CALLS = Profile(
    signature="Rosi Beck",
    contact="hilfe@firma.example, 0561 555 0140",
    second="Ute Held, Leiterin Versand",
    catalogue=("Rückruf bis zum nächsten Werktag 17 Uhr, Service",),
    today=date(2026, 11, 26),
)
ANSWERS = replace(CALLS, catalogue=("Antwort aus der Entwicklung binnen 2 Werktagen, Support",))
POST = Text("Die Dusche läuft immer noch nicht.", rating=2)
OURS = (
    Turn("customer", "Die Dusche läuft nicht."),
    Turn("us", "Guten Tag, das tut mir leid. Wir sehen nach. Rosi Beck"),
)


def text(profile: Profile, step: int, post: Text = POST, history: tuple[Turn, ...] = OURS) -> str:
    return draft(DraftRequest(read(post), post, profile, step=step, history=history * (step > 1))).text


def test_a_second_message_gets_the_call_of_the_catalogue_with_its_hour() -> None:
    assert "Freitag, 27. November, 17 Uhr" in text(CALLS, 2)


def test_a_second_message_gets_the_answer_of_those_who_know() -> None:
    said = text(ANSWERS, 2)
    assert "die Antwort aus der Entwicklung" in said or "Die Antwort aus der Entwicklung" in said
    assert "Montag, 30. November" in said


def test_a_third_message_names_a_second_person_a_direct_way_and_a_binding_time() -> None:
    said = text(CALLS, 3)
    assert "Ute Held" in said
    assert "0561 555 0140" in said
    assert "17 Uhr" in said


def test_a_first_message_is_promised_no_call() -> None:
    assert "17 Uhr" not in text(CALLS, 1)


def test_nobody_is_asked_again_on_the_second_message() -> None:
    post = Text("Trotz Absage soll ich die Nacht zahlen, ich schreibe zum zweiten Mal.", rating=1)
    said = draft(DraftRequest(read(post), post, CALLS, step=2, assessment="own_fault", history=OURS)).text
    assert "?" not in said


def test_a_craftsman_is_offered_again_without_a_word_on_who_is_right() -> None:
    profile = replace(CALLS, catalogue=("Tischler kommt vor Ort binnen 7 Werktagen, Service",))
    post = Text("Die Schranktür hängt immer noch schief.", rating=1)
    assert "einen Besuch unseres Tischlers" in text(profile, 2, post)
    assert "Tischler" not in text(profile, 1, post)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Ein Tischler kommt bis Montag, 23. November, zu Ihnen.", date(2026, 11, 23)),
        ("Ich rufe Sie bis 20. November an.", date(2026, 11, 20)),
    ],
)
def test_a_visit_or_a_call_that_did_not_come_is_a_missed_day(said: str, day: date) -> None:
    found = missed((Turn("us", said),), CALLS.today)
    assert found is not None
    assert found.day == day


def test_a_question_that_our_first_answer_left_open_is_named() -> None:
    post = Text("Auf meine Frage, ob im Knödel Nüsse waren, haben Sie nichts gesagt.", rating=2)
    assert "ob im Knödel Nüsse waren" in text(CALLS, 2, post)


def test_who_asks_again_for_his_money_reads_of_the_repayment() -> None:
    post = Text("Die 180 Franken für die Nacht mit der Baustelle habe ich noch immer nicht zurück.", rating=1)
    assert "Rückzahlung" in text(CALLS, 2, post)
