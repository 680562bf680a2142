"""A question that wants an answer, or an outcry?"""

from __future__ import annotations

import pytest

from tests.reading.say import say


@pytest.mark.parametrize(
    "text",
    [
        "Wann macht ihr auf?",
        "Habt ihr am 26. offen?",
        "Kann man bei euch mit Karte zahlen?",
        "Nehmen Sie auch Hunde auf?",
        "Gibt es einen Parkplatz?",
        "Ist das Schwimmbad im Winter offen?",
        "Isch am Sunntig offe?",
        "Do you ship to Austria?",
        "Sehr schönes Hotel! Gibt es eigentlich auch Familienzimmer?",
        "Der Stuhl ist kaputt. Wie bekomme ich ein Ersatzteil?",
    ],
)
def test_a_real_question(text: str) -> None:
    assert say(text).is_question


@pytest.mark.parametrize(
    "text",
    [
        "Eine Stunde gewartet und kaltes Essen, was soll das?",
        "Unfreundliches Personal. Wo leben wir denn?",
        "Mein Paket ist nie angekommen, geht's noch?",
        "Die Rechnung ist falsch. Ernsthaft?",
        "Wie schön.",
        "Was für ein Abend!",
        "?",
        "",
    ],
)
def test_an_outcry_is_no_question(text: str) -> None:
    assert not say(text).is_question
