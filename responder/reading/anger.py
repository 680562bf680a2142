"""Anger and urgency on a scale from 0 to 3."""

from __future__ import annotations

import re

from responder.reading.document import Document
from responder.reading.model import Span
from responder.reading.rules import load

SHOUTED = re.compile(r"\b[A-ZÄÖÜ]{4,}\b")
MARKS = re.compile(r"[!?]*!{2,}[!?]*|\?{3,}|!\?")
ANGRY_SIGNS = re.compile("[😡🤬😠😤🖕💢]")
STEPS = (0.3, 0.8, 1.6)
OFFENDING = frozenset({"insult", "violence", "extortion", "fraud_accusation"})
BAD_STARS = -0.5


def anger(document: Document, risks: tuple[str, ...], stars: float | None, *, hostile: bool) -> tuple[int, list[Span]]:
    """How angry the customer writes, and what shows it. Praise in capitals is not anger (`hostile` says which)."""
    if not hostile:
        return 0, []
    hits = load("anger").find_all(document.folded, document.runs)
    reasons = [document.span("anger", hit.start, hit.end) for hit in hits]
    heat = sum(int(hit.label) / 10 for hit in hits)
    shouting = _shouting(document)
    heat += 0.4 * min(len(shouting), 3) + 0.8 * len(OFFENDING.intersection(risks))
    heat += 0.3 * (stars is not None and stars <= BAD_STARS)
    return sum(heat >= step for step in STEPS), reasons + shouting


def _shouting(document: Document) -> list[Span]:
    letters = [c for c in document.written if c.isalpha()]
    found = [*MARKS.finditer(document.written), *ANGRY_SIGNS.finditer(document.written)]
    words = list(SHOUTED.finditer(document.written))
    if len(words) >= 2 or (letters and sum(c.isupper() for c in letters) > 0.5 * len(letters) > 5):
        found += words
    return [Span(*document.written_place(*match.span()), "shouting") for match in found]


def urgency(document: Document, risks: tuple[str, ...], *, pending: bool) -> tuple[int, list[Span]]:
    """How soon a word is needed. Danger to somebody is always 3; nothing is urgent where nothing is pending."""
    if {"violence", "self_harm"}.intersection(risks):
        return 3, []
    if not pending:
        return 0, []
    hits = load("urgency").find(document.folded, document.runs)
    level = max((int(hit.label) for hit in hits), default=0)
    level = max(level, 2 if {"safety", "legal", "extortion"}.intersection(risks) else 0)
    return level, [document.span("urgency", hit.start, hit.end) for hit in hits]
