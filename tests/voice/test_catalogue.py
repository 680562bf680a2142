"""What a line of the catalogue allows: what, up to how much, by when, and who grants it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.dates import is_business_day
from responder.playbook import load_playbook
from responder.playbook.catalogue import allowing, amounts, catalogue, commitment, line_of

MONDAY = date(2026, 11, 23)
WORDS = load_playbook().voice("de-DE").catalogue


def test_a_full_line_says_what_how_much_by_when_and_who() -> None:
    found = commitment("Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung")
    assert (found.what, found.limit, found.days, found.who) == ("Kaufpreis zurückzahlen", 200.0, 5, "Versandleitung")


@pytest.mark.parametrize(
    ("line", "what", "limit", "days", "who"),
    [
        ("Gericht erstatten", "Gericht erstatten", None, None, ""),
        ("Gutschein bis 20 Euro", "Gutschein", 20.0, None, ""),
        ("Gutschein über CHF 40.- (Schichtleitung)", "Gutschein", 40.0, None, "Schichtleitung"),
        ("Erstattung bis 1.200,50 € innert zwei Wochen; entscheidet die Leitung", "Erstattung", 1200.5, 14, "Leitung"),
        ("Kaufpreis erstatten – bis 150 € – Kundenservice", "Kaufpreis erstatten", 150.0, None, "Kundenservice"),
        ("Rückruf am nächsten Werktag, Kundendienst", "Rückruf", None, 1, "Kundendienst"),
        ("Rückruf binnen 24 Stunden", "Rückruf", None, 1, ""),
        ("Refund up to £50 within 3 working days, by the shift lead", "Refund", 50.0, 3, "shift lead"),
    ],
)  # fmt: skip
def test_a_line_may_say_less_and_in_other_words(
    line: str, what: str, limit: float | None, days: int | None, who: str
) -> None:
    found = commitment(line)
    assert (found.what, found.limit, found.days, found.who) == (what, limit, days, who)


def test_a_percentage_is_a_share_and_no_sum_of_money() -> None:
    found = commitment("10 % Nachlass, Filialleitung")
    assert (found.percent, found.limit) == (10.0, None)


def test_the_age_of_a_purchase_is_no_time_by_which_we_act() -> None:
    assert commitment("Umtausch innerhalb von 14 Tagen").days is None
    assert commitment("Umtausch binnen 5 Werktagen").days == 5


def test_business_days_skip_weekends_and_the_holidays_of_the_place() -> None:
    christmas = date(2026, 12, 22)
    assert commitment("Erstattung binnen 3 Werktagen").due(christmas, "DE") == date(2026, 12, 28)
    assert commitment("Erstattung").due(christmas, "DE") is None


@given(
    st.integers(1, 30), st.sampled_from(["Werktagen", "Tagen", "Wochen"]), st.dates(date(2026, 1, 1), date(2027, 6, 1))
)
def test_a_commitment_is_due_on_a_business_day_and_in_time(number: int, unit: str, today: date) -> None:
    due = commitment(f"Erstattung binnen {number} {unit}").due(today, "AT")
    assert due is not None
    assert due > today
    assert is_business_day(due, "AT")
    if unit != "Werktagen" and number > 5:
        assert due <= today + timedelta(days=number * (7 if unit == "Wochen" else 1))


@given(st.text(max_size=120))
def test_any_line_is_read_without_an_error(line: str) -> None:
    assert commitment(line).line == line


def test_empty_lines_allow_nothing() -> None:
    assert catalogue(["", "  ", "Ersatz"]) == (commitment("Ersatz"),)


def test_what_is_wanted_finds_its_entries_the_smallest_limit_first() -> None:
    entries = catalogue(["Erstattung bis 500 €, Leitung", "Gutschein", "Erstattung bis 50 €"])
    assert [entry.limit for entry in allowing("refund", entries, WORDS)] == [50.0, 500.0]
    assert allowing("repair", entries, WORDS) == ()


def test_a_table_is_the_same_as_its_line() -> None:
    table = {"what": "Kaufpreis zurückzahlen", "up_to": "200 €", "within": "5 Werktagen", "who": "Versandleitung"}
    assert line_of(table) == "Kaufpreis zurückzahlen bis 200 € binnen 5 Werktagen, Versandleitung"
    assert line_of({"what": "Ersatz"}) == "Ersatz"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5.000 € Schmerzensgeld", [5000.0]),
        ("für 8,50 € und 3 Franken", [8.5, 3.0]),
        ("CHF 1'200.-", [1200.0]),
        ("3,000 euros", [3000.0]),
        ("20 Minuten, Zimmer 12", []),
    ],
)
def test_amounts_of_money_are_found_as_people_write_them(text: str, found: list[float]) -> None:
    assert amounts(text) == found
