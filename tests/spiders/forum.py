"""A Discourse forum in small: topics and posts that can be written, edited, withdrawn and deleted, in its own shape."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
JSON = {"Content-Type": "application/json; charset=utf-8"}
CHUNK = 20
LATEST = 50
TOPICS = 30


class Forum:
    """Posts by id. `staff` are user names of moderators; `key` closes the forum to everybody without it."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.posts: dict[int, dict[str, Any]] = {}
        self.deleted: set[int] = set()
        self.users: dict[str, int] = {}
        self.staff: set[str] = set()
        self.key = ""
        site["/posts.json"] = self._guarded(self.latest)
        site.pages["/posts.json?"] = self._guarded(self.latest)
        site.pages["/c/service/5/l/latest.json?"] = self._guarded(self.topics)

    def write(self, text: str, user: str = "karl_m", *, topic: int = 1, reply_to: int | None = None) -> int:
        number = max(self.posts, default=0) + 1
        place = 1 + max((post["post_number"] for post in self.posts.values() if post["topic_id"] == topic), default=0)
        time = (START + timedelta(minutes=number)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.posts[number] = {
            "id": number, "name": f"{user.title()} Beispiel", "username": user, "avatar_template": "/a/{size}.png",
            "created_at": time, "updated_at": time, "cooked": f"<p>{text}</p>", "post_number": place, "post_type": 1,
            "reply_count": 0, "reply_to_post_number": reply_to, "topic_id": topic, "topic_slug": "lieferung",
            "version": 1, "user_id": self.users.setdefault(user, len(self.users) + 1), "hidden": False,
            "staff": user in self.staff, "moderator": user in self.staff, "admin": False, "deleted_at": None,
            "user_deleted": False, "edit_reason": None, "trust_level": 1,
        }  # fmt: skip
        self.site[f"/posts/{number}.json"] = self._guarded(lambda _asked: self.one(number))
        for near in (1_000_000, *range(1, place + 1)):
            self.site[f"/t/{topic}/{near}.json"] = self._guarded(lambda _asked, near=near: self.topic(topic, near))
        return number

    def edit(self, number: int, text: str) -> None:
        later = (START + timedelta(days=1)).isoformat().replace("+00:00", "Z")
        self.posts[number] |= {"cooked": f"<p>{text}</p>", "version": 2, "updated_at": later}

    def withdraw(self, number: int) -> None:
        """As the author does: the post stays for a day with a mark."""
        self.posts[number] |= {"user_deleted": True, "cooked": "<p>(Beitrag vom Verfasser gelöscht)</p>"}

    def delete(self, number: int) -> None:
        self.deleted.add(number)

    def hide(self, number: int) -> None:
        """As the community does by complaining."""
        self.posts[number] |= {"hidden": True, "cooked": "<p>Dieser Beitrag wurde gemeldet.</p>"}

    @property
    def visible(self) -> list[dict[str, Any]]:
        return [post for number, post in self.posts.items() if number not in self.deleted]

    def one(self, number: int) -> Answer:
        if number in self.deleted:
            return Answer('{"errors":["Nicht gefunden"],"error_type":"not_found"}', 404, JSON)
        return Answer(json.dumps(self.posts[number]), headers=JSON)

    def latest(self, asked: Asked) -> Answer:
        before = int(parse_qs(urlsplit(asked.path).query).get("before", ["1000000"])[0])
        newest = [post | {"topic_title": "Wo bleibt die Lieferung?"} for post in reversed(self.visible)]
        found = [post for post in newest if post["id"] < before][:LATEST]
        return Answer(json.dumps({"latest_posts": found}), headers=JSON)

    def topic(self, topic: int, near: int) -> Answer:
        posts = [post for post in self.visible if post["topic_id"] == topic]
        closest = min(range(len(posts)), key=lambda index: abs(posts[index]["post_number"] - near))
        first = max(0, min(closest - CHUNK // 4, len(posts) - CHUNK))
        shown = {
            "post_stream": {"posts": posts[first : first + CHUNK], "stream": [post["id"] for post in posts]},
            "id": topic, "title": "Wo bleibt die Lieferung?", "posts_count": len(posts), "slug": "lieferung",
        }  # fmt: skip
        return Answer(json.dumps(shown), headers=JSON)

    def topics(self, asked: Asked) -> Answer:
        """Those in which somebody wrote last come first, thirty a page."""
        newest = {post["topic_id"]: post for post in self.visible}
        listed = [
            {
                "id": topic, "title": "Wo bleibt die Lieferung?", "highest_post_number": post["post_number"],
                "last_posted_at": post["created_at"], "bumped_at": post["created_at"], "pinned": False,
            }
            for topic, post in newest.items()
        ]  # fmt: skip
        listed.sort(key=lambda topic: str(topic["bumped_at"]), reverse=True)
        start = TOPICS * int(parse_qs(urlsplit(asked.path).query).get("page", ["0"])[0])
        part = {"per_page": TOPICS, "topics": listed[start : start + TOPICS]}
        if start + TOPICS < len(listed):
            part["more_topics_url"] = f"/c/service/5/l/latest?page={start // TOPICS + 1}"
        return Answer(json.dumps({"users": [], "topic_list": part}), headers=JSON)

    def _guarded(self, route: Any) -> Any:
        def answer(asked: Asked) -> Answer:
            if self.key and asked.headers.get("api-key") != self.key:
                return Answer('{"errors":["Anmeldung nötig"],"error_type":"not_logged_in"}', 403, JSON)
            found: Answer = route(asked)
            return found

        return answer
