"""The kinds of sources: how a pasted address is recognised, which spider reads it, and what it needs.

A new kind is a page object in `crawler/pages`, a spider in `crawler/spiders` and a row in `KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crawler import signs
from crawler.signs import Sign

if TYPE_CHECKING:
    from scrapy import Spider


@dataclass(frozen=True, slots=True)
class Claim:
    """A way in which something could be watched: put `kind`, `address` and `settings` into the source."""

    kind: str
    address: str
    settings: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`spider` and `trace` are dotted names, loaded on first use; `label` is what a person calls such a source.

    `signs` recognise an address before anything is fetched. `trace` is a function (HTML, address of the page) ->
    `Claim | None` that finds the kind in a page. `secret` says in words what the credential for reading holds, empty
    for a kind that is read without one; `open` kinds can be read without it all the same. `settings` are what each
    source of the kind begins with.
    """

    name: str
    label: str
    spider: str
    signs: tuple[Sign, ...] = ()
    trace: str = ""
    secret: str = ""
    open: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict)

    def load(self) -> type[Spider]:
        """The spider class."""
        spider: type[Spider] = _load(self.spider)
        return spider

    def claim(self, pasted: str) -> Claim | None:
        """What a pasted address, handle or link of this kind means; None when it is something else."""
        read = next((read for sign in self.signs if (read := sign.read(pasted))), None)
        return Claim(self.name, read[0], {**self.settings, **read[1]}) if read else None

    def find(self, html: str, url: str) -> Claim | None:
        """What a page at `url` shows of this kind."""
        trace: Callable[[str, str], Claim | None] = _load(self.trace)
        return trace(html, url)


NO_ACCOUNT_IS_OURS: Mapping[str, Any] = {"own_ids": ()}
"""Where answers stand inside the customer's post, or the spider knows ours, a post under our name is not by us."""

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("schema_org", "page with review markup", "crawler.spiders.schema_org.SchemaOrgSpider"),
        Kind("feed", "RSS or Atom feed", "crawler.spiders.feed.FeedSpider"),
        Kind("wordpress", "WordPress comments", "crawler.spiders.wordpress.WordPressSpider"),
        Kind(
            "app_store",
            "app in the App Store",
            "crawler.spiders.app_store.AppStoreSpider",
            signs=signs.APP_STORE,
            settings=NO_ACCOUNT_IS_OURS,
        ),
        Kind(
            "app_store_connect",
            "app in App Store Connect",
            "crawler.spiders.app_store_connect.AppStoreConnectSpider",
            signs=signs.APP_STORE_CONNECT,
            secret="a JSON with issuer_id, key_id and private_key (the text of the .p8 file) of a team key",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
        ),
        Kind(
            "google_play",
            "app on Google Play",
            "crawler.spiders.google_play.GooglePlaySpider",
            signs=signs.GOOGLE_PLAY,
            secret="the JSON key of a service account that may reply to reviews in the Play Console, since Google "
            "forbids programs on the public page",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
        ),
        Kind(
            "google_business",
            "Business Profile on Google",
            "crawler.spiders.google_business.GoogleBusinessSpider",
            signs=signs.GOOGLE_BUSINESS,
            secret="a JSON with client_id, client_secret and refresh_token of a Google login that manages the profile",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
        ),
        Kind(
            "youtube",
            "video or channel on YouTube",
            "crawler.spiders.youtube.YouTubeSpider",
            signs=signs.YOUTUBE,
            secret="an API key for the YouTube Data API, since YouTube's pages are not for programs",
            open=False,
            settings=NO_ACCOUNT_IS_OURS,
        ),
    )
}


def claims(pasted: str) -> list[Claim]:
    """What is known about a pasted address without fetching anything; the first is the best guess."""
    return [claim for kind in KINDS.values() if (claim := kind.claim(pasted.strip()))]


def traced() -> Iterator[Kind]:
    """The kinds that can be found in a page."""
    return (kind for kind in KINDS.values() if kind.trace)


def _load(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
