"""Facts about the tree itself that a careless change would break."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines()]


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_is_exact_and_hashed(name: str) -> None:
    lines = (ROOT / name).read_text().splitlines()
    starts = [i for i, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]
    assert starts
    for start in starts:
        assert "==" in lines[start], lines[start]
        assert "--hash=sha256:" in lines[start + 1], lines[start]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_index_and_no_address(name: str) -> None:
    assert re.search(r"https?://|--index|--find-links", (ROOT / name).read_text()) is None


def test_no_module_of_the_product_is_longer_than_three_hundred_lines() -> None:
    files = tracked("crawler/*.py", "responder/*.py", "db/*.py", "gelassen/*.py", "scheduler.py")
    # all tables stand in one file by decision, and a migration is as long as the tables are
    files = [file for file in files if file.name != "models.py" and "migrations/versions" not in str(file)]
    long = {str(f.relative_to(ROOT)): n for f in files if (n := len(f.read_text().splitlines())) > 300}
    assert long == {}


def test_web_templates_end_in_html_so_that_they_are_escaped() -> None:
    suffixes = {path.suffix for path in tracked("responder/web/templates/*")}
    assert suffixes == {".html"}
