"""`gelassen demo`: a data folder, the demo platform in a process of its own, and the daemon, with a link to log in."""

from __future__ import annotations

import asyncio
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gelassen.cli.common import talk
from gelassen.daemon import Daemon, Parts
from gelassen.errors import UserError
from gelassen.home import Home, create_folder
from gelassen.lifeline import PARENT
from gelassen.logs import LEVEL
from gelassen.secrets import PREFIX

if TYPE_CHECKING:
    from db.engine import Database

CHANNEL = "demo"
TOKEN = f"{PREFIX}{CHANNEL.upper()}"
USER = "demo"
ROLES = ("drafter", "approver", "admin")
CADENCE_SECONDS = 15
SETTINGS: dict[str, Any] = {
    "business": "Lindner & Seeblick",
    "signature": "Jana Brandt",
    "contact": "hilfe@lindner-seeblick.example",
    "undo_seconds": 10,
}
PLACES: dict[str, dict[str, Any]] = {
    "laden": {"business": "Möbelhaus Lindner", "sector": "shop", "signature": "Jana Brandt"},
    "hotel": {"business": "Hotel Seeblick", "sector": "hotel", "signature": "Regula Ammann"},
}


def run_demo(data: Path | None, *, host: str, port: int | None, every: float) -> None:
    """Run the demo until Ctrl-C. The throw-away folder goes with it; a given one stays."""
    with ExitStack() as stack:
        folder = data or Path(tempfile.mkdtemp(prefix="gelassen-demo-"))
        if data is None:
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
        home = create_folder(folder, **SETTINGS)
        parts = Parts(host, free_port(8787) if port is None else port or free_port())
        os.environ[TOKEN] = demo_token(home.folder)
        os.environ.setdefault(LEVEL, "warning")
        site_port = free_port()
        site = start_site(site_port, every=every, state=home.folder / "demo-site.json")
        stack.callback(stop_site, site)
        _serve(home, parts, f"http://127.0.0.1:{site_port}")


def prepare(database: Database, site: str) -> str:
    """Sources, an armed channel and a person; returns the token of the login link. Repeatable on the same folder."""
    from responder.people import PeopleError, add_user, reset_user

    now = datetime.now(UTC)
    _add_places(database, site, now)
    try:
        return add_user(database, USER, ROLES, now)
    except PeopleError:
        return reset_user(database, USER, now)


def _add_places(database: Database, site: str, now: datetime) -> None:
    from db.queries_sources import add_channel, add_source, get_channel, get_source, set_channel_state
    from db.states import ChannelState

    with database.write() as session:
        channel = get_channel(session, CHANNEL)
        if channel is None:
            fields: dict[str, Any] = {"address": site, "secret": CHANNEL, "settings": {"allow_private": True}}
            channel = add_channel(session, CHANNEL, "demo", now=now, **fields)
            assert channel.id is not None
            set_channel_state(session, channel.id, ChannelState.ARMED, actor="cli", why="demo", now=now)
        channel.address = site
        session.add(channel)
        for name, place in PLACES.items():
            source = get_source(session, name) or add_source(
                session,
                name,
                "schema_org",
                f"{site}/{name}",
                now=now,
                allow_private=True,
                cadence_seconds=CADENCE_SECONDS,
                own_names=[place["business"]],
                channel_id=channel.id,
                settings={**place, "delay": 0.1},
            )
            source.address, source.next_look_at = f"{site}/{name}", now
            session.add(source)


def start_site(port: int, *, every: float = 0, state: Path | None = None) -> subprocess.Popen[bytes]:
    """The demo platform as a process that ends with this one; its token is in the environment."""
    command = [sys.executable, "-m", "gelassen.demo.site", "--port", str(port), "--every", str(every)]
    if state:
        command += ["--state", str(state)]
    return subprocess.Popen(command, env={**os.environ, PARENT: str(os.getpid())}, start_new_session=True)  # noqa: S603


def stop_site(site: subprocess.Popen[bytes]) -> None:
    """End the platform."""
    site.terminate()
    try:
        site.wait(5)
    except subprocess.TimeoutExpired:
        site.kill()
        site.wait()


def demo_token(folder: Path) -> str:
    """The platform's token: made once per folder, so that a demo can be taken up again."""
    file = folder / "demo.token"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24), encoding="ascii")
    return file.read_text(encoding="ascii").strip()


def free_port(wanted: int = 0) -> int:
    """`wanted` if it is free on the loopback interface, else any free port."""
    for port in dict.fromkeys((wanted, 0)):
        try:
            with socket.create_server(("127.0.0.1", port)) as taken:
                number: int = taken.getsockname()[1]
                return number
        except OSError:
            continue
    raise UserError("No free port was found on this machine.")


def _serve(home: Home, parts: Parts, site: str) -> None:
    from gelassen.logs import configure

    page = f"http://{parts.host}:{parts.port}"

    def set_up(database: Database) -> None:
        link = f"{page}/einladung/{prepare(database, site)}"
        talk(f"Gelassen runs at   {page}\nLog in once with   {link}\nThe demo platform  {site}/laden  {site}/hotel")
        talk(f"Data               {home.folder}\nCtrl-C ends the demo.")

    async def main() -> None:
        daemon = Daemon(home, parts, talk=talk, prepare=set_up)
        configure()
        await daemon.run()

    asyncio.run(main())
