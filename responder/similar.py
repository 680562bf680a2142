"""When two texts are the same: to the byte, in all their words, or nearly. Pure."""

from __future__ import annotations

import hashlib
import unicodedata

import regex

NEAR = 88.0
"""From this similarity (0–100) on a second text counts as the first one in other words."""

_KEPT = regex.compile(r"[\p{L}\p{M}\p{N}\p{So}\p{Sc}\p{Sk}]+|(?<=\d)[.,:](?=\d)")


def normalise_text(text: str) -> str:
    """NFC with every run of white space as one blank and none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def content_hash(title: str, text: str, rating: float | None) -> str:
    """sha256 hex over what the platform shows of a post; white space and Unicode composition do not count."""
    stars = "" if rating is None else f"{rating:g}"
    shown = f"{normalise_text(title)}\x1f{normalise_text(text)}\x1f{stars}"
    return hashlib.sha256(shown.encode("utf-8", "surrogatepass")).hexdigest()


def words(text: str) -> list[str]:
    """Words, numbers and emoji in order, without case, punctuation and white space. A decimal mark stays."""
    found: list[str] = _KEPT.findall(unicodedata.normalize("NFC", text).casefold())
    return found


def same_words(one: str, other: str) -> bool:
    """Whether only commas, case, blanks or other punctuation differ."""
    return "".join(words(one)) == "".join(words(other))


def is_near_repeat(one: str, other: str) -> bool:
    """Whether the texts say the same with some words moved, added or replaced. Texts under four words never do."""
    from rapidfuzz import fuzz  # here, because only the worker compares posts, and the daemon shall stay small

    first, second = words(one), words(other)
    if min(len(first), len(second)) < 4:
        return first == second and bool(first)
    return fuzz.token_sort_ratio(" ".join(first), " ".join(second)) >= NEAR
