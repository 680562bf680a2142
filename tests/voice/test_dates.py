"""Business days and how dates are said."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.dates import is_business_day, next_business_day, say_date, say_short_date, say_time


def test_friday_is_followed_by_monday() -> None:
    assert next_business_day(date(2026, 11, 20), "DE") == date(2026, 11, 23)


def test_a_second_business_day_skips_the_weekend() -> None:
    assert next_business_day(date(2026, 11, 20), "DE", n=2) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("country", "region", "open_that_day"),
    [("DE", "BY", False), ("DE", "BE", True), ("AT", "", False), ("CH", "ZH", True)],
)
def test_epiphany_depends_on_the_region(country: str, region: str, open_that_day: bool) -> None:
    assert is_business_day(date(2027, 1, 6), country, region) is open_that_day


def test_an_unknown_region_counts_the_country_s_holidays() -> None:
    assert not is_business_day(date(2026, 10, 3), "DE", "Atlantis")
    assert next_business_day(date(2026, 12, 31), "DE", "Atlantis") == date(2027, 1, 4)


def test_no_business_day_before_tomorrow_can_be_asked_for() -> None:
    with pytest.raises(ValueError, match="starts at 1"):
        next_business_day(date(2026, 11, 20), "DE", n=0)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 1)), st.sampled_from(["DE", "AT", "CH"]), st.integers(1, 9))
def test_the_answer_is_a_business_day_with_exactly_n_on_the_way(today: date, country: str, n: int) -> None:
    found = next_business_day(today, country, n=n)
    days = (date.fromordinal(o) for o in range(today.toordinal() + 1, found.toordinal() + 1))
    assert is_business_day(found, country)
    assert sum(is_business_day(day, country) for day in days) == n


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("de-DE", "Montag, 11. Januar"),
        ("de-AT", "Montag, 11. Jänner"),
        ("de-CH", "Montag, 11. Januar"),
        ("en", "Monday 11 January"),
    ],
)
def test_dates_are_said_as_people_there_say_them(locale: str, said: str) -> None:
    assert say_date(date(2027, 1, 11), locale) == said


def test_short_dates_for_short_outlets() -> None:
    assert (say_short_date(date(2026, 11, 24), "de-AT"), say_short_date(date(2026, 11, 24), "en")) == (
        "24.11.",
        "24 Nov",
    )


@pytest.mark.parametrize(
    ("locale", "moment", "said"),
    [
        ("de-DE", time(15), "15 Uhr"),
        ("de-DE", time(15, 30), "15:30 Uhr"),
        ("de-AT", time(9, 5), "9.05 Uhr"),
        ("en", time(0, 30), "12:30 am"),
        ("en", time(12), "12 pm"),
    ],
)
def test_times_of_day(locale: str, moment: time, said: str) -> None:
    assert say_time(moment, locale) == said
