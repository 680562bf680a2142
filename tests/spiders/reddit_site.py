"""Reddit in small: listings behind an OAuth token, in the recorded shape, and the feeds for visitors."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.spiders.site import Answer, Asked, Site

START = 1793520000.0
JSON = {"Content-Type": "application/json; charset=UTF-8"}
ATOM = {"Content-Type": "application/atom+xml; charset=UTF-8"}
BASIC = "Basic YXBwOnN0cmVuZy1nZWhlaW0="  # app:streng-geheim


class RedditSite:
    """Posts (t3) and comments (t1) of r/lieferung. `token` is the only one accepted, `most` the longest page.

    A thread shows `shown` answers to a post or comment and names the others; below `deepest` answers it only says
    that there are some.
    """

    def __init__(self, site: Site) -> None:
        self.site = site
        self.things: dict[str, dict[str, Any]] = {}
        self.token = "t1"
        self.most = 100
        self.shown = 1000
        self.deepest = 10
        site["/api/v1/access_token"] = self.grant
        for path, choose in {
            "/r/lieferung/new": self.posts,
            "/r/lieferung/comments": self.comments,
            "/r/lieferung/search": self.posts,
            "/search": self.posts,
            "/message/mentions": self.comments,
            "/api/info": lambda: list(self.things.values()),
        }.items():
            site.pages[f"{path}?"] = lambda asked, choose=choose: self.listing(asked, choose())
            for end in (".rss", "/.rss"):
                site.pages[f"{path}{end}?"] = lambda _asked, choose=choose: self.feed(choose())
        site.pages["/comments/p0?"] = self.thread
        site.pages["/api/morechildren?"] = self.more_children

    def post(self, title: str, text: str = "", author: str = "karl_m") -> str:
        name = f"t3_p{len(self.things)}"
        self.things[name] = {
            **self._common(name, author), "title": title, "selftext": text, "removed_by_category": None,
            "permalink": f"/r/lieferung/comments/{name[3:]}/titel/",
        }  # fmt: skip
        return name

    def comment(self, text: str, author: str = "karl_m", *, above: str) -> str:
        name = f"t1_c{len(self.things)}"
        link = above if above.startswith("t3_") else self.things[above]["link_id"]
        self.things[name] = {
            **self._common(name, author), "body": text, "parent_id": above, "link_id": link, "replies": "",
            "permalink": f"/r/lieferung/comments/{link[3:]}/titel/{name[3:]}/",
        }  # fmt: skip
        return name

    def edit(self, name: str, text: str) -> None:
        self.things[name] |= {"body": text, "edited": START + 86400}

    def delete(self, name: str) -> None:
        text = {"body": "[deleted]"} if name.startswith("t1_") else {"selftext": "[removed]"}
        self.things[name] |= {"author": "[deleted]", "gone": True, **text}
        self.things[name].pop("author_fullname", None)

    def _common(self, name: str, author: str) -> dict[str, Any]:
        time = START + 60 * len(self.things)
        return {
            "name": name, "id": name[3:], "author": author, "author_fullname": f"t2_{author}", "created": time,
            "created_utc": time, "edited": False, "subreddit": "lieferung", "score": 1, "distinguished": None,
        }  # fmt: skip

    def posts(self) -> list[dict[str, Any]]:
        return [
            thing for name, thing in reversed(self.things.items()) if name.startswith("t3_") and "gone" not in thing
        ]

    def comments(self) -> list[dict[str, Any]]:
        return [
            thing for name, thing in reversed(self.things.items()) if name.startswith("t1_") and "gone" not in thing
        ]

    def grant(self, asked: Asked) -> Answer:
        allowed = asked.headers.get("authorization") == BASIC and b"refresh_token=r1" in asked.body
        given = {"access_token": self.token, "token_type": "bearer", "expires_in": 86400, "scope": "read"}
        return Answer(json.dumps(given) if allowed else '{"error": 401}', 200 if allowed else 401, JSON)

    def listing(self, asked: Asked, found: list[dict[str, Any]]) -> Answer:
        if asked.headers.get("authorization") != f"bearer {self.token}":
            return Answer('{"message": "Unauthorized", "error": 401}', 401, JSON)
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        if "id" in query:
            found = [thing for thing in found if thing["name"] in query["id"].split(",")]
        names = [thing["name"] for thing in found]
        if "after" in query and query["after"] not in names:
            return Answer(json.dumps(self._listing([])), headers=JSON)
        start = names.index(query["after"]) + 1 if "after" in query else 0
        shown = found[start : start + min(self.most, int(query.get("limit", 25)))]
        more = shown[-1]["name"] if shown and shown[-1] is not found[-1] else None
        return Answer(json.dumps(self._listing(shown, more)), headers=JSON)

    def thread(self, _asked: Asked) -> Answer:
        """The post, and the comments as a tree."""
        return Answer(json.dumps([self._listing([self.things["t3_p0"]]), self._below("t3_p0")]), headers=JSON)

    def branch(self, name: str) -> None:
        """From now on the thread below one comment can be asked for."""
        self.site.pages[f"/comments/p0/_/{name[3:]}?"] = lambda _asked: Answer(
            json.dumps([self._listing([self.things["t3_p0"]]), self._listing([self._with_answers(name)])]), headers=JSON
        )

    def more_children(self, asked: Asked) -> Answer:
        """Comments by name, each for itself; below them only names."""
        query = parse_qs(urlsplit(asked.path).query)
        names = [f"t1_{name}" for name in query["children"][0].split(",")]
        found = [self.things[name] for name in names if query["link_id"] == [self.things[name]["link_id"]]]
        below = [self._named(self._answers(thing["name"]), thing["name"]) for thing in found]
        things = [*self._listing(found)["data"]["children"], *(more for more in below if more["data"]["children"])]
        return Answer(json.dumps({"json": {"errors": [], "data": {"things": things}}}), headers=JSON)

    def _answers(self, name: str) -> list[dict[str, Any]]:
        return [thing for thing in self.comments() if thing["parent_id"] == name]

    def _below(self, name: str, depth: int = 1) -> dict[str, Any] | str:
        found = self._answers(name)
        if not found:
            return ""
        if depth > self.deepest:
            more = {"count": 0, "name": "t1__", "id": "_", "parent_id": name, "depth": depth, "children": []}
            return {"kind": "Listing", "data": {"after": None, "children": [{"kind": "more", "data": more}]}}
        listing = self._listing([self._with_answers(thing["name"], depth) for thing in found[: self.shown]])
        left = found[self.shown :]
        listing["data"]["children"] += [self._named(left, name)] if left else []
        return listing

    def _with_answers(self, name: str, depth: int = 0) -> dict[str, Any]:
        return {**self.things[name], "replies": self._below(name, depth + 1)}

    def _named(self, things: list[dict[str, Any]], above: str) -> dict[str, Any]:
        names = [thing["id"] for thing in things]
        first = names[0] if names else "_"
        data = {"count": len(names), "name": f"t1_{first}", "id": first, "parent_id": above, "children": names}
        return {"kind": "more", "data": data}

    def _listing(self, things: list[dict[str, Any]], after: str | None = None) -> dict[str, Any]:
        children = [{"kind": thing["name"][:2], "data": thing} for thing in things]
        return {
            "kind": "Listing",
            "data": {"after": after, "dist": len(children), "modhash": None, "children": children, "before": None},
        }

    def feed(self, found: list[dict[str, Any]]) -> Answer:
        entries = "".join(self._entry(thing) for thing in found)
        head = (
            '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Lieferung</title>'
        )
        return Answer(f"{head}<id>/r/lieferung/new/.rss</id>{entries}</feed>", headers=ATOM)

    def _entry(self, thing: dict[str, Any]) -> str:
        user, link = thing["author"], f"https://www.reddit.com{thing['permalink']}"
        text = thing.get("body", thing.get("selftext"))
        content = f'<!-- SC_OFF --><div class="md"><p>{text}</p>\n</div><!-- SC_ON -->' if text else ""
        if "title" in thing:
            by = f'<a href="https://www.reddit.com/user/{user}"> /u/{user} </a>'
            links = [f'<span><a href="{link}">[{name}]</a></span>' for name in ("link", "comments")]
            content += f"&#32; submitted by &#32; {by} <br/> {' &#32; '.join(links)}"
        time = datetime.fromtimestamp(thing["created_utc"], UTC).isoformat()
        title = thing.get("title") or f"/u/{user} on Wo bleibt die Lieferung?"
        return (
            f"<entry><author><name>/u/{user}</name><uri>https://www.reddit.com/user/{user}</uri></author>"
            f'<category term="lieferung" label="r/lieferung"/><content type="html">{escape(content)}</content>'
            f'<id>{thing["name"]}</id><link href="{link}"/><updated>{time}</updated>'
            f"<title>{escape(title)}</title></entry>"
        )
