"""Which demands are left to a direct conversation, and what is said to them in public."""

from __future__ import annotations

import pytest

from responder.drafting import open_gaps
from responder.playbook.demand import excessive, largest_amount
from responder.reading.model import Text
from tests.voice.situations import answered


@pytest.mark.parametrize(
    "post",
    [
        "Die Suppe war kalt. Ich fordere 5.000 € Entschädigung!",
        "Ein Jahr gratis essen, sonst hört ihr von mir",
        "Als Wiedergutmachung erwarte ich ein Jahr lang kostenlos Kaffee.",
        "Die Suppe für 8,50 € war kalt, ich will 200 Euro zurück.",
        "Ich verlange, dass die Kellnerin entlassen wird.",
        "Für eine kalte Suppe fordere ich 1000 Franken Schmerzensgeld",
        "Ich erwarte lebenslang freien Eintritt",
        "I demand 3,000 euros compensation for a cold soup",
    ],
)
def test_far_more_than_the_matter_cost_is_excessive(post: str) -> None:
    assert excessive(Text(post))


@pytest.mark.parametrize(
    "post",
    [
        "Die Anzahlung von 400 Euro wurde nicht abgezogen. Ich will mein Geld zurück, und zwar diese Woche.",
        "Sofa für 2.400 Euro kaputt. Ich will mein Geld zurück: 2.400 Euro.",
        "Ich will die 89 Euro zurück",
        "Seit einem Jahr kein kostenloses WLAN, ich erwarte eine Lösung.",
        "ihr habt mich ein Jahr lang umsonst warten lassen, ich will mein Geld",
        "Das Essen für 40 Euro war kalt, ich möchte 40 Euro zurück.",
        "",
    ],
)
def test_ones_own_money_back_is_not(post: str) -> None:
    assert not excessive(Text(post))


def test_the_largest_amount_may_stand_in_the_title() -> None:
    assert largest_amount(Text("kalt", title="89 Euro für nichts")) == 89.0
    assert largest_amount(Text("kalt")) is None


@pytest.mark.parametrize("name", ["d01", "d02", "d03", "d04", "d06", "d07", "e03"])
def test_a_demand_is_answered_by_a_binding_word_on_the_next_working_day_elsewhere(name: str) -> None:
    proposal = answered(name)
    assert proposal.situation == "demand"
    assert "24" in proposal.text
    assert "D2" in proposal.practices
    assert not open_gaps(proposal.text)
