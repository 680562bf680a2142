"""Comments that hang below other comments, each a post of its own, as programs nest them: `children`, `replies`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gelassen.exchange.flat import DEEPEST, Item, flat, header_of
from gelassen.exchange.headings import field

SAID_BY = {"text", "author_name"}
"""What a comment below another one tells as the one above does: who said it, and what."""


def unthreaded(item: Item, below: Sequence[str], depth: int = 0) -> Iterator[Item]:
    """The object without what hangs below it, and then each of these, as deep as they go."""
    yield {key: value for key, value in item.items() if key not in below} if below else item
    for key in below if depth < DEEPEST else ():
        for one in objects_in(item.get(key)):
            yield from unthreaded(one, below, depth + 1)


def threads_of(items: Sequence[Item]) -> list[str]:
    """The keys under which comments hang below comments.

    Below a review with a mark stand answers of the owner, which give no marks, and no posts of their own.
    """
    keys = dict.fromkeys(key for item in items for key, value in item.items() if objects_in(value))
    signs = {name for name in header_of([_bare(item) for item in items[:50]]) if field(name) in {*SAID_BY, "rating"}}
    return [key for key in keys if _hang(signs, [one for item in items for one in objects_in(item.get(key))])]


def objects_in(value: Any) -> list[Item]:
    """The objects of a list, or of what holds such a list: `{"comments": [{…}]}`; none in anything else."""
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = lists[0] if len(lists) == 1 else None
    return value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else []


def _hang(signs: set[str], items: Sequence[Item]) -> bool:
    """Whether these objects tell in the same words who said what, and give marks where those above do."""
    told = {field(name) for item in items for name in flat(item) if name in signs}
    return told >= SAID_BY and told >= {field(name) for name in signs}


def _bare(item: Item) -> Item:
    """The object without the lists in it."""
    return {key: value for key, value in item.items() if not objects_in(value)}
