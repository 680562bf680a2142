"""WordPress comments by REST, with an application password.

Account: `address` is the site's REST base (`https://example.org/wp-json`; the site's own address works too),
`account` the user name, `secret` the application password. Settings: `timeout_seconds` (default 20).

Facts this relies on, each seen on a real WordPress: a wrong password gives the same 401 as none; a reply to a comment
that does not exist is accepted with 201, so the parent is looked at first; the same words by the same author are
refused with 409, which means that they already stand there; a comment in moderation is `hold`.
"""

from __future__ import annotations

import base64
import html
import json
import re
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from responder.publishers.base import Account, Doubles, Limits, Outcome, Outgoing, Result, Standing, Trouble
from responder.publishers.http import Answer, Line, NotPublic, usual_outcome
from responder.similar import same_words

TIMEOUT_SECONDS = 20.0
PER_PAGE = 100
FLOOD_SECONDS = 30.0
"""WordPress lets the same author write again 15 s after his last comment, and says nothing about it in a header."""

_TAG = re.compile(r"<[^>]*>")


class WordPressPublisher:
    """Answers a comment as the account's user."""

    kind = "wordpress"
    doubles = Doubles.LIST_THEN_POST
    limits = Limits(65525, "bytes")
    settle_seconds = 60.0

    def __init__(self, account: Account) -> None:
        self.timeout_seconds = float(account.settings.get("timeout_seconds", TIMEOUT_SECONDS))
        pair = f"{account.account}:{account.secret}".encode()
        self.headers = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
        self.line = Line(self.timeout_seconds, allow_private=account.allow_private)
        self.base = rest_base(account.address)
        self.own_id: int | None = None

    def standing(self, outgoing: Outgoing) -> Standing:
        self.line.start()
        answer = self._get(f"comments/{quote(outgoing.target, safe='')}")
        if answer.code in ("rest_comment_invalid_id", "rest_cannot_read") or answer.status == 410:
            return Standing(exists=False)
        comment = _object(answer)
        if comment is None:
            raise Trouble(_looking(_misled(answer) or usual_outcome(answer)))
        return Standing(exists=_is_public(comment), text=plain(_rendered(comment)))

    def send(self, outgoing: Outgoing) -> Outcome:
        self.line.start()
        parent = _object(self._get(f"comments/{quote(outgoing.target, safe='')}"))
        if parent is None or not _is_public(parent):
            return Outcome(Result.RETRY_LATER, detail="The comment could not be read; nothing was sent.")
        body = {"post": parent.get("post"), "parent": parent.get("id"), "content": outgoing.text}
        headers = self.headers | {"content-type": "application/json"}
        answer = self.line.request(
            "POST", f"{self.base}/wp/v2/comments", headers=headers, body=json.dumps(body).encode()
        )  # fmt: skip
        return self._sent(answer, outgoing)

    def find(self, outgoing: Outgoing) -> Outcome:
        self.line.start()
        return self._find(outgoing)

    def _find(self, outgoing: Outgoing) -> Outcome:
        own = self._own_id()
        if isinstance(own, Outcome):
            return own
        for status in ("approve", "hold"):
            found = self._among(self._children(outgoing, status), outgoing, own)
            if found is not None:
                return found
        return Outcome(Result.REFUSED, detail="The reply is not there.")

    def _sent(self, answer: Answer, outgoing: Outgoing) -> Outcome:
        comment = _object(answer)
        if answer.status == 201 and comment is not None:
            return _placed(comment)
        if answer.code == "comment_duplicate":
            return self._twin(outgoing)
        if answer.code in ("rest_comment_invalid_post_id", "rest_comment_invalid_id"):
            return Outcome(Result.GONE, detail="The commented page does not exist any more.")
        outcome = _misled(answer) or usual_outcome(answer)
        if outcome.result is Result.RETRY_LATER and outcome.wait_seconds is None:
            return replace(outcome, wait_seconds=FLOOD_SECONDS)
        return outcome

    def _twin(self, outgoing: Outgoing) -> Outcome:
        """The site says that these words by us are there already; a place we cannot see is its moderation."""
        found = self._find(outgoing)
        if found.result is Result.REFUSED:
            return Outcome(Result.PENDING, detail="The reply is there, but the site does not show it yet.")
        return found

    def _children(self, outgoing: Outgoing, status: str) -> Answer:
        """The answers to the comment, with their exact wording where the account may see it."""
        query = {"parent": outgoing.target, "status": status, "per_page": PER_PAGE}
        exact = self._get(f"comments?{urlencode(query | {'context': 'edit'})}")
        if exact.status in (401, 403) and status == "approve":
            return self._get(f"comments?{urlencode({'parent': outgoing.target, 'per_page': PER_PAGE})}")
        return exact

    def _among(self, answer: Answer, outgoing: Outgoing, own: int) -> Outcome | None:
        """Our reply among them; None when it is not. Comments in moderation that we may not see are not there."""
        if answer.code in ("rest_forbidden_context", "rest_forbidden_param", "rest_forbidden_status"):
            return None
        if answer.status != 200 or not isinstance(answer.body, list):
            return _looking(_misled(answer) or usual_outcome(answer))
        ours = [one for one in answer.body if isinstance(one, dict) and one.get("author") == own]
        comment = next((one for one in ours if same_words(_wording(one), outgoing.text)), None)
        return None if comment is None else _placed(comment)

    def _own_id(self) -> int | Outcome:
        if self.own_id is None:
            answer = self._get("users/me")
            user = _object(answer)
            if user is None or not isinstance(user.get("id"), int):
                return _looking(_misled(answer) or usual_outcome(answer))
            self.own_id = int(user["id"])
        return self.own_id

    def _get(self, path: str) -> Answer:
        try:
            return self.line.request("GET", f"{self.base}/wp/v2/{path}", headers=self.headers)
        except NotPublic as error:
            raise Trouble(Outcome(Result.AUTH, detail=str(error))) from error


def rest_base(address: str) -> str:
    """The REST base of a site: the part up to `/wp-json` of what was given."""
    head, mark, _rest = address.rstrip("/").partition("/wp-json")
    return head + (mark or "/wp-json")


def plain(rendered: str) -> str:
    """The words of a rendered comment; mark-up becomes blanks."""
    return html.unescape(_TAG.sub(" ", rendered)).strip()


def _object(answer: Answer) -> dict[str, Any] | None:
    return answer.body if answer.status in (200, 201) and isinstance(answer.body, dict) else None


def _is_public(comment: dict[str, Any]) -> bool:
    return bool(comment.get("status", "approved") == "approved")


def _rendered(comment: dict[str, Any]) -> str:
    content = comment.get("content")
    return str(content.get("rendered", "")) if isinstance(content, dict) else ""


def _wording(comment: dict[str, Any]) -> str:
    content = comment.get("content")
    raw = content.get("raw") if isinstance(content, dict) else None
    return str(raw) if raw else plain(_rendered(comment))


def _placed(comment: dict[str, Any]) -> Outcome:
    """Public, or waiting for the site's moderation."""
    result = Result.OK if _is_public(comment) else Result.PENDING
    detail = "" if result is Result.OK else "The reply waits for the site's own moderation."
    return Outcome(result, str(comment.get("id", "")), str(comment.get("link", "")), detail)


def _misled(answer: Answer) -> Outcome | None:
    """A 404 that is not about a comment: the address does not lead to a WordPress with an open REST interface."""
    if answer.status == 404 and not answer.code.startswith("rest_comment"):
        detail = "There is no WordPress comment interface at this address. Please check the address of the account."
        return Outcome(Result.AUTH, detail=detail)
    return None


def _looking(outcome: Outcome) -> Outcome:
    """A look that was refused proves nothing: try again later, unless the account itself is not accepted."""
    if outcome.result is Result.AUTH:
        return outcome
    return Outcome(Result.RETRY_LATER, detail=outcome.detail, wait_seconds=outcome.wait_seconds)
