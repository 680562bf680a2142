"""Language and form of address."""

from __future__ import annotations

import pytest

from tests.reading.say import say


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Das Essen war kalt und niemand hat sich entschuldigt.", "de"),
        ("Abo gekündigt und trotzdem abgebucht", "de"),
        ("Heast, des woa a schener Schas, und des fia zwanzg Euro.", "de"),
        ("Mir händ lang gwartet, s'Ässe isch chalt gsi.", "gsw"),
        ("D'Bedienig isch nid fründlich gsi und z'tüür isch es au no.", "gsw"),
        ("The food was cold and nobody apologised.", "en"),
        ("Le personnel était très désagréable et la chambre était sale.", "fr"),
        ("Il personale era molto scortese e la camera era sporca.", "it"),
        ("Chambre minuscule, petit-déjeuner décevant, réception introuvable ce matin", "fr"),
        ("👍", "und"),
        ("", "und"),
        ("12345 !!!", "und"),
        ("Ok", "und"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert say(text).language == language


def test_a_borrowed_word_does_not_change_the_language() -> None:
    assert say("Der Check-in war easy und das Team super nice.").language == "de"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Bitte rufen Sie mich an.", "sie"),
        ("Ich erwarte von Ihnen eine Antwort.", "sie"),
        ("Haben Sie am Montag offen?", "sie"),
        ("Wann können Sie liefern?", "sie"),
        ("Habt ihr am Montag offen?", "du"),
        ("Ihr seid die Besten!", "du"),
        ("Danke euch, bleibt so!", "du"),
        ("Kannst du mir sagen, wo dein Laden ist?", "du"),
        ("Hend ihr am Sunntig offe?", "du"),
        ("Habts ihr eh offen?", "du"),
        ("Die Bedienung war nett. Sie hat gelacht.", "none"),
        ("Das Essen war kalt.", "none"),
        ("Wir waren mit ihr zufrieden.", "none"),
        ("You were great.", "none"),
    ],
)
def test_address(text: str, form: str) -> None:
    assert say(text).address == form


def test_the_formal_address_wins_a_tie() -> None:
    assert say("Können Sie mir helfen? Danke dir.").address == "sie"
