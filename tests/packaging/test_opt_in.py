"""Tests that need more than `make test` installs run only when asked for, and then fail where it is missing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.peers import bluesky

ROOT = Path(__file__).resolve().parents[2]
FILE = "tests/spiders/test_real_bluesky.py"


def collected(*arguments: str) -> str:
    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", FILE, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("arguments", "is_run"), [((), False), (("-m", "optin"), True)])
def test_they_are_collected_only_when_asked_for(arguments: tuple[str, ...], is_run: bool) -> None:
    assert ("::test_a_conversation_is_followed" in collected(*arguments)) is is_run


@pytest.mark.parametrize("name", ["NODE", "PACKAGE"])
def test_what_is_missing_fails_and_says_what_to_do(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for there in ("NODE", "PACKAGE"):
        monkeypatch.setattr(bluesky, there, tmp_path)
    monkeypatch.setattr(bluesky, name, tmp_path / "fehlt")
    with pytest.raises(pytest.fail.Exception, match=r"Not there: fehlt\. Call `make test-bluesky`"):
        bluesky.require()
