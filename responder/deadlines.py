"""By when an answer is due. Pure; all times are aware UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from responder.words import Kind


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`holding_due_at` is when a first word is due, `due_at` when the full answer is."""

    holding_due_at: datetime
    due_at: datetime


UNHAPPY = (timedelta(hours=4), timedelta(hours=24))
USUAL = (timedelta(hours=24), timedelta(hours=48))
ANGRY = {2: UNHAPPY, 3: (timedelta(hours=2), timedelta(hours=12))}
"""First word and full answer by the anger of a reading (0–3)."""


def for_post(rating: float | None, best: float | None, worst: float | None, kind: Kind, seen_at: datetime) -> Deadlines:
    """The deadlines of a post seen at `seen_at`: sooner for the lowest two of five stars (or the same share of
    another scale), and a first word sooner on social media, where people expect one on the same day."""
    first, full = UNHAPPY if is_low(rating, best, worst) else USUAL
    if kind == "social":
        first = min(first, UNHAPPY[0])
    return Deadlines(seen_at + first, seen_at + full)


def tighten(deadlines: Deadlines, anger: int, seen_at: datetime) -> Deadlines:
    """The same deadlines or sooner ones, as the anger found in the text demands. Never later."""
    if anger not in ANGRY:
        return deadlines
    first, full = ANGRY[anger]
    return Deadlines(min(deadlines.holding_due_at, seen_at + first), min(deadlines.due_at, seen_at + full))


def is_low(rating: float | None, best: float | None, worst: float | None) -> bool:
    """Whether the rating lies in the lowest quarter of its scale: one or two of five stars."""
    if rating is None:
        return False
    lowest, highest = (1.0 if worst is None else worst), (5.0 if best is None else best)
    return highest > lowest and (rating - lowest) / (highest - lowest) <= 0.25
