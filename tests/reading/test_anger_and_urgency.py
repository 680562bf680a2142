"""Anger and urgency from 0 to 3."""

from __future__ import annotations

import pytest

from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("Das Essen war kalt.", 0, 1),
        ("Leider sehr enttäuschend.", 1, 2),
        ("Frechheit! So etwas habe ich noch nie erlebt.", 2, 3),
        ("Unverschämt!!! NIE WIEDER!!! Saftladen, Abzocke!", 3, 3),
        ("Ihr Idioten, das ist Betrug, eine bodenlose Frechheit!", 3, 3),
        ("Schon das zweite Mal schreibe ich das hier.", 1, 2),
        ("Es war alles in Ordnung.", 0, 0),
    ],
)
def test_anger_rises_with_the_words(text: str, least: int, most: int) -> None:
    assert least <= say(text).anger <= most


def test_capitals_and_marks_raise_anger() -> None:
    calm = say("Ich warte seit drei Wochen auf meine Bestellung, das ist schlecht.")
    loud = say("ICH WARTE SEIT DREI WOCHEN AUF MEINE BESTELLUNG!!! DAS IST SCHLECHT!!!")
    assert loud.anger > calm.anger


def test_loud_praise_is_not_anger() -> None:
    assert say("SUPER SUPER SUPER!!! DAS BESTE HOTEL ALLER ZEITEN!!!").anger == 0


def test_one_star_makes_a_bad_word_angrier() -> None:
    assert say("Enttäuschend.", rating=1).anger >= say("Enttäuschend.").anger


def test_an_abbreviation_is_not_shouting() -> None:
    reading = say("Der ADAC hat das Auto abgeholt, leider zu spät.")
    assert "shouting" not in {span.label for span in reading.reasons}


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Ich sitze gerade fest, der Zug fällt aus. Bitte sofort melden!", 3),
        ("Ich will mir das Leben nehmen.", 3),
        ("Ich setze Ihnen eine Frist bis zum 30. November.", 2),
        ("Mein Anwalt meldet sich.", 2),
        ("Die Suppe war versalzen.", 0),
        ("Wunderbar, sofort drangekommen!", 0),
    ],
)
def test_urgency(text: str, level: int) -> None:
    assert say(text).urgency == level


def test_what_makes_it_urgent_is_shown() -> None:
    text = "Die Heizung ist kaputt, bitte melden Sie sich dringend."
    assert "dringend" in {text[s.start : s.end].lower() for s in say(text).reasons if s.label == "urgency"}
