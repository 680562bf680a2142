"""One card of a page, a review by its looks: which of its words are the text, who wrote it, when, under which title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from crawler.pages import card_words as words
from crawler.pages.card_names import BETWEEN, DAY, cleaned, is_like_a_person, looks_like_a_name, unquoted
from crawler.pages.card_stars import DRAWN, LABEL, stars
from crawler.pages.nodes import Node
from crawler.pages.values import moment
from crawler.text import Seen

BLOCKS = frozenset(
    "p div ul ol li table tbody tr td th blockquote section article aside h1 h2 h3 h4 h5 h6 pre dl dt dd hr header "
    "footer figure figcaption address cite time small label center main".split()
)
PASSED = frozenset("button form select textarea script style noscript svg nav input iframe template".split())
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
FIRST = HEADINGS | {"strong", "b", "dt", "th"}
CITED = {"cite", "figcaption", "footer"}
SENTENCE = re.compile(r"[.!?…)][\"“”«»]?$")
LONGEST_NAMES = 500
MOST_RUNS = 60


@dataclass(slots=True)
class Run:
    """Words without a break, the element they stand in, and the class names from there up to the card."""

    text: str
    owner: Any
    names: str
    has_stars: bool = False


@dataclass(slots=True)
class Card:
    """What a card says. `is_signed` means that something marks the name as one; `is_sold` that it has a price."""

    text: str = ""
    name: str = ""
    page: str = ""
    title: str = ""
    day: str = ""
    rating: dict[str, str] | None = None
    answer: str = ""
    is_signed: bool = False
    leads_on: bool = False
    is_sold: bool = False
    names: str = ""
    runs: list[Run] = field(default_factory=list)

    def node(self, *, is_talk: bool) -> Node:
        """The card as schema.org has it."""
        node: Node = {"@type": "Comment" if is_talk and not self.rating else "Review", "reviewBody": Seen(self.text)}
        told = {"headline": self.title, "datePublished": self.day, "reviewRating": self.rating}
        node |= {name: value for name, value in told.items() if value}
        if self.name:
            node["author"] = {"name": self.name, "url": self.page}
        if self.answer:
            node["ownerResponse"] = Seen(self.answer)
        return node


def read(elements: Sequence[Any], apart: set[Any]) -> Card:
    """Read the card that these elements (of lxml) are together; those `apart` within are cards of their own."""
    inner = [element for top in elements for element in _within(top, apart)]
    card = Card(rating=stars(inner))
    card.names = " ".join(names_of(element) for element in inner)
    card.runs = [run for top in elements for run in _runs(top, apart)]
    answers = [run for run in card.runs if words.ANSWER.search(run.names)]
    card.answer = "\n\n".join(run.text for run in answers if _is_sentence(run.text))
    left = [run for run in card.runs if run not in answers]
    card.day = _day(inner, left)
    _sign(card, left)
    card.is_sold = any(words.PRICE.search(run.text) and len(run.text.split()) < 5 for run in left)
    card.leads_on = any(_leads_on(element) for element in inner if element.tag == "a")
    return card


def _within(top: Any, apart: set[Any]) -> Iterator[Any]:
    stack = [top]
    while stack:
        element = stack.pop()
        if (
            isinstance(element.tag, str)
            and (element is top or element not in apart)
            and element.tag not in ("form", "script", "style")
        ):
            yield element
            stack.extend(reversed(element))


def names_of(element: Any) -> str:
    """Its class names and its id, with one kind of dash."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"[:LONGEST_NAMES].replace("_", "-")


def _runs(top: Any, apart: set[Any]) -> list[Run]:
    runs: list[Run] = []
    stack = [(top, "")]
    parts: list[str] = []

    def close() -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n")).strip()
        parts.clear()
        if text and len(runs) < MOST_RUNS:
            bare = DRAWN.sub("", text).strip()
            runs.append(Run(bare, *stack[-1], has_stars=bare != text))

    walker = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if event == "start":
            is_passed = element.tag in PASSED or (element in apart and element is not top) or _is_beside(element)
            breaks = is_passed or _breaks(element)
            if breaks:
                close()
            if is_passed:
                walker.skip_subtree()
                if element is not top:
                    continue
            stack.append((element, f"{stack[-1][1]} {names_of(element)}") if breaks else stack[-1])
            parts.append("\n" if element.tag == "br" else _plain(element.text))
        elif event == "end":
            if element.tag in PASSED or (element in apart and element is not top) or _is_beside(element):
                parts.append(_plain(element.tail))
                continue
            if _breaks(element):
                close()
            stack.pop()
            if element is not top:
                parts.append(_plain(element.tail))
        else:
            parts.append(_plain(element.tail))
    return [run for run in runs if run.text or run.has_stars]


def _is_beside(element: Any) -> bool:
    return bool(words.BESIDE.search(element.get("class") or "")) and element.tag not in ("article", "li", "section")


def _plain(text: str | None) -> str:
    return " ".join(text.replace("\n", " ").split(" ")) if text else ""


def _breaks(element: Any) -> bool:
    """Whether words end where an element begins: at every block, and at an inline one that stands in a row of them."""
    if element.tag in BLOCKS:
        return True
    if element.tag == "br":
        return False
    kind = element.get("class") or ""
    if kind and any(sign.search(kind) for sign in (words.NAME, words.DATE, words.STARRY, words.BESIDE)):
        return True
    above = element.getparent()
    if kind and element.tag == "span" and above is not None and words.NAME.search(above.get("class") or ""):
        return True
    if above is None or element.tag not in ("span", "a", "strong", "b", "em", "i"):
        return False
    beside = [above.text, *(child.tail for child in above)][:20]
    return not any(text and any(map(str.isalnum, text)) for text in beside)


def _is_sentence(text: str) -> bool:
    number = len(text.split())
    if (words.META.search(text) and number < 20) or (DAY.search(text) and number < 8):
        return False
    return number >= 5 or (number >= 2 and bool(SENTENCE.search(text)) and len(text) >= 12)


def _day(inner: list[Any], runs: list[Run]) -> str:
    for element in inner:
        given = element.get("datetime") or (element.get("title") if element.tag == "abbr" else None)
        if given and moment(given):
            return str(given)
    for run in runs:
        if len(run.text) <= 160:
            pieces = (run.text, *BETWEEN.split(run.text), *DAY.findall(run.text))
            found = next((piece for piece in pieces if any(map(str.isdigit, piece)) and moment(piece)), "")
            if found:
                return found
    return ""


def _sign(card: Card, runs: list[Run]) -> None:
    """Find the name, then the text among the rest, then the title among what is left."""
    texts = [run for run in runs if _is_sentence(run.text) and not _is_name_place(run)]
    longest = max(texts, key=lambda run: len(run.text), default=None)
    if longest is None:
        return
    signed = _signed(runs, longest)
    rest = [run for run in runs if run is not signed]
    body = [run for run in rest if run is longest or (_same_place(run, longest) and not _is_aside(run))]
    text = "\n\n".join(run.text for run in body)
    card.is_signed = signed is not None
    card.name = cleaned(signed.text) if signed else ""
    card.page = _page(signed.owner) if signed else ""
    if not card.name:
        text, card.name = _last_line(text)
        card.is_signed = bool(card.name)
    others = [run for run in rest if run not in body]
    if not card.name:
        loose = _loosely_signed(others, runs.index(longest), runs, is_rated=card.rating is not None)
        card.name = cleaned(loose.text) if loose else ""
        others = [run for run in others if run is not loose]
    title = next((run for run in others if _is_title(run)), None)
    card.title = unquoted(title.text) if title else ""
    card.text = unquoted(text)


def _is_name_place(run: Run) -> bool:
    own = names_of(run.owner)
    return bool(words.NAME.search(own)) or run.owner.tag == "cite"


def _signed(runs: list[Run], longest: Run) -> Run | None:
    """The run that something says to be the name: a class, a tag for who is quoted, a dash, a "von"."""
    others = [run for run in runs if run is not longest]
    for is_it in (
        lambda run: words.NAME.search(names_of(run.owner)) and not words.NO_NAME.search(run.names),
        lambda run: run.owner.tag == "cite",
        lambda run: _is_within_a_name(run, longest),
        lambda run: run.owner.tag in CITED or any(above.tag in CITED for above in _near(run.owner)),
        lambda run: _is_dashed(run.text),
        lambda run: words.BY.match(run.text),
    ):
        found = next((run for run in others if is_it(run) and looks_like_a_name(cleaned(run.text))), None)
        if found:
            return found
    return None


def _page(element: Any) -> str:
    """The address of whoever is named, where the name is a link."""
    links = (element, *_near(element), *element.iterdescendants("a"))
    return next((link.get("href") for link in links if link.tag == "a" and link.get("href")), "")


def _is_within_a_name(run: Run, longest: Run) -> bool:
    path = run.names.removeprefix(longest.names)
    return (
        bool(words.NAME.search(path)) and not words.NO_NAME.search(path) and not words.DATE.search(names_of(run.owner))
    )


def _near(element: Any) -> list[Any]:
    above = element.getparent()
    return [above] if above is not None else []


def _is_dashed(text: str) -> bool:
    return bool(words.DASHED.match(text))


def _last_line(text: str) -> tuple[str, str]:
    """The text and the name, where the name stands below it behind a dash."""
    above, _, last = text.rpartition("\n")
    if above and words.DASHED.match(last) and looks_like_a_name(cleaned(last)):
        return above.strip(), cleaned(last)
    return text, ""


def _loosely_signed(others: list[Run], at: int, runs: list[Run], *, is_rated: bool) -> Run | None:
    """A heading or fat print that can be a name; else the first short line behind the text."""
    named = [run for run in others if is_like_a_person(cleaned(run.text)) and run.owner.tag != "a"]
    fat = next((run for run in named if run.owner.tag in FIRST), None)
    if fat is not None:
        return fat
    behind = runs[at + 1 : at + 2]
    return next((run for run in named if run in behind), None) if is_rated else None


def _same_place(run: Run, other: Run) -> bool:
    one, two = run.owner, other.owner
    return one.getparent() is two.getparent() and one.tag == two.tag and one.get("class") == two.get("class")


def _is_aside(run: Run) -> bool:
    return (
        _is_dashed(run.text) or bool(moment(run.text)) or (len(run.text.split()) < 3 and not SENTENCE.search(run.text))
    )


def _is_title(run: Run) -> bool:
    if LABEL.search(run.text) or words.HEADING.search(run.text):
        return False
    marked = run.owner.tag in FIRST or words.TITLE.search(names_of(run.owner))
    return bool(marked) and len(run.text) < 150 and not moment(run.text) and any(map(str.isalpha, run.text))


def _leads_on(link: Any) -> bool:
    target = link.get("href") or ""
    told = " ".join("".join(link.itertext()).split())[:60]
    return bool(target) and not target.startswith(("#", "javascript:")) and bool(words.READ_ON.search(told))
