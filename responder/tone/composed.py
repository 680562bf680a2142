"""Letters and their marks put together, so that a pasted "a" with a separate umlaut reads as "ä"."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import is_normalized, normalize

import regex


def composed(text: str) -> tuple[str, Sequence[int]]:
    """The text in NFC, and for each of its positions, the end included, the position in the text as given."""
    if is_normalized("NFC", text):
        return text, range(len(text) + 1)
    pieces, origin = [], []
    for cluster in regex.finditer(r"\X", text):
        piece = normalize("NFC", cluster[0])
        pieces.append(piece)
        origin += [min(cluster.start() + place, cluster.end()) for place in range(len(piece))]
    return "".join(pieces), [*origin, len(text)]
