"""The sentence model: how it is trained from the labelled texts in corpora/replies, and how well it does.

`python -m responder.tone.learning` writes it anew, with `--report` it prints how well it does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from responder.reading.linear import Linear
from responder.reading.training import Example, train
from responder.tone.corpora import Labelled, batches, replies, sentences, split, taught
from responder.tone.cues import cues
from responder.tone.reply import plain_form

HERE = Path(__file__).parent
FILE = HERE / "data" / "sentences.model"
RULES = ("A6", "C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9", "F1", "F3")
TABLE = 1 << 15
FEWEST = 10
"""A cue, or a pair of them, that fewer sentences have teaches nothing and only makes the file large."""
HELD_BACK = 4
"""Every fourth sentence is held back when a model is to be judged."""

FALSE_WEIGHS = 0.75
"""A wrong finding costs this share of what a right one gains, when limits are proposed."""

Scores = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Score:
    """How well one rule was told: the share of what was found that is right, and the share found of what there is."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / ((self.precision + self.recall) or 1.0)


def corpus() -> list[Labelled]:
    """The single sentences, then those of the whole replies that are not held back, then those of the batches."""
    learned, _ = split(replies())
    known = sentences()
    seen = {row.text for row in known}
    more = (row for reply in [*learned, *batches()] for row in taught(reply) if row.text not in seen)
    return known + list(dict.fromkeys(Labelled(row.text, row.rules & set(RULES)) for row in more))


def halves(rows: Sequence[Labelled], part: int = 0) -> tuple[list[Labelled], list[Labelled]]:
    """The sentences to learn from and those to be judged by; `part` (0 to 3) says which fourth is held back."""
    learned = [row for place, row in enumerate(rows) if place % HELD_BACK != part]
    return learned, list(rows[part::HELD_BACK])


def learn(rows: Iterable[Labelled]) -> Linear:
    """The model that these sentences teach."""
    told = [(row, cues(plain_form(row.text))) for row in rows]
    counted = Counter(name for _, named in told for name in named)
    examples = [
        Example(row.text, row.rules, {name: value for name, value in named.items() if counted[name] >= FEWEST})
        for row, named in told
    ]
    return train(examples, [(rule,) for rule in RULES], TABLE)


def scored(rows: Iterable[Labelled], model: Linear) -> list[Scores]:
    """What the model says of each sentence."""
    return [model.scores(row.text, cues(plain_form(row.text))) for row in rows]


def judged(rows: Sequence[Labelled], scores: Sequence[Scores], limits: Mapping[str, float]) -> dict[str, Score]:
    """How well each rule is told when a score above its limit counts as found."""
    return {rule: _judged(rule, rows, scores, limits[rule]) for rule in RULES}


def _judged(rule: str, rows: Sequence[Labelled], scores: Sequence[Scores], limit: float) -> Score:
    pairs = [(score[rule] > limit, rule in row.rules) for row, score in zip(rows, scores, strict=True)]
    both = sum(told and right for told, right in pairs)
    return Score(both / (sum(told for told, _ in pairs) or 1), both / (sum(right for _, right in pairs) or 1))


def main(arguments: Sequence[str]) -> None:
    """Write the model of all sentences to FILE; with `--report` print how well one without a fourth does on it."""
    rows = corpus()
    if "--report" in arguments:
        sys.stdout.write(report(rows))
        return
    FILE.write_bytes(learn(rows).as_bytes())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes\n")


def report(rows: Sequence[Labelled]) -> str:
    """A table of every rule, over all four fourths, each judged by a model of the other three."""
    held: list[Labelled] = []
    scores: list[Scores] = []
    for part in range(HELD_BACK):
        learned, judging = halves(rows, part)
        held += judging
        scores += scored(judging, learn(learned))
    lines = ["| rule | surely from | precision | recall |", "|---|---|---|---|"]
    for rule in RULES:
        limit = surest(rule, held, scores)
        score = _judged(rule, held, scores, limit)
        lines.append(f"| {rule} | {limit:.2f} | {score.precision:.2f} | {score.recall:.2f} |")
    return "\n".join(lines) + "\n"


def surest(rule: str, rows: Sequence[Labelled], scores: Sequence[Scores]) -> float:
    """The limit at which right findings outweigh wrong ones the most (see FALSE_WEIGHS)."""
    ranked = sorted(((score[rule], rule in row.rules) for row, score in zip(rows, scores, strict=True)), reverse=True)
    best, limit, right = 0.0, ranked[0][0], 0
    for count, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        value = right - FALSE_WEIGHS * (count - right)
        if value > best:
            best, limit = value, score
    return limit - 1e-6


if __name__ == "__main__":
    main(sys.argv[1:])
