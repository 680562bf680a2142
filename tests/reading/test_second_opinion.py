"""textblob-de as one minor signal."""

from __future__ import annotations

import pytest

from responder.reading.second_opinion import LONGEST, lemma, polarity


def test_it_knows_plain_words() -> None:
    assert polarity("Das war gut und schön.") > 0
    assert polarity("Das war schlecht und hässlich.") < 0


@pytest.mark.parametrize("text", ["", "   ", "!!!", "Tisch", "👍", "1/2 a/b", "/"])
def test_what_it_does_not_know_is_zero(text: str) -> None:
    assert polarity(text) == 0


@pytest.mark.parametrize(
    ("word", "base"), [("schlechte", "schlecht"), ("schlechte,", "schlecht,"), ("Xyzzy", "Xyzzy"), ("3", "3")]
)
def test_a_word_is_brought_to_its_base_form_with_its_marks(word: str, base: str) -> None:
    assert lemma(word) == base


def test_only_the_beginning_of_a_very_long_text_counts() -> None:
    assert polarity("x " * LONGEST + "schlecht") == 0


@pytest.mark.parametrize("text", ["gut " * 50, "schlecht " * 50])
def test_it_stays_between_minus_one_and_one(text: str) -> None:
    assert -1 <= polarity(text) <= 1
