"""A Mastodon server in the shape of recorded answers of Mastodon 4.6.4: accounts, statuses, notifications, threads."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
TOKEN = "lese-token"
OWN = "117020565966271181"
NOT_FOUND = Answer('{"error":"Datensatz nicht gefunden"}', 404)
NO_TOKEN = Answer('{"error":"Diese Methode erfordert einen angemeldeten Benutzer"}', 401)


class Server:
    """`statuses` by id, oldest first. `feeds` is what the server says about hashtags, None for an old server."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.statuses: dict[str, dict[str, Any]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.feeds: dict[str, str] | None = {"local": "public", "remote": "public"}
        self.status = 200
        self.written = self.told = 0
        site["/api/v1/accounts/verify_credentials"] = self.verify
        site["/api/v2/instance"] = self.instance
        for path in ("/api/v1/notifications?", "/api/v1/timelines/tag/Laden?", "/api/v2/search?"):
            site.pages[path] = self.list

    def write(
        self, text: str, name: str = "karla", *, to: str = "laden", visibility: str = "public", bot: bool = False,
        above: str = "", **fields: Any,
    ) -> str:  # fmt: skip
        """Say something to `to`; whoever is called `laden` is the business. Returns the id."""
        number = str(117020577157690000 + self.written)
        at = START + timedelta(minutes=self.written)
        self.written += 1
        self.statuses[number] = {
            "id": number,
            "created_at": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "in_reply_to_id": above or None,
            "in_reply_to_account_id": self.statuses[above]["account"]["id"] if above else None,
            "sensitive": False,
            "spoiler_text": "",
            "visibility": visibility,
            "language": "ja",
            "uri": f"https://anderswo.example/users/{name}/statuses/{number}",
            "url": f"https://anderswo.example/@{name}/{number}",
            "replies_count": 0,
            "edited_at": None,
            "content": self.content(text, to),
            "filtered": [],
            "reblog": None,
            "account": self.account(name, bot=bot),
            "media_attachments": [],
            "mentions": [{"id": OWN, "username": "laden", "url": "https://laden.example/@laden", "acct": "laden"}],
            "tags": [],
        } | fields
        if above and visibility in ("public", "unlisted"):
            self.statuses[above]["replies_count"] += 1
        if to == "laden" and name != "laden":
            self.notify(number)
        return number

    def notify(self, number: str) -> None:
        status = self.statuses[number]
        self.told += 1
        notification = {"id": str(19 + self.told), "type": "mention", "created_at": status["created_at"]}
        self.notifications.append(notification | {"account": status["account"], "status": status})

    def account(self, name: str, *, bot: bool = False) -> dict[str, Any]:
        number = OWN if name == "laden" else f"1170205660{sum(name.encode())}"
        return {
            "id": number,
            "username": name,
            "acct": name if name == "laden" else f"{name}@anderswo.example",
            "display_name": name.title(),
            "locked": False,
            "bot": bot,
            "url": f"https://anderswo.example/@{name}",
            "uri": f"https://anderswo.example/users/{name}",
            "avatar": "https://anderswo.example/avatar.png",
            "note": "<p>schreibt über Kaffee</p>",
            "fields": [{"name": "E-Mail", "value": f"{name}@post.example", "verified_at": None}],
        }

    def content(self, text: str, to: str) -> str:
        link = f'<a href="https://laden.example/@{to}" class="u-url mention">@<span>{to}</span></a>'
        card = f'<span class="h-card" translate="no">{link}</span> ' if to else ""
        return f"<p>{card}{text}</p>"

    def edit(self, number: str, text: str) -> None:
        self.statuses[number] |= {"content": self.content(text, "laden"), "edited_at": "2026-11-02T09:00:00.695Z"}

    def delete(self, number: str) -> None:
        del self.statuses[number]
        self.notifications = [one for one in self.notifications if one["status"]["id"] != number]

    def verify(self, asked: Asked) -> Answer:
        return Answer(json.dumps(self.account("laden"))) if self.knows(asked) else NO_TOKEN

    def knows(self, asked: Asked) -> bool:
        return asked.headers.get("authorization") == f"Bearer {TOKEN}"

    def instance(self, _asked: Asked) -> Answer:
        if self.feeds is None:
            return NOT_FOUND
        return Answer(json.dumps({"configuration": {"timelines_access": {"hashtag_feeds": self.feeds}}}))

    def list(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if not self.knows(asked) and "timelines" not in parts.path:
            return NO_TOKEN
        if parts.path.endswith("search"):
            found = [one for one in self.statuses.values() if query["q"] in one["content"]]
            return Answer(json.dumps({"accounts": [], "statuses": window(found, query), "hashtags": []}), self.status)
        listed = self.notifications if parts.path.endswith("notifications") else self.statuses.values()
        shown = window(listed, query)
        links = {"Link": '<https://boese.example/api/v1/notifications?max_id=1>; rel="next"'} if shown else {}
        return Answer(json.dumps(shown), self.status, links)

    def serve(self) -> None:
        """Make each status and its thread reachable by their own addresses."""
        for number in range(len(self.statuses) + 100):
            status = str(117020577157690000 + number)
            self.site[f"/api/v1/statuses/{status}"] = lambda _asked, one=status: self.one(one)
            self.site[f"/api/v1/statuses/{status}/context"] = lambda _asked, one=status: self.context(one)

    def one(self, number: str) -> Answer:
        return Answer(json.dumps(self.statuses[number])) if number in self.statuses else NOT_FOUND

    def context(self, number: str) -> Answer:
        if number not in self.statuses:
            return NOT_FOUND
        below: list[dict[str, Any]] = []
        for status in self.statuses.values():
            if status["in_reply_to_id"] in {number, *(one["id"] for one in below)}:
                below.append(status)
        return Answer(json.dumps({"ancestors": [], "descendants": below}))


def window(items: Iterable[dict[str, Any]], query: dict[str, str]) -> list[dict[str, Any]]:
    """The part of a list that was asked for, newest first: the newest, or what comes right after `min_id`."""
    limit = int(query["limit"])
    found = sorted(items, key=lambda one: int(one["id"]))
    if "max_id" in query:
        found = [one for one in found if int(one["id"]) < int(query["max_id"])]
    if "min_id" in query:
        return [one for one in found if int(one["id"]) > int(query["min_id"])][:limit][::-1]
    return found[-limit:][::-1]
