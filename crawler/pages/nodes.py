"""Looking into trees of schema.org nodes, however they were written down. Property names are matched in lower case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Node = dict[str, Any]
Index = dict[str, Node]

REVIEW = {"review", "criticreview", "userreview", "employerreview"}
COMMENT = {"comment", "discussionforumposting"}
MAX_NODES = 50_000


def types(node: Node) -> set[str]:
    """The node's types in lower case, without the vocabulary's address."""
    declared = node.get("@type")
    names = declared if isinstance(declared, list) else [declared]
    return {name.rpartition("/")[2].rpartition(":")[2].lower() for name in names if isinstance(name, str)}


def walk(values: list[Any]) -> Iterator[tuple[Node, str, Node | None]]:
    """Every object in document order, with the property it stands under and the object that holds it."""
    stack: list[tuple[Any, str, Node | None]] = [(value, "", None) for value in reversed(values)]
    seen = 0
    while stack and seen < MAX_NODES:
        value, key, holder = stack.pop()
        if isinstance(value, list):
            stack.extend((item, key, holder) for item in reversed(value))
        elif isinstance(value, dict):
            seen += 1
            yield value, key, holder
            stack.extend((child, name.lower(), value) for name, child in reversed(value.items()))


def index(values: list[Any]) -> Index:
    """Objects by `@id`, so that a bare reference can be followed."""
    return {node["@id"]: node for node, _, _ in walk(values) if isinstance(node.get("@id"), str) and len(node) > 1}


def get(node: Node, *names: str) -> Any:
    """The first of these properties that has a value; names are given in lower case."""
    lowered = {name.lower().removeprefix("schema:"): value for name, value in node.items()}
    return next((lowered[name] for name in names if lowered.get(name) not in (None, "", [], {})), None)


def first(value: Any) -> Any:
    """The value itself, or the first of a list."""
    while isinstance(value, list):
        value = value[0] if value else None
    return value


def objects(value: Any, known: Index) -> list[Node]:
    """The objects in a value or list (of lists), references followed."""
    found = [node for node, _, holder in walk([value]) if holder is None]
    return [known.get(str(node.get("@id")), node) if len(node) == 1 else node for node in found]


def string(value: Any) -> str:
    """A text value; a number is written out, a language-tagged value unwrapped, anything else is empty."""
    value = first(value)
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
