"""What changed between two wordings, word by word, as HTML that can be heard as well as seen."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import starmap

from markupsafe import Markup

from responder.web.visible import visible

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST_PAIRS = 30_000
"""How many pairs of equal words are looked at; texts that repeat more are shown as one replaced by the other."""


def differences(old: str, new: str, *, removed: str, added: str) -> Markup:
    """`new` with what was added in `<ins>` and what was removed in `<del>`; everything is escaped.

    `removed` and `added` are words that only a screen reader says before such a place.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if _pairs(before, after) > MOST_PAIRS:
        return _marked("del", removed, old) + _marked("ins", added, new)
    steps = SequenceMatcher(str.isspace, before, after, autojunk=False).get_opcodes()

    def part(step: str, start: int, end: int, new_start: int, new_end: int) -> Markup:
        if step == "equal":
            return visible("".join(after[new_start:new_end]))
        gone, fresh = "".join(before[start:end]), "".join(after[new_start:new_end])
        return _marked("del", removed, gone) + _marked("ins", added, fresh)

    return Markup("").join(starmap(part, steps))


def _pairs(before: list[str], after: list[str]) -> int:
    """What comparing costs: every word of the one is met with all its like in the other."""
    counts = Counter(before)
    return sum(counts[token] * number for token, number in Counter(after).items() if not token.isspace())


def _marked(tag: str, said: str, text: str) -> Markup:
    if not text:
        return Markup("")
    mark = Markup('<{tag}><span class="heard">{said}: </span>{text}</{tag}>')
    return mark.format(tag=tag, said=said, text=visible(text))
