"""The comment API of a WordPress site, answering as a real WordPress 6.1.9 was seen to answer."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json; charset=UTF-8"}


class Blog:
    """Comments by id. `trash` answers like a comment in the trash, `remove` like one deleted for good."""

    def __init__(self, site: Site) -> None:
        self.comments: dict[int, dict[str, Any]] = {}
        self.trashed: set[int] = set()
        self.site = site
        self.api = f"{site.url}/wp-json/"
        site["/"] = Answer("<html></html>", headers={"Link": f'<{self.api}>; rel="https://api.w.org/"'})
        site.pages["/wp-json/wp/v2/comments?"] = self.list
        site["/wp-json/wp/v2/users?per_page=100&_fields=id,name"] = Answer('[{"id":1,"name":"Rosi"}]', headers=JSON)

    def write(self, text: str, name: str = "Karl", *, user: int = 0, parent: int = 0, kind: str = "comment") -> int:
        number = max(self.comments, default=0) + 1
        self.comments[number] = {
            "id": number,
            "parent": parent,
            "author": user,
            "author_name": name,
            "author_url": "",
            "date_gmt": (START + timedelta(minutes=number)).strftime("%Y-%m-%dT%H:%M:%S"),
            "content": {"rendered": f"<p>{text}</p>\n"},
            "link": f"{self.site.url}/stimmen/#comment-{number}",
            "type": kind,
        }
        self.site[f"/wp-json/wp/v2/comments/{number}?"] = lambda _asked: self.one(number)
        return number

    def edit(self, number: int, text: str) -> None:
        self.comments[number]["content"] = {"rendered": f"<p>{text}</p>\n"}

    def trash(self, number: int) -> None:
        self.trashed.add(number)

    def remove(self, number: int) -> None:
        del self.comments[number]

    def one(self, number: int) -> Answer:
        if number in self.trashed:
            return Answer('{"code":"rest_cannot_read","data":{"status":401}}', 401, JSON)
        if number not in self.comments:
            return Answer('{"code":"rest_comment_invalid_id","data":{"status":404}}', 404, JSON)
        return Answer(json.dumps(self.comments[number]), headers=JSON)

    def list(self, asked: Asked) -> Answer:
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        public = [comment for number, comment in self.comments.items() if number not in self.trashed]
        if "include" in query:
            public = [comment for comment in public if str(comment["id"]) in query["include"].split(",")]
        newest = sorted(public, key=lambda comment: (comment["date_gmt"], comment["id"]), reverse=True)
        size, page = int(query.get("per_page", 10)), int(query.get("page", 1))
        totals = {"X-WP-Total": str(len(newest)), "X-WP-TotalPages": str(-(-len(newest) // size))}
        return Answer(json.dumps(newest[size * (page - 1) : size * page]), headers=JSON | totals)
