"""Looking into trees of schema.org nodes, however they were written down. All property names are in lower case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, TypeVar

from crawler.text import Seen

T = TypeVar("T")
Node = dict[str, Any]
Index = dict[str, Node]

BRANCHES = (dict, list)
MAX_NODES = 20_000
LONGEST_NAME = 200
"""Characters; no type or property is called anything longer."""

POST = "post"
OWNER_ANSWERS = (
    "ownerresponse ownerreply publisherresponse publisherreply merchantreply merchantresponse sellerreply "
    "sellerresponse businessresponse businessreply companyreply companyresponse managementresponse shopreply"
).split()
ANSWERS = ("comment", "comments", "replytoreview", "reply", "replies", "response", "acceptedanswer", "suggestedanswer")
CONSUMED = frozenset(("author", "creator", "reviewrating", *OWNER_ANSWERS, *ANSWERS))
"""Properties that are read together with the post they belong to."""

NOTHING: frozenset[str] = frozenset()

SAME = {
    "reviewer": "author",
    "has_creator": "author",
    "dtreviewed": "datepublished",
    "created": "datecreated",
    "commenttime": "datecreated",
    "commenttext": "text",
    "encoded": "text",
}
"""Properties of other vocabularies, and what they are called in schema.org."""


def lowered(value: Any) -> Any:
    """The same tree with plain property names."""
    if isinstance(value, dict):
        return {
            plain_name(name): lowered(child) if isinstance(child, BRANCHES) else child for name, child in value.items()
        }
    return [lowered(child) for child in value] if isinstance(value, list) else value


@lru_cache(4096)
def plain_name(name: str) -> str:
    """A property in lower case, without prefix (`schema:`) or address of a vocabulary, by its name in schema.org."""
    lower = name[:LONGEST_NAME].lower()
    plain = lower if lower.startswith("@") else _last_part(lower)
    return SAME.get(plain, plain)


@lru_cache(1024)
def plain_type(name: str) -> str:
    """A type in lower case, without prefix or address of a vocabulary."""
    return _last_part(name[:LONGEST_NAME].strip().lower())


def _last_part(name: str) -> str:
    return name.rpartition("/")[2].rpartition("#")[2].rpartition(":")[2]


def types(node: Node) -> set[str]:
    """The node's plain types."""
    declared = node.get("@type")
    if declared is None:
        return set()
    names = declared if isinstance(declared, list) else [declared]
    return {plain_type(name) for name in names if isinstance(name, str)}


def walk(values: list[Any]) -> Iterator[tuple[Node, str]]:
    """Every object in document order, with the property it stands under; at most `MAX_NODES`."""
    return ((node, key) for node, key, _ in outline(values, lambda _node, _key: None))


def outline(values: list[Any], judge: Callable[[Node, str], T]) -> Iterator[tuple[Node, str, T]]:
    """Like `walk`, with what `judge` says about each object.

    Below one it calls `POST` the properties that belong to the post itself are not visited.
    """
    stack: list[tuple[Any, str]] = [(value, "") for value in reversed(values)]
    seen = 0
    while stack and seen < MAX_NODES:
        value, key = stack.pop()
        if isinstance(value, list):
            stack.extend([(item, key) for item in reversed(value)])
        elif isinstance(value, dict):
            seen += 1
            judged = judge(value, key)
            yield value, key, judged
            passed = CONSUMED if judged == POST else NOTHING
            stack.extend(
                [
                    (below, name)
                    for name, below in reversed(value.items())
                    if isinstance(below, BRANCHES) and name not in passed
                ]
            )


def index(values: list[Any]) -> Index:
    """Objects by `@id`, so that a bare reference can be followed."""
    return {node["@id"]: node for node, _ in walk(values) if len(node) > 1 and isinstance(node.get("@id"), str)}


def get(node: Node, *names: str) -> Any:
    """The first of these properties that has a value."""
    for name in names:
        value = node.get(name)
        if value or value == 0:  # a zero is a value; None and empty strings, lists and objects are not
            return value
    return None


def first(value: Any) -> Any:
    """The value itself, or the first of a list."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def objects(value: Any) -> list[Node]:
    """The objects in a value or list (of lists)."""
    if isinstance(value, list):
        return [node for item in value for node in objects(item)]
    return [value] if isinstance(value, dict) else []


def string(value: Any) -> str:
    """A text value; a number is written out, a language-tagged value unwrapped, anything else is empty."""
    if isinstance(value, str):
        return value
    value = first(value)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""


def words(value: Any) -> str:
    """A text value; of several, a beginning that another one repeats in full is left out."""
    if isinstance(value, str):
        return value
    if not isinstance(value, list):
        return string(value)
    parts = [text for item in value[:50] if (text := string(item)).strip()]
    whole = [
        part for part in parts if not any(part != other and other.startswith(part.rstrip(". …")) for other in parts)
    ]
    joined = "\n\n".join(dict.fromkeys(whole))
    return Seen(joined) if all(isinstance(part, Seen) for part in whole) else joined
