"""Spider for the reviews of an app on Google Play, through the Developer API of its owner.

The public page is not read: Google forbids programs there. The API lists one week, newest change first, so that edited
reviews come up again by themselves. A look every day misses nothing; older reviews come from an export.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote, urlencode

from scrapy.http import Response

from crawler.items import Post, Watched
from crawler.look import Cursor, Look
from crawler.pages import google_play
from crawler.pages.result import PageRead
from crawler.part import Part
from crawler.spiders.google import GoogleSpider


class GooglePlaySpider(GoogleSpider):
    """Reads the reviews of the app that `settings["package"]` names."""

    name = "google_play"
    default_base = "https://androidpublisher.googleapis.com"
    scope = "https://www.googleapis.com/auth/androidpublisher"
    passing = True
    follows_front = True

    def __init__(self, look: Look, **kwargs: Any) -> None:
        super().__init__(look, **kwargs)
        self.oldest: int | None = None

    @property
    def package(self) -> str:
        """The name of the app."""
        return str(self.look.target.settings.get("package", ""))

    def first_url(self) -> str:
        return f"{self._reviews}?{urlencode({'maxResults': 100})}"

    def watch_front(self, part: Part, read: PageRead) -> Cursor:
        times = [int(time) for post in read.posts if (time := self.handle(post))]
        self.oldest = min(times, default=None)
        return super().watch_front(part, read)

    def handle(self, post: Post) -> str:
        """When it was written or changed last, in seconds since 1970."""
        return str(int(post.created_at.timestamp())) if post.created_at else ""

    def item_url(self, post: Watched) -> str:
        """Reviews of more than a week cannot be asked for: only those that are younger than one that is listed now."""
        if self.oldest is None or not post.url.isdigit() or int(post.url) < self.oldest:
            return ""
        return f"{self._reviews}/{quote(post.external_id, safe='')}"

    @property
    def _reviews(self) -> str:
        app = quote(self.package, safe="")
        return f"{self.base}/androidpublisher/v3/applications/{app}/reviews"

    def read(self, response: Response) -> PageRead:
        return google_play.read(response.body, response.url, self.package)
