"""By when an answer is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from responder.deadlines import Deadlines, for_post, is_low, tighten

SEEN = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("rating", [1.0, 2.0])
def test_one_or_two_of_five_stars_get_a_first_word_in_four_hours(rating: float) -> None:
    due = for_post(rating, 5.0, 1.0, "review", SEEN)
    assert (due.holding_due_at, due.due_at) == (SEEN + timedelta(hours=4), SEEN + timedelta(hours=24))


@pytest.mark.parametrize("rating", [3.0, 5.0, None])
def test_everything_else_has_a_day_and_two(rating: float | None) -> None:
    due = for_post(rating, 5.0, 1.0, "review", SEEN)
    assert (due.holding_due_at, due.due_at) == (SEEN + timedelta(hours=24), SEEN + timedelta(hours=48))


def test_on_social_media_a_first_word_is_due_the_same_day() -> None:
    due = for_post(None, None, None, "social", SEEN)
    assert (due.holding_due_at, due.due_at) == (SEEN + timedelta(hours=4), SEEN + timedelta(hours=48))


@pytest.mark.parametrize(
    ("rating", "best", "worst", "low"),
    [
        (2, 5, 1, True),
        (2.5, 5, 1, False),
        (2, None, None, True),
        (20, 100, 0, True),
        (3, 10, 0, False),
        (1, 1, 1, False),
        (None, 5, 1, False),
    ],
)
def test_low_is_the_lowest_quarter_of_any_scale(
    rating: float | None, best: float | None, worst: float | None, low: bool
) -> None:
    assert is_low(rating, best, worst) is low


@given(st.none() | st.floats(0, 5), st.integers(-1, 5))
def test_anger_never_wins_us_time(rating: float | None, anger: int) -> None:
    due = for_post(rating, 5.0, 1.0, "review", SEEN)
    tighter = tighten(due, anger, SEEN)
    assert tighter.due_at <= due.due_at
    assert tighter.holding_due_at <= due.holding_due_at <= due.due_at


def test_great_anger_halves_what_two_stars_have() -> None:
    due = tighten(for_post(5.0, 5.0, 1.0, "review", SEEN), 3, SEEN)
    assert due == Deadlines(SEEN + timedelta(hours=2), SEEN + timedelta(hours=12))
