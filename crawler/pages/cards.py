"""Reviews that only their looks tell: several cards of the same kind, each with a text, and a name or stars.

Read where nothing else of a page is a post. A wrong post is worse than a missed one: names of classes or the heading
above must speak of reviews, or stars stand in each card together with a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from crawler.pages import card_words as words
from crawler.pages.card import HEADINGS, PASSED, Card, names_of, read
from crawler.pages.nodes import Node

SURE, LIKELY = "cards (by their looks, sure)", "cards (by their looks, likely)"
ITEMS = frozenset("div article li section blockquote figure tr dd p table aside td".split())
ROOTS = frozenset(("html", "body", "main"))
FEWEST_CHARACTERS, MOST_CHARACTERS = 20, 12_000
MOST_ELEMENTS = 250
MOST_STEPS = 150_000
"""Elements that are looked at in the cards of one page; one inside another counts in both."""

LONGEST_PAGE = 600_000
"""Characters. Whoever writes longer pages has a program that marks what is in them."""

NEAR = 5
"""So far above a card names of classes say what it is."""

MOST_RUNS_ALONE = 15
Key = tuple[str, frozenset[str]]


@dataclass(slots=True)
class _Place:
    """What is known of an element that may be a card: its heading, its size, its depth."""

    element: Any
    heading: str
    depth: int
    elements: int = 0
    characters: int = 0


@dataclass(slots=True)
class _Search:
    root: Any
    steps: int = MOST_STEPS
    places: list[_Place] = field(default_factory=list)
    kept: dict[Any, Card] = field(default_factory=dict)
    within: dict[Any, list[Any]] = field(default_factory=dict)
    sure: set[Any] = field(default_factory=set)


def speaks_of_reviews(text: str) -> bool:
    """Whether a page can have such cards at all; one longer than `LONGEST_PAGE` is not searched for looks."""
    return len(text) <= LONGEST_PAGE and (bool(words.HEADING.search(text) or words.ABOUT_REVIEWS.search(text)))


def found(root: Any) -> dict[str, list[Node]]:
    """Nodes of the reviews below `root` (an lxml element), by how certain their looks are: `SURE` or `LIKELY`."""
    search = _Search(root)
    search.places = _places(root)
    for group in _groups(search.places):
        _judge(search, group)
    titles = {(card.name, card.title) for card in search.kept.values()}
    texts: dict[str, list[str]] = {}
    for kept in search.kept.values():
        texts.setdefault(kept.name, []).append(kept.text)
    nodes: dict[str, list[Node]] = {SURE: [], LIKELY: []}
    for place in search.places:
        card = search.kept.get(place.element)
        if card is None or _is_cut(card.text, texts[card.name]):
            continue
        if (card.name, card.text) not in titles:  # else it is the head of another card
            is_talk = bool(words.ABOUT_TALK.search(_around(place.element) + card.names))
            nodes[SURE if place.element in search.sure else LIKELY].append(card.node(is_talk=is_talk))
    return nodes


def _is_cut(text: str, others: list[str]) -> bool:
    """Whether a text is the beginning, marked as such, of a longer one by the same person."""
    cut = words.CUT.search(text)
    return cut is not None and any(len(other) > len(text) and other.startswith(text[: cut.start()]) for other in others)


def _places(root: Any) -> list[_Place]:
    """Every element that may be a card, in document order, with the size of what is below it."""
    places: list[_Place] = []
    heading = ""
    open_places: list[tuple[Any, _Place]] = []
    stack: list[tuple[Any, int, bool]] = [(root, 0, False)]
    while stack:
        element, depth, is_done = stack.pop()
        if is_done:
            _, done = open_places.pop()
            if open_places:
                open_places[-1][1].elements += done.elements
                open_places[-1][1].characters += done.characters
            continue
        if not isinstance(element.tag, str) or element.tag in PASSED or element.tag == "head":
            continue
        place = _Place(element, heading, depth, 1, len((element.text or "").strip()))
        if element.tag in HEADINGS or "eyebrow" in (element.get("class") or ""):
            heading = " ".join("".join(element.itertext()).split())[:200]
        open_places.append((element, place))
        if element.tag in ITEMS:
            places.append(place)
        stack.append((element, depth, True))
        stack.extend((child, depth + 1, False) for child in reversed(element))
        place.characters += sum(len((child.tail or "").strip()) for child in element)
    return [place for place in places if _is_of_size(place)]


def _is_of_size(place: _Place) -> bool:
    return FEWEST_CHARACTERS <= place.characters <= MOST_CHARACTERS and place.elements <= MOST_ELEMENTS


def _key(element: Any) -> Key:
    """What cards of one kind have in common; numbers and states in the names of classes differ between them."""
    tokens = (element.get("class") or "").split()[:20]
    return element.tag, frozenset(
        token for token in tokens if not any(map(str.isdigit, token)) and token not in words.STATES
    )


def _groups(places: list[_Place]) -> Iterator[list[_Place]]:
    """Cards of one kind below the same grandparent, the deepest first."""
    groups: dict[tuple[Any, Key, int], list[_Place]] = {}
    for place in places:
        above = place.element.getparent()
        grand = above.getparent() if above is not None and above.getparent() is not None else above
        groups.setdefault((grand, _key(place.element), place.depth), []).append(place)
    return iter(sorted(groups.values(), key=lambda group: -group[0].depth))


def _judge(search: _Search, group: list[_Place]) -> None:
    """Keep the cards of a group if they are reviews."""
    head = group[0]
    around = _around(head.element)
    is_named = bool(words.ABOUT_REVIEWS.search(around) or words.ABOUT_TALK.search(around))
    is_headed = bool(words.HEADING.search(head.heading))
    if words.SUMMARY.search(names_of(head.element)):
        return
    if words.OTHER_THINGS.search(around) and not words.ABOUT_REVIEWS.search(names_of(head.element)):
        return
    read_cards = [(place, card) for place in group if (card := _read(search, place)) is not None]
    good = [(place, card) for place, card in read_cards if _is_review(card, is_named=is_named, is_headed=is_headed)]
    if not _are_reviews(good):
        return
    for place, card in good:
        _keep(search, place.element, card)
        if is_named and (card.rating or card.is_signed):
            search.sure.add(place.element)


def _read(search: _Search, place: _Place) -> Card | None:
    """The card here, unless others stand in it that tell more."""
    element = place.element
    inner = search.within.get(element, [])
    alike = [one for one in inner if _key(one) == _key(element)]
    others = [one for one in inner if one not in alike]
    if search.steps <= 0 or len(others) > 1 or (others and alike):
        return None
    search.steps -= place.elements
    card = read([element], set(alike))
    if others and not _tells_more(card, search.kept[others[0]]):
        return None
    return card


def _tells_more(card: Card, inner: Card) -> bool:
    """Whether a card around another one has what that one lacks, and its words are the same."""
    gained = (card.name and not inner.name) or (card.rating and not inner.rating) or (card.day and not inner.day)
    if card.rating and not inner.rating and len(card.text) > 2 * len(inner.text):
        return True
    return bool(gained) and card.text == inner.text and (not inner.name or card.name == inner.name)


def _is_review(card: Card, *, is_named: bool, is_headed: bool) -> bool:
    if not card.text or len(card.text.split()) < 2 or card.is_sold or words.UNFILLED.search(card.text + card.name):
        return False
    if words.OURSELVES.search(card.name):
        return False
    if words.EDITORIAL.search(card.names) and not words.WRITER.search(card.names):
        return False
    if card.leads_on and not (card.rating and card.is_signed):
        return False
    if card.rating:
        return is_named or (bool(card.name) if is_headed else card.is_signed)
    return card.is_signed and (is_named or is_headed)


def _are_reviews(good: list[tuple[_Place, Card]]) -> bool:
    """Whether so many cards look alike; one alone must be called a review itself."""
    named = sum(1 for _, card in good if card.name)
    if not good or 2 * named < len(good):
        return False
    if len(good) == 1:
        place, card = good[0]
        own = names_of(place.element)
        called = words.ABOUT_REVIEWS.search(own) or words.ABOUT_TALK.search(own)
        return bool(called) and card.is_signed and len(card.runs) <= MOST_RUNS_ALONE
    names = {card.name for _, card in good}
    return len(names) > 1 or len(good) == 2 or all(card.rating for _, card in good)


def _keep(search: _Search, element: Any, card: Card) -> None:
    """Take a card; one of another kind inside it told less and goes."""
    for inner in search.within.get(element, []):
        if _key(inner) != _key(element):
            search.kept.pop(inner, None)
    search.kept[element] = card
    for above in element.iterancestors():
        below = search.within.setdefault(above, [])
        if len(below) < 3:
            below.append(element)


def _around(element: Any) -> str:
    """Names of classes and ids of an element and of those close above it."""
    near = [element]
    for above in element.iterancestors():
        if above.tag in ROOTS or len(near) > NEAR:
            break
        near.append(above)
    return " ".join(map(names_of, near))
