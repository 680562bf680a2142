"""Stand-ins for what Google's interfaces share: tokens for signed assertions, errors in their form, checked answers."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs

import jwt

from tests.peers.discovery import Discovery
from tests.spiders.keys import google_pair
from tests.spiders.site import Answer, Asked, Site

JSON = {"Content-Type": "application/json; charset=UTF-8"}


def error(status: int, reason: str = "", state: str = "") -> Answer:
    """An error as Google writes it; its message is in the language of the account."""
    causes = [{"message": "Das geht nicht.", "domain": "global", "reason": reason}] if reason else []
    told = {"code": status, "message": "Das geht nicht.", "errors": causes, "status": state}
    return Answer(json.dumps({"error": told}), status, JSON | {"Retry-After": "0"})


def error_info(status: int, reason: str) -> Answer:
    """An error in the newer form, with the reason among the details."""
    info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": reason, "domain": "googleapis.com"}
    return Answer(
        json.dumps({"error": {"code": status, "message": "Das geht nicht.", "details": [info]}}), status, JSON
    )


class Tokens:
    """Gives tokens t1, t2 … for an assertion that the account's key has signed, or for the refresh token."""

    def __init__(self, site: Site, scope: str) -> None:
        self.address = f"{site.url}/token"
        self.scope, self.given, self.lifetime = scope, 0, 3600
        self.answer: Answer | None = None
        site["/token"] = self.grant

    def grant(self, asked: Asked) -> Answer:
        form = {name: values[0] for name, values in parse_qs(asked.body.decode()).items()}
        if self.answer is not None:
            return self.answer
        if not (self._asserted(form) or self._refreshed(form)):
            return Answer('{"error": "invalid_grant", "error_description": "Ungültig."}', 400, JSON)
        self.given += 1
        return Answer(
            json.dumps({"access_token": f"t{self.given}", "expires_in": self.lifetime, "token_type": "Bearer"})
        )

    def accepts(self, asked: Asked) -> bool:
        """Whether a request shows the newest token."""
        return self.given > 0 and asked.headers.get("authorization") == f"Bearer t{self.given}"

    def forget(self) -> None:
        """Accept none of the tokens that were given out."""
        self.given += 1

    def _asserted(self, form: dict[str, str]) -> bool:
        if form["grant_type"] != "urn:ietf:params:oauth:grant-type:jwt-bearer":
            return False
        try:
            claims = jwt.decode(form["assertion"], google_pair().public, ["RS256"], audience=self.address)
        except jwt.PyJWTError:
            return False
        return bool(claims["scope"] == self.scope)

    def _refreshed(self, form: dict[str, str]) -> bool:
        return form["grant_type"] == "refresh_token" and form["refresh_token"] == "auffrischen"


class Checked:
    """Checks a stand-in's requests and answers against Google's description; `problems` must stay empty."""

    def __init__(self, discovery: Discovery) -> None:
        self.discovery = discovery
        self.problems: list[str] = []

    def answer(self, asked: Asked, content: Any) -> Answer:
        """An answer with `content` as JSON."""
        self.problems += self.discovery.request(asked.method, asked.path)
        body = json.dumps(content, ensure_ascii=False)
        self.problems += self.discovery.answer(asked.method, asked.path, body)
        return Answer(body, headers=JSON)
