"""What outlives a look: logins by source, so that no look logs in without need, and what hosts asked for.

Tokens are secrets: whoever keeps them on disk keeps them in files that nobody else can read, never in the database.
"""

from __future__ import annotations

from typing import Any, Protocol


class Sessions(Protocol):
    """Where spiders keep a login between looks."""

    def get(self, key: str) -> dict[str, Any]:
        """What was kept under `key`, empty if nothing."""

    def put(self, key: str, kept: dict[str, Any]) -> None:
        """Keep `kept` under `key` in place of what was there."""


class InMemory:
    """Forgets with the process."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    def get(self, key: str) -> dict[str, Any]:
        return self._kept.get(key, {})

    def put(self, key: str, kept: dict[str, Any]) -> None:
        self._kept[key] = kept
