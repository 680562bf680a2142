"""Runs all benchmarks, each in a process of its own."""

from __future__ import annotations

import subprocess
import sys

from bench.local import ROOT

ALL = ("unchanged", "many", "ingest", "feeds", "store", "tone", "texts")


def main() -> int:
    """Run them in turn; the answer is how many of them failed."""
    done = [subprocess.run([sys.executable, "-m", f"bench.{name}"], cwd=ROOT) for name in ALL]
    return sum(one.returncode != 0 for one in done)


if __name__ == "__main__":
    sys.exit(main())
