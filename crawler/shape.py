"""Whether a document may be parsed at all: a linear look at its shape before any parser sees it.

Parsers need minutes for a tag with 100,000 attributes or for very deep nesting. A page like that is refused with a
clear word; nothing of it is read. The limits are far beyond what real pages have.
"""

from __future__ import annotations

import json
import re
from typing import Any

MAX_TAG = 64 * 1024
MAX_ATTRIBUTES = 256
MAX_DEPTH = 512
MAX_JSON_DEPTH = 100
BRANCHES = (dict, list)

VOID = "area base br col embed hr img input link meta param source track wbr".split()
OPTIONAL_END = "p li dt dd td th tr thead tbody tfoot option optgroup rp rt colgroup caption body html head".split()
UNCOUNTED = frozenset(VOID + OPTIONAL_END)
RAW_TEXT = {name: re.compile(rf"</{name}\b", re.IGNORECASE) for name in "script style textarea title xmp".split()}
OPENING = re.compile(r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]*+)([^<>"']{0,500}+>)?+|!--)""")  # group 3: a simple rest
REST_OF_TAG = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
ATTRIBUTE = re.compile(r"""[\s/]([^\s=/>"']++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']++))?+""")


class Misshapen(Exception):
    """The document cannot be read safely; the message says why."""


def check_html(text: str) -> None:
    """Raise `Misshapen` for oversized tags, too many attributes in one tag, or too deep nesting."""
    depth = at = 0
    while found := OPENING.search(text, at):
        name = (found.group(2) or "").lower()
        if not name:
            at = _after_comment(text, found.end())
            continue
        at = found.end() if found.group(3) else _after_tag(text, found)
        if found.group(1):
            depth -= name not in UNCOUNTED and depth > 0
        elif name in RAW_TEXT:
            at = _after_raw_text(text, name, at)
        elif name not in UNCOUNTED and text[at - 2] != "/":
            depth += 1
            if depth > MAX_DEPTH:
                raise Misshapen(f"The page nests its elements more than {MAX_DEPTH} deep.")


def load_json(text: str) -> Any:
    """Parse JSON, raw line breaks in strings allowed. Raises `ValueError`, or `Misshapen` if nested too deeply."""
    try:
        value = json.loads(text, strict=False)
    except RecursionError:
        raise Misshapen(f"The data are nested more than {MAX_JSON_DEPTH} deep.") from None
    check_depth(value)
    return value


def check_depth(value: Any) -> None:
    """Raise `Misshapen` if lists and objects are nested more than `MAX_JSON_DEPTH` deep."""
    level, depth = [value], 0
    while level:
        depth += 1
        if depth > MAX_JSON_DEPTH:
            raise Misshapen(f"The data are nested more than {MAX_JSON_DEPTH} deep.")
        below = [node.values() if isinstance(node, dict) else node for node in level if isinstance(node, BRANCHES)]
        level = [child for children in below for child in children if isinstance(child, BRANCHES)]


def _after_comment(text: str, start: int) -> int:
    end = text.find("-->", start)
    return end + 3 if end >= 0 else len(text)


def _after_raw_text(text: str, name: str, start: int) -> int:
    end = RAW_TEXT[name].search(text, start)
    return end.start() if end else len(text)


def _after_tag(text: str, opening: re.Match[str]) -> int:
    """Where the tag ends. A tag that the page leaves open at its very end is harmless."""
    start = opening.end()
    limit = start + MAX_TAG
    end = REST_OF_TAG.match(text, start, limit)
    if end is None:
        if limit >= len(text):
            return len(text)
        raise Misshapen(f"The page has a tag of more than {MAX_TAG // 1024} KiB.")
    if end.end() - start > 2 * MAX_ATTRIBUTES:
        _count_attributes(text, start, end.end())
    return end.end()


def _count_attributes(text: str, start: int, end: int) -> None:
    for number, _ in enumerate(ATTRIBUTE.finditer(text, start, end), 1):
        if number > MAX_ATTRIBUTES:
            raise Misshapen(f"The page has a tag with more than {MAX_ATTRIBUTES} attributes.")
