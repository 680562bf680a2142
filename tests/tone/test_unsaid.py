"""A number or a matter that the post does not hold is noticed in any answer, whoever wrote it."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from tests.tone.people import found, marked

WAITED = Text("40 Minuten auf die Suppe gewartet, und dann war sie kalt.", rating=2)


def unsaid(text: str, post: Text = WAITED, **known: object) -> list[str]:
    return [marked(text, finding) for finding in found(text, "A6", post, **known) if "steht davon" in finding.why]


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("Guten Tag, dass Sie 50 Minuten auf die Suppe gewartet haben, tut mir leid.", ["50 Minuten"]),
        ("Guten Tag, dass Sie zwei Stunden auf die Suppe gewartet haben, tut mir leid.", ["zwei Stunden"]),
        ("Guten Tag, dass Sie 40 Minuten auf die Suppe gewartet haben, tut mir leid.", []),
        ("Guten Tag, dass Sie vierzig Minuten auf die Suppe gewartet haben, tut mir leid.", []),
        ("Guten Tag, dass die Suppe kalt war, tut mir leid. Binnen drei Tagen schreibe ich Ihnen.", []),
    ],
)
def test_a_number_in_the_regret_stands_in_the_post(sentence: str, marks: list[str]) -> None:
    assert unsaid(sentence) == marks


def test_another_matter_than_the_post_s_is_noticed() -> None:
    assert unsaid("Guten Tag, es tut mir leid, dass das Paket beschädigt war.") == ["das Paket beschädigt war"]
    assert unsaid("Guten Tag, es tut mir leid, dass die Suppe nicht heiß war.") == []


def test_later_messages_may_speak_of_what_stood_before() -> None:
    text = "Guten Tag, dass Sie drei Wochen auf das Paket gewartet haben, tut mir leid."
    assert unsaid(text, history=("Guten Tag, wir sehen nach.",)) == []
