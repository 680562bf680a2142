"""Lists whose posts have pages of their own: where the list omits a post, its own page tells whether it is gone."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.items import Post, Watched
from crawler.look import Cursor
from crawler.spiders.paged import PagedSpider


class PermalinkSpider(PagedSpider):
    """Reads a list on the web and believes a post's own page, if such pages are real.

    Addresses in markup are not always meant to be visited. So a page that is not found proves something only when the
    page of a post that the list shows at this moment is found.
    """

    async def find_deleted(self, cursor: Cursor) -> list[Post]:
        gone = await super().find_deleted(cursor)
        return gone if gone and await self._pages_are_real() else []

    def permalink(self, url: str) -> str:
        """`url` if it can be a post's own page: on the host of the list, and neither the list nor a place on a page."""
        there, here = urlsplit(url), urlsplit(self.look.target.address)
        is_page = there.scheme in ("http", "https") and "#" not in url and there.netloc == here.netloc
        return url if is_page and there.path.rstrip("/") != here.path.rstrip("/") else ""

    async def _pages_are_real(self) -> bool:
        listed = (Watched(0, external_id, url) for external_id, url in self.look.listed.items())
        witness = next(filter(None, map(self.item_url, listed)), "")
        troubles = self.look.told()
        response = await self.item(witness) if witness else None
        self.look.forget(troubles)
        return response is not None and response.status == 200
