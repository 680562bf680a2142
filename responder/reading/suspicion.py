"""A second look for risks: a linear model over words, pairs of words and letter runs, for what no rule was written.

What a word counts is worked out once and remembered, so that a look takes a fraction of the reading's time.
A file is a line of JSON (labels, scales, offsets), then one signed byte per label and entry of the table.
"""

from __future__ import annotations

import itertools
import json
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from zlib import crc32

from responder.reading import grids
from responder.reading.document import Document
from responder.reading.rules import DATA, Hit, load
from responder.reading.tokens import Token

RUNS = (4, 5)
SUSPECTED = 0.25
"""Log-odds from which the words alone tell a risk."""
DOUBTED = -3.5
"""Log-odds up to which the words speak so clearly against a risk that concepts which meet do not tell it."""
LONGEST = 400
"""Words looked at: a longer post has long said what it threatens."""
MOST_WORDS = 16384
"""Words whose weights are remembered before the memory is emptied."""
ENDS = frozenset(".!?\n")
Weights = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`weights` holds for each label one signed byte per entry, which counts `scales` of its label."""

    labels: tuple[str, ...]
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    weights: tuple[array[int], ...]
    _known: dict[str, Weights] = field(default_factory=dict)

    def scores(self, words: Sequence[str]) -> dict[str, float]:
        """Log-odds of each label for these folded words."""
        sums, count = [0.0] * len(self.labels), 0
        for word in dict.fromkeys(words):
            count += len(entries(word, self.table))
            sums = [a + b for a, b in zip(sums, self._of(word), strict=True)]
        between = pairs(words, self.table)
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
        """What a word counts for each label by itself."""
        known = self._known.get(word)
        if known is None:
            if len(self._known) >= MOST_WORDS:
                self._known.clear()
            own = entries(word, self.table)
            rows = zip(self.scales, self.weights, strict=True)
            known = self._known[word] = tuple(scale * sum(map(row.__getitem__, own)) for scale, row in rows)
        return known

    def as_bytes(self) -> bytes:
        """The file's content."""
        head = {"labels": self.labels, "scales": self.scales, "offsets": self.offsets, "table": self.table}
        line = json.dumps(head, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        return line + b"".join(row.tobytes() for row in self.weights)


def more(document: Document, found: Sequence[Hit]) -> list[Hit]:
    """Risks beside those found: told by concepts that meet in a sentence, or by the words as a whole."""
    known = {hit.label for hit in found}
    scores = shipped().scores(plain(document.words))
    met = [hit for hit in grids.load("risk_grids").find(document.words) if hit.label not in known]
    stand = [hit for hit in met if scores.get(hit.label, 0) > DOUBTED and load("risks").clear(hit, document.folded)]
    known.update(hit.label for hit in stand)
    told = [label for label, score in scores.items() if score > SUSPECTED and label not in known]
    return stand + [place(shipped(), label, document.words) for label in told]


def plain(tokens: Iterable[Token]) -> list[str]:
    """The words to look at: no marks, and every number alike."""
    words = (token.word for token in itertools.islice(tokens, LONGEST))
    return ["0" if word.isdigit() else word for word in words if word[0].isalnum()]


@lru_cache(maxsize=MOST_WORDS)
def entries(word: str, table: int) -> tuple[int, ...]:
    """The entries of a word and of the letter runs within it."""
    marked = f"<{word}>"
    runs = {marked[at : at + length] for length in RUNS for at in range(len(marked) - length + 1)}
    return tuple(crc32(run.encode()) % table for run in sorted({f"={word}", *runs}))


def pairs(words: Sequence[str], table: int) -> list[int]:
    """The entries of words that follow each other."""
    following = dict.fromkeys(itertools.pairwise(words))
    return [crc32(f"{first} {second}".encode()) % table for first, second in following]


def place(model: Suspicion, label: str, tokens: Sequence[Token]) -> Hit:
    """The sentence that speaks most for a label: where a person should look first."""
    sentences = [part for part in _sentences(tokens) if part]
    most = max(sentences, key=lambda part: model.scores(plain(part))[label])
    return Hit(label, most[0].start, most[-1].end)


def _sentences(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    for ends, group in itertools.groupby(tokens, key=lambda token: token.word in ENDS):
        if not ends:
            yield [token for token in group if token.word[0].isalnum()]


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
