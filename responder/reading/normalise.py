"""A folded form to search in, with the way back: every position knows its code point in the text as written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

FOLDS = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ẞ": "ss", "æ": "ae", "ø": "oe", "œ": "oe",
    "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\u200b": "", "\u200c": "", "\u00ad": "", "\ufeff": "", "\u2060": "",
}  # fmt: skip
DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
MOST_LETTERS = 4096
LONGEST_WORD = 24


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is lower case without umlauts, accents and drawn-out letters; `origins[i]` is where `text[i]` came from.

    `origins` has one entry more than `text`: the end of the original.
    """

    text: str
    origins: tuple[int, ...]


class _Folds(dict[str, str]):
    """Folded letters, worked out once each."""

    def __missing__(self, letter: str) -> str:
        lower = letter.lower()
        folded = "" if unicodedata.combining(letter) else FOLDS.get(lower)
        if folded is None:
            base = unicodedata.normalize("NFD", lower)[:1]
            folded = base.lower() if base.isalpha() else lower
        if len(self) < MOST_LETTERS:
            self[letter] = folded
        return folded


_folds = _Folds()


def fold(text: str) -> Folded:
    """The folded form of a text: NFC, case, ä/ae, ß/ss, quotation marks and “sooo” no longer matter."""
    return _fold_word(text) if len(text) <= LONGEST_WORD else _fold(text)


@lru_cache(maxsize=8192)
def _fold_word(word: str) -> Folded:
    """Remembered, because most words of most texts were seen before."""
    return _fold(word)


def _fold(text: str) -> Folded:
    if text.isascii():
        return _squeezed(text.lower(), range(len(text)), len(text))
    positions, letters = _composed(text)
    folded = [_folds[letter] for letter in letters]
    origins = [position for position, letter in zip(positions, folded, strict=True) for _ in letter]
    return _squeezed("".join(folded), origins, len(text))


def _composed(text: str) -> tuple[Sequence[int], Sequence[str]]:
    """The letters with the marks that follow them, and where each begins."""
    if unicodedata.is_normalized("NFC", text):
        return range(len(text)), text
    positions: list[int] = []
    letters: list[str] = []
    for position, char in enumerate(text):
        if not letters or not unicodedata.combining(char):
            positions.append(position)
            letters.append(char)
        elif len(whole := unicodedata.normalize("NFC", letters[-1] + char)) == 1:
            letters[-1] = whole
    return positions, letters


def _squeezed(text: str, origins: Sequence[int], end: int) -> Folded:
    """Letters drawn out to three or more count once: “sooo” is “so”."""
    doubled = {at for run in DRAWN_OUT.finditer(text) for at in range(run.start() + 1, run.end())}
    if not doubled:
        return Folded(text, (*origins, end))
    keep = [at for at in range(len(text)) if at not in doubled]
    return Folded("".join(text[at] for at in keep), (*(origins[at] for at in keep), end))


def fold_pattern(pattern: str) -> str:
    """A search pattern as written by a person, in the spelling of folded texts."""
    return "".join(c if c.isascii() else _folds[c] for c in pattern)
