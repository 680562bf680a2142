"""Items that a page marks up on its own elements: microdata and RDFa, as the same kind of nodes that JSON-LD yields.

A node is `{"@type": [...], "@id": ..., property: value or list}`. Both syntaxes differ in the names of attributes only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from lxml import etree

from crawler.pages import loose_words
from crawler.pages.languages import Languages, declared
from crawler.pages.nodes import Node, plain_name
from crawler.pages.values import join
from crawler.text import Seen, html_to_text

POST = re.compile(r"(?:review|comment|posting)s?\b", re.IGNORECASE)
"""Types whose words are in some language."""

TEXT = {"reviewbody", "description", "text", "commenttext", "articlebody"}
TITLES = {"name", "headline"}
WRITERS = {"author", "creator", "reviewer", "has_creator"}
TIMES = {"datepublished", "datecreated", "datemodified"}
TO_BE_FILLED_IN = ("select", "textarea")
BESIDE = (
    ".//button | .//form | .//*[@role='button'] | .//a[@href='#' or starts-with(@href, 'javascript:')]"
    " | .//a[contains(@href, 'replytocom=') or contains(@class, 'reply-link') or contains(@class, 'edit-link')]"
    " | .//*[contains(concat(' ', @{names}, ' '), 'author') or contains(@{names}, 'creator')"
    " or contains(@{names}, 'date') or contains(@{names}, 'reviewRating')]"
)
"""What may stand inside a text and is no part of it: what is there to be clicked, who wrote when, how many stars."""

OFF_SCREEN = " or ".join(
    f"contains(@class, '{part}')" for part in ("sr-only", "visually-hidden", "off-screen", "offscreen", "screen-reader")
)
MOST_MUTE = 1000
"""Posts without words for which words are looked for."""

MOST_TIMES = 50
"""So many times in a post are looked at; one of its own stands before those of its answers."""

MAX_NESTING = 20
MAX_REFERENCES = 20
MAX_STEPS = 100_000
"""Elements that are looked at in one page; an element that many items refer to counts each time."""

MAX_CHARACTERS = 20_000_000
"""Of markup turned to text in one page, so that a text inside a text inside a text ... does not cost its square."""

LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "object": "data", "audio": "src", "video": "src"}


@dataclass(frozen=True, slots=True)
class Syntax:
    """Attributes: `scope` begins an item, `kind` holds its types, `names` the properties, `identity` its id.

    `wrapper` names a property whose item stands deeper inside the element.
    """

    where: str
    scope: str
    kind: str
    names: str
    identity: tuple[str, ...]
    wrapper: str = ""


MICRODATA = Syntax("microdata", "itemscope", "itemtype", "itemprop", ("itemid",))
RDFA = Syntax("RDFa", "typeof", "typeof", "property", ("resource", "about"), wrapper="rel")


def items(root: Any, url: str, syntax: Syntax = MICRODATA) -> tuple[list[Node], bool]:
    """All top-level items below `root` (an lxml element), and whether there is more than can be looked at.

    Relative links are resolved against `url`.
    """
    reader = _Reader(root, url, syntax)
    found = reader.items()
    reader.fill()
    return found, reader.steps <= 0 or reader.characters <= 0


@dataclass(slots=True)
class _Reader:
    root: Any
    url: str
    syntax: Syntax
    steps: int = MAX_STEPS
    characters: int = MAX_CHARACTERS
    reached: set[Any] = field(default_factory=set)
    spoken: Languages = field(default_factory=Languages)
    _mute: list[tuple[Any, Node]] = field(default_factory=list)
    _inside: dict[Any, bool] = field(default_factory=dict)
    _by_id: dict[str, Any] | None = None

    def items(self) -> list[Node]:
        """Items that are no part of another one; a property that stands outside of every item is an item as well."""
        found = [
            (scope, self._node(scope, 0))
            for scope in self.root.xpath(f"//*[@{self.syntax.scope} or @{self.syntax.kind}]")
            if self._begins(scope) and self._is_top(scope)
        ]
        return [node for scope, node in found if scope not in self.reached]

    def _begins(self, element: Any) -> bool:
        """Whether an item begins here; a type is enough where it says what a property or a post is."""
        if self.syntax.scope in element.attrib:
            return True
        kind = element.get(self.syntax.kind)
        return bool(kind) and (self.syntax.names in element.attrib or bool(POST.search(kind)))

    def _is_top(self, scope: Any) -> bool:
        if scope in self.reached or self.steps <= 0:
            return False
        return not (scope.get(self.syntax.names) or "").strip() or not self._stands_inside(scope)

    def _stands_inside(self, scope: Any) -> bool:
        """Whether some element above begins an item; what is found out holds for everything on the way."""
        way: list[Any] = []
        inside = False
        for above in scope.iterancestors():
            if self._begins(above) or above in self._inside:
                inside = self._inside.get(above, True)
                break
            way.append(above)
        self._inside.update(dict.fromkeys(way, inside))
        return inside

    def _node(self, scope: Any, nesting: int) -> Node:
        self.steps -= 1
        node: Node = {"@type": (scope.get(self.syntax.kind) or "").split()[:MAX_REFERENCES]}
        identity = next((scope.get(name) for name in self.syntax.identity if scope.get(name)), None)
        if identity:
            node["@id"] = join(self.url, identity)
        if nesting < MAX_NESTING:
            spoken = ""
            for element, names in self._properties(scope):
                value = self._value(element, names, nesting + 1)
                for name in names:
                    _add(node, name, value)
                spoken = spoken or (declared(element) if TEXT.intersection(map(plain_name, names)) else "")
            if POST.search(" ".join(node["@type"])):
                self._complete(node, scope, spoken)
            if nesting and len(node) == 1:
                node["@value"] = self._text(scope)
        return node

    def _complete(self, node: Node, scope: Any, spoken: str) -> None:
        """What a post does not declare but shows: its language, its only time; one without words is noted."""
        names = {plain_name(name) for name in node}
        if "inLanguage" not in node:
            node["inLanguage"] = spoken or self.spoken.of(scope)
        if not names & TIMES:
            near = islice(scope.iter("time"), MOST_TIMES)
            times = {time.get("datetime") for time in near if self._owner(time) is scope} - {None}
            node |= {"datePublished": str(*times)} if len(times) == 1 else {}
        is_mute = not names & TEXT and names & {*WRITERS, "reviewrating", "ratingvalue"}
        if is_mute and len(self._mute) < MOST_MUTE:
            self._mute.append((scope, node))

    def _owner(self, element: Any) -> Any:
        """The item in which an element stands; what stands with the name of a writer belongs to what he wrote."""
        items = (above for above in element.iterancestors() if self._begins(above))
        return next((item for item in items if not WRITERS & set(self._names(item))), None)

    def _names(self, element: Any) -> list[str]:
        return [plain_name(name) for name in (element.get(self.syntax.names) or "").split()]

    def fill(self) -> None:
        """Give posts without words those that stand among their properties, where it can be told which these are."""
        claims = {self.syntax.names, self.syntax.scope, self.syntax.kind}
        for is_talk in (True, False):
            mute = [(scope, node) for scope, node in self._mute if _is_talk(node) == is_talk]
            told = [loose_words.unclaimed(scope, sorted(claims)) if self._text(scope) else [] for scope, _ in mute]
            for (_, node), text in zip(mute, loose_words.said(told, is_talk=is_talk), strict=True):
                if text:
                    node["text"] = Seen(text)

    def _properties(self, scope: Any) -> Iterator[tuple[Any, list[str]]]:
        """Elements with the properties of this item itself, in document order; nested items are not entered."""
        stack: list[tuple[Any, str]] = [
            (element, "") for element in (*reversed(self._referred(scope)), *reversed(scope))
        ]
        while stack and self.steps > 0:
            element, hanging = stack.pop()
            if not isinstance(element.tag, str):
                continue
            self.steps -= 1
            nested = self._begins(element)
            names = (hanging if nested and hanging else element.get(self.syntax.names) or "").split()
            if names:
                yield element, list(dict.fromkeys(names))
            if not nested:
                below = (element.get(self.syntax.wrapper) or hanging) if self.syntax.wrapper else ""
                stack.extend([(child, below) for child in reversed(element)])

    def _referred(self, scope: Any) -> list[Any]:
        names = (scope.get("itemref") or "").split()[:MAX_REFERENCES]
        if names and self._by_id is None:
            self._by_id = {}
            for element in self.root.iterfind(".//*[@id]"):
                self._by_id.setdefault(element.get("id"), element)
        return [element for name in names if (element := (self._by_id or {}).get(name)) is not None]

    def _value(self, element: Any, names: list[str], nesting: int) -> Any:
        if self._begins(element):
            self.reached.add(element)
            return self._named(element, names, nesting)
        if element.get("content") is not None:
            return str(element.get("content"))
        if element.get("datetime"):
            return str(element.get("datetime"))
        if element.tag in ("data", "meter") and element.get("value"):
            return str(element.get("value"))
        plain = set(map(plain_name, names))
        if element.tag in LINKS:
            link = join(self.url, element.get(LINKS[element.tag]) or "")
            shown = self._text(element) if plain & WRITERS else ""
            return {"name": shown, "url": link} if shown else link
        return self._words(element, plain)

    def _named(self, element: Any, names: list[str], nesting: int) -> Node:
        """The item that begins here. Under a wrapper, names on the element itself are properties of that very item."""
        node = self._node(element, nesting)
        for name in (element.get(self.syntax.names) or "").split() if self.syntax.wrapper else ():
            if name not in names and name not in node:
                node[name] = self._text(element)
        return node

    def _words(self, element: Any, names: set[str]) -> str:
        if element.tag in TO_BE_FILLED_IN or self.characters <= 0:
            return ""
        if names & TIMES and (exact := element.xpath("string(.//time/@datetime | self::abbr/@title)")):
            return str(exact)
        if names & TITLES:
            return self._text(_without(element, f".//*[{OFF_SCREEN}]"))
        beside = BESIDE.format(names=self.syntax.names)
        return self._text(_without(element, beside) if names & TEXT else element)

    def _text(self, element: Any) -> str:
        if self.characters <= 0:
            return ""
        source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        self.characters -= len(source)
        return Seen(html_to_text(source))


def _is_talk(node: Node) -> bool:
    return not any(kind.lower().rstrip("s").endswith("review") for kind in node["@type"])


def _without(element: Any, path: str) -> Any:
    """The element without what `path` finds in it, unless nothing else is there."""
    if not element.xpath(path):
        return element
    shown = deepcopy(element)
    for hidden in shown.xpath(path):
        behind = hidden.tail
        hidden.clear()
        hidden.tail = behind
    return shown if "".join(shown.itertext()).strip() else element


def _add(node: Node, name: str, value: Any) -> None:
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]
