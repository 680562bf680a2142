"""Looking into trees of schema.org nodes, however they were written down. All property names are in lower case."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
Index = dict[str, Node]

REVIEW = {"review", "criticreview", "userreview", "employerreview"}
COMMENT = {"comment", "discussionforumposting"}
BRANCHES = (dict, list)
MAX_NODES = 20_000


def lowered(value: Any) -> Any:
    """The same tree with property names in lower case and without the prefix `schema:`."""
    if isinstance(value, dict):
        return {
            name.lower().removeprefix("schema:"): lowered(child) if isinstance(child, BRANCHES) else child
            for name, child in value.items()
        }
    return [lowered(child) for child in value] if isinstance(value, list) else value


def types(node: Node) -> set[str]:
    """The node's types in lower case, without the vocabulary's address."""
    declared = node.get("@type")
    if declared is None:
        return set()
    names = declared if isinstance(declared, list) else [declared]
    return {name.rpartition("/")[2].rpartition(":")[2].lower() for name in names if isinstance(name, str)}


def walk(values: list[Any]) -> Iterator[tuple[Node, str]]:
    """Every object in document order, with the property it stands under; at most `MAX_NODES`."""
    return ((node, key) for node, key, _ in outline(values))


def outline(values: list[Any], whole: Callable[[Node, str], bool] | None = None) -> Iterator[tuple[Node, str, bool]]:
    """Like `walk`, with what `whole` says about each object. Nothing below an object it says yes to is visited."""
    stack: list[tuple[Any, str]] = [(value, "") for value in reversed(values)]
    seen = 0
    while stack and seen < MAX_NODES:
        value, key = stack.pop()
        if isinstance(value, list):
            stack.extend([(item, key) for item in reversed(value)])
        elif isinstance(value, dict):
            seen += 1
            is_whole = whole is not None and whole(value, key)
            yield value, key, is_whole
            if not is_whole:
                stack.extend([(below, name) for name, below in reversed(value.items()) if isinstance(below, BRANCHES)])


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
