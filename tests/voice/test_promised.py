"""A day that we named ourselves and let pass is said before anything else."""

from __future__ import annotations

from datetime import date

import pytest

from responder.drafting import Turn
from responder.playbook.promised import missed
from responder.profile import Profile
from tests.voice.people import answer, complaint

TODAY = date(2026, 11, 26)
ROSI = Profile(signature="Rosi Beck", contact="hilfe@firma.example", today=TODAY)


def ours(text: str) -> tuple[Turn, ...]:
    return (Turn("customer", "Wo bleibt mein Sessel?"), Turn("us", text))


@pytest.mark.parametrize(
    ("said", "day", "kind"),
    [
        ("Ich sehe nach und melde mich hier bis Freitag, 20. November. Rosi Beck", date(2026, 11, 20), "answer"),
        ("Wir schreiben dir hier bis 12. November. T. R.", date(2026, 11, 12), "answer"),
        ("Wir sehen bis Dienstag, 24. November, nach, was an diesem Tag war.", date(2026, 11, 24), "answer"),
        ("Die Antwort steht bis 24.11. hier.", date(2026, 11, 24), "answer"),
        ("Das Geld ist bis Freitag, 20. November, auf deinem Konto.", date(2026, 11, 20), "thing"),
    ],
)
def test_the_day_of_our_latest_answer_is_read(said: str, day: date, kind: str) -> None:
    found = missed(ours(said), TODAY)
    assert found is not None
    assert (found.day, found.kind) == (day, kind)


@pytest.mark.parametrize(
    "said",
    [
        "Ich melde mich hier bis Freitag, 27. November.",
        "Kommen Sie bis Freitag, 20. November, vorbei, wir schauen es uns an.",
        "Die Rechnung schicke ich Ihnen bis 20. November per Post.",
        "Ich kläre heute, was am 3. November war.",
        "Die Messung zeigt einen Fehler. Am Montag, 23. November, kommt ein Techniker.",
        "Das tut mir leid.",
    ],
)
def test_a_day_to_come_another_way_or_none_at_all_is_nothing_missed(said: str) -> None:
    assert missed(ours(said), TODAY) is None


def test_an_earlier_day_counts_no_more_once_we_answered_again() -> None:
    turns = (*ours("Ich melde mich bis 20. November."), Turn("us", "Hier ist die Antwort."))
    assert missed(turns, TODAY) is None


def test_a_december_day_that_is_named_in_january_lies_in_the_old_year() -> None:
    found = missed(ours("Ich melde mich bis 28. Dezember."), date(2027, 1, 7))
    assert found is not None
    assert found.day == date(2026, 12, 28)


@pytest.mark.parametrize("step", [2, 3])
def test_our_missed_day_is_the_first_thing_said(step: int) -> None:
    history = ours("Ich sehe nach und antworte hier bis Freitag, 20. November. Rosi Beck")
    for key in map(str, range(6)):
        text = answer(complaint("delivery_late"), "Noch immer nichts.", ROSI, step=step, history=history, key=key).text
        assert "20. November" in text.partition(" leid")[0], text


def test_nothing_of_it_is_said_where_no_contact_may_be_confirmed() -> None:
    history = ours("Ich melde mich hier bis Freitag, 20. November.")
    quiet = Profile(signature="Rosi Beck", confidential=True, today=TODAY)
    assert "20. November" not in answer(complaint("waited_long"), "Und?", quiet, step=2, history=history).text
