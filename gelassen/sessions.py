"""Logins of sources, kept between looks in files that only this user can read; never in the database or a backup."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import Any


class SessionFiles:
    """One file a login under `folder`, which is made when the first one is kept. See `crawler.sessions.Sessions`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> dict[str, Any]:
        """What was kept; empty if nothing, or nothing readable: then the spider logs in anew."""
        try:
            kept = json.loads(self._file(key).read_bytes())
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def put(self, key: str, kept: dict[str, Any]) -> None:
        """Replace what was kept, all or nothing."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        file, fresh = self._file(key), self._file(key).with_suffix(".new")
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as lines:
            json.dump(kept, lines)
        fresh.replace(file)

    def _file(self, key: str) -> Path:
        return self.folder / f"{sha256(key.encode()).hexdigest()[:32]}.json"
