"""What is asked for, and what must reach a particular person first."""

from __future__ import annotations

import pytest

from responder.reading.rules import DATA, load
from responder.words import RISKS, STATIONS, TOPICS, WANTS
from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Nicht einmal eine Entschuldigung kam.", "apology"),
        ("Entschuldigt hat sich niemand.", "apology"),
        ("Bitte korrigieren Sie die Rechnung.", "correction"),
        ("Ich will mein Geld zurück!", "refund"),
        ("Ich verlange die Erstattung des Kaufpreises.", "refund"),
        ("Bitte schicken Sie mir ein neues Gerät.", "exchange"),
        ("Ich hätte gern einen Umtausch, die Hose ist zerrissen.", "exchange"),
        ("Wann wird die kaputte Maschine endlich repariert? Ich erwarte eine Reparatur.", "repair"),
        ("Mindestens ein Gutschein wäre fällig.", "voucher"),
        ("Ich erwarte einen Preisnachlass für das laute Zimmer.", "credit"),
        ("Wo bleibt meine Bestellung?", "delivery_date"),
        ("Wann kommt endlich das Paket?", "delivery_date"),
        ("Wie lange ist bei euch geöffnet?", "information"),
        ("Unmöglich. Bitte rufen Sie mich zurück.", "callback"),
        ("Man fühlt sich nicht ernst genommen.", "being_heard"),
        ("I want a refund, the food was terrible.", "refund"),
        ("Nobody apologised for the dirty room.", "apology"),
    ],
)
def test_a_want_is_recognised(text: str, want: str) -> None:
    assert want in say(text).wants


def test_praise_wants_nothing() -> None:
    assert say("Die Erstattung kam sofort, super freundlich, vielen Dank!").wants == ()


def test_a_complaint_without_a_demand_wants_nothing() -> None:
    assert say("Das Essen war kalt.").wants == ()


@pytest.mark.parametrize(
    ("text", "risk"),
    [
        ("Mein Anwalt wird sich melden.", "legal"),
        ("Ich gehe vor Gericht.", "legal"),
        ("Die Verbraucherzentrale ist informiert.", "legal"),
        ("Das ist ein Fall für die Arbeiterkammer.", "legal"),
        ("Das ist Betrug!", "fraud_accusation"),
        ("Reine Abzocke.", "fraud_accusation"),
        ("Geld zurück, sonst gibt es eine schlechte Bewertung.", "extortion"),
        ("Ich lösche die Bewertung, wenn ihr mir 50 Euro gebt.", "extortion"),
        ("Ich komme vorbei und dann gibt es eins auf die Fresse.", "violence"),
        ("Ich weiß, wo du wohnst.", "violence"),
        ("Der Türsteher hat meinen Freund geschlagen.", "violence"),
        ("Ich will nicht mehr leben.", "self_harm"),
        ("Ich denke an Suizid.", "self_harm"),
        ("Nach dem Essen hatten alle eine Lebensmittelvergiftung.", "safety"),
        ("Das Ladegerät hat Feuer gefangen.", "safety"),
        ("Trotz Allergie war Nuss im Kuchen.", "safety"),
        ("Wegen meiner Hautfarbe nicht bedient.", "discrimination"),
        ("Der Fahrer war rassistisch.", "discrimination"),
        ("Ich wende mich an die Presse.", "press"),
        ("Meine Daten wurden an Dritte weitergegeben.", "personal_data"),
        ("Verstoß gegen die DSGVO.", "personal_data"),
        ("Ihr Idioten!", "insult"),
        ("So ein Drecksladen.", "insult"),
        ("Verdiene Geld von zu Hause: https://t.me/xyz", "spam"),
        ("Scam! I will call my lawyer.", "legal"),
        ("The waiter was racist.", "discrimination"),
    ],
)
def test_a_risk_is_recognised(text: str, risk: str) -> None:
    assert risk in say(text).risks


@pytest.mark.parametrize(
    "text",
    [
        "Falsches Gericht serviert.",
        "Wir haben das Gericht des Tages genommen.",
        "Das Essen war kalt und der Kellner unfreundlich.",
        "Der Blick vom Balkon ist traumhaft.",
        "Wir hatten Schweinebraten mit Knödeln.",
        "Ein Stern ist zu viel.",
        "Wir zeigen unseren Freunden gern dieses Lokal.",
        "Das Kleid steht mir gut.",
        "Der Koffer ist angekommen.",
    ],
)
def test_an_ordinary_review_is_no_risk(text: str) -> None:
    assert say(text).risks == ()


def test_a_denied_accusation_is_still_shown() -> None:
    assert "fraud_accusation" in say("Das kann doch nicht sein, das ist nicht normal, das ist Betrug.").risks


def test_a_risk_makes_a_post_without_other_words_negative() -> None:
    assert say("Ihr hört von meinem Anwalt.").sentiment == "negative"


@pytest.mark.parametrize(
    ("name", "allowed"), [("topics", TOPICS), ("stations", STATIONS), ("wants", WANTS), ("risks", RISKS)]
)
def test_the_rules_use_the_vocabulary_and_leave_nothing_out(name: str, allowed: list[str]) -> None:
    used = {pattern.label for pattern in load(name).patterns}
    assert used == set(allowed) - {"other"}


def test_the_data_files_are_all_read_somewhere() -> None:
    assert {path.suffix for path in DATA.iterdir()} == {".toml", ".txt", ".model"}
