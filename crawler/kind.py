"""What is known of a kind of source: how a pasted address is recognised, which spider reads it, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable
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

    `address` is what is stored, with the pattern's named groups filled in; the groups also become settings.
    """

    pattern: str
    address: str

    def read(self, pasted: str) -> tuple[str, dict[str, Any]] | None:
        """The address to store and the settings, None when this is something else."""
        found = re.fullmatch(self.pattern, pasted, re.IGNORECASE)
        if found is None:
            return None
        named = {key: value for key, value in found.groupdict().items() if value is not None}
        return self.address.format(**named), named


@dataclass(frozen=True, slots=True)
class Kind:
    """`spider` and `trace` are dotted names, loaded on first use; `label` is what a person calls such a source.

    `signs` recognise an address before anything is fetched. `trace` is a function (HTML, address of the page) ->
    `Claim | None` that finds the kind in a page. `credential` says in words what the credential for reading holds, it
    is empty for a kind that needs none; `open` kinds can be read without it all the same.
    """

    name: str
    label: str
    spider: str
    signs: tuple[Sign, ...] = ()
    trace: str = ""
    credential: str = ""
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


def _load(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
