"""A stand-in for the reviews of the Google My Business API, version 4, as Google documents them.

This version is not among the descriptions that Google's client library brings along, so nothing else checks it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.google import JSON, Tokens, error
from tests.spiders.site import Answer, Asked, Site

PLACE = "accounts/101/locations/202"
LIST = f"/v4/{PLACE}/reviews"
SCOPE = "https://www.googleapis.com/auth/business.manage"
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
WORDS = ("STAR_RATING_UNSPECIFIED", "ONE", "TWO", "THREE", "FOUR", "FIVE")


class Business:
    """Reviews by id. `refusal` is answered instead of the list, if set."""

    def __init__(self, site: Site) -> None:
        self.site, self.tokens = site, Tokens(site, SCOPE)
        self.reviews: dict[str, dict[str, Any]] = {}
        self.refusal: Answer | None = None
        self.clock = START
        site.pages[f"{LIST}?"] = self.list

    def write(self, text: str = "", stars: int = 2, name: str = "Karl Berger") -> str:
        identity = f"AbFvOq{len(self.reviews) + 1}"
        now = self._now()
        self.reviews[identity] = {
            "name": f"{PLACE}/reviews/{identity}",
            "reviewId": identity,
            "reviewer": {"profilePhotoUrl": "https://lh3.example/a/p", "displayName": name}
            if name
            else {"isAnonymous": True},
            "starRating": WORDS[stars],
            "createTime": now,
            "updateTime": now,
        } | ({"comment": text} if text else {})
        return identity

    def edit(self, identity: str, text: str) -> None:
        self.reviews[identity] |= {"comment": text, "updateTime": self._now()}

    def reply(self, identity: str, text: str, state: str = "APPROVED", violation: str = "") -> None:
        answer = {"comment": text, "updateTime": self._now(), "reviewReplyState": state}
        self.reviews[identity]["reviewReply"] = answer | ({"policyViolation": violation} if violation else {})

    def list(self, asked: Asked) -> Answer:
        if not self.tokens.accepts(asked):
            return error(401, "authError", "UNAUTHENTICATED")
        if self.refusal is not None:
            return self.refusal
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        if query.keys() - {"pageSize", "pageToken", "orderBy"} or query.get("orderBy") != "updateTime desc":
            return error(400, "badRequest", "INVALID_ARGUMENT")
        newest = sorted(self.reviews.values(), key=lambda review: str(review["updateTime"]), reverse=True)
        start, size = int(query.get("pageToken", "0")), int(query["pageSize"])
        page = newest[start : start + size]
        answer = {"reviews": page, "averageRating": 3.1, "totalReviewCount": len(newest)} if page else {}
        more = {"nextPageToken": str(start + size)} if start + size < len(newest) else {}
        return Answer(json.dumps(answer | more), headers=JSON)

    def _now(self) -> str:
        self.clock += timedelta(minutes=1)
        return self.clock.strftime("%Y-%m-%dT%H:%M:%S.123456789Z")
