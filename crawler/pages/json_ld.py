"""JSON-LD blocks of a page, each read alone, so that a broken one never costs the others.

Seen broken in the wild: byte order mark, CDATA markers or an HTML comment around the data, a trailing semicolon,
several objects in one block, trailing commas, raw line breaks in strings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from json import JSONDecoder
from typing import Any

from crawler.shape import Misshapen, check_depth, load_json

OPENINGS = ("/*<![CDATA[*/", "//<![CDATA[", "// <![CDATA[", "<![CDATA[", "<!--")
CLOSINGS = ("/*]]>*/", "//]]>", "// ]]>", "]]>", "//-->", "-->", ";")
STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*+"|,(?=\s*+[}\]])', re.DOTALL)
DECODER = JSONDecoder(strict=False)


class Broken(Exception):
    """A block that no repair makes readable; the message names the reason."""


def scripts(root: Any) -> Iterator[str]:
    """The text of every JSON-LD block below `root` (an lxml element), in order."""
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower().startswith("application/ld+json"):
            yield script.text or ""


def parse(block: str) -> list[Any]:
    """The values of one block, none if it is empty. Raises `Broken`."""
    text = block.strip("\ufeff \t\r\n")
    reason = ""
    for attempt in (_plain, _unwrapped, _several, _without_commas):
        try:
            return attempt(text)
        except Misshapen as error:
            raise Broken(str(error)) from error
        except (ValueError, RecursionError) as error:
            reason = reason or str(error)
    raise Broken(reason)


def _plain(text: str) -> list[Any]:
    return [load_json(text)] if text else []


def _unwrapped(text: str) -> list[Any]:
    inner = _unwrap(text)
    return [load_json(inner)] if inner else []


def _several(text: str) -> list[Any]:
    return list(_values(_unwrap(text)))


def _without_commas(text: str) -> list[Any]:
    cleaned = STRING_OR_COMMA.sub(lambda found: "" if found.group() == "," else found.group(), _unwrap(text))
    return list(_values(cleaned))


def _unwrap(text: str) -> str:
    """The data without CDATA markers, comment signs and semicolons around them."""
    before = None
    while text != before:
        before = text
        for mark in OPENINGS:
            text = text.removeprefix(mark).lstrip()
        for mark in CLOSINGS:
            text = text.removesuffix(mark).rstrip()
    return text


def _values(text: str) -> Iterator[Any]:
    at = 0
    while at < len(text):
        value, at = DECODER.raw_decode(text, at)
        check_depth(value)
        yield value
        while at < len(text) and text[at] in " \t\r\n;,":
            at += 1
