"""A folded form to search in, with the way back: every position knows its code point in the text as written."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

FOLDS = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ẞ": "ss", "æ": "ae", "ø": "oe", "œ": "oe",
    "’": "'", "‘": "'", "´": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
    "–": "-", "—": "-", "‐": "-", "‑": "-", "…": "...", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    "\u200b": "", "\u200c": "", "\u00ad": "", "\ufeff": "", "\u2060": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is lower case without umlauts, accents and drawn-out letters; `origins[i]` is where `text[i]` came from.

    `origins` has one entry more than `text`: the end of the original.
    """

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The code points of the original behind `text[start:end]`; a letter that became two is never cut."""
        if start >= end:
            return self.origins[start], self.origins[start]
        return self.origins[start], max(self.origins[end - 1] + 1, self.origins[end])


def fold(text: str) -> Folded:
    """The folded form of a text: NFC, case, ä/ae, ß/ss, quotation marks and “sooo” no longer matter."""
    if text.isascii():
        return _squeeze(text.lower(), range(len(text)), len(text))
    letters: list[str] = []
    origins: list[int] = []
    for position, letter in _composed(text):
        folded = fold_letter(letter)
        letters.append(folded)
        origins.extend([position] * len(folded))
    return _squeeze("".join(letters), origins, len(text))


def _composed(text: str) -> list[tuple[int, str]]:
    """Letters with the marks that follow them, as (position, letter)."""
    if unicodedata.is_normalized("NFC", text):
        return list(enumerate(text))
    letters: list[tuple[int, str]] = []
    for position, char in enumerate(text):
        if letters and unicodedata.combining(char):
            start, letter = letters[-1]
            letters[-1] = (start, unicodedata.normalize("NFC", letter + char) if len(letter) < 4 else letter)
        else:
            letters.append((position, char))
    return letters


@lru_cache(maxsize=4096)
def fold_letter(letter: str) -> str:
    """One letter in its folded spelling; may be empty or longer than one character."""
    lower = letter.lower()
    if lower in FOLDS:
        return FOLDS[lower]
    base = unicodedata.normalize("NFD", lower)[:1]
    return base.lower() if base.isalpha() else lower


def _squeeze(text: str, origins: list[int] | range, end: int) -> Folded:
    """Letters drawn out to three or more count once: “sooo” is “so”."""
    keep = [i for i, c in enumerate(text) if not (_drawn_out(text, i) and c.isalpha())]
    if len(keep) == len(text):
        return Folded(text, (*origins, end))
    return Folded("".join(text[i] for i in keep), (*(origins[i] for i in keep), end))


def _drawn_out(text: str, i: int) -> bool:
    run = text[max(0, i - 2) : i + 3]
    return i > 0 and text[i] == text[i - 1] and text[i] * 3 in run


def fold_pattern(pattern: str) -> str:
    """A search pattern as written by a person, in the spelling of folded texts."""
    return "".join(c if c.isascii() else fold_letter(c) for c in pattern)
