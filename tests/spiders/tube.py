"""A stand-in for the comments of the YouTube Data API: threads of one level, newest first, five replies shown."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.peers.discovery import discovery
from tests.spiders.google import Checked, error, error_info
from tests.spiders.site import Answer, Asked, Site

KEY = "AIzaSyStreng-geheim_0123456789abcdefgh"
OWNER = "UCowner0000000000000000A"
VIDEO = "dQw4w9WgXc0"
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
SHOWN, MOST = 5, 100

Comment = dict[str, Any]


class Tube:
    """Comments by the id of their thread, the top one first. `refusals` are answered by the last part of a path."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.checked = Checked(discovery("youtube.v3"))
        self.threads: dict[str, list[Comment]] = {}
        self.channels = {"forHandle": "@möbel-lindner", "forUsername": "MoebelLindner"}
        self.refusals: dict[str, Answer] = {}
        self.clock = START
        self.gone: set[str] = set()
        self.tokens = 0
        for what in ("commentThreads", "comments", "channels"):
            site.pages[f"/youtube/v3/{what}?"] = self.answer

    def write(self, text: str, name: str = "@karl", channel: str = "UCkarl", under: str = "") -> str:
        thread = self.threads.setdefault(under or f"Ug{len(self.threads) + 1}", [])
        identity = f"{under}.{len(thread)}" if under else f"Ug{len(self.threads)}"
        now = self._now()
        snippet = {
            "authorDisplayName": name,
            "authorProfileImageUrl": "https://a.example/p",
            "authorChannelId": {"value": channel},
            "textDisplay": text,
            "textOriginal": text,
            "publishedAt": now,
            "updatedAt": now,
        } | ({"parentId": under} if under else {"videoId": VIDEO})
        thread.append({"kind": "youtube#comment", "id": identity, "snippet": snippet})
        return identity

    def answer_as_owner(self, under: str, text: str) -> str:
        return self.write(text, "@möbel-lindner", OWNER, under)

    def expire(self) -> None:
        """The addresses of pages that were given out are not good any more."""
        self.tokens += 1

    def delete(self, identity: str) -> None:
        """A whole thread goes with the comment at its top."""
        self.gone.add(identity)

    def edit(self, identity: str, text: str) -> None:
        [comment] = [one for thread in self.threads.values() for one in thread if one["id"] == identity]
        comment["snippet"] |= {"textDisplay": text, "textOriginal": text, "updatedAt": self._now()}

    def answer(self, asked: Asked) -> Answer:
        parts = urlsplit(asked.path)
        what = parts.path.rpartition("/")[2]
        if asked.headers.get("x-goog-api-key") != KEY:
            return error_info(400, "API_KEY_INVALID")
        if what in self.refusals:
            return self.refusals[what]
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        found = {"commentThreads": self._threads, "comments": self._replies, "channels": self._channels}[what](query)
        return found if isinstance(found, Answer) else self.checked.answer(asked, found)

    def _threads(self, query: dict[str, str]) -> Any:
        if "id" in query:
            there = query["id"] in self.threads and query["id"] not in self.gone
            return _page("commentThread", [_thread(self.threads[query["id"]])] if there else [], query, self.tokens)
        if query.get("videoId") != VIDEO and query.get("allThreadsRelatedToChannelId") != OWNER:
            return error(404, "videoNotFound")
        newest = sorted(
            (thread for identity, thread in self.threads.items() if identity not in self.gone),
            key=lambda thread: str(thread[0]["snippet"]["publishedAt"]),
            reverse=True,
        )
        return _page("commentThread", [_thread(thread) for thread in newest], query, self.tokens)

    def _replies(self, query: dict[str, str]) -> Any:
        if "id" in query:
            there = query["id"] in self.threads and query["id"] not in self.gone
            return {"kind": "youtube#commentListResponse", "items": self.threads[query["id"]][:1] if there else []}
        thread = self.threads.get(query["parentId"])
        return error(404, "commentNotFound") if thread is None else _page("comment", thread[:0:-1], query, self.tokens)

    def _channels(self, query: dict[str, str]) -> Any:
        known = any(query.get(parameter) == name for parameter, name in self.channels.items())
        kind = {"kind": "youtube#channelListResponse"}
        return kind | ({"items": [{"kind": "youtube#channel", "id": OWNER}]} if known else {})

    def _now(self) -> str:
        self.clock += timedelta(minutes=1)
        return self.clock.strftime("%Y-%m-%dT%H:%M:%SZ")


def _thread(thread: list[Comment]) -> dict[str, Any]:
    """As in a list: the newest replies first, and not all of them."""
    top = thread[0]
    snippet = {
        "channelId": OWNER,
        "videoId": VIDEO,
        "topLevelComment": top,
        "canReply": True,
        "totalReplyCount": len(thread) - 1,
        "isPublic": True,
    }
    item = {"kind": "youtube#commentThread", "id": top["id"], "snippet": snippet}
    return item | ({"replies": {"comments": thread[:0:-1][:SHOWN]}} if len(thread) > 1 else {})


def _page(kind: str, items: list[Any], query: dict[str, str], tokens: int) -> Any:
    size, token = min(MOST, int(query["maxResults"])), query.get("pageToken", f"{tokens}-0")
    series, _, place = token.partition("-")
    if series != str(tokens):
        return error(400, "invalidPageToken")
    start = int(place)
    page = items[start : start + size]
    info = {"totalResults": len(page), "resultsPerPage": size}
    more = {"nextPageToken": f"{tokens}-{start + size}"} if start + size < len(items) else {}
    return {"kind": f"youtube#{kind}ListResponse", "pageInfo": info, "items": page} | more
