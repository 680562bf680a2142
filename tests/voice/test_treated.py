"""Who was treated otherwise, and who is wished well: only as the writer names them."""

from __future__ import annotations

import pytest

from responder.playbook.model import Concern, Matter
from responder.playbook.treated import kin_dative, treated

GROUND = "wegen WHOSEes Namens"


def clause(post: str, ground: str, *, where: str = "", formal: bool = True) -> str:
    """The clause for a post whose ground begins at the word `ground`; empty where there is none."""
    concern = Concern("discrimination", (), "where", GROUND, Matter("name", "Umgang"))
    matter = treated(concern, post, post.index(ground), where, formal=formal)
    return matter.forms["that"][0].source if "that" in matter.forms else ""


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("Wegen meines Namens bekam ich keine Antwort.", "Sie wegen Ihres Namens anders behandelt wurden"),
        ("Mein Bruder wurde nach seinem Namen gefragt.", "Ihr Bruder wegen seines Namens anders behandelt wurde"),
        ("Meine Tochter und ihr Name: alle lachten.", "Ihre Tochter wegen ihres Namens anders behandelt wurde"),
        ("Wir nannten unseren Namen, da war für uns nichts frei.", "Sie wegen Ihres Namens anders behandelt wurden"),
    ],
)
def test_the_person_and_the_verb_follow_the_post(post: str, said: str) -> None:
    assert clause(post, "Name") == said


def test_friends_are_spoken_to_informally() -> None:
    assert clause("Wegen meines Namens kam nichts.", "Namens", formal=False).startswith("du wegen deines Namens")


def test_the_place_stands_behind_the_person() -> None:
    assert clause("Wegen meines Namens abgewiesen.", "Namens", where="am Empfang").startswith("Sie am Empfang wegen")


def test_a_refusal_and_a_search_are_called_so() -> None:
    assert clause("Wegen meines Namens abgewiesen.", "Namens").endswith("abgewiesen wurden")
    assert clause("Wegen meines Namens durchsuchte man meine Tasche.", "Namens").endswith("kontrolliert wurden")


def test_a_companion_is_not_taken_for_the_one_who_was_meant() -> None:
    assert clause("Ich war mit meiner Schwester da, es ging um den Namen.", "Namen") == ""


def test_nobody_is_made_up() -> None:
    assert clause("Leute mit anderem Namen warten hier länger.", "Namen") == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Meine Tochter hat sich geschnitten", "Ihrer Tochter"),
        ("mein Neffe ist gestürzt", "Ihrem Neffen"),
        ("unser Kind war krank", "Ihrem Kind"),
        ("Ich war drei Tage krank", "Ihnen"),
        ("alle waren krank", ""),
    ],
)
def test_whoever_was_hurt_is_named_in_the_dative(words: str, said: str) -> None:
    assert kin_dative(words, formal=True) == said
