"""Lists whose posts have pages of their own: where the list omits a post, its own page tells whether it is gone."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.spiders.paged import PagedSpider


class PermalinkSpider(PagedSpider):
    """Reads a list on the web and believes a post's own page."""

    def permalink(self, url: str) -> str:
        """`url` if it can be a post's own page: on the host of the list, and neither the list nor a place on a page."""
        there, here = urlsplit(url), urlsplit(self.look.target.address)
        is_page = there.scheme in ("http", "https") and "#" not in url and there.netloc == here.netloc
        return url if is_page and there.path.rstrip("/") != here.path.rstrip("/") else ""
