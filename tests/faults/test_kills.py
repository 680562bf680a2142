"""kill -9 at random moments of the whole way: nothing lost, nothing twice, nothing that no person signed.

Replay a run with `GELASSEN_KILL_SEED=<seed> pytest tests/faults/test_kills.py`; the seed is printed.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.states import ReplyState
from tests.faults.installation import Installation
from tests.faults.platform import Platform, running_platform

KILLS = int(os.environ.get("GELASSEN_KILLS", "100"))
SEED = int(os.environ.get("GELASSEN_KILL_SEED", str(random.randrange(10**6))))
ON_THE_WAY = (ReplyState.PLANNED, ReplyState.SENDING, ReplyState.UNKNOWN, ReplyState.PENDING)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with running_platform(tmp_path) as site:
        yield site


@pytest.fixture
def installation(tmp_path: Path, platform: Platform) -> Iterator[Installation]:
    made = Installation(tmp_path / "data")
    made.watch(platform, "laden", "hotel")
    made.start()
    yield made
    made.stop()
    made.database.close()


@pytest.mark.heavy
def test_a_hundred_kills_lose_nothing_post_nothing_twice_and_nothing_unapproved(
    platform: Platform, installation: Installation
) -> None:
    print(f"seed {SEED}")
    dice = random.Random(SEED)
    assert installation.wait_for(installation.serving, 20)
    platform.command(latency=0.5, drop_after_accept=0.15, error_rate=0.1)

    kills = 0
    while kills < KILLS:
        time.sleep(dice.uniform(0.05, 3.0))
        if dice.random() < 0.3:
            platform.command(release=1)
        installation.say_yes()
        role = dice.choices(("poster", "worker", "daemon"), (5, 3, 2))[0]
        kills += installation.kill(role)
        assert installation.problems() == [], f"seed {SEED}, after kill {kills} of the {role}"
        assert twice(platform) == {}, f"seed {SEED}, after kill {kills} of the {role}"

    platform.command(latency=0.0, drop_after_accept=0.0, error_rate=0.0)
    assert_everything_arrives(platform, installation)


def twice(platform: Platform) -> dict[tuple[str, str], int]:
    """Answers that stand more than once under one review."""
    return {pair: number for pair, number in platform.answers().items() if number > 1}


def assert_everything_arrives(platform: Platform, installation: Installation) -> None:
    def settled() -> bool:
        signed = installation.say_yes(at_most=20)
        installation.go_on()
        waiting = any(reply.state in ON_THE_WAY for reply in installation.replies())
        return not (signed or waiting or installation.undrafted() or installation.unseen())

    assert installation.wait_for(settled, 180), f"seed {SEED}: {[r.state for r in installation.replies()]}"
    assert installation.problems() == []
    assert installation.unapproved(platform) == []
    assert twice(platform) == {}
    assert installation.forgotten(platform) == []
    confirmed = [reply for reply in installation.replies() if reply.state == ReplyState.CONFIRMED]
    assert len(confirmed) == sum(platform.answers().values()) >= 15
