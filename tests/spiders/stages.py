"""Places of many kinds on which anything can happen, each with its real spider, in one process, without a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from scrapy import Request
from scrapy.http import Response, TextResponse

from crawler.kinds import KINDS
from crawler.look import Look
from tests.spiders.board import run_now
from tests.spiders.fediverse import TOKEN, Server
from tests.spiders.forum import Forum
from tests.spiders.instance import Instance
from tests.spiders.reddit_site import RedditSite
from tests.spiders.site import Answer, Asked, Site
from tests.spiders.sky import SECRET, Sky
from tests.spiders.tube import KEY, VIDEO, Tube

APP = '{"client_id": "app", "client_secret": "streng-geheim", "refresh_token": "r1"}'
OWN_NAMES = ("rosi", "rosi@laden.example")
SINGLE = (
    "/statuses/",
    "getPosts?",
    "getPostThread",
    "/posts/",
    "/post?id",
    "/comment?id",
    "/comments?part=id",
    "/api/info",
)


class Open(Site):
    """A site that asks `further` for addresses it does not know."""

    further: Callable[[Asked], Answer | None] = staticmethod(lambda _asked: None)

    def answer(self, asked: Asked) -> Answer:
        return self.further(asked) or super().answer(asked)


@dataclass
class Stage:
    """A place of one kind; posts are known by the ids that the spider gives them.

    `write`, `edit`, `delete` and `reply` act as people do, `texts` says what stands there now. `sizes` are lengths of
    pages that are made small. `idle` is how many requests an unchanged place costs at most. In the `dark` no single
    post is found, as after a move or without a login. `shows_edits` means that a full look reads every post again.
    Addresses of pages `expire` where a platform lets them.
    """

    kind: str
    sites: list[Open]
    write: Callable[[int], object]
    edit: Callable[[str, str], object]
    delete: Callable[[str], object]
    reply: Callable[[str], object]
    texts: Callable[[], dict[str, str]]
    settings: dict[str, Any]
    secret: str = ""
    sizes: dict[str, int] = field(default_factory=dict)
    idle: int = 1
    shows_edits: bool = True
    expire: Callable[[], object] = lambda: None
    dark: bool = False

    def look(self, look: Look, before_answer: Callable[[], None]) -> None:
        """One look of the real spider; `before_answer` may end it or cut the line."""
        spider = type("Quick", (Quick, KINDS[self.kind].load()), {})
        spider.stage, spider.before_answer = self, staticmethod(before_answer)
        with ExitStack() as stack:
            for name, size in self.sizes.items():
                stack.enter_context(patch(name, size))
            run_now(spider(look).read_source())

    def answer(self, url: str, headers: Mapping[str, str], method: str, body: bytes) -> Answer:
        """What the platform answers."""
        [site] = [site for site in self.sites if url.startswith(f"{site.url}/")]
        given = {key.lower(): value for key, value in headers.items()}
        asked = Asked(url.removeprefix(site.url), given, method, body)
        if self.dark and any(mark in asked.path for mark in SINGLE):
            return Answer('{"error": "not_found", "posts": [], "items": []}', 404)
        return site.answer(asked)


class Quick:
    """Gets its answers at once, from the stage."""

    stage: Stage
    before_answer: Callable[[], None]
    look: Look
    status: int

    async def answer(
        self,
        url: str,
        headers: Mapping[str, str] | None = None,
        *,
        method: str = "GET",
        body: bytes = b"",
        redirect: bool = True,
    ) -> Response | None:
        self.status = 0
        try:
            self.before_answer()
        except OSError as error:
            self.look.trouble(str(error))
            return None
        answer = self.stage.answer(url, headers or {}, method, body)
        self.look.fetched(url)
        self.status = answer.status
        given = answer.body if isinstance(answer.body, bytes) else answer.body.encode()
        return TextResponse(url, answer.status, headers=answer.headers, body=given, request=Request(url))


def mastodon() -> Stage:
    site = Open(1)
    server = Server(site)

    def further(asked: Asked) -> Answer | None:
        _, mark, rest = asked.path.partition("/api/v1/statuses/")
        number, _, below = rest.partition("/")
        return (server.context(number) if below else server.one(number)) if mark else None

    def texts() -> dict[str, str]:
        mentions = [one["status"]["id"] for one in server.notifications]
        return {number: server.statuses[number]["content"].rpartition("</span> ")[2][:-4] for number in mentions}

    site.further = further
    return Stage(
        "mastodon", [site], lambda number: server.write(f"Wort {number}."), server.edit, server.delete,
        lambda above: server.write("Danke!", "laden", to="karla", above=above),
        lambda: {number: f"@laden {text}" for number, text in texts().items()},
        {"api": site.url, "account": "laden"}, TOKEN, {"crawler.pages.mastodon.PAGE": 4},
    )  # fmt: skip


def bluesky() -> Stage:
    entry, home = Open(1), Open(2)
    sky = Sky(entry, home)
    return Stage(
        "bluesky", [entry, home], lambda number: sky.write(f"Wort {number}."), sky.edit, sky.delete,
        lambda above: sky.write("Danke!", "laden", above=above),
        lambda: {uri: sky.posts[uri]["record"]["text"] for uri, _ in sky.heard},
        {"api": entry.url, "account": "laden.bsky.social"}, SECRET, {"crawler.spiders.bluesky.PAGE": 4}, idle=2,
    )  # fmt: skip


def reddit() -> Stage:
    site = Open(1)
    place = RedditSite(site)
    place.most = 4
    first = place.post("Worum es geht", "Um alles.")
    return Stage(
        "reddit", [site], lambda number: place.comment(f"Wort {number}.", above=first), place.edit, place.delete,
        lambda above: place.comment("Danke!", "rosi", above=above),
        lambda: {thing["name"]: thing["body"] for thing in place.comments() if thing["author"] != "rosi"},
        {"api": site.url, "sub": "lieferung"}, APP, idle=2,
    )  # fmt: skip


def lemmy(version: str) -> Stage:
    site = Open(1)
    instance = Instance(site, version)
    instance.post("Worum es geht")

    def number_of(identity: str) -> int:
        return int(identity.rpartition("/")[2])

    def texts() -> dict[str, str]:
        others = [one for one in instance.comments.values() if one["creator"]["name"] != "rosi"]
        return {one["ap_id"]: one["content"] for one in others}

    return Stage(
        "lemmy", [site], lambda number: instance.comment(f"Wort {number}."),
        lambda identity, text: instance.edit(number_of(identity), text),
        lambda identity: instance.comments.pop(number_of(identity)),
        lambda above: instance.comment("Danke!", "rosi@laden.example", above=number_of(above)),
        texts, {"api": site.url, "community": "lieferung"}, sizes={"crawler.spiders.lemmy.PER_PAGE": 4}, idle=2,
    )  # fmt: skip


def discourse(**place: str) -> Stage:
    site = Open(1)
    forum = Forum(site)

    def write(number: int) -> None:
        forum.write(f"Wort {number}.", topic=1 + number * 7 % 11 if "list" in place else 1)

    def texts() -> dict[str, str]:
        others = [post for post in forum.visible if post["username"] != "rosi"]
        return {str(post["id"]): post["cooked"][3:-4] for post in others}

    def delete(identity: str) -> None:
        topic = forum.posts[int(identity)]["topic_id"]
        if sum(post["topic_id"] == topic for post in forum.visible) > 1:
            forum.delete(int(identity))

    def reply(above: str) -> None:
        post = forum.posts[int(above)]
        forum.write("Danke!", "rosi", topic=post["topic_id"], reply_to=post["post_number"])

    return Stage(
        "discourse", [site], write, lambda identity, text: forum.edit(int(identity), text), delete, reply, texts,
        {"api": site.url, **place},
        sizes={
            "crawler.pages.discourse.LATEST_SIZE": 5, "tests.spiders.forum.LATEST": 5, "tests.spiders.forum.TOPICS": 3,
            "crawler.pages.discourse.BACK": 3, "tests.spiders.forum.CHUNK": 4,
        },
        shows_edits="list" not in place,
    )  # fmt: skip


def youtube() -> Stage:
    site = Open(1)
    tube = Tube(site)

    def texts() -> dict[str, str]:
        return {
            identity: thread[0]["snippet"]["textOriginal"]
            for identity, thread in tube.threads.items()
            if identity not in tube.gone
        }

    return Stage(
        "youtube", [site], lambda number: tube.write(f"Wort {number}."), tube.edit, tube.delete,
        lambda above: tube.answer_as_owner(above, "Danke!"), texts, {"api": site.url, "video": VIDEO}, KEY,
        {"tests.spiders.tube.MOST": 4}, expire=tube.expire,
    )  # fmt: skip


STAGES: dict[str, Callable[[], Stage]] = {
    "mastodon": mastodon, "bluesky": bluesky, "reddit": reddit, "lemmy v3": lambda: lemmy("v3"),
    "lemmy v4": lambda: lemmy("v4"), "discourse newest": discourse, "discourse topic": lambda: discourse(topic="1"),
    "discourse category": lambda: discourse(list="c/service/5"), "youtube": youtube,
}  # fmt: skip
"""A new place of each sort by its name."""
