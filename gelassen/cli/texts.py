"""`read`, `draft`, `check`: JSON Lines in, JSON Lines out. A bad line goes to stderr, and the others still count."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import typer

from gelassen.cli.common import Data, Json, emit, now, talk
from gelassen.errors import WrongUse

if TYPE_CHECKING:
    from responder.reading.linear import Linear


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (read, draft, check):
        app.command()(command)


def read(data: Data = None, as_json: Json = False) -> None:
    """Say what each post says: mood, anger, topics, wishes, risks, personal data."""
    from gelassen.texts import reader

    _stream(reader(_defaults(data), _mood(data)))


def draft(data: Data = None, as_json: Json = False) -> None:
    """Propose an answer to each post."""
    from gelassen.home import anywhere
    from gelassen.texts import drafter
    from responder.playbook import load_playbook

    _stream(drafter(_defaults(data), load_playbook(anywhere(data).playbook), _mood(data)))


def check(data: Data = None, as_json: Json = False) -> None:
    """Check reply texts against the rules of answering."""
    from gelassen.texts import checker

    _stream(checker(_defaults(data), _mood(data)))


def _defaults(data: Any) -> dict[str, Any]:
    from gelassen.bridge import default_profile
    from gelassen.home import anywhere

    return default_profile(anywhere(data).settings, now())


def _mood(data: Any) -> Linear | None:
    """The model of moods of the data folder, if there is one."""
    from gelassen.home import anywhere
    from gelassen.own_mood import OwnMood

    return OwnMood(anywhere(data).mood_model, talk).model()


def _stream(work: Callable[[Any], dict[str, Any]], lines: Iterable[bytes] | None = None) -> None:
    if lines is None:
        if sys.stdin.isatty():
            raise WrongUse("This command reads JSON Lines from stdin, for example: gelassen read --json < posts.jsonl")
        lines = sys.stdin.buffer
    failed = False
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            emit(work(_parsed(line)))
            sys.stdout.flush()
        except WrongUse as error:
            failed = True
            sys.stderr.write(json.dumps({"line": number, "error": str(error)}, ensure_ascii=False) + "\n")
    if failed:
        raise typer.Exit(1)


def _parsed(line: bytes) -> dict[str, Any]:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise WrongUse(f"not UTF-8: {error.reason} at byte {error.start}") from error
    except (ValueError, RecursionError) as error:
        raise WrongUse(f"not JSON: {error}") from error
    if not isinstance(value, dict):
        raise WrongUse("not a JSON object")
    return value
