"""Comments that hang below other comments, each a post of its own, as programs nest them: `children`, `replies`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from gelassen.exchange.flat import DEEPEST, Item, flat, header_of
from gelassen.exchange.headings import field

SAID_BY = {"text", "author_name"}
"""What a comment below another one tells as the one above does: who said it, and what."""

SIDES = set(
    "owner admin administrator staff team support management manager seller shop chef chefin inhaber inhaberin "
    "betreiber verwaltung redaktion gastgeber host proprietaire gerant direction proprietario gestore titolare "
    "propietario dueno wlasciciel obsluga yonetici sahibi владелец администратор".split()
)
"""What those call themselves who answer."""

TELLING = 50
"""So many objects tell what they are made of."""


def unthreaded(item: Item, below: Sequence[str], depth: int = 0) -> Iterator[Item]:
    """The object without what hangs below it, and then each of these, as deep as they go."""
    yield {key: value for key, value in item.items() if key not in below} if below else item
    for key in below if depth < DEEPEST else ():
        for one in objects_in(item.get(key)):
            yield from unthreaded(one, below, depth + 1)


def threads_of(items: Sequence[Item]) -> list[str]:
    """The keys under which comments hang below comments.

    Below a review with a mark stand answers of the owner, which give no marks, and no posts of their own; below any
    other what one person alone says everywhere, who began none of it.
    """
    keys = dict.fromkeys(key for item in items for key, value in item.items() if objects_in(value))
    above = {field(name) for name in names_without_threads(items)} & {*SAID_BY, "rating"}
    return [key for key in keys if _hang(above, _below(items, key)) and not _are_answers(items, key)]


def names_without_threads(items: Sequence[Item]) -> list[str]:
    """The names of all parts of the first objects, but for the lists in them."""
    return header_of([{key: value for key, value in item.items() if not objects_in(value)} for item in items[:TELLING]])


def objects_in(value: Any) -> list[Item]:
    """The objects of a list, or of what holds such a list: `{"comments": [{…}]}`; none in anything else."""
    if isinstance(value, dict):
        lists = [part for part in value.values() if isinstance(part, list)]
        value = lists[0] if len(lists) == 1 else None
    return value if isinstance(value, list) and value and all(isinstance(one, dict) for one in value) else []


def _below(items: Sequence[Item], key: str) -> list[Item]:
    return [one for item in items for one in objects_in(item.get(key))]


def _are_answers(items: Sequence[Item], key: str) -> bool:
    """Whether what is called answers comes from those who are asked: always one name, or a word for the side they
    are on, that nobody above has.
    """
    below = _below(items, key)
    if field(key) != "reply" or any(objects_in(one.get(key)) for one in below):
        return False
    for name in {name for one in below for name in one if field(name) == "author_name"}:
        said = [str(one.get(name, "")).casefold() for one in below]
        asked = {str(item.get(name, "")).casefold() for item in items}
        single = len(said) > 1 and len(set(said)) == 1 and said[0] != ""
        if (single or set(said) <= SIDES) and not asked & set(said):
            return True
    return False


def _hang(above: set[str], items: Sequence[Item]) -> bool:
    """Whether these objects tell who said what, as those above do, and give marks where those above do."""
    told = {field(name) for item in items for name in flat(item)}
    return above >= SAID_BY and told >= above
