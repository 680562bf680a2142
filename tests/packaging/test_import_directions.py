"""The rooms may only look in one direction; this walks every import statement, also those inside functions."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("crawler", "responder", "db", "gelassen", "scheduler")

MAY_IMPORT = {
    "db": {"db"},
    "crawler": {"crawler"},
    "responder": {"responder", "db"},
    "scheduler": set(ROOMS),
    "gelassen": set(ROOMS),
}

PURE = (
    "responder/reading",
    "responder/playbook",
    "responder/tone",
    "responder/drafting.py",
    "responder/dates.py",
    "responder/deadlines.py",
    "responder/similar.py",
    "responder/profile.py",
    "responder/words.py",
    "responder/findings.py",
    "db/states.py",
)
FORBIDDEN_IN_PURE = {"sqlalchemy", "sqlmodel", "alembic", "httpx2", "httpx", "aiohttp", "fastapi", "starlette", "time"}
CLOCK_CALLS = {"now", "utcnow", "today", "time", "monotonic"}


def modules(prefix: str) -> Iterator[Path]:
    path = ROOT / prefix
    yield from ([path] if path.suffix == ".py" else sorted(path.rglob("*.py")))


def room_files(room: str) -> Iterator[Path]:
    yield from modules("scheduler.py" if room == "scheduler" else room)


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that a reader sees the room"
            yield node.module or ""


def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_only_the_rooms_it_may_see(room: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in room_files(room)
        for name in imported(parse(path))
        if (top := name.split(".")[0]) in ROOMS and top not in MAY_IMPORT[room]
    ]
    assert wrong == []


def test_only_the_page_room_knows_the_web_framework() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for room in ("responder", "db", "crawler")
        for path in room_files(room)
        if not path.is_relative_to(ROOT / "responder/web")
        and {name.split(".")[0] for name in imported(parse(path))} & {"fastapi", "starlette", "uvicorn"}
    ]
    assert wrong == []


def test_no_room_but_the_page_imports_the_page() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in room_files("responder")
        if not path.is_relative_to(ROOT / "responder/web")
        and any(name.startswith("responder.web") for name in imported(parse(path)))
    ]
    assert wrong == []


@pytest.mark.parametrize("prefix", PURE)
def test_a_pure_module_imports_no_store_no_network_and_no_clock(prefix: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(prefix)
        for name in imported(parse(path))
        if name.split(".")[0] in FORBIDDEN_IN_PURE or name.startswith(("db.models", "db.engine", "db.queries"))
    ]
    assert wrong == []


@pytest.mark.parametrize("prefix", PURE)
def test_a_pure_module_never_asks_the_clock(prefix: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno} calls .{node.func.attr}()"
        for path in modules(prefix)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCK_CALLS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time"}
    ]
    assert wrong == []


def test_settings_and_environment_are_read_in_the_composition_root_only() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ("crawler", "responder", "db")
        for path in room_files(room)
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    ]
    assert wrong == []


@pytest.mark.parametrize("module", ["responder.web", "gelassen.daemon", "scheduler"])
def test_the_daemon_side_never_loads_the_crawler_or_the_language_libraries(module: str) -> None:
    code = (
        f"import sys, gelassen, {module}\n"
        "heavy = {'scrapy', 'twisted', 'textblob', 'textblob_de', 'nltk', 'py3langid', 'numpy'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
