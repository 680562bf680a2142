"""The customer's own day: we answer before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from responder.playbook.deadline import Deadline, answer_before, deadline
from responder.profile import Profile
from responder.reading.model import Text
from tests.voice.people import answer, complaint

THURSDAY = date(2026, 11, 26)
ROSI = Profile(signature="Rosi Beck", today=THURSDAY)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        ("Wenn bis Montag das Geld nicht da ist, geh ich zum Anwalt.", Deadline(date(2026, 11, 30))),
        ("Ich will bis 30.11. eine Antwort.", Deadline(date(2026, 11, 30))),
        ("Ich erwarte bis morgen 12 Uhr eine Antwort!", Deadline(date(2026, 11, 27), time(12))),
        ("Der Artikel geht morgen 18 Uhr in Druck.", Deadline(date(2026, 11, 27), time(18))),
        ("Ich will das Sofa vor Weihnachten.", Deadline(date(2026, 12, 23))),
    ],
)
def test_a_day_that_is_set_for_us_is_read(post: str, expected: Deadline) -> None:
    assert deadline(Text(post), THURSDAY) == expected


@pytest.mark.parametrize(
    "post",
    [
        "Ihr habt geschrieben, bis 20.11. ist das Geld da.",
        "Ich bin bis 18 Uhr daheim geblieben.",
        "Der Vertrag läuft bis Ende Oktober 2027 weiter.",
        "Am Montag war ich bei euch.",
    ],
)
def test_other_days_set_nothing(post: str) -> None:
    assert deadline(Text(post), THURSDAY) is None


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        (Deadline(date(2026, 12, 10)), Deadline(date(2026, 12, 1))),
        (Deadline(date(2026, 11, 30)), Deadline(date(2026, 11, 30))),
        (Deadline(date(2026, 11, 29)), Deadline(date(2026, 11, 27))),
        (Deadline(date(2026, 11, 27), time(18)), Deadline(date(2026, 11, 27), time(16))),
        (Deadline(date(2026, 11, 27), time(8)), Deadline(date(2026, 11, 26), time(17))),
        (Deadline(date(2026, 11, 26)), Deadline(date(2026, 11, 26), time(17))),
    ],
)
def test_our_day_lies_before_it(limit: Deadline, expected: Deadline) -> None:
    assert answer_before(limit, date(2026, 12, 1), THURSDAY, "DE", "") == expected


def test_the_answer_names_a_day_before_the_customers() -> None:
    post = "Das Bett fehlt noch immer. Ich erwarte bis morgen 18 Uhr eine Antwort."
    assert "Freitag, 27. November, 16 Uhr" in answer(complaint("delivery_missing"), post, ROSI).text


def test_an_extortionist_sets_us_no_day() -> None:
    post = "Bis morgen will ich 300 Euro, sonst stelle ich alles online."
    reading = replace(complaint("food_bad"), risks=("extortion",))
    assert "27. November" not in answer(reading, post, ROSI).text
