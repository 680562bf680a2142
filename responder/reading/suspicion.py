"""Which risks a post carries, all evidence together: rules, concepts that meet, and how the words as a whole speak.

The words are weighed by a linear model over words, pairs of them, letter runs and concepts. What a word counts is
worked out once and remembered, so that it takes a fraction of the reading's time. A file is a line of JSON (labels,
scales, offsets), then one signed byte per label and entry of the table.
"""

from __future__ import annotations

import itertools
import json
import math
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from zlib import crc32

from responder.reading import grids
from responder.reading.document import Document
from responder.reading.rules import DATA, Hit, load
from responder.reading.tokens import Token

RULE, MET = 4.5, 3.0
"""What a rule, or concepts that meet, add to the log-odds of their label: each may be outweighed by all other words."""
LIMIT, ALONE = 0.0, 0.7
"""Log-odds above which a risk is told: where a rule or concepts point to it, and by the words alone."""
ALWAYS = frozenset({"self_harm", "spam"})
"""What a rule tells whatever else is said: a life is not weighed, and advertising is no business of the model."""
RUNS = (4, 5)
LONGEST = 400
"""Words looked at: a longer post has long said what it threatens."""
MOST_WORDS = 16384
"""Words whose weights are remembered before the memory is emptied."""
LEAST_WORDS = 12
"""Words and marks that a text must have before they alone tell a risk."""
CONCEPT = "\x1f"
"""Marks a concept among the words."""
ENDS = frozenset(".!?\n")
Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Clues:
    """What is weighed in a text: its words in their order, and marked concepts that they tell."""

    words: tuple[str, ...]
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`weights` holds for each label one signed byte per entry, which counts `scales` of its label."""

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    weights: tuple[array[int], ...]
    _known: dict[str, Weights] = field(default_factory=dict)

    def scores(self, clues: Clues) -> dict[str, float]:
        """Log-odds of each label."""
        known = list(map(self._of, dict.fromkeys(clues.words + clues.concepts)))
        count, *sums = map(sum, zip(*known, strict=True)) if known else [0.0] * (1 + len(self.labels))
        between = pairs(clues.words, self.table)
        size = math.sqrt(count + len(between)) or 1.0
        found = zip(self.labels, sums, self.scales, self.offsets, self.weights, strict=True)
        return {
            label: (total + scale * sum(map(row.__getitem__, between))) / size + offset
            for label, total, scale, offset, row in found
        }

    @property
    def table(self) -> int:
        return len(self.weights[0])

    def _of(self, word: str) -> Weights:
        """How many entries a word has, and what it counts for each label by itself."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_WORDS:
                self._known.clear()
            own = entries(word, self.table)
            rows = zip(self.scales, self.weights, strict=True)
            counts = (scale * sum(map(row.__getitem__, own)) for scale, row in rows)
            known = self._known[word] = (float(len(own)), *counts)
        return known

    def as_bytes(self) -> bytes:
        """The file's content."""
        head = {"labels": self.labels, "scales": self.scales, "offsets": self.offsets, "table": self.table}
        line = json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        return line + b"".join(row.tobytes() for row in self.weights)


def risks(document: Document, ruled: Sequence[Hit], model: Suspicion | None = None) -> list[Hit]:
    """The risks that stand, each with the place that tells it; `ruled` are those that rules have found.

    `model` is another one than comes with the program.
    """
    model = model or shipped()
    known = grids.load("risk_grids")
    told = known.look(document.words)
    met = {hit.label: hit for hit in known.find(told) if load("risks").clear(hit, document.folded, document.runs)}
    places = met | {hit.label: hit for hit in ruled}
    scores = model.scores(clues(document.words, grids.present(told)))
    added = {label: RULE if any(hit.label == label for hit in ruled) else MET for label in places}
    stand = [places[label] for label in places if label in ALWAYS or scores[label] + added[label] > LIMIT]
    alone = [label for label, score in scores.items() if label not in places and score > ALONE]
    return stand + [place(model, label, document.words) for label in alone if _speaks(label, document)]


def _speaks(label: str, document: Document) -> bool:
    """May the words alone tell the label: are there enough of them, and no harmless use that explains them?"""
    return len(document.words) >= LEAST_WORDS and load("risks").clear(
        Hit(label, 0, len(document.folded)), document.folded, document.runs
    )


def clues(tokens: Iterable[Token], concepts: Iterable[str] = ()) -> Clues:
    """The words of a text, no marks and every number alike, and the concepts in them."""
    words = (token.word for token in itertools.islice(tokens, LONGEST))
    plain = tuple("0" if word.isdigit() else word for word in words if word[0].isalnum())
    return Clues(plain, tuple(CONCEPT + concept for concept in sorted(concepts)))


@lru_cache(maxsize=MOST_WORDS)
def entries(word: str, table: int) -> tuple[int, ...]:
    """The entries of a word and of the letter runs within it; of a concept only its own."""
    if word.startswith(CONCEPT):
        return (crc32(word.encode()) % table,)
    marked = f"<{word}>"
    runs = {marked[at : at + length] for length in RUNS for at in range(len(marked) - length + 1)}
    return tuple(crc32(run.encode()) % table for run in sorted({f"={word}", *runs}))


def pairs(words: Sequence[str], table: int) -> list[int]:
    """The entries of words that follow each other."""
    following = dict.fromkeys(itertools.pairwise(words))
    return [crc32(f"{first} {second}".encode()) % table for first, second in following]


def place(model: Suspicion, label: str, tokens: Sequence[Token]) -> Hit:
    """The sentence that speaks most for a label: where a person should look first."""
    most = max(_sentences(tokens), key=lambda part: model.scores(clues(part))[label], default=None)
    return Hit(label, most[0].start, most[-1].end) if most else Hit(label, 0, 0)


def _sentences(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    for ends, group in itertools.groupby(tokens, key=lambda token: token.word in ENDS):
        words = [token for token in group if token.word[0].isalnum()]
        if words and not ends:
            yield words


def from_bytes(content: bytes) -> Suspicion:
    """The model in a file's content."""
    line, _, rest = content.partition(b"\n")
    head = json.loads(line)
    table = int(head["table"])
    rows = tuple(array("b", rest[start : start + table]) for start in range(0, len(rest), table))
    return Suspicion(tuple(head["labels"]), tuple(head["scales"]), tuple(head["offsets"]), rows)


@cache
def shipped() -> Suspicion:
    """The model that comes with the program."""
    return from_bytes((DATA / "risks.model").read_bytes())
