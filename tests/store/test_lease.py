"""One holder at a time, and a holder that was stopped and wakes up again can write nothing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, select

from db.engine import Database
from db.lease import LeaseLost, acquire, release, renew, require
from db.models import Source
from tests.store import rows

TTL = timedelta(seconds=30)


def take(database: Database, owner: str, now: datetime) -> int | None:
    with database.write() as session:
        return acquire(session, "poster", owner, now, TTL)


def held(database: Database, epoch: int) -> bool:
    with database.write() as session:
        try:
            require(session, "poster", epoch)
        except LeaseLost:
            return False
    return True


@pytest.fixture
def epoch(database: Database, now: datetime) -> int:
    """The epoch under which process A holds the lease."""
    taken = take(database, "A", now)
    assert taken is not None
    return taken


def test_the_first_to_ask_gets_the_lease(database: Database, now: datetime) -> None:
    assert take(database, "A", now) == 1


def test_a_second_process_has_to_wait(database: Database, now: datetime, epoch: int) -> None:
    assert take(database, "B", now + TTL - timedelta(seconds=1)) is None
    assert held(database, epoch)


def test_an_expired_lease_goes_to_the_next_with_a_higher_epoch(database: Database, now: datetime, epoch: int) -> None:
    assert take(database, "B", now + TTL) == epoch + 1


def test_a_renewed_lease_lasts_longer(database: Database, now: datetime, epoch: int) -> None:
    with database.write() as session:
        assert renew(session, "poster", "A", epoch, now + TTL / 2, TTL)
    assert take(database, "B", now + TTL) is None


def test_a_released_lease_is_free_at_once(database: Database, now: datetime, epoch: int) -> None:
    with database.write() as session:
        assert release(session, "poster", "A", epoch, now)
    assert take(database, "B", now) == epoch + 1


def test_a_restarted_holder_fences_its_former_self(database: Database, now: datetime, epoch: int) -> None:
    assert take(database, "A", now) == epoch + 1
    assert not held(database, epoch)


def test_a_late_holder_keeps_the_lease_until_somebody_takes_it(database: Database, now: datetime, epoch: int) -> None:
    assert held(database, epoch)
    with database.write() as session:
        assert renew(session, "poster", "A", epoch, now + 10 * TTL, TTL)


def test_the_old_holder_cannot_renew_after_a_take_over(database: Database, now: datetime, epoch: int) -> None:
    take(database, "B", now + TTL)
    with database.write() as session:
        assert not renew(session, "poster", "A", epoch, now + TTL, TTL)
        assert not release(session, "poster", "A", epoch, now + TTL)
    assert held(database, epoch + 1)


def test_the_old_holder_writes_nothing_after_a_take_over(database: Database, now: datetime, epoch: int) -> None:
    take(database, "B", now + TTL)
    with pytest.raises(LeaseLost, match="taken over"), database.write() as session:  # noqa: PT012
        rows.source(session, now)
        require(session, "poster", epoch)
    with database.read() as session:
        assert session.exec(select(Source)).all() == []


def test_nobody_holds_a_lease_that_was_never_taken(database: Database) -> None:
    assert not held(database, 1)


def test_leases_of_different_names_do_not_meet(database: Database, now: datetime, epoch: int) -> None:
    with database.write() as session:
        assert acquire(session, "clock", "B", now, TTL) == 1
    assert held(database, epoch)


def test_a_clock_set_back_does_not_free_a_lease(database: Database, now: datetime, epoch: int) -> None:
    assert take(database, "B", now - timedelta(days=365)) is None


@pytest.mark.heavy
def test_of_many_processes_exactly_one_gets_the_lease(database: Database, now: datetime) -> None:
    with ThreadPoolExecutor(8) as pool:
        epochs = list(pool.map(lambda number: take(database, f"daemon {number}", now), range(8)))
    assert sorted(epoch for epoch in epochs if epoch is not None) == [1]


@pytest.mark.heavy
def test_a_take_over_waits_for_the_holders_open_transaction(database: Database, now: datetime, epoch: int) -> None:
    def guarded_write(session: Session) -> None:
        require(session, "poster", epoch)
        rows.source(session, now, name="written under the lease")

    with ThreadPoolExecutor(1) as pool:
        with database.write() as session:
            guarded_write(session)
            later = pool.submit(take, database, "B", now + TTL)
            assert not later.done()
        assert later.result(timeout=15) == epoch + 1
    with database.read() as session:
        assert session.exec(select(Source.name)).all() == ["written under the lease"]
