"""Bluesky in the shape of recorded answers of PDS 0.5.35: sessions that end, notifications, search, posts, threads.

The entrance (`entry`) logs in and names the account's own server (`home`), which answers everything else.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = datetime(2026, 11, 1, 8, 0, tzinfo=UTC)
SECRET = "laden.bsky.social:abcd-efgh-ijkl-mnop"
OWN = "did:plc:ri7nnotfojtfmg2vxwljpo5c"
LIMIT = {"ratelimit-limit": "30", "ratelimit-remaining": "0", "ratelimit-policy": "30;w=300", "retry-after": "289"}
MENTION = "app.bsky.richtext.facet#mention"
Document = dict[str, Any]


def error(code: str, status: int = 400, **headers: str) -> Answer:
    return Answer(json.dumps({"error": code, "message": "eine Meldung"}), status, headers)


class Sky:
    """`posts` by address, oldest first. Only the newest tokens are valid, unless they are among the `ended`.

    `name` and `own` are what the account logs in with and its DID.
    """

    def __init__(self, entry: Site, home: Site) -> None:
        self.entry, self.home = entry, home
        self.posts: dict[str, Document] = {}
        self.heard: list[tuple[str, str]] = []
        self.blocked: set[str] = set()
        self.logins = self.refreshes = self.written = 0
        self.allowed_logins = 30
        self.ended: set[str] = set()
        self.says_the_end = True
        self.name, self.own = SECRET.partition(":")[0], OWN
        entry["/xrpc/com.atproto.server.createSession"] = self.create
        home["/xrpc/com.atproto.server.refreshSession"] = self.refresh
        for method, answer in {
            "app.bsky.notification.listNotifications": self.notifications,
            "app.bsky.feed.searchPosts": self.search,
            "app.bsky.feed.getPosts": self.get_posts,
            "app.bsky.feed.getPostThread": self.thread,
        }.items():
            home.pages[f"/xrpc/{method}?"] = lambda asked, answer=answer: self.guarded(asked, answer)

    def write(
        self, text: str, name: str = "karla", *, reason: str = "mention", above: str = "", written: str = ""
    ) -> str:
        """Post something; the business hears of it for a `reason`, if it is not its own. Returns the address."""
        did = OWN if name == "laden" else f"did:plc:{name}"
        self.written += 1
        at = (START + timedelta(minutes=self.written - 1)).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        uri = f"at://{did}/app.bsky.feed.post/3n2uofuz2{self.written - 1:04d}"
        reply = {"reply": {"root": {"uri": above, "cid": "x"}, "parent": {"uri": above, "cid": "x"}}} if above else {}
        self.posts[uri] = {
            "uri": uri,
            "cid": f"bafyrei{self.written - 1:04d}",
            "author": {
                "did": did,
                "handle": f"{name}.bsky.social",
                "displayName": name.title(),
                "avatar": "https://cdn.example/avatar.jpg",
                "viewer": {"muted": False, "blockedBy": False},
                "labels": [],
            },
            "record": {
                "text": text,
                "$type": "app.bsky.feed.post",
                "langs": ["de"],
                "facets": [{"index": {"byteEnd": 6, "byteStart": 0}, "features": [{"did": OWN, "$type": MENTION}]}],
                "createdAt": written or at,
                **reply,
            },
            "likeCount": 0,
            "indexedAt": at,
            "labels": [],
        }
        if reason and name != "laden":
            self.heard.append((uri, reason))
        return uri

    def edit(self, uri: str, text: str) -> None:
        self.posts[uri]["record"] = {**self.posts[uri]["record"], "text": text}
        self.posts[uri]["cid"] += "neu"

    def delete(self, uri: str) -> None:
        del self.posts[uri]
        self.heard = [one for one in self.heard if one[0] != uri]

    def create(self, asked: Asked) -> Answer:
        if self.logins >= self.allowed_logins:
            return error("RateLimitExceeded", 429, **LIMIT)
        given = json.loads(asked.body)
        if (given["identifier"], given["password"]) != (self.name, SECRET.partition(":")[2]):
            return error("AuthenticationRequired", 401)
        self.logins += 1
        return self.session()

    def refresh(self, asked: Asked) -> Answer:
        token = asked.headers["authorization"].removeprefix("Bearer ")
        if token != f"refresh{self.turn}" or token in self.ended:
            return error("ExpiredToken")
        self.refreshes += 1
        return self.session()

    @property
    def turn(self) -> int:
        return self.logins + self.refreshes

    def end(self, *kinds: str) -> None:
        """Let the tokens of these kinds (`access`, `refresh`) end."""
        self.ended |= {f"{kind}{self.turn}" for kind in kinds}

    def session(self) -> Answer:
        service = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": self.home.url}
        tokens = {"accessJwt": f"access{self.turn}", "refreshJwt": f"refresh{self.turn}"}
        account = {"did": self.own, "handle": "laden.bsky.social", "email": "wirtin@post.example", "active": True}
        return Answer(json.dumps({**tokens, **account, "didDoc": {"id": self.own, "service": [service]}}))

    def guarded(self, asked: Asked, answer: Any) -> Answer:
        token = asked.headers.get("authorization", "").removeprefix("Bearer ")
        if not token:
            return error("AuthMissing", 401)
        if token in self.ended:
            return error("ExpiredToken")
        if token != f"access{self.turn}":
            return error("InvalidToken")
        found: Answer = answer(parse_qs(urlsplit(asked.path).query))
        return found

    def notifications(self, query: dict[str, list[str]]) -> Answer:
        shown = [
            {key: value for key, value in self.view(uri).items() if key not in ("replyCount", "likeCount")}
            | {"reason": reason, "isRead": False}
            for uri, reason in reversed(self.heard)
            if reason in query["reasons"]
        ]
        return self.part("notifications", shown, query, priority=False)

    def search(self, query: dict[str, list[str]]) -> Answer:
        words = query["q"][0]
        found = [self.view(uri) for uri in reversed(self.posts) if words in self.posts[uri]["record"]["text"]]
        return self.part("posts", found, query)

    def part(self, key: str, items: list[Document], query: dict[str, list[str]], **more: Any) -> Answer:
        start, limit = int(query.get("cursor", ["0"])[0]), int(query["limit"][0])
        end = start + limit if self.says_the_end else start
        more |= {"cursor": str(start + limit)} if len(items) > end else {}
        return Answer(json.dumps({key: items[start : start + limit], **more}))

    def get_posts(self, query: dict[str, list[str]]) -> Answer:
        if len(query["uris"]) > 25:
            return error("InvalidRequest")
        there = [uri for uri in query["uris"] if uri in self.posts and uri not in self.blocked]
        return Answer(json.dumps({"posts": [self.view(uri) for uri in there]}))

    def thread(self, query: dict[str, list[str]]) -> Answer:
        [uri] = query["uri"]
        if uri not in self.posts:
            return error("NotFound")
        return Answer(json.dumps({"thread": self.branch(uri)}))

    def branch(self, uri: str) -> Document:
        if uri in self.blocked:
            return {"$type": "app.bsky.feed.defs#blockedPost", "uri": uri, "blocked": True, "author": {"did": "x"}}
        below = [self.branch(one) for one in self.below(uri)]
        return {"post": self.view(uri), "replies": below, "$type": "app.bsky.feed.defs#threadViewPost"}

    def below(self, uri: str) -> list[str]:
        replies = {one: post["record"].get("reply") for one, post in self.posts.items()}
        return [one for one, reply in replies.items() if reply and reply["parent"]["uri"] == uri]

    def view(self, uri: str) -> Document:
        return {**self.posts[uri], "replyCount": len(self.below(uri))}
