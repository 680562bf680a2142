"""A number or a matter that the post does not hold is noticed in a draft."""

from __future__ import annotations

import pytest

from responder.reading.model import Text
from responder.tone import says_more
from tests.tone.people import context

WAITED = Text("40 Minuten auf die Suppe gewartet, und dann war sie kalt.", rating=2)


@pytest.mark.parametrize(
    "sentence",
    [
        "Guten Tag, dass Sie 50 Minuten auf die Suppe gewartet haben, tut mir leid.",
        "Guten Tag, dass Sie zwei Stunden auf die Suppe gewartet haben, tut mir leid.",
        "Guten Tag, es tut mir leid, dass das Paket beschädigt war.",
    ],
)
def test_what_the_post_does_not_tell_is_noticed(sentence: str) -> None:
    assert says_more(sentence, context(WAITED))


@pytest.mark.parametrize(
    "sentence",
    [
        "Guten Tag, dass Sie 40 Minuten auf die Suppe gewartet haben, tut mir leid.",
        "Guten Tag, dass Sie vierzig Minuten auf die Suppe gewartet haben, tut mir leid.",
        "Guten Tag, dass die Suppe kalt war, tut mir leid. Binnen drei Tagen schreibe ich Ihnen.",
        "Guten Tag, es tut mir leid, dass die Suppe nicht heiß war.",
    ],
)
def test_what_the_post_tells_may_be_said(sentence: str) -> None:
    assert not says_more(sentence, context(WAITED))


def test_later_messages_may_speak_of_what_stood_before() -> None:
    text = "Guten Tag, dass Sie drei Wochen auf das Paket gewartet haben, tut mir leid."
    assert not says_more(text, context(WAITED, history=("Guten Tag, wir sehen nach.",)))
