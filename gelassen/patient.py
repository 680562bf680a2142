"""What `gelassen doctor` looks at, what one check is, and what comes out of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from db.engine import Database
from gelassen.errors import UserError
from gelassen.home import Home

LEAST_FREE_BYTES = 200 * 1024 * 1024
MOUNTS = Path("/proc/self/mountinfo")


@dataclass(frozen=True, slots=True)
class Result:
    """One check's outcome; `fix` is a command or an action, empty when all is well."""

    id: str
    ok: bool
    what: str
    why: str
    fix: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(slots=True)
class Patient:
    """What the checks look at. `database` is None when it cannot be opened."""

    home: Home
    now: datetime
    database: Database | None = None
    mounts: Path = MOUNTS
    least_free_bytes: int = LEAST_FREE_BYTES
    environ: dict[str, str] = field(default_factory=lambda: dict(os.environ))

    @contextmanager
    def session(self) -> Iterator[Session]:
        if self.database is None:
            raise UserError("There is no database to look into.")
        with self.database.read() as session:
            yield session


Finding = tuple[str, str] | None
"""What is wrong and how to mend it; None when all is well."""


@dataclass(frozen=True, slots=True)
class Check:
    """`look` finds trouble, `mend` (where that is safe) ends it. `good` is said when all is well."""

    id: str
    good: str
    why: str
    look: Callable[[Patient], Finding]
    mend: Callable[[Patient], None] | None = None
