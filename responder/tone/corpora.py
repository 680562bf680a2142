"""The labelled texts: single sentences, and whole replies with the places that break a rule.

They stand in the checkout only, since nothing that is installed learns from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from responder.profile import Profile
from responder.tone.context import Context
from responder.tone.promises import covered
from responder.tone.reply import prepare

HERE = Path(__file__).resolve().parents[2] / "corpora" / "replies"
HELD_BACK = 4
"""The last of every four whole replies is held back: no model learns from it, and no rule is written after it."""

FEWEST_LETTERS = 12
"""Shorter pieces between greeting and signature teach nothing."""
NO_PLACE = frozenset({"C1", "C4", "C6", "C10", "F3"})
"""Rules that a reply also breaks by what it does not say, or by its length."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence and the rules that it breaks."""

    text: str
    rules: frozenset[str]


@dataclass(frozen=True, slots=True)
class Whole:
    """A reply as `gelassen check` is given it, the rules it breaks, the marked places, and whether it may go out."""

    row: Mapping[str, Any]
    rules: frozenset[str]
    places: tuple[tuple[int, int, frozenset[str]], ...]
    ok: bool

    @property
    def text(self) -> str:
        return str(self.row["text"])


def sentences() -> list[Labelled]:
    """The single sentences in the order of their file."""
    return [Labelled(row["text"], frozenset(row["rules"])) for row in _rows("replies.jsonl")]


def replies() -> list[Whole]:
    """The whole replies in the order of their file."""
    return [_whole(row) for row in _rows("whole.jsonl")]


def batches() -> list[Whole]:
    """Whole replies written in batches, each tried before it was learned from; none is held back any more."""
    return [_whole(row) for row in _rows("batches.jsonl")]


def split(rows: Sequence[Whole]) -> tuple[list[Whole], list[Whole]]:
    """The replies to learn from and those that are held back."""
    held = HELD_BACK - 1
    return [row for place, row in enumerate(rows) if place % HELD_BACK != held], list(rows[held::HELD_BACK])


def taught(reply: Whole) -> Iterator[Labelled]:
    """The sentences of a whole reply that teach something.

    Left out are a first sentence that is wrong only as an opening, promises that this business's catalogue allows, and
    unmarked sentences of a reply with a breach that has no marked place: it may be any of them.
    """
    placed = frozenset().union(*(rules for _, _, rules in reply.places))
    vague = bool(reply.rules - placed - NO_PLACE)
    context = Context(Profile(catalogue=tuple(reply.row["profile"]["catalogue"])))
    prepared = prepare(reply.text, context)
    for number, sentence in enumerate(prepared.body):
        start, end = max(sentence.start, prepared.greeting_end), min(sentence.end, prepared.signature_start)
        rules = frozenset().union(*(there for a, b, there in reply.places if a < end and start < b))
        text = reply.text[start:end]
        unclear = vague or (number == 0 and "C1" in reply.rules) or covered(text, "de", context)
        if len(text) >= FEWEST_LETTERS and (rules or not unclear):
            yield Labelled(text, rules)


def _rows(name: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, (HERE / name).read_text(encoding="utf-8").splitlines())


def _whole(row: dict[str, Any]) -> Whole:
    given = {key: value for key, value in row.items() if key not in ("rules", "spans", "ok")}
    places = tuple((start, end, frozenset(rules)) for start, end, rules in row["spans"])
    return Whole(given, frozenset(row["rules"]), places, row["ok"])
