"""The approval page inside the daemon: a socket of our own, uvicorn in our loop, our signals."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import uvicorn

from db.engine import Database
from db.models import Source
from gelassen.bridge import profile_of
from gelassen.errors import UserError
from gelassen.home import Home
from responder.profile import Profile
from responder.web import create_app
from responder.web.settings import PageSettings

if TYPE_CHECKING:
    from gelassen.daemon import Parts

TICK_SECONDS = 60
GRACE_SECONDS = 3


class Server(uvicorn.Server):
    """uvicorn that leaves the signals to the daemon."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Page:
    """Binds, serves and stops the page."""

    def __init__(
        self, home: Home, database: Database, parts: Parts, *, wake: Callable[[], None], disk_full: Callable[[], bool]
    ) -> None:
        from gelassen.service import utc_now

        self.home, self.parts = home, parts

        def make_profile(source: Source) -> Profile:
            return profile_of(source, home.settings, utc_now())

        settings = replace(page_settings(home, parts.host, make_profile), disk_full=disk_full)
        app = create_app(database, now=utc_now, settings=settings, wake=wake)
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self.server = Server(config)
        self.socket: socket.socket | None = None

    def bind(self) -> int:
        """Take the port and return it. Raises `UserError` when it is taken or not allowed."""
        try:
            family = socket.AF_INET6 if ":" in self.parts.host else socket.AF_INET
            self.socket = socket.create_server((self.parts.host, self.parts.port), family=family)
        except OSError as error:
            where = f"{self.parts.host}:{self.parts.port}"
            raise UserError(
                f"The page cannot listen on {where}: {error.strerror}. Choose another with --port or --host."
            ) from error
        port: int = self.socket.getsockname()[1]
        return port

    async def serve(self) -> None:
        """Serve until stopped."""
        await self.server.serve(sockets=[self.socket] if self.socket else None)

    async def started(self) -> None:
        """Return once requests are answered."""
        while not self.server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
            await asyncio.sleep(0.01)

    async def stop(self, task: asyncio.Task[Any]) -> None:
        """Answer what is under way, then end."""
        self.server.should_exit = True
        await task


def page_settings(home: Home, host: str, make_profile: Callable[[Source], Profile]) -> PageSettings:
    """What the page is told."""
    settings = home.settings
    public = urlsplit(settings.public_url)
    hosts = ("localhost", "127.0.0.1", "[::1]", *(name for name in (public.netloc, public.hostname, host) if name))
    return PageSettings(
        business=settings.business,
        language=settings.language,
        timezone=settings.timezone,
        secure_cookies=public.scheme == "https",
        undo_seconds=settings.undo_seconds,
        public_url=settings.public_url,
        hosts=tuple(dict.fromkeys(hosts)),
        tick_seconds=TICK_SECONDS,
        make_profile=make_profile,
        playbook=home.playbook,
    )
