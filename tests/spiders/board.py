"""A list of posts in pages that grows and shrinks while it is read, and a spider that reads it without network."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from scrapy.http import Response, TextResponse

from crawler.items import OwnerReply, Post, Watched
from crawler.look import Look
from crawler.pages.result import PageRead
from crawler.spiders.paged import PagedSpider

PLACE = "https://brett.example/"
START = datetime(2026, 1, 1, tzinfo=UTC)


class Killed(BaseException):
    """The process ends at this moment."""


@dataclass
class Entry:
    """A post on the board; `at` orders it, in hours since `START`. A `late` one was let in below newer ones."""

    id: int
    at: float
    text: str
    late: bool = False
    reply: str = ""


@dataclass
class Board:
    """`style` is how pages are addressed: by "number", "after" a post, by "token"; a "window" has only one page.

    `expired` is what a token brings that is no longer good: it is "gone", an "empty" page, or the one at the "front".
    """

    style: str = "number"
    size: int = 5
    expired: str = "gone"
    entries: list[Entry] = field(default_factory=list)
    written: int = 0
    asked: list[str] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    _tokens: dict[str, list[Entry]] = field(default_factory=dict)

    def write(self, count: int = 1) -> None:
        for _ in range(count):
            self.written += 1
            self.entries.insert(0, Entry(self.written, float(self.written), f"Wortlaut {self.written}."))

    def let_in(self, place: int) -> None:
        """A post that waited for approval appears below newer ones."""
        above = self.entries[place].at if self.entries else 0.0
        below = self.entries[place + 1].at if place + 1 < len(self.entries) else above - 1
        self.written += 1
        self.entries.insert(place + 1, Entry(self.written, (above + below) / 2, f"Spät {self.written}.", late=True))

    def edit(self, place: int) -> None:
        self.entries[place].text += " Nachtrag."

    def public(self) -> set[int]:
        """The posts that a look could see."""
        return {entry.id for entry in (self.entries[: self.size] if self.style == "window" else self.entries)}

    def expire(self) -> None:
        self._tokens.clear()

    def answer(self, url: str, headers: Mapping[str, str]) -> tuple[int, dict[str, str], Any]:
        """Status, headers and content of the page at `url`."""
        self.asked.append(url)
        self.meanwhile()
        if url.startswith(f"{PLACE}post/"):
            there = any(url == f"{PLACE}post/{entry.id}" for entry in self.entries)
            return (200 if there else 404), {}, None
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        if "token" in query and query["token"] not in self._tokens:
            if self.expired == "gone":
                return 410, {}, None
            query = {} if self.expired == "front" else {"page": "1000"}
        content = self._page(query)
        etag = f'"{hash(json.dumps(content))}"'
        return (304 if headers.get("If-None-Match") == etag else 200), {"ETag": etag}, content

    def _page(self, query: dict[str, str]) -> dict[str, Any]:
        entries, start = self.entries, (int(query.get("page", 1)) - 1) * self.size
        if "after" in query:
            entries = [entry for entry in entries if entry.at < float(query["after"])]
        if "token" in query:
            entries = self._tokens[query["token"]]
        shown, further = entries[start : start + self.size], entries[start + self.size :]
        return {"posts": [self._shown(entry) for entry in shown], "next": self._next(query, shown, further)}

    def _shown(self, entry: Entry) -> dict[str, Any]:
        return {"id": str(entry.id), "text": entry.text, "at": entry.at, "reply": entry.reply}

    def _next(self, query: dict[str, str], shown: list[Entry], further: list[Entry]) -> str:
        if not further or self.style == "window":
            return ""
        if self.style == "number":
            return f"{PLACE}?page={int(query.get('page', 1)) + 1}"
        if self.style == "after":
            return f"{PLACE}?after={shown[-1].at}"
        token = f"t{further[0].id}-{len(further)}"
        self._tokens[token] = list(further)
        return f"{PLACE}?token={token}"


class BoardSpider(PagedSpider):
    """Reads a board that answers at once, in this process."""

    name = "board"

    def __init__(self, look: Look, board: Board) -> None:
        super().__init__(look)
        self.board = board

    async def answer(self, url: str, headers: Mapping[str, str] | None = None, **_options: Any) -> Response | None:
        self.status = 0
        try:
            self.status, told, content = self.board.answer(url, headers or {})
        except OSError as error:
            self.look.trouble(str(error))
            return None
        self.look.fetched(url)
        return TextResponse(url, self.status, headers=told, body=json.dumps(content).encode())

    def read(self, response: Response) -> PageRead:
        content = json.loads(response.body)
        return PageRead([_post(shown) for shown in content["posts"]], next_url=content["next"])

    def item_url(self, post: Watched) -> str:
        return f"{PLACE}post/{post.external_id}"


def _post(shown: dict[str, Any]) -> Post:
    replies = [OwnerReply(f"antwort-{shown['id']}", shown["reply"])] if shown["reply"] else []
    written = START + timedelta(hours=shown["at"])
    return Post(shown["id"], shown["text"], author_id=shown["id"], created_at=written, owner_replies=replies)


def run_now(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine that never has to wait."""
    try:
        coroutine.send(None)
    except StopIteration:
        return
    raise AssertionError("something had to wait")
