"""Posts written in small letters throughout, with the capitals that their nouns have. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from responder.playbook.clause_words import listed
from responder.playbook.nouns import Lexicon
from responder.playbook.verbs import verbs

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST = 40
"""Characters; a longer word is none."""
_OPENING = frozenset("am im vom zum zur beim ins ans aufs kein keine keinen keinem keiner mein meine meinen".split())
_ENDING = re.compile(r"[a-zäöüß]{3,}(?:e|er|es|en|em)")
_BACK = 3
"""Words between an article and its noun, at most."""


def with_capitals(text: str, nouns: Lexicon) -> str:
    """The text, its listed nouns behind an article, preposition or number made capital where nothing is capital in it;
    every character stays where it was."""
    if any(map(str.isupper, text)):
        return text
    written = list(text)
    for place in _places(text, nouns):
        written[place] = written[place].upper()
    return "".join(written)


def _places(text: str, nouns: Lexicon) -> Iterator[int]:
    found = list(_WORD.finditer(text))
    for at, match in enumerate(found):
        before = [one[0] for one in found[max(0, at - _BACK) : at]]
        if _is_noun(match[0], nouns) and _led(before):
            yield match.start()


def _is_noun(word: str, nouns: Lexicon) -> bool:
    """Whether a small word is a listed noun, and no verb, adverb or adjective."""
    known = listed()
    if len(word) > _LONGEST:
        return False
    other = word in verbs().finite or any(known.has(name, word) for name in ("adverbs", "states", "articles"))
    return not other and len(word) > 2 and bool(nouns.find(word.capitalize()))


def _led(before: list[str]) -> bool:
    """Whether an article or preposition stands before a word, with nothing but adjectives between."""
    known = listed()
    for word in reversed(before):
        opens = any(known.has(name, word) for name in ("articles", "prepositions", "numbers"))
        if opens or word in _OPENING:
            return True
        if not _ENDING.fullmatch(word):
            return False
    return False
