"""Making the invisible visible: control, bidirectional and zero-width characters of foreign texts, as marked spans.

What a person signs must be what the public gets, so nothing is dropped; it is only shown.
"""

from __future__ import annotations

import unicodedata

from markupsafe import Markup, escape

KEPT = frozenset("\n\t")
INVISIBLE_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
EMOJI_JOINER = "\u200d"


def is_invisible(char: str) -> bool:
    """Whether `char` shows nothing, or changes what is shown around it."""
    if char in KEPT:
        return False
    return char in INVISIBLE_LETTERS or unicodedata.category(char) in ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")


def visible(text: str) -> Markup:
    """`text` as HTML: escaped, every invisible character as a span that names its code point.

    The zero-width joiner between two symbols (one emoji made of several) stays as it is.
    """
    parts: list[str] = []
    for index, char in enumerate(text):
        if not is_invisible(char) or (char == EMOJI_JOINER and _inside_emoji(text, index)):
            parts.append(str(escape(char)))
        else:
            parts.append(f'<span class="invisible" title="{name_of(char)}">U+{ord(char):04X}</span>')
    return Markup("".join(parts))  # noqa: S704 - every character was escaped or replaced above


def name_of(char: str) -> str:
    """The character's Unicode name, or its code point when it has none."""
    return unicodedata.name(char, f"U+{ord(char):04X}")


def count_invisible(text: str) -> int:
    """How many characters of `text` a reader cannot see."""
    return sum(1 for i, c in enumerate(text) if is_invisible(c) and not (c == EMOJI_JOINER and _inside_emoji(text, i)))


def _inside_emoji(text: str, index: int) -> bool:
    around = text[max(0, index - 2) : index].rstrip("\ufe0f")[-1:], text[index + 1 : index + 2]
    return all(part and unicodedata.category(part) in ("So", "Sk") for part in around)
