"""Sentiment from evidence: word lists and rules, the linear model, and the stars."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from responder.reading.model import Text
from responder.words import Kind, Sentiment

CLASSES: tuple[Sentiment, ...] = ("negative", "neutral", "positive")
SURE: dict[Kind, float] = {"review": 0.53, "social": 0.6}
"""How probable a mood must be to be relied on; a review is about us and seldom neutral, so less is enough."""
SURE_DESPITE_IRONY = 0.85
CONTRADICTION = 2.0
CLEAR_STARS = 0.4
DENIAL = 0.7  # "nobody asked us", "without sauce": what is missing is rarely praise
PRIOR: dict[Kind, tuple[float, float, float]] = {"review": (0.1, 0.0, 0.0), "social": (0.0, 0.9, -0.1)}
WORDS: dict[Kind, float] = {"review": 1.0, "social": 0.8}  # a post among posts is less often about us
SHARES: dict[Kind, tuple[float, float]] = {"review": (0.3, 0.4), "social": (0.0, 1.0)}
"""How much rules and model count: the model has seen many posts, and what the rules find in them, and few reviews."""
STAR_WEIGHT = 4.5
SILENCE = 0.6  # no word, sign or star that says how the customer felt
NOTHING_LEARNED: Mapping[str, float] = {}
FARTHEST = 20.0  # beyond that an exponential says nothing more


@dataclass(frozen=True, slots=True)
class Signals:
    """What was found. `stars` runs from -1 to 1, `second` (textblob-de) too; the rest are sums and counts ≥ 0."""

    praise: float = 0.0
    complaint: float = 0.0
    bad_matters: int = 0
    good_matters: int = 0
    denials: int = 0
    grievances: int = 0
    spam: bool = False
    irony: bool = False
    question: bool = False
    second: float = 0.0
    stars: float | None = None
    kind: Kind = "review"
    marks: frozenset[str] = frozenset()

    def named(self) -> dict[str, float]:
        """The signals as the linear model weighs them: otherwise in reviews, among posts, and about travel."""
        praise, complaint = math.log1p(self.praise), math.log1p(self.complaint)
        values = {
            "always": 1.0,
            "praise": praise,
            "complaint": complaint,
            "praises": float(praise > 0),
            "complains": float(complaint > 0),
            "both": praise * complaint,
            "bad_matters": float(min(self.bad_matters, 3)),
            "good_matters": float(min(self.good_matters, 3)),
            "denials": float(min(self.denials, 2)),
            "grievances": float(min(self.grievances, 2)),
            "spam": float(self.spam),
            "irony": float(self.irony),
            "question": float(self.question),
            "second_good": max(self.second, 0.0),
            "second_bad": max(-self.second, 0.0),
            **dict.fromkeys(self.marks, 1.0),
        }
        prefixes = ["", f"{self.kind}_"] + ["travels_"] * ("travels" in self.marks)
        return {f"{prefix}{name}": value for prefix in prefixes for name, value in values.items() if value}

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


def judge(signals: Signals, scores: Mapping[str, float] = NOTHING_LEARNED) -> Verdict:
    """The sentiment, how probable it is, and whether a person should rather look for himself.

    `scores` are the log-odds of negative and positive against neutral that the linear model gives; empty where the
    language is none that it has learned.
    """
    weights = [math.exp(max(-FARTHEST, min(FARTHEST, score))) for score in _scores(signals, scores)]
    probabilities = [weight / sum(weights) for weight in weights]
    probability = max(probabilities)
    sentiment = CLASSES[probabilities.index(probability)]
    return Verdict(sentiment, round(probability, 3), _unsure(signals, probability))


def _scores(signals: Signals, learned: Mapping[str, float]) -> list[float]:
    """Unnormalised log-probabilities of negative, neutral and positive."""
    rules, model = SHARES[signals.kind] if learned else (1.0, 0.0)
    ruled = zip(CLASSES, _by_rules(signals), strict=True)
    negative, neutral, positive = (rules * score + model * learned.get(mood, 0.0) for mood, score in ruled)
    neutral += 0.0 if signals.speaks else SILENCE
    if signals.stars is not None:
        negative -= STAR_WEIGHT * signals.stars
        positive += STAR_WEIGHT * signals.stars
        neutral += 2.0 * (1 - 2 * abs(signals.stars))
    return [negative, neutral, positive]


def _by_rules(signals: Signals) -> list[float]:
    """What the word lists and rules speak for."""
    negative, neutral, positive = PRIOR[signals.kind]
    denied = DENIAL * min(signals.denials, 2) * (signals.kind == "review" and not signals.question)
    praise, complaint = _softened(signals.praise), _softened(signals.complaint + denied)
    if signals.irony:
        praise, complaint = praise * 0.3, complaint + 1.0
    against = 2.0 * min(signals.grievances, 2) + min(signals.bad_matters, 3) - min(signals.good_matters, 3)
    lean = 0.55 * against - 0.8 * signals.second
    negative += WORDS[signals.kind] * (1.5 * complaint - 0.55 * praise + lean)
    positive += WORDS[signals.kind] * (1.5 * praise - 0.55 * complaint - lean)
    neutral += (1.0 if signals.speaks else 2.0) * signals.question
    neutral += 3.0 * signals.spam
    return [negative, neutral, positive]


def _softened(weight: float) -> float:
    """The first strong word says most; the tenth hardly adds."""
    return math.log1p(weight) * 1.4


def _unsure(signals: Signals, probability: float) -> bool:
    ambiguous = signals.irony and signals.stars is None and probability < SURE_DESPITE_IRONY
    return probability < SURE[signals.kind] or ambiguous or _contradicts_stars(signals)


def _contradicts_stars(signals: Signals) -> bool:
    """Do the words say plainly the opposite of the stars?"""
    if signals.stars is None or abs(signals.stars) < CLEAR_STARS:
        return False
    balance = signals.praise - signals.complaint
    plain = abs(balance) > CONTRADICTION * (1 + min(signals.praise, signals.complaint))
    return plain and balance * signals.stars < 0
