"""Cells of tables: ratings and dates as people write them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gelassen.exchange.dates import when
from gelassen.exchange.lines import BadLine
from gelassen.exchange.values import is_rating, rating

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("4", (4.0, None)),
        ("4,5", (4.5, None)),
        ("4.5", (4.5, None)),
        (" 3 ", (3.0, None)),
        ("★★★☆☆", (3.0, 5.0)),
        ("★★★", (3.0, 5.0)),
        ("⭐⭐⭐⭐⭐", (5.0, 5.0)),
        ("4/5", (4.0, 5.0)),
        ("8 von 10", (8.0, 10.0)),
        ("8 / 10", (8.0, 10.0)),
        ("4 Sterne", (4.0, None)),
        ("1 Stern", (1.0, None)),
        ("5 stars", (5.0, None)),
        ("87", (87.0, None)),
        ("", None),
        ("   ", None),
        ("FOUR", (4.0, 5.0)),
        ("4.0 out of 5 stars", (4.0, 5.0)),
        ("5 star rating", (5.0, None)),
        ("Gesamt: 4", (4.0, None)),
        ("3 sur 5", (3.0, 5.0)),
        ("80 %", (80.0, 100.0)),
        ("N/A", None),
        ("keine Angabe", None),
    ],
)
def test_a_rating_is_read(cell: str, expected: tuple[float, float | None] | None) -> None:
    assert rating(cell) == expected


@pytest.mark.parametrize("cell", ["gut", "4,5,6", "-1", "4 Äpfel", "viermal", "1.000.000"])
def test_what_is_no_rating_is_said(cell: str) -> None:
    with pytest.raises(BadLine, match="is not a rating"):
        rating(cell)
    assert not is_rating(cell)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("23.11.2026", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("3.7.26", datetime(2026, 7, 2, 22, 0, tzinfo=UTC)),
        ("23.11.2026 14:05", datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        ("23.11.2026, 14:05 Uhr", datetime(2026, 11, 23, 13, 5, tzinfo=UTC)),
        ("23.11.2026 14:05:09", datetime(2026, 11, 23, 13, 5, 9, tzinfo=UTC)),
        ("Montag, 23.11.2026", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("2026-02-03 04:05:06 UTC", datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)),
        ("1767225600", datetime(2026, 1, 1, tzinfo=UTC)),
        ("1767225600000", datetime(2026, 1, 1, tzinfo=UTC)),
        ("3. März 2026", datetime(2026, 3, 2, 23, 0, tzinfo=UTC)),
        ("3. Jänner 2026", datetime(2026, 1, 2, 23, 0, tzinfo=UTC)),
        ("2026-11-23", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("2026-11-23T08:00:00Z", datetime(2026, 11, 23, 8, 0, tzinfo=UTC)),
        ("November 23, 2026", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("Reviewed in Germany on 23 November 2026", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("25 janv. 2026 à 07:05", datetime(2026, 1, 25, 6, 5, tzinfo=UTC)),
        ("12 marzo 2026", datetime(2026, 3, 11, 23, 0, tzinfo=UTC)),
        ("3 de abril de 2026", datetime(2026, 4, 2, 22, 0, tzinfo=UTC)),
        ("Feb 2026", datetime(2026, 1, 31, 23, 0, tzinfo=UTC)),
        ("23/11/2026", datetime(2026, 11, 22, 23, 0, tzinfo=UTC)),
        ("11/23/2026 3:05 PM", datetime(2026, 11, 23, 14, 5, tzinfo=UTC)),
        ("Mon, 23 Nov 2026 10:00:00 +0100", datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        ("Mon Nov 23 2026 10:00:00 GMT+0100 (CET)", datetime(2026, 11, 23, 9, 0, tzinfo=UTC)),
        ("vor 3 Monaten", None),
        ("il y a 6 mois", None),
        ("a month ago", None),
        ("2026", None),
        ("2026-11-23 08:00:00+01:00", datetime(2026, 11, 23, 7, 0, tzinfo=UTC)),
        ("", None),
    ],
)
def test_a_date_is_read(cell: str, expected: datetime | None) -> None:
    assert when(cell, BERLIN) == expected


@pytest.mark.parametrize("cell", ["31.02.2026", "neulich", "13/45/2026", "32.1.2026", "2026-13-01", "0.0.0000"])
def test_what_is_no_date_is_said(cell: str) -> None:
    with pytest.raises(BadLine, match="is not a date"):
        when(cell, BERLIN)


LOCAL_TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31))  # noqa: DTZ001 - hypothesis wants naive ones


@given(LOCAL_TIMES, st.sampled_from(["Europe/Berlin", "UTC"]))
def test_a_german_time_is_the_same_moment_as_its_iso_form(moment: datetime, zone: str) -> None:
    moment = moment.replace(microsecond=0)
    assert when(f"{moment:%d.%m.%Y %H:%M:%S}", ZoneInfo(zone)) == when(moment.isoformat(), ZoneInfo(zone))


@given(st.text(max_size=30))
def test_any_cell_is_a_rating_or_it_is_not(cell: str) -> None:
    assert is_rating(cell) in (True, False)


@given(st.text(max_size=30))
def test_any_cell_is_a_moment_in_utc_or_refused(cell: str) -> None:
    try:
        moment = when(cell, BERLIN)
    except BadLine:
        return
    assert moment is None or moment.tzinfo is UTC
