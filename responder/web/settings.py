"""What the page is told about the business and the machine it runs on. It reads no environment and no file itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from db.models import Source
from responder.profile import Profile


@dataclass(frozen=True, slots=True)
class PageSettings:
    """`hosts` are the names under which the page may be called (others are refused: DNS rebinding).

    `secure_cookies` demands HTTPS and gives the cookie its `__Host-` name. `undo_seconds` is the time between a
    signature and the moment the answer may leave. `tick_seconds` is the interval of the clock's slowest tick; the
    page calls itself unhealthy after three missed ones. `make_profile` says how the business sounds at a source;
    without one the source itself says it. `playbook` is the folder of the business's own phrases, read for each draft
    that somebody asks for on the page. `disk_full` says whether the clock has found no room to write.
    """

    business: str = ""
    language: str = "de"
    timezone: str = "Europe/Berlin"
    secure_cookies: bool = False
    undo_seconds: int = 60
    public_url: str = ""
    hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "[::1]")
    tick_seconds: int = 60
    make_profile: Callable[[Source], Profile] | None = None
    playbook: Path | None = None
    disk_full: Callable[[], bool] = lambda: False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @property
    def cookie(self) -> str:
        """The name of the session cookie."""
        return "__Host-gelassen" if self.secure_cookies else "gelassen"

    @property
    def patience(self) -> timedelta:
        """How old the last tick may be before the page reports itself unhealthy."""
        return timedelta(seconds=3 * self.tick_seconds)
