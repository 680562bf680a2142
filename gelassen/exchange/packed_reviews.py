"""Tables in whose cells whole lists of reviews are packed: one line a place, and what was said of it in one cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from gelassen.errors import WrongUse
from gelassen.exchange.columns import WRITTEN, columns
from gelassen.exchange.flat import header_of, line_of
from gelassen.exchange.unfolding import listed, lists_within


def reviews_within(header: Sequence[str], body: Sequence[Sequence[str]]) -> tuple[int, list[str]] | None:
    """The place of the column whose cells each hold a list of reviews, and what these are made of.

    Lists beside a text of the table's own are answers, pictures or the like.
    """
    for place in lists_within(body):
        items = [item for cells in body for item in listed(cells[place] if place < len(cells) else "")]
        names = header_of(items)
        if _has_text(names, [line_of(item, names) for item in items]) and not _has_text(
            header, [[*cells[:place], "", *cells[place + 1 :]] for cells in body]
        ):
            return place, names
    return None


def _has_text(header: Sequence[str], body: Sequence[Sequence[str]]) -> bool:
    try:
        keys = columns(header, body)
    except WrongUse:
        return False
    return any(cells[at].strip() for cells in body for at, key in enumerate(keys[: len(cells)]) if key in WRITTEN)


def lines_within(
    body: Iterable[tuple[int, Sequence[str]]], place: int, names: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """One line for each review in the cells of a column, all with the number of the line they stand in."""
    for number, cells in body:
        for item in listed(cells[place] if place < len(cells) else ""):
            yield number, line_of(item, names)
