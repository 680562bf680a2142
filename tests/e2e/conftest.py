"""Real peers or a plain word about what is missing; in CI nothing may be missing."""

from __future__ import annotations

import os

import pytest

from tests.peers import chromium, wordpress


@pytest.fixture(scope="session")
def peers() -> None:
    lacking = wordpress.missing() + ([] if chromium.executable() else ["chromium"])
    if not lacking:
        return
    said = f"not run, because this machine lacks: {', '.join(lacking)}"
    if os.environ.get("CI"):
        pytest.fail(said)
    pytest.skip(said)
