"""Risks that nothing but the sound of a sentence tells, and dangers that the reading of a whole post passes over."""

from __future__ import annotations

import pytest

from tests.voice.situations import answered
from tests.voice.test_concern import written


def test_a_bill_with_dishes_never_ordered_accuses_nobody_of_fraud() -> None:
    text = written("Auf der Rechnung standen zwei Vorspeisen, die wir nie bestellt haben.").text
    assert "Rechnung" in text
    assert "ernst" not in text


def test_a_bill_that_is_called_fraud_is_still_an_accusation() -> None:
    assert "leid" not in written("Die Rechnung ist Betrug, zwei Vorspeisen haben wir nie bestellt.").text


def test_a_lost_password_is_no_cry_for_help() -> None:
    assert "Telefonseelsorge" not in answered("o08").text


def test_a_cry_for_help_beside_a_plain_matter_is_answered_first() -> None:
    assert written("Das Essen war kalt. Ich will nicht mehr leben.").situation == "self_harm"


def test_a_word_of_fraud_by_itself_is_an_accusation() -> None:
    assert "leid" not in written("Betrug! Auf den Schrank habe ich drei Wochen gewartet.").text


@pytest.mark.parametrize(
    ("post", "named"),
    [
        ("Tolle Brötchen, aber Plastik im Teig.", "Fremdkörper"),
        ("Sehr nettes Personal, leider Scherben im Salat.", "Glas"),
        ("Gutes Müsli, aber Maden in der Packung und Maden im Müsli.", "Schädlinge"),
    ],
)
def test_a_danger_beside_praise_is_answered(post: str, named: str) -> None:
    proposal = written(post)
    assert proposal.situation == "safety"
    assert named in proposal.text


@pytest.mark.parametrize("post", ["Zum Glück keine Scherben im Salat.", "Waren das Scherben im Salat?"])
def test_a_danger_denied_or_asked_after_is_none(post: str) -> None:
    assert "Glas" not in written(post).text
