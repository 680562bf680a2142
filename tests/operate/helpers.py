"""What the tests of the command line share: running it in a process of its own, waiting with a limit."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from db.engine import open_database
from db.models import User
from db.queries_sources import get_channel, list_sources
from gelassen.cli import main
from responder.approval import approve
from responder.by_hand import write_by_hand

ROOT = Path(__file__).parents[2]
T = TypeVar("T")

CALM = (
    "Guten Tag, danke, dass Sie das so klar schreiben. Drei Wochen auf den Sessel zu warten und niemanden zu "
    "erreichen, das tut mir leid. Ich sehe heute nach und nenne Ihnen hier bis Mittwoch, 25. November, den Liefertag. "
    "Jana Brandt"
)
ANNA = {
    "source": "laden",
    "external_id": "a1",
    "author_name": "Anna Berg",
    "rating": 1,
    "text": "Der Sessel kam drei Wochen zu spät, und niemand ging ans Telefon.",
    "created_at": "2026-11-20T08:00:00Z",
}


def clean_environ(**extra: str) -> dict[str, str]:
    """The environment without anything of Gelassen's, and with the checkout importable."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GELASSEN_")}
    return {**kept, "PYTHONPATH": str(ROOT), **extra}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "gelassen", *map(str, arguments)]


def gelassen(
    *arguments: object, stdin: str | bytes = "", code: int = 0, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run one command inside this process, through the same `main`, and check its exit code."""
    given = io.TextIOWrapper(io.BytesIO(stdin.encode() if isinstance(stdin, str) else stdin), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    streams = {"argv": ["gelassen", *map(str, arguments)], "stdin": given, "stdout": out, "stderr": err}
    with patch.multiple(sys, **streams), patch.dict(os.environ, clean_environ(**env), clear=True):
        try:
            main()
            ended: object = 0
        except SystemExit as exit_:
            ended = exit_.code or 0
    return _checked(arguments, ended, _text(out), _text(err), code)


def gelassen_alone(*arguments: object, code: int = 0, **env: str) -> subprocess.CompletedProcess[str]:
    """Run one command in a process of its own: for what starts a reactor or servers."""
    done = subprocess.run(command(*arguments), capture_output=True, text=True, env=clean_environ(**env), timeout=300)
    return _checked(arguments, done.returncode, done.stdout, done.stderr, code)


def _checked(arguments: object, ended: object, out: str, err: str, code: int) -> subprocess.CompletedProcess[str]:
    assert ended == code, f"exit {ended}\n{out}\n{err}"
    return subprocess.CompletedProcess(arguments, code, out, err)


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()


def json_lines(text: str) -> list[Any]:
    return [json.loads(line) for line in text.splitlines()]


def as_lines(rows: Iterable[object]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def wait_for(ask: Callable[[], T | None], what: str, seconds: float = 60) -> T:
    """The first true answer of `ask`, or a failure that names what did not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds:g} s: {what}")


def alive(pid: int) -> bool:
    """Whether the process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def approve_for(folder: Path, channel: str, now: datetime) -> None:
    """One approved answer that waits for `channel`, as after days in dry run."""
    database = open_database(f"sqlite:///{folder / 'gelassen.db'}")
    with database.write() as session:
        anna = User(name="anna", roles=["drafter", "approver"], created_at=now)
        session.add(anna)
        found = get_channel(session, channel)
        for source in list_sources(session):
            source.channel_id = found.id if found else None
            session.add(source)
    draft = write_by_hand(database, 1, anna, now)
    approve(database, draft.id or 0, draft.revision, anna, now=now, undo_seconds=0, text=CALM)
    database.close()
