"""The letter runs and words of a text as numbers of a fixed table: what the linear model weighs."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
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
    runs = {run for word in set(words) for run in _runs(f" {word} ")}
    pairs = {f"{first}\x1f{second}" for first, second in itertools.pairwise(words)}
    return _entries(runs, table), _entries(pairs.union(f"\x1f{word}" for word in words), table)


def _plain(text: str) -> str:
    """The folded text in which every link, handle and number looks alike."""
    folded = fold(html.unescape(text[:LONGEST_TEXT])).text
    return _DIGIT.sub("0", _HANDLE.sub("@someone", _LINK.sub("somelink", folded)))


def _runs(word: str) -> Iterator[str]:
    for length in RUNS:
        for start in range(max(1, len(word) - length + 1)):
            yield word[start : start + length]


def _entries(grams: set[str], table: int) -> list[int]:
    return sorted({crc32(gram.encode(errors="surrogatepass")) % table for gram in grams})
