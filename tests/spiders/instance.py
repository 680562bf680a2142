"""A Lemmy instance in small, speaking version 3 or 4 of the interface."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json"}


class Instance:
    """Posts and comments by number. `token`, if set, must be shown; `limited` answers everything with "too often"."""

    def __init__(self, site: Site, version: str = "v3") -> None:
        self.site, self.version = site, version
        self.posts: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}
        self.token, self.limited = "", False
        for path, route in {
            "site": lambda _query: {"site_view": {}},
            "post/list": lambda query: self.list("post", query),
            "comment/list": lambda query: self.list("comment", query),
            "post": lambda query: self.one("post", query),
            "comment": lambda query: self.one("comment", query),
        }.items():
            site.pages[f"/api/{version}/{path}"] = self._guarded(route)
            site.pages[f"/api/{version}/{path}?"] = self._guarded(route)

    def post(self, title: str, body: str = "", user: str = "karl@nebenan.example") -> int:
        number = max(self.posts, default=0) + 1
        self.posts[number] = {**self._item("post", number, user), "name": title, "body": body}
        return number

    def comment(
        self, text: str, user: str = "karl@nebenan.example", *, post: int = 1, above: int | None = None, home: str = ""
    ) -> int:
        number = max(self.comments, default=99) + 1
        path = f"{self.comments[above]['path']}.{number}" if above else f"0.{number}"
        item = self._item("comment", number, user)
        self.comments[number] = {**item, "content": text, "path": path, "post_id": post}
        if home:
            self.comments[number]["ap_id"] = f"https://{home}/comment/9{number}"
        return number

    def edit(self, number: int, text: str) -> None:
        self.comments[number] |= {"content": text, self._time("updated"): "2026-11-02T08:00:00.123456Z"}

    def _item(self, kind: str, number: int, user: str) -> dict[str, Any]:
        name, _, host = user.partition("@")
        written = (START + timedelta(minutes=number)).isoformat().replace("+00:00", ".000001Z")
        identity = "ap_id" if self.version == "v4" else "actor_id"
        return {
            "id": number, "creator_id": 7, "ap_id": f"{self.site.url}/{kind}/{number}", "local": True,
            "removed": False, "deleted": False, self._time("published"): written, "language_id": 37,
            "creator": {"id": 7, "name": name, "display_name": "Rosi", identity: f"https://{host}/u/{name}"},
        }  # fmt: skip

    def _time(self, name: str) -> str:
        return f"{name}_at" if self.version == "v4" else name

    def _view(self, kind: str, item: dict[str, Any]) -> dict[str, Any]:
        shown = {key: value for key, value in item.items() if key != "creator"}
        post = shown if kind == "post" else self.posts.get(item["post_id"], {})
        post = {key: value for key, value in post.items() if key != "creator"}
        view = {"creator": item["creator"], "post": post, "community": {"name": "lieferung"}, "counts": {}}
        return view | ({"comment": shown} if kind == "comment" else {})

    def list(self, kind: str, query: dict[str, str]) -> dict[str, Any]:
        items = self.posts if kind == "post" else self.comments
        newest = [item for item in reversed(items.values()) if not (item["deleted"] or item["removed"])]
        size, page = int(query["limit"]), int(query.get("page") or query.get("page_cursor", "p1")[1:])
        shown = [self._view(kind, item) for item in newest[size * (page - 1) : size * page]]
        more = {"next_page": f"p{page + 1}"} if len(newest) > size * page else {}
        if self.version == "v4":
            return {"items": shown} | more
        return {f"{kind}s": shown} | (more if kind == "post" else {})

    def one(self, kind: str, query: dict[str, str]) -> dict[str, Any] | None:
        item = (self.posts if kind == "post" else self.comments).get(int(query["id"]))
        return {f"{kind}_view": self._view(kind, item)} if item else None

    def _guarded(self, route: Any) -> Any:
        def answer(asked: Asked) -> Answer:
            if self.limited:
                return Answer('{"error":"rate_limit_error"}', 400, JSON)
            if self.token and asked.headers.get("authorization") != f"Bearer {self.token}":
                return Answer('{"error":"incorrect_login"}', 401, JSON)
            found = route({name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()})
            if found is None:
                return Answer('{"error":"couldnt_find_comment"}', 404, JSON)
            return Answer(json.dumps(found), headers=JSON)

        return answer
