"""Microdata as the same kind of nodes that JSON-LD yields: `{"@type": …, "@id": itemid, property: value or list}`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from crawler.text import html_to_text

MAX_NESTING = 20
LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "object": "data", "audio": "src", "video": "src"}
Node = dict[str, Any]


def items(root: Any, url: str) -> list[Node]:
    """All top-level items below `root` (an lxml element); relative links are resolved against `url`."""
    return [_node(scope, url, 0) for scope in root.xpath("//*[@itemscope and not(@itemprop)]")]


def _node(scope: Any, url: str, nesting: int) -> Node:
    node: Node = {"@type": (scope.get("itemtype") or "").split()}
    if scope.get("itemid"):
        node["@id"] = urljoin(url, scope.get("itemid").strip())
    if nesting < MAX_NESTING:
        for element in _properties(scope):
            value = _node(element, url, nesting + 1) if "itemscope" in element.attrib else _value(element, url)
            for name in set(element.get("itemprop").split()):
                _add(node, name, value)
    return node


def _properties(scope: Any) -> Iterator[Any]:
    """Elements that carry properties of this item itself, in document order; nested items are not entered."""
    stack = [*reversed(_referred(scope)), *reversed(scope)]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str):
            continue
        if element.get("itemprop"):
            yield element
        if "itemscope" not in element.attrib:
            stack.extend(reversed(element))


def _referred(scope: Any) -> list[Any]:
    names = (scope.get("itemref") or "").split()[:20]
    root = scope.getroottree()
    return [element for name in names for element in root.xpath("//*[@id=$name]", name=name)[:1]]


def _value(element: Any, url: str) -> str:
    if element.get("content") is not None:
        return str(element.get("content"))
    if element.tag == "time" and element.get("datetime"):
        return str(element.get("datetime"))
    if element.tag in ("data", "meter") and element.get("value"):
        return str(element.get("value"))
    if element.tag in LINKS:
        return str(urljoin(url, (element.get(LINKS[element.tag]) or "").strip()))
    return html_to_text(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _add(node: Node, name: str, value: Any) -> None:
    if name not in node:
        node[name] = value
    elif isinstance(node[name], list):
        node[name].append(value)
    else:
        node[name] = [node[name], value]
