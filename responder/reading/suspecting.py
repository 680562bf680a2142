"""How the model of `suspicion.py` is made from our own posts, and how well it does. `make model` runs this file.

Every fourth text of `own_wants_risks.jsonl` is kept aside and never learned, so that it can be told how well unseen
ones are read. `--report` judges every batch of `own_triage.jsonl` by a model that never saw a text of that batch.
"""

from __future__ import annotations

import json
import math
import random
import sys
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from responder.reading import grids
from responder.reading.document import prepare
from responder.reading.labelled import CORPUS
from responder.reading.model import Text
from responder.reading.rules import DATA, load
from responder.reading.suspicion import Suspicion, clues, entries, pairs, risks
from responder.words import RISKS

FILE = DATA / "risks.model"
LABELS = tuple(risk for risk in RISKS if risk != "spam")
"""Advertising is told by rules alone: a business's own words are too much like it."""
KEPT_ASIDE = 4
TABLE = 1 << 16
EPOCHS = 20
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


@dataclass(frozen=True, slots=True)
class Post:
    """A text of the corpus, the risks that it carries, and the batch in which it was written (0: before batches)."""

    text: Text
    risks: frozenset[str]
    batch: int


def posts() -> list[Post]:
    """The posts to learn from: our own without those that are kept aside."""
    known = [row for number, row in enumerate(_rows("own_wants_risks")) if number % KEPT_ASIDE]
    rows = known + _rows("own_triage")
    return [Post(Text(row["text"], kind=row["kind"]), frozenset(row["risks"]), row.get("batch", 0)) for row in rows]


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def lesson(post: Post) -> Lesson:
    """What a post teaches."""
    tokens = prepare(post.text).words
    found = clues(tokens, grids.present(grids.load("risk_grids").look(tokens)))
    own = [entry for word in dict.fromkeys(found.words + found.concepts) for entry in entries(word, TABLE)]
    return Lesson(own + pairs(found.words, TABLE), post.risks)


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


def report() -> str:
    """A table: how well each batch is read with a model that never saw a text of it, and by rules alone."""
    rows = posts()
    taught = [(post.batch, lesson(post)) for post in rows]
    lines = ["| batch | texts | precision | recall | precision by rules | recall by rules |", "|---" * 6 + "|"]
    for batch in sorted({post.batch for post in rows} - {0}):
        model = learn([lesson for learned, lesson in taught if learned != batch])
        part = [post for post in rows if post.batch == batch]
        figures = (*score(part, lambda post: told(post, model)), *score(part, ruled))  # noqa: B023 - called at once
        lines.append(f"| {batch} | {len(part)} | " + " | ".join(f"{figure:.2f}" for figure in figures) + " |")
    return "\n".join(lines) + "\n"


def told(post: Post, model: Suspicion) -> set[str]:
    """The risks that stand with this model, whatever the mood of the post."""
    document = prepare(post.text)
    return {hit.label for hit in risks(document, load("risks").find(document.folded, document.runs), model)}


def ruled(post: Post) -> set[str]:
    """The risks that rules alone find, whatever the mood of the post."""
    document = prepare(post.text)
    return {hit.label for hit in load("risks").find(document.folded, document.runs)}


def score(rows: Sequence[Post], read: Callable[[Post], set[str]]) -> tuple[float, float]:
    """The share of what was told that is right, and the share told of what there is."""
    pairs = [(read(post), post.risks) for post in rows]
    both = sum(len(found & right) for found, right in pairs)
    return both / (sum(len(found) for found, _ in pairs) or 1), both / (sum(len(right) for _, right in pairs) or 1)


def main(arguments: Sequence[str]) -> None:
    """Write the model of our own posts to FILE; with `--report` print the table instead."""
    if "--report" in arguments:
        sys.stdout.write(report())
        return
    FILE.write_bytes(learn([lesson(post) for post in posts()]).as_bytes())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
