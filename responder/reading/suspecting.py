"""How the model of `suspicion.py` is made from our own posts. `python -m responder.reading.suspecting` writes it anew.

Every fourth text of the corpus is kept aside and never learned, so that it can be told how well unseen ones are read.
"""

from __future__ import annotations

import json
import math
import random
import sys
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from responder.reading.document import prepare
from responder.reading.labelled import CORPUS
from responder.reading.model import Text
from responder.reading.rules import DATA
from responder.reading.suspicion import Suspicion, entries, pairs, plain
from responder.words import RISKS

FILE = DATA / "risks.model"
LABELS = tuple(risk for risk in RISKS if risk != "spam")
"""Advertising is told by rules alone: a business's own words are too much like it."""
KEPT_ASIDE = 4
TABLE = 1 << 16
EPOCHS = 8
STEP, OFFSET_STEP = 0.2, 0.01
RIGHT = 4.0
"""A text that has a label counts so many times one that has not: what is overlooked costs more."""
LEAST_ERROR = 0.01
"""A text that is told so well already teaches nothing."""
MOST = 127


@dataclass(frozen=True, slots=True)
class Lesson:
    """The entries of a post and the risks that it carries."""

    entries: list[int]
    risks: frozenset[str]


def lessons() -> list[Lesson]:
    """The posts to learn from: our own without those that are kept aside."""
    lines = (CORPUS / "own_wants_risks.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for number, line in enumerate(lines) if number % KEPT_ASIDE)
    return [lesson(row["text"], row["risks"]) for row in rows]


def lesson(text: str, risks: Sequence[str]) -> Lesson:
    words = plain(prepare(Text(text)).words)
    own = [entry for word in dict.fromkeys(words) for entry in entries(word, TABLE)]
    return Lesson(own + pairs(words, TABLE), frozenset(risks))


def learn(rows: Sequence[Lesson]) -> Suspicion:
    """The model that these posts teach; the same posts in the same order teach the same."""
    learned = [_learn(rows, label) for label in LABELS]
    scales = tuple(max(map(abs, weights)) / MOST or 1.0 for weights, _ in learned)
    bytes_of = zip(learned, scales, strict=True)
    steps = tuple(array("b", (round(weight / scale) for weight in weights)) for (weights, _), scale in bytes_of)
    return Suspicion(LABELS, scales, tuple(round(offset, 4) for _, offset in learned), steps)


def _learn(rows: Sequence[Lesson], label: str) -> tuple[list[float], float]:
    """Logistic regression of one label against none, by stochastic gradient descent."""
    weights, offset = [0.0] * TABLE, 0.0
    order = list(range(len(rows)))
    shuffle = random.Random(label)  # noqa: S311 - an order of examples, nothing secret
    for _ in range(EPOCHS):
        shuffle.shuffle(order)
        for row in map(rows.__getitem__, order):
            size = math.sqrt(len(row.entries)) or 1.0
            chance = 1 / (1 + math.exp(-sum(map(weights.__getitem__, row.entries)) / size - offset))
            error = (chance - 1) * RIGHT if label in row.risks else chance
            offset -= OFFSET_STEP * error
            if abs(error) > LEAST_ERROR:
                move = STEP * error / size
                for entry in row.entries:
                    weights[entry] -= move
    return weights, offset


def main() -> None:
    """Write the model of our own posts to FILE."""
    FILE.write_bytes(learn(lessons()).as_bytes())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
