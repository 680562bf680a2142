"""Exports in XML: comments of WordPress and Disqus, feeds of product reviews, and what else names its parts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from lxml import etree

from gelassen.errors import WrongUse
from gelassen.exchange.documents import document_rows
from gelassen.exchange.lines import Row

OWN = b"wordpress.org/export"
"""A feed with comments of WordPress in it is an export, whose items are our own pages and no reviews."""

COMMENT = "comment"


def xml_rows(content: bytes, zone: ZoneInfo) -> Iterator[Row]:
    """One row for each review or comment of an export in XML. Raises `WrongUse` when there is none."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise WrongUse(f"The file is no XML that can be read: {error}") from error
    if root is None:
        raise WrongUse("The file is no XML that can be read.")
    if OWN in content[:8192]:
        comments = [_value(one) for one in root.iter("{*}comment")]
        if not comments:
            raise WrongUse("The export holds no comments.")
        return document_rows({COMMENT: comments}, zone)
    return document_rows({_name(root): _value(root)}, zone)


def _value(element: Any) -> Any:
    """The element as JSON would hold it: its text, or its attributes and children, those of one name as a list."""
    inner: dict[str, Any] = {_bare(key): value for key, value in element.attrib.items()}
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, value = _linked(child) if child.get("rel") and child.get("title") else (_name(child), _value(child))
        known = inner.get(name)
        inner[name] = value if known is None else [*known, value] if isinstance(known, list) else [known, value]
    text = (element.text or "").strip()
    return ({**inner, "text": text} if text else inner) if inner else text


def _linked(element: Any) -> tuple[str, Any]:
    """A link with a title names what it leads to: `<link rel=".../user" title="Ida" href="...">` is a user."""
    called = _bare(str(element.get("rel")).rstrip("/").replace("/", "}"))
    return called, {"name": element.get("title"), "url": element.get("href", "")}


def _name(element: Any) -> str:
    return _bare(str(element.tag))


def _bare(name: str) -> str:
    return name.rpartition("}")[2]
