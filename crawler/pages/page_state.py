"""Data that a page carries for its own scripts, as trees of plain values, whoever wrote them down.

Blocks of JSON (Next, Angular, SvelteKit's answers), what a script assigns (`window.__STATE__ = {...}`, Nuxt 2, Remix),
tables of numbered values (Nuxt 3, React Router), and attributes (`data-page` of Inertia, `props` of Astro).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

from crawler.pages.script_values import Script
from crawler.pages.tables import astro, numbered
from crawler.shape import Misshapen, load_json

NUXT = "__NUXT_DATA__"
MENTION = re.compile(r"review|comment|bewertung|rezension|opinion|avis|recension", re.IGNORECASE)
"""Data without any of these words are about something else and are not unpacked."""

ASSIGNED = re.compile(
    r"""(?:\b(?:window|self|globalThis)(?:\.(?P<property>[\w$]{1,80})|\[["'][\w$.:-]{1,80}["']\])|\b(?:var|let|const)\s+(?P<name>[\w$]{1,80})"""
    r"""|\b__sveltekit_\w{1,20})\s{0,5}=\s{0,5}(?=[\[{"'(]|JSON\.parse)|\bdata:\s{0,5}(?=\[\s{0,5}(?:null|\{))"""
)
STREAM = re.compile(r"streamController\.enqueue\(\s{0,5}(?=[\"'])")
IN_AN_ATTRIBUTE = re.compile(r"""=\s{0,5}(?:"\s{0,5}[\[{]|'\s{0,5}[\[{])""")
ATTRIBUTES = "//@*[starts-with(normalize-space(.), '{') or starts-with(normalize-space(.), '[')]"
ANGULAR = (("&q;", '"'), ("&s;", "'"), ("&l;", "<"), ("&g;", ">"), ("&a;", "&"))
BEGINNINGS = ("{", "[")
MOST_OF_A_SCRIPT = 100
"""So many assignments in one script are looked at."""

MOST_ATTRIBUTES = 500
UNREADABLE = (ValueError, Misshapen, RecursionError)


def stands_in(text: str) -> bool:
    """Whether a page may carry such data; they need not be about reviews."""
    return bool(MENTION.search(text))


def trees(root: Any, text: str) -> list[Any]:
    """The values of these data below `root` (an lxml element); `text` is the page itself.

    What cannot be read is left out without a word: scripts may write their data in any way, and mostly it is no review.
    """
    found = [tree for script in root.iter("script") for tree in _of_script(script)]
    if IN_AN_ATTRIBUTE.search(text):
        found += list(_of_attributes(root))
    return found


def _of_script(script: Any) -> Iterator[Any]:
    text, kind = script.text or "", (script.get("type") or "").lower()
    if kind.startswith("application/ld+json") or script.get("id") == "__NEXT_DATA__" or not MENTION.search(text):
        return
    with suppress(*UNREADABLE):
        if script.get("id") == NUXT:
            yield numbered(load_json(text))
        elif "json" in kind or "shoebox" in kind or "x-state" in kind:
            yield load_json(_plain(text))
        elif kind in ("", "module", "text/javascript", "application/javascript"):
            yield from _of_program(text)


def _plain(text: str) -> str:
    """JSON as Angular escapes it, and as others do; where nothing is escaped nothing changes."""
    if text.lstrip().startswith(("{&q;", "[&q;", "{&quot;", "[&quot;", "[{&quot;")):
        for written, meant in (*ANGULAR, ("&quot;", '"')):
            text = text.replace(written, meant)
    return text


def _of_program(text: str) -> Iterator[Any]:
    script = Script(text)
    for mark in islice(ASSIGNED.finditer(text), MOST_OF_A_SCRIPT):
        with suppress(*UNREADABLE):
            value = (script.called if text.startswith("(", mark.end()) else script.literal)(mark.end())
            value = load_json(value) if isinstance(value, str) and value.lstrip()[:1] in BEGINNINGS else value
            yield {mark["name"] or mark["property"] or "": value}
    for mark in islice(STREAM.finditer(text), MOST_OF_A_SCRIPT):
        with suppress(*UNREADABLE):
            yield numbered(load_json(script.literal(mark.end())))


def _of_attributes(root: Any) -> Iterator[Any]:
    """Each under the name of its attribute, for a list may be called `reviews` only there."""
    for value in root.xpath(ATTRIBUTES)[:MOST_ATTRIBUTES]:
        name = (value.attrname or "").rpartition(":")[2]  # Vue's `:reviews` and `v-bind:reviews`
        if MENTION.search(name) or MENTION.search(value):
            with suppress(*UNREADABLE):
                tree = load_json(str(value))
                yield {name: astro(tree) if name == "props" and value.getparent().tag == "astro-island" else tree}
