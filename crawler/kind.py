"""What is known of a kind of source: how a pasted address is recognised, which spider reads it, and what it needs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any

from crawler.options import EVERY_KIND, Option
from crawler.signs import Sign

if TYPE_CHECKING:
    from crawler.spiders.places import PlacesSpider
    from crawler.spiders.source import SourceSpider


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

    `signs` recognise an address before anything is fetched. `vague` are patterns of what means this kind but does not
    say which place: a credential then shows the places to choose from, through the spider `places`. `trace` is a
    function (HTML, address of the page) -> `Claim | None` that finds the kind in a page. `credential` says in words
    what the credential for reading holds, it is empty for a kind that needs none, and `way` where the owner gets it;
    `open` kinds can be read without it all the same. `settings` are what each source of the kind begins with,
    `own_options` what a person may set beyond what every kind obeys.
    """

    name: str
    label: str
    spider: str
    signs: tuple[Sign, ...] = ()
    trace: str = ""
    credential: str = ""
    way: str = ""
    open: bool = True
    settings: Mapping[str, Any] = field(default_factory=dict)
    own_options: tuple[Option, ...] = ()
    vague: tuple[str, ...] = ()
    places: str = ""

    @property
    def options(self) -> tuple[Option, ...]:
        """Everything that a person may set at a source of this kind."""
        return self.own_options + EVERY_KIND

    @property
    def title(self) -> str:
        """The label as the beginning of a sentence."""
        return self.label[:1].upper() + self.label[1:]

    def load(self) -> type[SourceSpider]:
        """The spider class."""
        spider: type[SourceSpider] = _load(self.spider)
        return spider

    def load_places(self) -> type[PlacesSpider]:
        """The spider that lists the places a credential can see."""
        spider: type[PlacesSpider] = _load(self.places)
        return spider

    def is_meant(self, pasted: str) -> bool:
        """Whether a pasted text means this kind without saying which place."""
        return any(re.fullmatch(pattern, pasted, re.IGNORECASE) for pattern in self.vague)

    def claim(self, pasted: str) -> Claim | None:
        """What a pasted address, handle or link of this kind means; None when it is something else."""
        read = next((read for sign in self.signs if (read := sign.read(pasted))), None)
        return Claim(self.name, read[0], {**self.settings, **read[1]}) if read else None

    def find(self, html: str, url: str) -> Claim | None:
        """What a page at `url` shows of this kind."""
        trace: Callable[[str, str], Claim | None] = _load(self.trace)
        found = trace(html, url)
        return replace(found, settings={**self.settings, **found.settings}) if found else None


def _load(name: str) -> Any:
    module, _, attribute = name.rpartition(".")
    return getattr(import_module(module), attribute)
