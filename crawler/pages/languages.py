"""In which language an element of a page is, in HTML's way to say it or in XML's."""

from __future__ import annotations

from typing import Any

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def declared(element: Any) -> str:
    """The language that an element itself says it is in, empty if it does not."""
    return str(element.get("lang") or element.get("xml:lang") or element.get(XML_LANG) or "")


class Languages:
    """The languages of a page's elements; what was found on the way up holds for everything on that way."""

    def __init__(self) -> None:
        self._known: dict[Any, str] = {}

    def of(self, element: Any) -> str:
        """The language of an element, by its own word or that of what it stands in."""
        way: list[Any] = []
        spoken = ""
        for near in (element, *element.iterancestors()):
            if near in self._known:
                spoken = self._known[near]
                break
            way.append(near)
            if spoken := declared(near):
                break
        self._known.update(dict.fromkeys(way, spoken))
        return spoken
