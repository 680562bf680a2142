"""What changed between two wordings, word by word, as HTML that can be heard as well as seen."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import starmap

from markupsafe import Markup

from responder.web.visible import visible

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
MOST_TOKENS = 2000
"""Comparing takes quadratic time; two longer wordings are shown as one replaced by the other."""


def differences(old: str, new: str, *, removed: str, added: str) -> Markup:
    """`new` with what was added in `<ins>` and what was removed in `<del>`; everything is escaped.

    `removed` and `added` are words that only a screen reader says before such a place.
    """
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        return _marked("del", removed, old) + _marked("ins", added, new)
    steps = SequenceMatcher(lambda token: token.isspace(), before, after, autojunk=False).get_opcodes()

    def part(step: str, start: int, end: int, new_start: int, new_end: int) -> Markup:
        if step == "equal":
            return visible("".join(after[new_start:new_end]))
        gone, fresh = "".join(before[start:end]), "".join(after[new_start:new_end])
        return _marked("del", removed, gone) + _marked("ins", added, fresh)

    return Markup("").join(starmap(part, steps))


def _marked(tag: str, said: str, text: str) -> Markup:
    if not text:
        return Markup("")
    mark = Markup('<{tag}><span class="heard">{said}: </span>{text}</{tag}>')
    return mark.format(tag=tag, said=said, text=visible(text))
