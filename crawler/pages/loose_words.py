"""Words of a post that no property claims: some themes mark who wrote and how many stars, but not what was said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from itertools import islice
from typing import Any

from lxml import etree

from crawler.text import html_to_text

APART = (
    "header footer nav aside button form label select textarea script style noscript time figure table dl h1 h2 h3 h4 "
    "h5 h6"
).split()
"""Elements that hold no words of a post where it is not told which of them are its words."""

FIGURES = re.compile(r"\d+")
SENTENCE = re.compile(r"[.!?…)][\"“”«»]?$")
MANY_WORDS = 8
MOST_ELEMENTS = 2000
"""A post with more elements is not copied to be searched."""


def unclaimed(scope: Any, claims: Sequence[str]) -> list[str]:
    """The paragraphs of an item (an lxml element) outside of every element with one of the attributes in `claims`."""
    if len(list(islice(scope.iter(), MOST_ELEMENTS + 1))) > MOST_ELEMENTS:
        return []
    rest = deepcopy(scope)
    rest.tail = None
    claimed = " or ".join(f"@{name}" for name in claims)
    for element in rest.xpath(f".//*[{claimed} or self::{' or self::'.join(APART)}]"):
        behind = element.tail
        element.clear()
        element.tail = behind
    return [line for line in _source(rest).split("\n") if line]


def said(told: Sequence[list[str]], *, is_talk: bool) -> list[str]:
    """What was said in each of these posts, as far as their paragraphs show it; `told` are those of each.

    A paragraph that several posts have is a label. In talk the rest is what was said. A rating may have no words at
    all: there only a sentence, or a long paragraph, is taken, and never from a page with one alone.
    """
    seen = Counter(label for paragraphs in told for label in set(map(_label, paragraphs)))
    own = [[line for line in paragraphs if seen[_label(line)] == 1 and _is_said(line)] for paragraphs in told]
    if is_talk:
        return ["\n\n".join(paragraphs) for paragraphs in own]
    long = [[line for line in paragraphs if _is_sentence(line)] for paragraphs in own]
    return ["\n\n".join(paragraphs) if len(told) > 1 else "" for paragraphs in long]


def _source(element: Any) -> str:
    return html_to_text(etree.tostring(element, encoding="unicode", method="html"))


def _label(line: str) -> str:
    return FIGURES.sub("0", line.casefold())


def _is_said(line: str) -> bool:
    return len(line.split()) > 1 and not line.endswith(":")


def _is_sentence(line: str) -> bool:
    number = len(line.split())
    return number >= MANY_WORDS or (number > 2 and bool(SENTENCE.search(line)))
