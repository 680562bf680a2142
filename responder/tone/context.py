"""What the check knows beside the reply itself: the business, the post, the assessment and earlier answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from responder.profile import Profile
from responder.reading.model import Reading, Text
from responder.tone.data import load
from responder.tone.stems import folded

Situation = Literal["complaint", "praise", "question", "risk", "other"]

GRAVE = frozenset("legal fraud_accusation extortion violence self_harm safety discrimination press".split())
"""Risks that call for a neutral answer: nothing regretted, nothing admitted."""

_ASSESSED = {"right": "complaint", "partly": "complaint", "misunderstanding": "complaint", "own_fault": "complaint"}


@dataclass(frozen=True, slots=True)
class Context:
    """`history` holds our earlier answers in this case, `taken` every answer already used on this page.

    `kind` is `full` or `holding`; `author` is the name under which the customer himself posted in public.
    """

    profile: Profile
    reading: Reading | None = None
    post: Text | None = None
    assessment: str = "open"
    kind: str = "full"
    history: tuple[str, ...] = ()
    taken: frozenset[str] = frozenset()
    author: str = ""

    @property
    def posted(self) -> str:
        """Title and text of the post, empty when there is none."""
        return f"{self.post.title}\n{self.post.text}".strip() if self.post else ""


def silent(context: Context) -> bool:
    """True where nothing may be said of the matter: a confidential trade, or a contact that is disputed."""
    return context.profile.confidential or context.profile.contact_lock


def situation(context: Context) -> Situation:
    """What kind of answer is due; a grave risk outranks everything, a person's assessment outranks the reading."""
    if context.reading and GRAVE & set(context.reading.risks):
        return "risk"
    if context.assessment == "praise":
        return "praise"
    if context.assessment in _ASSESSED:
        return "complaint"
    return _by_reading(context.reading) or _by_stars(context) or _by_words(context.posted)


def _by_reading(reading: Reading | None) -> Situation | None:
    if reading is None:
        return None
    if reading.is_question and reading.sentiment != "negative" and not reading.anger:
        return "question"
    if reading.sentiment == "negative" or reading.anger >= 2:
        return "complaint"
    return "praise" if reading.sentiment == "positive" else None


def _by_stars(context: Context) -> Situation | None:
    post = context.post
    if post is None or post.rating is None:
        return None
    worst, best = post.rating_worst or 0.0, post.rating_best or 5.0
    share = (post.rating - worst) / ((best - worst) or 1.0)
    if share <= 0.6:
        return "complaint"
    return "praise" if share >= 0.75 else None


def _by_words(posted: str) -> Situation:
    """A rough guess for a caller without a reading and without stars."""
    cues, text = load("situation"), folded(posted)
    bad, good = (sum(folded(word) in text for word in cues[key]) for key in ("complaint", "praise"))
    if bad > good:
        return "complaint"
    if good > bad:
        return "praise"
    return "question" if posted.rstrip().endswith("?") else "other"
