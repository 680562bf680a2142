"""The session with the server that keeps an account on Bluesky: found, begun, kept and refreshed.

The password goes to one place only: the server that the account's own document names, or the interface that the
settings of the source name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from scrapy.http import Response

from crawler.look import Look
from crawler.pages import bluesky
from crawler.spiders.api import STATUS, site_of
from crawler.spiders.residence import Directory, residence
from crawler.spiders.talk import TalkSpider

Session = dict[str, Any]
REFUSED = ("ExpiredToken", "InvalidToken")
SERVER = "com.atproto.server"
KNOWN_FOR = timedelta(days=1)
"""So long a server is asked to log in without asking again whether the account still lives there."""

MOVED = "The account has moved to another server. The next look reads it there."


class BlueskySession(TalkSpider):
    """Logs in for its subclasses. `home` is the server that everything is asked of."""

    default_base = "https://bsky.social"
    directory: ClassVar[Directory] = Directory()

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.home = ""

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        """The headers for the server that this look began with: a token of another one is not sent there."""
        before = self.home
        session = await self.session(fresh=fresh)
        if session is None:
            return None
        if before and self.home != before:
            self.look.trouble(MOVED)
            return None
        return {"Authorization": f"Bearer {session['access']}"}

    def refuses(self, response: Response) -> bool:
        """An ended session is a 400 here."""
        return super().refuses(response) or (response.status == 400 and bluesky.error_code(response.body) in REFUSED)

    async def opened(self) -> Session | None:
        """The session that a look begins with; a full look makes sure that the account still lives there."""
        kept = self.look.sessions.get(self.session_key)
        if kept and not self.look.partial and await self._has_moved(kept):
            self.look.sessions.put(self.session_key, {})
        return await self.session(fresh=False)

    async def session(self, *, fresh: bool) -> Session | None:
        """The kept session, refreshed if it was refused; a new one if there is no other way."""
        kept = self.look.sessions.get(self.session_key)
        found = kept if kept and not fresh else await self._renewed(kept)
        self.home = found["host"] if found else ""
        return found

    async def _renewed(self, kept: Session) -> Session | None:
        if kept:
            response = await self._call(kept["host"], "refreshSession", token=kept["refresh"])
            if response is None or not self.refuses(response):
                return self._keep(self._given(response, kept["host"]))
        return await self._log_in()

    async def _log_in(self) -> Session | None:
        account, _, password = self.look.target.secret.lstrip("@").rpartition(":")
        if "api" in self.look.target.settings:
            return self._keep(self._given(await self._create(self.base, account, password), self.base))
        home = await self._residence(account)
        given = self._given(await self._create(home["host"], account, password), home["host"]) if home else None
        if given is not None and given["did"] != home["did"]:
            self.look.trouble(f"{home['host']} let in {given['did']} instead of {account}. Nothing was read.")
            return None
        return self._keep(given and {**given, "host": home["host"]})

    async def _has_moved(self, kept: Session) -> bool:
        """Whether the account's document names another server; where it cannot be had, nothing has changed."""
        if "api" in self.look.target.settings:
            return False
        told = self.look.told()
        home = await self._residence(kept["did"])
        self.look.forget(told)
        return bool(home) and home["host"] != kept["host"]

    async def _residence(self, account: str) -> dict[str, str]:
        """The DID of the account and the server that keeps it, as found out today; empty after telling the look."""
        key, now = f"{self.session_key}/home", datetime.now(UTC)
        kept = self.look.sessions.get(key)
        if kept and datetime.fromisoformat(kept["until"]) > now:
            return kept
        found = await residence(self, account, self.directory)
        if found is None:
            return {}
        kept = {"did": found.did, "host": found.server, "until": (now + KNOWN_FOR).isoformat()}
        self.look.sessions.put(key, kept)
        return kept

    async def _create(self, host: str, account: str, password: str) -> Response | None:
        return await self._call(host, "createSession", {"identifier": account, "password": password})

    async def _call(self, host: str, method: str, given: Any = None, *, token: str = "") -> Response | None:
        headers = {"Authorization": f"Bearer {token}"} if token else {"Content-Type": "application/json"}
        body = json.dumps(given).encode() if given else b""
        return await self.answer(f"{host}/xrpc/{SERVER}.{method}", headers, method="POST", body=body)

    def _given(self, response: Response | None, host: str) -> Session | None:
        """The session in an answer of `host`; None after telling the look that there is none."""
        if response is None or response.status != 200:
            self.trouble_with(response)
            return None
        given = bluesky.session(response.body, host)
        if given is None:
            self.look.trouble(f"{site_of(response)} {STATUS[401]}")
        return given

    def _keep(self, session: Session | None) -> Session | None:
        if session is not None:
            self.look.sessions.put(self.session_key, session)
        return session
