"""The benchmarks still run: each on its own, a hundred times smaller, where the figures mean nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.__main__ import ALL
from bench.local import figure, sized

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"name", "unit", "floor", "ours", "ratio", "min", "max", "goal"}


@pytest.mark.heavy
@pytest.mark.parametrize("name", ALL)
def test_a_benchmark_runs_and_prints_its_figures(name: str) -> None:
    environment = os.environ | {"BENCH_SCALE": "0.01"}
    command = [sys.executable, "-m", f"bench.{name}"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    figures = [json.loads(line) for line in done.stdout.splitlines()]
    assert figures
    assert all(set(one) == KEYS for one in figures)


def test_every_benchmark_is_run_by_make_bench() -> None:
    helpers = {"__init__", "__main__", "local"}
    assert {path.stem for path in (ROOT / "bench").glob("*.py")} - helpers == set(ALL)


def test_a_figure_is_the_median_of_its_rounds(capsys: pytest.CaptureFixture[str]) -> None:
    figure("probe", "ms", [(1, 2), (2, 3), (4, 40)], 0.5, 1000)
    told = json.loads(capsys.readouterr().out)
    assert (told["floor"], told["ours"], told["ratio"], told["min"], told["max"]) == (2000, 3000, 2, 1.5, 10)
    assert (told["unit"], told["goal"]) == ("ms", 0.5)


def test_a_smaller_scale_leaves_at_least_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_SCALE", "0.01")
    assert (sized(300), sized(5)) == (3, 1)
    monkeypatch.delenv("BENCH_SCALE")
    assert sized(300) == 300
