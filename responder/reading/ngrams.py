"""The letter runs and words of a text as numbers of a fixed table: what the linear model weighs."""

from __future__ import annotations

import html
import itertools
import re
from functools import lru_cache
from zlib import crc32

from responder.reading.normalise import fold

LONGEST_TEXT = 4000
"""Characters looked at: a longer post has long said what it wants."""
LONGEST_WORD = 40
RUNS = (2, 3, 4, 5)
_LINK = re.compile(r"(?:https?\s?:\s?/\s?/\s?|www\.)\S+")
_HANDLE = re.compile(r"@\w+")
_DIGIT = re.compile(r"\d")


def buckets(text: str, table: int) -> tuple[list[int], list[int]]:
    """Entries (0 … table - 1) of the letter runs within words, and of single words and pairs; each once, sorted.

    Two n-grams that share an entry share its weight.
    """
    words = [word[:LONGEST_WORD] for word in _plain(text).split()]
    runs: set[int] = set()
    for word in set(words):
        runs.update(_runs(f" {word} ", table))
    pairs = {f"{first}\x1f{second}" for first, second in itertools.pairwise(words)}
    return sorted(runs), sorted({_entry(gram, table) for gram in pairs.union(f"\x1f{word}" for word in words)})


def _plain(text: str) -> str:
    """The folded text in which every link, handle and number looks alike."""
    alike = _HANDLE.sub("@someone", _LINK.sub("somelink", html.unescape(text[:LONGEST_TEXT])))
    return _DIGIT.sub("0", fold(alike).text)


@lru_cache(maxsize=8192)
def _runs(word: str, table: int) -> tuple[int, ...]:
    """The entries of a word's letter runs; most words come again."""
    runs = {word[start : start + length] for length in RUNS for start in range(max(1, len(word) - length + 1))}
    return tuple({_entry(run, table) for run in runs})


def _entry(gram: str, table: int) -> int:
    return crc32(gram.encode("utf-8", "surrogatepass")) % table
