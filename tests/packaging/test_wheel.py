"""The wheel works from an empty environment and claims no top-level name but its own."""

from __future__ import annotations

import importlib.metadata
import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDED = {"crawler", "responder", "db", "scheduler"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    return next(out.glob("gelassen-*.whl"))


@pytest.mark.heavy
def test_the_wheel_holds_one_top_level_package(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"gelassen"}


@pytest.mark.heavy
def test_every_data_file_of_the_checkout_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(["git", "ls-files", *FOLDED, "gelassen"], cwd=ROOT, capture_output=True, text=True)
    missing = [
        path
        for path in listed.stdout.split()
        if (path if path.startswith("gelassen/") else f"gelassen/_rooms/{path}") not in names
    ]
    assert missing == []


@pytest.mark.heavy
def test_the_wheel_is_small(wheel: Path) -> None:
    assert wheel.stat().st_size <= 3.5 * 1024 * 1024


@pytest.mark.heavy
def test_an_installed_wheel_starts_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Dependencies come from the running environment, the product from the wheel alone."""
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=True)
    site = next(home.glob("lib/python*/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    own = Path(importlib.metadata.distribution("sqlmodel").locate_file("")).resolve()
    code = (
        f"import sys; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]; sys.path.append({str(own)!r})\n"
        "sys.meta_path = [f for f in sys.meta_path if 'editable' not in repr(f).lower()]\n"
        "from gelassen.cli import main\n"
        "import gelassen; assert 'site-packages' in gelassen.__file__, gelassen.__file__\n"
        "import crawler, responder, db, scheduler\n"
        "assert all('_rooms' in m.__file__ for m in (crawler, responder, db, scheduler))\n"
        "main()"
    )
    base = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "GELASSEN_DATA": str(tmp_path / "data")}

    def gelassen(*words: str) -> subprocess.CompletedProcess[str]:
        command = [str(home / "bin/python"), "-c", code, *words]
        return subprocess.run(command, cwd=tmp_path, env=base, capture_output=True, text=True, timeout=120)

    assert gelassen("init").returncode == 0
    checks = json.loads(gelassen("doctor", "--json").stdout)
    assert {"id", "ok", "what", "why", "fix"} <= set(checks[0])
    assert [check["what"] for check in checks if check["id"] == "schema" and not check["ok"]] == []


def test_no_dependency_brings_a_package_with_one_of_our_names() -> None:
    owners = importlib.metadata.packages_distributions()
    assert {name: owners[name] for name in FOLDED & set(owners) if set(owners[name]) != {"gelassen"}} == {}
