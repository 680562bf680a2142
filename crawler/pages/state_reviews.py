"""Which objects in a page's data for scripts are reviews, brought into the shape of schema.org nodes.

Nothing declares them: an object is a review by the list it stands in (`reviews`, `customerReviews`), or by the type
GraphQL writes into it, and by what it says. Names of properties differ by their spelling only and are compared without
signs: `reviewText`, `review_text` and `ReviewText` are one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.pages.nodes import BRANCHES, MAX_NODES, Node, get, string
from crawler.pages.state_names import (
    BAD,
    BELOW,
    BETWEEN,
    CHANGED,
    COUNTS,
    DATES,
    DECLARING,
    GOOD,
    IDS,
    NAMES,
    PEOPLE,
    PRESS,
    REPLIES,
    REVIEWS,
    SAID,
    SIGNED,
    STAFF,
    STARS,
    TALK,
    TITLES,
    TYPED,
    WORDS,
)
from crawler.shape import Misshapen, load_json

SIGNS = str.maketrans("", "", "_-. ")
PACKED = ('{"', '[{"')
DEEPEST, DEEPEST_TALK = 100, 20


def reviews(tree: Any) -> list[Node]:
    """One node per review in one tree of data, and the number of reviews that the data claim, if they do."""
    found = _Finder(plain(tree))
    return [*found.reviews(), *_totals(found.tree)]


def plain(value: Any, depth: int = 0) -> Any:
    """The same tree with comparable names; a text that is JSON itself is unpacked."""
    if depth > DEEPEST:
        return None
    if isinstance(value, dict):
        return {_name(name): plain(child, depth + 1) for name, child in value.items()}
    if isinstance(value, list):
        return [plain(child, depth + 1) for child in value]
    if isinstance(value, str) and value.startswith(PACKED) and "eview" in value:
        try:
            return plain(load_json(value), depth + 1)
        except (ValueError, Misshapen):
            return value
    return value


def _name(name: str) -> str:
    """`Review:5`, a name in Apollo's store, stays as it is: there it is the id of an object."""
    return name if ":" in name or name.startswith("@") else name.partition("(")[0].lower().translate(SIGNS)


@dataclass(slots=True)
class _Finder:
    tree: Any
    hung: set[int] = field(default_factory=set)
    _stored: dict[str, Node] | None = None

    def reviews(self) -> Iterator[Node]:
        for node, key in self._named():
            if "@type" in node or id(node) in self.hung:
                continue
            if TYPED.search(_typename(node)) or REVIEWS.search(key) or self._declares(node):
                if self._looks_like_review(node):
                    yield self._review(node, "Review")
            elif TALK.search(key) and self._looks_like_talk(node):
                yield self._review(node, "Review" if get(node, *STARS) else "Comment")

    def _named(self) -> Iterator[tuple[Node, str]]:
        """Every object with the name of the list it stands in."""
        stack: list[tuple[Any, str]] = [(self.tree, "")]
        seen = 0
        while stack and seen < MAX_NODES:
            value, key = stack.pop()
            if isinstance(value, list):
                stack.extend([(item, key) for item in reversed(value) if isinstance(item, BRANCHES)])
            elif isinstance(value, dict):
                seen += 1
                yield value, key
                below = [(name, child) for name, child in reversed(value.items()) if isinstance(child, BRANCHES)]
                stack.extend([(child, key if name in BETWEEN else _list_name(name)) for name, child in below])

    def _looks_like_review(self, node: Node) -> bool:
        """Words with an id, or with stars and a date or name; or stars that somebody gave at some time."""
        if not PRESS.isdisjoint(node):
            return False
        rated = get(node, *STARS) is not None
        words = self._words(node) or _text(node, GOOD + BAD) or (rated and _text(node, TITLES))
        if words:
            return get(node, *IDS) is not None or (rated and bool(get(node, *DATES) or self._signed(node)))
        given = self._part(node, *PEOPLE) or get(node, *SIGNED[:-1]) or get(node, *DATES)
        return rated and bool(given) and get(node, *IDS) is not None and COUNTS.isdisjoint(node)

    def _declares(self, node: Node) -> bool:
        """Whether an object calls its words a review, and somebody gave stars with them at some time."""
        words, rated = _text(node, DECLARING), get(node, *STARS) is not None
        return bool(words and rated and self._signed(node) and get(node, *DATES))

    def _looks_like_talk(self, node: Node) -> bool:
        return bool(self._words(node) and self._signed(node) and get(node, *DATES))

    def _review(self, node: Node, kind: str, depth: int = 0) -> Node:
        dates = node | self._part(node, "dates")
        review: Node = {
            "@type": kind,
            "identifier": str(get(node, *IDS) or ""),
            "headline": _text(node, TITLES),
            "reviewbody": self._words(node),
            "positivenotes": _text(node, GOOD),
            "negativenotes": _text(node, BAD),
            "inlanguage": get(node, "language", "locale", "lang"),
            "datepublished": string(get(dates, *DATES)),
            "datemodified": string(get(dates, *CHANGED)),
            "author": self._author(node),
            "reviewrating": _rating(get(node, *STARS)),
        }
        return review | self._answer(node) | self._conversation(node, depth)

    def _author(self, node: Node) -> Node:
        person = self._part(node, *PEOPLE)
        is_staff = any(part.get(flag) is True for part in (node, person) for flag in STAFF)
        identity = string(get(person, "id"))
        return {"@type": "Organization" if is_staff else "Person", "name": self._signed(node), "identifier": identity}

    def _conversation(self, node: Node, depth: int) -> Node:
        """What stands under a post, in a list of its own."""
        lists = (self._items(node.get(name)) for name in BELOW if depth < DEEPEST_TALK)
        said = [item for items in lists for item in items if self._looks_like_talk(item)]
        self.hung.update(map(id, said))
        return {"comment": [self._review(item, "Comment", depth + 1) for item in said]} if said else {}

    def _items(self, value: Any) -> list[Node]:
        """The objects of a list, which may be wrapped."""
        while isinstance(value, dict):
            value = next((value[name] for name in sorted(BETWEEN & value.keys())), None)
        items = value if isinstance(value, list) else []
        return [self._part({"item": item}, "item") for item in items if isinstance(item, dict)]

    def _words(self, node: Node) -> str:
        return _text(node, WORDS)

    def _signed(self, node: Node) -> str:
        person = self._part(node, *PEOPLE)
        return _text(person, NAMES) or _text(node, SIGNED)

    def _answer(self, node: Node) -> Node:
        reply = get(node, *REPLIES)
        reply = {"text": reply} if isinstance(reply, str) and " " in reply.strip() else reply
        words = _text(reply, SAID) if isinstance(reply, dict) else ""
        if not words or not isinstance(reply, dict):
            return {}
        author = {"@type": "Organization", "name": _text(reply, ("author", "name", "authorname"))}
        return {
            "ownerresponse": {
                "@type": "Comment",
                "text": words,
                "datepublished": string(get(reply, *DATES)),
                "author": author,
            }
        }

    def _part(self, node: Node, *names: str) -> Node:
        """An object inside, looked up where only its key in the store is given."""
        value: Node = next((node[name] for name in names if isinstance(node.get(name), dict)), {})
        value = value["node"] if isinstance(value.get("node"), dict) else value
        key = value.get("ref") or (value.get("type") == "id" and value.get("id"))
        return self._store().get(str(key), value) if key else value

    def _store(self) -> dict[str, Node]:
        """Apollo's store: objects by names like `User:7`."""
        if self._stored is None:
            self._stored = {
                name: child
                for node, _ in self._named()
                for name, child in node.items()
                if ":" in name and isinstance(child, dict)
            }
        return self._stored


def _list_name(name: str) -> str:
    """`Review:5` in a store stands among the reviews."""
    return name.partition(":")[0].lower() if ":" in name else name


def _typename(node: Node) -> str:
    kind = node.get("typename")
    return kind.lower() if isinstance(kind, str) else ""


def _text(node: Node, names: tuple[str, ...]) -> str:
    """The first of these properties that is a text; a text may be wrapped in an object of its own."""
    for name in names:
        value = node.get(name)
        if isinstance(value, dict):
            value = get(value, "text", "value", "html", "rendered", "plaintext")
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _rating(rating: Any) -> Node:
    if not isinstance(rating, dict):
        return {"ratingvalue": rating}
    value = get(rating, "value", "ratingvalue", "rating", "score", "stars", "overall", "average")
    return {"ratingvalue": value, "bestrating": get(rating, "max", "bestrating", "best", "outof", "range")}


def _totals(data: Any) -> list[Node]:
    """What the data say about how many reviews there are."""
    stack: list[tuple[Any, str]] = [(data, "")]
    seen = 0
    while stack and seen < MAX_NODES:
        value, key = stack.pop()
        if isinstance(value, dict):
            seen += 1
            total = value.get("totalcount") if key == "pagination" else value.get("numberofreviews")
            if isinstance(total, int):
                return [{"aggregaterating": {"reviewcount": total}}]
            stack.extend([(child, name) for name, child in reversed(value.items()) if isinstance(child, BRANCHES)])
        elif isinstance(value, list):
            stack.extend([(item, key) for item in reversed(value)])
    return []
