"""Stand-ins for Apple's two ways to reviews: the public feed by country, and App Store Connect for the owner."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import jwt

from tests.spiders.keys import apple_pair
from tests.spiders.site import Answer, Asked, Site

APP = "1592550875"
START = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
CALIFORNIA = ZoneInfo("America/Los_Angeles")
FORMS = (
    re.compile(r"/(?P<country>\w\w)/rss/customerreviews/page=(?P<page>\d+)/id=1592550875/sortby=mostrecent/json"),
    re.compile(r"/(?P<country>\w\w)/rss/customerreviews/id=1592550875/page=(?P<page>\d+)/sortBy=mostRecent/json"),
)
JSON = {"Content-Type": "text/javascript; charset=utf-8"}

Entry = dict[str, Any]


class Feed:
    """Reviews by country, newest last. `blank` holds (form, country, page) that are shown without any entry."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.reviews: dict[str, list[Entry]] = {}
        self.blank: set[tuple[int, str, int]] = set()
        self.app_first = False
        self.refusals: dict[tuple[str, int], Answer] = {}
        for country in ("de", "at", "ch", "fr"):
            for page in range(1, 12):
                for number, form in enumerate(("page={}/id={}/sortby=mostrecent", "id={1}/page={0}/sortBy=mostRecent")):
                    path = f"/{country}/rss/customerreviews/{form.format(page, APP)}/json"
                    site[path] = self._page(number, country, page)

    def write(self, text: str, stars: int = 2, country: str = "de") -> str:
        identity = str(14_548_543_000 + sum(len(listed) for listed in self.reviews.values()))
        written = (START + timedelta(minutes=int(identity[-4:]))).astimezone(CALIFORNIA).isoformat()
        entry = {
            "author": {
                "uri": {"label": f"https://itunes.apple.com/{country}/reviews/id9{identity[-4:]}"},
                "name": {"label": "Karl Berger"},
                "label": "",
            },
            "updated": {"label": written},
            "im:rating": {"label": str(stars)},
            "im:version": {"label": "1.8.0"},
            "id": {"label": identity},
            "title": {"label": "Naja"},
            "content": {"label": text, "attributes": {"type": "text"}},
            "link": {"attributes": {"rel": "related", "href": f"https://itunes.apple.com/{country}/review?id={APP}"}},
        }
        self.reviews.setdefault(country, []).append(entry)
        return identity

    def _page(self, form: int, country: str, page: int) -> Any:
        def answer(_asked: Asked) -> Answer:
            refusal = self.refusals.get((country, page))
            return refusal or Answer(json.dumps({"feed": self._feed(form, country, page)}), headers=JSON)

        return answer

    def _feed(self, form: int, country: str, page: int) -> dict[str, Any]:
        feed = {"author": {"name": {"label": "iTunes Store"}}, "updated": {"label": "2026-11-20T02:39:26-07:00"}}
        newest = self.reviews.get(country, [])[::-1][50 * (page - 1) : 50 * page]
        if (form, country, page) in self.blank or not newest:
            return feed
        app = [{"im:name": {"label": "Möbel Lindner"}, "id": {"label": "app"}}] if self.app_first and page == 1 else []
        entries = [*app, *newest]
        return feed | {"entry": entries if len(entries) > 1 else entries[0]}


class Connect:
    """The owner's list of reviews. `refusal` is answered instead, if set; `refused` logins are not accepted."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.reviews: list[dict[str, Any]] = []
        self.answers: dict[str, dict[str, Any]] = {}
        self.refusal: Answer | None = None
        self.refused: set[str] = set()
        self.logins: list[str] = []
        self.elsewhere = ""
        site.pages[f"/v1/apps/{APP}/customerReviews?"] = self.list

    def write(self, text: str, stars: int = 2) -> str:
        identity = f"00000014-d9a1-{len(self.reviews) + 1:04}"
        created = (START + timedelta(minutes=len(self.reviews))).astimezone(CALIFORNIA).isoformat()
        attributes = {
            "rating": stars,
            "title": "Naja",
            "body": text,
            "reviewerNickname": "Karl Berger",
            "createdDate": created,
            "territory": "DEU",
        }
        self.reviews.append({"type": "customerReviews", "id": identity, "attributes": attributes, "relationships": {}})
        return identity

    def reply(self, identity: str, text: str, state: str = "PUBLISHED") -> None:
        attributes = {"responseBody": text, "lastModifiedDate": "2026-11-21T02:00:00-07:00", "state": state}
        self.answers[identity] = {"type": "customerReviewResponses", "id": f"a-{identity}", "attributes": attributes}
        [review] = [one for one in self.reviews if one["id"] == identity]
        review["relationships"] = {"response": {"data": {"type": "customerReviewResponses", "id": f"a-{identity}"}}}

    def list(self, asked: Asked) -> Answer:
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        self.logins.append(token)
        if token in self.refused or not _signed(token):
            return failure(401, "NOT_AUTHORIZED")
        if self.refusal is not None:
            return self.refusal
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        start, size = int(query.get("cursor", "0")), int(query["limit"])
        newest = self.reviews[::-1]
        page = newest[start : start + size]
        answer: dict[str, Any] = {"data": page, "links": {"self": f"{self.site.url}{asked.path}"}}
        answer["meta"] = {"paging": {"total": len(newest), "limit": size}}
        if start + size < len(newest):
            base = self.elsewhere or self.site.url
            answer["links"]["next"] = f"{base}/v1/apps/{APP}/customerReviews?cursor={start + size}&limit={size}"
        answer["included"] = [self.answers[one["id"]] for one in page if one["id"] in self.answers]
        return Answer(json.dumps(answer), headers={"Content-Type": "application/json"})


def failure(status: int, code: str) -> Answer:
    """An error as App Store Connect writes it."""
    told = {"id": "e1", "status": str(status), "code": code, "title": "Nein", "detail": "Das geht nicht."}
    return Answer(json.dumps({"errors": [told]}), status, {"Content-Type": "application/json", "Retry-After": "0"})


def _signed(token: str) -> bool:
    try:
        claims = jwt.decode(token, apple_pair().public, ["ES256"], audience="appstoreconnect-v1")
    except jwt.PyJWTError:
        return False
    return bool(claims["exp"] - claims["iat"] <= 1200)
