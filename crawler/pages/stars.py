"""Ratings as they are written: 4, "4,5 von 5", "80%", "★★★☆☆", a German school mark from 1 to 6."""

from __future__ import annotations

import re
from typing import Any

from crawler.pages.nodes import Node, first, get, string
from crawler.pages.values import LONGEST, number

SCALES = (5.0, 10.0, 100.0)
OF = re.compile(r"(?P<value>\d+(?:[.,]\d+)?)\s?(?:/|von|out of|of|sur|su)\s?(?P<best>\d+(?:[.,]\d+)?)", re.IGNORECASE)
PERCENT = re.compile(r"\d+(?:[.,]\d+)?\s?%")
FULL, EMPTY = "★⭐", "☆"

Stars = tuple[float, float, float]
"""Value, best, worst; the best is the highest number."""


def stars(rating: Node) -> Stars | None:
    """What a Rating says; None where nobody rated or nobody can tell how."""
    written = first(get(rating, "ratingvalue", "value", "@value"))
    value, best = _read(written)
    best = number(first(get(rating, "bestrating", "best"))) or best
    worst = number(first(get(rating, "worstrating", "worst")))
    if value is None or value < 0 or (value == 0 and worst != 0):  # 0 on a scale from 1 means: not rated
        return None
    if best is not None and worst is not None and best <= value <= worst and best < worst:
        return best + worst - value, worst, best
    if best is None or best < value:
        best = next((scale for scale in SCALES if value <= scale), value)
    if worst is None or worst >= best:
        worst = min(1.0, value)
    return value, best, worst


def _read(written: Any) -> tuple[float | None, float | None]:
    """The value, and the best one if both are written in one."""
    text = written if isinstance(written, str) else string(written) if isinstance(written, dict) else ""
    if not text or len(text) < 4:
        plain = number(text or written)
        return (plain, None) if plain is not None else _drawn(text)
    text = text[:LONGEST].strip()
    both = OF.match(text)
    if both:
        return number(both["value"]), number(both["best"])
    if PERCENT.match(text):
        return number(text), 100.0
    plain = number(text)
    return (plain, None) if plain is not None else _drawn(text)


def _drawn(text: str) -> tuple[float | None, float | None]:
    full, empty = sum(map(text.count, FULL)), text.count(EMPTY)
    return (float(full), float(full + empty)) if full and empty else (float(full) or None, None)
