"""How often a name may be tried from one address: in memory, forgotten by a restart, harmless to everybody else."""

from __future__ import annotations

import threading
from collections import deque
from datetime import datetime, timedelta

TRIES = 5
WINDOW = timedelta(minutes=5)
MAX_KEYS = 10_000


class Tries:
    """Counts tries per (address, name) within a sliding window, and per address alone with ten times the room."""

    def __init__(self, tries: int = TRIES, window: timedelta = WINDOW) -> None:
        self.tries, self.window = tries, window
        self._taken: dict[tuple[str, str], deque[datetime]] = {}
        self._lock = threading.Lock()

    def take(self, address: str, name: str, now: datetime) -> timedelta:
        """Take one try: zero when it was granted, else how long to wait. Counted before the password is looked at,
        so a hundred parallel requests are a hundred tries."""
        keys = {(address, name.casefold()): self.tries, (address, ""): self.tries * 10}
        with self._lock:
            wait = max(self._wait(key, allowed, now) for key, allowed in keys.items())
            if not wait:
                for key in keys:
                    self._slot(key).append(now)
        return wait

    def forgive(self, address: str, name: str) -> None:
        """A right password clears the slate of this pair."""
        with self._lock:
            self._taken.pop((address, name.casefold()), None)

    def _slot(self, key: tuple[str, str]) -> deque[datetime]:
        if key not in self._taken and len(self._taken) >= MAX_KEYS:
            self._taken.pop(next(iter(self._taken)))
        return self._taken.setdefault(key, deque(maxlen=self.tries * 10))

    def _wait(self, key: tuple[str, str], allowed: int, now: datetime) -> timedelta:
        recent = [at for at in self._taken.get(key, ()) if now - at < self.window]
        if len(recent) < allowed:
            return timedelta()
        return self.window - (now - recent[-allowed])
