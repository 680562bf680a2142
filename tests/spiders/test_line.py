"""Who is looked at next: longest waiting first, one per host, and nobody waits for somebody slow."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.line import AT_MOST, Crowd, Line, for_all


def line(*hosts: str) -> Line[int]:
    """Sources 0, 1, 2 … waiting in this order, each at its host."""
    made: Line[int] = Line()
    made.fill((host, number) for number, host in enumerate(hosts))
    return made


def all_that_may(waiting: Line[int]) -> list[int]:
    """Everybody who may begin now."""
    taken = []
    while found := waiting.take():
        taken.append(found[1])
    return taken


def test_the_first_in_line_comes_first_and_one_per_host_at_a_time() -> None:
    waiting = line("a", "a", "b", "a", "c")
    assert all_that_may(waiting) == [0, 2, 4]
    waiting.done("a")
    assert all_that_may(waiting) == [1]


def test_so_many_are_held_in_memory_and_no_more() -> None:
    waiting = line(*(f"host {number}" for number in range(100)))
    assert len(all_that_may(waiting)) == AT_MOST
    assert all_that_may(waiting) == []
    waiting.done("host 0")
    assert all_that_may(waiting) == [AT_MOST]


@given(st.lists(st.sampled_from("abcdefghijkl"), max_size=60), st.data())
def test_everybody_is_served_once_in_order_within_a_host(hosts: list[str], data: st.DataObject) -> None:
    waiting, served = line(*hosts), list[int]()
    while waiting.waiting or waiting.taken:
        served += all_that_may(waiting)
        assert len(waiting.taken) <= AT_MOST
        if waiting.taken:
            waiting.done(data.draw(st.sampled_from(sorted(waiting.taken))))
    assert sorted(served) == list(range(len(hosts)))
    for host in set(hosts):
        of_host = [number for number in served if hosts[number] == host]
        assert of_host == sorted(of_host)


async def test_work_is_done_side_by_side_but_never_twice_at_one_host() -> None:
    both, seen = asyncio.Barrier(2), []

    async def work(name: str) -> None:
        if name in ("a1", "b1"):
            await both.wait()  # passes only if the other one is under way too
        seen.append(name)

    await for_all([("a", "a1"), ("a", "a2"), ("b", "b1")], work)
    assert sorted(seen) == ["a1", "a2", "b1"]
    assert seen.index("a1") < seen.index("a2")


async def test_works_that_never_end_do_not_hold_up_the_others() -> None:
    stuck, done = AT_MOST - 1, asyncio.Event()
    served: list[int] = []

    async def work(number: int) -> None:
        if number < stuck:
            await asyncio.Event().wait()
        served.append(number)
        if len(served) == 20:
            done.set()

    crowd = Crowd(work)
    crowd.line.fill((f"host {number}", number) for number in range(stuck + 20))
    ending = asyncio.ensure_future(done.wait())
    while not ending.done():
        await crowd.step(ending)
    assert served == list(range(stuck, stuck + 20))
    await crowd.stop()


async def test_what_a_work_raises_ends_all_the_others_and_is_raised() -> None:
    ended = []

    async def work(number: int) -> None:
        if number == 1:
            raise OSError("no room on the disk")
        try:
            await asyncio.Event().wait()
        finally:
            ended.append(number)

    with pytest.raises(OSError, match="no room"):
        await for_all([("a", 0), ("b", 1), ("c", 2)], work)
    assert ended == [0, 2]
