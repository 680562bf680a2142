"""A stand-in for the Google Play Developer API: reviews of a week, newest change first."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.peers.discovery import discovery
from tests.spiders.google import Checked, Tokens, error
from tests.spiders.site import Answer, Asked, Site

PACKAGE = "at.lindner.moebel"
LIST = f"/androidpublisher/v3/applications/{PACKAGE}/reviews"
SCOPE = "https://www.googleapis.com/auth/androidpublisher"
START = 1_795_600_000


class Play:
    """Reviews by id. `refusal` is answered instead of the list, if set."""

    def __init__(self, site: Site) -> None:
        self.site, self.tokens = site, Tokens(site, SCOPE)
        self.checked = Checked(discovery("androidpublisher.v3"))
        self.reviews: dict[str, dict[str, Any]] = {}
        self.refusal: Answer | None = None
        self.clock, self.written = START, 0
        self.aged: set[str] = set()
        self.knows_single = True
        site.pages[f"{LIST}?"] = self.list

    def write(self, text: str, stars: int = 2, name: str = "Karl Berger") -> str:
        self.written += 1
        identity = f"r{self.written}"
        said = {"text": text, "lastModified": self._now(), "starRating": stars, "reviewerLanguage": "de"}
        self.site[f"{LIST}/{identity}"] = lambda asked: self.one(asked, identity)
        self.reviews[identity] = {
            "reviewId": identity,
            "authorName": name,
            "comments": [{"userComment": said | {"device": "klte", "deviceMetadata": {"productName": "klte"}}}],
        }
        return identity

    def edit(self, identity: str, text: str) -> None:
        self.reviews[identity]["comments"][0]["userComment"] |= {"text": text, "lastModified": self._now()}

    def reply(self, identity: str, text: str) -> None:
        answer = {"developerComment": {"text": text, "lastModified": self._now()}}
        self.reviews[identity]["comments"][1:] = [answer]

    def delete(self, identity: str) -> None:
        del self.reviews[identity]

    def age(self, *identities: str) -> None:
        """Reviews of more than a week are neither listed nor known by themselves."""
        self.aged |= set(identities)

    def pass_a_week(self) -> None:
        self.age(*self.reviews)

    def one(self, asked: Asked, identity: str) -> Answer:
        if identity not in self.reviews or identity in self.aged or not self.knows_single:
            return error(404, "notFound", "NOT_FOUND")
        return self.checked.answer(asked, self.reviews[identity])

    def list(self, asked: Asked) -> Answer:
        if not self.tokens.accepts(asked):
            return error(401, "authError", "UNAUTHENTICATED")
        if self.refusal is not None:
            return self.refusal
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        young = [review for identity, review in self.reviews.items() if identity not in self.aged]
        newest = sorted(young, key=_changed, reverse=True)
        start, size = int(query.get("token", "0")), int(query["maxResults"])
        page = newest[start : start + size]
        answer: dict[str, Any] = {"reviews": page, "pageInfo": {"totalResults": len(newest)}} if page else {}
        if start + size < len(newest):
            answer["tokenPagination"] = {"nextPageToken": str(start + size)}
        return self.checked.answer(asked, answer)

    def _now(self) -> dict[str, Any]:
        self.clock += 60
        return {"seconds": str(self.clock), "nanos": 5_000_000}


def _changed(review: dict[str, Any]) -> int:
    return int(review["comments"][0]["userComment"]["lastModified"]["seconds"])
