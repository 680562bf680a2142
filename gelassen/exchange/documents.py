"""The reviews within a document of another program: which of its lists they are, and each as a line of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import Any
from zoneinfo import ZoneInfo

from gelassen.errors import WrongUse
from gelassen.exchange.cells import is_sentence
from gelassen.exchange.columns import WRITTEN, columns
from gelassen.exchange.flat import DEEPEST, Item, header_of, line_of
from gelassen.exchange.heading_words import plain, words
from gelassen.exchange.headings import Meaning, field, meaning
from gelassen.exchange.kinds import KINDS
from gelassen.exchange.lines import Row
from gelassen.exchange.rows import SAMPLE, table_rows
from gelassen.exchange.threads import names_without_threads, threads_of, unthreaded

LOOKED_AT = 500
"""So many objects of a list tell what it holds."""

ALIKE = 0.5
DOUBT = 2
"""A text that its heading does not tell."""

WEIGHTS = {"text": 4, "more": 3, "pros": 3, "rating": 3, "author_name": 2, "created_at": 2, "title": 1, "reply": 1}
WRAPPERS = set(
    "item items list lists lista liste listing entry entries entrees elements elementos elementi data daten dati datos "
    "donnees result results ergebnisse resultats resultados risultati record records rows content contents array "
    "values objects nodes all docs documents lijst wpisy kayitlar ogeler".split()
)
"""Keys that say that there are several of something, and not of what."""

CALLED = set(KINDS["review"].split()) | set(
    "comment comments kommentar kommentare commentaire commentaires comentario comentarios commenti post posts".split()
)
CALLED |= set(
    "zitat zitate quotes citations citas citazioni kundenstimmen kundenstimme stimmen testimonios temoignages "
    "testimonianze depoimentos gastebuch guestbook gastebucheintrage referenzen temoignage depoimento yorumlar otzyvy "
    "referenties reacties opinie".split()
)

KINDS_OF_PARTS = {
    "type",
    "kind",
    "section",
    "component",
    "layout",
    "block",
    "_type",
    "__component",
    "typ",
    "name",
    "id",
}
"""Keys under which a part of a page says what it holds: `{"type": "testimonials", "items": […]}`."""

TEXT = "text"
CERTAIN = Meaning("author_name")

Found = dict[str, list[Item]]


def document_rows(value: Any, zone: ZoneInfo) -> Iterator[Row]:
    """The rows of the list that holds the reviews of a document. Raises `WrongUse` when none does."""
    lists: Found = {}
    _collect(value, "", lists)
    ranked: dict[str, int] = {}
    refused: WrongUse | None = None
    for path, items in lists.items():
        try:
            ranked[path] = _rank(path, items, _alone(path, lists))
        except WrongUse as error:
            refused = refused if refused and path else error
    if not ranked:
        raise refused or WrongUse("The document holds no list of reviews.")
    best = max(ranked, key=lambda path: ranked[path])
    chosen = _above(best, ranked, lists)
    return item_rows(enumerate(lists[chosen], 1), zone, _called(chosen))


def _called(path: str) -> bool:
    """Whether a list is called one of reviews, perhaps around a key that says nothing: `testimonials.items`."""
    parts = [part.rstrip("[]*") for part in path.split(".")]
    telling = ({*words(part), plain(part)} - {""} for part in reversed(parts))
    return bool(CALLED & next((told for told in telling if told and not told <= WRAPPERS), set()))


_DAY_OR_NUMBER = re.compile(r"\d[\d./:T -]*|[0-9a-f]{8}-[0-9a-f-]{20,}")
"""A key under which things are kept even where it is the only one."""


def _above(path: str, ranked: Iterable[str], lists: Found) -> str:
    """The list of comments below whose comments this list hangs; the same list where it hangs below nothing."""
    upper = (other for other in ranked if path.startswith(f"{other}.") and threads_of(lists[other]))
    return next((other for other in upper if _speaks_of_comments(lists[other])), path)


def _speaks_of_comments(items: Sequence[Item]) -> bool:
    return any(CALLED & set(words(part)) for name in names_without_threads(items) for part in name.split("."))


def item_rows(items: Iterable[tuple[int, Item]], zone: ZoneInfo, called: bool = False) -> Iterator[Row]:
    """Objects, each with its number, read as a table with the keys of the first ones as columns. Raises `WrongUse`.

    `called` tells that they are called reviews by the list that holds them.
    """
    rest = iter(items)
    first = list(islice(rest, SAMPLE))
    below = threads_of([item for _, item in first])
    apart = ((number, one) for number, item in chain(first, rest) for one in unthreaded(item, below))
    sample = list(islice(apart, SAMPLE))
    header = header_of([item for _, item in sample])
    read: dict[int, tuple[int, Item]] = {}

    def lines() -> Iterator[tuple[int, list[str]]]:
        for place, (number, item) in enumerate(chain(sample, apart)):
            read[place] = number, item
            yield place, line_of(item, header)

    def rows() -> Iterator[Row]:
        for row in table_rows(header, lines(), zone, called=called):
            number, item = read.pop(row.number)
            yield replace(row, number=number, raw=item)

    return rows()


def _alone(path: str, lists: Found) -> bool:
    """Whether it is the only list of the document, but for those within its own objects."""
    return path.endswith(("[]", "*")) and all(
        other.startswith(path) for other in lists if other.endswith(("[]", "*")) or "[]." in other
    )


def _rank(path: str, items: Sequence[Item], alone: bool) -> int:
    """How much the objects look like reviews. Raises `WrongUse` when they are none."""
    some = items[:LOOKED_AT]
    header = header_of(some)
    body = [line_of(item, header) for item in some]
    called = _called(path)
    keys = columns(header, body, called)
    filled = {key for place, key in enumerate(keys) if key and any(line[place].strip() for line in body)}
    if not filled & {*WRITTEN, "rating"}:
        raise WrongUse("The document holds no list of reviews with anything in it.")
    filled |= {"author_name"} if "first_name" in filled else set()
    doubt = min(
        (meaning(name).doubt for name, key in zip(header, keys, strict=True) if key == "text" == field(name)),
        default=DOUBT,
    )
    signed = any(key == "author_name" and meaning(name) == CERTAIN for name, key in zip(header, keys, strict=True))
    if not _evident(path, called, filled, doubt) and not (alone and _opened(path, filled, doubt, signed)):
        raise WrongUse("The document holds no list of reviews.")
    return sum(WEIGHTS.get(key, 0) for key in filled) + 3 * called + path.endswith(("[]", "*"))


def _evident(path: str, called: bool, filled: set[str], doubt: int) -> bool:
    """Whether a part of a document holds reviews; a document holds much else with a text or a mark in it."""
    signed = {"author_name", "created_at"}
    told = doubt < DOUBT or bool(filled & {"pros", "cons"})
    if not path.endswith(("[]", "*")):
        return told and "rating" in filled and bool(signed & filled)
    if path == "[]":
        return True
    return called or doubt == 0 or (told and ("rating" in filled or signed <= filled))


def _opened(path: str, filled: set[str], doubt: int, signed: bool) -> bool:
    """Whether the only list of a document reads like reviews though its key does not say so.

    Under a key that says nothing it is read as a bare list is; under any other a mark or an author must be told.
    """
    called = set(words(path.rstrip("[]*").rpartition(".")[2]))
    if called and called <= WRAPPERS:
        return True
    written, known = bool(filled & {*WRITTEN}), "author_name" in filled
    return written and ((signed and doubt < DOUBT) or (known and "rating" in filled))


def _collect(value: Any, path: str, lists: Found, depth: int = 0) -> None:
    """All objects of the document by the way that leads to them; what is kept under ids is kept side by side."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        if value and all(isinstance(one, str) for one in value) and any(map(is_sentence, value)) and _called(path):
            lists.setdefault(f"{path}[]", []).extend({TEXT: one} for one in value)
        for child in value:
            _collect(child, path.removesuffix("[]") + "[]", lists, depth + 1)
    elif isinstance(value, dict):
        value = _unwrapped(value)
        branches = {key: child for key, child in value.items() if isinstance(child, (dict, list)) and child}
        by_id = _by_id(branches, value)
        if not by_id:
            lists.setdefault(path, []).append(value)
        kept = path if not by_id else f"{path.removesuffix('[]')}[]" if _is_numbered(value) else f"{path}*"
        kinds = (str(value[key]) for key in KINDS_OF_PARTS & value.keys() if branches)
        kind = next((one for one in kinds if _called(one)), "")
        for key, child in branches.items():
            below = f"{kept}.{kind}" if kind and plain(key) in WRAPPERS else f"{kept}.{key}"
            _collect(child, kept if by_id else below, lists, depth + 1)


def _by_id(branches: Item, value: Item) -> bool:
    """Whether an object is a list in which every item stands under its id, name or address."""
    if not branches or len(branches) < len(value):
        return False
    samples = [child[0] if isinstance(child, list) else child for child in branches.values()]
    if not all(isinstance(one, dict) for one in samples) or any(field(key) for key in branches):
        return False
    keys = [set(one) for one in samples if isinstance(one, dict)]
    if len(keys) == 1:
        return bool(_DAY_OR_NUMBER.fullmatch(next(iter(branches))))
    return all(len(keys[0] & other) >= ALIKE * min(len(keys[0]), len(other)) for other in keys)


def _is_numbered(value: Item) -> bool:
    """Whether it is a list whose places are written out, as programs do that know no lists: `{"0": {…}, "1": {…}}`."""
    return all(key.isdigit() for key in value)


def _unwrapped(value: Item) -> Item:
    """The only thing in it, where an object holds one object and nothing else: `{"review_1": {…}}`."""
    only = next(iter(value.values())) if len(value) == 1 else None
    if not isinstance(only, dict) or all(isinstance(part, (dict, list)) for part in only.values()):
        return value
    return _unwrapped(only)
