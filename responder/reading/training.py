"""Makes linear models from labelled texts. Pure Python with a fixed order of examples: same rows, same model."""

from __future__ import annotations

import math
import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from responder.reading.linear import RARITY_STEP, Linear, length
from responder.reading.ngrams import buckets

EPOCHS = 8
STEP = 0.5
"""How far one example moves the weights at first."""
DECAY = 3e-5
"""How strongly weights are pulled back to nothing, per example."""
EVENING = 0.8
"""1 lets every label count alike however rare it is, 0 every example."""
SIGNAL_STEP = 0.1
"""Signals are few and in every text: they move by this share of a step."""
LEAST_TEXTS = 2
"""An n-gram that fewer texts have teaches nothing."""
MOST = 127

Pair = tuple[list[int], list[int]]
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A text, what the rules found in it, and the labels that are right; `weight` says how often it counts."""

    text: str
    labels: frozenset[str]
    signals: Mapping[str, float] = field(default_factory=dict)
    weight: float = 1.0


def train(
    examples: Sequence[Example], groups: Sequence[Group], table: int, told: Callable[[str], None] = lambda _: None
) -> Linear:
    """The model of all groups; within a group at most one label is right. `told` hears the labels of each one done.

    `table` is the number of entries per label: the model has one byte per label and entry, and one more per entry.
    """
    pairs = [buckets(example.text, table) for example in examples]
    rarity = _rarity(pairs, table)
    prepared = [_prepare(example, pair, rarity) for example, pair in zip(examples, pairs, strict=True)]
    learners = []
    for group in groups:
        learners.append(_learn(examples, prepared, group, table))
        told(", ".join(group))
    return _model(groups, learners, rarity)


@dataclass(frozen=True, slots=True)
class _Prepared:
    entries: list[int]
    values: list[float]
    signals: list[tuple[str, float]]
    weight: float


def _rarity(pairs: Iterable[Pair], table: int) -> bytes:
    """For each entry how rare it is among the texts; 0 where too few of them have it."""
    seen: Counter[int] = Counter()
    count = 0
    for runs, words in pairs:
        seen.update({*runs, *words})
        count += 1
    steps = bytearray(table)
    for entry, texts in seen.items():
        if texts >= LEAST_TEXTS:
            steps[entry] = min(255, round(math.log(count / texts) / RARITY_STEP))
    return bytes(steps)


def _prepare(example: Example, pair: Pair, rarity: bytes) -> _Prepared:
    entries: list[int] = []
    values: list[float] = []
    for channel in pair:
        known = [entry for entry in channel if rarity[entry]]
        size = length([rarity[entry] for entry in known])
        entries += known
        values += [rarity[entry] / size for entry in known]
    return _Prepared(entries, values, sorted(example.signals.items()), example.weight)


def _learn(examples: Sequence[Example], prepared: Sequence[_Prepared], group: Group, table: int) -> _Learner:
    places = {label: number for number, label in enumerate(group)}
    right = [next((places[label] for label in example.labels if label in places), None) for example in examples]
    learner = _Learner(group, _evened(examples, right, len(group)), table)
    order = list(range(len(prepared)))
    shuffle = random.Random(len(order))  # noqa: S311 - an order of examples, nothing secret
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for place in order:
            learner.learn(prepared[place], right[place])
        learner.remember()
    return learner


def _evened(examples: Sequence[Example], right: Sequence[int | None], labels: int) -> dict[int | None, float]:
    """What an example of each label (None: of none) counts, so that rare labels are heard too."""
    sums: dict[int | None, float] = dict.fromkeys((*range(labels), None), 0.0)
    for example, label in zip(examples, right, strict=True):
        sums[label] += example.weight
    most = max(sums.values())
    return {label: (most / count) ** EVENING if count else 0.0 for label, count in sums.items()}


class _Learner:
    """Stochastic gradient descent on the softmax of one group; the mean of the later rounds is what stays."""

    def __init__(self, group: Group, counts: Mapping[int | None, float], table: int) -> None:
        self.counts = counts
        self.weights = [[0.0] * table for _ in group]
        self.sums = [[0.0] * table for _ in group]
        self.signals: dict[str, list[float]] = {}
        self.signal_sums: dict[str, list[float]] = {}
        self.shrunk = 1.0
        self.steps = self.rounds = self.kept = 0

    def learn(self, example: _Prepared, right: int | None) -> None:
        """Move every weight a little towards the right label."""
        self.steps += 1
        step = STEP / (1 + STEP * DECAY * self.steps)
        self.shrunk *= 1 - step * DECAY
        for number, chance in enumerate(self._chances(example)):
            error = step * (chance - (number == right)) * self.counts[right] * example.weight
            weights, move = self.weights[number], error / self.shrunk
            for entry, value in zip(example.entries, example.values, strict=True):
                weights[entry] -= move * value
            for name, value in example.signals:
                self.signals[name][number] -= SIGNAL_STEP * error * value

    def _chances(self, example: _Prepared) -> list[float]:
        named = [self.signals.setdefault(name, [0.0] * len(self.weights)) for name, _ in example.signals]
        scores = []
        for number, weights in enumerate(self.weights):
            grams = sum(map(float.__mul__, map(weights.__getitem__, example.entries), example.values))
            signals = sum(row[number] * value for row, (_, value) in zip(named, example.signals, strict=True))
            scores.append(self.shrunk * grams + signals)
        highest = max(0.0, *scores)
        powers = [math.exp(score - highest) for score in scores]
        whole = sum(powers) + math.exp(-highest)
        return [power / whole for power in powers]

    def remember(self) -> None:
        """Add this round to the mean; the first ones are left out."""
        self.rounds += 1
        if self.rounds <= EPOCHS // 4:
            return
        self.kept += 1
        for sums, weights in zip(self.sums, self.weights, strict=True):
            for entry, weight in enumerate(weights):
                if weight:
                    sums[entry] += weight * self.shrunk
        for name, row in self.signals.items():
            earlier = self.signal_sums.get(name, [0.0] * len(row))
            self.signal_sums[name] = [a + b for a, b in zip(earlier, row, strict=True)]


def _model(groups: Sequence[Group], learners: Sequence[_Learner], rarity: bytes) -> Linear:
    """All means in whole steps of one byte."""
    scales: list[float] = []
    rows: list[array[int]] = []
    for learner in learners:
        for sums in learner.sums:
            step = max(map(abs, sums)) / MOST or 1.0
            scales.append(step / learner.kept)
            rows.append(array("b", (round(total / step) for total in sums)))
    names = sorted({name for learner in learners for name in learner.signals})
    signals = {name: tuple(weight for learner in learners for weight in _mean(learner, name)) for name in names}
    return Linear(tuple(label for group in groups for label in group), tuple(scales), signals, rarity, tuple(rows))


def _mean(learner: _Learner, name: str) -> list[float]:
    return [round(total / learner.kept, 4) for total in learner.signal_sums[name]]
