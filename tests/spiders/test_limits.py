"""What hosts say about when to come back, in every dialect that platforms speak."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.limits import HEADERS, asked_wait, retry_after, used_up

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())

USED_UP = {
    "Mastodon: a time": ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-23T08:05:00.754511Z"}, 300.75),
    "Mastodon: with an offset": (
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "2026-11-23T09:05:00+01:00"},
        300,
    ),
    "Bluesky: seconds since 1970": (
        {"ratelimit-remaining": "0", "ratelimit-reset": str(EPOCH + 120), "ratelimit-policy": "30;w=300"},
        120,
    ),
    "IETF: seconds left": ({"ratelimit-remaining": "0", "ratelimit-reset": "17"}, 17),
    "IETF: the window where no reset is given": (
        {"ratelimit-remaining": "0", "ratelimit-policy": '"default";q=100;w=60'},
        60,
    ),
    "Reddit: a float and seconds left": ({"x-ratelimit-remaining": "0.0", "x-ratelimit-reset": "387"}, 387),
    "GitHub-like: seconds since 1970": (
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 3600)},
        3600,
    ),
    "a reset that has passed": ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH - 5)}, 0),
}


@pytest.mark.parametrize("name", USED_UP)
def test_a_limit_that_is_used_up_tells_when_it_starts_anew(name: str) -> None:
    headers, seconds = USED_UP[name]
    assert used_up(headers, NOW) == pytest.approx(seconds, abs=0.01)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-ratelimit-remaining": "599.0", "x-ratelimit-reset": "387"},
        {"x-ratelimit-remaining": "1", "x-ratelimit-reset": "2026-11-23T08:05:00Z"},
        {"x-ratelimit-remaining": "viele", "x-ratelimit-reset": "387"},
        {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "bald"},
        {"ratelimit-remaining": "0"},
        {"ratelimit-remaining": "nan", "ratelimit-reset": "10"},
        {"x-ratelimit-reset": "387"},
    ],
)
def test_a_limit_with_something_left_or_that_makes_no_sense_asks_for_nothing(headers: dict[str, str]) -> None:
    assert used_up(headers, NOW) is None


def test_retry_after_is_a_number_of_seconds() -> None:
    assert retry_after(" 120 ", NOW) == 120


@pytest.mark.parametrize(("later", "seconds"), [(timedelta(minutes=3), 180.0), (timedelta(minutes=-3), 0.0)])
def test_retry_after_is_a_date(later: timedelta, seconds: float) -> None:
    assert retry_after(format_datetime(NOW + later, usegmt=True), NOW) == seconds


@pytest.mark.parametrize("value", ["", "bald", "inf", "nan", "Mon, 99 Nov 2026 08:00:00 GMT"])
def test_a_retry_after_that_says_nothing_usable_is_none(value: str) -> None:
    assert retry_after(value, NOW) is None


def test_retry_after_counts_before_any_limit() -> None:
    headers = {"retry-after": "30", "ratelimit-remaining": "0", "ratelimit-reset": "300"}
    assert asked_wait(429, headers, NOW) == 30


def test_a_429_without_retry_after_means_its_reset_whatever_is_said_to_remain() -> None:
    headers = {"x-ratelimit-remaining": "12", "x-ratelimit-reset": "2026-11-23T08:01:00Z"}
    assert (asked_wait(429, headers, NOW), asked_wait(503, headers, NOW)) == (60, None)


def test_a_403_with_a_limit_that_is_used_up_means_its_reset() -> None:
    assert asked_wait(403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(EPOCH + 90)}, NOW) == 90


@given(st.dictionaries(st.sampled_from(HEADERS), st.text(max_size=40)), st.sampled_from([200, 403, 429, 503]))
def test_whatever_a_host_sends_is_no_error_and_never_a_wait_below_zero(headers: dict[str, str], status: int) -> None:
    for wait in (asked_wait(status, headers, NOW), used_up(headers, NOW)):
        assert wait is None or wait >= 0
