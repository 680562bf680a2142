"""Wants told by a word of wishing and a thing that meet in one sentence, in any order and form."""

from __future__ import annotations

import tomllib

import pytest

from responder.reading import grids
from responder.reading.document import prepare
from responder.reading.model import Text
from responder.reading.rules import DATA, Hit
from responder.reading.wishes import bids, wants
from responder.words import WANTS
from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Kein Warmwasser, niemand hat sich entschuldigt.", "apology"),
        ("Könntet ihr die Nummer auf dem Flyer richtigstellen?", "correction"),
        ("Das verlangt nach einer Entschuldigung, und zwar vor allen.", "apology"),
        ("Es muss auf der Tafel der neue Name stehen, das gehört geändert.", "correction"),
        ("Die 40 Euro hätt i gern umme.", "refund"),
        ("Für die Jacke liegt die Quittung bei, ich bitte um Begleichung.", "refund"),
        ("Laut Garantie steht mir eine neue zu.", "exchange"),
        ("Da gehört nachgebessert.", "repair"),
        ("Chönd Si öpper verbischicke?", "repair"),
        ("Da könnte der Wirt ruhig was springen lassen.", "voucher"),
        ("Den Monat hätte ich, wie besprochen, auf die nächste Rechnung gern angerechnet.", "credit"),
        ("Wollte fragen, ob meine Bestellung schon unterwegs ist.", "delivery_date"),
        ("Erreichbar bin ich ab fünf.", "callback"),
        ("Auf meine Beschwerde kam bis heute kein Wort.", "being_heard"),
    ],
)
def test_a_wish_is_told_in_any_order_and_form(text: str, want: str) -> None:
    assert want in say(text).wants


def test_a_promise_and_what_day_it_is_ask_for_the_date_together() -> None:
    asked = "Ihr wolltet mir die Abrechnung bis Mai schicken. Heute ist der 20. August."
    assert "delivery_date" in say(asked).wants
    assert "delivery_date" not in say("Ihr wolltet mir die Abrechnung bis Mai schicken. Sie kam am 3. Mai.").wants


@pytest.mark.parametrize(
    "text",
    [
        "Ich will keinen Gutschein, danke.",
        "Anstandslos wurde die Lampe umgetauscht, wie man es gern hätte.",
        "Der Chef entschuldigte sich und wollte es wissen.",
    ],
)
def test_what_is_turned_down_or_done_is_not_wished(text: str) -> None:
    assert say(text).wants == ()


def test_somebody_pleased_who_says_please_still_asks() -> None:
    assert "callback" in say("Wunderbarer Laden, tolle Beratung! Bitte rufen Sie mich an.").wants
    assert bids(prepare(Text("Bitte sehr.")))
    assert not bids(prepare(Text("Danke.")))


def test_what_rules_have_found_comes_first_and_only_once() -> None:
    document = prepare(Text("Ich erwarte eine Entschuldigung."))
    assert wants(document, [Hit("apology", 0, 3)]) == [Hit("apology", 0, 3)]


def test_a_question_what_is_possible_asks_for_information_and_no_change() -> None:
    assert say("Kann ich die Lieferadresse noch ändern?").wants == ("information",)
    assert say("Wie lange ist die Kündigungsfrist?").wants == ("information",)


def test_every_row_stands_for_a_want_and_every_concept_is_used() -> None:
    content = tomllib.loads((DATA / "want_grids.toml").read_text(encoding="utf-8"))
    rows = [row for table in ("labels", "wide") for texts in content[table].values() for row in texts]
    used = {part.lstrip("!") for row in rows for part in row.split()}
    assert set(content["labels"]) == set(WANTS)
    assert set(content["concepts"]) <= used
    assert grids.load("want_grids")
