"""The disk runs full between a signature and its posting: nothing goes out unrecorded, nothing is lost, it goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import httpx2
import pytest

from db.engine import StoreFull
from db.queries_settings import POSTING_PAUSED, put_setting
from tests.faults.installation import Installation
from tests.faults.platform import Platform, running_platform

SIZE = "8m"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        said = "not run: a small disk can only be mounted by root"
        pytest.fail(said) if os.environ.get("CI") else pytest.skip(said)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[Platform]:
    with running_platform(tmp_path) as site:
        yield site


@pytest.fixture
def installation(small_disk: Path, platform: Platform) -> Iterator[Installation]:
    made = Installation(small_disk / "data")
    made.watch(platform, "laden")
    made.start()
    yield made
    made.stop()
    made.database.close()


def fill(folder: Path) -> Path:
    """Leave not one byte."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (2**16, 2**12, 1):
            try:
                while file.write(b"x" * size):
                    pass
            except OSError:
                continue
    return ballast


def switch_posting(installation: Installation, *, paused: bool) -> None:
    now = datetime.now(UTC)
    with installation.database.write() as session:
        put_setting(session, POSTING_PAUSED, paused, now)


@pytest.mark.heavy
def test_a_full_disk_holds_a_signed_answer_back_until_there_is_room(
    installation: Installation, platform: Platform, small_disk: Path
) -> None:
    switch_posting(installation, paused=True)
    assert installation.wait_for(lambda: installation.say_yes(at_most=1) == 1, 60)
    switch_posting(installation, paused=False)
    ballast = fill(small_disk)

    assert not installation.wait_for(lambda: bool(platform.answers()), 6), "something went out unrecorded"
    assert httpx2.get(f"http://127.0.0.1:{installation.port}/readyz", timeout=5).status_code == 200
    with pytest.raises(StoreFull):
        switch_posting(installation, paused=False)

    ballast.unlink()
    assert installation.wait_for(lambda: sum(platform.answers().values()) == 1, 90)
    assert installation.wait_for(lambda: not installation.unseen(), 60)
    assert installation.problems() == []
    assert installation.unapproved(platform) == []
