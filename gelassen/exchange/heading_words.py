"""The words of a heading, what kind each of them is, and the scale and the zone that a heading tells."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, tzinfo
from functools import lru_cache

from gelassen.exchange.kinds import KINDS
from gelassen.exchange.vocabulary import WHOLE


def folded(text: str) -> str:
    """In small letters and without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold().replace("ı", "i"))
    return unicodedata.normalize("NFC", "".join(char for char in parts if not unicodedata.combining(char)))


KIND_OF = {folded(word): kind for kind, words in KINDS.items() for word in words.split()}
COLUMNS = {folded(heading): name for name, headings in WHOLE.items() for heading in headings.split()}
LONGEST_WORD = 40

SHORTEST = 4
"""So many letters a part of a compound has at least: below that every word could be taken to pieces."""

ALONE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]+")
"""Scripts that write words without blanks between them."""

JOINTS = ("", "s", "n", "en")
"""What German puts between the parts of a compound."""

HUMP = re.compile(r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])")
SCALE = re.compile(r"\(\s*(\d{1,3})\s*(?:-|–|bis|to|à|a)\s*(\d{1,3})[^()]*\)", re.IGNORECASE)
OUT_OF = re.compile(r"(?:\b(?:out of|von|sur|su|max\.?)|/)\s*(\d{1,3})\b", re.IGNORECASE)
MARKS = {"note", "schulnote"}
SCHOOL = 6.0
"""The worst school mark."""

PREFIX = re.compile(r"^\w{1,9}:(?=\w)")
"""Of a vocabulary, as in `im:rating`."""

PART_OF_NAME = re.compile(r"\b(first|last|given|family)[\s-]name\b")
IN_UTC = re.compile(r"\((?:utc|gmt)\)|(?<=[_ ])(?:utc|gmt)$", re.IGNORECASE)


def words(heading: str) -> tuple[str, ...]:
    """The words of a heading without accents, scale and zone."""
    bare = HUMP.sub(" ", OUT_OF.sub(" ", IN_UTC.sub(" ", SCALE.sub(" ", PREFIX.sub("", heading.replace("_", " "))))))
    joined = PART_OF_NAME.sub(r"\1name", folded(bare))
    return tuple(part for word in re.findall(r"[^\W_]+", joined) for part in _parted(word))


@lru_cache(maxsize=4096)
def _parted(word: str) -> tuple[str, ...]:
    """The parts of a compound of known words, `username` and `评论内容`; any other word stays whole."""
    if word in KIND_OF or word in COLUMNS or len(word) > LONGEST_WORD:
        return (word,)
    return _pieces(word) or (word,)


def _pieces(word: str) -> tuple[str, ...]:
    shortest = 1 if ALONE.fullmatch(word) else SHORTEST
    for end in range(len(word) - shortest, shortest - 1, -1):
        if KIND_OF.get(word[:end], "filler") != "filler":
            for rest in (word[end:].removeprefix(joint) for joint in JOINTS):
                below = (rest,) if rest in KIND_OF and len(rest) >= shortest else _pieces(rest)
                if below:
                    return (word[:end], *below)
    return ()


def scale_of(heading: str) -> tuple[float, float | None] | None:
    """Best and worst, where a heading tells them: `Punkte (1-10)`; in `Note (1-6)` the lower is the better."""
    if told := SCALE.search(heading):
        low, high = sorted((float(told[1]), float(told[2])))
        return (low, high) if plain(SCALE.sub("", heading)) in MARKS and low < high <= SCHOOL else (high, low)
    best = OUT_OF.search(heading.replace("_", " "))
    return (float(best[1]), None) if best and float(best[1]) else None


def plain(heading: str) -> str:
    """Its letters and digits only, without accents."""
    return "".join(char for char in folded(heading) if char.isalnum())


def zone_of(heading: str, zone: tzinfo) -> tzinfo:
    """Where the clock of a column stands: `zone`, unless its heading says UTC."""
    return UTC if IN_UTC.search(heading) else zone
