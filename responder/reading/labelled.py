"""The labelled texts that the mood model learns from: three public sets of tweets and our own posts (see corpus/)."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from responder.words import Kind, Sentiment

CORPUS = Path(__file__).parent / "corpus"
SETS = {"sb10k": "sb10k.jsonl.xz", "potts": "potts.jsonl.xz", "mobasa": "mobasa.jsonl.xz", "own": "own_reviews.jsonl"}
HELD_BACK = 5
"""Every fifth text of a set is held back when a model is to be judged by it."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the mood that a careful reader sees in it."""

    text: str
    mood: Sentiment
    kind: Kind


def texts(name: str) -> list[Labelled]:
    """The texts of one of SETS in the order of its file; ValueError with the line for a row that is none."""
    return [_row(line, f"{SETS[name]}, line {number}") for number, line in enumerate(_lines(CORPUS / SETS[name]), 1)]


def halves(name: str) -> tuple[list[Labelled], list[Labelled]]:
    """The texts to learn from and those to be judged by."""
    rows = texts(name)
    return [row for place, row in enumerate(rows) if place % HELD_BACK], rows[::HELD_BACK]


def _lines(path: Path) -> Iterator[str]:
    content = path.read_bytes()
    plain = lzma.decompress(content) if path.suffix == ".xz" else content
    yield from plain.decode().splitlines()


def _row(line: str, place: str) -> Labelled:
    row = json.loads(line)
    if row["label"] not in get_args(Sentiment) or row["kind"] not in get_args(Kind):
        raise ValueError(f"{place}: label {row['label']!r} or kind {row['kind']!r} is none that a reading can have.")
    return Labelled(row["text"], row["label"], row["kind"])
