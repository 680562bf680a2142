"""The small parts: locks, logs, spans, sites, profiles."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.models import Source
from gelassen.bridge import profile_of, target_of
from gelassen.cli.sites import short_name, site
from gelassen.errors import UserError, WrongUse
from gelassen.locks import FolderLock
from gelassen.logs import configure, log
from gelassen.settings import Settings
from gelassen.spans import local, seconds, start_of_day


def source(now: datetime, **fields: object) -> Source:
    return Source(id=7, name="laden", kind="feed", address="https://a.example/feed", created_at=now, **fields)


def test_a_folder_has_one_lock(tmp_path: Path) -> None:
    with FolderLock(tmp_path) as first, FolderLock(tmp_path) as second:
        assert first.take()
        assert first.take()
        assert not second.take()
        first.release()
        assert second.take()


def test_a_lock_that_cannot_be_taken_at_all_says_whose_account_is_needed(tmp_path: Path) -> None:
    with FolderLock(tmp_path / "gone") as lock, pytest.raises(UserError, match="account that the data folder belongs"):
        lock.take()


def test_the_lock_names_its_holder(tmp_path: Path) -> None:
    import os

    with FolderLock(tmp_path) as lock:
        assert lock.holder() == ""
        lock.take()
        assert FolderLock(tmp_path).holder() == str(os.getpid())


def test_a_log_line_holds_type_and_place_of_an_error_but_not_its_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure()
    try:
        try:
            raise ValueError("Anna Berg schrieb: Frechheit!")
        except ValueError as error:
            log().error("tick_failed", tick="crawl", exc_info=error)
            logging.getLogger("responder.writing").exception("obligation %s could not be drafted", 7)
    finally:
        root.handlers, root.level = handlers, level
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (first["event"], first["error"], first["tick"]) == ("tick_failed", "ValueError", "crawl")
    assert first["where"][-1].startswith("tests/operate/test_small_parts.py:")
    assert second["event"] == "obligation 7 could not be drafted"
    assert "Anna" not in json.dumps([first, second])


@pytest.mark.parametrize(("text", "expected"), [("30s", 30), ("15m", 900), ("2h", 7200), ("1d", 86400), (" 5M ", 300)])
def test_a_length_of_time_is_read(text: str, expected: int) -> None:
    assert seconds(text) == expected


@pytest.mark.parametrize("text", ["", "15", "m", "-5m", "1w", "1.5h"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    with pytest.raises(WrongUse, match="30s, 15m, 2h or 1d"):
        seconds(text)


@pytest.mark.parametrize("text", ["2026-11-01", "01.11.2026", "1.11.2026"])
def test_a_day_begins_at_local_midnight(text: str) -> None:
    assert start_of_day(text, "Europe/Berlin") == datetime(2026, 10, 31, 23, 0, tzinfo=UTC)


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(WrongUse, match="is not a date"):
        start_of_day("31.02.2026", "Europe/Berlin")


def test_addresses_of_one_site_belong_together() -> None:
    assert site("https://www.mein-laden.de/blog") == site("http://mein-laden.de")
    assert site("http://127.0.0.1:80") != site("http://127.0.0.1:81")
    assert short_name("https://www.mein-laden.de/blog") == "mein-laden.de"


def test_a_source_overrides_the_settings_of_the_house(now: datetime) -> None:
    settings = Settings(business="Haus", signature="Anna", region="BY")
    own = source(now, locale="de-CH", address_form="du", settings={"business": "Filiale"})
    profile = profile_of(own, settings, now)
    assert (profile.business, profile.signature, profile.locale) == ("Filiale", "Anna", "de-CH")
    assert (profile.address, profile.region, profile.today) == ("du", "BY", date(2026, 11, 23))


def test_the_day_is_the_one_of_the_business(now: datetime) -> None:
    late = now.replace(hour=23, minute=30)
    assert profile_of(source(now), Settings(timezone="Europe/Berlin"), late).today == date(2026, 11, 24)


def test_a_wanted_full_look_is_unconditional(now: datetime) -> None:
    assert target_of(source(now), Settings()).conditional
    assert not target_of(source(now, full_look_wanted=True), Settings()).conditional


def test_a_source_may_have_a_delay_of_its_own(now: datetime) -> None:
    assert target_of(source(now), Settings(crawl_delay=3)).delay_seconds == 3
    assert target_of(source(now, settings={"delay": 0.1}), Settings()).delay_seconds == 0.1


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/Berlin", "2026-11-23 23:30 CET"),
        ("Europe/London", "2026-11-23 22:30 GMT"),
        ("Asia/Tokyo", "2026-11-24 07:30 JST"),
        ("UTC", "2026-11-23 22:30 UTC"),
    ],
)
def test_a_moment_is_shown_as_on_the_clock_of_its_zone(zone: str, shown: str) -> None:
    assert local(datetime(2026, 11, 23, 22, 30, tzinfo=UTC), zone) == shown


def test_the_same_hour_twice_in_autumn_can_be_told_apart() -> None:
    twice = [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)]
    assert [local(one, "Europe/Berlin") for one in twice] == ["2026-10-25 02:30 CEST", "2026-10-25 02:30 CET"]


def test_a_look_does_not_search_for_posts_before_the_start_date(now: datetime) -> None:
    assert target_of(source(now, answer_from=now), Settings()).since == now
