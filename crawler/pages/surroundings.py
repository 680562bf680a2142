"""What the meaning of a node depends on: the page, the source, its language, the other nodes, the business's names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from crawler.pages.nodes import Index, Node, index, objects, walk
from crawler.pages.people import holder_keys, writer_keys

TRACKING = ("utm_", "fbclid", "gclid", "msclkid", "mc_", "_ga", "ref_")
PAGING = ("page", "seite", "p", "offset", "start")
MAX_POSTS = 10_000


@dataclass(slots=True)
class Surroundings:
    """`left` is how many posts may still be read, `answers` the nodes (by `id`) that hang under a post already.

    Relative addresses on the page count from `base`, which is `url` unless the page says otherwise.
    """

    url: str
    address: str
    language: str = ""
    own_names: tuple[str, ...] = ()
    place: str = ""
    site: str = ""
    base: str = ""
    values: list[Any] = field(default_factory=list)
    answers: set[int] = field(default_factory=set)
    left: int = MAX_POSTS
    _known: Index | None = None
    _holders: set[str] | None = None
    _writers: set[str] | None = None

    def __post_init__(self) -> None:
        here = urlsplit(self.url)
        self.base = self.base or self.url
        self.place, self.site = plain_address(self.address), f"{here.scheme}://{here.netloc}/"

    def turn_to(self, values: list[Any]) -> None:
        """From here on references are looked up among `values`."""
        self.values, self._known, self._holders, self._writers = values, None, None, None

    def objects(self, value: Any) -> list[Node]:
        """The objects in a value; a bare reference is followed to the object of that `@id`."""
        return [self._referred(node) if len(node) == 1 and "@id" in node else node for node in objects(value)]

    def _referred(self, reference: Node) -> Node:
        if self._known is None:
            self._known = index(self.values)
        return self._known.get(str(reference["@id"]), reference)

    def holders(self) -> set[str]:
        """Ids and names of the things that have reviews here."""
        if self._holders is None:
            self._holders = {key for node, _ in walk(self.values) for key in holder_keys(node)}
        return self._holders

    def writers(self) -> set[str]:
        """Ids and names of those who wrote the articles on this page."""
        if self._writers is None:
            self._writers = {key for node, _ in walk(self.values) for key in writer_keys(node, self)}
        return self._writers

    def is_own(self, name: str) -> bool:
        """Whether this display name is one of the business's own."""
        return bool(name) and name.casefold() in {own.casefold() for own in self.own_names}


def plain_address(url: str) -> str:
    """A page's address without fragment, tracking and page number: the same on every page of a list."""
    parts = urlsplit(urldefrag(url).url)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if name.lower() not in PAGING and not name.lower().startswith(TRACKING)
    ]
    return urlunsplit(parts._replace(query=urlencode(kept)))
