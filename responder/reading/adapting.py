"""Bends the mood model towards what the people of one business say of their posts. Pure; same rows, same model.

Training goes on from the model that comes with the program: only weights of n-grams that stand in the new texts move,
and texts it was made from are learned again along with them, so that it does not forget how others write.
"""

from __future__ import annotations

import math
import random
from array import array
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul

from responder.reading import labelled
from responder.reading.document import prepare
from responder.reading.linear import Linear, length
from responder.reading.model import Text
from responder.reading.ngrams import buckets
from responder.reading.reader import signals
from responder.reading.training import EVENING, MOST, Example

EPOCHS = 6
STEP = 0.1
"""How far one text moves the weights: a fifth of a first training, because the base is right more often than not."""
OWN_WEIGHT = 3.0
"""A text of the business counts as much as so many of those the model was made from."""
REPLAYED = 2000
LITTLE = 0.02
"""A text whose mood is as good as known moves nothing: most of those learned again."""

Delta = list[float]


@dataclass(frozen=True, slots=True)
class Known:
    """A text as the base sees it: its n-grams, what the base says of each label, and which one is right (or none)."""

    entries: list[int]
    values: list[float]
    scores: tuple[float, ...]
    right: int | None


def example(text: Text, mood: str) -> Example:
    """A text with the mood that is right, as the model is trained on it: by its words, not by its stars."""
    return Example(prepare(text).written, frozenset({mood}), signals(text).named())


def known(base: Linear, text: Example) -> Known:
    """What is needed of a text to learn from it, however often."""
    entries: list[int] = []
    values: list[float] = []
    for channel in buckets(text.text, len(base.rarity)):
        heard = [entry for entry in channel if base.rarity[entry]]
        size = length([base.rarity[entry] for entry in heard]) or 1.0
        entries += heard
        values += [base.rarity[entry] / size for entry in heard]
    scores = base.scores(text.text, text.signals)
    right = next((number for number, label in enumerate(base.labels) if label in text.labels), None)
    return Known(entries, values, tuple(scores[label] for label in base.labels), right)


def replayed() -> list[Example]:
    """About REPLAYED of the texts that models are made from, spread evenly over their sets; none held back to judge."""
    rows = [row for name in labelled.SETS for row in labelled.halves(name)[0]]
    chosen = rows[:: max(1, len(rows) // REPLAYED)]
    return [example(Text(row.text, kind=row.kind), row.mood) for row in chosen]


def adapt(base: Linear, own: Sequence[Known], earlier: Sequence[Known]) -> Linear:
    """The base after it has learned from `own`, while texts that it knows from `earlier` hold it where it is."""
    deltas: list[Delta] = [[0.0] * len(base.rarity) for _ in base.labels]
    even = _evened(earlier)
    texts = [(one, even[one.right]) for one in earlier]
    texts += [(one, OWN_WEIGHT) for one in own]
    order = random.Random(0)  # noqa: S311 - an order, not a secret
    for _ in range(EPOCHS):
        order.shuffle(texts)
        for one, weight in texts:
            _learn(deltas, one, weight)
    return _bent(base, deltas)


def _evened(texts: Sequence[Known]) -> dict[int | None, float]:
    """How much a text of each label counts, so that rare moods are not forgotten: as when the base was made."""
    counts = Counter(one.right for one in texts)
    most = max(counts.values(), default=0)
    return {right: (most / count) ** EVENING for right, count in counts.items()}


def _learn(deltas: list[Delta], one: Known, weight: float) -> None:
    for number, chance in enumerate(_chances(deltas, one)):
        error, delta = chance - (number == one.right), deltas[number]
        if abs(error) < LITTLE:
            continue
        move = STEP * weight * error
        for entry, value in zip(one.entries, one.values, strict=True):
            delta[entry] -= move * value


def _chances(deltas: Sequence[Delta], one: Known) -> list[float]:
    scores = [
        base + sum(map(mul, map(delta.__getitem__, one.entries), one.values))
        for base, delta in zip(one.scores, deltas, strict=True)
    ]
    highest = max(0.0, *scores)
    powers = [math.exp(score - highest) for score in scores]
    whole = sum(powers) + math.exp(-highest)
    return [power / whole for power in powers]


def _bent(base: Linear, deltas: Sequence[Delta]) -> Linear:
    """Base and changes as one model, in whole steps of one byte."""
    scales: list[float] = []
    rows: list[array[int]] = []
    for row, scale, delta in zip(base.weights, base.scales, deltas, strict=True):
        weights = [weight * scale + change for weight, change in zip(row, delta, strict=True)]
        step = max(map(abs, weights)) / MOST or 1.0
        scales.append(step)
        rows.append(array("b", (round(weight / step) for weight in weights)))
    return Linear(base.labels, tuple(scales), base.signals, base.rarity, tuple(rows))
