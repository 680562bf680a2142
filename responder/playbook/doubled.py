"""Whether a draft says the same word twice, in one sentence or in two neighbouring ones. Pure.

Counted by the beginnings of words that carry meaning, so that "prüfen … prüft" and "Worte … Worten" are noticed, and by
days that are named again. Where such a text has a better one beside it, the better one is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from responder.reading.normalise import fold

_SENTENCE = re.compile(r"(?<!\d)[.!?:]\s+|(?<=\d)\.\s+(?=[A-ZÄÖÜ][a-zäöü]+ (?!\d)[a-zäöü])|\n")
_WORD = re.compile(r"[^\W\d_]{4,}")
_DAY = re.compile(r"\b\d{1,2}\. (?:jan|feb|mär|apr|mai|jun|jul|aug|sep|okt|nov|dez)\w*", re.IGNORECASE)
_GAP = re.compile(r"\[[^\[\]\n]*\]")
_STEM = 5
_SMALL = frozenset(
    "dass ihnen ihre ihren ihrem ihrer dein deine deinen deinem deiner unser unsere unseren unserem unserer diese "
    "diesen dieser dieses sich nicht noch auch dann damit dafür dazu darum jetzt heute hier bitte eine einen einem "
    "einer habe haben hatte hatten wird werden wurde wurden kann können konnte konnten sein sind waren über unter "
    "nach beim oder aber weil wenn denn mehr sehr ganz alle allem allen etwas schon immer wieder direkt selbst januar "
    "februar märz april juni juli august september oktober november dezember montag dienstag mittwoch donnerstag "
    "freitag samstag sonntag guten grüßen grüße grüssen grüsse with that this your have will here from about".split()
)


@lru_cache(maxsize=4096)
def _stems(sentence: str) -> tuple[str, ...]:
    words = (word.lower() for word in _WORD.findall(_GAP.sub("", sentence)))
    return tuple(fold(word).text[:_STEM] for word in words if word not in _SMALL)


def doubled(body: str) -> frozenset[str]:
    """The beginnings of words said twice within a sentence or in the next one, and days that are named twice."""
    return frozenset(_words(_SENTENCE.split(body))) | frozenset(_again(_DAY.findall(body)))


def _words(sentences: list[str]) -> Iterator[str]:
    before: tuple[str, ...] = ()
    for sentence in sentences:
        stems = _stems(sentence)
        yield from _again(stems)
        yield from set(stems) & set(before)
        before = stems


def _again(words: tuple[str, ...] | list[str]) -> Iterator[str]:
    seen: set[str] = set()
    for word in words:
        if word in seen:
            yield word
        seen.add(word)
