"""Comments under videos as the YouTube Data API lists them: threads of one level. Bytes in, posts out.

The business is known by its channel's id. An answer that begins with somebody's @name belongs to his last comment in
the thread, any other one to the comment at its top.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from crawler.items import OwnerReply, Post
from crawler.pages.answer import NotAsExpected, json_of, listed
from crawler.pages.fields import at, id_at, left_out, text_at, unreadable
from crawler.pages.google import next_page
from crawler.pages.result import PageRead
from crawler.pages.values import count, moment
from crawler.text import one_line

WATCH = "https://www.youtube.com/watch"


@dataclass(slots=True)
class Thread:
    """A comment and replies to it; `total` is how many there are, `owner` the channel under whose video this stands."""

    owner: str
    total: int
    top: Post
    replies: list[Post]

    @property
    def whole(self) -> bool:
        """Whether all replies are here; a list of threads shows some of them only."""
        return len(self.replies) >= self.total


@dataclass(slots=True)
class ThreadsRead(PageRead):
    """A page of threads; `posts` are made of what `threads` hold."""

    threads: list[Thread] = field(default_factory=list)


def read(body: bytes, url: str, own: Collection[str] = ()) -> ThreadsRead:
    """The answer to a request for threads at `url`. `own` are channel ids of the business, else the owner's counts."""
    try:
        answer = json_of(body)
        found = [_thread(item) for item in listed(answer, "items")]
    except NotAsExpected as error:
        return ThreadsRead(errors=[str(error)])
    threads = [thread for thread in found if thread.top.external_id]
    return ThreadsRead(
        posts=posts(threads, own),
        errors=left_out(len(found) - len(threads)),
        next_url=next_page(url, "pageToken", answer, "nextPageToken"),
        mark=" ".join(f"{thread.top.external_id}:{thread.total}" for thread in threads),
        threads=threads,
    )


def replies(body: bytes, url: str, thread: Thread) -> PageRead:
    """The answer to a request for the replies of one thread at `url`."""
    try:
        answer = json_of(body)
        found = [_comment(item, thread.top.url, thread.top.external_id) for item in listed(answer, "items")]
    except NotAsExpected as error:
        return unreadable(error)
    named = [reply for reply in found if reply.external_id]
    following = next_page(url, "pageToken", answer, "nextPageToken")
    return PageRead(named, left_out(len(found) - len(named)), next_url=following)


def posts(threads: Sequence[Thread], own: Collection[str] = ()) -> list[Post]:
    """The customers' posts of several threads, with the business's answers under them."""
    return [post for thread in threads for post in _arranged(thread, frozenset(own) or {thread.owner})]


def channel_id(body: bytes) -> str:
    """The id of the channel that was looked up by its name; empty if there is none."""
    try:
        found = listed(json_of(body), "items")
    except NotAsExpected:
        return ""
    return id_at(found[0], "id") if found else ""


def is_empty(body: bytes) -> bool:
    """Whether the answer is a list with nothing in it."""
    try:
        return not listed(json_of(body), "items")
    except NotAsExpected:
        return False


def _arranged(thread: Thread, own: Collection[str]) -> list[Post]:
    customers: list[Post] = []
    for comment in (thread.top, *sorted(thread.replies, key=_written)):
        if not comment.author_id or comment.author_id not in own:
            customers.append(replace(comment, owner_replies=[]))
        elif above := _answered(comment.text, customers, thread.top):
            answer = OwnerReply(comment.external_id, comment.text, comment.created_at, comment.author_name)
            above.owner_replies.append(answer)
    return customers


def _answered(text: str, customers: Sequence[Post], top: Post) -> Post | None:
    """The comment that an answer belongs to; None for one that answers nobody but ourselves."""
    named = [post for post in customers if _begins_with_name(text, post.author_name)]
    if named:
        return named[-1]
    return customers[0] if customers and customers[0].external_id == top.external_id else None


def _begins_with_name(text: str, name: str) -> bool:
    mention = f"@{name.removeprefix('@')}".casefold()
    return len(mention) > 1 and bool(re.match(rf"{re.escape(mention)}(?![\w.-])", text.casefold()))


def _written(post: Post) -> tuple[bool, str]:
    return post.created_at is None, post.created_at.isoformat() if post.created_at else ""


def _thread(item: dict[str, Any]) -> Thread:
    snippet = at(item, "snippet")
    video = id_at(snippet, "videoId")
    top = _comment(at(snippet, "topLevelComment"), f"{WATCH}?v={video}" if video else "")
    shown = at(item, "replies", "comments")
    replies = [_comment(reply, top.url, top.external_id) for reply in (shown if isinstance(shown, list) else [])]
    return Thread(
        owner=id_at(snippet, "channelId"),
        total=count(at(snippet, "totalReplyCount")) or 0,
        top=top,
        replies=[reply for reply in replies if reply.external_id],
    )


def _comment(item: Any, place: str, parent: str = "") -> Post:
    """One comment; `place` is the address of the video or of the comment above."""
    identity = id_at(item, "id")
    created, updated = (moment(at(item, "snippet", key)) for key in ("publishedAt", "updatedAt"))
    return Post(
        external_id=identity,
        text=text_at(item, "snippet", "textOriginal") or text_at(item, "snippet", "textDisplay"),
        url=f"{place.partition('&lc=')[0]}&lc={identity}" if place else "",
        author_id=id_at(item, "snippet", "authorChannelId", "value"),
        author_name=one_line(text_at(item, "snippet", "authorDisplayName")),
        created_at=created,
        updated_at=updated if updated != created else None,
        parent_external_id=parent,
    )
