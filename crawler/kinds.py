"""The kinds of sources: which spider reads them and what they are called."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy import Spider


@dataclass(frozen=True, slots=True)
class Kind:
    """`spider` is a dotted name, loaded on first use; `label` is what a person calls such a source.

    `sign` is what an address of this kind often looks like.
    """

    name: str
    label: str
    spider: str
    sign: str

    def load(self) -> type[Spider]:
        """The spider class."""
        module, _, name = self.spider.rpartition(".")
        loaded: type[Spider] = getattr(import_module(module), name)
        return loaded

    def recognise(self, address: str) -> bool:
        """Whether the address alone, without fetching it, looks like this kind (see `crawler.recognise`)."""
        return re.search(self.sign, address, re.IGNORECASE) is not None


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("schema_org", "page with review markup", "crawler.spiders.schema_org.SchemaOrgSpider", r"^https?://"),
        Kind(
            "feed", "RSS or Atom feed", "crawler.spiders.feed.FeedSpider", r"(feed/?|\.rss|\.atom|\.xml|feed=[\w-]+)$"
        ),
        Kind("wordpress", "WordPress comments", "crawler.spiders.wordpress.WordPressSpider", r"/wp-json\b|rest_route="),
    )
}
