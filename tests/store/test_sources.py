"""Sources: added, claimed when due by exactly one process, healthy or not, paused; and channels."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import pytest
from sqlmodel import select

from db import queries_sources as sources
from db.engine import Database
from db.models import Channel, Source, Transition
from db.states import ChannelState, SourceState
from tests.store import rows

CADENCE = 900
HOUR = timedelta(hours=1)


def stored(database: Database, source_id: int) -> Source:
    with database.read() as session:
        return session.get_one(Source, source_id)


def add(database: Database, now: datetime, **values: Any) -> int:
    with database.write() as session:
        return rows.key(rows.source(session, now, **values))


def claim(database: Database, now: datetime, limit: int = 100) -> list[Source]:
    with database.write() as session:
        return sources.claim_due_sources(session, now, limit)


def names(found: Sequence[Source | Channel]) -> list[str]:
    return [row.name for row in found]


def test_a_new_source_is_due_at_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        sources.add_source(session, "shop", "feed", "https://shop.example/feed", now=now, locale="de-CH")
    assert [(source.name, source.locale) for source in claim(database, now)] == [("shop", "de-CH")]


def test_adding_a_source_leaves_a_transition(database: Database, now: datetime) -> None:
    with database.write() as session:
        source = sources.add_source(session, "shop", "feed", "https://shop.example", now=now, actor="user:1")
        trail = session.exec(select(Transition)).one()
    assert (trail.entity, trail.entity_id, trail.after, trail.actor) == ("source", source.id, "active", "user:1")


def test_a_name_is_used_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        sources.add_source(session, "shop", "feed", "https://shop.example", now=now)
        with pytest.raises(sources.NameTaken, match="'shop'"):
            sources.add_source(session, "shop", "feed", "https://other.example", now=now)


def test_sources_are_found_by_name_and_listed_in_order(database: Database, now: datetime) -> None:
    for name in ("shop", "hotel"):
        add(database, now, name=name)
    with database.read() as session:
        assert names(sources.list_sources(session)) == ["hotel", "shop"]
        found = sources.get_source(session, "shop")
        assert found is not None
        assert found.name == "shop"
        assert sources.get_source(session, "Shop") is None


def test_a_claimed_source_is_due_again_one_cadence_later(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE)
    (claimed,) = claim(database, now)
    assert claimed.next_look_at == stored(database, source_id).next_look_at
    assert claimed.next_look_at is not None
    assert CADENCE <= (claimed.next_look_at - now).total_seconds() < CADENCE * (1 + sources.JITTER)
    assert claim(database, now) == []
    assert names(claim(database, claimed.next_look_at)) == [claimed.name]


def test_sources_with_one_cadence_drift_apart(database: Database, now: datetime) -> None:
    for _ in range(20):
        add(database, now, cadence_seconds=CADENCE)
    assert len({source.next_look_at for source in claim(database, now)}) == 20


def test_the_longest_waiting_comes_first(database: Database, now: datetime) -> None:
    add(database, now, name="just due", next_look_at=now)
    add(database, now, name="long due", next_look_at=now - HOUR)
    add(database, now, name="never looked at", next_look_at=None)
    assert names(claim(database, now, limit=2)) == ["never looked at", "long due"]
    assert names(claim(database, now, limit=2)) == ["just due"]


def test_what_is_not_due_or_paused_is_left_alone(database: Database, now: datetime) -> None:
    add(database, now, next_look_at=now + timedelta(seconds=1))
    add(database, now, next_look_at=now - HOUR, state="paused")
    assert claim(database, now) == []


def test_a_degraded_source_is_still_looked_at(database: Database, now: datetime) -> None:
    add(database, now, name="shop", state="degraded")
    assert names(claim(database, now)) == ["shop"]


@pytest.mark.heavy
def test_two_schedulers_never_claim_the_same_look(database: Database, now: datetime) -> None:
    for number in range(40):
        add(database, now, name=f"{number}")
    with ThreadPoolExecutor(4) as pool:
        claims = list(pool.map(lambda _: names(claim(database, now, limit=15)), range(8)))
    assert sorted(chain(*claims)) == sorted(str(number) for number in range(40))


def test_a_look_that_somebody_else_claimed_meanwhile_is_lost(database: Database, now: datetime) -> None:
    """The compare-and-set itself, without the write lock that normally keeps the two apart."""
    add(database, now)
    with database.read() as session:
        seen = session.exec(select(Source)).one()
    with database.write() as session:
        session.add(seen)
        assert sources._claim(session, seen, now)
    seen.next_look_at = None
    with database.write() as session:
        assert not sources._claim(session, seen, now)


def test_the_first_look_and_one_a_day_are_full(database: Database, now: datetime) -> None:
    source_id = add(database, now)
    for day in (now, now + timedelta(days=1, hours=1)):
        (claimed,) = claim(database, day)
        assert claimed.full_look_wanted
        good_look(database, source_id, day + timedelta(minutes=1))
    (claimed,) = claim(database, now + timedelta(days=1, hours=2))
    assert not claimed.full_look_wanted


def good_look(database: Database, source_id: int, now: datetime) -> None:
    with database.write() as session:
        sources.note_good_look(session, [source_id], now)


def test_a_good_look_is_remembered(database: Database, now: datetime) -> None:
    source_id, other = add(database, now), add(database, now)
    claim(database, now)
    good_look(database, source_id, now + HOUR / 60)
    source = stored(database, source_id)
    assert (source.last_good_at, source.full_look_wanted) == (now + HOUR / 60, False)
    assert source.last_full_look_at == now + HOUR / 60
    assert stored(database, other).last_good_at is None


def test_a_full_look_that_failed_is_still_wanted(database: Database, now: datetime) -> None:
    source_id = add(database, now, last_full_look_at=now)
    want(database, source_id, now)
    claim(database, now)
    assert stored(database, source_id).full_look_wanted


def want(database: Database, source_id: int, at: datetime) -> None:
    with database.write() as session:
        sources.want_full_look(session, source_id, at)


def test_a_full_look_can_be_wanted_sooner(database: Database, now: datetime) -> None:
    source_id = add(database, now, next_look_at=now + HOUR, last_full_look_at=now)
    want(database, source_id, now + HOUR / 2)
    assert stored(database, source_id).next_look_at == now + HOUR / 2
    (claimed,) = claim(database, now + HOUR / 2)
    assert claimed.full_look_wanted


def test_a_wish_for_later_does_not_put_off_the_next_look(database: Database, now: datetime) -> None:
    source_id = add(database, now, next_look_at=now + HOUR)
    want(database, source_id, now + 2 * HOUR)
    assert stored(database, source_id).next_look_at == now + HOUR


def test_a_source_that_was_never_looked_at_stays_due_at_once(database: Database, now: datetime) -> None:
    source_id = add(database, now, next_look_at=None)
    want(database, source_id, now + HOUR)
    assert names(claim(database, now)) == [stored(database, source_id).name]


def test_a_wish_made_during_a_look_is_not_taken_as_done(database: Database, now: datetime) -> None:
    source_id = add(database, now, last_full_look_at=now)
    claim(database, now)
    want(database, source_id, now)
    good_look(database, source_id, now + HOUR / 60)
    (claimed,) = claim(database, now + HOUR / 60)
    assert claimed.full_look_wanted


DAY = 86400


def bad_look(database: Database, now: datetime, not_before: datetime | None = None) -> float:
    """Claim the one source and let the look go wrong; returns in how many seconds it is due again."""
    with database.write() as session:
        (source,) = sources.claim_due_sources(session, now)
        sources.back_off(session, source, now, not_before)
    planned = stored(database, rows.key(source)).next_look_at
    assert planned is not None
    return (planned - now).total_seconds()


def bad_looks(database: Database, now: datetime, times: int) -> tuple[list[float], datetime]:
    """So many bad looks in a row, each when it is due: the waits after each, and when the last one ended."""
    waits: list[float] = []
    for _ in range(times):
        waits.append(bad_look(database, now))
        now += timedelta(seconds=waits[-1])
    return waits, now


def test_looks_that_go_wrong_in_a_row_come_ever_later_up_to_once_a_day(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE)
    waits, _ = bad_looks(database, now, 9)
    wanted = [min(CADENCE * 2**number, DAY) for number in range(9)]
    assert all(want <= wait < want * (1 + sources.JITTER) for wait, want in zip(waits, wanted, strict=True))
    assert stored(database, source_id).failures == 9


def test_a_source_that_is_looked_at_rarely_anyway_keeps_its_cadence(database: Database, now: datetime) -> None:
    add(database, now, cadence_seconds=7 * DAY)
    waits, _ = bad_looks(database, now, 3)
    assert all(7 * DAY <= wait < 7 * DAY * (1 + sources.JITTER) for wait in waits)


def test_sources_in_the_same_trouble_do_not_come_back_together(database: Database, now: datetime) -> None:
    ids = [add(database, now, failures=3) for _ in range(20)]
    with database.write() as session:
        for source in sources.claim_due_sources(session, now):
            sources.back_off(session, source, now)
    assert len({stored(database, source_id).next_look_at for source_id in ids}) == 20


def test_a_host_that_wants_a_longer_pause_gets_it(database: Database, now: datetime) -> None:
    add(database, now, cadence_seconds=CADENCE)
    assert bad_look(database, now, now + 2 * HOUR) == 7200


def test_after_a_good_look_the_cadence_is_normal_again(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE)
    _, later = bad_looks(database, now, 5)
    claim(database, later)
    with database.write() as session:
        sources.calm_down(session, source_id, later)
    assert stored(database, source_id).failures == 0
    assert CADENCE <= bad_look(database, later + HOUR) < CADENCE * (1 + sources.JITTER)


def test_a_good_look_by_hand_in_a_long_pause_brings_the_next_one_forward(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE, failures=7, next_look_at=now + 12 * HOUR)
    with database.write() as session:
        sources.calm_down(session, source_id, now)
    planned = stored(database, source_id).next_look_at
    assert planned is not None
    assert planned <= now + timedelta(seconds=CADENCE * (1 + sources.JITTER))


def test_a_good_look_at_a_source_without_trouble_changes_nothing(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE, next_look_at=now + 12 * HOUR)
    with database.write() as session:
        sources.calm_down(session, source_id, now)
    assert stored(database, source_id).next_look_at == now + 12 * HOUR


def test_a_look_is_put_off_but_never_brought_forward(database: Database, now: datetime) -> None:
    source_id = add(database, now, cadence_seconds=CADENCE)
    (source,) = claim(database, now)
    for not_before in (now + HOUR / 60, now + 3 * HOUR):
        with database.write() as session:
            sources.put_off(session, source, not_before)
    assert stored(database, source_id).next_look_at == now + 3 * HOUR


@pytest.mark.parametrize("went_wrong", [True, False])
def test_a_wish_made_during_a_look_is_not_put_off(database: Database, now: datetime, went_wrong: bool) -> None:
    source_id = add(database, now, last_full_look_at=now)
    (source,) = claim(database, now)
    want(database, source_id, now)
    with database.write() as session:
        if went_wrong:
            sources.back_off(session, source, now)
        else:
            sources.put_off(session, source, now + HOUR)
    assert names(claim(database, now)) == [source.name]


def test_due_sources_are_read_without_claiming_them(database: Database, now: datetime) -> None:
    add(database, now, name="just due", next_look_at=now)
    add(database, now, name="long due", next_look_at=now - HOUR)
    add(database, now, name="later", next_look_at=now + HOUR)
    add(database, now, name="paused", next_look_at=now, state="paused")
    for _ in range(2):
        with database.read() as session:
            assert names(sources.due_sources(session, now)) == ["long due", "just due"]


def claim_one(database: Database, source_id: int, now: datetime) -> Source | None:
    with database.write() as session:
        return sources.claim_source(session, source_id, now)


def test_a_source_is_claimed_once(database: Database, now: datetime) -> None:
    source_id, other = add(database, now), add(database, now, name="other")
    claimed = claim_one(database, source_id, now)
    assert claimed is not None
    assert claimed.next_look_at == stored(database, source_id).next_look_at
    assert claim_one(database, source_id, now) is None
    assert names(claim(database, now)) == [stored(database, other).name]


def test_a_source_that_was_paused_or_planned_for_later_in_the_meantime_is_not_claimed(
    database: Database, now: datetime
) -> None:
    paused, planned = add(database, now, state="paused"), add(database, now, next_look_at=now + HOUR)
    assert (claim_one(database, paused, now), claim_one(database, planned, now)) == (None, None)


def set_health(database: Database, source_id: int, healthy: bool, why: str, now: datetime) -> Source:
    with database.write() as session:
        sources.set_health(session, source_id, healthy, why, now)
    return stored(database, source_id)


def trail_length(database: Database) -> int:
    with database.read() as session:
        return len(session.exec(select(Transition)).all())


def test_trouble_degrades_a_source_with_its_reason(database: Database, now: datetime) -> None:
    source = set_health(database, add(database, now), False, "no reviews found where there were 50", now)
    assert (source.state, source.state_reason) == ("degraded", "no reviews found where there were 50")
    assert trail_length(database) == 1


def test_lasting_trouble_keeps_the_newest_reason_and_one_transition(database: Database, now: datetime) -> None:
    source_id = add(database, now)
    set_health(database, source_id, False, "timeout", now)
    assert set_health(database, source_id, False, "HTTP 503", now).state_reason == "HTTP 503"
    assert trail_length(database) == 1


def test_a_good_look_heals(database: Database, now: datetime) -> None:
    source = set_health(database, add(database, now, state="degraded", state_reason="timeout"), True, "", now)
    assert (source.state, source.state_reason) == ("active", "")


def test_good_health_of_a_healthy_source_writes_nothing(database: Database, now: datetime) -> None:
    set_health(database, add(database, now), True, "", now)
    assert trail_length(database) == 0


@pytest.mark.parametrize("healthy", [True, False])
def test_a_paused_source_stays_paused(database: Database, now: datetime, healthy: bool) -> None:
    source_id = add(database, now, state="paused", state_reason="holidays")
    source = set_health(database, source_id, healthy, "timeout", now)
    assert (source.state, source.state_reason) == ("paused", "holidays")


def test_pausing_and_resuming(database: Database, now: datetime) -> None:
    source_id = add(database, now, next_look_at=now + HOUR, last_full_look_at=now)
    with database.write() as session:
        sources.pause_source(session, source_id, actor="user:1", why="rebuilding the shop", now=now)
    assert claim(database, now + HOUR) == []
    with database.write() as session:
        sources.resume_source(session, source_id, actor="user:1", why="", now=now)
    (claimed,) = claim(database, now)
    assert claimed.full_look_wanted
    assert (stored(database, source_id).state, trail_length(database)) == (SourceState.ACTIVE, 2)


def test_pausing_twice_changes_nothing(database: Database, now: datetime) -> None:
    source_id = add(database, now, state="paused", state_reason="rebuilding the shop")
    with database.write() as session:
        sources.pause_source(session, source_id, actor="user:1", why="again", now=now)
    assert (stored(database, source_id).state_reason, trail_length(database)) == ("rebuilding the shop", 0)


@pytest.mark.parametrize("state", ["paused", "active", "degraded"])
def test_a_source_without_address_is_never_set_going(database: Database, now: datetime, state: str) -> None:
    source_id = add(database, now, kind="import", address="", state=state)
    with database.write() as session, pytest.raises(sources.NothingToLookAt, match="only by import"):
        sources.resume_source(session, source_id, actor="cli", why="", now=now)
    assert (stored(database, source_id).state, trail_length(database)) == (state, 0)


def test_a_source_without_address_that_was_set_going_can_be_stopped(database: Database, now: datetime) -> None:
    source_id = add(database, now, kind="import", address="", state="degraded")
    with database.write() as session:
        sources.pause_source(session, source_id, actor="cli", why="command line", now=now)
    assert stored(database, source_id).state == "paused"


def test_a_channel_starts_in_dry_run(database: Database, now: datetime) -> None:
    with database.write() as session:
        sources.add_channel(session, "blog", "wordpress", now=now, address="https://blog.example", secret="blog")
    with database.read() as session:
        channel = sources.get_channel(session, "blog")
        assert channel is not None
        assert (channel.state, channel.address, channel.secret) == ("dry_run", "https://blog.example", "blog")
        assert sources.get_channel(session, "shop") is None
        assert names(sources.list_channels(session)) == ["blog"]


def test_a_channel_name_is_used_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        sources.add_channel(session, "blog", "wordpress", now=now)
        with pytest.raises(sources.NameTaken, match="'blog'"):
            sources.add_channel(session, "blog", "demo", now=now)


def test_a_channel_is_armed_once(database: Database, now: datetime) -> None:
    for _ in range(2):
        with database.write() as session:
            channel = sources.get_channel(session, "blog") or rows.channel(session, now, name="blog")
            channel_id = rows.key(channel)
            armed = {"actor": "user:1", "why": "tested", "now": now}
            sources.set_channel_state(session, channel_id, ChannelState.ARMED, **armed)  # type: ignore[arg-type]
            assert (channel.state, channel.state_reason) == ("armed", "tested")
    assert trail_length(database) == 1


def test_a_channel_in_dry_run_cannot_fail(database: Database, now: datetime) -> None:
    with database.write() as session:
        channel_id = rows.key(rows.channel(session, now))
        with pytest.raises(ValueError, match="no move from"):
            sources.set_channel_state(session, channel_id, ChannelState.FAILED, actor="poster", why="401", now=now)


def test_vitals_are_kept_and_forgotten_when_a_person_says_that_all_is_fine(database: Database, now: datetime) -> None:
    source_id = add(database, now, state="degraded", state_reason="Wenige Beiträge.")
    with database.write() as session:
        sources.keep_vitals(session, source_id, {"listed": [10, 10]})
        assert sources.vitals_of(session, source_id) == {"listed": [10, 10]}
        sources.resume_source(session, source_id, actor="user:1", why="resumed on the page", now=now)
    found = stored(database, source_id)
    assert (found.state, found.vitals, found.full_look_wanted) == ("active", {}, True)


def test_living_posts_are_those_of_this_source_that_are_not_deleted(database: Database, now: datetime) -> None:
    source_id = add(database, now)
    with database.write() as session:
        rows.post(session, now)
        for state in ("live", "edited", "deleted"):
            rows.post(session, now, source_id=source_id, state=state)
        assert sources.living_posts(session, source_id) == 2


def test_health_tells_whether_it_is_news(database: Database, now: datetime) -> None:
    source_id = add(database, now)
    with database.write() as session:
        told = [sources.set_health(session, source_id, good, "", now) for good in (True, False, False, True)]
        sources.pause_source(session, source_id, actor="cli", why="command line", now=now)
        assert [*told, sources.set_health(session, source_id, False, "", now)] == [False, True, False, True, False]
