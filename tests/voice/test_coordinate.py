"""Two things told in one clause are said back together, and half of it where only half is certain."""

from __future__ import annotations

import pytest

from responder.playbook import load_playbook
from responder.playbook.coordinate import Manner, said_again

NOUNS = load_playbook().voice("de-DE").nouns
SIE, DU = Manner(NOUNS, formal=True, swiss=False), Manner(NOUNS, formal=False, swiss=False)


@pytest.mark.parametrize(
    ("clause", "said"),
    [
        ("Das Gulasch kam nach einer Stunde und war kalt", "das Gulasch nach einer Stunde kam und kalt war"),
        ("Leider fehlen die Griffe und eine Schublade klemmt", "die Griffe fehlen und eine Schublade klemmt"),
        ("Die Brille sitzt schief und rutscht ständig", "die Brille schief sitzt und ständig rutscht"),
        ("Wir warteten lange und wurden dann weggeschickt", "Sie lange warteten und weggeschickt wurden"),
        ("Die Suppe war lauwarm und versalzen", "die Suppe lauwarm und versalzen war"),
    ],
)
def test_two_predicates_are_said_back_together(clause: str, said: str) -> None:
    assert said_again(clause, SIE) == said


def test_the_writer_as_the_common_subject_is_said_once() -> None:
    clause = "Ich habe eine Stunde gewartet und wurde dann weggeschickt"
    assert said_again(clause, DU) == "du eine Stunde gewartet hast und weggeschickt wurdest"


def test_what_the_writer_did_himself_is_left_out_and_what_he_suffered_is_told() -> None:
    clause = "Wir kamen fünf Minuten zu spät und wurden bis zur Pause nicht mehr eingelassen"
    assert said_again(clause, SIE) == "Sie bis zur Pause nicht mehr eingelassen wurden"


def test_a_half_with_an_unknown_word_is_left_out() -> None:
    assert said_again("Die Lampe war kaputt und hat xyzzt", SIE) == "die Lampe kaputt war"


@pytest.mark.parametrize("clause", ["Hab ich nicht", "Davon stand beim Kauf nichts", "und dann", ""])
def test_what_tells_nothing_by_itself_is_not_said_back(clause: str) -> None:
    assert said_again(clause, SIE) == ""
