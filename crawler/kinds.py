"""The kinds of sources: how a pasted address is recognised, which spider reads it, and what it needs.

A new kind is a page object in `crawler/pages`, a spider in `crawler/spiders` and a row in `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any

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
class Sign:
    """What people paste for a kind: `pattern` fits all of it, capitals aside.

    `address` is what is stored, with the pattern's named groups filled in; the groups also become settings. Without it
    the address is stored as it was pasted.
    """

    pattern: str
    address: str = ""

    def read(self, pasted: str) -> tuple[str, dict[str, Any]] | None:
        """The address to store and the settings, None when this is something else."""
        found = re.fullmatch(self.pattern, pasted, re.IGNORECASE)
        if found is None:
            return None
        named = {key: value for key, value in found.groupdict().items() if value is not None}
        return self.address.format(**named) if self.address else pasted, named


@dataclass(frozen=True, slots=True)
class Kind:
    """`spider` and `trace` are dotted names, loaded on first use; `label` is what a person calls such a source.

    `signs` recognise an address before anything is fetched. `trace` is a function (HTML, address of the page) ->
    `Claim | None` that finds the kind in a page. `secret` says in words what the credential for reading holds, empty
    for a kind that is read without one; `open` kinds can be read without it all the same.
    """

    name: str
    label: str
    spider: str
    signs: tuple[Sign, ...] = ()
    trace: str = ""
    secret: str = ""
    open: bool = True

    def load(self) -> type[Spider]:
        """The spider class."""
        spider: type[Spider] = _load(self.spider)
        return spider

    def claim(self, pasted: str) -> Claim | None:
        """What a pasted address, handle or link of this kind means; None when it is something else."""
        read = next((read for sign in self.signs if (read := sign.read(pasted))), None)
        return Claim(self.name, *read) if read else None

    def find(self, html: str, url: str) -> Claim | None:
        """What a page at `url` shows of this kind."""
        trace: Callable[[str, str], Claim | None] = _load(self.trace)
        return trace(html, url)


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("schema_org", "page with review markup", "crawler.spiders.schema_org.SchemaOrgSpider"),
        Kind("feed", "RSS or Atom feed", "crawler.spiders.feed.FeedSpider"),
        Kind("wordpress", "WordPress comments", "crawler.spiders.wordpress.WordPressSpider"),
        Kind(
            "mail",
            "mailbox with notification mails",
            "crawler.spiders.mail.MailSpider",
            signs=(Sign(r"imaps?://[^\s?]+(?:\?authserv=(?P<authserv>[\w.-]+))?"),),
            secret="the password of the mailbox",  # noqa: S106 - words for people
            open=False,
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
