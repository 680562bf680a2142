"""Spider for the comments under a video, or under all videos of a channel, through the YouTube Data API.

Threads come newest first. A thread shows some of its replies only; the rest is asked for where a page has changed.
The key goes in a header, so that no address that is told, logged or stored holds it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Look
from crawler.pages import youtube
from crawler.pages.result import PageRead
from crawler.spiders.google import GoogleSpider

KEY = re.compile(r"[A-Za-z0-9._-]{20,200}")
NO_KEY = "The credential of this source is not an API key for YouTube, which is one word of letters and digits."
NAMES = {"handle": ("forHandle", "@"), "user": ("forUsername", "")}
THREADS = 8
"""So many threads for each page of a look are asked for the rest of their replies; the next looks go on."""

THREAD = "thread"
"""The handle of a post that is owed a question because of the thread below it."""

MAX_PAGES = 50
"""So many pages of 100 replies are read of one thread."""

TOO_LONG = "A thread has more than {number} replies; those beyond were left out. Answer them there."


class YouTubeSpider(GoogleSpider):
    """`settings` name a `video`, a `channel`, or by what a channel is called, a `handle` or `user`.

    `own_ids` are the business's channels; where none is given, the owner of the video is the business.
    """

    name = "youtube"
    default_base = "https://youtube.googleapis.com"

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.own = tuple(str(own) for own in look.target.settings.get("own_ids", ()))
        self.channel = str(look.target.settings.get("channel", ""))
        self.threads_left = THREADS * look.target.max_pages

    async def login(self, *, fresh: bool) -> Mapping[str, str] | None:
        if KEY.fullmatch(self.look.target.secret):
            return {"X-Goog-Api-Key": self.look.target.secret}
        self.look.trouble(NO_KEY)
        return None

    async def read_source(self) -> None:
        named = next((key for key in NAMES if key in self.look.target.settings), "")
        if named and not await self._look_up(named):
            return
        await super().read_source()

    def first_url(self) -> str:
        video = self.look.target.settings.get("video")
        place = {"videoId": video} if video else {"allThreadsRelatedToChannelId": self.channel}
        return self._url("commentThreads", part="snippet,replies", order="time", **place)

    def item_url(self, post: Watched) -> str:
        """A comment, or a thread whose replies are still to be read."""
        if post.url == THREAD:
            return self._url("commentThreads", part="snippet,replies", id=post.external_id)
        return f"{self.base}/youtube/v3/comments?{urlencode({'part': 'id', 'id': post.external_id})}"

    async def item_posts(self, response: Response) -> list[Post]:
        if "/commentThreads?" not in response.url:
            return []
        return (await self.complete(await self.read_aside(response, self.read, response))).posts

    def is_gone(self, response: Response) -> bool:
        """YouTube answers with an empty list."""
        return response.status == 200 and youtube.is_empty(response.body)

    def read(self, response: Response) -> PageRead:
        return youtube.read(response.body, response.url, self.own)

    async def complete(self, read: PageRead) -> PageRead:
        """The posts with all replies of those threads that show some only."""
        if isinstance(read, youtube.ThreadsRead):
            partial = [thread for thread in read.threads if not thread.whole]
            now, later = partial[: self.threads_left], partial[self.threads_left :]
            self.threads_left -= len(now)
            broken = [thread for thread in now if not await self._complete(thread)]
            left = {thread.top.external_id for thread in (*broken, *later)}
            self.owe(dict.fromkeys(left, THREAD))
            read.posts = youtube.posts(read.threads, self.own)
            for post in read.posts:
                post.answers_unknown = post.external_id in left or post.parent_external_id in left
        return read

    async def _complete(self, thread: youtube.Thread) -> bool:
        """Add all replies to the thread; False if something was in the way, or the time was up."""
        url = self._url("comments", part="snippet", parentId=thread.top.external_id)
        found = {reply.external_id: reply for reply in thread.replies}
        pages = 0
        while url and pages < MAX_PAGES and (not pages or self.look.has_time):
            response = await self.fetch(url)
            if response is None:
                break
            read = await self.read_aside(response, youtube.replies, response.body, response.url, thread)
            self.look.report.errors.extend(read.errors)
            found |= {reply.external_id: reply for reply in read.posts}
            url, pages = read.next_url, pages + 1
        thread.replies = list(found.values())
        if url and pages == MAX_PAGES:
            self.look.report.errors.append(TOO_LONG.format(number=100 * MAX_PAGES))
        return not url or pages == MAX_PAGES

    async def _look_up(self, named: str) -> bool:
        """Find the channel behind a name, which a full look does anew, because names can move."""
        name = unquote(str(self.look.target.settings[named]))
        key = f"{self.name}/{self.base}/{named}/{name}"
        self.channel = self.look.sessions.get(key).get("channel", "") if self.look.partial else ""
        if self.channel:
            return True
        parameter, mark = NAMES[named]
        query = urlencode({"part": "id", parameter: f"{mark}{name}"})
        response = await self.fetch(f"{self.base}/youtube/v3/channels?{query}")
        if response is None:
            return False
        self.channel = youtube.channel_id(response.body)
        if not self.channel:
            self.look.trouble(f"YouTube knows no channel by the name {name}. Check the address of the source.")
            return False
        self.look.sessions.put(key, {"channel": self.channel})
        return True

    def _url(self, what: str, **query: Any) -> str:
        encoded = urlencode({**query, "maxResults": 100, "textFormat": "plainText"}, safe=",")
        return f"{self.base}/youtube/v3/{what}?{encoded}"
