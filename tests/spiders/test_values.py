"""Times and numbers as the web writes them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.pages.values import count, moment, number


@pytest.mark.parametrize(
    ("value", "time"),
    [
        ("2026-11-20", datetime(2026, 11, 20, tzinfo=UTC)),
        ("2026-11-20T14:05:00+01:00", datetime(2026, 11, 20, 13, 5, tzinfo=UTC)),
        ("2026-11-20T14:05:00Z", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
        ("2026-11-20T14:05:00.123Z", datetime(2026, 11, 20, 14, 5, 0, 123000, tzinfo=UTC)),
        ("2026-11-20 14:05", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
        ("20.11.2026", datetime(2026, 11, 20, tzinfo=UTC)),
        ("5.3.2026, 08:15", datetime(2026, 3, 5, 8, 15, tzinfo=UTC)),
        ("20.11.2026 um 14:05", datetime(2026, 11, 20, 14, 5, tzinfo=UTC)),
        ("Fri, 20 Nov 2026 14:05:00 +0100", datetime(2026, 11, 20, 13, 5, tzinfo=UTC)),
    ],
)
def test_times_are_read_and_turned_to_utc(value: str, time: datetime) -> None:
    assert moment(value) == time


@pytest.mark.parametrize(
    "value", ["", "gestern", "vor 3 Tagen", "31.02.2026", "2026-13-01", None, 5, [], "0001-01-01T00:00:00+14:00"]
)
def test_what_is_no_time_is_none(value: Any) -> None:
    assert moment(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("4,2", 4.2),
        ("4.", 4.0),
        ("4.5", 4.5),
        (3, 3.0),
        (" 5 / 5", 5.0),
        ("fünf", None),
        (True, None),
        ("", None),
        (None, None),
    ],
)
def test_numbers_may_have_a_decimal_comma(value: Any, expected: float | None) -> None:
    assert number(value) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 10**400, "1" * 500])
def test_numbers_out_of_this_world_are_none(value: Any) -> None:
    assert number(value) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("128", 128),
        (128, 128),
        ("1.284", 1284),
        ("1'284", 1284),
        ("12 345 Bewertungen", 12345),
        ("0", 0),
        ("", None),
        (-1, None),
    ],
)
def test_counts_may_be_grouped(value: Any, expected: int | None) -> None:
    assert count(value) == expected


@given(st.one_of(st.text(max_size=40), st.integers(), st.floats(), st.none(), st.lists(st.integers())))
def test_nothing_makes_them_fail(value: Any) -> None:
    moment(value)
    number(value)
    count(value)
