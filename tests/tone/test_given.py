"""B6: what the post says was sent, done or told is not asked for again in other words."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from tests.tone.people import answer, found

AGAIN = [
    ("Die Lampe hat einen Sprung. Fotos habe ich geschickt.", "Könnten Sie uns bitte Fotos vom Schaden schicken?"),
    ("Krankgeschrieben, das Attest habe ich abgegeben.", "Reichen Sie uns bitte ein Attest ein."),
    ("Zählerstand wurde schon zweimal übermittelt, Abschlag falsch.", "Bitte senden Sie uns den Zählerstand."),
    ("Kein Parkplatz frei, obwohl reserviert.", "Haben Sie denn vorab einen Stellplatz reserviert?"),
    ("Ich habe am Montag gekündigt, es wird weiter abgebucht.", "Hast du den Vertrag denn gekündigt?"),
    ("Falscher Adapter, obwohl ich das Modell genannt habe.", "Welches Modell haben Sie denn genannt?"),
    ("Das Kundenportal zeigt noch 12 GB, trotzdem gedrosselt.", "Was zeigt dir das Portal denn gerade an?"),
    ("Der Stuhl wackelt von Anfang an, wir sind sauer.", "Bitte schildern Sie uns, worin der Mangel besteht."),
    ("Drei Getränke zu viel auf der Rechnung, frech.", "Um welchen Fehler auf der Rechnung handelt es sich?"),
    ("App stürzt auf dem Pixel 7 ab.", "Welches Gerät nutzen Sie denn?"),
]

NEW = [
    ("Die Lampe hat einen Sprung.", "Könnten Sie uns bitte Fotos vom Schaden schicken?"),
    ("Die Lampe hat einen Sprung. Fotos habe ich geschickt.", "Die neue Lampe schicken wir heute ab."),
    ("Der Sessel ist nicht angekommen.", "Ist der Sessel inzwischen angekommen?"),
    ("Ich habe am Montag gekündigt, es wird weiter abgebucht.", "Haben Sie eine Bestätigung bekommen?"),
    ("Der Sessel ist nicht angekommen.", "Habe ich richtig verstanden, dass der Sessel nicht angekommen ist?"),
    ("Falscher Adapter, obwohl ich das Modell genannt habe.", "Wann passt Ihnen der Umtausch?"),
]


@pytest.mark.parametrize(("posted", "asked"), AGAIN)
def test_what_was_given_is_not_asked_for_again(posted: str, asked: str) -> None:
    assert found(answer(asked), "B6", Text(posted, rating=1))


@pytest.mark.parametrize(("posted", "asked"), NEW)
def test_what_is_new_may_be_asked_for(posted: str, asked: str) -> None:
    assert found(answer(asked), "B6", Text(posted, rating=1)) == []
