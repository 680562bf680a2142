"""Manners toward hosts: distance between pages, pauses after trouble, and doors that stay closed as long as asked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.hosts import (
    GROWTH,
    JITTER,
    KEPT_FROM,
    LONGEST_DELAY,
    LONGEST_PAUSE,
    LONGEST_WISH,
    REPEATED,
    TRIAL,
    Closed,
    Hosts,
    host_of,
)
from crawler.sessions import InMemory

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
LONGEST = 5.0


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def hosts(chance: float = 0.0, kept: InMemory | None = None) -> Hosts:
    return Hosts(kept, lambda: chance)


def failing(times: int, chance: float = 0.0) -> tuple[Hosts, datetime]:
    """A host that failed so often in a row, asked again as soon as it opened, and the moment of the last failure."""
    one, now = hosts(chance), NOW
    for _ in range(times - 1):
        one.failed("laden.example", None, now)
        now += timedelta(seconds=one.check("laden.example", 1e9, now))
    one.failed("laden.example", None, now)
    return one, now


def test_a_host_nobody_asked_yet_is_open_and_needs_no_wait() -> None:
    one = hosts()
    assert (one.check("laden.example", LONGEST, NOW), one.spacing("laden.example", 2, NOW)) == (0, 0)


def test_the_next_page_waits_for_the_rest_of_the_gap() -> None:
    one = hosts()
    one.sent("laden.example", NOW)
    assert one.spacing("laden.example", 2, after(0.5)) == 1.5
    assert one.spacing("laden.example", 2, after(3)) == 0
    assert one.spacing("anderer.example", 2, after(0.5)) == 0


def test_a_clock_that_is_put_back_makes_nobody_wait_longer_than_the_gap() -> None:
    one = hosts()
    one.sent("laden.example", NOW)
    assert one.spacing("laden.example", 2, NOW - timedelta(hours=1)) == 2


def test_a_crawl_delay_is_kept_within_reason_and_forgotten_with_its_line() -> None:
    one = hosts()
    for asked, kept in ((7.0, 7.0), (86400.0, LONGEST_DELAY), (0.0, 0.0)):
        one.wants_delay("laden.example", asked)
        assert one.crawl_delay("laden.example") == kept


def test_what_a_host_asks_for_closes_it_exactly_that_long() -> None:
    one = hosts()
    one.failed("laden.example", 3600, NOW)
    with pytest.raises(Closed) as closed:
        one.check("laden.example", LONGEST, NOW)
    assert (closed.value.until, closed.value.failures) == (after(3600), 0)
    assert one.check("laden.example", LONGEST, after(3600)) == 0


def test_a_short_wait_is_told_instead_of_refused() -> None:
    one = hosts()
    one.failed("laden.example", 4, NOW)
    assert one.check("laden.example", LONGEST, after(1)) == 3


def test_a_limit_that_is_used_up_closes_the_host_though_all_went_well() -> None:
    one = hosts()
    one.answered("laden.example", 300, NOW)
    with pytest.raises(Closed):
        one.check("laden.example", LONGEST, after(200))
    assert one.check("laden.example", LONGEST, after(300)) == 0


def test_the_longer_of_two_wishes_counts() -> None:
    one = hosts()
    one.failed("laden.example", 3600, NOW)
    one.answered("laden.example", 60, NOW)
    assert one.check("laden.example", 1e9, NOW) == 3600


def test_nobody_is_left_alone_for_longer_than_a_day_at_a_time() -> None:
    one = hosts()
    one.failed("laden.example", 1e12, NOW)
    assert one.check("laden.example", 1e9, NOW) == LONGEST_WISH


def test_one_host_does_not_close_another() -> None:
    one = hosts()
    one.failed("laden.example", 3600, NOW)
    assert one.check("hotel.example", LONGEST, NOW) == 0


@pytest.mark.parametrize("times", [1, 2, 3, 4])
def test_every_failure_in_a_row_makes_the_pause_longer(times: int) -> None:
    one, now = failing(times)
    assert one.check("laden.example", 1e9, now) == GROWTH ** (times - 1)


def test_a_pause_ends_at_the_longest() -> None:
    one, now = failing(40)
    assert one.check("laden.example", 1e9, now) == LONGEST_PAUSE


@given(st.floats(0, 1, exclude_max=True), st.integers(1, 12))
def test_jitter_only_ever_lengthens_a_pause(chance: float, times: int) -> None:
    plain, jittered = failing(times), failing(times, chance)
    short = plain[0].check("laden.example", 1e9, plain[1])
    long = jittered[0].check("laden.example", 1e9, jittered[1])
    assert short - 1e-6 <= long <= short * (1 + JITTER) + 1e-6


def test_repeated_failures_close_the_host_and_say_how_many_there_were() -> None:
    one, now = failing(REPEATED + 1)
    with pytest.raises(Closed) as closed:
        one.check("laden.example", LONGEST, now)
    assert closed.value.failures == REPEATED + 1


def half_open() -> tuple[Hosts, datetime]:
    """A host whose pause after repeated failures is just over."""
    one, now = failing(REPEATED)
    return one, now + timedelta(seconds=one.check("laden.example", 1e9, now))


def test_a_host_that_opens_again_gets_one_trial_request_only() -> None:
    one, now = half_open()
    assert one.check("laden.example", LONGEST, now) == 0
    one.sent("laden.example", now)
    with pytest.raises(Closed):
        one.check("laden.example", LONGEST, now)


def test_a_good_trial_opens_the_host_and_forgets_the_failures() -> None:
    one, now = half_open()
    one.sent("laden.example", now)
    one.answered("laden.example", None, now)
    assert one.check("laden.example", LONGEST, now) == 0
    one.failed("laden.example", None, now)
    assert one.check("laden.example", LONGEST, now) == 1


def test_a_bad_trial_closes_it_for_longer() -> None:
    one, now = half_open()
    one.sent("laden.example", now)
    one.failed("laden.example", None, now)
    assert one.check("laden.example", 1e9, now) == GROWTH**REPEATED


def test_a_trial_that_nobody_hears_of_bars_the_others_for_a_minute() -> None:
    one, now = half_open()
    one.sent("laden.example", now)
    assert one.check("laden.example", LONGEST, now + TRIAL) == 0


def test_what_a_host_asked_for_holds_for_the_next_process() -> None:
    kept = InMemory()
    hosts(kept=kept).failed("laden.example", 600, NOW)
    with pytest.raises(Closed) as closed:
        hosts(kept=kept).check("laden.example", LONGEST, after(60))
    assert closed.value.until == after(600)


def test_a_wish_noted_under_a_wrong_clock_does_not_close_a_host_for_years() -> None:
    kept = InMemory()
    hosts(kept=kept).failed("laden.example", 600, NOW + timedelta(days=3650))
    assert hosts(kept=kept).check("laden.example", LONGEST, NOW) == 0


def test_our_own_pauses_and_short_waits_end_with_the_process() -> None:
    kept = InMemory()
    one = hosts(kept=kept)
    for _ in range(5):
        one.failed("laden.example", KEPT_FROM - 1, NOW)
    assert hosts(kept=kept).check("laden.example", LONGEST, NOW) == 0


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://laden.example/a?b#c", "laden.example"),
        ("http://LADEN.example:80/", "laden.example"),
        ("https://laden.example:443", "laden.example"),
        ("http://127.0.0.1:8081/x", "127.0.0.1:8081"),
        ("http://[::1]:8081/x", "[::1]:8081"),
        ("ohne adresse", ""),
    ],
)
def test_a_host_has_one_name_whatever_the_address(url: str, name: str) -> None:
    assert host_of(url) == name
