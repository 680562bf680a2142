"""When two texts count as the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.similar import content_hash, is_near_repeat, normalise_text, same_words

WAITED = "Wir haben über eine Stunde auf das Essen gewartet und niemand kam."


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalise_text(normalise_text(text)) == normalise_text(text)


@given(st.text(), st.text(), st.none() | st.floats(0, 10))
def test_the_hash_does_not_see_composition_and_blanks(title: str, text: str, rating: float | None) -> None:
    other = f" {unicodedata.normalize('NFD', text)}\r\n"
    assert content_hash(title, text, rating) == content_hash(title, other, rating)


def test_title_text_and_stars_each_count() -> None:
    hashes = {
        content_hash("a", "b", 1.0),
        content_hash("ab", "", 1.0),
        content_hash("", "ab", 1.0),
        content_hash("a", "b", 2.0),
        content_hash("a", "b", None),
    }
    assert len(hashes) == 5


def test_one_star_is_one_star_however_it_is_written() -> None:
    assert content_hash("", "b", 1) == content_hash("", "b", 1.0)


def test_a_half_character_from_a_broken_page_has_a_hash_too() -> None:
    assert len(content_hash("", "\ud83d", None)) == 64


@pytest.mark.parametrize(
    "other",
    [WAITED.upper(), WAITED.replace(" und", ", und"), f"  {WAITED}\n", WAITED.replace(".", "!!!"), f"„{WAITED}“"],
)
def test_commas_case_and_blanks_are_no_other_words(other: str) -> None:
    assert same_words(WAITED, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (WAITED, WAITED.replace("niemand", "jemand")),
        ("Das war nicht gut.", "Das war gut."),
        ("Es kostete 1,5 Euro.", "Es kostete 15 Euro."),
        ("Na toll 😀", "Na toll 😡"),
        ("5 €", "5 $"),
    ],
)
def test_another_word_number_or_emoji_is_another_text(one: str, other: str) -> None:
    assert not same_words(one, other)


def test_the_same_complaint_in_slightly_other_words_is_a_repeat() -> None:
    assert is_near_repeat(WAITED, "Über eine Stunde haben wir auf das Essen gewartet, und niemand kam!")


@pytest.mark.parametrize("other", ["Das Frühstück war ausgezeichnet und das Zimmer sauber.", "", "Gut."])
def test_another_matter_is_no_repeat(other: str) -> None:
    assert not is_near_repeat(WAITED, other)


def test_short_texts_are_repeats_only_word_for_word() -> None:
    assert is_near_repeat("Nie wieder!", "nie wieder")
    assert not is_near_repeat("Nie wieder!", "Immer wieder!")
