"""No regular expression of the crawler can be made to take long: all of them meet all traps."""

from __future__ import annotations

import pkgutil
import re
import time
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

import crawler

SIZE = 15_000
PIECES = (
    *"<>[]\"'\\/*,; :1.a@(&=%{}-",
    *("é", "–", "\u00a0", "\x00", "\n", "\t", " \n", ", ", "//", "/*", "/* *", '\\"', "\\'", "\\u", "\\ud83d"),
    *("<a ", "<a b=", '<a b="', "<p ", "<!--", "<!-- -->", "<?", "<!DOCTYPE x[", "<![CDATA[", "&amp;", "&#"),
    *("1.", "1.1", "1,", "a ", "a.", "a@", "a=", " a=1", "$1", "1:", "1:T", "rel=", 'rel="', "rel=next ", 'rel="a '),
    *("rel=alternate ", 'href="x" ', "<p>In reply to <a ", "<media:description>", '"version" : '),
)
BEFORE = ("", '"', "<p>In reply to <a ")
ANCHORED = {
    "crawler.pages.feed.DECLARATION",
    "crawler.pages.feed.BEFORE",
    "crawler.pages.feed.BEGINNING",
    "crawler.pages.feed.ADDRESS",
    "crawler.pages.json_ld.CLOSES",
    "crawler.pages.mail_proof.METHOD",
    "crawler.pages.stars.OF",
    "crawler.pages.stars.PERCENT",
    "crawler.shape.REST_OF_TAG",
}
"""Matched at a single place, or on a text of few hundred characters; these are not asked to search."""


def patterns() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled pattern in a module of the crawler, those in tables included."""
    for module in pkgutil.walk_packages(crawler.__path__, "crawler."):
        for name, value in vars(import_module(module.name)).items():
            for found in value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else [value]:
                for pattern in found if isinstance(found, tuple) else [found]:
                    if isinstance(pattern, re.Pattern):
                        yield f"{module.name}.{name}", pattern


PATTERNS = list(patterns())


def test_the_walk_finds_patterns_in_tables_too() -> None:
    names = {name for name, _ in PATTERNS}
    assert {"crawler.shape.RAW_TEXT", "crawler.text.INVISIBLE_PARTS", "crawler.pages.times.FORMS"} <= names


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_no_text_makes_a_pattern_slow(name: str, pattern: re.Pattern[Any]) -> None:
    for before in BEFORE:
        for piece in PIECES:
            text = before + piece * (SIZE // len(piece)) + "\x01"
            trap = text.encode() if isinstance(pattern.pattern, bytes) else text
            started = time.thread_time()
            pattern.match(trap)
            pattern.fullmatch(trap)
            if name not in ANCHORED:
                sum(1 for _ in pattern.finditer(trap))
            assert time.thread_time() - started < 0.5, f"{name} on {before!r} and {piece!r} without end"
