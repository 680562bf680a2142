"""Where a text states nothing: asked, quoted, supposed, turned down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.reading.document import prepare
from responder.reading.model import Text
from responder.reading.scope import HAPPENED, WANTED


def unsaid(text: str) -> set[tuple[str, str]]:
    """The stretches of a text, each with its kind."""
    document = prepare(Text(text))
    return {(found.kind, document.folded[found.start : found.end].strip()) for found in document.unsaid}


@pytest.mark.parametrize(
    ("text", "kind", "stretch"),
    [
        ("Muss ich 6 Wochen warten? Danke.", "asked", "muss ich 6 wochen warten?"),
        ("Schön. Aber kostet das 5.50 Euro?", "asked", "aber kostet das 5.50 euro?"),
        ("Er sagte „kommt in drei Tagen“.", "quoted", '"kommt in drei tagen"'),
        ("Falls es kalt ist, gehe ich.", "supposed", "falls es kalt ist"),
        ("Wenn es warm wäre, bliebe ich.", "supposed", "wenn es warm waere"),
        ("Ich will kein Geld, sondern Ruhe.", "refused", "will kein geld"),
        ("Auf den Gutschein kann ich verzichten.", "refused", "auf den gutschein kann ich verzichten"),
    ],
)
def test_a_stretch_that_states_nothing_is_found(text: str, kind: str, stretch: str) -> None:
    assert (kind, stretch) in unsaid(text)


@pytest.mark.parametrize(
    "text",
    [
        "Warum warte ich seit 6 Wochen?",
        "Geht bei euch eigentlich niemand ans Telefon?",
        "Ist das euer Ernst, 40 Minuten für eine Suppe?",
        'Das "Premium Hotel" war schmutzig.',
        "Wenn man bestellt, wartet man eine Stunde.",
        "Ich will mein Geld zurück.",
        "„Das Essen war kalt und der Kellner war frech.“",
    ],
)
def test_what_is_taken_for_granted_is_stated(text: str) -> None:
    assert unsaid(text) == set()


@given(st.text('abckein will wenn wäre falls ist?.,"„“\n', max_size=120))
def test_blotting_out_moves_nothing(text: str) -> None:
    document = prepare(Text(text))
    for kinds in (HAPPENED, WANTED):
        left = document.outside(kinds)
        assert len(left) == len(document.folded)
        assert all(a == b or a in ".x" for a, b in zip(left, document.folded, strict=True))


def test_a_place_of_the_text_as_written_knows_whether_it_is_stated() -> None:
    text = "Größe passt. Muss ich drei Wochen warten?"
    document = prepare(Text(text))
    assert document.states(0, 5, HAPPENED)
    assert not document.states(text.index("drei"), text.index(" warten"), HAPPENED)
