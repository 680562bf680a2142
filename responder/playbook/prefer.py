"""Whether a matter is said in our words or in the customer's clause. Pure.

Where both tell of the same clause, the clause says more: "dass der Schrank nach Fisch riecht" before "der Geruch". What
is done about it stays with the matter. A matter that only tells of a feeling yields to any clause that tells a fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from responder.playbook.grammar import compile_phrase
from responder.playbook.model import Matter, Voice
from responder.playbook.retold import Retold, as_matter
from responder.playbook.told import VAGUE, Piece
from responder.reading.model import Reading, Text

_SURE = 3.0
"""From this weight on a clause is told beside another matter, and before one that only stands later."""
Place = tuple[int, int]


def as_told(
    matters: tuple[Matter, ...],
    pieces: Sequence[Piece],
    found: Retold | None,
    reading: Reading,
    text: Text,
    voice: Voice,
) -> tuple[Matter, ...]:
    """The matters with the customer's clause in the place of the one that it tells."""
    if found is None or not matters:
        return matters
    same = [matter for matter in matters if _tells(found, list(_places(matter, pieces, reading, text)))]
    precise = [matter for matter in same if matter.key not in VAGUE]
    if precise:
        return tuple(_worded(m, found) if m is precise[0] else m for m in matters if m is precise[0] or m not in same)
    others = tuple(matter for matter in matters if matter.key not in VAGUE)
    clause = as_matter(found, voice) if found.weight >= _SURE or not others else ()
    if not clause:
        return others
    by_hand = tuple(matter for matter in others if all(piece.matter is not matter for piece in pieces))
    first = found.end > 0 and all(
        found.start < start for matter in others for start, _ in _places(matter, pieces, reading, text)
    )
    return (*clause, *by_hand) if first else (*others[:1], *clause)


def _places(matter: Matter, pieces: Sequence[Piece], reading: Reading, text: Text) -> Iterator[Place]:
    """Where the post says a matter, in places of its text; what the title says lies before 0."""
    shift = len(text.title) + 1 if text.title else 0
    yield from ((piece.start - shift, piece.end - shift) for piece in pieces if piece.matter is matter)
    yield from ((reason.start, reason.end) for reason in reading.reasons if reason.label == matter.key)


def _tells(found: Retold, places: Sequence[Place]) -> bool:
    if found.start == found.end:
        return any(end <= 0 for _, end in places)
    return any(start < found.end and found.start < end for start, end in places)


def _worded(matter: Matter, found: Retold) -> Matter:
    return replace(matter, forms={**matter.forms, "that": (compile_phrase(found.that),)}, told=True)
