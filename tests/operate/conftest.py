"""An installation of its own for each test of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from .helpers import gelassen


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A data folder as `gelassen init` makes it."""
    gelassen("init", "--data", tmp_path / "data")
    return tmp_path / "data"
