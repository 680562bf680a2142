"""The demo platform: posts are not idempotent, so the list of replies is read before anything is sent twice.

Account: `address` is the site's base address, `secret` its bearer token. Settings: `timeout_seconds` (default 5).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from responder.publishers.base import Account, Doubles, Limits, Outcome, Outgoing, Result, Standing, Trouble
from responder.publishers.http import Answer, Line, NotPublic, usual_outcome
from responder.similar import same_words

TIMEOUT_SECONDS = 5.0


class DemoPublisher:
    """Speaks the demo site's little interface: `POST /reply`, `GET /api/review/<id>`."""

    kind = "demo"
    doubles = Doubles.LIST_THEN_POST
    limits = Limits(4000, "chars")
    settle_seconds = 5.0

    def __init__(self, account: Account) -> None:
        self.timeout_seconds = float(account.settings.get("timeout_seconds", TIMEOUT_SECONDS))
        self.base = account.address.rstrip("/")
        self.headers = {"authorization": f"Bearer {account.secret}"}
        self.line = Line(self.timeout_seconds, allow_private=account.allow_private)

    def standing(self, outgoing: Outgoing) -> Standing:
        self.line.start()
        answer = self._review(outgoing)
        if answer.status in (404, 410):
            return Standing(exists=False)
        if answer.status != 200 or not isinstance(answer.body, dict):
            raise Trouble(_looking(usual_outcome(answer)))
        review = answer.body
        exists = not review.get("deleted", False)
        return Standing(exists, review.get("title"), review.get("text"), _rating(review.get("rating")))

    def send(self, outgoing: Outgoing) -> Outcome:
        form = {"review": outgoing.target, "text": outgoing.text, "key": outgoing.idempotency_key}
        headers = self.headers | {"content-type": "application/x-www-form-urlencoded"}
        self.line.start()
        try:
            answer = self.line.request("POST", f"{self.base}/reply", headers=headers, body=urlencode(form).encode())
        except NotPublic as error:
            return Outcome(Result.AUTH, detail=str(error))
        if answer.status in (200, 201) and isinstance(answer.body, dict):
            return _public(answer.body, outgoing)
        return usual_outcome(answer)

    def find(self, outgoing: Outgoing) -> Outcome:
        self.line.start()
        answer = self._review(outgoing)
        if answer.status != 200 or not isinstance(answer.body, dict):
            return _looking(usual_outcome(answer))
        if answer.body.get("deleted", False):
            return Outcome(Result.GONE, detail="The review is deleted.")
        for reply in answer.body.get("replies", ()):
            if same_words(str(reply.get("text", "")), outgoing.text):
                return _public(reply, outgoing)
        return Outcome(Result.REFUSED, detail="The reply is not there.")

    def _review(self, outgoing: Outgoing) -> Answer:
        url = f"{self.base}/api/review/{quote(outgoing.target, safe='')}"
        try:
            return self.line.request("GET", url, headers=self.headers)
        except NotPublic as error:
            raise Trouble(Outcome(Result.AUTH, detail=str(error))) from error


def _looking(outcome: Outcome) -> Outcome:
    """A look that was refused proves nothing about the reply: it is tried again later."""
    if outcome.result in (Result.AUTH, Result.GONE):
        return outcome
    return Outcome(Result.RETRY_LATER, detail=outcome.detail, wait_seconds=outcome.wait_seconds)


def _public(reply: dict[str, Any], outgoing: Outgoing) -> Outcome:
    return Outcome(
        Result.OK, external_id=str(reply.get("id", "")), url=str(reply.get("url", "") or outgoing.target_url)
    )


def _rating(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
