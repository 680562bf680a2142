"""Whether a document may be parsed at all: a linear look at its shape before any parser sees it.

Parsers need minutes for a tag with 100,000 attributes or for very deep nesting. A page like that is refused with a
clear word; nothing of it is read. The limits are far beyond what real pages have.
"""

from __future__ import annotations

import json
import re
from typing import Any

MAX_TAG = 64 * 1024
"""Characters of a tag without the values in quotes: pictures and programs written into a value (`src="data:..."`) are
long, but harmless."""

MAX_ATTRIBUTES = 256
MAX_DEPTH = 512
MAX_ROOTS = 100
"""`<html>` and `<body>` tags: a parser puts the attributes of all of them into one, looking for doubles each time."""

MAX_JSON_DEPTH = 100
MAX_JSON_BRANCHES = 200_000
MAX_JSON_VALUES = 400_000
"""A page of ten thousand reviews has a fifth of that; more would fill the memory before anybody looked at it."""

MAX_ELEMENTS = 400_000
MAX_XML_ELEMENTS = 60_000
MAX_XML_SIGNS = 500_000
"""A feed of five thousand entries has less. Reading broken XML takes long for every `<` and `&`."""

TOO_MUCH = "The data hold more values than can be read at once."
BRANCHES = (dict, list)
HALF_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}"
)

VOID = "area base br col embed hr img input link meta param source track wbr".split()
OPTIONAL_END = "p li dt dd td th tr thead tbody tfoot option optgroup rp rt colgroup caption body html head".split()
ROOTS = ("html", "body")
UNCOUNTED = frozenset(VOID + OPTIONAL_END)
RAW_TEXT = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in "script style textarea title xmp".split()}
TAG = r"""(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>"']{0,500}+>)?+"""  # group 3: a simple rest
OPENING = re.compile(rf"<(?:{TAG}|!--)")
XML_OPENING = re.compile(rf"<(?:{TAG}|!--|!\[CDATA\[)")
VALUE = r"""(?:"[^"]*+"|'[^']*+'|(?!["'])[^\s>]*+)"""
ATTRIBUTE = rf"""[^\s/>][^\s/>=]*+(?:\s*+=\s*+{VALUE}|(?!\s*+=\s*+["']))"""  # quotes without a `=` are part of a name
PART_OF_TAG = re.compile(rf"[\s/]++|({ATTRIBUTE})")
REST_OF_TAG = re.compile(rf"(?:[\s/]++|{ATTRIBUTE})*+>")
QUOTED = re.compile(r"""=\s*+["']""")


class Misshapen(Exception):
    """The document cannot be read safely; the message says why."""


def check_html(text: str) -> None:
    """Raise `Misshapen` for oversized tags, too many attributes in one tag, or too deep nesting."""
    _check(text, OPENING, RAW_TEXT, UNCOUNTED, MAX_ELEMENTS)


def check_xml(text: str) -> None:
    """The same for a feed, where no element hides tags in its text but CDATA does, and no end may be left out."""
    if text.count("<") > MAX_XML_SIGNS or text.count("&") > MAX_XML_SIGNS:
        raise Misshapen(TOO_MUCH)
    _check(text, XML_OPENING, {}, frozenset(VOID), MAX_XML_ELEMENTS)


def _check(
    text: str,
    opening: re.Pattern[str],
    raw_text: dict[str, re.Pattern[str]],
    uncounted: frozenset[str],
    most: int,
) -> None:
    depth = at = roots = elements = 0
    while found := opening.search(text, at):
        elements += not found.group(1)
        if elements > most:
            raise Misshapen(TOO_MUCH)
        name = (found.group(2) or "").lower()
        if not name:
            at = _after(text, "-->" if found.group().endswith("-") else "]]>", found.end())
            continue
        at = found.end() if found.group(3) else _after_tag(text, found)
        if found.group(1):
            depth -= name not in uncounted and depth > 0
            continue
        if name in raw_text:
            at = _after_raw_text(text, raw_text[name], at)
        elif name in ROOTS:
            roots += 1
            if roots > MAX_ROOTS:
                raise Misshapen("The page begins again and again.")
        elif name not in uncounted and text[at - 2] != "/":
            depth += 1
            if depth > MAX_DEPTH:
                raise Misshapen(f"The page nests its elements more than {MAX_DEPTH} deep.")


def load_json(text: str) -> Any:
    """Parse JSON, raw line breaks in strings allowed. Raises `ValueError`, or `Misshapen` if too deep or too much."""
    check_json(text)
    try:
        value = json.loads(whole_characters(text), strict=False)
    except RecursionError:
        raise Misshapen(f"The data are nested more than {MAX_JSON_DEPTH} deep.") from None
    check_depth(value)
    return value


def check_json(text: str) -> None:
    """Raise `Misshapen` for a text that would become more values than can be held; counts what stands in it."""
    if text.count("{") + text.count("[") > MAX_JSON_BRANCHES or text.count(",") > MAX_JSON_VALUES:
        raise Misshapen(TOO_MUCH)


def whole_characters(text: str) -> str:
    """JSON in which halves of characters (a lone `\\ud83d`), which nothing can store, are replacement characters."""
    return HALF_CHARACTER.sub(r"\\ufffd", text) if "\\ud" in text or "\\uD" in text else text


def check_depth(value: Any) -> None:
    """Raise `Misshapen` if lists and objects are nested more than `MAX_JSON_DEPTH` deep."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_JSON_DEPTH:
            raise Misshapen(f"The data are nested more than {MAX_JSON_DEPTH} deep.")
        below = [node.values() if isinstance(node, dict) else node for node in level if isinstance(node, BRANCHES)]
        level = [child for children in below for child in children if isinstance(child, BRANCHES)]


def _after(text: str, mark: str, start: int) -> int:
    end = text.find(mark, start)
    return end + len(mark) if end >= 0 else len(text)


def _after_raw_text(text: str, closing: re.Pattern[str], start: int) -> int:
    end = closing.search(text, start)
    return end.start() if end else len(text)


def _after_tag(text: str, opening: re.Match[str]) -> int:
    """Where the tag ends, as browsers see it. A tag that the page leaves open at its very end is harmless."""
    start = at = opening.end()
    short = REST_OF_TAG.match(text, start, start + 2 * MAX_ATTRIBUTES)
    if short:
        return short.end()
    attributes = bare = 0
    while part := PART_OF_TAG.match(text, at):
        attributes += bool(part.group(1))
        bare += 1 if QUOTED.search(part.group()) else part.end() - at
        if attributes > MAX_ATTRIBUTES:
            raise Misshapen(f"The page has a tag with more than {MAX_ATTRIBUTES} attributes.")
        at = part.end()
        if bare > MAX_TAG:
            break
    if bare > MAX_TAG or (text[at : at + 1] != ">" and len(text) - at > MAX_TAG):
        raise Misshapen(f"The page has a tag of more than {MAX_TAG // 1024} KiB.")
    return min(at + 1, len(text))
