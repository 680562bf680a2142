"""What all commands share: the options, JSON to stdout, talk to stderr, opening the installation."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from db.engine import Database
    from gelassen.home import Home

Data = Annotated[
    Path | None,
    typer.Option(
        "--data", help="Data folder (default: GELASSEN_DATA, else your user data folder).", show_default=False
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Write JSON to stdout.")]


def now() -> datetime:
    """The current time in UTC: the one clock of the command line."""
    return datetime.now(UTC)


@contextmanager
def opened(data: Path | None) -> Iterator[tuple[Home, Database]]:
    """The installation and its database, closed at the end."""
    from gelassen.home import load

    home = load(data)
    database = home.open()
    try:
        yield home, database
    finally:
        database.close()


def emit(value: Any) -> None:
    """One JSON document on a line of its own."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, default=as_json) + "\n")


def as_json(value: Any) -> Any:
    """Times as ISO 8601 in UTC with Z; anything else is a mistake of ours."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    raise TypeError(f"{type(value).__name__} has no JSON form")


def talk(text: str, style: str = "") -> None:
    """A sentence for the person at the terminal, on stderr."""
    if style and sys.stderr.isatty():
        from rich.console import Console

        Console(stderr=True).print(text, style=style, markup=False, highlight=False)
    else:
        sys.stderr.write(text + "\n")


def table(columns: Iterable[str], rows: Iterable[Iterable[Any]], zone: str = "UTC") -> None:
    """A table for people on stdout; moments are shown in the time zone `zone`."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(*columns, box=None, header_style="bold", pad_edge=False)
    for row in rows:
        grid.add_row(*(Text(_shown(cell, zone)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(grid)


def _shown(cell: Any, zone: str) -> str:
    if isinstance(cell, datetime):
        from gelassen.spans import local

        return local(cell, zone)
    return "" if cell is None else str(cell)
