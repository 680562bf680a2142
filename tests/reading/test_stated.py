"""What was promised and what came instead, where the customer says so."""

from __future__ import annotations

import pytest

from tests.reading.say import say


def told(text: str) -> dict[str, str]:
    return {fact.kind: fact.value for fact in say(text).facts if fact.kind in ("expected", "received")}


@pytest.mark.parametrize(
    ("text", "expected", "received"),
    [
        ("Versprochen war Ruhe, bekommen haben wir ein Zimmer über der Bar.", "Ruhe", "ein Zimmer über der Bar"),
        ("Bestellt war Blau, gekommen ist Grün.", "Blau", "Grün"),
        ("Gebucht hatten wir Meerblick, bekommen haben wir den Innenhof.", "Meerblick", "den Innenhof"),
        ("Statt der Forelle kam ein Zander.", "der Forelle", "ein Zander"),
        ("Es kam ein Regenschirm statt einer Jacke.", "einer Jacke", "ein Regenschirm"),
        ("Bestellt: eine Regenjacke. Bekommen: ein Regenschirm.", "eine Regenjacke", "ein Regenschirm"),
        ("Zugesagt wurde uns Montag. Geliefert wurde der Schrank am Freitag.", "Montag", "der Schrank am Freitag"),
    ],
)  # fmt: skip
def test_both_sides_are_told_apart(text: str, expected: str, received: str) -> None:
    assert told(text) == {"expected": expected, "received": received}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vereinbart war Dienstag um acht.", "Dienstag um acht"),
        ("Erwartet hatten wir ein Haus mit Stil.", "ein Haus mit Stil"),
        ("Laut Katalog sollte es einen Pool geben.", "einen Pool geben"),
    ],
)
def test_what_was_promised_is_told_alone(text: str, expected: str) -> None:
    assert told(text) == {"expected": expected}


@pytest.mark.parametrize(
    "text",
    ["Alles wie versprochen.", "Wir haben Pizza bestellt.", "Statt zu klagen, loben wir.", "Es kam gestern."],
)  # fmt: skip
def test_nothing_is_made_up_where_nothing_is_compared(text: str) -> None:
    assert told(text) == {}


def test_the_offsets_cut_out_the_piece() -> None:
    text = "Schade: Statt frischer Brötchen gab es Zwieback."
    for fact in say(text).facts:
        assert text[fact.start : fact.end].strip() == fact.value
    assert told(text) == {"expected": "frischer Brötchen", "received": "Zwieback"}
