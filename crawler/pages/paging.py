"""Where a list of reviews goes on: what the page itself declares, never a guess."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urldefrag, urlencode, urlsplit, urlunsplit

from crawler.pages.values import join

LINK_HEADER = re.compile(r"<([^<>]*)>([^<]*)")
NEXT_REL = re.compile(r'\brel\s{0,9}=\s{0,9}"?(?:[^"]{0,99}\s)?next\b', re.IGNORECASE)
NEXT_WORDS = ("nächste", "weitere bewertungen", "next")
PAGE_NAMES = ("page", "seite", "p")


def next_page(root: Any, url: str, link: str = "", base: str = "") -> str:
    """The absolute address of the following page on the same host, empty if there is none.

    Links on the page count from `base`, if it is given.
    """
    here = urldefrag(url).url
    base = base or url
    on_the_page = (*_declared(root), *_labelled(root), *_numbered(root, here, base))
    for target in (*(join(url, target) for target in _header(link)), *(join(base, target) for target in on_the_page)):
        there = urldefrag(target).url
        if there and there != here and urlsplit(there).netloc == urlsplit(here).netloc:
            return there
    return ""


def with_query(url: str, name: str, value: str) -> str:
    """`url` with this value in its query, in place of the one there."""
    parts = urlsplit(url)
    query = [(key, kept) for key, kept in parse_qsl(parts.query) if key != name]
    return urlunsplit(parts._replace(query=urlencode([*query, (name, value)])))


def link_targets(header: str, relation: re.Pattern[str]) -> Iterator[str]:
    """Targets in an HTTP Link header whose parameters match `relation`."""
    for target, parameters in LINK_HEADER.findall(header):
        if relation.search(parameters):
            yield target


def _header(link: str) -> Iterator[str]:
    return link_targets(link, NEXT_REL)


def _declared(root: Any) -> Iterator[str]:
    for element in root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split() and element.get("href"):
            yield element.get("href")


def _labelled(root: Any) -> Iterator[str]:
    for anchor in root.iter("a"):
        label = (anchor.get("aria-label") or "").strip().lower()
        inside = anchor.getparent()
        listed = inside is not None and inside.tag == "li" and "next" in (inside.get("class") or "").lower().split()
        if anchor.get("href") and (listed or label.startswith(NEXT_WORDS)):
            yield anchor.get("href")


def _numbered(root: Any, here: str, base: str) -> Iterator[str]:
    """A link to the same page with the page number raised by one."""
    current = urlsplit(here)
    numbers = parse_qs(current.query)
    for anchor in root.iter("a"):
        target = urlsplit(join(base, anchor.get("href") or ""))
        query = parse_qs(target.query) if target.path == current.path else {}
        for name in PAGE_NAMES:
            if query.get(name) == [str(_number(numbers, name) + 1)]:
                yield target.geturl()


def _number(query: dict[str, list[str]], name: str) -> int:
    value = query.get(name, ["1"])[0]
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 1
