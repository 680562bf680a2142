"""Sentiment from evidence: stars, weighed words, concrete matters, irony, textblob-de and the kind of place."""

from __future__ import annotations

import math
from dataclasses import dataclass

from responder.reading.model import Text
from responder.words import Kind, Sentiment

CLASSES: tuple[Sentiment, ...] = ("negative", "neutral", "positive")
SURE = 0.6
CONTRADICTION = 2.0
PRIOR: dict[Kind, tuple[float, float, float]] = {"review": (0.1, 0.0, 0.0), "social": (0.0, 0.9, -0.1)}
STAR_WEIGHT = 4.5


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found. `stars` runs from -1 to 1, `second` (textblob-de) too; the rest are sums and counts ≥ 0."""

    praise: float = 0.0
    complaint: float = 0.0
    bad_matters: int = 0
    good_matters: int = 0
    grievances: int = 0
    spam: bool = False
    irony: bool = False
    question: bool = False
    second: float = 0.0
    stars: float | None = None
    kind: Kind = "review"

    @property
    def speaks(self) -> bool:
        """Is there any word, sign or star that says how the customer felt?"""
        words = self.praise or self.complaint or self.bad_matters or self.good_matters or self.grievances
        return bool(words or self.spam or self.stars is not None)


@dataclass(frozen=True, slots=True)
class Verdict:
    sentiment: Sentiment
    probability: float
    unsure: bool


def stars(text: Text) -> float | None:
    """The rating from -1 (worst) to 1 (best); None when there is none or the scale makes no sense."""
    best = 5.0 if text.rating_best is None else text.rating_best
    worst = (0.0 if best > 5 else 1.0) if text.rating_worst is None else text.rating_worst
    if text.rating is None or not all(map(math.isfinite, (text.rating, best, worst))) or best <= worst:
        return None
    return max(-1.0, min(1.0, 2 * (text.rating - worst) / (best - worst) - 1))


def judge(signals: Signals) -> Verdict:
    """The sentiment, how probable it is, and whether a person should rather look for himself."""
    weights = [math.exp(score) for score in _scores(signals)]
    probabilities = [weight / sum(weights) for weight in weights]
    probability = max(probabilities)
    sentiment = CLASSES[probabilities.index(probability)]
    return Verdict(sentiment, round(probability, 3), _unsure(signals, probability))


def _scores(signals: Signals) -> list[float]:
    """Unnormalised log-probabilities of negative, neutral and positive."""
    negative, neutral, positive = PRIOR[signals.kind]
    praise, complaint = _softened(signals.praise), _softened(signals.complaint)
    if signals.irony:
        praise, complaint = praise * 0.3, complaint + 1.0
    matters = float(min(signals.bad_matters, 3) - min(signals.good_matters, 3))
    matters += 1.2 * min(signals.grievances, 2)
    negative += 1.5 * complaint - 0.55 * praise + 0.55 * matters - 0.8 * signals.second
    positive += 1.5 * praise - 0.55 * complaint - 0.55 * matters + 0.8 * signals.second
    neutral += (1.0 if signals.speaks else 2.0) * signals.question + (0.0 if signals.speaks else 0.8)
    neutral += 3.0 * signals.spam
    if signals.stars is not None:
        negative -= STAR_WEIGHT * signals.stars
        positive += STAR_WEIGHT * signals.stars
        neutral += 2.0 * (1 - 2 * abs(signals.stars))
    return [negative, neutral, positive]


def _softened(weight: float) -> float:
    """The first strong word says most; the tenth hardly adds."""
    return math.log1p(weight) * 1.4


def _unsure(signals: Signals, probability: float) -> bool:
    balance = signals.praise - signals.complaint
    contradicts = (
        signals.stars is not None
        and abs(signals.stars) > 0.4
        and (
            balance * signals.stars < 0 and abs(balance) > CONTRADICTION * (1 + min(signals.praise, signals.complaint))
        )
    )
    return (
        probability < SURE
        or not (signals.speaks or signals.question)
        or contradicts
        or (signals.irony and signals.stars is None and probability < 0.75)
    )
