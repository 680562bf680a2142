"""WordPress's comment interface as far as we use it, in the format that a real 6.1 spoke when it was recorded."""

from __future__ import annotations

import base64
import html
from dataclasses import dataclass
from typing import Any

from tests.publishers.platform import Platform, Reply, Request

USER, PASSWORD, OWN_ID = "rosi", "abcd efgh ijkl mnop", 1
MAX_BYTES = 65525


@dataclass
class Comment:
    id: int
    text: str
    parent: int = 0
    author: int = 0
    post: int = 4
    status: str = "approved"

    def as_json(self, context: str) -> dict[str, Any]:
        content = {"rendered": f"<p>{html.escape(self.text).replace(chr(10) * 2, '</p>' + chr(10) + '<p>')}</p>\n"}
        if context == "edit":
            content["raw"] = self.text
        link = f"http://127.0.0.1/2026/kundenstimmen/#comment-{self.id}"
        return {
            "id": self.id,
            "post": self.post,
            "parent": self.parent,
            "author": self.author,
            "author_name": "admin" if self.author else "Herr Müller",
            "date_gmt": "2026-11-22T03:19:21",
            "content": content,
            "link": link,
            "status": self.status,
            "type": "comment",
        }


@dataclass
class Rules:
    """How this site is set up."""

    moderator: bool = True
    new_status: str = "approved"
    closed: bool = False
    flood: bool = False


class FakeWordPress(Platform):
    """One article (4) with one visitor's comment (2)."""

    def __init__(self) -> None:
        super().__init__()
        self.rules = Rules()
        self.comments: dict[int, Comment] = {2: Comment(2, "Ich habe eine Stunde gewartet & niemand kam.")}

    @property
    def ours(self) -> list[str]:
        return [comment.text for comment in self.comments.values() if comment.author == OWN_ID]

    def handle(self, request: Request) -> Reply:
        path = request.path.removeprefix("/wp-json/wp/v2/")
        if path == "users/me":
            return self._me(request)
        if path == "comments":
            return self._create(request) if request.method == "POST" else self._list(request)
        if path.startswith("comments/"):
            return self._one(request, path.removeprefix("comments/"))
        return error(404, "rest_no_route")

    def _me(self, request: Request) -> Reply:
        return Reply(200, {"id": OWN_ID, "name": "admin"}) if logged_in(request) else error(401, "rest_not_logged_in")

    def _one(self, request: Request, given: str) -> Reply:
        comment = self.comments.get(int(given)) if given.isdigit() else None
        if comment is None:
            return error(404, "rest_comment_invalid_id")
        if comment.status != "approved" and not (logged_in(request) and self.rules.moderator):
            return error(401, "rest_cannot_read")
        return Reply(200, comment.as_json("view"))

    def _list(self, request: Request) -> Reply:
        context, status = request.query.get("context", "view"), request.query.get("status", "approve")
        if (context == "edit" or status != "approve") and not (logged_in(request) and self.rules.moderator):
            code = "rest_forbidden_context" if context == "edit" else "rest_forbidden_param"
            return error(403 if logged_in(request) else 401, code)
        wanted = {"approve": "approved"}.get(status, status)
        parent = int(request.query["parent"])
        found = [one for one in self.comments.values() if (one.parent, one.status) == (parent, wanted)]
        return Reply(200, [one.as_json(context) for one in found])

    def _create(self, request: Request) -> Reply:
        if not logged_in(request):
            return error(401, "rest_comment_login_required")
        text, parent = str(request.body.get("content", "")), int(request.body.get("parent", 0))
        if refusal := self._refusal(request.body.get("post"), text):
            return refusal
        number = max(self.comments) + 1
        self.comments[number] = Comment(number, text, parent, OWN_ID, status=self.rules.new_status)
        return Reply(201, self.comments[number].as_json("edit"))

    def _refusal(self, post: object, text: str) -> Reply | None:
        if post != 4:
            return error(403, "rest_comment_invalid_post_id")
        if self.rules.closed:
            return error(403, "rest_comment_closed")
        if self.rules.flood:
            return error(429, "comment_flood")
        if not text.strip():
            return error(400, "rest_comment_content_invalid")
        if len(text.encode()) > MAX_BYTES:
            return error(400, "comment_content_column_length")
        return error(409, "comment_duplicate") if text in self.ours else None


def logged_in(request: Request) -> bool:
    expected = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return request.headers.get("authorization") == f"Basic {expected}"


def error(status: int, code: str) -> Reply:
    return Reply(status, {"code": code, "message": "…", "data": {"status": status}})
