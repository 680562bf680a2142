"""Columns whose cells hold objects, as programs save them into a table: `{"text": "Danke", "date": "2026-05-01"}`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from gelassen.exchange.column import HALF
from gelassen.exchange.flat import Item, cell, flat, packed


@dataclass(frozen=True, slots=True)
class Unfolding:
    """The headings of a table with those of what its cells hold behind them."""

    header: list[str]
    width: int
    parts: dict[int, list[str]] = field(default_factory=dict)
    """By the place of a column the names of what its cells hold."""

    def line(self, cells: Sequence[str]) -> list[str]:
        """The cells under these headings; what a line has too much stays at its end."""
        if not self.parts:
            return list(cells)
        own = [*cells[: self.width], *[""] * (self.width - len(cells))]
        more: list[str] = []
        for place, names in self.parts.items():
            value = packed(own[place])
            told = flat({self.header[place]: value}) if value else {}
            own[place] = "" if value else own[place]
            more += [cell(told.get(name)) for name in names]
        return own + more + list(cells[self.width :])


def unfolding(header: Sequence[str], body: Sequence[Sequence[str]]) -> Unfolding:
    """How the cells of a table are taken apart, by what most of the filled cells of each column hold."""
    parts: dict[int, list[str]] = {}
    for place, name in enumerate(header):
        filled = [cells[place] for cells in body if place < len(cells) and cells[place].strip()]
        held = [value for one in filled if one.lstrip()[:1] in ("{", "[") and (value := packed(one))]
        if held and len(held) >= HALF * len(filled):
            parts[place] = list(dict.fromkeys(key for value in held for key in flat({name: value})))
    names = [one for place in parts for one in parts[place]]
    return Unfolding([*header, *names], len(header), parts)


def lists_within(body: Sequence[Sequence[str]]) -> list[int]:
    """The places of columns in most of whose filled cells a list of objects is packed."""
    width = max(map(len, body), default=0)
    filled = ([cells[place] for cells in body if place < len(cells) and cells[place].strip()] for place in range(width))
    return [at for at, cells in enumerate(filled) if cells and sum(map(bool, map(listed, cells))) >= HALF * len(cells)]


def listed(text: str) -> list[Item]:
    """The objects of the list that a cell holds; none for any other cell."""
    value = packed(text) if text.lstrip()[:1] == "[" else None
    return value if isinstance(value, list) and all(isinstance(one, dict) for one in value) else []
