"""Data in which values are numbered or carry a sign of their kind: Nuxt's, React Router's and Astro's ways to write."""

from __future__ import annotations

from typing import Any

WRAPPED = {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef"}
DEEPEST = 40
MOST = 100_000
"""Values unpacked from one table; references to the same value count each time, for they are read each time."""


def numbered(places: Any) -> Any:
    """The value at the first place of a table: every value once, numbers of places instead of what stands inside."""
    return _Table(places).value(0)


def astro(written: Any) -> Any:
    """The properties of an Astro island: every value in a pair with its kind, 0 for a plain one and 1 for a list."""
    if not isinstance(written, dict):
        return None
    return {name: _of_a_kind(value, 0) for name, value in written.items()}


def _of_a_kind(pair: Any, depth: int) -> Any:
    if not (isinstance(pair, list) and pair and isinstance(pair[0], int)) or depth > DEEPEST:
        return None
    kind, value = pair[0], pair[1] if len(pair) > 1 else None
    if isinstance(value, dict):
        return {name: _of_a_kind(below, depth + 1) for name, below in value.items()}
    if kind == 0 or not isinstance(value, list):
        return value
    return [_of_a_kind(below, depth + 1) for below in value]


class _Table:
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
            return {self._name(key): self.value(below, depth + 1) for key, below in written.items()}
        if not isinstance(written, list):
            return written
        if written and isinstance(written[0], str):
            return self._tagged(written, depth)
        return [self.value(below, depth + 1) for below in written]

    def _name(self, key: str) -> str:
        """React Router numbers the names as well (`_12`)."""
        place = int(key[1:]) if key[:1] == "_" and key[1:].isdecimal() and len(key) < 8 else -1
        name = self.places[place] if 0 <= place < len(self.places) else key
        return name if isinstance(name, str) else key

    def _tagged(self, written: list[Any], depth: int) -> Any:
        """A list that begins with a word is a value of a kind that JSON does not have."""
        kind, *rest = written
        if kind in WRAPPED:
            return self.value(rest[0], depth + 1) if rest else None
        if kind == "Set":
            return [self.value(below, depth + 1) for below in rest]
        return rest[0] if kind in ("Date", "D") and rest else None
