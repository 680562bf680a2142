"""When a source is in trouble: every sign in time, and never on a place where everything is in order."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from crawler.health import LASTING, READ_WELL, Verdict, judge
from crawler.items import Saw
from crawler.vitals import Vitals
from tests.spiders.clean import CADENCE, START, Place, some_place

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)


class Patient:
    """A source whose looks a test decides."""

    def __init__(self, vitals: dict[str, Any] | None = None, now: datetime = START) -> None:
        self.vitals, self.now = vitals or {}, now

    def look(self, saw: Saw, after: timedelta = CADENCE) -> Verdict:
        """One look, `after` the one before; what is remembered goes through JSON, as in the store."""
        self.now += after
        kept, verdict = judge(json.loads(json.dumps(self.vitals)), saw, self.now)
        self.vitals = kept
        return verdict

    def looks(self, saw: Saw, times: int, after: timedelta = CADENCE) -> list[str]:
        """The told sign of each of several equal looks."""
        return [verdict.sign if (verdict := self.look(saw, after)).told else "" for _ in range(times)]


def healthy(looks: int = 6, **saw: Any) -> Patient:
    patient = Patient()
    assert patient.looks(full(**saw), looks) == [""] * looks
    return patient


def full(listed: int | None = 10, **saw: Any) -> Saw:
    return Saw(**{"listed": listed, "total": 10, "known": 10, "comparable": True} | saw)


@pytest.mark.parametrize("seed", range(60))
def test_a_thousand_looks_at_a_place_in_order_alarm_nobody(seed: int) -> None:
    random = Random(seed)
    place, patient = some_place(random), Patient()
    step = random.choice([CADENCE, 6 * HOUR, A_DAY, 3 * A_DAY])
    for number in range(1000):
        verdict = patient.look(place.look(patient.now + step), step)
        assert not verdict.told, (number, verdict, place.pause, step)


def test_what_is_remembered_stays_small() -> None:
    place, patient, sizes = Place(Random(1), timedelta(hours=4)), Patient(), []
    for _ in range(600):
        patient.look(place.look(patient.now + A_DAY), A_DAY)
        sizes.append(len(json.dumps(patient.vitals)))
    assert max(sizes) < 1500
    assert max(sizes[300:]) - min(sizes[300:]) < 60


@pytest.mark.parametrize("sign", ["lost", "unread", "wordless", "fewer"])
def test_a_broken_page_is_told_at_the_second_look_and_not_at_the_first(sign: str) -> None:
    broken = {
        "lost": full(0, lost="10 posts stood here at the last look, now none can be found."),
        "unread": full(7, unread=3, total=7),
        "wordless": full(wordless=10),
        "fewer": full(5),
    }
    assert healthy().looks(broken[sign], 3) == ["", sign, sign]


@pytest.mark.parametrize("sign", ["lost", "unread", "fewer"])
def test_a_single_odd_look_is_forgotten(sign: str) -> None:
    patient = healthy()
    odd = {"lost": full(0, lost="gone"), "unread": full(5, unread=5), "fewer": full(4)}[sign]
    for _ in range(5):
        assert not patient.look(odd).told
        assert patient.look(full()) == Verdict()


def test_a_broken_page_that_the_server_calls_unchanged_is_still_broken() -> None:
    patient = healthy()
    patient.look(full(5))
    assert patient.look(Saw()).sign == "fewer"
    assert patient.looks(Saw(), 3) == ["fewer"] * 3


def test_lost_posts_are_back_when_the_server_knows_the_page_of_before() -> None:
    patient = healthy()
    patient.looks(full(0, lost="gone"), 2)
    assert patient.look(Saw()) == Verdict()


def test_a_source_recovers_with_the_first_look_that_is_in_order() -> None:
    patient = healthy()
    assert patient.looks(full(3), 2)[-1] == "fewer"
    assert patient.look(full()) == Verdict()


def test_half_the_list_gone_is_noticed_after_one_good_look_if_it_showed_everything() -> None:
    assert healthy(1).looks(full(5), 2) == ["", "fewer"]


def test_half_the_list_gone_is_noticed_without_any_count_once_the_list_has_been_steady() -> None:
    assert healthy(5, total=None).looks(full(5, total=None), 2) == ["", "fewer"]
    assert healthy(2, total=None).looks(full(5, total=None), 2) == ["", ""]


@pytest.mark.parametrize(
    "saw",
    [full(5, total=5), full(7), full(5, elastic=True), full(0, total=0)],
    ids=["the count has fallen too", "a few less", "the list goes on", "all were removed"],
)
def test_a_shorter_list_with_a_reason_is_in_order(saw: Saw) -> None:
    assert healthy().looks(saw, 4) == [""] * 4


def test_a_list_whose_length_wavers_is_not_measured_by_its_longest() -> None:
    patient = Patient()
    for number in range(30):
        assert not patient.look(full(10 if number % 3 else 5, total=400, known=None)).told


def test_short_lists_are_not_counted_too_closely() -> None:
    assert healthy(8, listed=3, total=3, known=3).looks(full(1, total=3, known=3), 4) == [""] * 4


@pytest.mark.parametrize(("unread", "told"), [(9, ""), (10, "unread")])
def test_blocks_that_were_always_broken_are_usual(unread: int, told: str) -> None:
    assert healthy(8, listed=20, unread=4).looks(full(14, unread=unread), 2) == ["", told]


def test_stars_without_words_are_usual_where_they_always_were() -> None:
    assert healthy(6, wordless=9).looks(full(wordless=10), 3) == [""] * 3


def test_a_count_that_runs_ahead_is_told_after_a_day_and_not_before() -> None:
    patient = healthy()
    assert patient.looks(full(total=14, known=10), 5, 6 * HOUR) == ["", "", "", "", "behind"]


def test_the_count_may_lag_behind_its_list_and_forget_a_few() -> None:
    patient = healthy()
    assert patient.looks(full(total=12, known=10), 20, 6 * HOUR) == [""] * 20
    assert patient.looks(full(total=30, known=10), 3, HOUR) == [""] * 3
    assert patient.look(full(total=30, known=30)) == Verdict()


def test_where_never_all_are_read_the_count_must_outrun_what_it_used_to() -> None:
    patient, total, known = Patient(), 500, 50
    patient.look(full(total=total, known=known))
    for _ in range(12):
        total, known = total + 2, known + 1
        assert not patient.look(full(total=total, known=known, new=1)).told
    assert patient.looks(full(total=total + 5, known=known), 6, A_DAY) == [""] * 6
    assert patient.looks(full(total=total + 6, known=known), 6, A_DAY)[-1] == "behind"


def test_a_count_nobody_can_compare_says_nothing() -> None:
    assert healthy(known=None).looks(full(total=90, known=None), 6, A_DAY) == [""] * 6


def weekly(posts: int, now: datetime = START) -> list[datetime]:
    return [now - timedelta(weeks=number) for number in range(posts)]


def quiet_days(patient: Patient, days: int) -> int | None:
    """After how many days of silence it is told."""
    return next((day for day in range(1, days + 1) if patient.look(Saw(), A_DAY).told), None)


def test_silence_is_told_when_it_is_far_longer_than_any_pause_and_the_mean() -> None:
    patient = Patient()
    patient.look(full(times=weekly(60), new=60))
    assert quiet_days(patient, 200) == 16 * 7 + 1


def test_a_busy_place_may_close_for_its_holidays() -> None:
    hourly = [START - timedelta(hours=6 * number) for number in range(2000)]
    patient = Patient()
    patient.look(full(times=hourly, new=2000))
    assert quiet_days(patient, 60) == 29


def test_a_young_place_may_close_for_a_season() -> None:
    daily = [START - timedelta(days=number) for number in range(60)]
    patient = Patient()
    patient.look(full(times=daily, new=60))
    assert quiet_days(patient, 200) == 91


def test_a_place_that_was_silent_before_may_be_so_again() -> None:
    summer = [START - timedelta(days=number) for number in range(60)]
    last_year = [at - timedelta(days=300) for at in summer]
    patient = Patient()
    patient.look(full(times=summer + last_year, new=120))
    assert quiet_days(patient, 600) is None


def test_ten_pauses_are_needed_to_speak_of_silence() -> None:
    few, enough = Patient(), Patient()
    few.look(full(times=weekly(10), new=10))
    enough.look(full(times=weekly(11), new=11))
    assert (quiet_days(few, 400), quiet_days(enough, 400)) == (None, 16 * 7 + 1)


def test_a_place_that_was_quiet_before_we_came_is_not_silent_at_once() -> None:
    patient = Patient()
    patient.look(full(times=weekly(60, START - 400 * A_DAY), new=60))
    assert quiet_days(patient, 100) is None


def test_one_new_post_ends_the_silence() -> None:
    patient = Patient()
    patient.look(full(times=weekly(60), new=60))
    assert quiet_days(patient, 200)
    assert patient.look(full(times=[patient.now], new=1)) == Verdict()


def test_posts_without_a_date_are_as_old_as_our_first_sight() -> None:
    patient = Patient()
    for _ in range(15):
        patient.look(full(new=1), timedelta(days=2))
    assert Vitals.of(patient.vitals, START).rhythm == 2 * 86400
    patient.look(full(), timedelta(days=2))
    assert len(patient.vitals["times"]) == 15


def test_a_date_in_the_future_counts_as_now() -> None:
    patient = Patient()
    patient.look(full(times=[START + 900 * A_DAY], new=1))
    assert patient.vitals["times"] == [int(patient.now.timestamp())]


def test_what_an_older_version_remembered_does_no_harm() -> None:
    assert judge({"pulse": 72, "listed": [3]}, full(), START)[1] == Verdict()


def test_silence_and_a_count_ahead_do_not_mean_that_the_page_was_read_badly() -> None:
    assert set(READ_WELL) - {""} == {"behind", "silent"}
    assert not {"lost", "silent"} & set(LASTING)
