"""The folded form and the way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.reading.document import prepare
from responder.reading.model import Text
from responder.reading.normalise import fold, fold_pattern


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Äpfel", "aepfel"),
        ("Größe", "groesse"),
        ("GROẞ", "gross"),
        ("Café", "cafe"),
        ("„toll“ – so…", '"toll" - so...'),
        ("sooooo gut", "so gut"),
        ("a\u0308", "ae"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\u00a0b", "a b"),
        ("1000", "1000"),
        ("👍", "👍"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text).text == folded


@pytest.mark.parametrize(
    ("left", "right"), [("Straße", "Strasse"), ("schön", "schoen"), ("ÜBEL", "uebel"), ("weiß", "weiss")]
)
def test_spellings_of_one_word_fold_alike(left: str, right: str) -> None:
    assert fold(left).text == fold(right).text


def test_a_pattern_keeps_its_signs() -> None:
    assert fold_pattern(r"größe\b\W[ab]") == r"groesse\b\W[ab]"


@given(st.text())
def test_every_folded_letter_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin <= len(text) for origin in folded.origins)


@given(st.text(alphabet="äÄöüßaeuns ´a\u0308é…!"))
def test_composed_and_decomposed_letters_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)).text == fold(unicodedata.normalize("NFC", text)).text


def test_a_place_found_in_the_folded_form_is_the_place_in_the_text() -> None:
    text = "Süß, aber die Größe – schlecht"
    document = prepare(Text(text))
    at = document.folded.index("groesse")
    start, end = document.place(at, at + len("groesse"))
    assert text[start:end] == "Größe"


def test_half_a_folded_umlaut_is_the_whole_letter() -> None:
    document = prepare(Text("schön"))
    assert document.place(3, 4) == (3, 4)
    assert document.place(2, 4) == (2, 4)


def test_a_place_in_the_title_is_no_place_in_the_text() -> None:
    document = prepare(Text("gut", title="schlecht"))
    assert document.place(0, 8) == (0, 0)
    assert document.place(9, 12) == (0, 3)


@pytest.mark.parametrize("title", ["", "Nie wieder"])
def test_title_and_text_are_read_together(title: str) -> None:
    assert prepare(Text("Kalt.", title=title)).folded.endswith("kalt.")
