"""The mood model: how it is trained from the labelled sets and how well it does. `make model` runs this file."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from responder.reading import labelled
from responder.reading.labelled import SETS, Labelled
from responder.reading.linear import Linear
from responder.reading.model import Text
from responder.reading.reader import read, signals
from responder.reading.training import Example, train
from responder.words import Sentiment

GROUPS = (("negative", "positive"),)
"""What the model tells apart; a text for which neither speaks is neutral."""
TABLE = 1 << 18
FILE = Path(__file__).parent / "data" / "mood.model"
MOODS: tuple[Sentiment, ...] = get_args(Sentiment)


@dataclass(frozen=True, slots=True)
class Score:
    """How well moods were told: the mean F1 of the three, the share that was right, and the share left unsure."""

    texts: int
    macro_f1: float
    right: float
    unsure: float


def learn(rows: Iterable[Labelled]) -> Linear:
    """The model that these texts teach."""
    return train([_example(row) for row in rows], GROUPS, TABLE)


def _example(row: Labelled) -> Example:
    return Example(row.text, frozenset({row.mood}), signals(Text(row.text, kind=row.kind)).named())


def judged(rows: Sequence[Labelled], model: Linear) -> Score:
    """How well the whole reading does on texts without stars, with this model in it."""
    readings = [read(Text(row.text, kind=row.kind), model) for row in rows]
    told = [reading.sentiment for reading in readings]
    right = [row.mood for row in rows]
    unsure = sum(reading.unsure for reading in readings) / len(rows)
    return Score(len(rows), macro_f1(right, told), _share(right, told), unsure)


def macro_f1(right: Sequence[str], told: Sequence[str]) -> float:
    """The mean F1 of the moods."""
    return sum(_f1(right, told, mood) for mood in MOODS) / len(MOODS)


def _f1(right: Sequence[str], told: Sequence[str], mood: str) -> float:
    pairs = list(zip(right, told, strict=True))
    both = sum(a == b == mood for a, b in pairs)
    either = sum((a == mood) + (b == mood) for a, b in pairs)
    return 2 * both / either if either else 1.0


def _share(right: Sequence[str], told: Sequence[str]) -> float:
    return sum(a == b for a, b in zip(right, told, strict=True)) / len(right)


def report() -> str:
    """A table: each set's held-back fifth, judged by a model of all sets, and by one that never saw that set."""
    learned, held = {}, {}
    for name in SETS:
        learned[name], held[name] = labelled.halves(name)
    whole = learn(row for rows in learned.values() for row in rows)
    lines = ["| set | texts | macro-F1 | right | unsure | macro-F1 never seen | right never seen |", "|---" * 7 + "|"]
    for name in SETS:
        strange = learn(row for other, rows in learned.items() if other != name for row in rows)
        ours, blind = judged(held[name], whole), judged(held[name], strange)
        figures = (ours.macro_f1, ours.right, ours.unsure, blind.macro_f1, blind.right)
        lines.append(f"| {name} | {ours.texts} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |")
    return "\n".join(lines) + "\n"


def main(arguments: Sequence[str]) -> None:
    """Write the model of all sets to FILE; with `--report` print the table instead."""
    if "--report" in arguments:
        sys.stdout.write(report())
        return
    FILE.write_bytes(learn(row for name in SETS for row in labelled.texts(name)).as_bytes())
    sys.stdout.write(f"{FILE.name}: {FILE.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main(sys.argv[1:])
