"""C9, F1, F2: third parties read along."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from tests.tone.people import ARMCHAIR, answer, corrected, found, marked

PRACTICE = Text("Zwei Stunden Wartezeit trotz Termin, unfreundlicher Empfang.", rating=1)


@pytest.mark.parametrize(
    "data",
    [
        "Ihre Adresse max.muster@post.example stimmt.",
        "Ihre Nummer 0171 2345678 war besetzt.",
        "Das Geld ging an DE44 5001 0517 5407 3249 31.",
        "Ihre Bestellung 4711-0815 ist unterwegs.",
        "Die Kundennummer 33881 haben wir.",
        "Sie hatten Zimmer 214.",
        "Zur Rechnung Nr. R-2026-113 schreibe ich morgen.",
    ],
)
def test_personal_data_in_public_blocks(data: str) -> None:
    assert [f.severity for f in found(answer(data), "C9")] == ["block"]


@pytest.mark.parametrize(
    "line",
    [
        "Schreiben Sie mir bitte an hilfe@laden.example.",
        "Sie erreichen mich unter 030 1234567.",
        "Der Sessel kostet 1200 Euro und kommt am 24. November um 15 Uhr.",
        "Die Bestellnummer bitte nicht hier nennen.",
    ],
)
def test_the_own_contact_and_plain_figures_are_no_personal_data(line: str) -> None:
    assert found(answer(line), "C9") == []


def test_the_contact_of_the_profile_is_always_allowed() -> None:
    line = answer("Es antwortet rosi.beck@posteo.example, 0664 1234567.")
    assert found(line, "C9", contact="rosi.beck@posteo.example, 0664/1234567") == []
    assert len(found(line, "C9")) == 2


def test_an_address_that_the_customer_posted_is_not_repeated() -> None:
    post = Text("Schreibt mir an sabine@post.example, drei Wochen warte ich auf den Sessel", rating=1)
    assert len(found(answer("Ich schreibe an sabine@post.example."), "C9", post)) == 1


def test_an_order_number_is_left_out() -> None:
    text = answer("Ihre Bestellung 4711-0815 ist unterwegs.")
    assert corrected(text, found(text, "C9")[0]) == answer("Ihre Bestellung ist unterwegs.")


def test_a_name_that_the_customer_has_not_shown_blocks() -> None:
    text = answer("Danke, Frau Kowalski.")
    assert [f.severity for f in found(text, "C9", author="Sonne75")] == ["block"]
    assert found(text, "C9", author="Ewa Kowalski") == []


def test_a_name_is_doubtful_where_the_author_is_unknown() -> None:
    assert [f.severity for f in found(answer("Danke, Frau Kowalski."), "C9")] == ["warn"]


def test_colleagues_may_be_named() -> None:
    assert found(answer("Unsere Leiterin Frau Held liest mit."), "C9", author="Sonne75") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir behalten uns rechtliche Schritte vor.",
        "Unser Anwalt meldet sich.",
        "Wir erstatten Strafanzeige.",
        "Sie haben ab heute Hausverbot.",
        "Das ist üble Nachrede.",
    ],
)
def test_a_threat_blocks(sentence: str) -> None:
    assert [f.severity for f in found(answer(sentence), "C9")][:1] == ["block"]


def test_the_customers_own_threat_may_be_acknowledged() -> None:
    assert found(answer("Dass Sie rechtlichen Rat suchen, respektieren wir."), "C9") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Es tut uns leid, dass Sie so lange warten mussten.",
        "Ihr Termin war um 10 Uhr.",
        "Schön, Sie als Patientin zu haben.",
        "Weiterhin gute Besserung.",
        "Wir haben Ihnen das am Telefon erklärt.",
        "Ihre Unterlagen liegen bereit.",
        "Auf ein Wiedersehen bei uns.",
        "In Ihrer Akte steht nichts davon.",
        "Wir haben von Ihnen keine Unterschrift bekommen und Sie haben gewartet.",
    ],
)
def test_a_confidential_trade_confirms_nobody(sentence: str) -> None:
    assert [f.severity for f in found(sentence, "F1", PRACTICE, confidential=True)][:1] == ["block"]
    assert found(sentence, "F1", PRACTICE) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Lange Wartezeiten sind ärgerlich.",
        "Danke für Ihre offenen Worte.",
        "Danke für die freundlichen Worte über unser Team.",
        "Ihre Kritik nehmen wir ernst.",
        "Was Sie schreiben, haben wir gelesen.",
        "Wenn Sie möchten, rufen Sie unsere Leitung an.",
        "Zu einzelnen Personen sagen wir öffentlich nichts.",
        "Wir dürfen nicht bestätigen, wer bei uns in Behandlung ist.",
    ],
)
def test_general_words_confirm_nobody(sentence: str) -> None:
    assert found(sentence, "F1", PRACTICE, confidential=True) == []


def test_a_disputed_contact_is_not_confirmed() -> None:
    text = answer("Wie am Telefon besprochen, kommt er am Montag.")
    assert "F2" in {f.rule for f in found(text, "F2", ARMCHAIR, contact_lock=True)}
    assert found(text, "F2") == []


def test_a_confidential_trade_is_checked_in_english_too() -> None:
    text = "Hello, we are sorry about your appointment. Please call the manager by Friday. Jana Brandt"
    spans = [marked(text, f) for f in found(text, "F1", PRACTICE, confidential=True, locale="en")]
    assert spans == ["your appointment"]
