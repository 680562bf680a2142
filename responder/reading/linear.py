"""A linear model over hashed n-grams and named signals: how much a text speaks for each label, against none of them.

A model is one file: a line of JSON (labels, scales, signal weights), then one byte per table entry for how rare it is,
then one signed byte per label and entry. `responder/reading/training.py` makes such files.
"""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import mul
from pathlib import Path

from responder.reading.ngrams import buckets

RARITY_STEP = 1 / 16
"""What one step of a rarity byte is worth, in natural logarithms."""


Channel = tuple[list[int], list[int], float]
"""Entries of the table, how rare each is, and the length of these numbers."""


class ModelUnreadable(ValueError):
    """The file is no model of this version."""


@dataclass(frozen=True, slots=True)
class Linear:
    """`rarity` and every row of `weights` have as many entries as the table; a weight counts `scales` of its label."""

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    signals: Mapping[str, Sequence[float]]
    rarity: bytes
    weights: tuple[array[int], ...]

    def scores(self, text: str, signals: Mapping[str, float]) -> dict[str, float]:
        """Log-odds of each label against none. A signal that the model has not learned counts nothing."""
        channels = [self._channel(entries) for entries in buckets(text, len(self.rarity))]
        known = [(value, self.signals[name]) for name, value in signals.items() if name in self.signals]
        return {
            label: self._of_grams(number, channels) + sum(value * row[number] for value, row in known)
            for number, label in enumerate(self.labels)
        }

    def _channel(self, entries: list[int]) -> Channel:
        rare = list(map(self.rarity.__getitem__, entries))
        return entries, rare, length(rare) or 1.0

    def _of_grams(self, number: int, channels: Sequence[Channel]) -> float:
        weights = self.weights[number].__getitem__
        sums = (sum(map(mul, map(weights, entries), rare)) / size for entries, rare, size in channels)
        return self.scales[number] * float(sum(sums))

    def as_bytes(self) -> bytes:
        """The file's content."""
        head = {"labels": self.labels, "scales": self.scales, "signals": self.signals, "table": len(self.rarity)}
        line = json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        return line + self.rarity + b"".join(row.tobytes() for row in self.weights)


def length(values: Sequence[float]) -> float:
    """The Euclidean length of numbers."""
    return math.sqrt(sum(map(mul, values, values)))


def from_bytes(content: bytes) -> Linear:
    """The model in a file's content; ModelUnreadable when it is something else."""
    line, _, rest = content.partition(b"\n")
    try:
        head = json.loads(line)
        labels, table = tuple(head["labels"]), int(head["table"])
        scales, signals = tuple(head["scales"]), {name: tuple(row) for name, row in head["signals"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelUnreadable("This file is not a model that `gelassen train` wrote.") from error
    if len(rest) != table * (1 + len(labels)):
        raise ModelUnreadable("This model is cut short; run `gelassen train` to make it anew.")
    rows = tuple(array("b", rest[table * number : table * (number + 1)]) for number in range(1, len(labels) + 1))
    return Linear(labels, scales, signals, rest[:table], rows)


@cache
def shipped(name: str) -> Linear:
    """A model that comes with the program."""
    return from_bytes((Path(__file__).parent / "data" / f"{name}.model").read_bytes())
