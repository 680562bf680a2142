"""Where a text states nothing: what it asks, quotes, supposes or turns down. Worked out once for each text. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from responder.reading import expressions
from responder.reading.anchors import Index, needs

Unsaid = Literal["asked", "quoted", "supposed", "refused"]
HAPPENED: tuple[Unsaid, ...] = ("asked", "quoted", "supposed")
"""Outside these stands what the customer says has happened."""
WANTED: tuple[Unsaid, ...] = ("quoted", "refused")
"""Outside these stands what the customer asks for; a request may be a question and may be put conditionally."""
MOST_QUOTED = 0.7
"""A text that is quoted to a greater part than this is one that somebody put into quotation marks as a whole."""
FILLERS: dict[str, str] = {"quoted": "x"}
"""Speech leaves one long word behind, as the noun it stands for; the others leave the end of a sentence."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece `start:end` of the folded text and in what way it states nothing."""

    kind: str
    start: int
    end: int


def stretches(folded: str, runs: frozenset[str]) -> tuple[Stretch, ...]:
    """Every stretch of a text that states nothing, by kind; `runs` are the text's `grams`."""
    return tuple(_found(folded, runs))


def _found(folded: str, runs: frozenset[str]) -> Iterator[Stretch]:
    for number in _index().candidates(folded, runs):
        kind, expression = expressions.load("scopes")[number]
        if not _possible(kind, folded):
            continue
        for match in expression.finditer(folded):
            if kind != "quoted" or match.end() - match.start() <= MOST_QUOTED * len(folded):
                yield Stretch(kind, *match.span())


@cache
def _index() -> Index:
    return Index(needs(expression.pattern) for _, expression in expressions.load("scopes"))


def _possible(kind: str, folded: str) -> bool:
    """Two marks without which there is no question and no speech."""
    return (kind != "asked" or "?" in folded) and (kind != "quoted" or '"' in folded)


def without(folded: str, found: tuple[Stretch, ...], kinds: tuple[Unsaid, ...]) -> str:
    """The folded text with every stretch of these kinds blotted out; all else stays in its place."""
    for stretch in found:
        if stretch.kind in kinds:
            filler = FILLERS.get(stretch.kind, ".") * (stretch.end - stretch.start)
            folded = folded[: stretch.start] + filler + folded[stretch.end :]
    return folded
