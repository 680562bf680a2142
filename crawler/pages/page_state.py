"""Data that a page carries for its own scripts: Nuxt's `__NUXT_DATA__`, or `window.__INITIAL_STATE__ = {...}`."""

from __future__ import annotations

import re
from contextlib import suppress
from json import JSONDecoder
from typing import Any

from crawler.shape import Misshapen, load_json

NUXT = "__NUXT_DATA__"
MARK = re.compile(r"\bwindow\.__[A-Z][A-Z_]{2,40}__\s{0,5}=\s{0,5}(?P<packed>JSON\.parse\(\s{0,5})?(?=[\[{\"])")
WRAPPED = {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef"}
DEEPEST = 40
MOST = 100_000
"""Values unpacked from one table; references to the same value count each time, for they are read each time."""

DECODER = JSONDecoder(strict=False)


def stands_in(text: str) -> bool:
    """Whether a page has such data; they need not be about reviews."""
    return NUXT in text or bool(MARK.search(text))


def trees(root: Any) -> list[Any]:
    """The JSON values of these data below `root` (an lxml element).

    What is no JSON is left out without a word: scripts may write their data in any way, and mostly it is no review.
    """
    found: list[Any] = []
    for script in root.iter("script"):
        text = script.text or ""
        with suppress(ValueError, Misshapen, RecursionError):
            if script.get("id") == NUXT:
                found.append(_Table(load_json(text or "[]")).value(0))
            elif mark := MARK.search(text):
                found.append(_assigned(text, mark))
    return found


def _assigned(text: str, mark: re.Match[str]) -> Any:
    _, end = DECODER.raw_decode(text, mark.end())
    value = load_json(text[mark.end() : end])
    return load_json(value) if mark["packed"] and isinstance(value, str) else value


class _Table:
    """Nuxt's table: every value once, and numbers of places instead of what stands inside a list or an object."""

    def __init__(self, places: Any) -> None:
        self.places = places if isinstance(places, list) else []
        self.left = MOST

    def value(self, place: Any, depth: int = 0) -> Any:
        """What stands at a place; None for none, for what is too deep (it may stand in itself) and too much."""
        self.left -= 1
        is_place = isinstance(place, int) and 0 <= place < len(self.places)
        if not is_place or depth > DEEPEST or self.left < 0:
            return None
        written = self.places[place]
        if isinstance(written, dict):
            return {key: self.value(below, depth + 1) for key, below in written.items()}
        if not isinstance(written, list):
            return written
        if written and isinstance(written[0], str):
            return self._tagged(written, depth)
        return [self.value(below, depth + 1) for below in written]

    def _tagged(self, written: list[Any], depth: int) -> Any:
        """A list that begins with a word is a value of a kind that JSON does not have."""
        kind, *rest = written
        if kind in WRAPPED:
            return self.value(rest[0], depth + 1) if rest else None
        if kind == "Set":
            return [self.value(below, depth + 1) for below in rest]
        return rest[0] if kind == "Date" and rest else None
