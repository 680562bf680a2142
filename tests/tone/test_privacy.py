"""C9, F1, F2: third parties read along."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from tests.tone.people import ARMCHAIR, GOOD, answer, corrected, found, marked

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


def test_what_is_confirmed_in_a_confidential_trade_is_read_by_all() -> None:
    text = "Ihre Unterlagen liegen bereit."
    assert {f.severity for f in found(text, "C9", PRACTICE, confidential=True)} == {"block"}
    assert found(text, "C9", PRACTICE) == []


@pytest.mark.parametrize(
    ("line", "severity"),
    [
        ("Schreiben Sie mir bitte an jana1987@gmail.example.", []),
        ("Schreiben Sie mir bitte an sabine@gmx.at.", ["warn"]),
        ("Schreiben Sie mir bitte an brandt@gmx.at.", []),
        ("Ihre Adresse sabine@gmx.at ist notiert.", ["block"]),
    ],
)
def test_an_address_that_anybody_may_have_is_asked_about(line: str, severity: list[str]) -> None:
    assert [f.severity for f in found(answer(line), "C9")] == severity


def test_an_address_of_another_house_is_asked_about() -> None:
    line = answer("Schreiben Sie bitte an hilfe@spedition.example.")
    assert [f.severity for f in found(line, "C9", contact="hilfe@moebel-brandt.example")] == ["warn"]
    assert found(line, "C9") == []


def test_where_something_was_brought_is_nobodys_business() -> None:
    assert found(answer("Ihr Paket ging an die Lessingstraße 14."), "C9")
    assert found(answer("Sie finden uns in der Lessingstraße 14."), "C9") == []


@pytest.mark.parametrize(
    "sentence",
    ["Frau Otto meldet sich heute.", "Herr Lorenz aus dem Lager sucht mit.", "Dort hilft Ihnen Herr Falk im Büro."],
)
def test_somebody_at_work_is_a_colleague(sentence: str) -> None:
    assert found(answer(sentence), "C9") == []


def test_a_name_that_is_spoken_to_is_the_customers() -> None:
    assert found(answer("Frau Tietze, das Paket kommt am Montag in der Filiale an."), "C9")


def test_a_name_in_the_greeting_is_the_customers() -> None:
    assert found(GOOD.replace("Guten Tag", "Guten Tag Frau Petersen"), "C9")


@pytest.mark.parametrize(
    "sentence",
    ["Dem Fahrer wurde gekündigt.", "Wir haben die Kollegin abgemahnt.", "Von Herrn Krug haben wir uns getrennt."],
)
def test_what_happened_to_a_colleague_stays_out(sentence: str) -> None:
    assert "C9" in {f.rule for f in found(answer(sentence), "C9")}


@pytest.mark.parametrize(
    "sentence",
    [
        "Wir schenken Ihnen 50 €, wenn Sie die Bewertung löschen.",
        "Sobald die Rezension verschwunden ist, bekommen Sie einen Gutschein.",
        "Für jede 5-Sterne-Bewertung gibt es bei uns ein Geschenk.",
    ],
)
def test_a_bribe_is_no_threat_but_breaks_the_platforms_rules(sentence: str) -> None:
    text = answer(sentence)
    assert [f.severity for f in found(text, "F3")] == ["block"]
    assert found(text, "C7")
    assert found(text, "C9") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Lassen Sie Ihre Bewertung gern so stehen, der Umtausch ist kostenlos.",
        "Danke für die fünf Sterne, der Eintritt ist für Kinder frei.",
    ],
)
def test_an_advantage_beside_a_review_is_no_bribe(sentence: str) -> None:
    assert found(answer(sentence), "F3") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Kollege hatte an dem Tag einen Todesfall in der Familie.",
        "Unsere Putzkraft ist im Mutterschutz.",
        "Wir werden die Löschung des Beitrags durchsetzen.",
    ],
)
def test_what_concerns_nobody_and_what_threatens_stays_out(sentence: str) -> None:
    assert found(answer(sentence), "C9")


@pytest.mark.parametrize(
    "sentence",
    ["Anwaltliche Leistungen kosten nach Gesetz.", "Im Kalender werden freie Zeiten angezeigt."],
)
def test_words_of_the_trade_are_no_threat(sentence: str) -> None:
    assert [f for f in found(answer(sentence), "C9") if f.severity == "block"] == []
