"""Words cut down until their inflected forms and compounds can be compared. Rough on purpose, and fast."""

from __future__ import annotations

import re
from functools import lru_cache

from responder.tone.data import load

_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss", "é": "e", "è": "e", "à": "a"})
_WORD = re.compile(r"[^\W_]+")
_INFIX = re.compile(
    r"^(nach|aus|um|zuruck|ab|an|auf|ein|mit|vor|weiter|wieder|gut)(?:zu(?=\w{4,}n$)|ge(?=\w{3,}(?:t|en)$))"
)
"""The "zu" and "ge" of a verb in two parts: "nachzubessern" and "nachgebessert" are "nachbessern"."""
_ENDING = re.compile(r"(?:ungen|lichen|liche|ung|ern|est|end|em|en|er|es|et|st|te|e|n|s|t)$")


def folded(text: str) -> str:
    """Lower case, umlauts and their ae/oe/ue spelling alike."""
    low = text.lower().translate(_FOLD)
    return low.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def stem(word: str) -> str:
    """The stem of one folded word; at least four letters of it stay."""
    core = word[2:] if word.startswith("ge") and len(word) > 6 else _INFIX.sub(r"\1", word)
    for _ in range(2):
        shorter = _ENDING.sub("", core)
        if len(shorter) < 4:
            break
        core = shorter
    return core


@lru_cache(maxsize=512)
def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning; the first 400 words are enough to know what a post is about."""
    words = _WORD.findall(folded(text[:8000]))[:400]
    empty, numerals = _empty_words(), load("words")["numerals"]
    stems = (numerals.get(word) or stem(word) for word in words if len(word) > 3 and word not in empty)
    return frozenset(stems) | {word for word in words if word.isdigit() and len(word) > 1}


@lru_cache(maxsize=1)
def _empty_words() -> frozenset[str]:
    return frozenset(folded(word) for word in load("words")["empty"].split())


def related(left: str, right: str) -> bool:
    """True when two stems belong together: equal, one begins the other, or one stands inside a compound."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(short) < 4 or short.isdigit() or long.isdigit():
        return False
    return long.startswith(short) or long.endswith(short) or (len(short) >= 5 and short in long)
